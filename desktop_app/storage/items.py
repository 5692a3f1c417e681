"""The mục thu, chi in force on a day, from the dated catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import resources
from desktop_app.domain.items import Item, Items
from desktop_app.storage import rules
from desktop_app.storage.book import Book


def items(book: Book, day: date) -> Items:
    """The mục in force on `day`; of days before the first catalogue, the first one."""
    others = [entry for entry in rules.table(book, "items") if entry["from"] <= day]
    found = shipped(day)
    if others and others[-1]["from"] >= _start(day):
        return _made(others[-1]["value"], others[-1]["law"], others[-1]["evidence"])
    return found


def rows(book: Book) -> list[rules.Row]:
    """The dated catalogues of this book as entries of a dated table, by day."""
    found = {
        made["from"]: {"from": made["from"], "value": made["item"], "law": made["source"], "evidence": "found"}
        for made in _shipped()
    }
    found.update({entry["from"]: dict(entry) for entry in rules.table(book, "items")})
    return [found[day] for day in sorted(found)]


def shipped(day: date) -> Items:
    """The mục in force on `day` as the program ships them, for whoever has no book open."""
    return dict(_catalogues())[_start(day)]


def _start(day: date) -> date:
    """From when the shipped catalogue of a day holds; of days before the first, the first."""
    starts = [start for start, _ in _catalogues()]
    return next((start for start in reversed(starts) if start <= day), starts[0])


@cache
def _catalogues() -> list[tuple[date, Items]]:
    """Every dated catalogue: (in force from, its mục), oldest first."""
    found = [(made["from"], _made(made["item"], made["source"])) for made in _shipped()]
    return sorted(found, key=lambda entry: entry[0])


def _shipped() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = resources.read("catalogues/items.toml")["catalogue"]
    return found


def _made(given: Sequence[Mapping[str, Any]], source: str, evidence: str = "") -> Items:
    above = {part: row["code"] for row in given for part in row.get("sum_of", ())}
    made = {
        row["code"]: Item(
            row["code"],
            row["name"],
            row["side"],
            row.get("short", ""),
            above.get(row["code"], ""),
            tuple(row.get("sum_of", ())),
            evidence or row["evidence"],
        )
        for row in given
    }
    return Items(made, source)
