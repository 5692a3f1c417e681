"""Where the rows of a long book stand: its days, and the place of a voucher in it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop_app.storage.book import Book
from desktop_app.storage.book_days import ALL_ITEMS
from desktop_app.storage.money_sums import money

_OF_DAY = "SELECT id FROM vouchers WHERE day = :day UNION ALL SELECT voucher FROM late_booked"


class Day(NamedTuple):
    """A day of a book: its vouchers, and what came in and went out (đồng)."""

    day: date
    vouchers: int
    came_in: int
    went_out: int


def days(book: Book, of: str, first: date, last: date) -> list[Day]:
    """The days of a period on which a book says anything: that of a fund (its id) or that of `ALL_ITEMS`."""
    found = book.db.execute(
        "SELECT day, vouchers, amount_in, amount_out FROM book_days"
        " WHERE fund = ? AND day BETWEEN ? AND ? ORDER BY day",
        [of, first.isoformat(), last.isoformat()],
    )
    return [Day(date.fromisoformat(day), *rest) for day, *rest in found]


def place(book: Book, of: str, voucher: str) -> tuple[date, int] | None:
    """The day on which a voucher stands in a book, and how many stand before it on that day; None if it does not."""
    within, before = (
        ("item <> ''", f"item <> '' AND owner IN ({_OF_DAY})")
        if of == ALL_ITEMS
        else ("fund = :of", "fund = :of")
    )
    given = {"of": of, "voucher": voucher}
    found = book.db.execute(
        f"SELECT day FROM vouchers_lines WHERE owner = :voucher AND counts = 1 AND {within} LIMIT 1",  # noqa: S608
        given,
    ).fetchone()
    if found is None:
        return None
    count = book.db.execute(
        f"SELECT count(DISTINCT owner) FROM vouchers_lines WHERE counts = 1 AND day = :day AND {before}"  # noqa: S608
        " AND owner < :voucher",
        given | {"day": found[0]},
    ).fetchone()[0]
    return date.fromisoformat(found[0]), count


def items_used(book: Book, first: date, last: date) -> list[str]:
    """Under which mục does any line of a period stand?"""
    found = book.db.execute(
        f"SELECT DISTINCT item FROM {money(first, last)} WHERE item <> '' AND day BETWEEN :first AND :last",  # noqa: S608
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return [item for (item,) in found]
