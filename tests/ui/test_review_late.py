"""*Cần xem lại*: a voucher that came after its month was closed, left or taken home by one key."""

from __future__ import annotations

import dataclasses
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import periods, review
from desktop_app.domain.records import Voucher
from desktop_app.domain.wire import to_wire
from desktop_app.storage import closings, incoming
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.sharing.review import Review
from tests.storage.test_incoming import HERE, OtherPc


def came_late(desk: Desk, pc: OtherPc, text: str) -> None:
    first = next(voucher for voucher in desk.book.all(Voucher) if voucher.posted)
    made = dataclasses.replace(first, number=f"PC.B10/{text[-2:]}", text=text, counterpart="", day=date(2026, 10, 27))
    pc.write("voucher", to_wire(made))
    incoming.apply(desk.book, pc.sent, HERE)


def test_one_key_leaves_it_and_another_reopens_its_month(qtbot: QtBot, desk: Desk) -> None:
    pc = OtherPc()
    periods.close(desk.book, "2026-10", desk.by)
    came_late(desk, pc, "Thăm ốm 01")
    page = Review(desk)
    page.ask = lambda *_: "Phiếu của phân xưởng gửi muộn"
    desk.touched.connect(lambda _: page.refresh())
    qtbot.addWidget(page)
    page.resize(1166, 768)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.refresh()
    page.table.view.setFocus()
    assert "đến sau khi kỳ 10/2026 đã khóa: số của kỳ ấy không đổi" in page.banner.text()
    assert [button.text() for button in page.buttons[:2]] == ["Để ở kỳ 11/2026", "Mở lại kỳ 10/2026"]
    qtbot.keyClick(page.table.view, Qt.Key.Key_1)
    assert review.tasks(desk.book) == []
    came_late(desk, pc, "Thăm ốm 02")
    page.refresh()
    qtbot.keyClick(page.table.view, Qt.Key.Key_2)
    assert (review.tasks(desk.book), closings.closed_months(desk.book)) == ([], [])
    assert desk.book.verify().first_fault is None
