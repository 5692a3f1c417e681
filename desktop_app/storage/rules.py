"""The rates in force: the tables shipped with the program, what the province sent since, and the union's corrections.

Of one table and day the province's entry counts before the shipped one, and the union's own before both; the own one
ends when the province sends an entry of that table that it did not know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import resources
from desktop_app.domain.records import OwnRate, Rate
from desktop_app.domain.rules import OWN, PROVINCE, Rules
from desktop_app.storage import rows
from desktop_app.storage.book import Book

Row = Mapping[str, Any]
"""An entry of a dated table: from, value, law, evidence, source."""


def rules(book: Book) -> Rules:
    """The rules this book counts with."""
    changed = _changed(book)
    return _rules(changed) if changed else shipped()


def table(book: Book, name: str) -> Sequence[Row]:
    """The entries of a dated table in force in this book, by day."""
    return _tables(_changed(book)).get(name, ())


def worded(book: Book, id_: str) -> Mapping[str, Sequence[Row]]:
    """The entries of the corrected texts of a form or paper, by name ("B07/title")."""
    changed = _changed(book)
    if not changed:
        return {}
    return {name: entries for name, entries in _tables(changed).items() if name.startswith(f"{id_}/")}


def sent(book: Book) -> tuple[Rate, ...]:
    """What the province sent, in the order it was made."""
    return tuple(rows.find(book.db, Rate, "retired = 0", order="id"))


def own(book: Book) -> tuple[OwnRate, ...]:
    """The union's corrections that still count."""
    known = sent(book)
    held = rows.find(book.db, OwnRate, "retired = 0", order="id")
    return tuple(each for each in held if not ended_by(each, known))


def ended_by(correction: OwnRate, known: Sequence[Rate]) -> tuple[Rate, ...]:
    """The province's entries of the table that came after a correction was written: it counts no more."""
    before = set(correction.known.get("rates", ()))
    return tuple(rate for rate in known if rate.name == correction.name and rate.id not in before)


@cache
def shipped() -> Rules:
    """The tables of the installed program; they never change while it runs."""
    return Rules(_tables(""))


@cache
def declared() -> Mapping[str, Mapping[str, Any]]:
    """The tables that may be corrected: label, kind, area and columns by name."""
    return resources.read("catalogues/rates.toml")


def _changed(book: Book) -> str:
    """Everything that is not the program's, as one text to remember the result by; "" if nothing is."""
    asked = "SELECT EXISTS (SELECT 1 FROM rates) OR EXISTS (SELECT 1 FROM own_rates)"
    if not book.db.execute(asked).fetchone()[0]:
        return ""
    entries = [(e, PROVINCE, "LĐLĐ tỉnh") for e in sent(book)] + [(e, OWN, e.reason) for e in own(book)]
    told = [[e.name, str(e.since), e.value.get("value"), e.law, evidence, why] for e, evidence, why in entries]
    return json.dumps(told) if told else ""


@lru_cache(maxsize=8)
def _rules(changed: str) -> Rules:
    return Rules({name: entries for name, entries in _tables(changed).items() if "/" not in name})


@lru_cache(maxsize=8)
def _tables(changed: str) -> Mapping[str, Sequence[Row]]:
    tables: dict[str, dict[date, Row]] = {}
    for file in resources.names("rates"):
        for name, entries in resources.read(file).items():
            tables[name] = {entry["from"]: entry for entry in entries}
    for name, since, value, law, evidence, source in json.loads(changed or "[]"):
        day = date.fromisoformat(since)
        made = {"from": day, "value": value, "law": law, "evidence": evidence, "source": source}
        tables.setdefault(name, {})[day] = made
    return {name: [entries[day] for day in sorted(entries)] for name, entries in tables.items()}
