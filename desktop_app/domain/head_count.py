"""Counting heads over a span of days from movements, a row a tổ: what was, what came and went, what is.

E = B + tăng − giảm + chuyển tổ + điều chỉnh holds in every row, and E of a span is B of the next, whatever was
recorded, because all of it is read from the same steps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from desktop_app.domain.movements import Kinds, Told, steps, team_before
from desktop_app.domain.records import Movement

Row = Counter[str]
"""Heads by column: "A" workers, "B" and "E" members before and after (".n" women), kinds of movement by their code,
"move" (net, inside), "correct" (net), "F" suspended, "G" with a card, "H" brought up to date in the Confederation's
software, "I" workers who are no members."""


class Counted(Told, Protocol):
    """What is read of a person's record."""

    @property
    def sex(self) -> str: ...
    @property
    def card(self) -> str: ...
    @property
    def registered(self) -> date | None: ...


def count(
    kinds: Kinds, people: Iterable[Counted], written: Mapping[str, Sequence[Movement]], first: date, last: date
) -> dict[str, Row]:
    """The rows by tổ ("" = of no tổ) from `first` to `last`, both included."""
    rows: defaultdict[str, Row] = defaultdict(Counter)
    for person, many in _alike(people, written, first, last):

        def add(team: str, column: str, heads: int = 1, many: int = many) -> None:
            rows[team][column] += heads * many

        history = steps(kinds, person, written.get(person.id, ()))
        days = [step.movement.day or date.min for step in history]
        begin = sum(day < first for day in days)
        end = sum(day <= last for day in days)
        woman = person.sex == "Nữ"
        start = history[begin].before if begin < len(history) else history[-1].after
        team = team_before(kinds, person.team, history, begin)
        if start.member:
            add(team, "B")
            add(team, "B.n", int(woman))
        for place in range(begin, end):
            step = history[place]
            now = team_before(kinds, person.team, history, place)
            then = team_before(kinds, person.team, history, place + 1)
            moved = int(step.after.member) - int(step.before.member)
            if moved and kinds.does(step.movement) == "correct":
                add(now, "correct", moved)
            elif moved:
                add(now, step.movement.kind)
            if now != then and step.after.member:
                add(now, "move", -1)
                add(then, "move", 1)
        stand = history[end - 1].after if end else history[0].before
        team = team_before(kinds, person.team, history, end)
        if stand.here:
            add(team, "A")
            add(team, "A.n", int(woman))
        if stand.member:
            add(team, "E")
            add(team, "E.n", int(woman))
            add(team, "F", int(stand.paused))
            add(team, "G", int(bool(person.card)))
            add(team, "H", int(person.registered is not None and person.registered <= last))
        add(team, "I", int(stand.here) - int(stand.member))
    return {team: row for team, row in rows.items() if any(row.values())}


def _alike(
    people: Iterable[Counted], written: Mapping[str, Sequence[Movement]], first: date, last: date
) -> list[tuple[Counted, int]]:
    """People to count, and how many each stands for: who has no movements counts like many others of the tổ."""

    def place(day: date | None) -> int:
        return -1 if day is None else int(day >= first) + int(day > last)

    found: dict[object, tuple[Counted, int]] = {}
    for one in people:
        key: object = one.id
        if one.id not in written:
            days = (place(one.joined), place(one.left), bool(one.joined and one.left and one.left < one.joined))
            known = one.registered is not None and one.registered <= last
            key = (one.team, one.sex, bool(one.card), known, one.member, days)
        held = found.get(key)
        found[key] = (held[0], held[1] + 1) if held else (one, 1)
    return list(found.values())


def total(rows: Iterable[Row]) -> Row:
    """All rows together."""
    found: Row = Counter()
    for row in rows:
        found.update(row)
    return found


def expected(kinds: Kinds, row: Row) -> int:
    """What E must be: B + tăng − giảm + chuyển tổ + điều chỉnh."""
    signs = {"in": 1, "out": -1}
    moved = sum(signs.get(kind.does, 0) * row[code] for code, kind in kinds.kinds.items())
    return row["B"] + moved + row["move"] + row["correct"]
