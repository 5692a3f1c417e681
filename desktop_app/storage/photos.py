"""The photo of a person: one of the files kept with them, known by its name."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.records import Attachment
from desktop_app.storage import attachments
from desktop_app.storage.book import Book

NAME = "anh-the.jpg"
_JPEG = b"\xff\xd8\xff"


def record_of(book: Book, person: str) -> Attachment | None:
    """The file that is the photo, the newest if two PCs kept one each."""
    return next((one for one in reversed(attachments.of(book, "person", person)) if one.name == NAME), None)


def of(book: Book, person: str) -> bytes:
    """The photo as JPEG, b"" if there is none or it has not come by sync yet."""
    held = record_of(book, person)
    data = attachments.content(book, held.sha256) if held else None
    return data if data and is_jpeg(data) else b""


def of_many(book: Book, people: Iterable[str]) -> dict[str, bytes]:
    """The photos of those who have one."""
    return {person: photo for person in people if (photo := of(book, person))}


def is_jpeg(data: bytes) -> bool:
    """Whether these bytes begin as a JPEG does."""
    return data.startswith(_JPEG)
