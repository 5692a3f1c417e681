"""*Kiểm quỹ*: how many notes of each kind, typed downwards; what is over or missing is seen at once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.actions import cash_counts, reports
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount, in_words
from desktop_app.domain.cash import Counting
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import CashCount
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, WholeEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label


class CashCounting(QDialog):
    """A count of one cash fund on one day; a count that was kept is shown again to print or mend."""

    def __init__(self, desk: Desk, day: date, over: QWidget) -> None:
        super().__init__(over)
        self.desk = desk
        self.setWindowTitle("Kiểm quỹ tiền mặt")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        boxes = [Choice(box.id, box.name or box.code) for box in cash_counts.boxes(desk.book)]
        self.head = Form(
            {"fund": Field("Quỹ", PickEdit(boxes), required=True), "day": Field("Ngày kiểm", DayEdit(desk.today), required=True)},
            columns=2,
        )
        self.head.set_values({"fund": boxes[0].value if boxes else "", "day": day})
        self.notes: dict[int, WholeEdit] = {}
        self._amounts: dict[int, QLabel] = {}
        grid = self._grid(day)
        self.foot = Form(
            {"reason": Field("Lý do thừa, thiếu", LineEdit(longest=300)), "decision": Field("Cách xử lý", LineEdit(longest=300))},
            columns=2,
        )
        self.booked, self.counted, self.differs = label("", "union"), label("", "union"), label("", "union")
        self.words = label("", "hint", wrap=True)
        self.refusal = label("", "hint", tone="bad", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(self.head)
        column.addLayout(grid)
        column.addLayout(self._sums())
        column.addWidget(self.words)
        column.addWidget(self.foot)
        column.addWidget(self.refusal)
        column.addLayout(self._buttons())
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        for name in ("fund", "day"):
            editor = self.head.fields[name].editor
            (editor.picked if name == "fund" else editor.meaning).connect(lambda *_: self._load())
        self._loaded: tuple[Any, Any] = ("", None)
        self._load()
        self.setMinimumWidth(theme.worn().px(620))
        next(iter(self.notes.values())).setFocus()

    def counts(self) -> dict[int, Any]:
        """How many notes of each value; None where nothing is typed."""
        return {value: edit.value() for value, edit in self.notes.items()}

    def keep(self) -> CashCount | None:
        """Keep the count; None after a refusal was said."""
        self.refusal.setText("")
        values = {**self.head.values(), **self.foot.values(), "counts": self.counts()}
        try:
            kept = cash_counts.keep(self.desk.book, values, self.desk.by)
        except Refused as refused:
            left = self.head.show_problems(refused.problems)
            self.foot.show_problems([problem for problem in refused.problems if problem.field in self.foot.fields])
            self.refusal.setText(" ".join(text for text in left if not self._in_foot(refused, text)))
            return None
        self.desk.changed({"cash_count"})
        return kept

    def save(self) -> None:
        """Ctrl+S: keep and close."""
        kept = self.keep()
        if kept is not None:
            found = cash_counts.compare(self.desk.book, kept)
            self.desk.say(f"Đã lưu kiểm quỹ ngày {dates.show_day(kept.day)}: {found.words}.")
            self.accept()

    def print_minutes(self) -> None:
        """F9: keep and open the minutes."""
        kept = self.keep()
        if kept is None:
            return
        name = f"Bien ban kiem quy {kept.day:%d-%m-%Y}.pdf"
        path = Path(tempfile.mkdtemp(prefix="so-cong-doan-")) / name
        try:
            reports.write_pdf(reports.Made(cash_counts.minutes(self.desk.book, kept), {}), path)
        except (Refused, Trouble) as error:
            self.refusal.setText(str(error))
            return
        files.show(path)

    # showing

    def _load(self) -> None:
        """Show what the book says of the chosen fund and day, and the count of that day if there is one."""
        values = self.head.values()
        if not isinstance(values["day"], date) or not values["fund"]:
            return
        chosen = values["fund"], values["day"]
        if chosen != self._loaded:
            before, self._loaded = self._loaded, chosen
            kept = cash_counts.of_day(self.desk.book, *chosen)
            if kept is not None or before[0] == "":
                known: Mapping[int, int] = {note.value: note.count for note in kept.notes} if kept else {}
                for value, edit in self.notes.items():
                    edit.set_value(known.get(value))
                self.foot.set_values({"reason": kept.reason, "decision": kept.decision} if kept else {})
        self._add_up()

    def _add_up(self) -> None:
        total = 0
        for value, number in self.counts().items():
            amount = value * number if isinstance(number, int) and number > 0 else 0
            self._amounts[value].setText(format_amount(amount) if amount else "")
            total += amount
        fund, day = self._loaded
        booked = cash_counts.booked(self.desk.book, fund, day) if fund else 0
        found = Counting(total, booked)
        self.booked.setText(format_amount(booked))
        self.counted.setText(format_amount(total))
        self.differs.setText(found.words)
        theme.restyle(self.differs, tone="warn" if found.difference else "ok")
        self.words.setText(f"Thực tế bằng chữ: {in_words(total)}")

    def _next(self, value: int) -> None:
        """Enter: the next smaller note, after the last one the reason."""
        below = [other for other in self.notes if other < value]
        (self.notes[max(below)] if below else self.foot.fields["reason"].editor).setFocus(Qt.FocusReason.TabFocusReason)

    @staticmethod
    def _in_foot(refused: Refused, text: str) -> bool:
        return any(problem.problem == text and problem.field in ("reason", "decision") for problem in refused.problems)

    # making

    def _grid(self, day: date) -> QGridLayout:
        """Two columns of denominations, typed down the first and then the second."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        values = cash_counts.denominations(day)
        deep = (len(values) + 1) // 2
        for place, value in enumerate(values):
            row, at = place % deep, (place // deep) * 4
            edit = WholeEdit()
            edit.setAccessibleName(f"Số tờ loại {format_amount(value)}")
            edit.setFixedWidth(theme.worn().px(80))
            edit.textChanged.connect(lambda _: self._add_up())
            edit.returnPressed.connect(partial(self._next, value))
            amount = label("", "muted")
            amount.setMinimumWidth(theme.worn().px(110))
            grid.addWidget(label(f"{format_amount(value)} ×"), row, at, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(edit, row, at + 1)
            grid.addWidget(amount, row, at + 2, Qt.AlignmentFlag.AlignRight)
            self.notes[value], self._amounts[value] = edit, amount
        grid.setColumnMinimumWidth(3, theme.worn().px(24))
        grid.setColumnStretch(3, 1)
        grid.setColumnStretch(7, 1)
        return grid

    def _sums(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, figure in (("Theo sổ", self.booked), ("Thực tế", self.counted), ("Chênh lệch", self.differs)):
            figure.setAccessibleName(text)
            row.addWidget(label(text, "muted"))
            row.addWidget(figure)
            row.addSpacing(theme.worn().px(22))
        row.addStretch(1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        row.addWidget(KeyButton("Xem biên bản", "F9", glyph="file-pdf-box", clicked=self.print_minutes))
        row.addWidget(KeyButton("Lưu", "Ctrl+S", tone="primary", clicked=self.save))
        return row
