"""This book's place at the province: its server, its device key, and how far the exchange has come.

The device's Ed25519 private key lies in `device.key` beside the book, sealed (AES-256-GCM) under a key derived
from the book's own. It is no part of a backup and is bound to the device id: a restored or copied book takes a
new id, has no key, and must enrol again before it exchanges anything.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from desktop_app.domain.errors import Trouble
from desktop_app.storage import journal
from desktop_app.storage.book import Book
from desktop_app.storage.secrets import write_whole
from sync import protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_FILE, NEXT_KEY, FORMER_KEY = "device.key", "device-next.key", "device-former.key"
_PURPOSE = b"so cong doan device key 1"
START_PAGE = 32 << 10
"""Bytes of the first page sent or asked for."""


@dataclass(frozen=True)
class Enrolment:
    """Where the book is enrolled: `device` is the id it had then; `lease` > 0 = it may post and close.

    `server_age` is whom packets to the province are sealed to. `anchor`: how often the server is known to have changed
    its key, of which `former` were believed before.
    """

    url: str
    server_key: bytes
    name: str
    device: str
    lease: int
    certificate: bytes = b""
    server_age: str = ""
    anchor: int = 0
    first_key: bytes = b""
    former: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The first key the server had: the province's own devices are named by it."""
        return self.first_key or self.server_key

    @property
    def trusted(self) -> tuple[bytes, ...]:
        """The server's keys whose certificates count."""
        return (self.server_key, *self.former)


@dataclass(frozen=True)
class Standing:
    """How far the exchange has come. `receipt` is the server's signed word (message and signature, msgpack)."""

    confirmed: int = 0
    cursor: tuple[int, int] = (0, 0)
    receipt: bytes = b""
    synced: int = 0
    page: int = START_PAGE
    offset: int = 0
    """Milliseconds: `synced` = when the last whole exchange ended; `offset` = how far this PC's clock is ahead."""


@dataclass(frozen=True)
class _Kept:
    """What `about` keeps of `Standing`: all but `confirmed`, which stands with the device's chain."""

    cursor: tuple[int, int]
    receipt: bytes
    synced: int
    page: int
    offset: int


def of(book: Book) -> Enrolment | None:
    """Where this book is enrolled; None if it is not, or was under another device id."""
    known = last_known(book)
    return known if known and known.device == book.device else None


def last_known(book: Book) -> Enrolment | None:
    """Where this book, or the one it was restored from, was enrolled last."""
    kept = book.about("enrolment")
    return msgspec.msgpack.decode(kept, type=Enrolment) if kept else None


def keep(book: Book, enrolment: Enrolment) -> None:
    """Remember that the book is enrolled now. At another server than before everything is exchanged anew."""
    before = last_known(book)
    with book.writing():
        book.note("enrolment", msgspec.msgpack.encode(enrolment))
        if before is None or before.root != enrolment.root:
            book.db.execute("UPDATE devices SET confirmed = 0")
            book.note("exchange", b"")
            for fact in ("peers", "proofs", "certificates"):
                book.note(fact, b"")
            book.db.execute("DELETE FROM carried")


def standing(book: Book) -> Standing:
    """How far the exchange has come."""
    (confirmed,) = book.db.execute("SELECT confirmed FROM devices WHERE device = ?", [book.device]).fetchone()
    kept = book.about("exchange")
    if not kept:
        return Standing(confirmed)
    known = msgspec.msgpack.decode(kept, type=_Kept)
    return Standing(confirmed, known.cursor, known.receipt, known.synced, known.page, known.offset)


def stand(book: Book, now: Standing) -> None:
    """Write how far the exchange has come, as a part of the caller's commit."""
    kept = _Kept(now.cursor, now.receipt, now.synced, now.page, now.offset)
    book.note("exchange", msgspec.msgpack.encode(kept))
    book.db.execute("UPDATE devices SET confirmed = ? WHERE device = ?", [now.confirmed, book.device])


def step(book: Book, *, confirmed: int | None = None, page: int | None = None) -> None:
    """What is learned between pages: the server lacks more than thought, or the network bears other pages."""
    with book.writing():
        now = standing(book)
        stand(
            book,
            replace(
                now,
                confirmed=now.confirmed if confirmed is None else confirmed,
                page=page or now.page,
            ),
        )


def waiting(book: Book) -> int:
    """How many entries of this PC, or of the PC it was restored from, has the server not confirmed?"""
    (own,) = book.db.execute("SELECT sum(dseq - confirmed) FROM devices WHERE own = 1").fetchone()
    return int(own or 0)


def head(book: Book) -> int:
    """The number of this device's last entry."""
    (dseq,) = book.db.execute("SELECT dseq FROM devices WHERE device = ?", [book.device]).fetchone()
    return int(dseq)


def pending(book: Book, after: int, most: int) -> protocol.Batch:
    """This device's entries after a number, to send (see `journal.pending`)."""
    return journal.pending(book.db, book.device, book.union_code, after, most)


def hash_at(book: Book, dseq: int) -> bytes:
    """This device's chain after its entry `dseq`; b"" if there is no such entry."""
    return journal.hash_at(book.db, book.device, book.union_code, dseq)


def seed(book: Book) -> bytes | None:
    """The device's private key (32 bytes); None if its file is missing, damaged, or of another device or book."""
    return _read(book, KEY_FILE)


def make_seed(book: Book) -> bytes:
    """A fresh private key, kept before it is used: an enrolment that was cut is repeated with the same key.

    A device id has one key for ever: where the key of an enrolled one is lost the book takes a new id first.
    Raises `Trouble` if the key cannot be written.
    """
    before = last_known(book)
    if before is not None and before.device == book.device:
        book.take_new_device()
    made = secrets.token_bytes(32)
    _write(book, KEY_FILE, made)
    return made


def next_seed(book: Book) -> bytes | None:
    """The private key this device is changing to; None if it is not changing."""
    return _read(book, NEXT_KEY)


def make_next_seed(book: Book) -> bytes:
    """A fresh private key to change to, on the disk before anybody is told. Raises `Trouble`."""
    made = secrets.token_bytes(32)
    _write(book, NEXT_KEY, made)
    return made


def take_next_seed(book: Book, certificate: bytes) -> None:
    """The change is done: the new key counts; the former one still opens packets that were sealed to it."""
    known, old, new = last_known(book), seed(book), next_seed(book)
    assert known is not None
    assert old is not None
    assert new is not None
    _write(book, FORMER_KEY, old)
    _write(book, KEY_FILE, new)
    keep(book, replace(known, certificate=certificate))
    (book.path.parent / NEXT_KEY).unlink(missing_ok=True)


def former_seed(book: Book) -> bytes | None:
    """The private key before the last change."""
    return _read(book, FORMER_KEY)


def _read(book: Book, name: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    try:
        sealed = (book.path.parent / name).read_bytes()
        return _lock(book).decrypt(sealed[:12], sealed[12:], book.device.encode())
    except (OSError, InvalidTag, ValueError):
        return None


def _write(book: Book, name: str, seed_: bytes) -> None:
    nonce = secrets.token_bytes(12)
    try:
        write_whole(book.path.parent / name, nonce + _lock(book).encrypt(nonce, seed_, book.device.encode()))
    except OSError as error:
        raise Trouble("Không ghi được tệp khóa thiết bị. Hãy kiểm tra ổ đĩa còn chỗ rồi thử lại.") from error


def _lock(book: Book) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(book.derive(_PURPOSE))

