"""Which contents of files the server lacks, as far as this PC knows, which are wanted here, and their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from desktop_app.domain.fields import entities
from desktop_app.storage.book import Book
from desktop_app.storage.pieces import PIECE
from desktop_app.storage.rules import shipped

_HERE = "(SELECT coalesce(sum(length(p.piece)), 0) FROM pieces p WHERE p.sha256 = a.sha256)"


class Content(NamedTuple):
    """A content of a file: SHA-256 (hex) and bytes."""

    sha256: str
    size: int


def waiting(book: Book) -> list[Content]:
    """Contents that are whole here and that the server was not heard to hold, in the order they go in.

    Of restricted records none.
    """
    held = "EXISTS (SELECT 1 FROM carried c WHERE c.sha256 = a.sha256)"
    return _named(book, f"{_HERE} = a.size AND NOT {held}")


def wanted(book: Book) -> list[Content]:
    """Contents that a file's record names and that are not whole here, in the order they come in."""
    return _named(book, f"{_HERE} < a.size")


def _named(book: Book, condition: str) -> list[Content]:
    restricted = {name for name, declared in entities().items() if declared.restricted}
    order = shipped().attachment_order(date.today())  # noqa: DTZ011 - how it is done now
    found = book.db.execute(
        "SELECT a.sha256, a.size, a.owner_entity, a.mime, a.id FROM attachments a"  # noqa: S608 - conditions of ours
        f" WHERE a.retired = 0 AND {condition}"
    )
    ranked = sorted(
        (order.index(owner) if owner in order else len(order), mime.startswith(("image/", "video/")), id_, sha256, size)
        for sha256, size, owner, mime, id_ in found
        if owner not in restricted
    )
    return [Content(sha256, size) for sha256, size in {row[3]: row[4] for row in ranked}.items()]


def pieces_of(book: Book, sha256: str) -> Iterator[bytes]:
    """The pieces of a content, one after the other."""
    for (piece,) in book.db.execute("SELECT piece FROM pieces WHERE sha256 = ? ORDER BY no", [sha256]):
        yield bytes(piece)


def read(book: Book, sha256: str, offset: int, most: int) -> bytes:
    """Bytes of a content from an offset on; b"" beyond its end."""
    first = offset // PIECE
    found = book.db.execute(
        "SELECT piece FROM pieces WHERE sha256 = ? AND no BETWEEN ? AND ? ORDER BY no",
        [sha256, first, (offset + most - 1) // PIECE],
    )
    start = offset - first * PIECE
    return b"".join(piece for (piece,) in found)[start : start + most]


def carried(book: Book, sha256: Iterable[str]) -> None:
    """The server holds these."""
    with book.writing():
        book.db.conn.executemany("INSERT OR IGNORE INTO carried VALUES (?)", [(one,) for one in sha256])


def ask_again(book: Book) -> None:
    """The server was put back to a backup: what it holds is to be asked anew."""
    book.db.execute("DELETE FROM carried")


def lacks(book: Book, sha256: str) -> int:
    """The size of a content that a file's record names and that is not whole here; 0 = nobody wants it."""
    found = book.db.execute(
        f"SELECT a.size FROM attachments a WHERE a.sha256 = ? AND a.retired = 0 AND {_HERE} < a.size LIMIT 1",  # noqa: S608
        [sha256],
    ).fetchone()
    return int(found[0]) if found else 0


def here(book: Book, sha256: str) -> int:
    """How many bytes of a content are here, from its start on."""
    found = book.db.execute("SELECT coalesce(sum(length(piece)), 0) FROM pieces WHERE sha256 = ?", [sha256])
    return int(found.fetchone()[0])


def keep_piece(book: Book, sha256: str, no: int, piece: bytes) -> None:
    """One more piece of a content; a part of it that was here goes."""
    with book.writing():
        book.db.execute("DELETE FROM pieces WHERE sha256 = ? AND no = ?", [sha256, no])
        book.db.execute("INSERT INTO pieces (sha256, no, piece) VALUES (?, ?, ?)", [sha256, no, piece])


def add(book: Book, sha256: str, offset: int, piece: bytes) -> None:
    """Bytes that follow those that are here, `offset` of them; the last piece grows."""
    no, inside = divmod(offset, PIECE)
    piece = read(book, sha256, no * PIECE, inside) + piece if inside else piece
    for start in range(0, len(piece), PIECE):
        keep_piece(book, sha256, no + start // PIECE, piece[start : start + PIECE])


def is_right(book: Book, sha256: str) -> bool:
    """Whether the content that came is what its name says; a wrong one is thrown away, to come anew."""
    digest = hashlib.sha256()
    for piece in pieces_of(book, sha256):
        digest.update(piece)
    if digest.hexdigest() == sha256:
        return True
    with book.writing():
        book.db.execute("DELETE FROM pieces WHERE sha256 = ?", [sha256])
    return False


def went_today(book: Book, today: date) -> int:
    """Bytes of files that went and came today by themselves."""
    day, _, count = book.about("files_day").decode().partition(" ")
    return int(count) if day == today.isoformat() else 0


def count_today(book: Book, today: date, count: int) -> None:
    """Write down that so many bytes went and came today."""
    book.note("files_day", f"{today.isoformat()} {count}".encode())


def is_paused(book: Book) -> bool:
    """Whether the user stopped files from going and coming."""
    return bool(book.about("files_paused"))


def pause(book: Book, on: bool) -> None:
    """Stop files from going and coming, or let them."""
    book.note("files_paused", b"1" if on else b"")
