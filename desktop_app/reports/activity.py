"""Activity reports (Mẫu 1-HĐCĐ): cells computed from people and wages, the others typed; a reason for each override."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desktop_app.domain import amounts, dates, head_count
from desktop_app.domain.dates import Period
from desktop_app.domain.formulas import Check, check
from desktop_app.reports.forms import Form, FormRow
from desktop_app.reports.head_count import heads
from desktop_app.reports.model import Cell, Row, Section, Table
from desktop_app.reports.paper import Made, paper
from desktop_app.storage import filings, movements, workforce
from desktop_app.storage.book import Book
from desktop_app.storage.filings import Filing


@dataclass(frozen=True)
class Activity:
    """An activity report before it is drawn.

    `computed` is what the book says, `cells` what the report says: typed values win, and where one differs from a
    computed cell `overridden` holds its reason.
    """

    form: Form
    period: Period
    day: date
    filing: Filing
    computed: Mapping[str, int]
    cells: Mapping[str, int]
    overridden: Mapping[str, str]
    checks: tuple[Check, ...]

    def answer(self) -> dict[str, Any]:
        """The figures as the command line answers them (and a submission carries them)."""
        return {
            "form": self.form.code,
            "period": self.period.key,
            "state": self.filing.state,
            "cells": dict(self.cells),
            "overridden": dict(self.overridden),
            "checks": [check.answer() for check in self.checks],
        }


def activity(book: Book, declared: Form, period: Period) -> Activity:
    """The report of a period: what the book says, and what was typed."""
    day = as_of(declared, period)
    facts = _facts(workforce.on(book, day), head_count.total(heads(book, begins(declared, period), day).values()))
    computed = {row.code: facts[row.source](row) for row in declared.rows if row.source}
    typed = filings.draft(book, declared.code, period.key)
    given = {code: int(value) for code, value in typed.typed.items() if declared.row(code)} if typed else {}
    reasons = typed.reasons if typed else {}
    cells = {code: given.get(code, computed.get(code, 0)) for code in declared.codes}
    overridden = {
        code: str(reasons.get(code, "")) for code in computed if code in given and given[code] != computed[code]
    }
    filing = filings.state(book, declared.code, period.key)
    return Activity(
        declared, period, day, filing, computed, cells, overridden, check(declared.rules, cells)
    )  # fmt: skip


def as_of(declared: Form, period: Period) -> date:
    """The day the figures stand at: the form's cut-off for a half-year or a year, else the period's last day."""
    kind = "year" if period.key.isdigit() else period.key.partition("-")[2][:2]
    cutoff = declared.cutoff.get(kind)
    return date.fromisoformat(f"{period.last.year:04}-{cutoff}") if cutoff else period.last


def begins(declared: Form, period: Period) -> date:
    """The first day the figures are about: after the cut-off of the period before, else the period's first day."""
    kind = "year" if period.key.isdigit() else period.key.partition("-")[2][:2]
    before = {"year": "year", "H1": "H2", "H2": "H1"}.get(kind, "")
    cutoff = declared.cutoff.get(before)
    if not cutoff:
        return period.first
    year = period.last.year if kind == "H2" else period.last.year - 1
    return date.fromisoformat(f"{year:04}-{cutoff}") + timedelta(days=1)


def _facts(now: workforce.Workforce, moved: head_count.Row) -> Mapping[str, Callable[[FormRow], int]]:
    """The facts a row may name as its source; where persons are not had the typed members were there all the time."""
    known = movements.kinds(date.max)
    told = {"KN", "KNL", "CDEN", "CDI", "NH", "TV"}
    other = {code for code, kind in known.kinds.items() if kind.does == "out"} - told

    def count(heads: int) -> Callable[[FormRow], int]:
        return lambda _: heads

    return {
        **{f"moved.{code}": count(moved[code]) for code in told},
        "moved.other": count(sum(moved[code] for code in other)),
        "moved.before": count(moved["B"] if moved else now.members),
        "workers": lambda _: now.workers,
        "women": lambda _: now.women,
        "members": lambda _: now.members,
        "member_women": lambda _: now.member_women,
        "insured": lambda _: now.insured,
        "waged": lambda _: now.waged,
        "average_wage": lambda _: amounts.half_up(now.wages, now.waged) if now.waged else 0,
    }


def activity_paper(book: Book, declared: Form, period: Period) -> Made:
    """The report as a paper, with why a computed figure was typed over in the last column."""
    made = activity(book, declared, period)
    rows = []
    for row in declared.rows:
        cells: dict[str, Cell] = {"no": row.no, "text": row.text, "measure": row.measure}
        if row.code:
            cells |= {"value": made.cells[row.code], "note": made.overridden.get(row.code, "")}
        rows.append(Row(cells if row.code else {"text": row.text}, row.style, row.code))
    table = Table(declared.table_columns(), tuple(rows))
    report = paper(
        book, declared, f"(Số liệu tính đến ngày {dates.show_day(made.day)})",
        (Section(declared.headings[0], table=table),), subtitle=period.label, short=period.label,
    )  # fmt: skip
    return Made(report, made.answer())
