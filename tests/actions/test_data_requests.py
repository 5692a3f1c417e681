"""A person asks for what is kept of them, and is erased when the time has come; money keeps the name it needs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import data_requests, members
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Attachment, DataRequest, Dues, Movement, Person, Union, Wage
from desktop_app.storage import attachments
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.person_file import person_file

HOA, DAY = "Trần Thị Hoa", date(2026, 11, 24)


@pytest.fixture
def yen(book: Book) -> Person:
    with book.transact("setup.make", HOA) as transaction:
        transaction.save(build(Union, {"id": new_id(), "code": "40-001", "name": "CĐCS May Hưng Lộc"}))
    values = {"name": "Võ Thị Yến", "birth": "1990", "cccd": "040190009900", "card": "NA-0007", "team": "Tổ 1",
              "wage": 6_500_000, "joined": "01/01/2010"}  # fmt: skip
    person, _ = members.add(book, values, HOA)
    members.edit(book, person.id, {"team": "Tổ cắt"}, "Lê Thị Hường")
    return person


def test_the_file_holds_everything_with_who_changed_what(book: Book, yen: Person, tmp_path: Path) -> None:
    pdf, answer = data_requests.hand_over(book, yen.id, tmp_path, reason="đơn", day=DAY, by=HOA)
    assert pdf.read_bytes().startswith(b"%PDF")
    told = json.loads(answer.read_text("utf-8"))
    assert (told["person"]["name"], told["person"]["cccd"]) == ("Võ Thị Yến", "040190009900")
    assert [wage["insured"] for wage in told["wages"]] == [6_500_000]
    assert told["data_requests"][0]["reason"] == "đơn"
    moved = [(one["who"], one["old"], one["new"]) for one in told["history"] if one["field"] == "Tổ công đoàn"]
    assert moved == [(HOA, "", "Tổ 1"), ("Lê Thị Hường", "Tổ 1", "Tổ cắt")]
    assert [one.kind for one in book.all(DataRequest)] == ["xem"]


def test_a_file_that_cannot_be_written_notes_no_request(book: Book, yen: Person, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Không ghi được"):
        data_requests.hand_over(book, yen.id, tmp_path / "khong-co", reason="", day=DAY, by=HOA)
    assert list(book.all(DataRequest)) == []


def test_nobody_is_erased_who_is_here_or_left_lately(book: Book, yen: Person) -> None:
    with pytest.raises(Refused, match="còn sinh hoạt"):
        data_requests.erase(book, yen.id, "hết hạn", HOA, DAY)
    members.leave(book, [yen.id], date(2024, 2, 29), HOA)
    with pytest.raises(Refused, match="đến hết ngày 28/02/2029"):
        data_requests.erase(book, yen.id, "hết hạn", HOA, DAY)
    assert book.get(Person, yen.id) is not None


def test_nobody_is_erased_whose_money_records_need_the_name(book: Book, yen: Person) -> None:
    members.leave(book, [yen.id], date(2018, 6, 1), HOA)
    with book.transact("dues.collect", HOA) as transaction:
        paid = {"id": new_id(), "person": yen.id, "month": "2018-05", "amount": 30_000}
        transaction.save(build(Dues, paid))
    with pytest.raises(Refused, match="từ năm 2016"):
        data_requests.erase(book, yen.id, "hết hạn", HOA, DAY)
    with pytest.raises(Refused, match="Hãy ghi lý do xóa"):
        data_requests.erase(book, yen.id, " ", HOA, DAY)
    assert book.get(Person, yen.id) is not None


def test_who_is_erased_leaves_the_card_number_and_the_book_proves_itself(book: Book, yen: Person) -> None:
    members.drop_wage(book, members.wages_of(book, yen.id)[0].id, HOA)
    members.leave(book, [yen.id], date(2015, 6, 1), HOA)
    assert data_requests.erase(book, yen.id, "hết thời hạn lưu giữ", HOA, DAY) == 2
    assert person_file(book, yen.id) is None
    assert list(book.all(Wage)) == []
    (request,) = book.all(DataRequest)
    assert (request.person, request.kind, request.card) == (yen.id, "xóa", "NA-0007")
    payloads = [bytes(p) for (p,) in book.db.execute("SELECT whole(payload, record) FROM journal WHERE payload IS NOT NULL")]
    assert not any("Võ Thị Yến".encode() in payload for payload in payloads)
    assert book.verify().first_fault is None


def test_the_files_of_a_person_are_handed_over_and_go_with_the_erasure(
    book: Book, yen: Person, tmp_path: Path
) -> None:
    members.leave(book, [yen.id], date(2015, 6, 1), HOA)
    left = next(one for one in book.all(Movement) if one.person == yen.id and one.day == date(2015, 6, 1))
    with book.transact("members.attach", HOA) as transaction:
        attachments.keep(transaction, "person", yen.id, "anh-the.jpg", b"mat cua Yen")
        attachments.keep(transaction, "movement", left.id, "quyet-dinh.pdf", b"ten cua Yen")
    _, answer = data_requests.hand_over(book, yen.id, tmp_path, reason="", day=DAY, by=HOA)
    assert [one["name"] for one in json.loads(answer.read_text("utf-8"))["files"]] == ["anh-the.jpg", "quyet-dinh.pdf"]
    assert {path.read_bytes() for path in tmp_path.glob("du-lieu-ca-nhan-*-[12]-*")} == {b"mat cua Yen", b"ten cua Yen"}
    data_requests.erase(book, yen.id, "hết thời hạn lưu giữ", HOA, DAY)
    assert list(book.all(Attachment)) == []
    assert book.db.execute("SELECT count(*) FROM pieces").fetchone()[0] == 0
    assert book.verify().first_fault is None
