"""*Quyết toán*: B07-TLĐ of any period, its checks, what the level above says; a figure opens its vouchers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions import enclosures, reports, signing
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import theme
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.filing.enclosures import Enclosing, show_enclosures
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
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head, StatePill, label, line, panel

FORM = "B07"


@dataclass(frozen=True)
class _Looked:
    """What one look at the book found for the page."""

    settled: reports.Settled
    filing: reports.Filing
    going: tuple[enclosures.Enclosure, ...]
    places: tuple[signing.Place, ...]


class Settlement(Page):
    """The settlement as the form has it at the left; part A, part V and the checks at the right."""

    key, title, icon, group = "settlement", "Quyết toán", "scale-balance", "Tài chính"
    reads = frozenset(
        {"voucher", "fund", "balance", "budget", "closing", "payroll", "person", "wage", "union", "office", "exemption",
         "submission", "verdict", "report", "attachment", "cash_count", "dues"}
    ) | READS  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: reports.Settled | None = None
        self.filing = reports.Filing(FORM, "")
        self.going: tuple[enclosures.Enclosure, ...] = ()
        self._asked = 0
        self.pill = StatePill()
        self.period = PeriodChip(desk.year, _kept(desk))
        self.period.period_chosen.connect(self._turn)
        desk.year_changed.connect(lambda year: self._turn(Period.of_year(year)))
        self._papers = Papers(desk, self, lambda sentence: self.banner.say(sentence, "bad"))
        self.send = KeyButton("Nộp báo cáo", "Ctrl+S", tone="primary", glyph="send-outline", clicked=self.submit)
        head = Head(
            self.title,
            KeyButton("Thuyết minh, hồ sơ…", "F2", glyph="paperclip", clicked=self.ask_enclosures),
            KeyButton("Excel", glyph="microsoft-excel", clicked=lambda: self._papers.xlsx(FORM, self.period.period)),
            KeyButton("Xem PDF", "F9", glyph="file-pdf-box", clicked=lambda: self._papers.pdf(FORM, self.period.period)),
            self.send,
            note="Mẫu B07-TLĐ",
        )
        head.layout().insertWidget(2, self.pill)
        self.column.addWidget(head)
        self.column.addWidget(self.banner)
        self.table = self._table()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(TablePanel(self.table), 1)
        row.addWidget(self._side())
        self.column.addLayout(row, 1)

    def refresh(self) -> None:
        """Read the settlement again, on another thread."""
        self._asked += 1
        asked, period = self._asked, self.period.period

        def work(_: Any) -> _Looked:
            book = self.desk.open_book()
            try:
                going, filing = enclosures.of(book, enclosures.Which(FORM, period)), reports.filing(book, FORM, period)
                return _Looked(reports.settle(book, period), filing, going, signing.places(book, filing))
            finally:
                book.close()

        def done(looked: _Looked) -> None:
            if asked == self._asked:
                self._show(looked)

        self.desk.tasks.run(work, done, self._fail, owner=self)

    def open_at(self, target: Any) -> None:
        """Show the period a link names: {"period": "2026-10"}."""
        if isinstance(target, dict) and target.get("period"):
            self._turn(Period.parse(str(target["period"])))

    def submit(self) -> None:
        """Hand the settlement in, after asking."""
        if self.found is None:
            return
        try:
            title, missing = "Quyết toán thu, chi tài chính công đoàn", enclosures.missing(self.going)
            hand_in(self.desk, FORM, self.found.period, title, self.found.checks, self, missing)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")

    def ask_enclosures(self) -> Enclosing:
        """F2: explain the settlement, and keep what goes with it."""
        which = enclosures.Which(FORM, self.period.period)
        asked = Enclosing(self.desk, which, lambda: self.desk.changed({"report", "attachment"}), self)
        asked.open()
        return asked

    def open_figure(self, row: Any) -> None:
        """The vouchers behind a figure; behind a balance, all of the period."""
        if row is None or not self.found or row.key not in self.found.cells:
            return
        target: dict[str, Any] = {"period": self.found.period.key}
        parts = reports.parts_of(self.found, row.key)
        if parts == [row.code]:
            target["item"] = row.code
        elif parts:
            target["items"] = parts
        self.desk.go("vouchers", target)

    # showing

    def _turn(self, period: Period) -> None:
        self.period.look_at(period)
        self.desk.settings.setValue("settlement/period", period.key)
        self.refresh()

    def _fail(self, error: Exception) -> None:
        self.found = None
        self.table.show_rows([])
        self.banner.say(str(error), "bad")

    def _show(self, looked: _Looked) -> None:
        found, filing = looked.settled, looked.filing
        self.found, self.filing, self.going = found, filing, looked.going
        show_state(self.pill, filing)
        self.send.setEnabled(filing.may_submit)
        self.send.setText("Nộp lại" if filing.state == "trả lại" else "Nộp báo cáo")
        sentence, tone = answer_of(filing, found.form.rows)
        noted = [f"{row.text}: {filing.notes[row.key]}" for row in found.form.basics if row.key in filing.notes]
        self.banner.say(" · ".join([sentence, *noted]), tone)
        self.table.show_rows([row for row in found.form.rows if row.printed], same=lambda row: row.key)
        # While notes are to be answered nothing is approved: their column takes that one's place.
        self.table.show_column("approved", not filing.notes)
        self.table.show_column("note", bool(filing.notes))
        for key, figure in self._figures.items():
            figure.setText(format_amount({**found.basics, **found.cells}.get(key, 0)))
        show_checks(self._checks, found.checks)
        show_enclosures(self._enclosed, looked.going)
        self.signatures.show_places(filing, looked.places)

    def _cell(self, row: Any, which: str) -> int | None:
        of = getattr(self.found, which) if self.found else {}
        return of.get(row.key) or (0 if which == "cells" and row.key in of else None)

    def _table(self) -> Table:
        def bold(row: Any) -> bool:
            return row.style in ("bold", "total")

        def faint(row: Any) -> str:
            return "" if self._cell(row, "cells") else "muted"

        columns = (
            Column("no", "TT", lambda row: row.no, width=44, bold=bold),
            Column("text", "Nội dung", lambda row: row.text, width=190, stretch=True, bold=bold),
            Column("code", "Mã số", lambda row: row.code, width=62, bold=bold),
            Column("budget", "Dự toán", lambda row: self._cell(row, "budget"), "money", width=108, gives_way=1, tone=lambda _: "muted"),
            Column("actual", "Quyết toán", lambda row: self._cell(row, "cells"), "money", width=118, bold=bold, tone=faint,
                   hint="Bấm đúp một dòng để xem các phiếu của dòng đó"),
            Column("approved", "Cấp trên duyệt", lambda row: self._cell(row, "approved"), "money", width=118, gives_way=2),
            Column("note", "Ý kiến cấp trên", lambda row: self.filing.notes.get(row.key, ""), width=170, shown=False,
                   tone=lambda _: "warn"),
        )  # fmt: skip
        made = Table(
            columns,
            name="settlement",
            noun="dòng",
            find=False,
            select_many=False,
            verbs=(Verb("Xem các phiếu của dòng này", lambda rows: self.open_figure(rows[0]), "Enter", "open-in-new"),),
        )
        made.view.verticalHeader().setDefaultSectionSize(theme.worn().px(27))
        made.view.horizontalHeader().setSectionsClickable(False)
        made.add_tool(self.period)
        made.count.hide()
        made.opened.connect(self.open_figure)
        return made

    def _side(self) -> QWidget:
        """Part A, part V and the checks."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self.signatures = Signatures(self.desk)
        column.addWidget(self.signatures)
        self._figures: dict[str, Any] = {}
        column.addWidget(label("A. Chỉ tiêu cơ bản", "subtitle"))
        column.addLayout(self._lines((
            ("workers", "Lao động đóng KPCĐ"), ("fee_fund", "Quỹ lương đóng KPCĐ"), ("members", "Đoàn viên"),
            ("dues_fund", "Quỹ lương đóng đoàn phí"), ("full_time", "Cán bộ chuyên trách"),
        )))  # fmt: skip
        column.addWidget(line())
        column.addWidget(label("V. Phải nộp cấp trên", "subtitle"))
        column.addLayout(self._lines((
            ("V.a", "Kỳ trước chuyển sang"), ("V.b", "Phải nộp trong kỳ"), ("V.c", "Đã nộp trong kỳ"),
            ("V.d", "Còn phải nộp"),
        )))  # fmt: skip
        column.addWidget(line())
        column.addWidget(label("Kiểm tra", "subtitle"))
        self._checks = QVBoxLayout()
        self._checks.setSpacing(7)
        column.addLayout(self._checks)
        column.addWidget(line())
        column.addWidget(label("Hồ sơ kèm theo", "subtitle"))
        self._enclosed = QVBoxLayout()
        self._enclosed.setSpacing(7)
        column.addLayout(self._enclosed)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        ground = panel()
        ground.setFixedWidth(theme.worn().px(330))
        around = QVBoxLayout(ground)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(see_through(scroll))
        return ground

    def _lines(self, named: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for number, (key, text) in enumerate(named):
            figure = label("", "union" if key == "V.d" else "")
            figure.setAccessibleName(text)
            self._figures[key] = figure
            grid.addWidget(label(text, "muted"), number, 0)
            grid.addWidget(figure, number, 1, Qt.AlignmentFlag.AlignRight)
        return grid


def _kept(desk: Desk) -> str:
    """The period looked at last, if it is of the year looked at now."""
    kept = str(desk.settings.value("settlement/period", ""))
    return kept if kept.startswith(f"{desk.year}") else ""
