"""*Chọn phiếu*: which vouchers the picked lines of the bank stand for, and what is done with what they differ by."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from datetime import timedelta

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import bank_links, bank_rules
from desktop_app.actions.bank import Row
from desktop_app.domain import dates
from desktop_app.domain.amounts import money
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.storage.bank import Moved
from desktop_app.storage.items import items
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.bank.columns import CHOICES
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import label

_AROUND = timedelta(days=92)
_WHOLE_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class Choosing(QDialog):
    """The vouchers that no line stands for, the likeliest first; several are picked with Ctrl or Shift."""

    def __init__(self, desk: Desk, over: QWidget, fund: str, rows: Sequence[Row], then: Callable[[], object]) -> None:
        super().__init__(over)
        self._desk, self._then, self._lines = desk, then, [row.line for row in rows]
        self.setWindowTitle("Chọn phiếu của dòng sao kê")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._sum = sum(line.rest for line in self._lines)
        first, last = min(line.day for line in self._lines), max(line.day for line in self._lines)
        found = bank_links.waiting(desk.book, fund, first - _AROUND, last + _AROUND)
        empty = Empty("Sổ không có phiếu nào của tài khoản này còn chưa khớp trong ba tháng quanh ngày ấy.")
        self.table = Table(CHOICES, name="bank_choice", noun="phiếu", empty=empty)
        self.table.show_rows(sorted(found, key=self._likely), same=lambda moved: moved.id)
        self.left, self.refusal = label("", wrap=True), label("", "hint", tone="bad", wrap=True)
        catalogue = items(desk.book, last)
        choices = [Choice(item.code, f"{item.code} — {item.name}") for item in catalogue.posted()]
        self.form = Form(
            {
                "item": Field("Mục của phần chênh lệch", PickEdit(choices)),
                "text": Field("Nội dung phiếu chênh lệch", LineEdit(longest=300)),
            },
            columns=2,
        )
        self.act = KeyButton("Khớp", "Ctrl+S", tone="primary", clicked=self.do)
        self._lay_out()
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.pick({moved.id for row in rows for moved in row.papers} or {m.id for m in found if m.amount == self._sum})
        self._tell()

    def chosen(self) -> list[Moved]:
        """The picked vouchers."""
        found: list[Moved] = self.table.chosen()
        return found

    def do(self) -> None:
        """Match them; a refusal stands below."""
        values = self.form.values()
        item = str(values["item"] or "") if self.form.isVisibleTo(self) else ""
        ids = [moved.id for moved in self.chosen()]
        try:
            text = str(values["text"] or "")
            bank_links.match(self._desk.book, self._lines, ids, self._desk.by, item=item, text=text)
        except (Refused, Trouble) as error:
            self.refusal.setText(str(error))
            self.refusal.show()
            return
        self.accept()
        self._then()

    def _likely(self, moved: Moved) -> tuple[bool, int, str]:
        off = min(abs((moved.day - line.day).days) for line in self._lines)
        return moved.amount * self._sum < 0, off, moved.id

    def pick(self, ids: Container[str]) -> None:
        """Select these vouchers."""
        selection = self.table.view.selectionModel()
        selection.clearSelection()
        for number, moved in enumerate(self.table.model.seen()):
            if moved.id in ids:
                selection.select(self.table.model.index(number, 0), _WHOLE_ROW)

    def _tell(self) -> None:
        picked = self.chosen()
        taken = sum(moved.amount for moved in picked)
        rest = self._sum - taken
        self.refusal.hide()
        waits = len(picked) == 1 and taken * self._sum > 0 and abs(taken) > abs(self._sum)
        told = f"Đã chọn {len(picked)} phiếu, cộng {money(taken)}; sao kê {money(self._sum)}. "
        if not picked:
            told = f"Sao kê {money(self._sum)}. Chọn một hay nhiều phiếu (giữ Ctrl để chọn thêm)."
        elif not rest:
            told += "Hai bên bằng nhau."
        elif waits:
            told += f"Còn {money(abs(rest))} của phiếu chờ dòng sao kê khác."
        else:
            told += f"Chênh lệch {money(rest)}: chọn thêm phiếu, hoặc lập phiếu cho phần này."
        self.left.setText(told)
        differs = bool(picked) and bool(rest) and not waits
        self.form.setVisible(differs)
        fee = bank_rules.fee(self._lines[-1].day)
        small = differs and -fee.most <= rest < 0
        self.form.set_values({"item": fee.item, "text": fee.text} if small else {"item": "", "text": ""})
        self.act.setEnabled(bool(picked))

    def _lay_out(self) -> None:
        told = "; ".join(f"{dates.show_day(one.day)}, {money(one.rest)}: {one.text}" for one in self._lines[:3])
        more = f"; và {len(self._lines) - 3} dòng nữa" if len(self._lines) > 3 else ""
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(told + more, wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.left)
        column.addWidget(self.form)
        column.addWidget(self.refusal)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(self.act)
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        self.refusal.hide()
        self.table.view.setFocus()
        self.resize(theme.worn().px(880), theme.worn().px(520))
