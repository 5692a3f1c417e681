"""What went to parties without a mục and what came back, with the links of settlements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.domain.advances import Move
from desktop_app.domain.records import Balance
from desktop_app.storage import rows
from desktop_app.storage.book import Book


def moves(book: Book, last: date) -> Iterator[Move]:
    """Every move of advances, receivables and payables through `last`, a voucher and party each, in order."""
    found = book.db.execute(
        "SELECT v.id, v.day, v.number, v.text, l.party, sum(l.amount_in), sum(l.amount_out), v.settles, v.reverses"
        " FROM vouchers_lines l JOIN vouchers v ON v.id = l.owner WHERE l.counts = 1 AND l.item = '' AND l.party <> ''"
        " AND l.day <= ? GROUP BY v.id, l.party ORDER BY v.day, v.id",
        [last.isoformat()],
    )
    return (Move(id_, date.fromisoformat(day), *rest) for id_, day, *rest in found)


def balances(book: Book, last: date) -> list[Balance]:
    """The balances of before the book, of those that began by `last`."""
    return list(rows.find(book.db, Balance, "opened IS NULL OR opened <= ?", [last.isoformat()]))
