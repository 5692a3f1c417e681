"""The union's tree as it is shown: every unit with the heads in it and below it on a day, and who is in none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain import vietnamese
from desktop_app.domain.records import Person, Unit
from desktop_app.reports import head_count
from desktop_app.storage import organisation
from desktop_app.storage.book import Book


@dataclass(frozen=True)
class Heads:
    """Members, women among them, and workers (members too) at the end of a day."""

    members: int = 0
    women: int = 0
    workers: int = 0

    def __add__(self, other: Heads) -> Heads:
        return Heads(self.members + other.members, self.women + other.women, self.workers + other.workers)


@dataclass(frozen=True)
class Node:
    """A unit with what is below it; `own` are the heads directly in it, `heads` those with everything below."""

    unit: Unit
    kind: str
    head: str
    own: Heads
    heads: Heads
    below: tuple[Node, ...]


@dataclass(frozen=True)
class Picture:
    """The tree of a day: what lies directly under the union, the heads of no unit, of all, names without a unit, and
    names of ended units that people are still under, with what took their place.
    """

    nodes: tuple[Node, ...]
    loose: Heads
    total: Heads
    missing: tuple[str, ...]
    stray: tuple[tuple[str, str], ...]


def picture(book: Book, day: date) -> Picture:
    """The tree with its heads at the end of a day."""
    now = organisation.tree(book, day)
    heads: dict[str, Heads] = {}
    for team, row in head_count.heads(book, day, day).items():
        key = vietnamese.fold(team)
        heads[key] = heads.get(key, Heads()) + Heads(row["E"], row["E.n"], row["A"])
    known = organisation.kinds(day)

    def node(unit: Unit) -> Node:
        below = organisation.in_order(now, unit.id)
        own = heads.pop(vietnamese.fold(unit.name), Heads())
        nodes = tuple(node(one) for one in below)
        leader = book.get(Person, unit.head) if unit.head else None
        all_ = sum((one.heads for one in nodes), own)
        return Node(unit, known.name(unit.kind), leader.name if leader else "", own, all_, nodes)

    nodes = tuple(node(unit) for unit in organisation.in_order(now, ""))
    loose = sum(heads.values(), Heads())
    total = sum((one.heads for one in nodes), loose)
    stray = tuple((name, unit.name) for name, unit in organisation.stray(book, day))
    return Picture(nodes, loose, total, tuple(organisation.missing(book, day)), stray)
