"""Questions about reports handed in: which version, in which state, with which notes of the level above."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop_app.domain.dates import Period
from desktop_app.domain.records import FiledReport, Submission, Verdict
from desktop_app.storage import rows
from desktop_app.storage.book import Book
from sync import protocol

SETTLEMENT, MEMBERS = "B07", "1-HDCD"
DRAFT, SENT, RECEIVED, RETURNED, ACCEPTED = "nháp", "đã nộp", "đã tiếp nhận", "trả lại", "đã duyệt"


@dataclass(frozen=True)
class Filing:
    """Where a report of a period stands: its latest version, and what the level above said of it.

    `notes` are the notes on cells, by code. Of a draft never handed in `version` is 0 and `submission` None.
    """

    form: str
    period: str
    state: str = DRAFT
    version: int = 0
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    submission: Submission | None = None
    verdict: Verdict | None = None

    @property
    def may_submit(self) -> bool:
        """Everything but an accepted report may be handed in (again)."""
        return self.state != ACCEPTED


def states(book: Book) -> list[Filing]:
    """Every report that was begun or handed in, the latest handed in first."""
    keys = {(report.form, report.period): "" for report in book.all(FiledReport)}
    keys |= {(sent.form, sent.period): sent.id for sent in rows.find(book.db, Submission, order="id")}
    return [state(book, *key) for key in sorted(keys, key=lambda key: keys[key], reverse=True)]


def state(book: Book, form: str, period: str) -> Filing:
    """Where the report of a form and period stands."""
    sent = submissions(book, form, period)
    if not sent:
        return Filing(form, period)
    latest = sent[-1]
    verdict = verdict_of(book, latest.id)
    if verdict is None:
        return Filing(form, period, SENT, latest.version, submission=latest)
    notes = {str(code): str(note) for code, note in verdict.cells.items()}
    return Filing(form, period, verdict.state, latest.version, verdict.note, notes, latest, verdict)


def submissions(book: Book, form: str, period: str) -> list[Submission]:
    """The versions handed in of a report, the latest last."""
    return list(rows.find(book.db, Submission, "form = ? AND period = ?", [form, period], order="version, id"))


def verdict_of(book: Book, submission: str) -> Verdict | None:
    """What the level above says of a version now: its latest decision, else that it was received."""
    decided_first = "state = 'đã tiếp nhận', day DESC, rowid DESC"
    return next(rows.find(book.db, Verdict, "submission = ?", [submission], order=decided_first), None)


def draft(book: Book, form: str, period: str) -> FiledReport | None:
    """The typed cells of a report, if any were typed (of two begun at once, the first)."""
    return next(rows.find(book.db, FiledReport, "form = ? AND period = ?", [form, period], order="id"), None)


def next_version(book: Book, form: str, period: str) -> int:
    """The number the next version handed in will have: 1 for the first."""
    return max((sent.version for sent in submissions(book, form, period)), default=0) + 1


def version_now(book: Book, form: str, period: str) -> int:
    """The version on the desk: the one handed in while the level above has it, else the next one."""
    found = state(book, form, period)
    return found.version + (found.state in (DRAFT, RETURNED))


def approved_cells(book: Book, form: str, period: str) -> dict[str, int]:
    """The figures the level above accepted, by mã or key of a total; none before it accepted."""
    found = state(book, form, period)
    if found.state != ACCEPTED or found.submission is None:
        return {}
    return cells_of(found.submission)


def cells_of(sent: Submission) -> dict[str, Any]:
    """The cells and totals of a version handed in."""
    return {**sent.content.get("cells", {}), **sent.content.get("totals", {})}


def closing_before(book: Book, form: str, first: date) -> int | None:
    """Mã 50 of the latest settlement handed in, and not returned, that ends the day before a period."""
    eve = first - timedelta(days=1)
    found: int | None = None
    for sent in rows.find(book.db, Submission, "form = ?", [form], order="id"):
        if Period.parse(sent.period).last == eve and state(book, form, sent.period).state != RETURNED:
            found = int(sent.content.get("cells", {}).get("50", 0))
    return found


def lock(book: Book) -> tuple[str, Filing] | None:
    """The latest month a settlement holds shut, and that settlement: from handing in until it is returned, and for
    good once it is accepted. A voucher in or before that month would change what was handed in.
    """
    found = [
        (Period.parse(sent.period).months[-1], sent.period)
        for sent in rows.find(book.db, Submission, "form = ?", [SETTLEMENT])
    ]
    for month, period in sorted(set(found), reverse=True):
        filing = state(book, SETTLEMENT, period)
        if filing.state != RETURNED:
            return month, filing
    return None


def holding(book: Book) -> list[tuple[str, Submission]]:
    """The settlements handed in and not returned: the last month of each, and the version that was signed."""
    periods = {sent.period for sent in rows.find(book.db, Submission, "form = ?", [SETTLEMENT])}
    found = [(Period.parse(period).months[-1], state(book, SETTLEMENT, period)) for period in sorted(periods)]
    return [(month, one.submission) for month, one in found if one.state != RETURNED and one.submission is not None]


def counted(book: Book, day: date) -> str:
    """The period ("Năm 2026") of a report on members, handed in and not returned, that counts a day; "" if none."""
    for sent in rows.find(book.db, Submission, "form = ?", [MEMBERS], order="id"):
        if str(sent.content.get("day", "")) >= day.isoformat() and state(book, MEMBERS, sent.period).state != RETURNED:
            return Period.parse(sent.period).label
    return ""


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a report's canonical form, hex: the level above recomputes it from what it received."""
    return hashlib.sha256(protocol.canonical(dict(content))).hexdigest()


def size(content: Mapping[str, Any], note: str) -> int:
    """How many bytes the figures and the note of a submission take in its journal entry."""
    return len(protocol.canonical([dict(content), note]))
