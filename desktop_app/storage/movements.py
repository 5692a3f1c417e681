"""Questions about movements: the kinds in force, what was written of a person, what happened in a span of days."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, NamedTuple

import resources
from desktop_app.domain.movements import Kind, Kinds, steps
from desktop_app.domain.records import Movement
from desktop_app.storage import rows
from desktop_app.storage.book import Book


class Record(NamedTuple):
    """What counting heads needs of a person's record."""

    id: str
    team: str
    sex: str
    card: str
    member: bool
    joined: date | None
    left: date | None
    registered: date | None


class Happened(NamedTuple):
    """A line of the list of movements. `id` is "" where the record alone tells it; days are ISO text or None."""

    id: str
    person: str
    name: str
    team: str
    kind: str
    day: str
    from_unit: str
    to_unit: str
    document: str
    document_day: str | None
    reason: str
    corrects: str
    corrected: bool
    sort_key: str


def kinds(day: date) -> Kinds:
    """The kinds of movements in force on `day`; of days before the first catalogue, the first one."""
    dated = _catalogues()
    return next((found for start, found in reversed(dated) if start <= day), dated[0][1])


@cache
def _catalogues() -> list[tuple[date, Kinds]]:
    found = []
    for declared in resources.read("catalogues/movements.toml")["catalogue"]:
        made = {row["code"]: _kind(declared, row) for row in declared["kind"]}
        managers = declared["ineligible"]
        known = Kinds(
            made,
            declared["readmit_months"],
            declared["ahead_days"],
            declared["first"],
            declared["pause_months"],
            declared["card_days"],
            tuple(managers["words"]),
            managers["told"],
        )
        found.append((declared["from"], known))
    return sorted(found, key=lambda entry: entry[0])


def _kind(declared: dict[str, Any], row: dict[str, Any]) -> Kind:
    reasons, hint = declared["reasons"].get(row["code"], ()), declared["hints"].get(row["code"], "")
    return Kind(**row, reasons=tuple(reasons), hint=hint)


def pause_of(person: str, first: str, last: str) -> str:
    """SQL: "Tạm dừng sinh hoạt" if `person` was suspended from before or on `first` to the end of `last`, else NULL.

    Any later movement but a move inside the union ends a suspension.
    """
    return (
        f"(SELECT 'Tạm dừng sinh hoạt' FROM movements s WHERE s.person = {person} AND s.kind = 'TD' AND s.retired = 0"  # noqa: S608
        f" AND s.day <= {first} AND NOT EXISTS (SELECT 1 FROM movements e WHERE e.person = s.person AND e.retired = 0"
        f" AND e.kind <> 'CNB' AND e.day <= {last} AND (e.day, e.id) > (s.day, s.id)) LIMIT 1)"
    )


def paused_since(book: Book, day: date) -> list[tuple[str, str]]:
    """Who (id, name) is suspended on a day since before it or on it, and has been without a break?"""
    found = book.db.execute(
        "SELECT s.person, p.name FROM movements s JOIN people p ON p.id = s.person"
        " WHERE s.kind = 'TD' AND s.retired = 0 AND s.day <= ? AND p.retired = 0 AND NOT EXISTS (SELECT 1"
        " FROM movements e WHERE e.person = s.person AND e.retired = 0 AND e.kind <> 'CNB'"
        " AND (e.day, e.id) > (s.day, s.id)) ORDER BY p.sort_key",
        [day.isoformat()],
    )
    return [(id_, name) for id_, name in found]


def written(book: Book, person: str) -> list[Movement]:
    """The movements written of a person, oldest first."""
    return list(rows.find(book.db, Movement, "person = ?", [person], order="day, id"))


def written_of_all(book: Book) -> dict[str, list[Movement]]:
    """Every movement written, by person, oldest first."""
    found: dict[str, list[Movement]] = {}
    for movement in rows.find(book.db, Movement, order="day, id"):
        found.setdefault(movement.person, []).append(movement)
    return found


def moved(book: Book) -> set[str]:
    """Of whom is any movement written?"""
    return {person for (person,) in book.db.execute("SELECT DISTINCT person FROM movements WHERE retired = 0")}


class _Kept(NamedTuple):
    id: str
    team: str
    joined: date | None
    left: date | None
    member: bool
    until: date | None


def unlike(book: Book, day: date) -> list[tuple[str, str]]:
    """Whose record (id, name) says another membership than the person's movements, as two PCs can leave it that wrote
    movements of one person at once? Dues follow the record, the count of heads the movements.
    """
    known, written_ = kinds(day), written_of_all(book)
    found = book.db.execute(
        'SELECT id, team, joined, "left", member, until, name FROM people p WHERE retired = 0'
        " AND EXISTS (SELECT 1 FROM movements m WHERE m.person = p.id AND m.retired = 0) ORDER BY sort_key, id"
    )
    told = []
    for id_, team, joined, left, member, until, name in found:
        kept = _Kept(id_, team, _day(joined), _day(left), bool(member), _day(until))
        now = steps(known, kept, written_[id_])[-1].after
        if (kept.member, kept.joined, kept.left, kept.until) != (now.counted, now.joined, now.left, now.until):
            told.append((id_, name))
    return told


def people(book: Book) -> list[Record]:
    """Everybody's record, in the order written."""
    found = book.db.execute(
        'SELECT id, team, sex, card, member, joined, "left", registered FROM people WHERE retired = 0'
    )
    return [
        Record(id_, team, sex, card, bool(member), _day(joined), _day(left), _day(registered))
        for id_, team, sex, card, member, joined, left, registered in found
    ]


def happened(book: Book, first: date, last: date) -> list[Happened]:
    """What happened from `first` to `last`, the latest first; the days of records without movements are among it."""
    known = kinds(last)
    joined, left, quit_ = known.first["in"], known.first["out"], known.first["quit"]
    own = "p.retired = 0 AND NOT EXISTS (SELECT 1 FROM movements m WHERE m.person = p.id AND m.retired = 0)"
    nothing = "'', '', '', NULL, '', '', 0, p.sort_key"
    found = book.db.execute(
        "SELECT m.id, p.id, p.name, p.team, m.kind, m.day, m.from_unit, m.to_unit, m.document,"  # noqa: S608
        " m.document_day, m.reason, m.corrects,"
        " m.id IN (SELECT corrects FROM movements WHERE corrects <> '' AND retired = 0), p.sort_key"
        " FROM movements m JOIN people p ON p.id = m.person"
        " WHERE m.retired = 0 AND p.retired = 0 AND m.day BETWEEN :first AND :last"
        f" UNION ALL SELECT '', p.id, p.name, p.team, :joined, p.joined, {nothing} FROM people p"
        f" WHERE p.member = 1 AND p.joined BETWEEN :first AND :last AND {own}"
        f" UNION ALL SELECT '', p.id, p.name, p.team, CASE p.member WHEN 1 THEN :out ELSE :quit END, p.\"left\","
        f" {nothing} FROM people p WHERE p.\"left\" BETWEEN :first AND :last AND {own}"
        " ORDER BY 6 DESC, 14, 1 DESC",
        {"first": first.isoformat(), "last": last.isoformat(), "joined": joined, "out": left, "quit": quit_},
    )
    return [Happened._make(row) for row in found]


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
