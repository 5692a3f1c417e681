"""Which vouchers are in the book, told by number and day without reading them whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
