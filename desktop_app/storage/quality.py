"""How complete the records of members are: the dated definition, counted by SQL, by field and by tổ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import resources
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Person
from desktop_app.storage.book import Book

HERE = "(p.\"left\" IS NULL OR p.\"left\" > :day)"
MEMBER = "(p.member = 1 AND (p.until IS NULL OR p.until > :day))"
_NO_WAGE = "NOT EXISTS (SELECT 1 FROM wages w WHERE w.person = p.id AND w.retired = 0 AND w.insured > 0)"


class Required(NamedTuple):
    """A fact that a record must hold: the field, and its name in a sentence ("ngày sinh")."""

    field: str
    name: str


@dataclass(frozen=True)
class Definition:
    """What is required from a day on; of an indicator also what it is called and its target in per cent."""

    required: tuple[Required, ...]
    name: str = ""
    target: int = 0

    @property
    def gap(self) -> str:
        """SQL over `people p`: does anything lack?"""
        return "(" + " OR ".join(missing(one.field) for one in self.required) + ")"


class Share(NamedTuple):
    """`having` of `of` members; never a percent without both."""

    having: int
    of: int


class Gap(NamedTuple):
    """A member whose record lacks something: the fields, in the order of the definition."""

    no: int
    id: str
    name: str
    team: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Quality:
    """Members with a complete record, with each field, by tổ (complete and registered), and the indicator."""

    complete: Share
    registered: Share
    fields: tuple[tuple[Required, Share], ...]
    teams: tuple[tuple[str, Share, Share], ...]


def definition(day: date) -> Definition:
    """What a complete record is on a day; before the first definition, the first."""
    return _dated("definition", day)


def indicator(day: date) -> Definition:
    """What "brought up to date in the Confederation's software" is on a day."""
    return _dated("indicator", day)


def missing(field: str) -> str:
    """SQL over `people p`: does this fact lack? Raises `KeyError` for a field that no person has."""
    if field == "wage":
        return _NO_WAGE
    declared = {one.name: one for one in entity_of(Person).fields}[field]
    return f'p."{field}" IS NULL' if declared.kind == "day" else f"p.\"{field}\" = ''"


def measure(book: Book, day: date) -> Quality:
    """Count them all: one pass over the members of a day."""
    asked, marked = definition(day), indicator(day)
    sums = [f"sum(NOT {asked.gap})", f"sum(NOT {marked.gap})"]
    sums += [f"sum(NOT ({missing(one.field)}))" for one in asked.required]
    found = book.db.execute(
        f"SELECT p.team, count(*), {', '.join(sums)} FROM people p"  # noqa: S608
        f" WHERE p.retired = 0 AND {HERE} AND {MEMBER} GROUP BY p.team ORDER BY p.team = '', reading_order(p.team)",
        {"day": day.isoformat()},
    ).fetchall()
    heads, complete, registered, *fields = [sum(column) for column in list(zip(*found, strict=True))[1:]] or [0] * (
        3 + len(asked.required)
    )
    return Quality(
        Share(complete, heads),
        Share(registered, heads),
        tuple((one, Share(having, heads)) for one, having in zip(asked.required, fields, strict=True)),
        tuple((row[0], Share(row[2], row[1]), Share(row[3], row[1])) for row in found),
    )


def registered(book: Book, day: date) -> Share:
    """The indicator alone: members brought up to date in the Confederation's software, of all of a day."""
    having, every = book.db.execute(
        f"SELECT count(*) FILTER (WHERE NOT {indicator(day).gap}), count(*) FROM people p"  # noqa: S608
        f" WHERE p.retired = 0 AND {HERE} AND {MEMBER}",
        {"day": day.isoformat()},
    ).fetchone()
    return Share(having, every)


def gaps(book: Book, numbers: Sequence[int], day: date) -> list[Gap]:
    """What the records of these people (`people.no`) lack, the indicator's facts last; in their order."""
    required = [*definition(day).required, *indicator(day).required]
    told = " || ".join(f"iif({missing(one.field)}, '{one.field} ', '')" for one in dict.fromkeys(required))
    found = book.db.execute(
        f"SELECT p.no, p.id, p.name, p.team, {told} FROM json_each(:numbers) j CROSS JOIN people p ON p.no = j.value"  # noqa: S608
        " ORDER BY j.key",
        {"numbers": json.dumps(list(numbers))},
    )
    return [Gap(no, id_, name, team, tuple(fields.split())) for no, id_, name, team, fields in found]


def lacks(day: date) -> str:
    """SQL over `people p`: what the record lacks by the definition, in words: "CCCD, lương"; "" if nothing."""
    told = " || ".join(f"iif({missing(one.field)}, ', {one.name}', '')" for one in definition(day).required)
    return f"substr({told}, 3)"


def _dated(kind: str, day: date) -> Definition:
    dated = _read()[kind]
    return next((found for start, found in reversed(dated) if start <= day), dated[0][1])


@cache
def _read() -> Mapping[str, list[tuple[date, Definition]]]:
    told: Mapping[str, Any] = resources.read("catalogues/complete.toml")
    return {kind: sorted(map(_defined, told[kind]), key=lambda dated: dated[0]) for kind in ("definition", "indicator")}


def _defined(told: Mapping[str, Any]) -> tuple[date, Definition]:
    required = tuple(Required(**row) for row in told["required"])
    return told["from"], Definition(required, told.get("name", ""), told.get("target", 0))
