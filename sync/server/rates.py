"""The province's dated figures: the tables shipped with the program, and what staff has sent to all units since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import uuid_utils

import resources
from desktop_app.domain import dates, fields, rate_values
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Rate
from sync.server import publishing


@dataclass(frozen=True)
class Shown:
    """An entry of a table as staff reads it; `sent` if it is the province's."""

    since: date
    text: str
    law: str
    sent: bool


@cache
def declared() -> Mapping[str, Mapping[str, Any]]:
    """The tables that may be corrected: label, kind, area and columns by name."""
    return resources.read("catalogues/rates.toml")


def entries(name: str) -> list[Shown]:
    """The entries of a table, the latest first; of one day the one sent last."""
    table = declared()[name]
    found = {
        row["from"]: Shown(row["from"], rate_values.shown(table, row["value"]), row["law"], sent=False)
        for row in _shipped(name)
    }
    for rate in publishing.told("rate"):
        if rate.name == name:
            value = rate_values.shown(table, rate.value["value"])
            found[rate.since] = Shown(rate.since, value, rate.law, sent=True)
    return [found[day] for day in sorted(found, reverse=True)]


def send(name: str, since: str, typed: str, law: str, who: str) -> Rate:
    """Let a figure hold from a day on in every unit. Raises `Refused` for what is no value, day or law."""
    table = declared().get(name)
    if table is None:
        raise Refused([Problem("id", "Không có quy định này.")])
    problems, value = [], None
    try:
        value = rate_values.read(table, typed)
    except ValueError as error:
        problems.append(Problem("value", str(error)))
    try:
        day = dates.parse_day(since, date.today())  # noqa: DTZ011 - the staff's own day
    except ValueError as error:
        problems.append(Problem("since", str(error)))
    if not law.strip():
        problems.append(Problem("law", "Hãy ghi số, ngày của văn bản quy định."))
    if problems:
        raise Refused(problems)
    given = {"id": str(uuid_utils.uuid7()), "name": name, "since": day, "value": {"value": value}, "law": law}
    rate = fields.build(Rate, given)
    publishing.publish(rate, who, "Ban hành quy định", f"{table['label']}, từ {dates.show_day(day)}")
    return rate


def _shipped(name: str) -> list[Mapping[str, Any]]:
    if name == "items":
        catalogues = resources.read("catalogues/items.toml")["catalogue"]
        return [{"from": c["from"], "value": c["item"], "law": c["source"]} for c in catalogues]
    for file in resources.names("rates"):
        if name in (tables := resources.read(file)):
            found: list[Mapping[str, Any]] = tables[name]
            return found
    return []
