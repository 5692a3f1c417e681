"""Questions about people: who is called or numbered so, what one has been paid, who is the same."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop_app.domain import vietnamese
from desktop_app.domain.records import Person, Wage
from desktop_app.storage import quality, rows
from desktop_app.storage.book import Book


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


def entered(book: Book) -> int:
    """How many people were ever entered: how long the lists are."""
    found: int = book.db.execute("SELECT count(*) FROM people WHERE retired = 0").fetchone()[0]
    return found


def census(book: Book, today: date) -> Census:
    """How many are there today, and how many members have a record that is not complete?"""
    here, member, gap = f"retired = 0 AND {quality.HERE}", quality.MEMBER, quality.definition(today).gap
    found = book.db.execute(
        f"SELECT count(*) FILTER (WHERE {here} AND {member}),"  # noqa: S608
        f" count(*) FILTER (WHERE {here} AND {member} AND sex = 'Nữ'),"
        f" count(*) FILTER (WHERE {here} AND NOT ({member})), count(*) FILTER (WHERE {here} AND {member} AND {gap})"
        " FROM people p",
        {"day": today.isoformat()},
    ).fetchone()
    return Census(*found)


def namesakes(book: Book, person: Person) -> list[str]:
    """Who else has this name (diacritics aside) and birth: perhaps the same person entered twice."""
    called = vietnamese.fold(person.name)
    words = " ".join(f'"{word}"' for word in vietnamese.words_of(called))
    if not person.birth or not words:
        return []
    found = book.db.execute(
        "SELECT name, team FROM people WHERE no IN (SELECT rowid FROM people_words WHERE people_words MATCH ?)"
        " AND birth = ? AND id <> ? AND retired = 0",
        [words, person.birth, person.id],
    )
    return [f"{name} ({team})" if team else name for name, team in found if vietnamese.fold(name) == called]


def teams(book: Book) -> list[str]:
    """The teams named so far, in order."""
    found = book.db.execute("SELECT DISTINCT team FROM people WHERE team <> '' AND retired = 0")
    return sorted((team for (team,) in found), key=vietnamese.reading_order)


def wages_of(book: Book, person: str) -> list[Wage]:
    """The wages of a person, the latest first."""
    return list(rows.find(book.db, Wage, "person = ?", [person], order="from_month DESC, id DESC"))
