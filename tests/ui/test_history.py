"""*Lịch sử*: Ctrl+H on a row of any list shows who wrote what."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.actions import members
from desktop_app.domain.records import Person
from desktop_app.ui.history import HistoryDialog, offer_history, open_history
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.table import Table
from tests.actions.test_review import written_beside
from tests.storage.test_incoming import OtherPc


def test_the_key_of_a_list_opens_the_history_of_its_row_and_the_chip_leaves_what_gave_way(
    qtbot: QtBot, desk: Desk
) -> None:
    person = next(desk.book.all(Person))
    members.edit(desk.book, person.id, {"name": "Nguyễn Văn Thắng A"}, "Hoa")
    written_beside(desk.book, person.id, OtherPc(), name="Nguyễn Văn Thắng B")
    table = Table((Column("name", "Họ và tên", lambda row: row.name),), name="people", settings=desk.settings)
    qtbot.addWidget(table)
    offer_history(table, desk, lambda row: ("person", row.id))
    table.show_rows([person])
    table.pick(lambda _: True)
    assert any(action.text() == "Lịch sử" and action.isEnabled() for action in table.row_menu().actions())
    dialog = HistoryDialog(desk, "person", person.id)
    qtbot.addWidget(dialog)
    every = dialog.table.model.rowCount()
    dialog.only.choose(True)
    assert 1 == dialog.table.model.rowCount() < every
    assert dialog.older.isHidden()


def test_what_is_not_for_all_is_answered_by_a_sentence(qtbot: QtBot, desk: Desk) -> None:
    said = []
    desk.said.connect(lambda sentence, *_: said.append(sentence))
    table = Table((Column("name", "Mục", lambda row: row),), name="private", settings=desk.settings)
    qtbot.addWidget(table)
    assert open_history(desk, table, "access", "0" * 32) is None
    assert "Riêng tư" in said[0]
