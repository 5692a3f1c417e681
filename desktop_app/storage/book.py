"""The book: one encrypted SQLite file, one write path, the journal in the same commit."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import uuid_utils
from sqlcipher3 import dbapi2

from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import READER
from desktop_app.storage import journal, packing, proof, rows
from desktop_app.storage.connection import DAMAGED, Connection, trouble
from desktop_app.storage.migrations import migrate
from desktop_app.storage.proof import Verified
from desktop_app.storage.transaction import Changes, Transaction
from sync import protocol

__all__ = ["Book", "Changes", "Transaction", "Verified", "new_id"]

T = TypeVar("T")
_STATEMENTS = 1000


def new_id() -> str:
    """A fresh UUIDv7."""
    return str(uuid_utils.uuid7())


class Book:
    """An open book. One connection, one thread; a worker opens its own."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open an existing book and bring it up to date.

        Raises `Trouble` if the file is missing, damaged, foreign, of another key, or newer than the program.
        """
        if not path.exists():
            raise Trouble(f"Không thấy tệp sổ {path.name}. Hãy tạo sổ mới hoặc khôi phục từ bản sao lưu.")
        self.path, self._key = path, key
        self._writing = 0
        self.db = self._connect(path, key)
        try:
            if not self.db.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise Trouble(DAMAGED)  # what a failing disk left empty is no new book
            migrate(self.db)
            self.union_code: str = self.about("union_code").decode()
            self._look_again()
        except dbapi2.DatabaseError as error:
            self.close()
            raise trouble(error, path) or Trouble(DAMAGED) from error
        except Trouble:
            self.close()
            raise

    def _look_again(self) -> None:
        """What an earlier program could not read may be readable now; another window may be at it."""
        if self.db.execute("SELECT 1 FROM quarantine LIMIT 1").fetchone():
            from desktop_app.storage import incoming  # hardly ever needed, and it needs this module

            with suppress(Trouble):
                incoming.look_again(self)

    @classmethod
    def create(cls, path: Path, key: bytes, union_code: str) -> Book:
        """Make a new, empty book with a random device id. Raises `Refused` if one is there, `Trouble` of the disk."""
        if path.exists():
            raise Refused("Ở đây đã có một sổ. Hãy chọn thư mục khác.")
        path.parent.mkdir(parents=True, exist_ok=True)
        book = cls.__new__(cls)
        book.path, book._key, book._writing = path, key, 0
        book.union_code = union_code
        book.db = book._connect(path, key)
        try:
            migrate(book.db)
            book.db.execute("BEGIN IMMEDIATE")
            device = secrets.token_hex(8)
            for name, value in (("device", device), ("union_code", union_code)):
                book.db.execute("INSERT INTO about VALUES (?, ?)", [name, value.encode()])
            book.admit(device, own=True)
            book.db.execute("COMMIT")
        except dbapi2.DatabaseError as error:
            book.close()
            raise trouble(error, path) or error from error
        return book

    def _connect(self, path: Path, key: bytes) -> Connection:
        try:
            # The driver never gives up what it prepared first: a full cache would prepare every later statement anew.
            connection = dbapi2.connect(str(path), isolation_level=None, timeout=10, cached_statements=_STATEMENTS)
        except dbapi2.OperationalError as error:
            raise trouble(error, path) or Trouble(DAMAGED) from error
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # what it says of a damaged file we say ourselves
            # A quarter less time a commit than SHA-512; as the default, so that VACUUM INTO writes the same form.
            connection.execute("PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cache_size = -32000")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except dbapi2.DatabaseError as error:
            connection.close()
            if isinstance(error, dbapi2.OperationalError) and (told := trouble(error, path)):
                raise told from error  # not the file is to blame: a full disk, a folder that is read only
            raise Trouble(
                "Không mở được tệp sổ: khóa không đúng, hoặc tệp bị hỏng, hoặc không phải sổ của chương trình này."
            ) from error
        connection.create_function("writing", 0, lambda: self._writing)
        connection.create_function("whole", 2, packing.whole, deterministic=True)
        for name, does in (("fold", vietnamese.fold), ("reading_order", vietnamese.reading_order)):
            connection.create_function(name, 1, does, deterministic=True)
        return Connection(connection)

    def close(self) -> None:
        """Close the connection; the book object is not used again."""
        self.db.conn.close()

    def copy_to(self, path: Path) -> None:
        """A whole copy in a new file under the same key, taken while others may write."""
        self.db.execute("VACUUM INTO ?", [str(path)])

    def take_new_device(self) -> None:
        """A restored or copied book writes on under a new device id, so that no two books share a sequence."""
        with self.writing():
            device = secrets.token_hex(8)
            self.note("device", device.encode())
            self.admit(device, own=True)

    @property
    def device(self) -> str:
        """The id (16 hex digits) this book writes under; read anew, for another window may take a new one."""
        return self.about("device").decode()

    def about(self, name: str) -> bytes:
        """One fact about the book itself (b"" if it has none)."""
        found = self.db.execute("SELECT value FROM about WHERE name = ?", [name]).fetchone()
        return bytes(found[0]) if found else b""

    def note(self, name: str, value: bytes) -> None:
        """Keep one fact about the book itself (a commit of its own, or part of the open one)."""
        self.db.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", [name, value])

    def get(self, record: type[T], id_: str) -> T | None:
        """The record of an id, or None; of a person who was made one with another, the survivor's."""
        found = rows.get(self.db, record, id_)
        if found is None and entity_of(record).name == "person" and (into := rows.survivor(self.db, id_)) != id_:
            found = rows.get(self.db, record, into)
        return found

    def all(self, record: type[T]) -> Iterator[T]:
        """Every record of a kind, in the order it was written."""
        return rows.find(self.db, record)

    @contextmanager
    def transact(self, verb: str, actor: str) -> Iterator[Transaction]:
        """One verb: `BEGIN IMMEDIATE`, rows, journal entries, commit; nothing at all if anything raises.

        Raises `Refused` for a user who may only read; that they looked (`access.…`) is noted all the same.
        """
        with self.writing():
            if not verb.startswith("access.") and self._only_reads(actor):
                raise Refused(f"{actor} chỉ được xem sổ này. Hãy nhờ người có quyền ghi (xem Thiết lập).")
            transaction = Transaction(self, verb, actor)
            yield transaction
            transaction.finish()

    def _only_reads(self, actor: str) -> bool:
        found = self.db.execute("SELECT role FROM users WHERE name = ? AND retired = 0", [actor]).fetchone()
        return bool(found) and found[0] == READER

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The guards open for one commit; for `storage` only. Raises `Trouble` while another window writes."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
        except dbapi2.OperationalError as error:
            raise trouble(error, self.path) or error from error
        self._writing = 1
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException as error:
            if self.db.conn.in_transaction:  # SQLite has rolled back by itself where the disk is full
                self.db.execute("ROLLBACK")
            if told := trouble(error, self.path):
                raise told from error
            raise
        finally:
            self._writing = 0

    @contextmanager
    def erasing(self) -> Iterator[None]:
        """Inside a commit: personal values may be taken out of the journal; for `storage` only."""
        self._writing = 2
        try:
            yield
        finally:
            self._writing = 1

    def index_words(self, *, later: bool) -> None:
        """Inside a commit: whether the index of words waits for `word_index.index_after`; for `storage` only."""
        self._writing = 4 if later else 1

    @contextmanager
    def adopting(self) -> Iterator[None]:
        """Inside a commit: entries may leave their chain, to be said again in another; for `storage` only."""
        self._writing = 3
        try:
            yield
        finally:
            self._writing = 1

    def ops_of(self, record: str) -> list[protocol.Op]:
        """Every journal entry of one record, of every device."""
        found = journal.history(self.db, record)
        return list(found.ops) if found else []

    def verify(self) -> Verified:
        """Recompute every chain, and compare every row with what its journal says."""
        from desktop_app.storage.bookings import Check  # it asks the book

        return proof.verify(self.db, self.union_code, Check(self))

    def chain_fault(self) -> str | None:
        """The first fault of the hash chains alone, as a sentence: quick even on a big book."""
        return proof.chain_fault(self.db, self.union_code)

    def derive(self, purpose: bytes) -> bytes:
        """A key (32 bytes) for one purpose, derived from the book's own key, which itself never leaves."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), 32, salt=None, info=purpose).derive(self._key)

    def admit(self, device: str, own: bool = False) -> None:
        """Begin the chain of a device that has none here; `own`: this book writes, or wrote, under it."""
        self.db.execute(
            "INSERT INTO devices (device, dseq, hash, own) VALUES (?, 0, ?, ?)",
            [device, protocol.genesis(self.union_code, device), int(own)],
        )
