"""*Phân tích*: years, months and the budget compared by mục; every figure knows the vouchers it is the sum of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.actions import past_years
from desktop_app.domain import amounts, dates
from desktop_app.domain.dates import Period
from desktop_app.domain.items import Item, Items
from desktop_app.exchange.writing import Writing
from desktop_app.storage import analysis, books
from desktop_app.storage.analysis import Sums
from desktop_app.storage.book import Book
from desktop_app.storage.items import items
from desktop_app.storage.rules import rules

YEARS = 3
"""How many years stand beside each other."""
months_of = analysis.months


@dataclass(frozen=True)
class Heading:
    """A column: its words, and the period its figures open ("" where they are computed from others).

    `rest`: what is left of a plan.
    """

    text: str
    period: str = ""
    percent: bool = False
    rest: bool = False


@dataclass(frozen=True)
class Line:
    """A row: its mục (codes of all mục in it; ("in",) and ("out",) of a whole side) and a figure a heading.

    `cells` are đồng, or whole per cent under a `percent` heading; None where there is nothing to compare with.
    """

    code: str
    name: str
    level: int
    side: str
    opens: tuple[str, ...]
    cells: tuple[int | None, ...]
    total: bool = False


@dataclass(frozen=True)
class Comparison:
    """A table of mục against periods, and what is said of it."""

    title: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]

    def shares(self, column: int = 0) -> list[tuple[str, str, int]]:
        """Spending by mục under one heading, the largest first: code, name, đồng."""
        found = [
            (line.code, line.name, line.cells[column] or 0)
            for line in self.lines
            if line.side == "out" and line.level == 1 and not line.total
        ]
        return sorted((share for share in found if share[2] > 0), key=lambda share: -share[2])


def years(book: Book, year: int, until: date | None = None) -> Comparison:
    """A year beside those before it; `until` cuts each at the same day and month.

    Whole years of which the book has no voucher show what an old settlement said, if one was brought in.
    """
    periods = [_year(year - back, until) for back in range(YEARS)]
    found = analysis.sums(book, [(period.first, period.last) for period in periods])
    brought: frozenset[int] = frozenset()
    if until is None:
        found, brought = past_years.beside(book, [year - back for back in range(YEARS)], found)
    headings = [
        Heading(f"{year - back} (nhập)") if year - back in brought else Heading(str(year - back), period.key)
        for back, period in enumerate(periods)
    ]
    headings.append(Heading(f"So {year - 1}", percent=True))
    told = f"đến {until.strftime('%d/%m')} " if until else ""
    title = f"Năm {year} {told}so với các năm trước"
    return Comparison(
        title, tuple(headings), _lines(book, periods[0].last, found, headings, lambda m: (*m, _change(m[0], m[1])))
    )


def months(book: Book, month: str) -> Comparison:
    """A month beside the one before it and the same one of the year before."""
    before, last_year = dates.add_months(month, -1), dates.add_months(month, -12)
    periods = [Period.of_month(one) for one in (month, before, last_year)]
    headings = (
        Heading(dates.show_month(month), month), Heading(dates.show_month(before), before),
        Heading(f"So {dates.show_month(before)}", percent=True), Heading(dates.show_month(last_year), last_year),
        Heading(f"So {dates.show_month(last_year)}", percent=True),
    )  # fmt: skip
    found = analysis.sums(book, [(period.first, period.last) for period in periods])
    lines = _lines(
        book, periods[0].last, found, headings,
        lambda m: (m[0], m[1], _change(m[0], m[1]), m[2], _change(m[0], m[2])),
    )  # fmt: skip
    return Comparison(f"Tháng {dates.show_month(month)} so với tháng trước và cùng kỳ", headings, lines)


def budget(book: Book, year: int) -> Comparison:
    """What was planned for a year beside what came in and was spent; what is left of it."""
    period = Period.of_year(year)
    planned = {item: row.amount for item, row in books.budget(book, year).items()}
    planned.pop(rules(book).dues_above_item(f"{year}-12"), None)  # a part of the dues planned, which hold it
    catalogue = items(book, period.last)
    actual = {sums.item: sums for sums in analysis.sums(book, [(period.first, period.last)])}
    both = []
    for item in actual.keys() | {item for item, amount in planned.items() if amount}:
        spent = actual.get(item, Sums(item, (0,), (0,)))
        of_income = _side(catalogue, item, spent) == "in"
        plan = planned.get(item, 0)
        both.append(Sums(item, (plan * of_income, *spent.came_in), (plan * (not of_income), *spent.went_out)))
    headings = (
        Heading("Dự toán"), Heading("Thực hiện", period.key), Heading("Đạt", percent=True),
        Heading("Còn lại", rest=True),
    )  # fmt: skip
    lines = _lines(
        book, period.last, both, headings,
        lambda m: (m[0], m[1], _share(m[1], m[0]), m[0] - m[1] if m[0] else None),
    )  # fmt: skip
    return Comparison(f"Dự toán năm {year} và thực hiện", headings, lines)


def write(found: Comparison, path: Path) -> None:
    """The table as a workbook. Raises `Trouble`."""
    with Writing(path) as writing:
        kinds: list[Any] = ["text", "text", *("whole" if heading.percent else "money" for heading in found.headings)]
        heads = ["Mã", "Nội dung", *(f"{h.text} (%)" if h.percent else h.text for h in found.headings)]
        rows = ([line.code, "  " * line.level + line.name, *line.cells] for line in found.lines)
        writing.sheet("Phân tích", heads, kinds, rows)


def _year(year: int, until: date | None) -> Period:
    if until is None:
        return Period.of_year(year)
    last = min(until.day, dates.last_day(f"{year}-{until.month:02}").day)
    return Period.parse(f"{year}-01-01..{year}-{until.month:02}-{last:02}")


def _share(part: int, whole: int) -> int | None:
    return amounts.half_up(part * 100, whole) if whole > 0 else None


def _change(now: int, before: int) -> int | None:
    return _share(now - before, before)


Shown = Callable[[Sequence[int]], tuple[int | None, ...]]


def _lines(
    book: Book, day: date, found: Sequence[Sums], headings: Sequence[Heading], shown: Shown
) -> tuple[Line, ...]:
    """The rows in the order of the form: each side with its sums, mục of a unit's own under those they count in."""
    catalogue = items(book, day)
    made: list[Line] = []
    balance: list[list[int]] = []
    for side, title in (("in", "Tổng thu"), ("out", "Tổng chi")):
        amounts_of = {
            sums.item: [(i - o) if side == "in" else (o - i) for i, o in zip(sums.came_in, sums.went_out, strict=True)]
            for sums in found
            if _side(catalogue, sums.item, sums) == side
        }
        whole = _add(amounts_of.values())
        if not whole:
            continue
        made.append(Line("", title, 0, side, (side,), shown(whole), total=True))
        made += _of_side(catalogue, side, amounts_of, shown)
        balance.append([amount if side == "in" else -amount for amount in whole])
    if balance:  # a per cent of a difference, which may be below 0, says nothing
        cells = zip(shown(_add(balance)), headings, strict=True)
        left = tuple(None if heading.percent or heading.rest else cell for cell, heading in cells)
        made.append(Line("", "Thu trừ chi", 0, "", (), left, total=True))
    return tuple(made)


