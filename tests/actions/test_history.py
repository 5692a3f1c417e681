"""Every record has a history: who, when, at which PC, from what to what; what gave way to another PC is marked."""

from __future__ import annotations

import pytest

from desktop_app.actions import history, members, periods, review
from desktop_app.actions.history import Line
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Asset, Unit
from desktop_app.storage import incoming, journal
from desktop_app.storage.book import Book, new_id
from sync import merge
from tests.actions.october import make_funds
from tests.actions.test_review import LAN, written_beside
from tests.storage.test_incoming import HERE, OTHER, OtherPc


def told(line: Line) -> tuple[str, str, str, str, str, bool]:
    return line.who, line.pc, line.field, line.old, line.new, line.overwritten


def test_a_unit_renamed_twice_tells_who_and_what_stood_before(book: Book) -> None:
    unit = build(Unit, {"id": new_id(), "kind": "TO", "name": "Tổ may 1"})
    for who, name in (("Hoa", "Tổ may 1"), ("Minh", "Tổ may A"), ("Hoa", "Tổ may B")):
        with book.transact("organisation.save", who) as transaction:
            transaction.save(build(Unit, {"id": unit.id, "kind": "TO", "name": name}))
    read = history.history_of(book, "unit", unit.id)
    assert read.named.endswith("Tổ may B")
    assert [told(line) for line in read.lines if line.field == "Tên"] == [
        ("Hoa", "máy này", "Tên", "Tổ may A", "Tổ may B", False),
        ("Minh", "máy này", "Tên", "Tổ may 1", "Tổ may A", False),
        ("Hoa", "máy này", "Tên", "", "Tổ may 1", False),
    ]


def test_a_value_that_gave_way_to_another_pc_is_marked_whichever_was_chosen(book: Book) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    members.edit(book, lan.id, {"name": "Lê Thị Lan Anh", "team": "Tổ 3"}, "Hoa")
    written_beside(book, lan.id, OtherPc(), name="Lê Thị Lan Hương", team="Tổ 2")
    lost = {line.new for line in history.history_of(book, "person", lan.id).lines if line.overwritten}
    person = members.person_of(book, lan.id)
    assert lost == {"Lê Thị Lan Anh", "Lê Thị Lan Hương", "Tổ 3", "Tổ 2"} - {person.name, person.team}
    (question,) = review.questions(book)
    review.settle(book, question, question.other, "Hoa")
    marked = {line.new for line in history.history_of(book, "person", lan.id).lines if line.overwritten}
    assert question.now.text in marked
    assert question.other.text not in marked
    assert f"máy khác ({OTHER[:4]})" in {line.pc for line in history.history_of(book, "person", lan.id).lines}


def test_a_long_history_is_read_page_by_page(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    for number in range(5):
        members.edit(book, lan.id, {"note": f"Lần {number}"}, "Hoa")
    monkeypatch.setattr(history, "MOST", 2)
    seen, before = [], 0
    for _ in range(4):
        read = history.history_of(book, "person", lan.id, before)
        seen += [line.new for line in read.lines if line.field == "Ghi chú"]
        if not (before := read.next):
            break
    assert seen == [f"Lần {number}" for number in (4, 3, 2, 1, 0)]


def test_a_closing_is_asked_for_by_its_month_and_a_retired_asset_tells_its_end(book: Book) -> None:
    make_funds(book)
    periods.close(book, "2026-10", "Hoa")
    periods.reopen(book, "2026-10", "Sót một phiếu", "Hoa")
    read = history.history_of(book, "closing", "2026-10")
    assert read.named == "Khóa sổ tháng 10/2026"
    assert {(line.field, line.new) for line in read.lines} >= {("Đã khóa", "Có"), ("Lý do", "Sót một phiếu")}
    asset = build(Asset, {"id": new_id(), "name": "Loa kéo", "kind": "Công cụ, dụng cụ", "day": "01/10/2026",
                          "quantity": 1, "price": 2_000_000})  # fmt: skip
    with book.transact("assets.in", "Hoa") as transaction:
        transaction.save(asset)
    with book.transact("assets.drop", "Minh") as transaction:
        transaction.retire(asset)
    first = history.history_of(book, "asset", asset.id).lines[0]
    assert (first.who, first.new) == ("Minh", "Bỏ")


def test_what_is_not_for_all_has_no_history_here(book: Book) -> None:
    with pytest.raises(Refused, match="Riêng tư"):
        history.history_of(book, "sensitive", new_id())


def test_three_that_stood_beside_each_other_leave_one(book: Book) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    (made,) = book.ops_of(lan.id)
    history_ = journal.history(book.db, lan.id)
    assert history_ is not None
    for device, name in (("11" * 8, "A"), ("22" * 8, "B"), ("33" * 8, "C")):
        pc = OtherPc(device)
        pc.write("person", {"name": name}, lan.id, history_.secret, base=((made.head,),))
        incoming.apply(book, pc.sent, HERE)
    ops = book.ops_of(lan.id)
    assert len(merge.overwritten(ops)) == 2
    assert merge.overwritten(reversed(ops)) == merge.overwritten(ops)
