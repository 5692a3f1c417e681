"""*Riêng tư*: sensitive facts, shown after a reason (and the own password) was given; each look is noted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.actions import sensitive, users
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.storage import codes
from desktop_app.storage.sensitive import Known
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label

_HEADS = (("", 3), ("Nội dung", 6), ("Ngày", 3), ("Ghi chú", 4), ("Căn cứ lưu giữ", 3))
_LOCKED = (
    "Dân tộc, tôn giáo, Đảng – Đoàn, sức khỏe, hoàn cảnh, tài khoản ngân hàng là dữ liệu nhạy cảm (NĐ 356/2025)."
    " Mỗi lần mở được ghi lại: ai xem, lúc nào, vì sao."
)


class PrivatePart(QWidget):
    """Locked until it is opened for one person; `edited` when something in it was changed."""

    edited = Signal()

    def __init__(self, desk: Desk, id_: str) -> None:
        super().__init__()
        self._desk, self._id = desk, id_
        self._password = ""
        self.dirty = False
        self.rows: dict[str, dict[str, Any]] = {}
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.locked, self.inside, self.looks = QWidget(), QWidget(), label("", "hint", wrap=True)
        self.ask = Form(self._asked())
        self.open_button = KeyButton("Mở để xem", tone="primary", clicked=self.unlock)
        self._lay_out()
        self._stand(opened=False)

    @property
    def opened(self) -> bool:
        return not self.inside.isHidden()

    def unlock(self) -> None:
        """Show the facts; refusals stand under their field."""
        given = self.ask.values()
        password = str(given.get("own_password") or "")
        try:
            facts = sensitive.view(self._desk.book, self._id, str(given["reason"] or ""), self._desk.by, password=password)
        except Refused as refused:
            self._tell(" ".join(self.ask.show_problems(refused.problems)))
            return
        except Trouble as trouble:
            self._tell(str(trouble))
            return
        self._password = password
        for known in sensitive.kinds(self._desk.book):
            fact, editors = facts.get(known.key), self.rows[known.key]
            editors["value"].set_value(fact.value if fact and known.kind != "day" else None)
            editors["day"].set_value(fact.day if fact else None)
            editors["note"].set_value(fact.note if fact else "")
            editors["basis"].set_value(fact.basis if fact else known.basis)
        self.dirty = False
        self._stand(opened=True)
        self._desk.changed({"access"})
        next(iter(self.rows.values()))["value"].setFocus()

    def save(self) -> None:
        """Store what stands there. Raises `Refused` (shown at its row too) or `Trouble`."""
        facts = {key: {name: editor.value() for name, editor in row.items()} for key, row in self.rows.items()}
        for row in self.rows.values():
            theme.restyle(row["value"], refused="")
        try:
            changes = sensitive.save(self._desk.book, self._id, facts, self._desk.by, password=self._password)
        except Refused as refused:
            self._mark(refused.problems)
            raise
        self.dirty = False
        self._tell("")
        self._desk.changed(changes.entities)

    def _mark(self, problems: tuple[Problem, ...]) -> None:
        self._tell(" ".join(problem.problem for problem in problems))
        for problem in problems:
            if problem.field in self.rows:
                theme.restyle(self.rows[problem.field]["value"], refused="yes")

    def _stand(self, *, opened: bool) -> None:
        self.locked.setVisible(not opened)
        self.inside.setVisible(opened)
        self._tell("")
        if opened:
            told = [f"{look.at[8:10]}/{look.at[5:7]}/{look.at[:4]} {look.at[11:16]}  {look.who}: {look.why}"
                    for look in sensitive.accesses(self._desk.book, self._id, 5)]  # fmt: skip
            self.looks.setText("Những lần xem gần đây\n" + "\n".join(told))

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _asked(self) -> dict[str, Field]:
        fields = {"reason": Field("Lý do xem", LineEdit("Ví dụ: xét trợ cấp khó khăn", longest=300), required=True)}
        if users.needs_password(self._desk.book, self._desk.by):
            fields["own_password"] = Field(f"Mật khẩu riêng của {self._desk.by}", SecretEdit(), required=True)
        return fields

    def _lay_out(self) -> None:
        shut = QVBoxLayout(self.locked)
        shut.setContentsMargins(0, 0, 0, 0)
        shut.setSpacing(10)
        shut.addWidget(label(_LOCKED, wrap=True))
        if users.may_see(self._desk.book, self._desk.by):
            shut.addWidget(self.ask)
            shut.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
            self.ask.finished.connect(self.unlock)
        else:
            told = f"{self._desk.by} không có quyền xem phần này. Người có quyền cấp quyền ở trang Thiết lập."
            shut.addWidget(label(told, "hint", tone="warn", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for at, (text, share) in enumerate(_HEADS):
            grid.addWidget(label(text, "label"), 0, at)
            grid.setColumnStretch(at, share)
        bases = [Choice(code, name) for code, name in sensitive.bases().items()]
        for line, known in enumerate(sensitive.kinds(self._desk.book), 1):
            row: dict[str, Any] = {
                "value": _value_editor(known),
                "day": DayEdit(self._desk.today), "note": LineEdit(longest=300), "basis": PickEdit(bases),
            }  # fmt: skip
            self.rows[known.key] = row
            grid.addWidget(label(known.label, "label", wrap=True), line, 0)
            for at, editor in enumerate(row.values(), 1):
                editor.setAccessibleName(f"{known.label}: {_HEADS[at][0]}")
                editor.edited.connect(self._edited)
                grid.addWidget(editor, line, at)
            if known.kind == "day":
                row["value"].setEnabled(False)  # the day says it
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addWidget(self.looks)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.locked)
        whole.addWidget(self.inside)
        whole.addWidget(self.refusal)

    def _edited(self) -> None:
        self.dirty = True
        self.edited.emit()


def _value_editor(known: Known) -> Any:
    if known.kind == "code":
        return PickEdit([Choice(value, name) for value, name in codes.offered(known.list)])
    choices = known.field.choices.get("of", ()) if known.field else ()
    return PickEdit([Choice(word, word) for word in choices]) if choices else LineEdit(longest=300)
