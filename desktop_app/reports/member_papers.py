"""Papers of the list of people: the list itself, a list to sign for gifts, and the parts all member papers share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import resources
from desktop_app.domain import dates
from desktop_app.domain.amounts import in_words
from desktop_app.domain.records import Union
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Signature, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage.lists import Listed
from desktop_app.storage.sieves import retires

_WIDE = 175.0  # millimetres of columns from which a list is turned


def words(kind: str, day: date) -> Mapping[str, Any]:
    """The words and layout of a kind ("list", "signing", "card", "label", "sheet") in force on a day."""
    versions = [version for version in _papers()[kind] if version["from"] <= day] or _papers()[kind][:1]
    return max(versions, key=lambda version: version["from"])


def signatures(text: Mapping[str, Any], of: Union) -> tuple[Signature, ...]:
    """Who signs, with the names the union gave."""
    return tuple(
        Signature(one["title"], getattr(of, one["who"]) if one["who"] else "", one.get("hint", "(Ký, họ tên)"))
        for one in text["signers"]
    )


def member_list(
    unit: Union, people: Sequence[Listed], columns: Sequence[str], day: date, *, told: str = "", whole: bool = False
) -> Report:
    """The list with these columns (keys of the data file; unknown ones are left out), in the order given.

    `told` says which people ("Tổ may 2, nữ"). A CCCD is shortened to its last three digits unless `whole`.
    """
    text = words("list", day)
    known = {column["key"]: column for column in text["columns"]}
    chosen = tuple(Column(**known[key]) for key in ("no", *(key for key in columns if key != "no")) if key in known)
    rows = tuple(
        Row({c.key: _CELLS[c.key](one, day, whole) if c.key in _CELLS else number for c in chosen}, code=one.id)
        for number, one in enumerate(people, 1)
    )
    women = sum(one.sex == "Nữ" for one in people)
    return Report(
        "", text["title"], letterhead(unit), subtitle=told, period_label=f"Lập ngày {dates.show_day(day)}",
        sections=(Section(table=Table(chosen, rows)), Section(paragraphs=(f"Có {len(people)} người, {women} nữ.",))),
        signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY,
        landscape=sum(column.width for column in chosen) > _WIDE,
    )  # fmt: skip


def signing_list(unit: Union, people: Sequence[Listed], title: str, amount: int, day: date) -> Report:
    """A list to sign what is handed out, `amount` đồng to each (0: things, no sum); `title` says what it is."""
    text = words("signing", day)
    columns = tuple(Column(**column) for column in text["columns"] if amount or column["key"] != "amount")
    keys = {column.key for column in columns}
    rows = []
    for number, one in enumerate(people, 1):
        cells: dict[str, Cell] = {"no": str(number), "name": one.name, "card": one.card, "team": one.team}
        if amount:
            cells["amount"] = amount
        rows.append(Row({key: cell for key, cell in cells.items() if key in keys}, code=one.id))
    total = amount * len(people)
    said = [text["people"].replace("[count]", str(len(people)))]
    if amount:
        rows.append(Row({"name": text["total"], "amount": total}, "total"))
        said.append(text["words"].replace("[words]", in_words(total)))
    table = Table(columns, tuple(rows), row_height=text["row_height"])
    return Report(
        "", text["title"], letterhead(unit), subtitle=title,
        sections=(Section(table=table), Section(paragraphs=tuple(said))),
        signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY,
        measure="Đơn vị tính: đồng" if amount else "",
    )  # fmt: skip


def shown_birth(iso: str) -> str:
    """ "1979-07" as "07/1979"."""
    return "/".join(reversed(iso.split("-")))


def shortened(number: str) -> str:
    """A number of a person as lists show it: its last three digits."""
    return f"…{number[-3:]}" if number else ""


_CELLS: Mapping[str, Callable[[Listed, date, bool], Cell]] = {
    "name": lambda one, _, __: one.name,
    "birth": lambda one, _, __: shown_birth(one.birth),
    "sex": lambda one, _, __: one.sex,
    "cccd": lambda one, _, whole: one.cccd if whole else shortened(one.cccd),
    "card": lambda one, _, __: one.card,
    "team": lambda one, _, __: one.team,
    "joined": lambda one, _, __: date.fromisoformat(one.joined) if one.joined else None,
    "wage": lambda one, _, __: one.wage or None,
    "state": lambda one, day, __: one.status(day.isoformat()).capitalize(),
    "gaps": lambda one, _, __: one.gaps,
    "retires": lambda one, _, __: "/".join(reversed(retires(one.birth, one.sex).split("-"))),
}


@cache
def _papers() -> Mapping[str, Any]:
    return resources.read("papers/members.toml")
