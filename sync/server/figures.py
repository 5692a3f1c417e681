"""A submission's figures in the rows of its official form, beside those of the version before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import resources
from desktop_app.domain import form_texts
from desktop_app.domain.dates import Period
from sync.server import publishing
from sync.server.models import Submission, Verdict


@dataclass(frozen=True)
class Row:
    """One line of the form: `key` finds its figure, "" for a heading; `code` is what the form prints as mã.

    `before` is None if there is no earlier version; `reason` is why the unit typed over a computed figure.
    """

    no: str
    key: str
    code: str
    text: str
    style: str
    value: Any = None
    before: Any = None
    note: str = ""
    reason: str = ""

    @property
    def changed(self) -> bool:
        return self.before is not None and self.before != self.value

    @property
    def difference(self) -> int | None:
        """How much more than before, where both are numbers."""
        if isinstance(self.value, int) and isinstance(self.before, int):
            return self.value - self.before
        return None


@dataclass(frozen=True)
class Section:
    """A part of the form, e.g. *Chỉ tiêu cơ bản*."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Figures:
    """What the page of a submission shows of its content."""

    title: str
    sections: tuple[Section, ...]
    checks: tuple[Mapping[str, Any], ...]
    changes: int


def figures(submission: Submission, before: Submission | None, notes: Mapping[str, str]) -> Figures:
    """The figures of a submission; `notes` are the province's, by code."""
    form = _form(submission.form, submission.period)
    values, earlier = _values(submission), _values(before) if before else None
    overridden = submission.report.get("overridden")
    reasons: Mapping[str, Any] = overridden if isinstance(overridden, dict) else {}
    shown: set[str] = set()

    def row(given: Mapping[str, Any]) -> Row:
        code = str(given.get("code", ""))
        key = code or str(given.get("key", ""))
        key = key if key in values else ""
        shown.add(key)
        return Row(
            no=str(given.get("no", "")),
            key=key,
            code=code,
            text=str(given.get("text", key)),
            style=str(given.get("style", "")),
            value=values.get(key),
            before=earlier.get(key, 0) if earlier and key else None,
            note=notes.get(key, ""),
            reason=str(reasons.get(key, "")),
        )

    sections = [
        Section("Chỉ tiêu cơ bản", tuple(row(given) for given in form.get("basics", ()))),
        Section("Số liệu", tuple(row(given) for given in form.get("rows", ()))),
    ]
    others = sorted(set(values) - shown, key=_natural)
    sections.append(Section("Ô khác" if form else "Số liệu", tuple(row({"code": code}) for code in others)))
    kept = tuple(section for section in sections if section.rows)
    checks = submission.report.get("checks")
    return Figures(
        title=str(form.get("title", f"Báo cáo mẫu {submission.form}")),
        sections=kept,
        checks=tuple(check for check in checks if isinstance(check, dict)) if isinstance(checks, list) else (),
        changes=sum(one.changed for section in kept for one in section.rows),
    )


def before(submission: Submission) -> Submission | None:
    """The version of the same report handed in before this one."""
    return (
        Submission.objects.filter(
            unit=submission.unit_id, form=submission.form, period=submission.period, op__seq__lt=submission.op.seq
        )
        .order_by("-version", "-op__seq")
        .first()
    )


def notes(submission: Submission) -> dict[str, str]:
    """The province's notes on cells of this version."""
    found: dict[str, str] = {}
    for verdict in Verdict.objects.filter(submission=submission).order_by("op__seq"):
        found |= verdict.cells
    return found


def form_name(form: str) -> str:
    """A form's title, for lists."""
    title = str(_form(form, "").get("title", ""))
    return f"{form} · {title.capitalize()}" if title else form


def _values(submission: Submission) -> dict[str, Any]:
    report = submission.report
    parts = (report.get(part) for part in ("basics", "cells", "totals"))
    return {str(code): value for part in parts if isinstance(part, dict) for code, value in part.items()}


def _form(form: str, period: str) -> Mapping[str, Any]:
    """The form's declaration in force at the period's end (else the newest), or nothing if it is not known here."""
    versions = sorted(_versions(form), key=lambda version: str(version["from"]))
    try:
        day = Period.parse(period).last.isoformat()
    except ValueError:
        day = "9999"
    in_force = [version for version in versions if str(version["from"]) <= day]
    found: Mapping[str, Any] = (in_force or versions or [{}])[-1]
    return form_texts.with_texts(found, _sent(form, str(found.get("from", "")), day)) if found else found


def _sent(form: str, since: str, day: str) -> dict[str, Any]:
    """The words of a form that the province corrected, in force on a day, by path."""
    told = sorted((rate for rate in publishing.told("rate") if rate.name.startswith(f"{form}/")), key=_day)
    return {r.name.partition("/")[2]: r.value["value"] for r in told if since <= str(r.since) <= day}


def _day(rate: Any) -> str:
    return str(rate.since)


@lru_cache(maxsize=64)
def _versions(form: str) -> tuple[Mapping[str, Any], ...]:
    try:
        known = resources.names("forms")
    except FileNotFoundError:
        return ()
    name = f"forms/{form}.toml"
    return tuple(resources.read(name).get("form", ())) if name in known else ()


def _natural(code: str) -> list[tuple[int, str]]:
    """25.01 after 25 and before 28."""
    return [(int(part), "") if part.isdecimal() else (10**9, part) for part in code.split(".")]
