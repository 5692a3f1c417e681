"""Questions about people who left: since when they are gone, whether anything of some kinds is still kept of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop_app.domain.fields import entities
from desktop_app.storage.book import Book


def gone_since(book: Book, day: date) -> list[tuple[str, str, date]]:
    """Who left on this day or before? (id, name, first day out), those gone longest first."""
    found = book.db.execute(
        'SELECT id, name, "left" FROM people WHERE "left" <= ? AND retired = 0 ORDER BY "left", sort_key',
        [day.isoformat()],
    )
    return [(id_, name, date.fromisoformat(left)) for id_, name, left in found.fetchall()]


def holds(book: Book, person: str, kinds: Iterable[str]) -> bool:
    """Whether any value of these kinds of record is in this book of a person; what was erased does not count."""
    known = entities()
    return any(
        book.db.execute(f"SELECT 1 FROM {known[kind].table} WHERE person = ? LIMIT 1", [person]).fetchone()  # noqa: S608
        for kind in kinds
    )
