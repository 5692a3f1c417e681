"""A unit's history: ops are appended under the lock of its head row, in one order, without holes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from sync import protocol
from sync.protocol import Malformed
from sync.server.models import Device, Op, Quarantine, Unit

_AT_ONCE = 500


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


def append(unit: Unit, device: Device, entries: Sequence[Entry]) -> range:
    """Store entries that follow what is held of the device; the caller has the unit's head row locked.

    Answers their places in the unit's history.
    """
    top = _take_places(unit, len(entries))
    places, now = range(top - len(entries) + 1, top + 1), timezone.now()
    at = connection.ops.adapt_datetimefield_value(now)
    _insert(
        (unit.pk, place, device.pk, made.dseq, made.raw, made.payload, made.hash, *_names(made.op), at)
        for place, made in zip(places, entries, strict=True)
    )
    device.dseq, device.hash, device.contact = entries[-1].dseq, entries[-1].hash, now
    device.save(update_fields=["dseq", "hash", "contact"])
    return places


def secrets_of(unit: Unit, records: Mapping[bytes, str]) -> dict[bytes, bytes]:
    """The secrets of private records (16 bytes, with their entities), where a payload that tells one is held."""
    found: dict[bytes, bytes] = {}
    names = [str(UUID(bytes=record)) for record in records if len(record) == 16]
    for start in range(0, len(names), _AT_ONCE):
        held = Op.objects.filter(
            unit=unit, entity__in=set(records.values()), record__in=names[start : start + _AT_ONCE]
        ).exclude(payload=None)
        for record, payload in held.order_by("seq").values_list("record", "payload").iterator():
            id_ = UUID(record).bytes
            if id_ not in found and (secret := protocol.secret_in(bytes(payload))) is not None:
                found[id_] = secret
    return found


def quarantine(op: Op, reason: str) -> None:
    """Keep an op aside that cannot be made into anything here (yet)."""
    Quarantine.objects.get_or_create(op=op, defaults={"reason": reason[:200]})


def _insert(rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows of `Op`, past the model objects: through them ten thousand take five times as long."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(
                "COPY province_op (unit_id, seq, device_id, dseq, raw, payload, hash, entity, record, at) FROM STDIN"
            ) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(
                "INSERT INTO province_op (unit_id, seq, device_id, dseq, raw, payload, hash, entity, record, at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                list(rows),
            )


def _names(op: protocol.Op | None) -> tuple[str, str]:
    """An op's entity and record as columns; "" if it could not be read."""
    return (op.entity.replace("\0", "")[:40], op.record) if op else ("", "")


def _take_places(unit: Unit, count: int) -> int:
    """The last of `count` new sequence numbers of the unit; gap-free, because it rolls back with the rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE province_unionhead SET seq = seq + %s WHERE unit_id = %s RETURNING seq", [count, unit.pk]
        )
        return int(cursor.fetchone()[0])
