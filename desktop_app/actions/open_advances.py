"""Which advances are still open, and which for too long: what lists and the first page ask."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import advances as rules
from desktop_app.domain.advances import Advance
from desktop_app.storage import advances as asked
from desktop_app.storage.book import Book

LONG_DAYS = 30
"""From this age on an advance stands out: a month's papers should be in."""


def open_advances(book: Book, last: date) -> list[Advance]:
    """The advances open at the end of a day, the oldest first."""
    return rules.open_advances(asked.moves(book, last), asked.balances(book, last))


def overdue(book: Book, today: date) -> list[Advance]:
    """The advances open for longer than `LONG_DAYS`, the oldest first."""
    return [one for one in open_advances(book, today) if one.age(today) > LONG_DAYS]
