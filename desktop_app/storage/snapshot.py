"""Parts of the union's history on their way into a new PC's book: their bytes wait in the book itself, never in a file.

A part is kept as it comes, so that a cut or a restart costs nothing; then it is taken step by step, each step with the
cursor behind it in one commit, exactly as a page of the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from desktop_app.storage import enrolment, incoming
from desktop_app.storage.book import Book
from sync import parts
from sync.parts import Moved, Part
from sync.protocol import Malformed

STATE = "reading"
"""The fact about the book (`Book.about`) that tells of a first reading which is not at its end."""


class _Reading(msgspec.Struct):
    """`top`: how many entries the union had when last asked; below `log_to` parts were of no use, the log serves."""

    top: int = 0
    part: Part | None = None
    log_to: int = 0


def is_worth(book: Book, top: int) -> bool:
    """Whether this PC, which never had all, lacks so much that parts are to be asked for."""
    now = enrolment.standing(book)
    if now.synced:
        return False
    reading = _reading(book)
    lacks, part = top - now.cursor[1] - now.confirmed, reading.part
    is_half_here = part is not None and part.epoch == now.cursor[0] and part.last > now.cursor[1]
    return (lacks >= parts.FEW or is_half_here) and now.cursor[1] >= reading.log_to


def under_way(book: Book) -> Part | None:
    """The part that is being fetched or taken."""
    return _reading(book).part


def begin(book: Book, part: Part) -> None:
    """Fetch this one from now on."""
    with book.writing():
        book.db.execute("DELETE FROM arriving")
        _note(book, _Reading(part.top, part, _reading(book).log_to))


def end(book: Book, log_to: int = 0) -> None:
    """The part was taken, or is of no use (the log brings what lies before `log_to`)."""
    with book.writing():
        book.db.execute("DELETE FROM arriving")
        was = _reading(book)
        _note(book, _Reading(was.top, None, log_to or was.log_to))


def here(book: Book) -> int:
    """How many bytes of the part are here."""
    found = book.db.execute("SELECT coalesce(sum(length(piece)), 0) FROM arriving").fetchone()
    return int(found[0])


def add(book: Book, part: Part, offset: int, piece: bytes) -> None:
    """Bytes that follow those that are here. Raises `Moved` if another window was quicker."""
    with book.writing():
        if under_way(book) != part or here(book) != offset:
            raise Moved
        book.db.execute("INSERT INTO arriving (piece) VALUES (?)", [piece])


def take(book: Book, part: Part) -> Iterator[incoming.Applied]:
    """Read the part into the book, from where the cursor stands; tells of every commit.

    Raises `Malformed` if it is not what the server signed, or does not become what the authors chained.
    """
    from sync import columns  # with the library it unpacks by: the window asks this module how far the reading is

    packed = b"".join(piece for (piece,) in book.db.execute("SELECT piece FROM arriving ORDER BY no"))
    if hashlib.sha256(packed).digest() != part.sha256:
        raise Malformed("malformed", "another content")
    reached = part.first - 1
    for step in columns.unpack(packed):
        reached += len(step.entries)
        standing = enrolment.standing(book)
        if standing.cursor[0] == part.epoch and standing.cursor[1] >= reached:
            continue
        others = [entry for entry in step.entries if entry[0] != book.device]
        yield incoming.apply(book, others, replace(standing, cursor=(part.epoch, reached)), chains=step.chains)


def finish(book: Book) -> None:
    """This PC has all that the server has: it is a new one no more."""
    if book.about(STATE):
        with book.writing():
            book.db.execute("DELETE FROM arriving")
            book.note(STATE, b"")


def read(book: Book, coming: int = 0) -> tuple[int, int]:
    """How many entries of the union's history a new PC has, and of how many; (0, 0) once it had all, or by the log.

    `coming`: bytes that came and are not kept yet.
    """
    reading = _reading(book)
    done = float(enrolment.standing(book).cursor[1])
    if (part := reading.part) is not None:
        done = max(done, part.first - 1 + (part.last - part.first + 1) * (here(book) + coming) / part.size)
    return min(int(done), reading.top), reading.top


def _reading(book: Book) -> _Reading:
    kept = book.about(STATE)
    return msgspec.msgpack.decode(kept, type=_Reading) if kept else _Reading()


def _note(book: Book, now: _Reading) -> None:
    book.note(STATE, msgspec.msgpack.encode(now))
