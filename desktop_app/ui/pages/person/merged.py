"""*Hồ sơ đã gộp*: who was merged into a person, and the way to part them again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions import one_person
from desktop_app.actions.one_person import Part
from desktop_app.domain.errors import Refused
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import ask_reason
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.texts import label

_TOLD = (
    "Những hồ sơ này là một người với hồ sơ đang mở: mọi thứ ghi cho chúng đều tính cho người này. Tách lại thì mỗi hồ sơ"
    " nhận lại những gì đã ghi cho nó; các ô đã chọn khi gộp vẫn giữ, hãy xem lại sau khi tách."
)


class MergedPart(QWidget):
    """The records merged into a person; `parted` tells that one stands alone again."""

    parted = Signal()

    def __init__(self, desk: Desk, id_: str) -> None:
        super().__init__()
        self._desk, self._id = desk, id_
        self.ask: Callable[..., str] = ask_reason
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.refusal.hide()
        self.table = Table(
            (
                Column("name", "Họ và tên", lambda part: part.person.name, "name", width=180, stretch=True),
                Column("cccd", "Số CCCD", lambda part: part.person.cccd, width=120),
                Column("card", "Số thẻ", lambda part: part.person.card, width=90),
                Column("who", "Người gộp", lambda part: part.who, width=140),
                Column("when", "Lúc", lambda part: f"{part.when:%d/%m/%Y %H:%M}" if part.when else "", width=138),
            ),
            name="person-merged", noun="hồ sơ", settings=desk.settings, find=False, select_many=False,
            empty=Empty("Không có hồ sơ nào gộp vào người này."),
            verbs=(Verb("Tách lại…", lambda rows: self.part(rows[0])),),
        )  # fmt: skip
        self.table.setMinimumHeight(theme.worn().px(200))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_TOLD, wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.refusal)
        column.addWidget(KeyButton("Tách lại…", clicked=self.part_current))
        self.refresh()

    def refresh(self) -> None:
        """Read again who was merged; the first is picked."""
        self.table.show_rows(one_person.merged(self._desk.book, self._id))
        if self.table.current() is None:
            self.table.pick(lambda _: True)

    def part_current(self) -> None:
        """Part the picked record."""
        if (current := self.table.current()) is not None:
            self.part(current)

    def part(self, merged: Part) -> None:
        """Ask why, then let a record stand alone again."""
        reason = self.ask("Tách lại hồ sơ", f"{merged.person.name} lại là một hồ sơ riêng.", "Tách lại", self.window())
        if not reason:
            return
        try:
            changes = one_person.part(self._desk.book, self._id, merged.person.id, reason, self._desk.by)
        except Refused as refused:
            self.refusal.setText(str(refused))
            self.refusal.show()
            return
        self._desk.changed(changes.entities)
        self._desk.say(f"Đã tách lại hồ sơ {merged.person.name}.")
        self.refresh()
        self.parted.emit()
