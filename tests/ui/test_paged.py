"""A table whose rows stay in the book reads what is seen; the list of people answers at the keystroke, then lines up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop_app.ui.page import Desk
from desktop_app.ui.pages import member_list
from desktop_app.ui.pages.member_list import MemberList
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.paged import PAGE, PagedRows
from desktop_app.ui.widgets.table import Table


class Row(NamedTuple):
    no: int
    name: str


def test_a_hundred_thousand_rows_are_scrolled_through_and_only_those_seen_are_read(qtbot: QtBot) -> None:
    read: list[int] = []

    def rows(numbers: Sequence[int]) -> list[Row]:
        read.extend(numbers)
        return [Row(no, f"Người {no}") for no in numbers]

    columns = (Column("name", "Họ tên", lambda r: r.name, "name", stretch=True),)
    model = PagedRows(columns, rows)
    table = Table(columns, name="people", noun="người", model=model)
    qtbot.addWidget(table)
    table.resize(500, 400)
    table.show()
    table.show_paged(lambda: model.begin(range(1, 51)), again=False)
    assert table.count.text() == "Đang đếm…"
    table.pick(lambda row: row.no == 7)
    table.show_paged(lambda: model.line_up(range(1, 100_001)), again=False)
    assert (table.count.text(), table.current()) == ("100.000 người", Row(7, "Người 7"))
    table.view.scrollToBottom()
    table.view.grab()
    assert model.row(99_999) == Row(100_000, "Người 100000")
    assert len(read) <= 6 * PAGE
    assert (len(table.seen()[1]), table.seen()[1][-1].no, table.seen()[1][2:4]) == (100_000, 100_000, [model.row(2), model.row(3)])
    table.view.selectAll()
    assert table.count.text() == "Chọn 100.000"


@pytest.fixture
def big(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> MemberList:
    """The list of a union so large that everybody is lined up by a worker."""
    monkeypatch.setattr(member_list, "FEW", 2)
    made = MemberList(desk, ())
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.ask(again=True)
    qtbot.waitUntil(lambda: made.model.whole)
    return made


def names(shown: MemberList) -> list[str]:
    return [row.name for row in shown.table.seen()[1]]


def test_the_first_rows_are_there_at_the_keystroke_and_the_rest_follows(big: MemberList, qtbot: QtBot) -> None:
    assert len(names(big)) == 8
    big.find.setText("thị")
    assert names(big) == ["Hồ Thị Ánh", "Trần Thị Hoa", "Lê Thị Hường", "Võ Thị Yến"]
    assert big.table.count.text() == "Đang đếm…"
    qtbot.waitUntil(lambda: big.table.count.text() == "4 người")
    big.pick(next(row.id for row in (big.model.row(0),)))
    assert big.table.current().name == "Hồ Thị Ánh"


def test_a_heading_sorts_and_the_order_is_remembered(big: MemberList, qtbot: QtBot, settings: QSettings) -> None:
    big.table.header.sectionClicked.emit(1)
    assert names(big)[0] == "Phan Đình Ân"
    again = MemberList(big._desk, ())
    qtbot.addWidget(again)
    again.ask(again=True)
    assert names(again)[0] == "Phan Đình Ân"
    again.table.toggle_filter_row()
    again.table.header.line(5).setText("van phong")
    assert names(again) == ["Trần Thị Hoa", "Lê Thị Hường"]
    again.pick(next(row.id for row in big.table.seen()[1] if row.name == "Võ Thị Yến"))
    assert again.table.current().name == "Võ Thị Yến"
