"""The photo of a person for card and sheet: one, small, replaced by the next (members dossier §2.2)."""

from __future__ import annotations

from datetime import date

from desktop_app.actions import members
from desktop_app.domain.errors import Problem, Refused
from desktop_app.storage import attachments, photos
from desktop_app.storage.book import Book, Changes
from desktop_app.storage.rules import rules

of = photos.of


def largest(book: Book, day: date) -> int:
    """Bytes that a photo may have."""
    return rules(book).photo_largest(day)


def put(book: Book, person: str, jpeg: bytes, by: str, *, day: date) -> Changes:
    """Keep a photo, instead of the one before. Raises `Refused` (field "photo") if it is no JPEG or too large."""
    members.person_of(book, person)
    most = largest(book, day)
    if not photos.is_jpeg(jpeg):
        raise Refused([Problem("photo", "Tệp này không phải ảnh JPEG. Hãy chọn ảnh khác.")])
    if len(jpeg) > most:
        raise Refused([Problem("photo", f"Ảnh nặng {len(jpeg) // 1024} kB, nhiều nhất {most // 1024} kB.")])
    with book.transact("members.photo", by) as transaction:
        before = photos.record_of(book, person)
        kept = attachments.keep(transaction, "person", person, photos.NAME, jpeg)
        if before is not None and before.id != kept.id:
            transaction.retire(before)
        return transaction.changes


def remove(book: Book, person: str, by: str) -> Changes:
    """Take the photo away, if there is one."""
    with book.transact("members.photo", by) as transaction:
        held = photos.record_of(book, person)
        if held is not None:
            transaction.retire(held)
        return transaction.changes
