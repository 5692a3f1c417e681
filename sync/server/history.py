"""A unit's history: ops are appended under the lock of its head row, in one order, without holes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from sync import protocol
from sync.protocol import Malformed
from sync.server.models import Device, Op, Quarantine, Unit


@dataclass(frozen=True)
class Entry:
    """An op as it came, with the chain's hash after it. `op` is None if its bytes could not be understood."""

    dseq: int
    raw: bytes
    payload: bytes | None
    hash: bytes
    op: protocol.Op | None
    fault: str = ""


def entry(device: str, dseq: int, raw: bytes, payload: bytes | None, previous: bytes) -> Entry:
    """Read an op of the wire. Its bytes may be of a later schema: only its own number has to be right.

    Raises `Malformed` ("bad_chain") if the op says it is another number of the device.
    """
    after = protocol.chain(previous, raw)
    try:
        op = protocol.decode(device, raw, payload)
    except Malformed as fault:
        return Entry(dseq, raw, payload, after, None, str(fault))
    if op.dseq != dseq:
        raise Malformed("bad_chain", f"op {dseq} says it is {op.dseq}")
    if op.reach:  # restricted: its payload should not have left the book, and is not kept if it did
        payload = None
    return Entry(dseq, raw, payload, after, op)


def append(unit: Unit, device: Device, entries: Sequence[Entry]) -> list[Op]:
    """Store entries that follow what is held of the device; the caller has the unit's head row locked."""
    top = _take_places(unit, len(entries))
    now = timezone.now()
    rows = [
        Op(
            unit=unit,
            seq=top - len(entries) + place,
            device=device,
            dseq=made.dseq,
            raw=made.raw,
            payload=made.payload,
            hash=made.hash,
            entity=_plain(made.op.entity) if made.op else "",
            record=made.op.record if made.op else "",
            at=now,
        )
        for place, made in enumerate(entries, start=1)
    ]
    stored = Op.objects.bulk_create(rows, batch_size=500)
    device.dseq, device.hash, device.contact = entries[-1].dseq, entries[-1].hash, now
    device.save(update_fields=["dseq", "hash", "contact"])
    for row, made in zip(stored, entries, strict=True):
        if made.op is None:
            quarantine(row, made.fault)
    return stored


def quarantine(op: Op, reason: str) -> None:
    """Keep an op aside that cannot be made into anything here (yet)."""
    Quarantine.objects.get_or_create(op=op, defaults={"reason": reason[:200]})


def _take_places(unit: Unit, count: int) -> int:
    """The last of `count` new sequence numbers of the unit; gap-free, because it rolls back with the rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE province_unionhead SET seq = seq + %s WHERE unit_id = %s RETURNING seq", [count, unit.pk]
        )
        return int(cursor.fetchone()[0])


def _plain(name: str) -> str:
    """A name from outside, fit for a column of 40 characters."""
    return name.replace("\0", "")[:40]
