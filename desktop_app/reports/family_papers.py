"""Papers about a person's consent and children: the sheet to sign, the list for gifts of 1/6 and Trung thu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import resources
from desktop_app.domain import dates
from desktop_app.domain.records import Person, Union
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.member_papers import shown_birth, signatures, words
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage.person_more import ParentAndChild

_GAP = "……………………"


def versions() -> Sequence[Mapping[str, Any]]:
    """The texts people consent to, the oldest first."""
    told: list[Mapping[str, Any]] = resources.read("papers/consent.toml")["consent"]
    return sorted(told, key=lambda text: text["from"])


def consent_sheet(unit: Union, person: Person, day: date) -> Report:
    """The sheet on which a person consents, with the text in force on a day; what is not known stays to be written."""
    text = [one for one in versions() if one["from"] <= day][-1]
    values = {
        "name": person.name, "birth": shown_birth(person.birth), "cccd": person.cccd, "team": person.team,
        "unit": unit.name,
    }  # fmt: skip
    told = [_filled(part, values) for part in (text["person"], *text["paragraphs"], text["basis"])]
    return Report(
        "", text["title"], letterhead(unit), subtitle=f"Bản nội dung {text['version']}",
        sections=tuple(Section(paragraphs=(part,)) for part in told), signatures=signatures(text, unit),
        place_and_date=UNSIGNED_DAY,
    )  # fmt: skip


def children_list(unit: Union, children: Sequence[ParentAndChild], age: int, day: date) -> Report:
    """The children below an age on a day, to sign for their gifts."""
    text = words("children", day)
    columns = tuple(Column(**column) for column in text["columns"])
    rows = []
    for number, child in enumerate(children, 1):
        cells: dict[str, Cell] = {
            "no": str(number), "child": child.child, "birth": shown_birth(child.birth), "sex": child.sex,
            "parent": child.parent, "team": child.team, "sign": "",
        }  # fmt: skip
        rows.append(Row(cells, code=child.person))
    parents = len({child.person for child in children})
    said = text["people"].replace("[count]", str(len(children))).replace("[parents]", str(parents))
    table = Table(columns, tuple(rows), row_height=text["row_height"])
    return Report(
        "", text["title"].replace("[age]", str(age)), letterhead(unit),
        period_label=f"Tính đến ngày {dates.show_day(day)}",
        sections=(Section(table=table), Section(paragraphs=(said,))), signatures=signatures(text, unit),
        place_and_date=UNSIGNED_DAY,
    )  # fmt: skip


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"[{name}]", value or _GAP)
    return text
