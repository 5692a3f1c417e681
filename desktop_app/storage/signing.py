"""Who signed a version handed in, with which keys."""

from __future__ import annotations

from desktop_app.domain.records import SealedKey, SigningKey, SignOff
from desktop_app.storage import rows
from desktop_app.storage.book import Book


def key_in_force(book: Book, who: str, name: str) -> SigningKey | None:
    """The newest key of a person as what they are, None if they have none (ids are UUIDv7)."""
    return next(rows.find(book.db, SigningKey, "who = ? AND name = ?", [who, name], order="id DESC"), None)


def sealed(book: Book, key: str) -> SealedKey | None:
    """The private half of a key, if it is in this book."""
    return next(rows.find(book.db, SealedKey, "key = ?", [key], order="id DESC"), None)


def under(book: Book, submission: str) -> list[tuple[SignOff, SigningKey]]:
    """The signatures under a version handed in, the first first, each with its key."""
    found = []
    for given in rows.find(book.db, SignOff, "submission = ?", [submission], order="id"):
        key = book.get(SigningKey, given.key)
        if key is not None:
            found.append((given, key))
    return found
