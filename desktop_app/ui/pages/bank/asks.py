"""What *Đối chiếu ngân hàng* asks: the columns of an unknown file, the mục of a line, a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import bank, bank_rules
from desktop_app.actions.bank import Row, Unclear
from desktop_app.domain import dates
from desktop_app.domain.amounts import money
from desktop_app.domain.records import BankRule
from desktop_app.storage.items import items
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Table, Verb

_FIELDS = (("day", "Ngày giao dịch"), ("text", "Nội dung"), ("in", "Tiền vào (ghi có)"), ("out", "Tiền ra (ghi nợ)"),
           ("amount", "Số tiền (nếu chỉ có một cột)"), ("side", "Cột dấu: nợ hoặc có"), ("balance", "Số dư"),
           ("reference", "Số tham chiếu"), ("party", "Tên đối ứng"))  # fmt: skip
_FUND = "quỹ "


def ask_columns(desk: Desk, over: QWidget, unclear: Unclear, then: Callable[[], object]) -> Ask:
    """Which column is which in a file of an unknown form; `then` reads it again."""
    headings = [Choice(heading, heading) for heading in unclear.grid.headings if heading]
    form = Form({name: Field(text, PickEdit(headings), required=name == "day") for name, text in _FIELDS}, columns=2)
    form.set_values(unclear.guess)

    def does(values: Mapping[str, Any]) -> None:
        bank.map_columns(desk.book, unclear.grid, {name: str(value or "") for name, value in values.items()})

    asking = Ask("Chỉ các cột của sao kê", str(unclear), form, does, act="Nhớ và đọc", over=over)
    asking.accepted.connect(then)
    return asking


def ask_item(desk: Desk, over: QWidget, fund: str, row: Row, then: Callable[[], object]) -> Ask:
    """F4: the mục of a line that no voucher stands for; its voucher is written and matched."""
    catalogue = items(desk.book, row.line.day).posted("in" if row.line.amount > 0 else "out")
    choices = [Choice(item.code, f"{item.code} — {item.name}") for item in catalogue]
    way = "Nhận từ quỹ" if row.line.amount > 0 else "Chuyển sang quỹ"
    moves = [Choice(f"{_FUND}{other.id}", f"{way} {other.name or other.code}") for other in bank.other_funds(desk.book, fund)]
    form = Form(
        {
            "item": Field("Mục", PickEdit([*choices, *moves]), required=True),
            "text": Field("Nội dung phiếu", LineEdit(longest=300)),
            "words": Field("Lần sau, dòng có chữ này thì dùng mục này", LineEdit(longest=200)),
        }
    )
    new = row.new
    known = (new.item or f"{_FUND}{new.other}") if new else ""
    form.set_values({"item": known, "text": new.text if new else row.line.text[:300]})

    def does(values: Mapping[str, Any]) -> None:
        text = str(values["text"] or "")
        item = str(values["item"] or "")
        other = item.removeprefix(_FUND) if item.startswith(_FUND) else ""
        bank.book_line(desk.book, row.line, "" if other else item, text, desk.by, other=other)
        if values["words"] and not other:
            side = "Tiền vào" if row.line.amount > 0 else "Tiền ra"
            rule = {"words": values["words"], "side": side, "item": item, "text": text[:200]}
            bank_rules.add(desk.book, rule, desk.by)

    kind = "báo có" if row.line.amount > 0 else "báo nợ"
    told = f"{dates.show_day(row.line.day)}, {money(abs(row.line.rest))}: {row.line.text}"
    asking = Ask(f"Lập giấy {kind}", told, form, does, act="Lập và khớp", over=over)
    asking.accepted.connect(then)
    return asking


class OwnRules(QDialog):
    """The rules of the user's own; Delete takes the picked one away."""

    def __init__(self, desk: Desk, over: QWidget, then: Callable[[], object]) -> None:
        super().__init__(over)
        self._desk, self._then = desk, then
        self.setWindowTitle("Quy tắc riêng của đơn vị")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = (
            Column("words", "Dòng có chữ", lambda rule: rule.words, width=170, stretch=True),
            Column("side", "Chiều tiền", lambda rule: rule.side, width=100),
            Column("item", "Mục", lambda rule: rule.item, width=70),
            Column("text", "Nội dung phiếu", lambda rule: rule.text, width=210),
        )
        empty = Empty("Chưa có quy tắc riêng. Khi lập phiếu cho một dòng (F4), ghi vài chữ vào ô cuối để chương trình nhớ.")
        verbs = (Verb("Bỏ quy tắc", lambda rules: self.remove(rules[0]), "Del"),)
        self.table = Table(columns, name="bank_rules", noun="quy tắc", empty=empty, verbs=verbs, find=False, select_many=False)
        deleting = QShortcut(QKeySequence("Del"), self)
        deleting.activated.connect(lambda: self.remove(self.table.current()))
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ quy tắc", "Del", clicked=lambda: self.remove(self.table.current())))
        feet.addWidget(KeyButton("Đóng", "Esc", clicked=self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.addWidget(self.table, 1)
        column.addLayout(feet)
        self.resize(theme.worn().px(640), theme.worn().px(320))
        self._fill()

    def remove(self, rule: BankRule | None) -> None:
        """Take a rule away."""
        if rule is not None:
            bank_rules.remove(self._desk.book, rule, self._desk.by)
            self._fill()
            self._then()

    def _fill(self) -> None:
        self.table.show_rows(list(self._desk.book.all(BankRule)), same=lambda rule: rule.id)
