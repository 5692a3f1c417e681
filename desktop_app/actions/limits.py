"""The spending limits of a year as they stand now, and with a voucher that is being typed; they warn, never block."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Refused
from desktop_app.domain.limits import Standing, bases, stand, sum_of
from desktop_app.domain.records import Budget
from desktop_app.storage import ledger
from desktop_app.storage.book import Book
from desktop_app.storage.items import items
from desktop_app.storage.rules import rules

if TYPE_CHECKING:
    from desktop_app.reports.forms import Form


def of_year(book: Book, year: int, more: Mapping[str, int] | None = None) -> list[Standing]:
    """Every limit in force at the end of a year; `more` is spending by mục (đồng) that is not posted yet.

    A share of income is taken of what has come in or, where that is more, of what the budget expects for the year:
    in January little has come yet. Of years before the rules known there is none.
    """
    last = date(year, 12, 31)
    known, rates, codes = items(book, last), rules(book), _settlement(book, last).owed
    came_in: dict[str, int] = {}
    went_out: dict[str, int] = {}
    kept_whole, above_item = 0, rates.dues_above_item(f"{year}-12")
    for item, (came, went) in ledger.item_totals(book, date(year, 1, 1), last).items():
        code = known.of_form(item)
        kept_whole += came - went if item == above_item else 0
        if code and known.by_code[code].side == "in":
            came_in[code] = came_in.get(code, 0) + came - went
        elif code:
            went_out[code] = went_out.get(code, 0) + went - came
    for item, amount in (more or {}).items():
        code = known.of_form(item)
        went_out[code] = went_out.get(code, 0) + amount
    expected = {row.item: row.amount for row in book.all(Budget) if row.year == year}
    kept_whole = max(kept_whole, expected.pop(above_item, 0))  # a part of the dues planned, which hold it
    for code in (codes["dues"], codes["fee"], codes["passed_down"]):
        came_in[code] = max(sum_of(came_in, code), sum_of(expected, code))
    try:
        shares = (rates.keep_dues_percent(year), rates.keep_fee_percent(year))
        taken_of = bases(came_in, codes, shares, year, kept_whole)
        return [stand(limit, taken_of, came_in, went_out) for limit in rates.limits(last)]
    except Refused:
        return []


def broken_by(book: Book, day: date, spending: Mapping[str, int]) -> list[Standing]:
    """The upper limits that a voucher with this spending by mục goes beyond, as far as any income is known."""
    touched = [mine for mine in of_year(book, day.year, spending) if mine.limit.most and mine.base]
    codes = items(book, day)
    of_form = {codes.of_form(item): amount for item, amount in spending.items()}
    return [mine for mine in touched if not mine.holds and any(sum_of(of_form, item) for item in mine.limit.items)]


def told(book: Book, mine: Standing, year: int) -> str:
    """A limit in words, as the settlement says it."""
    text = _settlement(book, date(year, 12, 31)).limits.get(mine.limit.rule, mine.limit.rule)
    allowed = format_amount(mine.allowed + mine.free)
    return text.replace("[spent]", format_amount(mine.spent)).replace("[limit]", allowed)


def _settlement(book: Book, day: date) -> Form:
    """B07-TLĐ in force on a day."""
    from desktop_app.reports.forms import form  # the forms are not needed to open the window

    return form("B07", day, book)
