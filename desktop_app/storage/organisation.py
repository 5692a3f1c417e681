"""Questions about the union's tree: what stands on a day, who is named in it, which names it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import resources
from desktop_app.domain import vietnamese
from desktop_app.domain.organisation import Tree, UnitKind, UnitKinds
from desktop_app.domain.records import UPPER_KINDS, Unit, UpperUnion
from desktop_app.storage import members
from desktop_app.storage.book import Book


class Branch(NamedTuple):
    """A unit that holds others: its name, and the names of the tổ in it."""

    name: str
    teams: set[str]


def kinds(day: date) -> UnitKinds:
    """The kinds of units in force on `day`; of days before the first catalogue, the first one."""
    dated = _catalogues()
    return next((found for start, found in reversed(dated) if start <= day), dated[0][1])


@cache
def _catalogues() -> list[tuple[date, UnitKinds]]:
    found = []
    for declared in resources.read("catalogues/organisation.toml")["catalogue"]:
        made = {row["code"]: UnitKind(**{**row, "under": tuple(row["under"])}) for row in declared["kind"]}
        found.append((declared["from"], UnitKinds(made, declared["first"])))
    return sorted(found, key=lambda entry: entry[0])


def tree(book: Book, day: date) -> Tree:
    """The union's units as they stand on a day."""
    return Tree(book.all(Unit), day)


def teams_under(book: Book, unit: str, day: date) -> list[str]:
    """The names, as people's records spell them, of a unit (an id, "" = every unit) and of all below it on a day."""
    names = {vietnamese.fold(one.name) for one in tree(book, day).under(unit)}
    return [name for name in members.teams(book) if vietnamese.fold(name) in names]


def branches(book: Book, day: date) -> list[Branch]:
    """The units that hold other units on a day, with the names in them as people's records spell them."""
    now = tree(book, day)
    holding = [unit for unit in now.units if now.children(unit.id)]
    return [
        Branch(unit.name, set(teams_under(book, unit.id, day)))
        for unit in sorted(holding, key=lambda unit: vietnamese.reading_order(unit.name))
    ]


def spelled(book: Book, team: str, day: date) -> str:
    """A tổ as the tree spells it: "to may 1" is "Tổ may 1" if there is such a unit."""
    found = tree(book, day).named(team) if team else None
    return found.name if found else team


def spellings(book: Book) -> dict[str, str]:
    """The one spelling of each tổ by its folded name: as the tree has it, else the first that people's records have."""
    found = {vietnamese.fold(team): team for team in reversed(members.teams(book))}
    units = sorted(book.all(Unit), key=lambda unit: (unit.until is None, unit.until or date.min))
    return found | {vietnamese.fold(unit.name): unit.name for unit in units}


def in_order(known: Tree, id_: str) -> list[Unit]:
    """What lies directly in a unit ("" = the union): what holds units first, then tổ, "Tổ 2" before "Tổ 10"."""
    return sorted(known.children(id_), key=lambda one: (not known.children(one.id), vietnamese.reading_order(one.name)))


def missing(book: Book, day: date) -> list[str]:
    """Names that people here are under and no unit has, nor ever had; of two spellings the first."""
    known = tree(book, day)
    found: dict[str, str] = {}
    for name in _named(book, day):
        if known.named(name) is None and known.ended(name) is None:
            found.setdefault(vietnamese.fold(name), name)
    return list(found.values())


def stray(book: Book, day: date) -> list[tuple[str, Unit]]:
    """Names of ended units that people here are still under (an old list was imported, two PCs wrote at once), and
    what took each one's place.
    """
    known = tree(book, day)
    return [(name, unit) for name in _named(book, day) if (unit := known.instead(name))]


def _named(book: Book, day: date) -> list[str]:
    names = book.db.execute(
        'SELECT DISTINCT team FROM people WHERE team <> \'\' AND retired = 0 AND ("left" IS NULL OR "left" > ?)',
        [day.isoformat()],
    )
    return sorted((name for (name,) in names), key=vietnamese.reading_order)


def people_of(book: Book, name: str) -> list[str]:
    """Who works here under a tổ of this name now (ids), in the order of names?"""
    wanted = vietnamese.fold(name)
    spelled_so = [team for team in members.teams(book) if vietnamese.fold(team) == wanted]
    found = book.db.execute(
        f"SELECT id FROM people WHERE team IN ({', '.join('?' * len(spelled_so))})"  # noqa: S608
        ' AND retired = 0 AND "left" IS NULL ORDER BY sort_key, id',
        spelled_so,
    )
    return [id_ for (id_,) in found]


def members_of(book: Book, names: Sequence[str] | None) -> list[str]:
    """The members (ids) under tổ of these names now, suspended ones too; of the whole union for None."""
    teams = {vietnamese.fold(name) for name in names or ()}
    found = book.db.execute(
        'SELECT id, team FROM people WHERE member = 1 AND retired = 0 AND "left" IS NULL AND until IS NULL'
        " ORDER BY sort_key, id"
    )
    return [id_ for id_, team in found if names is None or vietnamese.fold(team) in teams]


def uppers(book: Book) -> list[UpperUnion]:
    """The unions above: those in force, the managing one first; then the former ones, the latest first."""
    found = sorted(book.all(UpperUnion), key=lambda one: one.since or date.min, reverse=True)
    return sorted(found, key=lambda one: (one.until is not None, one.until is None and UPPER_KINDS.index(one.kind)))
