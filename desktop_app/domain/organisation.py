"""The union's tree on a day: what stands, under what, and what took the place of what ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain import vietnamese
from desktop_app.domain.records import Unit


@dataclass(frozen=True)
class UnitKind:
    """A kind of unit, and the codes of the kinds it may lie in ("" = the union itself)."""

    code: str
    name: str
    under: tuple[str, ...]
    evidence: str = ""


@dataclass(frozen=True)
class UnitKinds:
    """The kinds in force by code; `first` is the one that a tổ named by people only becomes."""

    kinds: Mapping[str, UnitKind]
    first: str

    def name(self, code: str) -> str:
        """The Vietnamese name of a kind."""
        return self.kinds[code].name if code in self.kinds else code


def stands(unit: Unit, day: date) -> bool:
    """Whether a unit stands on a day; `until` is the first day no more."""
    return (unit.since is None or unit.since <= day) and (unit.until is None or unit.until > day)


class Tree:
    """The units of a union as they stand on `day`."""

    def __init__(self, units: Iterable[Unit], day: date) -> None:
        self.day = day
        self._every = {unit.id: unit for unit in units}
        self.units = [unit for unit in self._every.values() if stands(unit, day)]
        self._parents = self._settled_parents()

    def now(self, id_: str) -> Unit | None:
        """The unit of an id, or what took its place by this day; None if nothing did."""
        seen: set[str] = set()
        unit = self._every.get(id_)
        while unit is not None and not stands(unit, self.day):
            seen.add(unit.id)
            unit = self._every.get(unit.into) if unit.into not in seen else None
        return unit

    def parent(self, unit: Unit) -> Unit | None:
        """What a unit lies in; None directly under the union."""
        return self._every.get(self._parents.get(unit.id, ""))

    def children(self, id_: str = "") -> list[Unit]:
        """What lies directly in a unit ("" = the union), in the order written."""
        return [unit for unit in self.units if self._parents[unit.id] == id_]

    def under(self, id_: str) -> list[Unit]:
        """A unit with everything below it, from the top; all units for ""."""
        found = [unit for unit in self.units if unit.id == id_]
        for unit in self.children(id_):
            found += self.under(unit.id)
        return found

    def named(self, name: str) -> Unit | None:
        """The unit so called, whatever the diacritics and case; the smallest id where two PCs made one each."""
        wanted = vietnamese.fold(name)
        return min((u for u in self.units if vietnamese.fold(u.name) == wanted), key=lambda u: u.id, default=None)

    def ended(self, name: str) -> Unit | None:
        """A unit once so called that stands no more."""
        wanted = vietnamese.fold(name)
        past = (u for u in self._every.values() if u.until and u.until <= self.day)
        called = [u for u in past if vietnamese.fold(u.name) == wanted]
        return max(called, key=lambda u: (u.until or self.day, u.id), default=None)

    def instead(self, name: str) -> Unit | None:
        """What took the place of a unit once so called, where none is now; None if nothing did."""
        past = self.ended(name) if self.named(name) is None else None
        return self.now(past.id) if past else None

    def path(self, unit: Unit) -> str:
        """The names from below the union down to a unit: "CĐBP Xưởng may › Tổ 1"."""
        over = self.parent(unit)
        return f"{self.path(over)} › {unit.name}" if over else unit.name

    def _settled_parents(self) -> dict[str, str]:
        """The parent of each unit now; where two PCs put two units into each other the smaller id comes out on top."""
        over = {unit.id: self.now(unit.parent) for unit in self.units}
        parents = {id_: unit.id if unit and unit.id != id_ else "" for id_, unit in over.items()}
        for id_ in sorted(parents):
            above, seen = parents[id_], {id_}
            while above and above not in seen:
                seen.add(above)
                above = parents[above]
            if above == id_:
                parents[id_] = ""
        return parents
