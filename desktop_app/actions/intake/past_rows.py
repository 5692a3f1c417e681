"""An old settlement (B07) of any layout as the figures of a year: by mã and words, whichever form it was written on."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from desktop_app.actions import past_years
from desktop_app.actions.intake.counter import Intake
from desktop_app.actions.past_years import Form
from desktop_app.domain import amounts
from desktop_app.domain.errors import Problem
from desktop_app.domain.fields import build
from desktop_app.domain.records import PastYear
from desktop_app.exchange.layout import key
from desktop_app.exchange.tables import Row, Table
from desktop_app.storage.book import new_id

_ALIKE = 0.6
_Said = tuple[Row, dict[str, Any], list[Problem]]


def read_settlement(intake: Intake, table: Table, year: int, source: str) -> tuple[str, bool]:
    """Store the figures of a year, in place of those it had; answers what is to be said of the whole, and whether that
    is a doubt. A row whose mã is on no form, or whose amount cannot be read, is given back.
    """
    rows: list[_Said] = [(row, *table.values(row)) for row in intake.rows(table)]
    form = _written_on([values for _, values, _ in rows], year)
    cells, by_words = _cells(intake, table, form, rows)
    cells = {**by_words, **cells}
    known = past_years.of(intake.book).get(year)
    made = build(PastYear, {"id": new_id(), "year": year, "form": form.key, "cells": cells, "source": source})
    if known is not None:
        same = known.cells == made.cells
        made = dataclasses.replace(made, id=known.id, source=known.source if same else made.source)
    if cells and made != known:
        intake.transaction.save(made)
    for _ in cells:
        intake.count(table.sheet.title, stored=made != known)
    return _told(form, year, cells)


def _cells(
    intake: Intake, table: Table, form: Form, rows: Sequence[_Said]
) -> tuple[dict[str, int], dict[str, int]]:
    """Figures by today's mã: of rows that name a mã, and of rows known by their words only."""
    cells: dict[str, int] = {}
    by_words: dict[str, int] = {}
    for row, values, problems in rows:
        code, given = str(values.get("code", "")).strip(" ."), values.get("amount")
        if given in (None, "", "-"):
            continue
        known = form.of_code(code) if code else _of_words(form, str(values.get("text", "")))
        if known is None and not (code and any(c.isdigit() for c in code)):
            continue  # a heading or a sum of the form
        found = list(problems)
        if known is None:
            found.append(Problem("code", f"Mã {code} không có trên {form.title}. Hãy kiểm tra lại mã số."))
        try:
            amount = amounts.parse_amount(given)
        except ValueError as error:
            found.append(Problem("amount", f"Số tiền: {error}"))
        if found or known is None:
            intake.refuse(table, [row], {row.number: found})
        else:
            (cells if code else by_words).setdefault(known[2], amount)
    return cells, by_words


def _written_on(rows: Sequence[dict[str, Any]], year: int) -> Form:
    """The form whose words stand beside its mã; they are much alike, so the nearer ones count. In doubt by the year."""
    known = past_years.forms()
    of_year = [form for form in known if form.until is not None and form.until.year >= year]
    usual = of_year[-1] if of_year else known[0]

    def fits(form: Form) -> tuple[float, bool]:
        told = ((form.of_code(str(row.get("code", "")).strip(" .")), str(row.get("text", ""))) for row in rows)
        near = [_alike(row[1], text) for row, text in told if row is not None]
        return round(sum(one for one in near if one >= _ALIKE), 6), form is usual

    return max(known, key=fits)


def _of_words(form: Form, text: str) -> tuple[str, str, str] | None:
    """The row of the form with these words, if one is clearly meant."""
    best = max(form.rows, key=lambda row: _alike(row[1], text))
    return best if _alike(best[1], text) >= _ALIKE else None


def _alike(one: str, other: str) -> float:
    mine, theirs = set(key(one).split()), set(key(other).split())
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _told(form: Form, year: int, cells: dict[str, int]) -> tuple[str, bool]:
    on = "mẫu hiện nay" if form.key == past_years.NOW else f"{form.title[:1].lower()}{form.title[1:]}, đã đổi mã"
    gap = past_years.gap(cells)
    if gap:
        told = f"Năm {year}, {on}: số cuối kỳ lệch {amounts.format_amount(gap)} đồng so với đầu kỳ + thu − chi"
        return f"{told}. Hãy xem lại trước khi nhập.", True
    return f"Năm {year}, {on}: {'đầu kỳ + thu − chi = cuối kỳ' if gap == 0 else f'{len(cells)} chỉ tiêu'}.", False
