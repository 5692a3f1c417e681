"""*Cần xem lại*: one key settles what two PCs wrote differently."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import members, review
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Person, Voucher
from desktop_app.domain.wire import to_wire
from desktop_app.storage import incoming, lists
from desktop_app.storage.book import new_id
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.dues.page import DuesPage
from desktop_app.ui.pages.members.page import Members
from desktop_app.ui.pages.person.record import RecordDialog
from desktop_app.ui.pages.sharing.merging import MergeDialog
from desktop_app.ui.pages.sharing.review import Review
from tests.actions.test_review import written_beside
from tests.storage.test_incoming import HERE, OtherPc


def test_a_key_takes_the_other_value_and_the_page_says_nothing_is_left(qtbot: QtBot, desk: Desk) -> None:
    person = next(desk.book.all(Person))
    members.edit(desk.book, person.id, {"name": "Nguyễn Văn Thắng A"}, "Hoa")
    written_beside(desk.book, person.id, OtherPc(), name="Nguyễn Văn Thắng B")
    page = Review(desk)
    desk.touched.connect(lambda _: page.refresh())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.refresh()
    page.table.view.setFocus()
    (task,) = review.tasks(desk.book)
    qtbot.keyClick(page.table.view, Qt.Key.Key_2)
    kept = desk.book.get(Person, person.id)
    assert kept is not None
    assert kept.name == task.others[0].text
    assert not any(button.isEnabled() for button in page.buttons)
    assert "Không có gì cần xem lại" in page.table.empty.sentence()


def test_a_voucher_number_given_twice_is_renumbered_by_a_key_and_a_reason(qtbot: QtBot, desk: Desk) -> None:
    first = next(voucher for voucher in desk.book.all(Voucher) if voucher.posted)
    pc = OtherPc()
    twin = pc.write("voucher", to_wire(dataclasses.replace(first, text="Thăm hỏi ốm đau", counterpart="")))
    incoming.apply(desk.book, pc.sent, HERE)
    page = Review(desk)
    page.ask = lambda *_: "Hai máy trùng số"
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.refresh()
    page.table.view.setFocus()
    (task,) = review.tasks(desk.book)
    assert "Đổi số" in page.buttons[1].text()
    left = task.key[1] == twin
    qtbot.keyClick(page.table.view, Qt.Key.Key_1 if left else Qt.Key.Key_2)
    numbers = [voucher.number for id_ in (first.id, twin) if (voucher := desk.book.get(Voucher, id_))]
    assert numbers[0] == first.number != numbers[1]
    assert review.tasks(desk.book) == []


def test_one_person_entered_twice_is_merged_from_the_keyboard_and_parted_on_the_record(qtbot: QtBot, desk: Desk) -> None:
    first = next(desk.book.all(Person))
    pc = OtherPc()
    twin = pc.write("person", to_wire(dataclasses.replace(first, card="", phone="0912345678")), secret=b"8 octets")
    incoming.apply(desk.book, pc.sent, HERE)
    page = Review(desk)
    qtbot.addWidget(page)
    page.ask_merge = lambda compared, over: MergeDialog(compared, over).sides()
    page.refresh()
    assert [button.text() for button in page.buttons[:2]] == ["Gộp…", "Không phải một người"]
    page.choose(0)
    page.refresh()
    assert review.tasks(desk.book) == []
    kept = desk.book.get(Person, twin)
    assert kept is not None
    assert (kept.card, kept.phone) == (first.card, "0912345678")  # what is filled is offered first
    record = RecordDialog(desk, twin)
    qtbot.addWidget(record)
    assert record.tabs.tabText(record.tabs.count() - 2) == "Đã gộp"
    record.merged.ask = lambda *_: "Nhầm người"
    record.merged.part_current()
    assert [task.label for task in review.tasks(desk.book)] == ["Trùng số CCCD"]


def test_two_chosen_records_are_merged_from_the_list_and_a_month_paid_on_both_is_told(qtbot: QtBot, desk: Desk) -> None:
    first, second = list(desk.book.all(Person))[:2]
    with desk.book.transact("dues.before", "Hoa") as transaction:
        for person in (first, second):
            told = {"id": new_id(), "person": person.id, "month": "2026-10", "amount": 40_000}
            transaction.save(build(Dues, told))
    page = Members(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.ask_merge = lambda compared, over: MergeDialog(compared, over).sides()
    page.merge([row for row in lists.people(desk.book) if row.id in (first.id, second.id)])
    assert desk.book.get(Person, second.id) == desk.book.get(Person, first.id)
    dues = DuesPage(desk)
    qtbot.addWidget(dues)
    dues.open_at("2026-10")
    dues.refresh()
    assert "tháng 10/2026 hai lần, ở hai hồ sơ đã gộp" in dues.banner.text()
