"""A long book read by pages: its columns and sums from the sums that are kept, its rows only where they are looked at.

All pages one after the other are the rows of the whole book, as `make` draws it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from desktop_app.domain.dates import Period, month_of
from desktop_app.domain.items import Items
from desktop_app.domain.records import Fund
from desktop_app.reports import money_books
from desktop_app.reports.forms import Form, form
from desktop_app.reports.make import make
from desktop_app.reports.model import Column, Row
from desktop_app.reports.settlement import opening_and_closing
from desktop_app.storage import book_pages, books
from desktop_app.storage.book import Book
from desktop_app.storage.book_days import ALL_ITEMS
from desktop_app.storage.items import items

_AT_ONCE = 500


@dataclass(frozen=True)
class Line(Row):
    """A row of a book and its place in it, from 0."""

    no: int = 0


class Sums(NamedTuple):
    """What a book holds at its beginning and end, and what moved between by column key, đồng."""

    opening: int
    closing: int
    totals: Mapping[str, int]


@dataclass(frozen=True)
class _Stretch:
    """The vouchers of a day: the line of the first, how many vouchers of the book come before it, and what is held."""

    line: int
    day: date
    before: int
    balance: int


class BookPages:
    """A book of a period: its columns, how many rows it has (`len`), what it comes to, and any page of it.

    `used` are the keys of the columns in which anything stands.
    """

    def __init__(
        self, columns: Sequence[Column], used: Iterable[str], sums: Sums, count: int, rows: Mapping[int, Row]
    ) -> None:
        self.columns, self.used, self.sums = tuple(columns), frozenset(used), sums
        self._count, self._fixed = count, rows

    def __len__(self) -> int:
        return self._count

    def read(self, book: Book, numbers: Iterable[int]) -> list[Line]:
        """The rows in these places, in that order; one that is gone meanwhile is empty."""
        found: list[Line] = []
        for first, most in _runs(numbers):
            at = first
            while at < first + most:
                if at in self._fixed:
                    found.append(_placed(self._fixed[at], at))
                    at += 1
                    continue
                end = next((n for n in range(at, first + most) if n in self._fixed), first + most)
                rows = list(self._between(book, at, end - at))
                rows += [Row({})] * (end - at - len(rows))
                found += [_placed(row, at + n) for n, row in enumerate(rows)]
                at = end
        return found

    def all(self, book: Book) -> Iterator[Line]:
        """Every row, read a few hundred at a time."""
        for first in range(0, len(self), _AT_ONCE):
            yield from self.read(book, range(first, min(first + _AT_ONCE, len(self))))

    def line_of(self, _book: Book, wanted: Row) -> int:
        """Where a row of a former reading stands now: that of its record, or of the same words; -1 if nowhere."""
        said = (wanted.code, wanted.cells.get("text"))
        return next((line for line, row in self._fixed.items() if (row.code, row.cells.get("text")) == said), -1)

    def _between(self, _book: Book, _first: int, _most: int) -> Iterator[Row]:
        return iter(())


class _OfDays(BookPages):
    """A book whose rows are vouchers by day."""

    of: str
    stretches: Sequence[_Stretch]

    def line_of(self, book: Book, wanted: Row) -> int:
        if not wanted.code:
            return super().line_of(book, wanted)
        known = book_pages.place(book, self.of, wanted.code)
        stretch = next((one for one in self.stretches if known and one.day == known[0]), None)
        return stretch.line + known[1] if stretch and known else -1

    def _stretch(self, line: int) -> _Stretch:
        """The day in which a line lies that is no sum."""
        return self.stretches[bisect_right(self.stretches, line, key=lambda one: one.line) - 1]


class _FundPages(_OfDays):
    def __init__(self, book: Book, declared: Form, period: Period, fund: Fund) -> None:
        opening = balance = money_books.opening_of(book, fund, period)
        self.of, self._form, self._fund, self._last = fund.id, declared, fund, period.last
        self.stretches = made = []
        fixed = {0: money_books.opening_row("balance", opening)}
        line, before, totals = 1, 0, {"in": 0, "out": 0}
        found = book_pages.days(book, fund.id, period.first, period.last)
        for month, days in groupby(found, key=lambda day: month_of(day.day)):
            came_in = went_out = 0
            for day in days:
                made.append(_Stretch(line, day.day, before, balance))
                balance += day.came_in - day.went_out
                came_in, went_out = came_in + day.came_in, went_out + day.went_out
                line, before = line + day.vouchers, before + day.vouchers
            if len(period.months) > 1:
                fixed[line] = money_books.month_row(month, came_in, went_out, balance)
                line += 1
            totals = {"in": totals["in"] + came_in, "out": totals["out"] + went_out}
        fixed |= dict(enumerate(money_books.closing_rows(totals, "balance", balance), line))
        columns = declared.table_columns()
        super().__init__(columns, (one.key for one in columns), Sums(opening, balance, totals), line + 2, fixed)

    def _between(self, book: Book, first: int, most: int) -> Iterator[Row]:
        day = self._stretch(first)
        balance, skip = day.balance, first - day.line
        for at, entry in enumerate(books.entries(book, self._fund, day.day, self._last, skip + most)):
            balance += entry.came_in - entry.went_out
            if at >= skip:
                yield money_books.fund_row(self._form, self._fund, entry, balance)


class _ItemsPages(_OfDays):
    of = ALL_ITEMS

    def __init__(self, book: Book, declared: Form, period: Period) -> None:
        opening, closing = opening_and_closing(book, period)
        self._catalogue, self._last = items(book, period.last), period.last
        self.stretches = made = []
        line = 1
        for day in book_pages.days(book, ALL_ITEMS, period.first, period.last):
            made.append(_Stretch(line, day.day, line - 1, 0))
            line += day.vouchers
        totals = _totals(book, period, self._catalogue)
        columns = declared.table_columns(self._catalogue)
        used = {self._catalogue.of_form(item) for item in book_pages.items_used(book, period.first, period.last)}
        used |= {key for key, amount in (("10", opening), ("50", closing)) if amount}
        used |= {column.key for column in columns if not column.key[:1].isdigit()}
        shown = {key: amount for key, amount in totals.items() if key in {column.key for column in columns}}
        fixed = {0: money_books.opening_row("10", opening)}
        fixed |= dict(enumerate(money_books.closing_rows(shown, "50", closing), line))
        super().__init__(columns, used, Sums(opening, closing, totals), line + 2, fixed)

    def _between(self, book: Book, first: int, most: int) -> Iterator[Row]:
        day = self._stretch(first)
        found = books.item_entries(book, day.day, self._last, first - day.line, most)
        for place, (entry, cells) in enumerate(money_books.by_voucher(found, self._catalogue), first):
            yield money_books.items_row(self._catalogue, place, entry, cells)


def pages(book: Book, form_code: str, period: Period, fund: str | None = None) -> BookPages:
    """The book of a form for a period; `fund` is the code of the fund a cash or bank book is about.

    Books that do not grow with the vouchers are made whole. Raises as `make` does.
    """
    declared = form(form_code, period.last, book)
    if declared.code in ("S11", "S12"):
        return _FundPages(book, declared, period, money_books.fund_of(book, declared, fund))
    if declared.code == "S82" and fund is None:
        return _ItemsPages(book, declared, period)
    made = make(book, form_code, period, fund)
    (table, *_) = made.report.tables
    used = {key for row in table.rows for key, cell in row.cells.items() if cell}
    sums = Sums(*(made.answer[name] for name in Sums._fields))
    return BookPages(table.columns, used, sums, len(table.rows), dict(enumerate(table.rows)))


def _totals(book: Book, period: Period, catalogue: Items) -> dict[str, int]:
    """What came in and was spent under each mục of the form, and on both sides."""
    totals = {item.code: 0 for item in catalogue.posted()} | {"in": 0, "out": 0}
    for flow in books.flows(book, period.first, period.last):
        if code := catalogue.of_form(flow.item):
            change = flow.came_in - flow.went_out
            side = catalogue.by_code[code].side
            totals[code] += change if side == "in" else -change
            totals[side] += change if side == "in" else -change
    return totals


def _placed(row: Row, no: int) -> Line:
    return Line(row.cells, row.style, row.code, no)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as their first and how many: 3, 4, 5, 9 -> (3, 3), (9, 1)."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [no for _, no in run]
        yield found[0], len(found)
