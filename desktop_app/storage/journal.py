"""The journal of a book: append an entry, read a record's history, erase a person, tell what waits to be sent."""

from __future__ import annotations

import functools
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import Entity, Field, entities
from desktop_app.domain.wire import value_from_wire
from desktop_app.storage import packing
from sync import lean, merge, protocol

_APPEND = "INSERT INTO journal (device, dseq, entity, record, op, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_HISTORY = (
    "SELECT d.device, whole(j.op, j.record), whole(j.payload, j.record) FROM journal j"
    " JOIN devices d ON d.no = j.device WHERE j.record = ? ORDER BY pos"
)
_PAYLOADS = "SELECT whole(payload, record) FROM journal WHERE record = ? AND payload IS NOT NULL ORDER BY pos"
END = ""
"""In place of a field's name in `overlaps`: the record was ended and edited at once."""
_CLEAR_OVERLAP = "DELETE FROM overlaps WHERE record = ? AND field = ?"


@dataclass(frozen=True)
class History:
    """Every entry of one record, of every device; `secret` = its 8 random bytes, b"" if not private or erased."""

    ops: tuple[protocol.Op, ...]
    secret: bytes
    state: merge.State

    @property
    def hidden(self) -> bool:
        """Whether no value of the record is in this book: erased, or restricted to another one."""
        return self.state.erased or all(op.fields is None for op in self.ops if op.kind == "set")


def raw_id(id_: str) -> bytes:
    """A record's id as the journal keeps it."""
    return bytes.fromhex(id_.replace("-", ""))


def history(db: Any, id_: str) -> History | None:
    """What the journal says of one record, None if nothing."""
    found = db.conn.execute(_HISTORY, [raw_id(id_)]).fetchall()
    return gather(read(found)) if found else None


def entries_of(db: Any, id_: str) -> int:
    """How many entries does the journal have of one record?"""
    found: int = db.conn.execute("SELECT count(*) FROM journal WHERE record = ?", [raw_id(id_)]).fetchone()[0]
    return found


def ends_of(known: History) -> tuple[protocol.Head, ...]:
    """Every end of a record, as those name them who write it anew."""
    return tuple(sorted(op.head for op in known.ops if op.kind == "retire"))


def read(entries: Iterable[tuple[str, bytes, bytes | None]]) -> list[tuple[protocol.Op, bytes | None]]:
    """Entries (device, op, payload) decoded, in their order. One that cannot be decoded says nothing."""
    made = []
    for device, raw, payload in entries:
        try:
            made.append((protocol.decode(device, raw, payload), payload))
        except protocol.Malformed:
            continue
    return made


def gather(entries: Sequence[tuple[protocol.Op, bytes | None]]) -> History:
    """The history that the entries of one record make."""
    ops = tuple(op for op, _ in entries)
    secret = next((found for _, payload in entries if payload and (found := protocol.secret_in(payload))), b"")
    return History(ops, secret, merge.resolve(ops))


