"""The book: one encrypted SQLite file, one write path, the journal in the same commit."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import uuid_utils
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import Entity, entities, entity_of, from_wire, to_wire, value_to_wire
from desktop_app.storage import rows
from desktop_app.storage.migrations import migrate
from sync import merge, protocol

T = TypeVar("T")


def new_id() -> str:
    """A fresh UUIDv7."""
    return str(uuid_utils.uuid7())


@dataclass(frozen=True)
class Changes:
    """What a transaction touched: entity names, and how many journal entries it wrote."""

    entities: frozenset[str]
    entries: int


@dataclass(frozen=True)
class Verified:
    """The answer of `Book.verify`: `first_fault` is a sentence, or None."""

    entries: int
    chain_ok: bool
    rows_ok: bool
    first_fault: str | None


class Book:
    """An open book. One connection, one thread; a worker opens its own."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open an existing book and bring it up to date.

        Raises `Trouble` if the file is missing, damaged, foreign, of another key, or newer than the program.
        """
        if not path.exists():
            raise Trouble(f"Không thấy tệp sổ {path.name}. Hãy tạo sổ mới hoặc khôi phục từ bản sao lưu.")
        self.path = path
        self._writing = 0
        self.db = self._connect(path, key)
        try:
            migrate(self.db)
            self.device: str = self.about("device").decode()
            self.union_code: str = self.about("union_code").decode()
        except dbapi2.DatabaseError as error:
            self.close()
            raise Trouble("Tệp sổ bị hỏng. Hãy khôi phục từ bản sao lưu gần nhất.") from error

    @classmethod
    def create(cls, path: Path, key: bytes, union_code: str) -> Book:
        """Make a new, empty book with a random device id. Raises `Refused` if one is already there."""
        if path.exists():
            raise Refused("Ở đây đã có một sổ. Hãy chọn thư mục khác.")
        path.parent.mkdir(parents=True, exist_ok=True)
        book = cls.__new__(cls)
        book.path, book._writing, book.device, book.union_code = path, 0, secrets.token_hex(8), union_code
        book.db = book._connect(path, key)
        migrate(book.db)
        book.db.execute("BEGIN IMMEDIATE")
        for name, value in (("device", book.device), ("union_code", union_code), ("clock", "0")):
            book.db.execute("INSERT INTO about VALUES (?, ?)", [name, value.encode()])
        book._admit_device(book.device)
        book.db.execute("COMMIT")
        return book

    def _connect(self, path: Path, key: bytes) -> Database:
        connection = dbapi2.connect(str(path), isolation_level=None, timeout=10)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except dbapi2.DatabaseError as error:
            connection.close()
            raise Trouble(
                "Không mở được tệp sổ: khóa không đúng, hoặc tệp bị hỏng, hoặc không phải sổ của chương trình này."
            ) from error
        connection.create_function("writing", 0, lambda: self._writing)
        return Database(connection)

    def close(self) -> None:
        """Close the connection; the book object is not used again."""
        self.db.conn.close()

    def copy_to(self, path: Path) -> None:
        """A whole copy in a new file under the same key, taken while others may write."""
        self.db.execute("VACUUM INTO ?", [str(path)])

    def take_new_device(self) -> None:
        """A restored or copied book writes on under a new device id, so that no two books share a sequence."""
        self.device = secrets.token_hex(8)
        self.db.execute("BEGIN IMMEDIATE")
        self.db.execute("UPDATE about SET value = ? WHERE name = 'device'", [self.device.encode()])
        self._admit_device(self.device)
        self.db.execute("COMMIT")

    def about(self, name: str) -> bytes:
        """One fact about the book itself (b"" if it has none)."""
        found = self.db.execute("SELECT value FROM about WHERE name = ?", [name]).fetchone()
        return bytes(found[0]) if found else b""

    def get(self, record: type[T], id_: str) -> T | None:
        """The record of an id, or None."""
        return rows.get(self.db, record, id_)

    def all(self, record: type[T]) -> Iterator[T]:
        """Every record of a kind, in the order it was written."""
        return rows.find(self.db, record)

    @contextmanager
    def transact(self, verb: str, actor: str) -> Iterator[Transaction]:
        """One verb: `BEGIN IMMEDIATE`, rows, journal entries, commit; nothing at all if anything raises."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
        except dbapi2.OperationalError as error:
            raise Trouble("Sổ đang được ghi ở cửa sổ khác. Hãy thử lại sau ít giây.") from error
        self._writing = 1
        try:
            transaction = Transaction(self, verb, actor)
            yield transaction
            transaction.finish()
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        finally:
            self._writing = 0

    def ops_of(self, record: str) -> list[protocol.Op]:
        """Every journal entry of one record, of every device."""
        found = self.db.execute(
            "SELECT d.device, j.op, j.payload FROM journal j JOIN devices d ON d.no = j.device WHERE j.record = ?",
            [UUID(record).bytes],
        )
        return [protocol.decode(device, op, payload) for device, op, payload in found]

    def verify(self) -> Verified:
        """Recompute every chain, and compare every row with what its journal says."""
        fault = self._chain_fault()
        entries: int = self.db.execute("SELECT count(*) FROM journal").fetchone()[0]
        rows_fault = self._rows_fault()
        return Verified(entries, fault is None, rows_fault is None, fault or rows_fault)

    def _chain_fault(self) -> str | None:
        for no, device, dseq, head in self.db.execute("SELECT no, device, dseq, hash FROM devices").fetchall():
            expected, previous = 1, protocol.genesis(self.union_code, device)
            entries = self.db.execute(
                "SELECT dseq, op, payload, hash, record FROM journal WHERE device = ? ORDER BY dseq", [no]
            )
            for number, raw, payload, kept, record in entries:
                previous = protocol.chain(previous, raw)
                where = f"Mục nhật ký {device}:{number}"
                if number != expected or previous != kept:
                    return f"{where} không khớp chuỗi băm."
                op = protocol.decode(device, raw, payload)
                if op.payload_hash and payload is not None:
                    secret = self._secret(record)
                    if protocol.payload_digest(secret, device, number, payload) != op.payload_hash:
                        return f"{where} có nội dung không khớp mã băm."
                expected += 1
            if (expected - 1, previous) != (dseq, head):
                return f"Nhật ký của máy {device} thiếu mục cuối."
        return None

    def _rows_fault(self) -> str | None:
        for name, declared in entities().items():
            kind: type[Any] = declared.record
            held = {record.id: record for record in self.all(kind)}
            journaled = self.db.execute("SELECT DISTINCT record FROM journal WHERE entity = ?", [name]).fetchall()
            for (raw,) in journaled:
                id_ = str(UUID(bytes=raw))
                state = merge.resolve(self.ops_of(id_))
                told = None if state.retired else from_wire(kind, id_, state.values)
                if held.pop(id_, None) != told:
                    return f"{declared.label} {id_} khác với nhật ký."
            if held:
                return f"{declared.label} {next(iter(held))} không có trong nhật ký."
        return None

    def _secret(self, record: bytes) -> bytes:
        """The 8 random bytes of a private record, from its creating entry."""
        for (payload,) in self.db.execute("SELECT payload FROM journal WHERE record = ? ORDER BY pos", [record]):
            if payload is not None and (secret := protocol.secret_in(payload)):
                return secret
        return b""

    def _admit_device(self, device: str) -> None:
        self.db.execute(
            "INSERT INTO devices (device, dseq, hash) VALUES (?, 0, ?)",
            [device, protocol.genesis(self.union_code, device)],
        )


