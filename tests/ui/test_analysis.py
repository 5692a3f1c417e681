"""*Phân tích* on the book of October: modes, figures that open their vouchers, the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.exchange.source import Source
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.analysis import Analysis
from desktop_app.ui.pages.importing.bring_in import bring_in
from tests.exchange.books import workbook


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Analysis:
    desk.today = lambda: date(2026, 10, 31)
    made = Analysis(desk)
    qtbot.addWidget(made)
    made.resize(1100, 660)
    made.refresh()
    made.show()
    return made


def shown(page: Analysis, code: str) -> list[str]:
    assert page.table is not None
    row = next(row for row in page.table.model.all() if code in (row.code, row.name))
    return [str(column.value(row)) for column in page.table.model.columns[2:]]


def test_the_modes_show_their_columns(page: Analysis) -> None:
    assert page.table is not None
    assert [column.heading for column in page.table.model.columns[2:]] == ["2026", "2025", "2024", "So 2025"]
    assert shown(page, "Tổng thu") == ["35127150", "0", "0", ""]
    page.mode.choose("months")
    assert [column.heading for column in page.table.model.columns[2:4]] == ["10/2026", "09/2026"]
    assert not page.month.isHidden()
    page.mode.choose("budget")
    assert shown(page, "31") == ["0", "7000000", "", "None"]
    assert page.month.isHidden()
    page.mode.choose("same")
    assert page.told.text() == "Năm 2026 đến 31/10 so với các năm trước"


def test_every_figure_opens_its_vouchers(page: Analysis, desk: Desk, qtbot: QtBot) -> None:
    assert page.table is not None
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, target: wanted.append((key, target)))
    page.table.pick(lambda row: row.code == "25")
    page.table.view.setCurrentIndex(page.table.model.index(page.table.view.currentIndex().row(), 2))
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    page.table.pick(lambda row: row.name == "Tổng chi")
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    page.bars.chosen.emit(10)
    page.spent.setFocus()
    qtbot.keyClick(page.spent, Qt.Key.Key_Down)
    qtbot.keyClick(page.spent, Qt.Key.Key_Return)
    assert wanted == [
        ("vouchers", {"period": "2026", "items": ("25.01", "25.02")}),
        ("vouchers", {"period": "2026", "item": "out"}),
        ("vouchers", {"period": "2026-10"}),
        ("vouchers", {"period": "2026", "item": "32"}),
    ]


def test_the_table_and_the_upper_levels_file_are_written(
    page: Analysis, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "to_save", lambda _, __, name, ___: tmp_path / name)
    page.export_table()
    source = Source(tmp_path / "Năm 2026 so với các năm trước.xlsx")
    rows = [row for _, row in source.read(source.sheets[0]).rows]
    assert rows[1][1:3] == ["Tổng thu", 35_127_150]
    said: list[str] = []
    desk.said.connect(lambda sentence, *_: said.append(sentence))
    actions = [action for action in page.profiles_menu().actions() if not action.isSeparator()]
    assert len(actions) == 6
    actions[1].trigger()
    assert said == ["Đã ghi So_cai_40-001_2026.csv: 14 dòng."]
    assert (tmp_path / "So_cai_40-001_2026.csv").read_text("utf-8-sig").count("\n") == 15


def test_a_settlement_of_a_year_before_the_book_stands_beside(page: Analysis, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [["Nội dung", "Mã số", "Quyết toán"], ["Thu kinh phí công đoàn", 22, 40_000_000], ["Thu đoàn phí công đoàn", 23, 15_000_000]]
    wizard = bring_in(page, "b07")
    qtbot.addWidget(wizard)
    wizard.take_file(workbook(tmp_path / "qt-2025.xlsx", {"B07": rows}))
    wizard.go_on()
    assert wizard.columns.options.year.value == 2025
    wizard.go_on()
    assert wizard.check.notes.text() == "Năm 2025, mẫu trước Hướng dẫn 47/HD-TLĐ, đã đổi mã: 2 chỉ tiêu."
    wizard.go_on()
    assert wizard.result.said.text() == "Đã ghi 2 chỉ tiêu của năm trước vào sổ."
    page.refresh()
    assert page.table is not None
    assert [column.heading for column in page.table.model.columns[2:4]] == ["2026", "2025 (nhập)"]
    assert shown(page, "22")[1] == "15000000"
    for row in page.table.model.all():
        page.open_figure(row, 1)
