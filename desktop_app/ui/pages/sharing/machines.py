"""*Máy của đơn vị* over the page Đồng bộ: the PCs of the union, what one that is gone had not handed over, and taking its
place by a code of the province; new keys for this one.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import Refused
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import label


class Machines(QDialog):
    """A list of PCs; of the picked one what it left, as sentences."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk = desk
        self.setWindowTitle("Máy của đơn vị")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.table = Table(
            (
                Column("name", "Máy", lambda row: row.name, width=185),
                Column("wrote", "Ai ghi gần nhất, lúc nào", lambda row: row.wrote, width=250, stretch=True),
                Column("state", "Trạng thái", lambda row: row.state, width=210),
            ),
            name="machines", noun="máy", settings=desk.settings, find=False, select_many=False,
            empty=Empty("Chưa biết máy nào: hãy đồng bộ một lần."),
        )  # fmt: skip
        self.table.picked.connect(self._picked)
        self.told = label("", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.form = Form({"code": Field("Mã dùng một lần của LĐLĐ tỉnh", LineEdit("10 ký tự", longest=20))})
        self.form.finished.connect(self.replace)
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.act = KeyButton("Máy này thay cho máy đã chọn", tone="primary", clicked=self.replace)
        self.rekey = KeyButton("Đổi khóa máy này", tone="link", clicked=self.change_keys)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again; a PC that is gone is picked first."""
        from desktop_app.actions import machines

        self.table.show_rows(machines.look(self.desk.book), same=lambda row: row.device)
        if self.table.current() is None:
            self.table.pick(lambda row: row.gone)
        self._picked(self.table.current())

    def replace(self) -> None:
        """Take the place of the picked PC: asked of the province on another thread."""
        picked, desk, code = self.table.current(), self.desk, str(self.form.values()["code"] or "")
        if picked is None or picked.own:
            return

        def work(_: Progress) -> Any:
            from desktop_app.actions import machines

            book = desk.open_book()
            try:
                return machines.replace(book, picked.device, code)
            finally:
                book.close()

        self.act.setEnabled(False)
        self.refusal.hide()
        desk.tasks.run(work, lambda told: self._replaced(picked.name, told), self._failed, owner=self)

    def change_keys(self) -> None:
        """New keys for this PC: asked of the province on another thread."""
        desk = self.desk

        def work(_: Progress) -> None:
            from desktop_app.actions import keys

            book = desk.open_book()
            try:
                keys.change(book)
            finally:
                book.close()

        self.rekey.setEnabled(False)
        self.refusal.hide()
        desk.tasks.run(work, lambda _: self._rekeyed(), self._failed, owner=self)

    def _rekeyed(self) -> None:
        self.rekey.setEnabled(True)
        self.desk.say("Máy này đã có khóa mới; khóa cũ hết dùng được.")

    def _replaced(self, name: str, told: list[str]) -> None:
        self.form.clear()
        self.desk.say(f"Máy này thay cho {name.lower()}. Hãy đồng bộ để các máy khác cùng biết.")
        self.desk.changed({"union"})
        self.told.setText("\n".join(told))
        self.act.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        sentence = " ".join(self.form.show_problems(error.problems)) if isinstance(error, Refused) else str(error)
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
        self.act.setEnabled(True)
        self.rekey.setEnabled(True)

    def _picked(self, picked: Any) -> None:
        from desktop_app.actions import machines

        other = picked is not None and not picked.own
        self.told.setText("\n".join(machines.left_by(self.desk.book, picked.device)) if other else _CHOOSE)
        self.form.setVisible(other)
        self.act.setEnabled(other)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label("Theo danh sách LĐLĐ tỉnh gửi lần gần nhất.", "muted"))
        self.table.setMinimumHeight(theme.worn().px(170))
        column.addWidget(self.table)
        column.addWidget(self.told)
        column.addWidget(self.form)
        self.refusal.hide()
        column.addWidget(self.refusal)
        feet = QHBoxLayout()
        feet.addWidget(self.rekey)
        feet.addStretch(1)
        feet.addWidget(KeyButton("Đóng", "Esc", clicked=self.reject))
        feet.addWidget(self.act)
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        self.setMinimumWidth(theme.worn().px(680))


_CHOOSE = "Chọn máy đã hỏng hoặc đã mất để xem máy ấy còn gì chưa gửi, và để máy này thay máy ấy."
