"""Questions about people."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain import vietnamese
from desktop_app.domain.records import Person
from desktop_app.storage import rows
from desktop_app.storage.book import Book


def owner_of(book: Book, field: str, number: str) -> str | None:
    """Who already has this CCCD or card number (`field` is "cccd" or "card")?"""
    condition = {"cccd": "cccd = ?", "card": "card = ?"}[field]
    return next((person.name for person in rows.find(book.db, Person, condition, [number])), None)


def people(book: Book, query: str = "", *, everyone: bool = False) -> Iterator[tuple[Person, int]]:
    """Members (workers too with `everyone`) that a forgiving search finds, with their latest insured wage."""
    latest = "SELECT insured FROM wages WHERE person = ? AND retired = 0 ORDER BY from_month DESC LIMIT 1"
    words = vietnamese.fold(query).split()
    condition = " AND ".join(["folded LIKE ?"] * len(words) or ["1"]) + ("" if everyone else " AND member = 1")
    wanted = [f"%{word}%" for word in words]
    for person in rows.find(book.db, Person, condition, wanted, order="sort_key, rowid"):
        wage = book.db.execute(latest, [person.id]).fetchone()
        yield person, wage[0] if wage else 0
