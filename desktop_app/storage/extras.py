"""Questions about the province's own fields: which are asked on a day, what stands in them."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.records import Extra, ExtraField
from desktop_app.storage import rows
from desktop_app.storage.book import Book


def defined(book: Book) -> dict[str, ExtraField]:
    """Every field ever defined, by code, as last defined."""
    return {field.code: field for field in rows.find(book.db, ExtraField, order="id")}


def asked(book: Book, day: date) -> list[ExtraField]:
    """The fields that are asked on a day, those first that came first."""
    return [
        field
        for field in defined(book).values()
        if field.since and field.since <= day and (field.until is None or field.until > day)
    ]


def of(book: Book, person: str) -> dict[str, list[Extra]]:
    """What stands in the fields of a person by code, the newest first."""
    found: dict[str, list[Extra]] = {}
    for one in rows.find(book.db, Extra, "person = ?", [person], order="id DESC"):
        found.setdefault(one.code, []).append(one)
    return found


def label_of(book: Book, code: str) -> str:
    """What a field is called; its code where it is not known here."""
    found = defined(book).get(code)
    return found.label if found else code
