"""The list of people with sensitive facts, for who has the right: each page says that it must not be passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.domain import dates
from desktop_app.domain.records import Sensitive, Union
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.member_papers import signatures, words
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage import codes
from desktop_app.storage.lists import Listed
from desktop_app.storage.sensitive import Known

_ROOM = 130.0  # millimetres for the facts beside number and name on a turned page


def report(
    unit: Union, people: Sequence[Listed], kinds: Sequence[Known], facts: Mapping[str, Mapping[str, Sensitive]],
    day: date,
) -> Report:  # fmt: skip
    """The people with these kinds of facts, `facts` by kind and person."""
    text = words("sensitive", day)
    fixed = [Column(**column) for column in text["columns"]]
    columns = (*fixed, *(Column(known.key, known.label, max(30.0, _ROOM / len(kinds))) for known in kinds))
    rows = []
    for number, one in enumerate(people, 1):
        cells: dict[str, Cell] = {"no": str(number), "name": one.name, "card": one.card, "team": one.team}
        cells |= {known.key: _told(facts[known.key].get(one.id)) for known in kinds}
        rows.append(Row(cells, code=one.id))
    return Report(
        "", text["title"], letterhead(unit), subtitle=", ".join(known.label for known in kinds),
        period_label=f"Lập ngày {dates.show_day(day)}. {text['warning']}",
        sections=(Section(table=Table(columns, tuple(rows))), Section(paragraphs=(f"Có {len(people)} người.",))),
        signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY, landscape=True,
    )  # fmt: skip


def _told(fact: Sensitive | None) -> str:
    if fact is None:
        return ""
    parts = (codes.name_of(fact.value), dates.show_day(fact.day) if fact.day else "", fact.note)
    return "; ".join(part for part in parts if part)
