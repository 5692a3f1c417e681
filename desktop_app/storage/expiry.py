"""Questions about people who left: since when they are gone, of whom something of some kinds is still kept."""

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


def holders(book: Book, kinds: Iterable[str]) -> set[str]:
    """Of whom (ids) is any value of these kinds of record in this book? What was erased does not count."""
    known = entities()
    found = (book.db.execute(f"SELECT DISTINCT person FROM {known[kind].table}") for kind in kinds)  # noqa: S608
    return {person for rows in found for (person,) in rows.fetchall()}
