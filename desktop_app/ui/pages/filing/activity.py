"""*Báo cáo định kỳ*: Mẫu 1-HĐCĐ, computed cells filled in, the others typed; what is typed is kept at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions import reports, signing
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import Period, show_day
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import theme
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.filing.parts import (
    Papers,
    PeriodChip,
    answer_of,
    hand_in,
    see_through,
    show_checks,
    show_state,
)
from desktop_app.ui.pages.filing.signing import READS, Signatures
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit, WholeEdit
from desktop_app.ui.widgets.texts import Head, StatePill, label, panel

FORM = "1-HDCD"
_KEEP_AFTER_MS = 700


class Cell(QObject):
    """One cell of the form: its number, the reason for another number than the computed one, what is said of it."""

    def __init__(self, row: Any) -> None:
        super().__init__()
        self.row, self.code = row, row.code
        self.computed: int | None = None
        self.edit, self.reason = WholeEdit(), LineEdit("Lý do ghi số khác", longest=200)
        self.note = label("", "hint", wrap=True)
        self.edit.setAccessibleName(row.text.lstrip("-+ "))
        self.reason.setAccessibleName(f"Lý do sửa: {row.text.lstrip('-+ ')}")
        self.edit.setFixedWidth(theme.worn().px(130))

    @property
    def typed(self) -> tuple[Any, str]:
        """The value and reason to keep; an empty value where the computed figure stands."""
        value = self.edit.value()
        return ("" if value == self.computed or value is None else value), self.reason.value()

    def show_cell(self, value: int, computed: int | None, reason: str, noted: str) -> None:
        """Show what the report has here, unless it is being typed in this moment."""
        self.computed = computed
        if not (self.edit.hasFocus() or self.reason.hasFocus()):
            self.edit.set_value(value if value or computed is not None else None)
            self.reason.set_value(reason)
        self.say(noted)

    def say(self, noted: str = "", refused: str = "") -> None:
        """Show the note of the level above, a refusal, or that the program computed it."""
        other = self.computed is not None and self.edit.value() not in (self.computed, None)
        self.reason.setVisible(other)
        theme.restyle(self.edit, refused="yes" if refused else "")
        parts = [refused, f"Cấp trên: {noted}" if noted else ""]
        if other and not refused:
            parts.append(f"Chương trình tính được {format_amount(self.computed or 0)}.")
        elif self.computed is not None and not refused:
            parts.append("Chương trình tính")
        self.note.setText(" ".join(part for part in parts if part))
        theme.restyle(self.note, tone="bad" if refused else "warn" if noted or other else "")


class Activity(Page):
    """The activity report of a period."""

    key, title, icon, group = "activity", "Báo cáo định kỳ", "clipboard-text-outline", "Hoạt động"
    reads = frozenset({"report", "submission", "verdict", "person", "wage", "payroll", "union"}) | READS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: reports.Activity | None = None
        self.cells: dict[str, Cell] = {}
        self.pill, self.day = StatePill(), label("", "muted")
        self.period = PeriodChip(desk.year, f"{desk.year}-H2" if desk.today().month > 6 else f"{desk.year}-H1")
        self.period.period_chosen.connect(self._turn)
        desk.year_changed.connect(lambda year: self._turn(Period.of_year(year)))
        self._papers = Papers(desk, self, lambda sentence: self.banner.say(sentence, "bad"))
        self.send = KeyButton("Nộp báo cáo", "Ctrl+S", tone="primary", glyph="send-outline", clicked=self.submit)
        head = Head(
            self.title,
            KeyButton("Excel", glyph="microsoft-excel", clicked=lambda: self._paper(self._papers.xlsx)),
            KeyButton("Xem PDF", "F9", glyph="file-pdf-box", clicked=lambda: self._paper(self._papers.pdf)),
            self.send,
            note="Mẫu 1-HĐCĐ",
        )
        head.layout().insertWidget(2, self.pill)
        self.column.addWidget(head)
        self.column.addWidget(self.banner)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        self._touched: set[str] = set()
        self.column.addWidget(self._ground(), 1)
        self.signatures = Signatures(desk, across=True)
        self.column.addWidget(self.signatures)

    def refresh(self) -> None:
        """Read the report again; a few sums over the members, done at once."""
        period = self.period.period
        try:
            self.found = reports.activity(self.desk.book, FORM, period)
        except Refused as refused:
            self.banner.say(str(refused), "bad")
            return
        if not self.cells:
            self._fill_grid()
        filing = self.found.filing
        show_state(self.pill, filing)
        self.send.setEnabled(filing.may_submit)
        self.send.setText("Nộp lại" if filing.state == "trả lại" else "Nộp báo cáo")
        self.banner.say(*answer_of(filing, self.found.form.rows))
        self.day.setText(f"Số liệu tính đến ngày {show_day(self.found.day)}")
        for code, cell in self.cells.items():
            if code not in self._touched:
                cell.show_cell(
                    self.found.cells[code], self.found.computed.get(code), self.found.overridden.get(code, ""),
                    filing.notes.get(code, ""),
                )  # fmt: skip
            cell.edit.setReadOnly(not filing.may_submit)
        show_checks(self._checks, self.found.checks, good=False)
        self.signatures.show_places(filing, signing.places(self.desk.book, filing))

    def open_at(self, target: Any) -> None:
        """Show the period a link names: {"period": "2026-H1"}."""
        if isinstance(target, dict) and target.get("period"):
            self._turn(Period.parse(str(target["period"])))

    def keep(self) -> None:
        """Put what was typed on disk; a cell that cannot be kept says why and stays as typed."""
        self._timer.stop()
        kept = False
        for code in sorted(self._touched):
            cell = self.cells[code]
            try:
                reports.type_cells(self.desk.book, FORM, self.period.period, {code: cell.typed}, self.desk.by)
            except Refused as refused:
                cell.say(refused=str(refused))
            else:
                self._touched.discard(code)
                cell.say(self.found.filing.notes.get(code, "") if self.found else "")
                kept = True
        if kept:
            self.desk.changed({"report"})

    def submit(self) -> None:
        """Keep what is typed, ask, and hand in."""
        self.keep()
        if self._touched or self.found is None:
            self.banner.say("Còn ô chưa ghi được, xem chữ đỏ cạnh ô. Hãy sửa rồi nộp lại.", "bad")
            return
        try:
            hand_in(self.desk, FORM, self.period.period, "Báo cáo hoạt động công đoàn cơ sở", self.found.checks, self)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")

    # showing

    def _paper(self, writes: Any) -> None:
        self.keep()
        writes(FORM, self.period.period)

    def _turn(self, period: Period) -> None:
        self.keep()
        self._touched.clear()
        self.period.look_at(period)
        self.refresh()

    def _ground(self) -> QWidget:
        ground = panel()
        column = QVBoxLayout(ground)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 10, 12, 8)
        bar.setSpacing(12)
        bar.addWidget(self.period)
        bar.addWidget(self.day)
        bar.addStretch(1)
        column.addLayout(bar)
        self._checks = QVBoxLayout()
        self._checks.setContentsMargins(14, 0, 14, 4)
        column.addLayout(self._checks)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(14, 4, 14, 14)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(4, 4)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        column.addWidget(see_through(scroll), 1)
        return ground

    def _fill_grid(self) -> None:
        assert self.found is not None
        for place, text in enumerate(("TT", "Nội dung", "Đơn vị tính", "Số lượng", "Ghi chú")):
            self._grid.addWidget(label(text, "label"), 0, place)
        for number, row in enumerate(self.found.form.rows, 1):
            if not row.code:
                role = "subtitle" if row.style == "heading" else "label"
                self._grid.addWidget(label(row.text, role), number, 0 if row.style == "heading" else 1, 1, 4)
                continue
            cell = Cell(row)
            self.cells[row.code] = cell
            self._grid.addWidget(label(row.no, "muted"), number, 0)
            self._grid.addWidget(label(row.text, wrap=True), number, 1)
            self._grid.addWidget(label(row.measure, "muted"), number, 2)
            self._grid.addWidget(cell.edit, number, 3)
            beside = QHBoxLayout()
            beside.setSpacing(10)
            beside.addWidget(cell.reason, 3)
            beside.addWidget(cell.note, 4)
            self._grid.addLayout(beside, number, 4)
            for editor in (cell.edit, cell.reason):
                editor.edited.connect(lambda code=row.code: self._edited(code))
                editor.installEventFilter(self)
        self._grid.setRowStretch(len(self.found.form.rows) + 1, 1)

    def _edited(self, code: str) -> None:
        self._touched.add(code)
        self.cells[code].say()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrows go from cell to cell, as in Excel."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key(), 0)
        order = [cell.edit for cell in self.cells.values()]
        if not step:
            return False
        if watched in order:
            cell = next(cell for cell in self.cells.values() if cell.edit is watched)
            if step > 0 and cell.reason.isVisible() and not cell.reason.value():
                cell.reason.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            place = order.index(watched) + step
        else:
            place = next(n for n, cell in enumerate(self.cells.values()) if cell.reason is watched) + step
        if 0 <= place < len(order):
            order[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True
