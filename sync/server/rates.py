"""The province's dated figures and words of forms: those shipped with the program, and what staff has sent since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import uuid_utils

import resources
from desktop_app.domain import dates, fields, form_texts, rate_values
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.form_texts import Source, Text
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


@cache
def sources() -> Mapping[str, Source]:
    """The forms and papers whose words can be corrected, by id."""
    return {one.id: one for one in form_texts.sources(words(), resources.read, resources.names)}


@cache
def words() -> Mapping[str, Any]:
    """Which words can be corrected, and how they are called."""
    return resources.read("catalogues/texts.toml")


def texts(id_: str) -> list[tuple[str, str, Shown]]:
    """The texts of a form or paper: name, how it is called, what holds now."""
    source = sources()[id_]
    entry = source.versions[-1]
    sent = {rate.name: rate for rate in publishing.told("rate") if rate.name.startswith(f"{id_}/")}
    found = []
    for text in form_texts.texts(words(), entry):
        name = f"{id_}/{text.path}"
        shown = Shown(entry["from"], form_texts.shown(text.value), "", sent=False)
        if (rate := sent.get(name)) is not None and rate.since >= entry["from"]:
            shown = Shown(rate.since, form_texts.shown(rate.value["value"]), rate.law, sent=True)
        found.append((name, text.label, shown))
    return found


def label(name: str) -> str | None:
    """How a figure or a text of a form is called; None if there is none of this name."""
    if name in declared():
        return str(declared()[name]["label"])
    told = _text(name)
    return f"{told[0].name}: {told[1].label}" if told else None


def entries(name: str) -> list[Shown]:
    """The entries of a table or text, the latest first; of one day the one sent last."""
    if told := _text(name):
        source, text = told
        since = source.versions[-1]["from"]
        held = {since: Shown(since, form_texts.shown(text.value), "", sent=False)}
        for rate in publishing.told("rate"):
            if rate.name == name:
                held[rate.since] = Shown(rate.since, form_texts.shown(rate.value["value"]), rate.law, sent=True)
        return [held[day] for day in sorted(held, reverse=True)]
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
    called, told = label(name), _text(name)
    if called is None:
        sentence = str(words()["refused"]) if "/" in name else "Không có quy định này."
        raise Refused([Problem("id", sentence)])
    problems, value = [], None
    try:
        if told is not None:
            value = form_texts.read(told[1], typed, told[0].versions[-1])
        else:
            value = rate_values.read(declared()[name], typed)
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
    publishing.publish(rate, who, "Ban hành quy định", f"{called}, từ {dates.show_day(day)}")
    return rate


def _text(name: str) -> tuple[Source, Text] | None:
    """The form and the text of a name like "B07/title"."""
    id_, _, path = name.partition("/")
    if id_ not in sources():
        return None
    source = sources()[id_]
    found = next((one for one in form_texts.texts(words(), source.versions[-1]) if one.path == path), None)
    return (source, found) if found else None


def _shipped(name: str) -> list[Mapping[str, Any]]:
    if name == "items":
        catalogues = resources.read("catalogues/items.toml")["catalogue"]
        return [{"from": c["from"], "value": c["item"], "law": c["source"]} for c in catalogues]
    for file in resources.names("rates"):
        if name in (tables := resources.read(file)):
            found: list[Mapping[str, Any]] = tables[name]
            return found
    return []
