"""*Tổng quan* shows the figures of October, and each of its parts opens the page behind it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.ui.page import Desk
from desktop_app.ui.pages.overview import Overview


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Overview:
    desk.today = lambda: date(2026, 11, 24)
    made = Overview(desk)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.refresh()
    made.show()
    return made


def test_the_cards_hold_the_figures_of_october(page: Overview) -> None:
    assert page.money.figure() == "66.996.650 ₫"
    assert page.money.hint() == "Tiền mặt 10.260.000 · TGNH 56.736.650"
    assert (page.members.figure(), page.members.hint()) == ("7 người", "4 nữ · 1 lao động chưa vào")
    assert page.year.figure() == "35.127.150 ₫"
    assert page.year.hint() == "Đã chi 18.930.500 · năm 2026"


def test_what_waits_opens_its_page(page: Overview, desk: Desk) -> None:
    gone: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, target: gone.append((key, target)))
    told = page.waits.said()
    assert any("Chưa khóa sổ tháng 10/2026" in sentence for sentence in told)
    page.waits.press(next(n for n, sentence in enumerate(told) if "sao lưu" in sentence))
    assert gone == [("setup", "backup")]
    page.money.click()
    assert gone[-1] == ("vouchers", None)


def test_the_chart_is_read_out_and_worked_by_keys(qtbot: QtBot, page: Overview, desk: Desk) -> None:
    gone: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, target: gone.append((key, target)))
    assert page.months.accessibleDescription() == "tháng 10: thu 35.127.150 ₫, chi 18.930.500 ₫"
    for _ in range(3):
        qtbot.keyClick(page.months, Qt.Key.Key_Left)
    qtbot.keyClick(page.months, Qt.Key.Key_Return)
    assert gone == [("vouchers", {"period": "2026-10"})]


def test_an_unconfirmed_recovery_sheet_waits_first(page: Overview, desk: Desk) -> None:
    desk.settings.setValue("recovery/confirmed", "no")
    page.refresh()
    assert page.waits.said()[0].startswith("Chưa in phiếu khôi phục")