class Transaction:
    """The open door of one verb: `save` and `retire` write a row and its journal entry together."""

    def __init__(self, book: Book, verb: str, actor: str) -> None:
        self._book, self._verb, self._actor = book, verb, actor
        self._touched: set[str] = set()
        self._no, self._dseq, self._hash = book.db.execute(
            "SELECT no, dseq, hash FROM devices WHERE device = ?", [book.device]
        ).fetchone()
        self._first = self._dseq
        self._clock = protocol.Clock(int(book.about("clock")))

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes(frozenset(self._touched), self._dseq - self._first)

    def save(self, record: T) -> T:
        """Store a new record, or the changed fields of a known one (nothing if none changed).

        Raises `Refused` if a posted voucher or a sealed submission would change where it may not.
        """
        declared = entity_of(record)
        known = self._book.get(type(record), record.id)  # type: ignore[attr-defined]
        if known is None:
            self._append(declared, record.id, "set", to_wire(record), [])  # type: ignore[attr-defined]
        else:
            changed = [f for f in declared.fields if getattr(record, f.name) != getattr(known, f.name)]
            if not changed:
                return record
            _refuse_fixed(known, [f.name for f in changed if f.merge == "fixed"])
            values = {f.name: value_to_wire(f, getattr(record, f.name)) for f in changed}
            self._append(declared, record.id, "set", values, self._book.ops_of(record.id))  # type: ignore[attr-defined]
        rows.put(self._book.db, record)
        return record

    def retire(self, record: Any) -> None:
        """End a record: it stays in journal and history, and leaves the lists."""
        self._append(entity_of(record), record.id, "retire", {}, self._book.ops_of(record.id))
        rows.put(self._book.db, record, retired=True)

    def _append(self, declared: Entity, id_: str, kind: str, values: Any, before: Iterable[protocol.Op]) -> None:
        known = list(before)
        heads = merge.resolve(known).heads if known else {}
        base: tuple[tuple[protocol.Head, ...], ...] = tuple(heads.get(name, ()) for name in sorted(values))
        if kind == "retire":
            base = (tuple(sorted({head for group in heads.values() for head in group})),)
        elif not known:
            base = ()
        self._clock = self._clock.tick(time.time_ns() // 1_000_000)
        self._dseq += 1
        op = protocol.Op(
            self._book.device, self._dseq, self._clock.last, protocol.SCHEMA, self._actor, self._verb,
            declared.name, id_, kind, values, base,
        )  # fmt: skip
        secret = None
        if declared.private:
            secret = secrets.token_bytes(8) if not known else self._book._secret(UUID(id_).bytes)
        raw, payload = protocol.encode(op, secret, first=not known)
        self._hash = protocol.chain(self._hash, raw)
        self._book.db.execute(
            "INSERT INTO journal (device, dseq, entity, record, op, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [self._no, self._dseq, declared.name, UUID(id_).bytes, raw, payload, self._hash],
        )
        self._touched.add(declared.name)

    def finish(self) -> None:
        """Write the chain's head and the clock; called by the book before its commit."""
        db = self._book.db
        db.execute("UPDATE devices SET dseq = ?, hash = ? WHERE no = ?", [self._dseq, self._hash, self._no])
        db.execute("UPDATE about SET value = ? WHERE name = 'clock'", [str(self._clock.last).encode()])


def _refuse_fixed(known: Any, fixed: list[str]) -> None:
    """Money is append-only: a posted voucher's fixed fields never change, except that it is cancelled once."""
    posted = getattr(known, "posted", None)
    if posted is False or not fixed:
        return
    if posted and fixed == ["cancelled"] and not known.cancelled:
        return
    label = getattr(known, "number", "") or entity_of(known).label
    raise Refused(f"{label} đã ghi sổ nên không sửa được. Hãy dùng Sửa phiếu, Hủy phiếu hoặc lập phiếu điều chỉnh.")