def _of_side(catalogue: Items, side: str, amounts_of: Mapping[str, Sequence[int]], shown: Shown) -> list[Line]:
    made: list[Line] = []
    forms = {code: catalogue.of_form(code) for code in amounts_of}

    def put(code: str, name: str, level: int, codes: Sequence[str]) -> None:
        made.append(Line(code, name, level, side, tuple(codes), shown(_add([amounts_of[one] for one in codes]))))

    for item in (item for item in catalogue if item.side == side):
        within = _within(catalogue, item, forms)
        if not within:
            continue
        level = 2 if item.parent else 1
        put(item.code, item.short or item.name, level, within)
        for code in within:
            if forms[code] == item.code and code != item.code:
                put(code, "Mục của đơn vị", level + 1, [code])
    strange = [code for code, form in forms.items() if not form]
    if strange:
        put("?", "Mục không có trong danh mục của kỳ này", 1, strange)
    return made


def _within(catalogue: Items, item: Item, forms: Mapping[str, str]) -> list[str]:
    """The posted codes that count in a mục: its own, those under it, and those it is the sum of."""
    wanted = {item.code, *item.sum_of}
    return sorted(code for code, form in forms.items() if form in wanted)


def _side(catalogue: Items, code: str, sums: Sums) -> str:
    item = catalogue.get(code) or catalogue.get(catalogue.of_form(code))
    if item is not None and item.side in ("in", "out"):
        return item.side
    return "in" if sum(map(abs, sums.came_in)) >= sum(map(abs, sums.went_out)) else "out"


def _add(rows: Any) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]

