"""A table behaves as the accountant's Excel: it finds, sorts, filters, adds up, copies and remembers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.table import Empty, Table, Verb


@dataclass(frozen=True)
class Row:
    name: str
    day: date | None
    paid: int | None
    posted: bool = True


ROWS = (
    Row("Nguyễn Văn Thắng", date(2026, 10, 5), 1_500_000),
    Row("Trần Thị Ánh", date(2026, 3, 12), 640_000),
    Row("Lê Văn Bình", None, None),
    Row("Phạm Thị Đào", date(2026, 1, 20), 2_000_000, posted=False),
)

COLUMNS = (
    Column("name", "Họ tên", lambda r: r.name, "name", stretch=True, width=150),
    Column("day", "Ngày", lambda r: r.day, "day"),
    Column("paid", "Chi", lambda r: r.paid, "money", total=True),
    Column("state", "Trạng thái", lambda r: State("Đã ghi sổ", "ok") if r.posted else State("Nháp"), "state"),
)


def make(qtbot: QtBot, settings: QSettings | None = None, **more: object) -> Table:
    table = Table(COLUMNS, name="people", noun="người", settings=settings, counts=lambda r: r.posted, **more)
    qtbot.addWidget(table)
    table.resize(900, 420)
    table.show()
    table.show_rows(ROWS)
    return table


def names(table: Table) -> list[str]:
    return [row.name.split()[-1] for row in table.model.seen()]


def test_drafts_never_count_in_the_totals(qtbot: QtBot) -> None:
    assert make(qtbot).totals.sums() == {"paid": 2_140_000}


@pytest.mark.parametrize(
    ("typed", "found"),
    [("nvt", ["Thắng"]), ("dao pham", ["Đào"]), ("640", ["Ánh"]), ("nhap", ["Đào"]), ("12/03", ["Ánh"])],
)
def test_finding_forgives(qtbot: QtBot, typed: str, found: list[str]) -> None:
    table = make(qtbot)
    qtbot.keyClicks(table.find, typed)
    qtbot.waitUntil(lambda: names(table) == found)
    assert table.count.text() == f"{len(found)}/4 người"


def test_names_sort_by_given_name_and_a_third_click_gives_back_the_order(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.header.sectionClicked.emit(0)
    assert names(table) == ["Ánh", "Bình", "Đào", "Thắng"]
    table.header.sectionClicked.emit(0)
    assert names(table) == ["Thắng", "Đào", "Bình", "Ánh"]
    table.header.sectionClicked.emit(0)
    assert names(table) == ["Thắng", "Ánh", "Bình", "Đào"]


def test_empty_cells_come_last_whichever_way_one_sorts(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.header.sectionClicked.emit(2)
    assert names(table) == ["Ánh", "Thắng", "Đào", "Bình"]
    table.header.sectionClicked.emit(2)
    assert names(table)[-1] == "Bình"


def test_the_filter_row_takes_bounds_for_amounts(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.toggle_filter_row()
    qtbot.keyClicks(table.header.line(2), ">1tr")
    assert names(table) == ["Thắng", "Đào"]
    assert table.totals.sums() == {"paid": 1_500_000}
    table.toggle_filter_row()
    assert len(names(table)) == 4


def test_ctrl_c_copies_to_excel(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.pick(lambda row: row.name == "Trần Thị Ánh")
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Trần Thị Ánh\t12/03/2026\t640000\tĐã ghi sổ"
    table.copy(headings=True)
    assert QGuiApplication.clipboard().text().startswith("Họ tên\tNgày\tChi\tTrạng thái\n")


def test_columns_are_remembered(qtbot: QtBot, settings: QSettings) -> None:
    first = make(qtbot, settings)
    first.show_column("day", False)
    first.header.moveSection(first.header.visualIndex(2), 0)
    again = make(qtbot, settings)
    assert [column.key for column in again.seen()[0]] == ["paid", "name", "state"]


def test_spoilt_settings_do_no_harm(qtbot: QtBot, settings: QSettings) -> None:
    settings.setValue("tables/people", '[["gone", 10, 0], "x"')
    assert [column.key for column in make(qtbot, settings).seen()[0]] == ["name", "day", "paid", "state"]


def test_the_picked_row_stays_picked_when_rows_are_read_again(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.pick(lambda row: row.name == "Phạm Thị Đào")
    table.show_rows((Row("Vũ Thị An", None, 5), *ROWS), same=lambda row: row.name)
    assert table.current() == ROWS[3]


def test_enter_opens_the_row(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.pick(lambda row: row.name == "Lê Văn Bình")
    with qtbot.waitSignal(table.opened) as caught:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert caught.args == [ROWS[2]]


def test_an_empty_table_says_what_to_do_first(qtbot: QtBot) -> None:
    begun: list[str] = []
    table = make(qtbot, empty=Empty("Chưa có đoàn viên nào.", "Thêm đoàn viên", lambda: begun.append("new")))
    table.show_rows(())
    assert table.empty.sentence() == "Chưa có đoàn viên nào."
    table.empty.act.click()
    assert begun == ["new"]


def test_a_search_without_result_offers_the_way_back(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.model.find("zzz")
    assert "khớp" in table.empty.sentence()
    table.empty.act.click()
    assert len(names(table)) == 4
    assert table.empty.sentence() == ""


def test_selected_rows_are_added_up_as_excel_does(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.view.selectAll()
    assert table.count.text() == "Chọn 4 · Chi 4.140.000"


def test_the_menu_offers_the_verbs_of_the_page(qtbot: QtBot) -> None:
    done: list[Row] = []
    table = make(qtbot, verbs=(Verb("Sửa phiếu", done.extend, "Ctrl+E"), Verb("Hủy", done.extend, can=lambda rows: False)))
    table.pick(lambda row: row.name == "Trần Thị Ánh")
    menu = table.row_menu()
    actions = {action.text(): action for action in menu.actions()}
    actions["Sửa phiếu"].trigger()
    assert done == [ROWS[1]]
    assert not actions["Hủy"].isEnabled()
    menu.deleteLater()


def test_twenty_five_thousand_rows_are_found_and_sorted(qtbot: QtBot) -> None:
    table = make(qtbot)
    table.show_rows([Row(f"Người Thử {n}", date(2026, 1, 1), n) for n in range(25_000)])
    table.model.order_by(2, descending=True)
    table.model.find("24999")
    assert [row.paid for row in table.model.seen()] == [24_999]


def test_less_important_columns_give_way_where_the_table_is_narrow_and_come_back(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    columns = (*COLUMNS[:2], *(replace(column, gives_way=way) for way, column in enumerate(COLUMNS[2:], 1)))
    table = Table(columns, name="narrow", settings=settings)
    qtbot.addWidget(table)
    table.show()

    def shown(width: int) -> list[str]:
        table.resize(width, 300)
        qtbot.wait(1)
        return [column.key for column in table.seen()[0]]

    assert shown(900) == ["name", "day", "paid", "state"]
    assert shown(400) == ["name", "day", "paid"]
    assert shown(300) == ["name", "day"]
    table.show_column("paid", True, stays=True)  # on purpose: it stays, and the table scrolls
    assert shown(300) == ["name", "day", "paid"]
    again = Table(columns, name="narrow", settings=settings)  # what gave way is not remembered as hidden
    qtbot.addWidget(again)
    assert [column.key for column in again.seen()[0]] == ["name", "day", "paid", "state"]
