"""The inbox and one submission, as plain mappings: what the commands and the JSON addresses answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Problem, Refused
from sync.server.models import STATES, Submission, Verdict


def entries(state: str | None = None) -> list[dict[str, Any]]:
    """Submissions, those that wait first, then the newest. Raises `Refused` for an unknown state."""
    found = Submission.objects.select_related("unit").defer("content").order_by("-received")
    if state:
        found = found.filter(state=_state(state))
    return [entry(submission) for submission in sorted(found, key=lambda one: not one.waits)]


def entry(submission: Submission) -> dict[str, Any]:
    """A line of the inbox."""
    return {
        "id": str(submission.pk),
        "unit": submission.unit.code,
        "name": submission.unit.name,
        "form": submission.form,
        "period": submission.period,
        "version": submission.version,
        "state": submission.state,
        "latest": not submission.replaced,
        "note": submission.note,
        "received": timezone.localtime(submission.received).isoformat(timespec="seconds"),
        "hash": submission.digest,
        "hash_ok": submission.digest_ok,
    }


def whole(submission: Submission) -> dict[str, Any]:
    """A line of the inbox with the report and every verdict."""
    verdicts = [
        {
            "state": verdict.state,
            "note": verdict.note,
            "cells": verdict.cells,
            "by": verdict.by,
            "at": timezone.localtime(verdict.at).isoformat(timespec="seconds"),
        }
        for verdict in Verdict.objects.filter(submission=submission).order_by("op__seq")
    ]
    return {**entry(submission), "content": submission.report, "verdicts": verdicts}


def find(id_: str) -> Submission:
    """The submission of an id. Raises `Refused`."""
    try:
        found = Submission.objects.select_related("unit").filter(pk=UUID(id_)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused([Problem("id", f"Không có hồ sơ “{id_}”. Hãy xem lại danh sách hồ sơ.")])
    return found


def _state(given: str) -> str:
    folded = vietnamese.fold(given)
    for state in STATES:
        if vietnamese.fold(state) == folded:
            return state
    raise Refused([Problem("state", f"Không có trạng thái “{given}”. Hãy chọn: {', '.join(STATES)}.")])
