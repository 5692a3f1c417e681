"""Questions about one person's record besides the list: details, other numbers, children."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Child, PersonDetail, PersonNumber
from desktop_app.storage import rows
from desktop_app.storage.book import Book


def details(book: Book, person: str) -> list[PersonDetail]:
    """Every record of details of a person, the oldest first: more than one only if two PCs began one at once."""
    return list(rows.find(book.db, PersonDetail, "person = ?", [person], order="id"))


def detail(book: Book, person: str) -> PersonDetail | None:
    """The details of a person as one: of each field the newest record that fills it."""
    found = details(book, person)
    return together(found) if found else None


def together(found: Sequence[PersonDetail]) -> PersonDetail:
    """Records of one person as the oldest of them, filled from the newer ones."""
    defaults = entity_of(PersonDetail).defaults
    values: dict[str, Any] = {}
    for one in found:
        values |= {name: value for name in defaults if (value := getattr(one, name)) != defaults[name]}
    return dataclasses.replace(found[0], **values)


def numbers(book: Book, person: str) -> list[PersonNumber]:
    """Other phones, cards and papers of a person, those that hold first, then the latest."""
    found = rows.find(book.db, PersonNumber, "person = ?", [person], order="kind, until IS NOT NULL, until DESC, id")
    return list(found)


def children(book: Book, person: str) -> list[Child]:
    """The children of a person, the eldest first."""
    return list(rows.find(book.db, Child, "person = ?", [person], order="birth = '', birth, id"))


class ParentAndChild(NamedTuple):
    """One child on the list for gifts: `birth` as kept ("2015", "2015-06-01")."""

    child: str
    birth: str
    sex: str
    parent: str
    card: str
    team: str
    person: str


def young_children(book: Book, day: date, below: int) -> list[ParentAndChild]:
    """Children who on a day are younger than so many years, of members who are in the union, by name of the parent.

    Of whom only the year is known, that whole year counts as before the birthday; of whom nothing is, is left out.
    """
    found = book.db.execute(
        "SELECT c.name, c.birth, c.sex, p.name, p.card, p.team, p.id FROM children c JOIN people p ON p.id = c.person"
        " WHERE c.retired = 0 AND p.retired = 0 AND p.member = 1 AND c.birth <> ''"
        " AND (p.\"left\" IS NULL OR p.\"left\" > :day) AND (p.until IS NULL OR p.until > :day)"
        " AND (length(c.birth) = 10 AND c.birth > :limit"
        " OR length(c.birth) < 10 AND c.birth >= substr(:limit, 1, length(c.birth))) ORDER BY p.sort_key, c.birth",
        {"day": day.isoformat(), "limit": f"{day.year - below:04}{day.isoformat()[4:]}"},
    )
    return [ParentAndChild._make(row) for row in found]