def told(declared: Entity, id_: str, values: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """The record that wire values tell, and the fields this program cannot read: unknown, or of another type.

    Such a field stays in the journal and waits; the record shows without it.
    """
    known: dict[str, Any] = {}
    unread = []
    declared_fields = _fields(declared.name)
    for name, value in values.items():
        field = declared_fields.get(name)
        if field is None:
            unread.append(name)
        elif value is not None:
            try:
                known[name] = value_from_wire(field, value)
            except ValueError:
                unread.append(name)
    make: Any = declared.record
    return make(id=id_, **known), unread


def secrets_of(db: Any, records: Iterable[bytes]) -> dict[bytes, bytes]:
    """The secrets of private records (16 bytes each), where a payload that tells one is held."""
    found: dict[bytes, bytes] = {}
    for record in records:
        for (payload,) in db.conn.execute(_PAYLOADS, [record]):
            if (secret := protocol.secret_in(payload)) is not None:
                found[record] = secret
                break
    return found


@functools.cache
def _fields(entity: str) -> Mapping[str, Field]:
    """The declared fields of an entity by name."""
    return {field.name: field for field in entities()[entity].fields}


def as_kept(record: bytes, dseq: int, raw: bytes, payload: bytes | None, hash_: bytes) -> list[Any]:
    """The last columns of an entry's row: record, op, payload, hash."""
    kept = None if payload is None else packing.packed(payload, record)
    return [record, packing.packed(raw, record), kept, None if dseq % packing.EVERY else hash_]


class Pen:
    """Appends the entries of one transaction to this device's chain."""

    def __init__(self, db: Any, device: str, verb: str, actor: str) -> None:
        self._db, self._device, self._verb, self._actor = db, device, verb, actor
        self._no, self._dseq, self._hash, clock = db.conn.execute(
            "SELECT no, dseq, hash, (SELECT max(clock) FROM devices) FROM devices WHERE device = ?", [device]
        ).fetchone()
        self._clock = protocol.Clock(clock)
        self.entries = 0

    def append(
        self, declared: Entity, id_: str, kind: str, values: Mapping[str, Any], before: History | None,
        *, reach: int = 0, over: tuple[protocol.Head, ...] = (),
    ) -> None:
        """One more entry: "set" with these wire values, "retire" or "erase" without. `reach` 1: they stay in this book.
        `over` are ends of the record that its author saw and writes over.

        Raises `Refused` if it is larger than its declaration allows.
        """
        self._clock = self._clock.tick(time.time_ns() // 1_000_000)
        op = protocol.Op(
            self._device, self._dseq + 1, self._clock.last, protocol.SCHEMA, self._actor, self._verb,
            declared.name, id_, kind, values, _base(kind, values, before, over),
            reach=reach or int(declared.restricted),
        )  # fmt: skip
        secret = None
        if declared.private:
            secret = before.secret if before else secrets.token_bytes(8)
        raw, payload = protocol.encode(op, secret, first=before is None)
        size = len(raw) + len(payload or b"")
        if size > declared.largest:
            raise Refused(
                f"{declared.label}: nội dung quá dài ({-(-size // 1024)} KB, nhiều nhất {declared.largest // 1024} KB)."
                " Hãy viết ngắn lại hoặc tách làm nhiều phần."
            )
        self._dseq += 1
        self.entries += 1
        self._hash = protocol.chain(self._hash, raw)
        record = raw_id(id_)
        self._db.conn.execute(
            _APPEND, [self._no, self._dseq, declared.name, *as_kept(record, self._dseq, raw, payload, self._hash)]
        )
        if before is not None and (before.state.overlaps or before.state.ends):
            answered = [END] if kind == "retire" or set(over).issuperset(before.state.ends) else []
            self._db.conn.executemany(_CLEAR_OVERLAP, [(record, name) for name in (*values, *answered)])

    def finish(self) -> None:
        """Write the chain's head and the clock, before the commit."""
        self._db.conn.execute(
            "UPDATE devices SET dseq = ?, hash = ?, clock = ? WHERE no = ?",
            [self._dseq, self._hash, self._clock.last, self._no],
        )


def _base(
    kind: str, values: Mapping[str, Any], before: History | None, over: tuple[protocol.Head, ...]
) -> tuple[tuple[protocol.Head, ...], ...]:
    """The heads the author saw: one group a touched field; for an end, one group of them all."""
    if before is None:
        return ()
    heads = before.state.heads
    if kind == "set":
        return tuple((*heads.get(name, ()), *over) for name in sorted(values))
    return (tuple(sorted({head for group in heads.values() for head in group})),)


def empty(db: Any, id_: str) -> None:
    """Take every personal value of a record, and the secret of its hashes, out of the journal (book in state 2)."""
    record = raw_id(id_)
    db.conn.execute("DELETE FROM quarantine WHERE pos IN (SELECT pos FROM journal WHERE record = ?)", [record])
    db.conn.execute("DELETE FROM overlaps WHERE record = ?", [record])
    db.conn.execute("DELETE FROM unfinished WHERE id = ?", [id_])  # what was being typed of it, too
    db.conn.execute("UPDATE journal SET payload = NULL WHERE record = ? AND payload IS NOT NULL", [record])


def pending(db: Any, device: str, union: str, after: int, most: int) -> protocol.Batch:
    """The entries of a device after a number, at most about `most` bytes but at least one if there is one.

    A restricted entry goes without its payload.
    """
    (no,) = db.conn.execute("SELECT no FROM devices WHERE device = ?", [device]).fetchone()
    prev = hash_at(db, device, union, after)
    head, size = prev, 0
    ops: list[tuple[bytes, bytes | None]] = []
    for raw, payload in db.conn.execute(
        "SELECT whole(op, record), whole(payload, record) FROM journal WHERE device = ? AND dseq > ? ORDER BY dseq",
        [no, after],
    ):
        size += len(raw) + (len(payload) - lean.SPARED if payload else 0)
        if ops and size > most:
            break
        ops.append((raw, None if protocol.reach_of(raw) else payload))
        head = protocol.chain(head, raw)
    return protocol.Batch(after + 1, prev, head, tuple(ops))


def hash_at(db: Any, device: str, union: str, dseq: int) -> bytes:
    """A device's chain after its entry `dseq` (32 bytes); 0 = where it begins. b"" if the book has no such entry."""
    no, last, head = db.conn.execute("SELECT no, dseq, hash FROM devices WHERE device = ?", [device]).fetchone() or (
        0, 0, b""
    )  # fmt: skip
    if dseq == 0:
        return protocol.genesis(union, device)
    if dseq >= last:
        return bytes(head) if dseq == last else b""
    begin = dseq - dseq % packing.EVERY
    hash_ = protocol.genesis(union, device)
    for number, raw, kept in db.conn.execute(
        "SELECT dseq, whole(op, record), hash FROM journal WHERE device = ? AND dseq BETWEEN ? AND ? ORDER BY dseq",
        [no, begin, dseq],
    ):
        hash_ = kept if number == begin else protocol.chain(hash_, raw)
    return hash_
