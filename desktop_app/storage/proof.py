"""Proof of a book: every chain recomputed, every payload against its hash, every row against its journal.

Two passes, each in the order of an index: by device for the chains, by record for contents and rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from desktop_app.domain.fields import Entity, entities
from desktop_app.storage import book_days, journal, money_sums, packing, pieces, rows, same, word_index
from sync import protocol
from sync.protocol import Op


@dataclass(frozen=True)
class Verified:
    """What was found: `first_fault` is a sentence, or None."""

    entries: int
    chain_ok: bool
    rows_ok: bool
    first_fault: str | None


class Booked(Protocol):
    """What proves in which month every voucher counts (`bookings.Check`): it meets each, then tells its first fault."""

    def meet(self, id_: str, history: journal.History) -> None: ...
    def fault(self) -> str | None: ...


def verify(db: Any, union: str, booked: Booked) -> Verified:
    """Recompute every chain and payload hash, and compare every row with what its journal says."""
    entries: int = db.execute("SELECT count(*) FROM journal").fetchone()[0]
    content_fault, row_fault = _content_faults(db, booked)
    row_fault = row_fault or pieces.fault(db)
    fault = chain_fault(db, union) or content_fault
    row_fault = row_fault or word_index.fault(db) or money_sums.fault(db) or book_days.fault(db) or same.fault(db)
    row_fault = row_fault or booked.fault()
    return Verified(entries, fault is None, row_fault is None, fault or row_fault)


def chain_fault(db: Any, union: str) -> str | None:
    """Recompute every device's chain; the first fault as a sentence."""
    for no, device, dseq, head in db.execute("SELECT no, device, dseq, hash FROM devices").fetchall():
        number, previous = 0, protocol.genesis(union, device)
        found = db.execute("SELECT dseq, whole(op, record), hash FROM journal WHERE device = ? ORDER BY dseq", [no])
        for number, (kept_number, raw, kept) in enumerate(found, 1):
            previous = protocol.chain(previous, raw)
            expected = None if number % packing.EVERY else previous
            if number != kept_number or expected != kept:
                return f"Mục nhật ký {device}:{kept_number}, hoặc một mục ít lâu trước nó, không khớp chuỗi băm."
        if number != dseq:
            return f"Nhật ký của máy {device} thiếu mục cuối."
        if previous != head:
            return f"Một mục cuối của nhật ký máy {device} không khớp chuỗi băm."
    return _adopted_fault(db, union)


def _adopted_fault(db: Any, union: str) -> str | None:
    """The first fault among the entries of former devices that were said again; each stretch continues its chain."""
    last, previous = (0, 0), b""
    found = db.execute(
        "SELECT a.device, d.device, a.dseq, a.op, a.hash FROM adopted a JOIN devices d ON d.no = a.device ORDER BY a.no"
    )
    for no, device, dseq, raw, kept in found.fetchall():
        if (no, dseq - 1) != last:
            previous = journal.hash_at(db, device, union, dseq - 1)
        previous, last = protocol.chain(previous, raw), (no, dseq)
        if previous != kept:
            return f"Mục nhật ký đã nhận lại {device}:{dseq} không khớp chuỗi băm."
    return None


def _content_faults(db: Any, booked: Booked) -> tuple[str | None, str | None]:
    """The first payload that is not what its hash says, and the first row that is not what its journal says.

    While a new PC still reads the union's history, a payload that is missing may be of a person whose erasure is to
    come: then it is no fault.
    """
    reading = bool(db.execute("SELECT 1 FROM about WHERE name = 'reading' AND value <> x''").fetchone())
    content: str | None = None
    row: str | None = None
    aside = {tuple(found) for found in db.execute(
        "SELECT d.device, j.dseq FROM quarantine q JOIN journal j ON j.pos = q.pos JOIN devices d ON d.no = j.device"
        " WHERE q.payload IS NOT NULL"
    )}  # fmt: skip
    read_as = same.all_of(db)
    held = {name: _Held(rows.stream(db, declared.record), declared, read_as) for name, declared in entities().items()}
    found = db.execute(
        "SELECT j.record, j.entity, d.device, whole(j.op, j.record), whole(j.payload, j.record)"
        " FROM journal j JOIN devices d ON d.no = j.device"
        " ORDER BY j.record, j.pos"
    )
    for (record, entity), group in itertools.groupby(found, key=lambda entry: (entry[0], entry[1])):
        if entity not in held:
            continue
        entries = journal.read(entry[2:] for entry in group)
        history = journal.gather(entries)
        content = content or _payload_fault(entries, history, aside, reading)
        row = row or held[entity].fault(str(UUID(bytes=record)), history)
        if entity == "voucher":
            booked.meet(str(UUID(bytes=record)), history)
    row = row or next((fault for of in held.values() if (fault := of.left_over())), None)
    return content, row


def _payload_fault(
    entries: list[tuple[Op, bytes | None]], history: journal.History, aside: set[tuple[str, int]], reading: bool
) -> str | None:
    for op, payload in entries:
        where = f"Mục nhật ký {op.device}:{op.dseq}"
        if history.state.erased:
            if payload is not None:
                return f"{where} đã xóa theo yêu cầu mà vẫn còn nội dung."
        elif payload is not None:
            if protocol.payload_digest(history.secret, op.device, op.dseq, payload) != op.payload_hash:
                return f"{where} có nội dung không khớp mã băm."
        elif op.payload_hash and not op.reach and op.head not in aside and not reading:
            return f"{where} mất nội dung."
    return None


class _Held:
    """The rows of one table in order of id, met one by one by the histories that come in the same order."""

    def __init__(self, stream: Iterator[Any], declared: Entity, read_as: Mapping[str, str]) -> None:
        self._stream, self._declared, self._read_as = stream, declared, read_as
        self._ahead = next(stream, None)

    def fault(self, id_: str, history: journal.History) -> str | None:
        if self._ahead is not None and self._ahead.id < id_:
            return self.left_over()
        row = None
        if self._ahead is not None and self._ahead.id == id_:
            row, self._ahead = self._ahead, next(self._stream, None)
        expected = None
        merged = self._declared.name == "person" and id_ in self._read_as
        if not history.hidden and not history.state.retired and not merged:
            written, _ = journal.told(self._declared, id_, history.state.values)
            expected = rows.followed(written, lambda id_: self._read_as.get(id_, id_)) if self._read_as else written
        return None if row == expected else f"{self._declared.label} {id_} khác với nhật ký."

    def left_over(self) -> str | None:
        return self._ahead and f"{self._declared.label} {self._ahead.id} không có trong nhật ký."
