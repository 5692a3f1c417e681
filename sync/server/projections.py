"""What the province sees of an op: submissions become entries of the inbox, an erasure empties what it names, and the
posting lease moves to whom its holder gives it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from desktop_app.domain import fields, records, wire
from sync import protocol
from sync.protocol import Malformed
from sync.server import blobs, history, leases, publishing, receptions, snapshots, verdicts
from sync.server.history import Entry
from sync.server.models import RECEIVED, Op, Quarantine, Submission, UnionHead, Unit

KNOWN = frozenset(fields.entities())


def project(unit: Unit, places: Iterable[int], entries: Iterable[Entry], *, province: bool = False) -> None:
    """Make of newly stored ops what can be made; what cannot is quarantined, never refused.

    The unit's head row is locked. `province`: they are the province's own, come back to a restored server.
    """
    for place, made in zip(places, entries, strict=True):
        if made.op is not None and made.op.entity in KNOWN and not (province or _tells(made.op)):
            continue
        row = Op.objects.get(unit=unit, seq=place)
        fault = _make(unit, row, made.op) if made.op else made.fault
        if fault:
            history.quarantine(row, fault)


def look_again() -> int:
    """After an upgrade: make what can now be made of the ops in quarantine. Answers how many came out."""
    freed = 0
    for held in Quarantine.objects.select_related("op", "op__unit", "op__device").order_by("op__unit", "op__seq"):
        row = held.op
        payload = None if row.payload is None else bytes(row.payload)
        try:
            op = protocol.decode(row.device.device, bytes(row.raw), payload)
        except Malformed:
            continue
        with transaction.atomic():
            UnionHead.objects.select_for_update().get(unit=row.unit_id)
            if not _make(row.unit, row, op):
                Op.objects.filter(pk=row.pk).update(entity=op.entity, record=op.record)
                held.delete()
                freed += 1
    return freed


def _tells(op: protocol.Op) -> bool:
    """Whether the province makes anything of a known op."""
    return op.entity in ("submission", "reception", "lease_move") or op.kind == "erase"


def _make(unit: Unit, row: Op, op: protocol.Op) -> str:
    """Project one op; answers why it cannot be, "" if it was."""
    if op.entity not in KNOWN:
        return f"unknown entity {op.entity!r}"
    if op.kind == "erase":
        named = _contents_of(Op.objects.filter(unit=unit, record=op.record)) if op.entity == "attachment" else set()
        of_record = Op.objects.filter(unit=unit, record=op.record)
        of_record.update(payload=None)
        snapshots.forget(unit, list(of_record.values_list("seq", flat=True)))
        if named:
            for sha256 in named - _contents_of(Op.objects.filter(unit=unit, entity="attachment")):
                blobs.forget(unit, sha256)
    elif op.entity == "submission" and op.kind == "set":
        try:
            with transaction.atomic():
                _submission(unit, row, op)
        except (ValueError, TypeError, DatabaseError) as fault:
            return f"submission: {type(fault).__name__}"
    elif row.device.province and op.kind == "set":
        return _said_before(unit, row, op)
    elif op.entity == "reception":
        try:
            with transaction.atomic():
                receptions.project(unit, op)
        except (ValueError, TypeError, DatabaseError) as fault:
            return f"reception: {type(fault).__name__}"
    elif op.entity == "lease_move" and op.kind == "set":
        try:
            with transaction.atomic():
                leases.project(unit, row.device, op)
        except (ValueError, TypeError, DatabaseError) as fault:
            return f"lease: {type(fault).__name__}"
    return ""


def _said_before(unit: Unit, row: Op, op: protocol.Op) -> str:
    """What the province said in a former life of the database: a verdict, or something said to all units."""
    try:
        with transaction.atomic():
            if op.entity == "verdict":
                return verdicts.said_before(unit, row, op)
            publishing.said_before(op)
    except (ValueError, TypeError, DatabaseError) as fault:
        return f"{op.entity}: {type(fault).__name__}"
    return ""


def _contents_of(ops: QuerySet[Op]) -> set[str]:
    """The contents of files that these entries name."""
    named = set()
    for device, raw, payload in ops.exclude(payload=None).values_list("device__device", "raw", "payload"):
        try:
            told = protocol.decode(device, bytes(raw), bytes(payload or b"")).fields or {}
        except Malformed:
            continue
        if isinstance(sha256 := told.get("sha256"), str) and set(sha256) <= set("0123456789abcdef"):
            named.add(sha256)
    return named


def _submission(unit: Unit, row: Op, op: protocol.Op) -> None:
    held = Submission.objects.filter(pk=op.record).first()
    if held is not None:  # sealed: of all its fields only the covering note can still change
        if held.unit_id == unit.pk and isinstance(note := (op.fields or {}).get("note"), str):
            held.note = note
            held.save(update_fields=["note"])
        return
    sent = wire.from_wire(records.Submission, op.record, op.fields or {})
    content = protocol.canonical(sent.content)
    made = Submission.objects.create(
        id=op.record,
        unit=unit,
        op=row,
        form=sent.form,
        period=sent.period,
        version=sent.version,
        note=sent.note,
        digest=sent.digest,
        digest_ok=hashlib.sha256(content).hexdigest() == sent.digest,
        content=content,
    )
    newest = verdicts.latest(made)
    Submission.objects.filter(unit=unit, form=made.form, period=made.period).exclude(pk=newest.pk).update(replaced=True)
    verdicts.write(made, RECEIVED, "Máy chủ")
    for waits in Quarantine.objects.filter(op__unit=unit, op__entity="verdict", op__device__province=True):
        told = protocol.decode(waits.op.device.device, bytes(waits.op.raw))
        if not verdicts.said_before(unit, waits.op, told):
            waits.delete()
