"""*Thanh toán tạm ứng*: what was spent of an advance, row by row; what comes back or is paid on top is seen at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import advances
from desktop_app.domain.advances import Advance
from desktop_app.domain.amounts import money
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.storage import overview
from desktop_app.storage.items import items
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.vouchers.fields import choices, found_people
from desktop_app.ui.pages.vouchers.lines import Lines
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, MoneyEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label


class Settling(QDialog):
    """Asks and posts; `done` gives the vouchers that were made."""

    done = Signal(object)  # list of Voucher

    def __init__(self, desk: Desk, advance: Advance, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self.advance = desk, advance
        self.setWindowTitle("Thanh toán tạm ứng")
        funds = overview.funds(desk.book)
        self.form = Form(
            {
                "day": Field("Ngày", DayEdit(desk.today), required=True),
                "papers": Field("Chứng từ gốc", LineEdit("số tờ, hoặc tên", longest=100)),
                "fund": Field("Quỹ nhận lại, chi thêm", PickEdit(choices(funds))),
                "refund": Field("Hoàn lại", MoneyEdit(in_words=False), note="để trống là hoàn hết phần còn lại"),
            },
            columns=2,
        )
        cash = next((fund.id for fund in funds if fund.kind == "Tiền mặt"), funds[0].id if funds else "")
        self.form.set_values({"day": desk.today(), "fund": cash})
        self.lines = Lines(lambda text: found_people(desk.book, text))
        known = items(desk.book, desk.today())
        self.lines.offer([Choice(item.code, f"{item.code} — {item.short or item.name}") for item in known.posted("out")])
        self.comes_to, self.refusal = label("", "union"), label("", "hint", tone="bad", wrap=True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        number = f"{advance.number} · " if advance.number else ""
        column.addWidget(label(f"{advance.party}: {number}{advance.text} · còn {money(advance.open)}", "subtitle", wrap=True))
        column.addWidget(label("Các khoản đã chi", "label"))
        for part in (self.lines, self.form, self.comes_to, self.refusal):
            column.addWidget(part)
        self.posting = KeyButton("Ghi sổ", "Ctrl+S", tone="primary", clicked=self.post)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(self.posting)
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        self.lines.edited.connect(self._tell)
        self.lines.left.connect(self.form.fields["day"].editor.setFocus)
        self.form.edited.connect(self._tell)
        self.form.finished.connect(self.posting.setFocus)
        self.setMinimumWidth(theme.worn().px(560))
        self._tell()
        self.lines.setFocus()

    def post(self) -> None:
        """Ctrl+S: post all of it or say what is wrong."""
        self.lines.settle()
        self.refusal.hide()
        values: dict[str, Any] = {**self.form.values(), "rows": self.lines.rows()}
        try:
            made = advances.settle(self.desk.book, self.advance.id, values, self.desk.by)
        except Refused as refused:
            self._refuse(refused.problems)
        except Trouble as trouble:
            self._say(str(trouble))
        else:
            self.accept()
            self.done.emit(made)

    def _refuse(self, problems: list[Problem]) -> None:
        of_rows = [problem for problem in problems if problem.field.startswith("rows.")]
        left = self.form.show_problems([problem for problem in problems if problem not in of_rows])
        self.lines.tell(of_rows, ())
        self._say(" ".join(left))

    def _say(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _tell(self) -> None:
        """What it comes to, as far as it is typed."""
        values = self.form.values()
        found = advances.outcome(self.advance, self.lines.rows(), values["refund"])
        parts = [f"Đã chi {money(found.spent)}"]
        parts += [f"hoàn lại {money(found.refund)}"] if found.refund else []
        parts += [f"chi thêm {money(found.extra)}"] if found.extra else []
        parts += [f"còn tạm ứng {money(found.left)}"] if found.left else []
        day = values["day"]
        if isinstance(day, date) and self.advance.day:
            parts.append(f"sau {self.advance.age(day)} ngày")
        self.comes_to.setText(" · ".join(parts))
