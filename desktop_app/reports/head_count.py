"""BDDV, *Báo cáo biến động đoàn viên (đoàn số)*: heads by tổ over a period, from movements."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.domain import head_count, vietnamese
from desktop_app.domain.dates import Period
from desktop_app.domain.formulas import Check
from desktop_app.domain.head_count import Row as Heads
from desktop_app.domain.organisation import Tree
from desktop_app.domain.records import Unit
from desktop_app.reports.forms import Form
from desktop_app.reports.model import Cell, Row, Section, Table
from desktop_app.reports.paper import Made, paper
from desktop_app.storage import movements, organisation
from desktop_app.storage.book import Book

_NO_TEAM = "(Chưa xếp tổ)"
_SHOWN = 5  # names in a check
_INDENT = "\u2003"


def heads(book: Book, first: date, last: date) -> dict[str, Heads]:
    """The heads of a span of days by tổ, in the order people count them; who has no tổ comes last.

    However a tổ is spelled in people's records it is one row.
    """
    known, spelled = movements.kinds(last), organisation.spellings(book)
    found: dict[str, Heads] = {}
    counted = head_count.count(known, movements.people(book), movements.written_of_all(book), first, last)
    for team, row in counted.items():
        found.setdefault(spelled.get(vietnamese.fold(team), team), Heads()).update(row)
    order = sorted((team for team in found if team), key=vietnamese.reading_order)
    return {team: found[team] for team in [*order, *([""] if "" in found else [])]}


def heads_paper(book: Book, declared: Form, period: Period) -> Made:
    """The report of a period with its checks: every row adds up, and its end is the beginning of what follows."""
    found = heads(book, period.first, period.last)
    sums = head_count.total(found.values())
    keys = [column["key"] for column in declared.columns if column["key"] != "team"]
    rows = _rows(organisation.tree(book, period.last), found, keys)
    rows.append(Row(_cells("Cộng", sums, keys), "total"))
    table = Table(declared.table_columns(), tuple(rows))
    sections = (Section(table=table), Section(paragraphs=declared.paragraphs))
    report = paper(book, declared, period.label, sections)
    answer = {
        "form": declared.code,
        "period": period.key,
        "rows": [{"team": team, "cells": {key: row[key] for key in keys}} for team, row in found.items()],
        "totals": {key: sums[key] for key in keys},
        "checks": [check.answer() for check in _checks(book, period, found)],
    }
    return Made(report, answer)


def _rows(now: Tree, found: dict[str, Heads], keys: list[str]) -> list[Row]:
    """The tổ as the tree of the last day has them, each bộ phận with its sum in bold; those of no unit at the end."""
    left = dict(found)
    branches = [unit for unit in organisation.in_order(now, "") if now.children(unit.id)]
    made = [row for unit in branches for row in _branch(now, unit, left, keys, 0)]
    return made + [Row(_cells(team or _NO_TEAM, row, keys)) for team, row in left.items()]


def _branch(now: Tree, unit: Unit, left: dict[str, Heads], keys: list[str], depth: int) -> list[Row]:
    """A unit's row, with those below it; what is told is taken out of `left`."""
    pad = _INDENT * depth
    if not now.children(unit.id):
        row = left.pop(unit.name, None)
        return [Row(_cells(pad + unit.name, row, keys))] if row else []
    sums = head_count.total(left[one.name] for one in now.under(unit.id) if one.name in left)
    own = left.pop(unit.name, None)
    made = [Row(_cells(f"{pad}{_INDENT}(trực tiếp)", own, keys))] if own else []
    below = [row for one in organisation.in_order(now, unit.id) for row in _branch(now, one, left, keys, depth + 1)]
    return [Row(_cells(pad + unit.name, sums, keys), "bold"), *made, *below]


def _cells(team: str, row: Heads, keys: list[str]) -> dict[str, Cell]:
    return {"team": team, **{key: row[key] for key in keys}}


def _checks(book: Book, period: Period, found: dict[str, Heads]) -> list[Check]:
    """E of every row against its movements, and against the beginning of the day after."""
    known = movements.kinds(period.last)
    eve = period.last + timedelta(days=1)
    after = heads(book, eve, eve)
    made = []
    for team, row in found.items():
        name, begin = team or _NO_TEAM, after.get(team, Heads())["B"]
        should = head_count.expected(known, row)
        for rule, right in ((f"{name}: E = B + C − D", should), (f"{name}: E = B kỳ sau", begin)):
            made.append(Check(rule, "error", row["E"] == right, row["E"], right))
    unlike = [name for _, name in movements.unlike(book, period.last)]
    told = f"Danh sách và biến động nói khác nhau: {', '.join(unlike[:_SHOWN])}. Hãy bấm Làm khớp ở trang Biến động."
    made.append(Check("Danh sách khớp biến động", "warning", not unlike, len(unlike), 0, told if unlike else ""))
    return made
