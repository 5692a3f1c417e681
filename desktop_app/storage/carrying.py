"""Which contents of files the server lacks, as far as this PC knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop_app.domain.fields import entities
from desktop_app.storage.book import Book


class Content(NamedTuple):
    """A content of a file: SHA-256 (hex) and bytes."""

    sha256: str
    size: int


def waiting(book: Book) -> list[Content]:
    """Contents that are whole here and that the server was not heard to hold; of restricted records none."""
    restricted = [name for name, declared in entities().items() if declared.restricted]
    found = book.db.execute(
        "SELECT a.sha256, max(a.size) FROM attachments a"  # noqa: S608 - marks only
        " WHERE a.retired = 0 AND NOT EXISTS (SELECT 1 FROM carried c WHERE c.sha256 = a.sha256)"
        f" AND a.owner_entity NOT IN ({', '.join('?' * len(restricted))})"
        " AND (SELECT sum(length(p.piece)) FROM pieces p WHERE p.sha256 = a.sha256) = a.size"
        " GROUP BY a.sha256 ORDER BY min(a.id)",
        restricted,
    )
    return [Content(*row) for row in found]


def pieces_of(book: Book, sha256: str) -> Iterator[bytes]:
    """The pieces of a content, one after the other."""
    for (piece,) in book.db.execute("SELECT piece FROM pieces WHERE sha256 = ? ORDER BY no", [sha256]):
        yield bytes(piece)


def carried(book: Book, sha256: Iterable[str]) -> None:
    """The server holds these."""
    with book.writing():
        book.db.conn.executemany("INSERT OR IGNORE INTO carried VALUES (?)", [(one,) for one in sha256])


def lacks(book: Book, sha256: str) -> int:
    """The size of a content that a file's record names and that is not whole here; 0 = nobody wants it."""
    found = book.db.execute(
        "SELECT size FROM attachments WHERE sha256 = ? AND retired = 0 AND size <>"
        " (SELECT coalesce(sum(length(piece)), 0) FROM pieces p WHERE p.sha256 = attachments.sha256) LIMIT 1",
        [sha256],
    ).fetchone()
    return int(found[0]) if found else 0


def keep_piece(book: Book, sha256: str, no: int, piece: bytes) -> None:
    """One more piece of a content that is wanted; of another size than before, it replaces it."""
    with book.writing():
        book.db.execute("DELETE FROM pieces WHERE sha256 = ? AND no = ?", [sha256, no])
        book.db.execute("INSERT INTO pieces (sha256, no, piece) VALUES (?, ?, ?)", [sha256, no, piece])
