"""A voucher of several rows: typed as in Excel, pasted from it, refused row by row, against the budget as one types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.fields import build
from desktop_app.domain.records import Budget, Voucher
from desktop_app.storage import unfinished
from desktop_app.storage.book import Book, new_id
from desktop_app.ui.pages.vouchers.page import Vouchers
from tests.ui.conftest import HOA
from tests.ui.voucher_desk import Keys, numbered, opened


@pytest.fixture
def page(qtbot: QtBot, october: Book, settings: QSettings) -> Iterator[Vouchers]:
    for frame in opened(qtbot, october, settings):
        found = frame.open("vouchers")
        assert isinstance(found, Vouchers)
        yield found


@pytest.fixture
def keys(qtbot: QtBot) -> Keys:
    return Keys(qtbot)


def lines(voucher: Voucher) -> list[tuple[str, int, str]]:
    return [(line.item, line.amount_out, line.party) for line in voucher.lines]


def test_two_rows_are_typed_and_posted_by_keyboard_alone(page: Vouchers, keys: Keys, october: Book) -> None:
    keys.press(Qt.Key.Key_F3)
    page.form.form.fields["text"].editor.setFocus()
    keys.type("Đại hội")
    keys.press(Qt.Key.Key_F4)
    assert QApplication.focusWidget() is page.form.form.lines.grid
    for item, amount, party in (("33", "500k", "Lê Thị Lan"), ("32", "=2*150k", "")):
        keys.type(item)
        keys.enter()
        keys.type(amount)
        keys.enter()
        if party:
            keys.type(party)
        keys.enter()
    assert page.form.form.lines.total.text() == "Cộng 800.000 ₫"
    keys.control(Qt.Key.Key_S)
    made = numbered(october, "PC10/04")
    assert lines(made) == [("33", 500000, "Lê Thị Lan"), ("32", 300000, "")]
    assert page.table.current().items in ("32, 33", "33, 32")
    assert [row["amount"] for row in page.form.form.lines.rows()] == [500000, 300000]
    assert page.form.form.lines.grid.locked
    page.ask = lambda *_: "Nhầm số tiền"
    page.correct()
    assert QApplication.focusWidget() is page.form.form.lines.grid
    assert [row["party"] for row in page.form.form.lines.rows()] == ["Lê Thị Lan", None]


def test_rows_are_pasted_from_excel_and_what_is_typed_last_counts(page: Vouchers, keys: Keys, october: Book) -> None:
    page.form.start("PC", {"text": "Thăm hỏi tháng 10"})
    page.form.turn()
    QGuiApplication.clipboard().setText("31\t500.000\tLê Thị Lan\r\n31\t1tr\tHồ Thị Ánh\r\n")
    keys.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.form.form.lines.total.text() == "Cộng 1.500.000 ₫"
    page.form.form.lines.grid.setCurrentCell(2, 0)
    keys.type("33")
    keys.enter()
    keys.type("20k")
    keys.control(Qt.Key.Key_S)  # the amount is still being typed
    assert lines(numbered(october, "PC10/04")) == [
        ("31", 500000, "Lê Thị Lan"), ("31", 1000000, "Hồ Thị Ánh"), ("33", 20000, ""),
    ]  # fmt: skip


def test_a_bad_row_is_named_and_nothing_is_stored(page: Vouchers, keys: Keys, october: Book) -> None:
    page.form.start("PC", {"text": "Thăm hỏi"})
    page.form.turn()
    QGuiApplication.clipboard().setText("31\t500.000\n99\tba trăm\n")
    keys.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.form.save()
    assert page.form.form.lines.said.text().startswith("Dòng 2: ")
    assert (page.form.form.lines.grid.currentRow(), page.form.form.lines.grid.currentColumn()) == (1, 1)
    assert len(list(october.all(Voucher))) == 13
    page.form.form.lines.grid.setCurrentCell(1, 0)
    page.form.form.lines.remove_row()
    page.form.save()
    assert lines(numbered(october, "PC10/04")) == [("31", 500000, "")]


def test_one_amount_becomes_rows_and_back_and_rows_outlive_a_power_cut(page: Vouchers, october: Book) -> None:
    page.form.start("PC", {"text": "Nước họp", "item": "33", "amount": 640000})
    page.form.turn()
    assert page.form.form.lines.rows() == [{"item": "33", "amount": 640000, "party": None}]
    page.form.form.lines.show_rows([*page.form.form.lines.rows(), {"item": "32", "amount": 10000}])
    page.form.turn()
    assert page.form.said.text().startswith("Phiếu đang có 2 dòng.")
    page.form._edited()
    page.keep()
    (content,) = unfinished.kept(october, "vouchers").values()
    assert [row["item"] for row in content["rows"]] == ["33", "32"]
    page.form.form.lines.grid.setCurrentCell(1, 0)
    page.form.form.lines.remove_row()
    page.form.turn()
    assert (page.form.content()["item"], page.form.content()["amount"]) == ("33", 640000)


def test_spending_stands_beside_the_budget_while_one_types(page: Vouchers, october: Book) -> None:
    with october.transact("budget", HOA) as transaction:
        transaction.save(build(Budget, {"id": new_id(), "year": 2026, "item": "33", "amount": 10_000_000}))
    page.form.start("PC", {"text": "Nước họp", "item": "33", "amount": 1_000_000})
    page.form.look_again()
    item = page.form.form.fields["item"]
    assert item.below() == "Mục 33: 1.662.000 / 10.000.000 ₫ dự toán năm (16 %)."
    page.form.turn()
    page.form.form.lines.show_rows([{"item": "33", "amount": 5_000_000}, {"item": "33", "amount": 4_000_000}])
    page.form.look_again()
    assert "Cùng phiếu này đã dùng 96 % dự toán mục 33 của năm." in page.form.form.lines.doubted.text()
