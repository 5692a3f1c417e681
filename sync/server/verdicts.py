"""The province's answers: accept, return with notes; each one an op in the unit's history and a line of the log."""

from __future__ import annotations

from collections.abc import Mapping

import uuid_utils
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from desktop_app.domain import fields, records
from desktop_app.domain.errors import Problem, Refused
from sync import messages, protocol
from sync.protocol import SCHEMA, Clock
from sync.server import audit, clock, history, keys
from sync.server.models import (
    ACCEPTED,
    RECEIVED,
    RETURNED,
    Device,
    Installation,
    Op,
    Submission,
    UnionHead,
    Unit,
    Verdict,
)

LONGEST_CELL_NOTE = 500


def accept(submission: Submission, who: str) -> Submission:
    """Accept the latest version of a report. Raises `Refused` if it is decided or replaced."""
    return _decide(submission, ACCEPTED, "", {}, who)


def send_back(submission: Submission, note: str, cells: Mapping[str, str], who: str) -> Submission:
    """Return the latest version of a report with a note, and notes on cells by code. Raises `Refused`."""
    note = _typed(note)
    if not note:
        raise Refused([Problem("note", "Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")])
    notes = {code.strip(): _typed(text) for code, text in cells.items() if _typed(text)}
    known = cells_of(submission)
    for code, text in notes.items():
        if code not in known:
            raise Refused([Problem(f"cells.{code}", f"Báo cáo này không có ô mã {code}.")])
        if len(text) > LONGEST_CELL_NOTE:
            longest = f"dài {len(text)} ký tự, nhiều nhất là {LONGEST_CELL_NOTE}. Hãy viết ngắn lại."
            raise Refused([Problem(f"cells.{code}", f"Ghi chú ô {code} {longest}")])
    return _decide(submission, RETURNED, note, notes, who)


def _typed(text: str) -> str:
    """What a person typed, without NUL, which no database of text can keep."""
    return text.replace("\0", "").strip()


def cells_of(submission: Submission) -> set[str]:
    """The codes of a submission that can carry a note."""
    report = submission.report
    parts = (report.get(part) for part in ("cells", "totals", "basics"))
    return {str(code) for part in parts if isinstance(part, dict) for code in part}


def latest(submission: Submission) -> Submission:
    """The newest version of the same report of the same unit."""
    versions = Submission.objects.filter(
        unit=submission.unit_id, form=submission.form, period=submission.period
    ).order_by("-version", "-op__seq")
    return versions[0]


def write(
    submission: Submission, state: str, who: str, note: str = "", cells: Mapping[str, str] | None = None
) -> Verdict:
    """Store a verdict as an op of the unit's province device; the unit's head row is locked. Raises `Refused`."""
    unit, cells = submission.unit, dict(cells or {})
    id_ = str(uuid_utils.uuid7())
    now = timezone.now()
    given = {"submission": str(submission.pk), "state": state, "note": note, "cells": cells}
    record = fields.build(records.Verdict, {**given, "id": id_, "day": timezone.localdate(now)})
    op = _append(unit, id_, fields.to_wire(record), who, {ACCEPTED: "accept", RETURNED: "return"}.get(state, "receive"))
    return Verdict.objects.create(
        id=id_, submission=submission, op=op, state=state, note=record.note, cells=cells, by=who, at=now
    )


def _decide(submission: Submission, state: str, note: str, cells: Mapping[str, str], who: str) -> Submission:
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=submission.unit_id)
        held = Submission.objects.select_related("unit").get(pk=submission.pk)
        newest = latest(held)
        if newest.pk != held.pk:
            raise Refused(f"Đơn vị đã nộp lần {newest.version} của báo cáo này. Hãy xem và quyết định trên lần mới.")
        if held.state != RECEIVED:
            decided = Verdict.objects.filter(submission=held).exclude(state=RECEIVED).latest("at")
            when = timezone.localtime(decided.at)
            raise Refused(f"Báo cáo này {held.state} rồi, do {decided.by} lúc {when:%H:%M %d/%m/%Y}.")
        write(held, state, who, note, cells)
        held.state = state
        held.save(update_fields=["state"])
        deed = "Duyệt báo cáo" if state == ACCEPTED else "Trả lại báo cáo"
        audit.note(who, deed, held.unit, f"{held.form}, kỳ {held.period}, lần nộp {held.version}")
    return held


def _append(unit: Unit, record: str, values: Mapping[str, object], who: str, verb: str) -> Op:
    device = _pen(unit)
    last = Op.objects.filter(device=device, dseq=device.dseq).first()
    before = protocol.decode(device.device, bytes(last.raw)).hlc if last else 0
    op = protocol.Op(
        device=device.device,
        dseq=device.dseq + 1,
        hlc=Clock(before).tick(clock.now_ms()).last,
        schema=SCHEMA,
        actor=who,
        verb=f"verdict.{verb}",
        entity="verdict",
        record=record,
        kind="set",
        fields=values,
        base=(),
    )
    raw, _ = protocol.encode(op)
    made = history.entry(device.device, op.dseq, raw, None, bytes(device.hash))
    return Op.objects.get(unit=unit, seq=history.append(unit, device, [made])[0])


def _pen(unit: Unit) -> Device:
    """The province's own device in the unit's history; made when first needed.

    A restored server (a later epoch) takes a new one: PCs may hold more of the old one's chain than the backup did.
    """
    public = keys.public(keys.seed(settings.SERVER_DATA))
    epoch = Installation.objects.get().epoch
    name = messages.province_device(public, unit.code, epoch)
    held = Device.objects.filter(device=name).first()
    if held is not None:
        return held
    return Device.objects.create(
        unit=unit,
        device=name,
        key=public,
        province=True,
        issued=clock.now_ms(),
        hash=protocol.genesis(unit.code, name),
    )
