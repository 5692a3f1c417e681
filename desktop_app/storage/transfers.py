"""Questions about transfer cards: which were drawn up for a person or a movement, how far dues are paid."""

from __future__ import annotations

from desktop_app.domain.records import Person, Transfer
from desktop_app.storage import rows
from desktop_app.storage.book import Book


def of_person(book: Book, person: str) -> list[Transfer]:
    """The cards of a person, the latest first."""
    return list(rows.find(book.db, Transfer, "person = ?", [person], order="id DESC"))


def of_movement(book: Book, movement: str) -> Transfer | None:
    """The card that goes with a movement and was not withdrawn."""
    return next(rows.find(book.db, Transfer, "movement = ? AND withdrawn IS NULL", [movement], order="id DESC"), None)


def paid_until(book: Book, person: str) -> str:
    """The last month a person's dues were paid for; "" if none was."""
    (month,) = book.db.execute("SELECT max(month) FROM dues WHERE person = ? AND retired = 0", [person]).fetchone()
    return month or ""


def carrier(book: Book, cccd: str) -> Person | None:
    """Who here has this CCCD?"""
    return next(rows.find(book.db, Person, "cccd = ?", [cccd]), None) if cccd else None
