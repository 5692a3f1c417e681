"""*Sổ sách*: the books of a period as they are printed, read by pages where they are seen; a row opens its voucher."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from desktop_app.actions.books import NOTHING, BookPages, Shelved, pages, shelf
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import Period
from desktop_app.reports import model
from desktop_app.ui import theme
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.books.cash_count import CashCounting
from desktop_app.ui.pages.filing.handover import ask_hand_over
from desktop_app.ui.pages.filing.parts import Papers, PeriodChip
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.paged import PagedRows
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.texts import Head, label, panel

_HIDDEN = frozenset({"booked", "note"})  # the day again, and a column to write in by hand
_OPENS = {"S81": "members", "S26": "assets"}
_NUMBERS = {"receipt": "Phiếu thu", "payment": "Phiếu chi"}
_SUMS = (
    ("in", "Thu trong kỳ"), ("out", "Chi trong kỳ"), ("up", "Tăng trong kỳ"), ("down", "Giảm trong kỳ"),
    ("total", "Đã thu trong kỳ"),
)  # fmt: skip


class Books(Page):
    """One book of one period: what it comes to by another thread, its rows where they are looked at."""

    key, title, icon, group = "books", "Sổ sách", "book-open-variant", "Tài chính"
    reads = frozenset({"voucher", "fund", "balance", "dues", "person", "union"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = self._sifting = 0
        self.shelf: list[Shelved] = []
        self.which = Chip("Sổ", [])
        self.which.chosen.connect(lambda _: self.refresh())
        self.period = PeriodChip(desk.year, _first_period(desk))
        self.period.period_chosen.connect(lambda _: self.refresh())
        desk.year_changed.connect(self._turn_year)
        self._papers = Papers(desk, self, lambda sentence: self.banner.say(sentence, "bad"))
        self.head = Head(
            self.title,
            KeyButton("Kiểm quỹ", "F7", glyph="cash-multiple", clicked=self.count_cash),
            KeyButton("Bàn giao…", glyph="hand-coin-outline", clicked=self.ask_hand_over),
            KeyButton("Excel", glyph="microsoft-excel", clicked=lambda: self._print(self._papers.xlsx)),
            KeyButton("Xem PDF", "F9", glyph="file-pdf-box", clicked=lambda: self._print(self._papers.pdf)),
        )
        self.column.addWidget(self.head)
        self.column.addWidget(self.banner)
        self.table: Table | None = None
        self.found = NOTHING
        self._drawn: tuple[Any, ...] = ()
        self.sums = label("", "union")
        ground = panel()
        self._inner = QVBoxLayout(ground)
        self._inner.setContentsMargins(0, 0, 0, 10)
        self._inner.addWidget(self.sums)
        self.sums.setContentsMargins(14, 2, 14, 0)
        self.column.addWidget(ground, 1)
        self._put(NOTHING)

    @property
    def shelved(self) -> Shelved | None:
        """The book that is open."""
        return next((book for book in self.shelf if book.key == self.which.value), None)

    def refresh(self) -> None:
        """Read the chosen book again."""
        self.shelf = shelf(self.desk.book, self.period.period.last)
        self.which.offer([(book.key, book.name) for book in self.shelf], self.which.value)
        chosen, period = self.shelved, self.period.period
        if chosen is None:
            return
        self._asked += 1
        asked = self._asked

        def work(_: Any) -> BookPages:
            book = self.desk.open_book()
            try:
                return pages(book, chosen.form, period, chosen.fund or None)
            finally:
                book.close()

        def done(found: BookPages) -> None:
            if asked == self._asked:
                self.banner.say("")
                self._show(found)

        def fail(error: Exception) -> None:
            if asked == self._asked:
                self._put(NOTHING)
                self.sums.setText("")
                self.banner.say(str(error), "bad")

        self.desk.tasks.run(work, done, fail, owner=self)

    def open_at(self, target: Any) -> None:
        """Show a book: {"book": "S12/NH", "period": "2026-10"}, each as far as given."""
        if not isinstance(target, dict):
            return
        if target.get("period"):
            self.period.look_at(Period.parse(str(target["period"])))
        if target.get("book"):
            self.shelf = shelf(self.desk.book, self.period.period.last)
            self.which.offer([(book.key, book.name) for book in self.shelf], str(target["book"]))
        self.refresh()

    def open_row(self, row: Any) -> None:
        """The voucher behind a row; of the book of dues the member, of S26-H the asset."""
        if row is not None and row.code:
            self.desk.go(_OPENS.get(self.shelved.form if self.shelved else "", "vouchers"), row.code)

    def count_cash(self) -> CashCounting | None:
        """F7: count the cash box at the end of the period shown, today at the latest."""
        if not any(book.form == "S11" for book in self.shelf):
            self.banner.say("Sổ chưa có quỹ tiền mặt nào để kiểm. Hãy thêm quỹ ở trang Thiết lập.", "warn")
            return None
        asked = CashCounting(self.desk, min(self.desk.today(), self.period.period.last), self)
        asked.open()
        return asked

    def ask_hand_over(self) -> Ask:
        """Hand all money over to another union: it merges, splits or ends."""
        return ask_hand_over(self.desk, self)

    # showing

    def _turn_year(self, year: int) -> None:
        self.period.look_at(Period.of_year(year))
        self.refresh()

    def _print(self, writes: Any) -> None:
        if self.shelved is not None:
            writes(self.shelved.form, self.period.period, self.shelved.fund or None)

    def _show(self, found: BookPages) -> None:
        self._put(found)
        (opening, closing, totals), told = found.sums, []
        if opening or "in" in totals or "up" in totals:
            told.append(f"Đầu kỳ {format_amount(opening)}")
        told += [f"{text} {format_amount(totals[key])}" for key, text in _SUMS if key in totals]
        if len(told) > 1:
            told.append(f"Cuối kỳ {format_amount(closing)}")
        self.sums.setText("   ·   ".join(told))

    def _line_up(self, model: PagedRows, found: BookPages) -> None:
        """Show the rows that find box and filter row ask for: all at once, those looked for by another thread."""
        self._sifting += 1
        asked, sift = self._sifting, model.sift()

        def work(_: Any) -> array[int]:
            book = self.desk.open_book()
            try:
                return sift.line_up(found.all(book))
            finally:
                book.close()

        def done(numbers: Sequence[int]) -> None:
            if asked != self._sifting or self.table is None or self.table.model is not model:
                return
            current, at = self.table.current(), self.table.view.verticalScrollBar().value()
            self.found = found
            model.line_up(numbers, every=len(found))
            if current is not None:
                self.table.pick_line(model.line_of_number(found.line_of(self.desk.book, current)))
            self.table.view.verticalScrollBar().setValue(at)

        if sift:
            self.desk.tasks.run(work, done, lambda error: self.banner.say(str(error), "bad"), owner=self)
        else:
            done(range(len(found)))

    def _put(self, found: BookPages) -> None:
        """A table with the book's columns; months and mục in which nothing stands are left out."""
        columns = tuple(
            _column(column, len(str(len(found))))
            for column in found.columns
            if column.key not in _HIDDEN and (column.key in found.used or not _is_figure(column.key))
        )
        drawn = tuple((column.key, column.heading, column.width) for column in columns)
        if self.table is None or drawn != self._drawn:
            self._drawn = drawn
            self._make_table(columns or (Column("text", "", lambda row: None, stretch=True),))
        assert self.table is not None
        assert isinstance(self.table.model, PagedRows)
        self._line_up(self.table.model, found)

    def _make_table(self, columns: tuple[Column, ...]) -> None:
        rows = PagedRows(columns, lambda numbers: self.found.read(self.desk.book, numbers))
        rows.wanted.connect(lambda: self._line_up(rows, self.found))
        verb = Verb("Mở phiếu của dòng này", lambda rows: self.open_row(rows[0]), "Enter", "open-in-new",
                    can=lambda rows: bool(rows[0].code))  # fmt: skip
        made = Table(columns, name="books", noun="dòng", verbs=(verb,), model=rows)
        made.view.verticalHeader().setDefaultSectionSize(theme.worn().px(28))
        made.view.horizontalHeader().setSectionsClickable(False)  # a running balance has one order
        made.add_tool(self.which, self.period)
        made.opened.connect(self.open_row)
        old, self.table = self.table, made
        self._inner.insertWidget(0, made, 1)
        if old is not None:
            self._inner.removeWidget(old)
            old.hide()
            old.deleteLater()


