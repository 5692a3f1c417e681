"""Papers of members: what stands in a list, a list to sign, a sheet; and that cards and labels fill their pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import member_papers, members
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Union
from desktop_app.reports import member_cards, person_papers
from desktop_app.reports import member_papers as papers
from desktop_app.storage import payroll
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.lists import Listed
from desktop_app.storage.person_file import person_file

DAY = date(2026, 11, 24)
HOA = "Trần Thị Hoa"


@pytest.fixture
def people(book: Book) -> list[Listed]:
    facts = {"code": "40-001", "name": "CĐCS Công ty May Hưng Lộc", "upper": "LĐLĐ tỉnh Nghệ An", "cashier": "Lê Thị Hường"}
    with book.transact("setup.make", HOA) as transaction:
        transaction.save(build(Union, {"id": new_id(), **facts}))
    for name, sex, cccd, card in (
        ("Nguyễn Văn Thắng", "Nam", "040085001234", "NA-0001"),
        ("Trần Thị Hoa", "Nữ", "040188004321", "NA-0002"),
        ("Bùi Văn Đức", "Nam", "040201005566", ""),
    ):
        members.add(book, {"name": name, "sex": sex, "cccd": cccd, "card": card, "team": "Tổ 1", "wage": 6_000_000}, HOA)
    return members.people(book, everyone=True)


def test_a_list_has_the_columns_seen_and_shortens_the_cccd_unless_asked(book: Book, people: list[Listed]) -> None:
    unit = payroll.union(book)
    table = papers.member_list(unit, people, ["name", "cccd", "unknown"], DAY).tables[0]
    assert [column.heading for column in table.columns] == ["STT", "Họ và tên", "Số CCCD"]
    assert [row.cells["cccd"] for row in table.rows] == ["…566", "…321", "…234"]
    whole = papers.member_list(unit, people, ["name", "cccd"], DAY, whole=True).tables[0]
    assert whole.rows[0].cells["cccd"] == "040201005566"


def test_a_list_to_sign_adds_up_in_figures_and_words(book: Book, people: list[Listed]) -> None:
    report = papers.signing_list(payroll.union(book), people, "Quà Ngày Phụ nữ Việt Nam 20/10", 150_000, DAY)
    assert report.tables[0].rows[-1].cells == {"name": "Cộng", "amount": 450_000}
    assert report.sections[1].paragraphs[1] == (
        "Tổng số tiền (viết bằng chữ): Bốn trăm năm mươi nghìn đồng."
    )
    assert "Lê Thị Hường" in [signer.name for signer in report.signatures]
    things = papers.signing_list(payroll.union(book), people, "Quà Tết", 0, DAY)
    assert "amount" not in [column.key for column in things.tables[0].columns]
    assert len(things.tables[0].rows) == 3


def test_a_sheet_tells_the_wages_and_the_dues_of_the_year(book: Book, people: list[Listed]) -> None:
    with book.transact("dues.collect", HOA) as transaction:
        for month, amount in (("2025-12", 30_000), ("2026-01", 31_000), ("2026-02", 31_000)):
            values = {"id": new_id(), "person": people[0].id, "month": month, "amount": amount}
            transaction.save(build(Dues, values))
    held = person_file(book, people[0].id)
    assert held is not None
    told, wages, dues = person_papers.personal_sheet(book, payroll.union(book), held, 2026, DAY).tables
    assert {"what": "Số CCCD", "value": "040201005566"} in [row.cells for row in told.rows]
    assert [row.cells["insured"] for row in wages.rows] == [6_000_000]
    assert [row.cells["amount"] for row in dues.rows] == [31_000, 31_000, 62_000]


def test_five_hundred_cards_are_fifty_pages_and_labels_twentyfour_a_page(book: Book, people: list[Listed]) -> None:
    unit, crowd = payroll.union(book), [people[1]] * 500
    assert member_cards.cards(unit, crowd, DAY).count(b"/Type /Page\n") == 50
    assert member_cards.labels(unit, crowd[:25], DAY).count(b"/Type /Page\n") == 2


def test_cards_leave_out_who_has_no_number_and_an_empty_list_is_refused(
    book: Book, people: list[Listed], tmp_path: Path
) -> None:
    path = tmp_path / "the.pdf"
    assert member_papers.write_cards(book, people, path, DAY) == 1
    assert path.read_bytes().startswith(b"%PDF")
    with pytest.raises(Refused, match="Chưa ai trong danh sách có số thẻ"):
        member_papers.write_cards(book, people[:1], path, DAY)
    with pytest.raises(Refused, match="đang trống"):
        member_papers.write_labels(book, [], path, DAY)
    with pytest.raises(Refused, match="nội dung nhận"):
        member_papers.write_signing(book, people, path, DAY, title=" ", amount=1)
