"""Questions about people: who is called or numbered so, what one has been paid, who is the same."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from desktop_app.domain import dates, vietnamese
from desktop_app.domain.records import Person, Wage
from desktop_app.storage import rows
from desktop_app.storage.book import Book
from desktop_app.storage.movements import pause_of

_WORD = re.compile(r"[^\W_]+")


class Listed(NamedTuple):
    """One line of the list of people: days as ISO text or None, `wage` the insured wage in force (đồng, 0 unknown)."""

    id: str
    name: str
    birth: str
    sex: str
    cccd: str
    card: str
    team: str
    joined: str | None
    left: str | None
    until: str | None
    paused: bool
    member: bool
    wage: int
    sort_key: str

    @property
    def gaps(self) -> str:
        """What is missing of what dues and reports need: "CCCD, ngày sinh"; "" if nothing."""
        told = (("CCCD", self.cccd), ("ngày sinh", self.birth), ("giới tính", self.sex), ("lương", self.wage))
        return ", ".join(name for name, value in told if not value)

    def status(self, today: str) -> str:
        """ "đang sinh hoạt", "tạm dừng", "chưa gia nhập" (a worker, no member), "đã ra công đoàn" or "đã thôi"."""
        if self.left and self.left <= today:
            return "đã thôi"
        if self.member and self.until and self.until <= today:
            return "đã ra công đoàn"
        if self.member and self.paused:
            return "tạm dừng"
        return "đang sinh hoạt" if self.member else "chưa gia nhập"


class Census(NamedTuple):
    """Heads of a day: members, women among them, workers who are no members, members with gaps."""

    members: int
    women: int
    outside: int
    gaps: int


def owner_of(book: Book, field: str, number: str, besides: str = "") -> str | None:
    """Who already has this CCCD or card number (`field` is "cccd" or "card"), the person `besides` (an id) left out?"""
    condition = {"cccd": "cccd = ?", "card": "card = ?"}[field]
    found = book.db.execute(
        f"SELECT name FROM people WHERE {condition} AND id <> ? AND retired = 0",  # noqa: S608
        [number, besides],
    ).fetchone()
    return found[0] if found else None


def people(book: Book, query: str = "", *, everyone: bool = False, today: date | None = None) -> list[Listed]:
    """Members (workers too with `everyone`) in Vietnamese name order; with a query those a forgiving search finds.

    The search needs no diacritics, takes words in any order, first letters ("nvt") and numbers; who is found letter
    for letter, diacritics too, comes first.
    """
    words = _WORD.findall(vietnamese.fold(query))
    conditions = ["p.retired = 0", *([] if everyone else ["p.member = 1"])]
    conditions += [f"instr(replace(p.folded, ' ', ''), :w{n}) > 0" for n in range(len(words))]
    today = today or date.today()  # noqa: DTZ011
    found = book.db.execute(
        "SELECT p.id, p.name, p.birth, p.sex, p.cccd, p.card, p.team, p.joined, p.\"left\", p.until,"  # noqa: S608
        f" {pause_of('p.id', ':day', ':day')} IS NOT NULL, p.member,"
        " coalesce((SELECT insured FROM wages w WHERE w.person = p.id AND w.retired = 0"
        " ORDER BY w.from_month <= :month DESC, w.from_month DESC, w.id DESC LIMIT 1), 0), p.sort_key"
        f" FROM people p WHERE {' AND '.join(conditions)} ORDER BY p.sort_key, p.id",
        {"month": dates.month_of(today), "day": today.isoformat(), **{f"w{n}": word for n, word in enumerate(words)}},
    )
    listed = [Listed._make(row) for row in found]
    if not words:
        return listed
    return sorted(
        (one for one in listed if vietnamese.matches(query, f"{one.name} {one.cccd} {one.card}")),
        key=lambda one: (_rank(query, one.name), one.sort_key),
    )


def _rank(query: str, name: str) -> int:
    """0: every word is a word of the name, diacritics too; 1: begins one; 2: is one without diacritics; 3: else."""
    asked, had = vietnamese.clean(query).casefold().split(), vietnamese.clean(name).casefold().split()
    if all(word in had for word in asked):
        return 0
    if all(any(whole.startswith(word) for whole in had) for word in asked):
        return 1
    bare = vietnamese.fold(name).split()
    return 2 if all(vietnamese.fold(word) in bare for word in asked) else 3


def entered(book: Book) -> int:
    """How many people were ever entered: how long the lists are."""
    found: int = book.db.execute("SELECT count(*) FROM people WHERE retired = 0").fetchone()[0]
    return found


def census(book: Book, today: date) -> Census:
    """How many are there today, and how many members lack CCCD, birth, sex or any wage?"""
    here = "retired = 0 AND (\"left\" IS NULL OR \"left\" > :today)"
    member = "member = 1 AND (until IS NULL OR until > :today)"
    gap = (
        "(cccd = '' OR birth = '' OR sex = '' OR NOT EXISTS"
        " (SELECT 1 FROM wages w WHERE w.person = p.id AND w.retired = 0 AND w.insured > 0))"
    )
    found = book.db.execute(
        f"SELECT count(*) FILTER (WHERE {here} AND {member}),"  # noqa: S608
        f" count(*) FILTER (WHERE {here} AND {member} AND sex = 'Nữ'),"
        f" count(*) FILTER (WHERE {here} AND NOT ({member})), count(*) FILTER (WHERE {here} AND {member} AND {gap})"
        " FROM people p",
        {"today": today.isoformat()},
    ).fetchone()
    return Census(*found)


def namesakes(book: Book, person: Person) -> list[str]:
    """Who else has this name (diacritics aside) and birth: perhaps the same person entered twice."""
    if not person.birth:
        return []
    found = book.db.execute(
        "SELECT name, team FROM people WHERE birth = ? AND instr(folded || ' ', ? || ' ') = 1 AND id <> ?"
        " AND retired = 0",
        [person.birth, f"{vietnamese.fold(person.name)} {vietnamese.initials(person.name)}", person.id],
    )
    return [f"{name} ({team})" if team else name for name, team in found]


def teams(book: Book) -> list[str]:
    """The teams named so far, in order."""
    found = book.db.execute("SELECT DISTINCT team FROM people WHERE team <> '' AND retired = 0")
    return sorted((team for (team,) in found), key=team_order)


def team_order(team: str) -> tuple[object, ...]:
    """"Tổ 2" before "Tổ 10"."""
    return tuple(f"{int(part):09}" if part.isdigit() else vietnamese.fold(part) for part in re.split(r"(\d+)", team))


def wages_of(book: Book, person: str) -> list[Wage]:
    """The wages of a person, the latest first."""
    return list(rows.find(book.db, Wage, "person = ?", [person], order="from_month DESC, id DESC"))
