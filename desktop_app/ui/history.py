"""*Lịch sử*: who wrote what of a record, from what to what; one key (Ctrl+H) and one line of the menu in every list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import history
from desktop_app.actions.history import Line
from desktop_app.domain.errors import Refused
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import label

KEY, WORD = "Ctrl+H", "Lịch sử"
Of = Callable[[Any], tuple[str, str] | None]
"""Which record (entity, id) a row of a list stands for, None if for none."""


class HistoryDialog(QDialog):
    """The history of a record, the latest page first; raises `Refused` for what is not for all."""

    def __init__(self, desk: Desk, entity: str, id_: str, over: QWidget | None = None) -> None:
        super().__init__(over)
        self._desk, self._of = desk, (entity, id_)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._lines: list[Line] = []
        self.table = Table(
            (
                Column("when", "Lúc", lambda line: f"{line.when:%d/%m/%Y %H:%M}", width=138),
                Column("who", "Người ghi", lambda line: line.who, width=130),
                Column("pc", "Ở máy", lambda line: line.pc, width=112),
                Column("field", "Ô", lambda line: line.field, width=160),
                Column("old", "Trước", lambda line: line.old, width=150),
                Column("new", "Sau", lambda line: line.new, width=150, stretch=True),
                Column("lost", "Tình trạng", _state, "state", width=96),
            ),
            name="history", noun="thay đổi", settings=desk.settings, select_many=True,
            empty=Empty("Không có thay đổi nào."),
        )  # fmt: skip
        self.only = Chip("Bị ghi đè", ((False, "Mọi thay đổi"), (True, "Bị ghi đè")))
        self.only.chosen.connect(lambda _: self._show())
        self.table.add_tool(self.only)
        self.older = KeyButton("Xem cũ hơn", "Ctrl+M", clicked=self.read_older)
        self._next = 0
        self._lay_out()
        self.read_older()
        self.table.view.setFocus()

    def read_older(self) -> None:
        """The next page, below what is shown."""
        entity, id_ = self._of
        read = history.history_of(self._desk.book, entity, id_, self._next)
        self.setWindowTitle(f"Lịch sử: {read.named}")
        self.heading.setText(read.named)
        self._lines += read.lines
        self._next = read.next
        self.older.setVisible(bool(read.next))
        self._show()

    def _show(self) -> None:
        self.table.show_rows([line for line in self._lines if line.overwritten or not self.only.value])

    def _lay_out(self) -> None:
        self.heading = label("", "title", wrap=True)
        told = "Bị ghi đè: hai máy cùng ghi một ô khi chưa đồng bộ, giá trị này không được dùng nhưng vẫn còn ở đây."
        feet = QHBoxLayout()
        feet.addWidget(self.older)
        feet.addStretch(1)
        feet.addWidget(KeyButton("Đóng", "Esc", clicked=self.reject))
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(TablePanel(self.table), 1)
        column.addWidget(label(told, "hint", wrap=True))
        column.addLayout(feet)
        look = theme.worn()
        self.resize(look.px(1000), look.px(520))


def open_history(desk: Desk, over: QWidget, entity: str, id_: str) -> HistoryDialog | None:
    """Show the history of a record over a page; what is not for all is answered by a sentence."""
    try:
        dialog = HistoryDialog(desk, entity, id_, over)
    except Refused as refused:
        desk.say(str(refused))
        return None
    dialog.open()
    return dialog


def offer_history(table: Table, desk: Desk, of: Of) -> None:
    """Ctrl+H and a line of the menu show the history of the current row of a list."""

    def show(rows: list[Any]) -> None:
        found = of(rows[0]) if rows else None
        if found is None:
            desk.say("Hãy chọn một dòng có lịch sử trước.")
            return
        open_history(desk, table.window(), *found)

    table.add_verb(Verb(WORD, show, KEY, "history", can=lambda rows: len(rows) == 1 and of(rows[0]) is not None))
    shortcut = QShortcut(QKeySequence(KEY), table, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lambda: show([row for row in (table.current(),) if row is not None]))


def _state(line: Line) -> State | None:
    return State("Bị ghi đè", "warn") if line.overwritten else None
