"""Which vouchers are in the book, told by number and day without reading them whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.storage.book import Book


@dataclass(frozen=True)
class Numbered:
    """A voucher as a reference knows it; `day` is ISO, `number` "" for a draft without one."""

    id: str
    kind: str
    number: str
    day: str
    posted: bool


def numbered(book: Book) -> Iterator[Numbered]:
    """Every voucher that is not put away, in the order written."""
    found = book.db.execute("SELECT id, kind, number, day, posted FROM vouchers WHERE retired = 0 ORDER BY rowid")
    for id_, kind, number, day, posted in found:
        yield Numbered(id_, kind, number, day or "", bool(posted))


def transfers(book: Book, move: tuple[str, str, int], first: date, last: date) -> list[str]:
    """The vouchers between two days that move so much (đồng) from one fund (its id) to another, and nothing else."""
    found = book.db.execute(
        "SELECT o.owner FROM vouchers_lines o JOIN vouchers_lines i ON i.owner = o.owner AND i.no <> o.no"
        " WHERE o.counts = 1 AND o.item = '' AND o.party = '' AND i.item = '' AND i.party = ''"
        " AND o.fund = ? AND i.fund = ? AND o.amount_out = ? AND i.amount_in = o.amount_out AND o.day BETWEEN ? AND ?"
        " AND (SELECT count(*) FROM vouchers_lines l WHERE l.owner = o.owner) = 2 ORDER BY o.day, o.owner",
        [*move, first.isoformat(), last.isoformat()],
    )
    return [owner for (owner,) in found]
