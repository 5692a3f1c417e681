"""Which months are closed? A closing is never changed: closing and opening again are new records."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.records import Closing
from desktop_app.storage import filings, rows
from desktop_app.storage.book import Book


def closed_months(book: Book) -> list[str]:
    """The months that are closed now, in order: "2026-09", "2026-10"."""
    return sorted(month for month, closing in winning(records(book)).items() if closing.closed)


def records(book: Book) -> list[Closing]:
    """Every closing and opening again, those that count more later: by lease, then as they were made (UUIDv7)."""
    return list(rows.find(book.db, Closing, order="lease, id"))


def winning(found: Iterable[Closing]) -> dict[str, Closing]:
    """Of each month the one of these that counts: that of the highest lease, then the latest."""
    return {closing.month: closing for closing in found}


def is_closed(book: Book, month: str) -> bool:
    """Does this month, or a later one, refuse vouchers? A voucher before a closed month would move its opening."""
    return month <= shut_through(book)


def shut_through(book: Book) -> str:
    """The last month that refuses vouchers, "" if none: closed, or of a settlement handed in and not returned."""
    held = filings.lock(book)
    return max([*closed_months(book), held[0] if held else ""])


def through(book: Book) -> dict[str, int]:
    """How far each device's journal goes now: what a closing freezes (`sync/PROTOCOL.md`, closing a month)."""
    return dict(book.db.execute("SELECT device, dseq FROM devices WHERE dseq > 0").fetchall())


def months_with_vouchers(book: Book, before: str) -> list[str]:
    """The months earlier than `before` that hold posted vouchers, in order."""
    found = book.db.execute(
        "SELECT DISTINCT substr(day, 1, 7) FROM vouchers WHERE posted = 1 AND retired = 0 AND day < ? ORDER BY 1",
        [before],
    )
    return [month for (month,) in found]


def drafts_in(book: Book, month: str) -> int:
    """How many drafts are dated in a month?"""
    found: int = book.db.execute(
        "SELECT count(*) FROM vouchers WHERE posted = 0 AND retired = 0 AND day BETWEEN ? AND ?",
        [month, month + "~"],
    ).fetchone()[0]
    return found
