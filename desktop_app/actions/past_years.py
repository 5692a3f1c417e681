"""Years before the book: what an old settlement said, on which form it was written, and how it stands beside ours.

Figures are đồng by mã of today's B07-TLĐ; the forms of old and what became of their mã are dated data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import resources
from desktop_app.domain.records import PastYear
from desktop_app.storage.analysis import Sums
from desktop_app.storage.book import Book
from desktop_app.storage.items import shipped

OPENING, CLOSING = "10", "50"
NOW = "HD47"


@dataclass(frozen=True)
class Form:
    """A settlement's form: by its mã what stands there and the mã of today ("" as mã: known by its words only)."""

    key: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    until: date | None = None

    def of_code(self, code: str) -> tuple[str, str, str] | None:
        """The row of a mã."""
        return next((row for row in self.rows if row[0] == code), None)


def forms() -> tuple[Form, ...]:
    """The form of today, then those of old, the latest first."""
    declared = resources.read("forms/B07.toml")["form"][-1]
    today = tuple((row["code"], row["text"], row["code"]) for row in declared["rows"] if row.get("code"))
    old = resources.read("catalogues/old_settlements.toml")["form"]
    turned = (tuple((row["code"], row["text"], row["to"]) for row in one["rows"]) for one in old)
    made = (Form(one["key"], one["title"], rows, one["until"]) for one, rows in zip(old, turned, strict=True))
    return Form(NOW, declared["title"], today), *made


def of(book: Book) -> dict[int, PastYear]:
    """The years brought in; where two PCs brought one each, the later."""
    return {one.year: one for one in book.all(PastYear)}


def beside(book: Book, years: Sequence[int], found: Sequence[Sums]) -> tuple[list[Sums], frozenset[int]]:
    """Sums by mục of these years (their columns), with what was brought in for years of which the book has nothing;
    answers those years too."""
    known = of(book)
    columns = {
        at: known[year]
        for at, year in enumerate(years)
        if year in known and not any(sums.came_in[at] or sums.went_out[at] for sums in found)
    }
    if not columns:
        return list(found), frozenset()
    made = {sums.item: ([*sums.came_in], [*sums.went_out]) for sums in found}
    for at, past in columns.items():
        for code, amount in leaves(past.cells).items():
            pair = made.setdefault(code, ([0] * len(years), [0] * len(years)))
            item = shipped(date(past.year, 12, 31)).get(code)
            pair[item is not None and item.side == "out"][at] = amount
    sums = [Sums(code, tuple(came), tuple(went)) for code, (came, went) in made.items()]
    return sums, frozenset(past.year for past in columns.values())


def leaves(cells: Mapping[str, int]) -> dict[str, int]:
    """The mục of income and spending without those that are the sum of others which are there too."""
    catalogue = shipped(date.today())  # noqa: DTZ011 - the mã of today
    found = {}
    for code, amount in cells.items():
        item = catalogue.get(code)
        if item is not None and item.side != "balance" and not any(part in cells for part in item.sum_of):
            found[code] = amount
    return found


def gap(cells: Mapping[str, int]) -> int | None:
    """Đồng by which the closing balance differs from opening + income − spending; None if a balance is missing."""
    if OPENING not in cells or CLOSING not in cells:
        return None
    catalogue = shipped(date.today())  # noqa: DTZ011 - the mã of today
    moved = 0
    for code, amount in leaves(cells).items():
        item = catalogue.get(code)
        moved += -amount if item is not None and item.side == "out" else amount
    return cells[CLOSING] - cells[OPENING] - moved
