"""What the province sees of an op: submissions become entries of the inbox, an erasure empties what it names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import DatabaseError, transaction

from desktop_app.domain import fields, records
from sync import protocol
from sync.server import history, verdicts
from sync.server.models import RECEIVED, Op, Submission, Unit

KNOWN = frozenset(fields.entities())


def project(unit: Unit, stored: Sequence[tuple[Op, protocol.Op | None]]) -> None:
    """Make of newly stored ops what can be made; what cannot is quarantined, never refused."""
    for row, op in stored:
        if op is None:
            continue
        if op.entity not in KNOWN:
            history.quarantine(row, f"unknown entity {op.entity!r}")
        elif op.kind == "erase":
            Op.objects.filter(unit=unit, record=op.record).update(payload=None)
        elif op.entity == "submission" and op.kind == "set":
            try:
                with transaction.atomic():
                    _submission(unit, row, op)
            except (ValueError, TypeError, DatabaseError) as fault:
                history.quarantine(row, f"submission: {type(fault).__name__}")


def _submission(unit: Unit, row: Op, op: protocol.Op) -> None:
    held = Submission.objects.filter(pk=op.record).first()
    if held is not None:  # sealed: of all its fields only the covering note can still change
        if held.unit_id == unit.pk and isinstance(note := (op.fields or {}).get("note"), str):
            held.note = note
            held.save(update_fields=["note"])
        return
    sent = fields.from_wire(records.Submission, op.record, op.fields or {})
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
