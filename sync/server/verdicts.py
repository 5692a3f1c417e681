"""The province's answers: accept, return with notes; each one an op in the unit's history and a line of the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import uuid_utils
from django.db import transaction
from django.utils import timezone

from desktop_app.domain import fields, records, wire
from desktop_app.domain.errors import Problem, Refused
from sync import protocol
from sync.server import audit, pen
from sync.server.models import ACCEPTED, RECEIVED, RETURNED, Op, Submission, UnionHead, Unit, Verdict

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
    cells = dict(cells or {})
    id_ = str(uuid_utils.uuid7())
    now = timezone.now()
    given = {"submission": str(submission.pk), "state": state, "note": note, "cells": cells}
    record = fields.build(records.Verdict, {**given, "id": id_, "day": timezone.localdate(now)})
    deed = {ACCEPTED: "accept", RETURNED: "return"}.get(state, "receive")
    op = pen.write(submission.unit, record, who, f"verdict.{deed}")
    return Verdict.objects.create(
        id=id_, submission=submission, op=op, state=state, note=record.note, cells=cells, by=who, at=now
    )


def said_before(unit: Unit, row: Op, op: protocol.Op) -> str:
    """A verdict of a former life of the database, come back; answers why nothing could be made of it yet, "" if it was.

    What the staff decided since stays. Raises `ValueError` for values of other types.
    """
    told = wire.from_wire(records.Verdict, op.record, op.fields or {})
    held = Submission.objects.filter(unit=unit, pk=told.submission).first()
    if held is None:
        return "verdict: its submission is missing"
    at = timezone.now() if op.hlc >> 16 >= 1 << 42 else datetime.fromtimestamp((op.hlc >> 16) / 1000, UTC)
    facts = {"submission": held, "op": row, "state": told.state, "note": told.note, "cells": dict(told.cells)}
    Verdict.objects.get_or_create(id=op.record, defaults={**facts, "by": op.actor, "at": at})
    if held.state == RECEIVED and told.state in (ACCEPTED, RETURNED):
        held.state = told.state
        held.save(update_fields=["state"])
    return ""


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
