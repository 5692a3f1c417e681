"""The list of movements of a period, name by name: what the count form adds up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import resources
from desktop_app.domain.movements import Kinds
from desktop_app.domain.records import Union
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.member_papers import signatures
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage.movements import Happened


def movement_list(
    unit: Union, kinds: Kinds, rows: Sequence[Happened], day: date, *, period: str = "", told: str = ""
) -> Report:
    """The movements given, oldest first; `period` ("Năm 2026") and `told` ("Tổ may 2, giảm") say which they are."""
    text = _words(day)
    columns = tuple(Column(**column) for column in text["columns"])
    made = []
    for number, row in enumerate(reversed(rows), 1):
        cells: dict[str, Cell] = {"no": str(number), "kind": kinds.name(row.kind)}
        cells |= {key: read(row) for key, read in _CELLS.items()}
        cells["note"] = text["corrected"] if row.corrected else ""
        made.append(Row(cells, code=row.person))
    count = text["count"].replace("[count]", str(len(made)))
    return Report(
        "", text["title"], letterhead(unit), subtitle=told, period_label=period,
        sections=(Section(table=Table(columns, tuple(made))), Section(paragraphs=(count,))),
        signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY, landscape=True,
    )  # fmt: skip


_CELLS: Mapping[str, Callable[[Happened], Cell]] = {
    "day": lambda row: _day(row.day),
    "name": lambda row: row.name,
    "team": lambda row: row.team,
    "from_unit": lambda row: row.from_unit,
    "to_unit": lambda row: row.to_unit,
    "document": lambda row: row.document,
    "document_day": lambda row: _day(row.document_day),
    "reason": lambda row: row.reason,
}


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _words(day: date) -> Mapping[str, Any]:
    held = [version for version in _papers()["list"] if version["from"] <= day] or _papers()["list"][:1]
    return max(held, key=lambda version: version["from"])


@cache
def _papers() -> Mapping[str, Any]:
    return resources.read("papers/movements.toml")
