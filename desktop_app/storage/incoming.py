"""Pulled entries into the book: other devices' chains, the rows they make, and the cursor, in one commit.

Nothing authentic is lost or refused for its content. What this program cannot read yet (an unknown entity or
field, another type, undecodable bytes, a payload that is not its hash) is chained and quarantined; so is what only
the province may say and another device said.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import entities
from desktop_app.storage import adopting, bookings, enrolment, journal, projecting, same
from desktop_app.storage.book import Book
from desktop_app.storage.transaction import SHUTS
from sync import lean, protocol
from sync.protocol import Malformed, Op

_KEEP = "INSERT INTO journal (pos, device, dseq, entity, record, op, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
UNREAD = (  # CROSS: else the whole journal is gone through to find in quarantine what is mostly not there
    "SELECT d.device, q.why, count(*), max(q.pos) FROM quarantine q CROSS JOIN journal j ON j.pos = q.pos"
    " CROSS JOIN devices d ON d.no = j.device GROUP BY d.no, q.why ORDER BY 4"
)
_AT_ONCE = 500
_WAITING = (
    "SELECT q.pos, j.record, j.entity, d.device FROM quarantine q JOIN journal j ON j.pos = q.pos"
    " JOIN devices d ON d.no = j.device WHERE q.why IN ('entity', 'field')"
)
_DECLARED = "declared"
_MARKS = ", ".join("?" * _AT_ONCE)

Pulled = tuple[str, bytes, bytes | None]
"""(device, op, payload) as the server sent it."""


@dataclass(frozen=True)
class Applied:
    """What a page brought: how many entries were new, and of which entities."""

    entries: int
    entities: frozenset[str]


def apply(
    book: Book, ops: Sequence[Pulled], standing: enrolment.Standing, whole: bool = False, *, shown: bool = True,
    chains: Mapping[str, bytes] | None = None,
) -> Applied:
    """Store a page and where the exchange stands after it. All or nothing. `shown`: the server showed these entries.
    They may lack what the reader makes anew (`sync.lean`); `chains`: each device's chain after its last of them.

    `whole`: with this page everything the server holds has been read. Then, or when it shows that this book is a
    copy that was written in, the entries of former devices that the server lacks go over to the present one.
    Raises `Trouble` if the page does not continue the chains that the book holds, `lean.Unrestored` if its entries
    are not what their authors chained.
    """
    with book.writing():
        ops, made = _restored(book, ops)
        taken_over = adopting.adopt(book) if adopting.forked(book, ops) else {}
        page = _Page(book, _provinces(book, standing), shown)
        page.touched.update(taken_over)
        page.read(ops)
        page.finish()
        page.compare(chains or {}, made)
        page.project()
        if whole and adopting.is_due(book):
            page.touched.update(adopting.adopt(book))
            page.project()
        page.settle()
        enrolment.stand(book, standing)
    return Applied(page.entries, frozenset(page.touched.values()))


def overlapping(book: Book) -> int:
    """How many identity or money fields did two PCs write differently, and nobody has settled it yet?"""
    found: int = book.db.execute("SELECT count(*) FROM overlaps WHERE field <> ?", [journal.END]).fetchone()[0]
    return found


def overlapped(book: Book) -> list[tuple[str, str]]:
    """Which records have such fields? (id, entity)"""
    sql = "SELECT DISTINCT record, entity FROM overlaps WHERE field <> ? ORDER BY record"
    return [(str(UUID(bytes=record)), entity) for record, entity in book.db.execute(sql, [journal.END]).fetchall()]


def ended_beside(book: Book) -> list[tuple[str, str]]:
    """Which records (id, entity) did one PC end while another edited them, and nobody has said which holds?"""
    sql = "SELECT record, entity FROM overlaps WHERE field = ? ORDER BY record"
    return [(str(UUID(bytes=record)), entity) for record, entity in book.db.execute(sql, [journal.END]).fetchall()]


def unread(book: Book) -> list[tuple[str, str, int, int]]:
    """What waits in quarantine: (device, why, how many entries, the last one's place in the journal)."""
    found = book.db.execute(UNREAD)
    return [(device, why, count, last) for device, why, count, last in found.fetchall()]


def look_again(book: Book) -> int:
    """After an upgrade: show what this program can read and an earlier one could not. Answers how many entries.

    Once for each set of declarations: what is still unread stays in quarantine.
    """
    known = entities()
    told = protocol.canonical([[name, sorted(declared.defaults)] for name, declared in sorted(known.items())])
    declared_now = hashlib.sha256(told).digest()
    if book.about(_DECLARED) == declared_now:
        return 0
    with book.writing():
        found = book.db.execute(_WAITING).fetchall()
        page = _Page(book, _provinces(book, enrolment.standing(book)), shown=False)
        readable = {pos: (id_, entity) for pos, id_, entity, device in found if page.believes(entity, device)}
        book.db.conn.executemany("DELETE FROM quarantine WHERE pos = ?", [(pos,) for pos in readable])
        page.touched = {str(UUID(bytes=id_)): entity for id_, entity in readable.values()}
        page.project()
        book.note(_DECLARED, declared_now)
        left = {pos for pos, *_ in book.db.execute(_WAITING).fetchall()}
    return len(readable.keys() - left)


@dataclass
class _Chain:
    no: int
    dseq: int
    hash: bytes
    seen: int = 0
    """The last number that the server showed: it holds the entries up to there."""
    last: int = 0
    """The last number on this page, whoever shows it."""


class _Page:
    """One page on its way into the book, inside its commit."""

    def __init__(self, book: Book, provinces: frozenset[str], shown: bool) -> None:
        self._shown, self._own = shown, book.device
        self._book, self._sql, self._provinces = book, book.db.conn, provinces
        self._chains: dict[str, _Chain] = {}
        self._clock = protocol.Clock(self._sql.execute("SELECT max(clock) FROM devices").fetchone()[0])
        self._now = time.time_ns() // 1_000_000
        self._known = entities()
        self._pos: int = self._sql.execute("SELECT coalesce(max(pos), 0) + 1 FROM journal").fetchone()[0]
        self._held: set[bytes] = set()
        self._secrets: dict[bytes, bytes] = {}
        self._kept: list[list[Any]] = []
        self._aside: list[tuple[int, str, bytes | None]] = []
        self._read: dict[str, list[tuple[Op, bytes | None]]] = {}
        self.touched: dict[str, str] = {}
        self._vouchers: dict[str, date | None] = {}
        self.entries = 0

    def believes(self, entity: str, device: str) -> bool:
        """Whether this program knows a kind of record, and takes it from this device."""
        return entity in self._known and (not self._known[entity].province or device in self._provinces)

    def read(self, ops: Sequence[Pulled]) -> None:
        """Every entry of others into its device's chain."""
        read = [(entry, *_decoded(*entry)) for entry in ops if entry[0] != self._own]
        self._held = self._held_of({journal.raw_id(op.record) for _, op, _ in read if op})
        for (device, raw, payload), op, fault in read:
            self._keep(device, raw, payload, op, fault)

    def _held_of(self, records: Iterable[bytes]) -> set[bytes]:
        """Of which of these records the book holds entries."""
        held: set[bytes] = set()
        for some in itertools.zip_longest(*[iter(records)] * _AT_ONCE):
            sql = f"SELECT DISTINCT record FROM journal WHERE record IN ({_MARKS})"  # noqa: S608
            held.update(bytes(record) for (record,) in self._sql.execute(sql, some))
        return held

    def _keep(self, device: str, raw: bytes, payload: bytes | None, op: Op | None, fault: str) -> None:
        """One entry into its device's chain; one that is held already is passed over."""
        chain = self._chain(device)
        dseq = op.dseq if op else chain.dseq + 1
        chain.last, chain.seen = dseq, dseq if self._shown else 0
        if dseq <= chain.dseq:
            self._flush()
            held = self._sql.execute(
                "SELECT whole(op, record) FROM journal WHERE device = ? AND dseq = ?", [chain.no, dseq]
            ).fetchone()
            if bytes(held[0]) != raw:
                raise Trouble(f"Máy {device} có hai bản nhật ký khác nhau ở mục {dseq}. Hãy báo cho LĐLĐ tỉnh.")
            return
        if dseq != chain.dseq + 1:
            raise Trouble(f"Máy chủ gửi thiếu mục {chain.dseq + 1} của máy {device}. Hãy đồng bộ lại sau.")
        chain.dseq, chain.hash = dseq, protocol.chain(chain.hash, raw)
        entity, record = (op.entity, journal.raw_id(op.record)) if op else ("", b"")
        aside = None
        if op and payload is not None and not self._is_payload(op, record, payload):
            op, payload, aside, fault = protocol.decode(device, raw), None, payload, "payload"
        if op and entity not in self._known:
            fault = "entity"
        elif op and self._known[entity].province and device not in self._provinces:
            # Kept under no record: neither the lists nor the proof take it for the province's word.
            op, entity, record, fault = None, "", b"", "author"
        columns = journal.as_kept(record, dseq, raw, payload, chain.hash)
        self._kept.append([self._pos, chain.no, dseq, entity, *columns])
        if fault:
            self._aside.append((self._pos, fault, aside))
        self._pos += 1
        self.entries += 1
        if op:
            self._clock = self._clock.seen(op.hlc, self._now)
            if entity in self._known:
                self.touched[op.record] = entity
                self._read.setdefault(op.record, []).append((op, payload))

    def compare(self, chains: Mapping[str, bytes], made: Set[str]) -> None:
        """Whether each chain is, after the last entry that the page shows of it, what the server says.

        `made`: devices of which hashes of payloads were made here; of these it must say it.
        """
        if not made <= chains.keys():
            raise lean.Unrestored("chains are missing")
        for device, hash_ in chains.items():
            chain = self._chains.get(device)
            if chain is None or not chain.last:
                continue
            at_last = chain.last == chain.dseq
            if hash_ != (chain.hash if at_last else self._hash_at(device, chain.last)):
                raise lean.Unrestored(f"the chain of {device} at {chain.last}")

    def _hash_at(self, device: str, dseq: int) -> bytes:
        return journal.hash_at(self._book.db, device, self._book.union_code, dseq)

    def project(self) -> None:
        """Every touched record's row, as its whole history tells it now."""
        self._vouchers |= projecting.project(self._book, self.touched, self._brought_first())
        self._read = {}
        self.touched |= same.regroup(self._book.db, same.concerned(self._book.db, self.touched))

    def _brought_first(self) -> Mapping[str, projecting.Entries]:
        """The entries of records of which the book held none before this page."""
        return {id_: entries for id_, entries in self._read.items() if journal.raw_id(id_) not in self._held}

    def _flush(self) -> None:
        """The entries kept so far into the journal."""
        self._sql.executemany(_KEEP, self._kept)
        self._sql.executemany("INSERT INTO quarantine VALUES (?, ?, ?)", self._aside)
        self._kept, self._aside = [], []

    def settle(self) -> None:
        """In which month each touched voucher counts, and what the page shut or opened."""
        kinds = set(self.touched.values())
        shuts = bool(kinds & SHUTS)
        if shuts or self._vouchers:
            bookings.settle(self._book, self._vouchers, shuts=shuts)

    def finish(self) -> None:
        """The entries, the heads of the chains, and the clock."""
        self._flush()
        for chain in self._chains.values():
            self._sql.execute(
                "UPDATE devices SET dseq = ?, hash = ?, confirmed = max(confirmed, ?) WHERE no = ?",
                [chain.dseq, chain.hash, chain.seen, chain.no],
            )
        self._sql.execute("UPDATE devices SET clock = ? WHERE device = ?", [self._clock.last, self._own])

    def _is_payload(self, op: Op, record: bytes, payload: bytes) -> bool:
        """Whether a payload is what the chain holds its hash of, with the first secret that was told of its record."""
        if not op.payload_hash:
            return False
        if record in self._held and record not in self._secrets:
            self._secrets.update(journal.secrets_of(self._book.db, [record]))
        secret = self._secrets.get(record) or protocol.secret_in(payload) or b""
        if protocol.payload_digest(secret, op.device, op.dseq, payload) != op.payload_hash:
            return False
        if secret:
            self._secrets[record] = secret
        return True

    def _chain(self, device: str) -> _Chain:
        if device not in self._chains:
            select = "SELECT no, dseq, hash FROM devices WHERE device = ?"
            found = self._sql.execute(select, [device]).fetchone()
            if found is None:
                self._book.admit(device)
                found = self._sql.execute(select, [device]).fetchone()
            self._chains[device] = _Chain(*found)
        return self._chains[device]


def _restored(book: Book, ops: Sequence[Pulled]) -> tuple[Sequence[Pulled], Set[str]]:
    """The entries as their authors wrote them, and the devices of those that came without their payload's hash."""
    whole = lean.restored(ops, lambda records: journal.secrets_of(book.db, records))
    made = {device for raw, (device, sent, _) in zip(whole, ops, strict=True) if raw is not sent}
    return [(device, raw, payload) for raw, (device, _, payload) in zip(whole, ops, strict=True)], made


def _provinces(book: Book, standing: enrolment.Standing) -> frozenset[str]:
    """The devices under which the province has written to this union: one an epoch of its server."""
    known = enrolment.last_known(book)
    if known is None:
        return frozenset()
    epochs = range(1, standing.cursor[0] + 1)
    from sync import messages  # with its cryptography: the window asks this module without pulling anything

    return frozenset(messages.province_device(known.root, book.union_code, epoch) for epoch in epochs)


def _decoded(device: str, raw: bytes, payload: bytes | None) -> tuple[Op | None, str]:
    try:
        return protocol.decode(device, raw, payload), ""
    except Malformed as fault:
        return None, fault.reason
