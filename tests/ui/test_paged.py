"""A table whose rows stay in the book reads what is seen; the list of people answers at the keystroke, then lines up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop_app.actions import members
from desktop_app.domain.fields import build
from desktop_app.domain.records import Unit
from desktop_app.storage.book import new_id
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members import list as member_list
from desktop_app.ui.pages.members.list import MemberList
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


def test_who_is_picked_in_a_large_union_is_found_whatever_is_filtered_and_a_saved_person_leaves_filters_alone(
    big: MemberList, qtbot: QtBot, desk: Desk
) -> None:
    ids = {row.name: row.id for row in big.table.seen()[1]}
    big.sieves.take({"state": "now", "sex": "Nữ"})
    qtbot.waitUntil(lambda: big.table.count.text() == "4 người")
    members.edit(desk.book, ids["Võ Thị Yến"], {"note": "tổ phó"}, "Hoa")
    big.ask(again=True)
    big.pick(ids["Võ Thị Yến"])
    assert (len(names(big)), big.table.current().name) == (4, "Võ Thị Yến")
    big.pick(ids["Phan Đình Ân"])
    qtbot.waitUntil(lambda: big.table.current() is not None and big.table.current().name == "Phan Đình Ân")
    assert len(names(big)) == 8


def test_a_branch_of_the_tree_is_a_chip(qtbot: QtBot, desk: Desk) -> None:
    with desk.book.transact("test", "Hoa") as transaction:
        sewing = transaction.save(build(Unit, {"id": new_id(), "kind": "CDBP", "name": "Xưởng may"}))
        for name in ("Tổ may 1", "Tổ may 2"):
            transaction.save(build(Unit, {"id": new_id(), "kind": "TCD", "name": name, "parent": sewing.id}))
    made = MemberList(desk, ())
    qtbot.addWidget(made)
    made.offer_teams(["Tổ cắt", "Tổ may 1", "Tổ may 2"])
    made.sieves.take({"team": next(value for value, text in made.sieves.chips["team"].choices() if text == "Xưởng may (cả nhánh)")})
    assert names(made) == ["Hồ Thị Ánh", "Phan Đình Ân", "Nguyễn Văn Thắng"]