def _is_figure(key: str) -> bool:
    """Whether a column is of a mục ("28.01") or of a month ("m7")."""
    return key.removeprefix("m")[:1].isdigit()


def _column(declared: model.Column, digits: int) -> Column:
    """A column of the paper on the screen, where its heading must do in one line; the whole one is the hint.

    `digits`: how many the number of the last row has.
    """
    key, heading = declared.key, declared.heading
    kind: Any = {"money": "money", "count": "whole", "day": "day"}.get(declared.kind, "text")
    width = {"money": 114, "day": 104, "text": 104}.get(kind, 80)
    stretch = key in ("text", "name")
    if kind == "day":
        heading = "Ngày"
    elif declared.kind == "code":
        heading = _NUMBERS.get(key, heading)
    elif _is_figure(key):
        heading = f"Tháng {heading}" if key.startswith("m") else f"Mục {key}"
    if key == "no":
        width = 44 + 9 * max(0, digits - 2)
    elif stretch:
        width = 190

    def bold(row: Any) -> bool:
        return row.style in ("bold", "total", "heading")

    def value(row: Any) -> Any:
        found = row.cells.get(key)
        return found or (found if key == "balance" else None)

    return Column(key, heading, value, kind, width=width, stretch=stretch, bold=bold, hint=declared.heading)


def _first_period(desk: Desk) -> str:
    """This month, where the year looked at is this year; else the year."""
    today = desk.today()
    return dates.month_of(today) if today.year == desk.year else f"{desk.year}"
