"""The mục thu, chi in force on a day, from the dated catalogue."""

from __future__ import annotations

from datetime import date
from functools import cache

import resources
from desktop_app.domain.items import Item, Items
from desktop_app.storage.book import Book


def items(book: Book, day: date) -> Items:
    """The mục in force on `day`; of days before the first catalogue, the first one."""
    return shipped(day)


def shipped(day: date) -> Items:
    """The mục in force on `day` as the program ships them, for whoever has no book open."""
    dated = _catalogues()
    return next((found for start, found in reversed(dated) if start <= day), dated[0][1])


@cache
def _catalogues() -> list[tuple[date, Items]]:
    """Every dated catalogue: (in force from, its mục), oldest first."""
    found = []
    for declared in resources.read("catalogues/items.toml")["catalogue"]:
        above = {part: row["code"] for row in declared["item"] for part in row.get("sum_of", ())}
        made = {
            row["code"]: Item(
                row["code"],
                row["name"],
                row["side"],
                row["short"],
                above.get(row["code"], ""),
                tuple(row.get("sum_of", ())),
                row["evidence"],
            )
            for row in declared["item"]
        }
        found.append((declared["from"], Items(made, declared["source"])))
    return sorted(found, key=lambda entry: entry[0])
