"""The grid of twelve months under the fingers: typing, Enter, Tab, F2, a block from Excel, F4, Ctrl+S."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.actions import dues
from desktop_app.domain.records import Dues, Voucher
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.dues import grid as dues_grid
from desktop_app.ui.pages.dues.grid import DuesGrid
from desktop_app.ui.pages.dues.grid_model import FIRST
from tests.ui.conftest import HOA


@pytest.fixture
def grid(qtbot: QtBot, desk: Desk) -> Iterator[DuesGrid]:
    desk.today = lambda: date(2026, 11, 20)
    dues.collect_some(
        desk.book, "2026-11", [dues.compute(desk.book, "2026-11").lines[0].person], HOA, "TM", day=date(2026, 11, 20)
    )
    under = QWidget()
    qtbot.addWidget(under)
    made = DuesGrid(desk, under)
    made.open()
    yield made
    assert under is not None  # lives as long as the grid over it


def test_typing_enter_and_tab_go_as_in_excel(qtbot: QtBot, grid: DuesGrid) -> None:
    qtbot.keyClicks(grid.view, "3")
    editor = grid.view.findChild(QLineEdit)
    qtbot.keyClicks(editor, "2500")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert grid.model.amount(0, FIRST) == 32_500
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (0, FIRST + 1)
    qtbot.keyClick(grid.view, Qt.Key.Key_Return)
    assert grid.view.currentIndex().row() == 1
    assert grid.says.text() == "1 ô mới, 32.500 ₫"


def test_a_block_of_excel_is_laid_down_and_stored_at_once(qtbot: QtBot, grid: DuesGrid, desk: Desk) -> None:
    grid.view.setCurrentIndex(grid.model.index(0, FIRST + 9))
    QGuiApplication.clipboard().setText("32.500\t\n32.500\t32500\n32.500\tba mươi\n")
    qtbot.keyClick(grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid.view, Qt.Key.Key_Shift)  # else Ctrl counts as held down in what follows
    assert "tháng 11" in grid.banner.text()
    assert len(grid.model.typed) == 4
    grid.fund.choose("NH")
    said: list[str] = []
    desk.said.connect(lambda sentence, _act, _does: said.append(sentence))
    grid.save.click()
    assert said == ["Đã ghi 4 ô, 130.000 ₫: BC11/01."]  # of October the money is in the books: only names are added
    assert sum(line.paid for line in dues.compute(desk.book, "2026-10").lines) == 97_500
    assert [v.number for v in desk.book.all(Voucher) if v.month == "2026-11"] == ["PT11/01", "BC11/01"]


def test_f4_fills_what_is_owed_and_a_receipt_cannot_be_typed_over(grid: DuesGrid) -> None:
    november = FIRST + 10
    assert not grid.model.flags(grid.model.index(0, november)) & Qt.ItemFlag.ItemIsEditable
    grid.model.put(0, november, "1")
    assert "đã có phiếu thu" in grid.banner.text()
    column = QItemSelection(grid.model.index(0, november), grid.model.index(6, november))
    grid.view.selectionModel().select(column, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    grid.fill.click()
    assert sum(grid.model.typed.values()) == 460_000
    grid.team.choose("Tổ cắt")
    assert grid.model.rowCount() == 2
    assert len(grid.model.typed) == 6


def test_many_cells_are_stored_by_a_worker(grid: DuesGrid, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dues_grid, "_MANY", 0)
    grid.model.paste(1, FIRST, "1.000")
    grid.fund.choose("TM")
    grid.save.click()
    assert "Quỹ TM mở sổ từ 01/10/2026" in grid.banner.text()
    grid.fund.choose("")
    grid.save.click()
    assert sum(row.amount for row in desk.book.all(Dues) if row.month == "2026-01") == 1_000
