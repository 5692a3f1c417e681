"""Questions about officers: the posts in force, who held which on a day, terms and dossiers, whose file is complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import resources
from desktop_app.domain import officer_doubts
from desktop_app.domain import officers as rules_of
from desktop_app.domain.errors import Refused
from desktop_app.domain.officer_doubts import Doubt, Heads, Papers, Sizes
from desktop_app.domain.officers import Body, Catalogue, Held, Pair, Post
from desktop_app.domain.records import Career, Dossier, Office, Person, Term
from desktop_app.storage import overview, person_more, rows
from desktop_app.storage.book import Book
from desktop_app.storage.rules import rules


class Holder(NamedTuple):
    """Who holds a post on a day: person (id) and name, the post's code ("" if no post is called so) and the title."""

    person: str
    name: str
    post: str
    title: str
    unit: str
    full_time: bool


class Allowance(NamedTuple):
    """One officer's monthly allowance in đồng, for the highest post held on the day: `coefficient` x base salary."""

    person: str
    name: str
    title: str
    unit: str
    coefficient: Fraction
    amount: int


class FileState(NamedTuple):
    """A full-time officer's file: what of the dated list is missing."""

    person: str
    name: str
    missing: tuple[str, ...]


class Share(NamedTuple):
    """An indicator as it is sent: numerator and denominator, never a percentage alone."""

    part: int
    whole: int


def catalogue(day: date) -> Catalogue:
    """Bodies, posts and words in force on `day`; of days before the first catalogue, the first one."""
    return _catalogue(_in_force("catalogue", day)["from"])


def papers_wanted(day: date) -> Papers:
    """What a recognition dossier must hold, and in how many working days it is sent."""
    declared = _in_force("dossier", day)
    named = {paper["code"]: paper["name"] for paper in declared["paper"]}
    return Papers(tuple(declared["bodies"]), named, declared["days"])


def terms(book: Book) -> list[Term]:
    """Every term, the latest first."""
    return list(rows.find(book.db, Term, order="since DESC, rowid DESC"))


def dossier(book: Book, term: str) -> Dossier | None:
    """The recognition dossier of a term."""
    return next(rows.find(book.db, Dossier, "term = ?", [term]), None)


def held(book: Book, day: date) -> list[Held]:
    """Every office ever held, in the order of rank and then of time; what a title means is read as of `day`."""
    known = catalogue(day)
    people = {
        id_: (name, sex, team, _earlier(left, until))
        for id_, name, sex, team, left, until in book.db.execute(
            "SELECT id, name, sex, team, \"left\", until FROM people WHERE retired = 0"
            " AND id IN (SELECT person FROM offices WHERE retired = 0)"
        )
    }
    found = []
    for office in book.all(Office):
        name, sex, team, left = people.get(office.person, ("(đã xóa)", "", "", None))
        post = known.post_of(office)
        found.append(Held(office, name, sex, team, left, post, rules_of.is_full_time(office)))

    def place(one: Held) -> tuple[int, str, date]:
        return known.rank(one.post.code if one.post else ""), one.office.unit, one.office.since or date.min

    return sorted(found, key=place)


def holders(book: Book, day: date) -> list[Holder]:
    """Who holds which post on a day, by rank; a person with two posts comes twice."""
    return [
        Holder(one.office.person, one.name, one.post.code if one.post else "", one.office.title,
               one.unit, one.full_time)
        for one in held(book, day) if one.on(day)
    ]  # fmt: skip


def holder_of(book: Book, post: str, day: date) -> str:
    """The name of who holds a post ("CT", "KT", "TQ") on a day; the latest if there are several, "" if nobody."""
    named = [one for one in held(book, day) if one.on(day) and one.post and one.post.code == post]
    return named[-1].name if named else ""


def signers(book: Book, day: date) -> dict[str, str]:
    """The names that belong under papers on a day by the posts held, by field of `Union` ("chair", "accountant", …)."""
    return {one.post.signs: one.name for one in held(book, day) if one.on(day) and one.post and one.post.signs}


def full_time(book: Book, day: date) -> set[str]:
    """The persons who are full-time officers on a day; each once, whatever posts they hold."""
    return {one.office.person for one in held(book, day) if one.on(day) and one.full_time}


def allowances(book: Book, day: date, payers: int) -> list[Allowance]:
    """Who gets which monthly allowance on a day: one post a person, the highest; full-time officers get none.

    `payers`: members who paid dues in the previous year. Raises `Refused` for a day before the rates known.
    """
    rates, best, salaried = rules(book), dict[str, Allowance](), full_time(book, day)
    known = catalogue(day)
    for one in holders(book, day):
        post = known.posts.get(one.post)
        if post is None or not post.allowance or one.person in salaried:
            continue
        amount = rates.allowance(day, payers, post.allowance)
        if one.person not in best or best[one.person].amount < amount:
            coefficient = rates.allowance_coefficient(day, payers, post.allowance)
            best[one.person] = Allowance(one.person, one.name, one.title, one.unit, coefficient, amount)
    return list(best.values())


def dues_payers(book: Book, year: int) -> int:
    """How many members paid dues for months of a year: the size of a union by which allowances are set."""
    found: int = book.db.execute(
        "SELECT count(DISTINCT person) FROM dues WHERE retired = 0 AND month BETWEEN ? AND ?",
        [f"{year}-01", f"{year}-12"],
    ).fetchone()[0]
    return found


def sizes(book: Book, members: int, day: date, elected: date | None = None) -> Sizes:
    """The rules of size for a union of so many members; a committee's by the rule of the day it was elected."""
    rates = rules(book)

    def told(table: str, on: date) -> Any:
        try:
            return rates.entry(table, on).value
        except Refused:
            return None

    rows_of = told("committee_size", elected or day) or ()
    most = next((row["most"] for row in rows_of if not row["below"] or members < row["below"]), None)
    standing = told("standing_committee", day) or {"from": 0, "part": 1}
    audit = told("audit_committee", day) or {"from_members": members + 1, "most": 1000}
    return Sizes(
        most, told("committee_least", day) or 0, standing["from"], standing["part"],
        audit["from_members"], audit["most"], told("women_board", day) or 1_000_000, told("term_notice", day) or 0,
    )  # fmt: skip


def term_years(book: Book, day: date) -> int:
    """How many years a term lasts."""
    return int(rules(book).entry("term_years", day).value)


def notice_days(book: Book, day: date) -> int:
    """How many days before its end a term is told."""
    return int(rules(book).entry("term_notice", day).value)


def doubts(book: Book, day: date) -> list[Doubt]:
    """What looks wrong with posts, bodies, terms and dossiers on a day, the gravest first."""
    heads, known, all_terms = overview.heads(book, day), catalogue(day), terms(book)
    current = current_term(all_terms, "BCH", day)
    allowed = sizes(book, heads.members, day, current.since if current else None)
    everybody = held(book, day)
    found = officer_doubts.doubts(known, allowed, everybody, all_terms, Heads(heads.members, heads.women, day))
    if (unit := overview.union(book)) is not None:
        found += officer_doubts.signer_doubts(known, [one for one in everybody if one.on(day)], unit)
    wanted = papers_wanted(day)
    for body in wanted.bodies:
        term = current_term(all_terms, body, day)
        if term is not None and term.since and term.since >= _first("dossier"):
            found += officer_doubts.dossier_doubts(wanted, term, dossier(book, term.id), day)
    return sorted(found, key=lambda one: ("bad", "warn", "info").index(one.tone))


def current_term(found: list[Term], body: str, day: date) -> Term | None:
    """The term of a body that is running on a day, or the last one before it; `found` has the latest first."""
    return next((term for term in found if term.body == body and (term.since is None or term.since <= day)), None)


def careers(book: Book, person: str) -> list[Career]:
    """The lines of an officer's course, oldest first."""
    return list(rows.find(book.db, Career, "person = ?", [person], order="since, rowid"))


def files(book: Book, day: date) -> list[FileState]:
    """The full-time officers of a day, and what their file still lacks by the list in force."""
    wanted = _in_force("file", day)["wanted"]
    mine: dict[str, list[Held]] = {}
    for one in held(book, day):
        if one.on(day):
            mine.setdefault(one.office.person, []).append(one)
    found = []
    for person, offices in mine.items():
        if any(one.full_time for one in offices):
            found.append(FileState(person, offices[0].name, tuple(_missing(book, wanted, person, offices))))
    return found


def file_share(book: Book, day: date) -> Share:
    """Target 12: full-time officers with a complete file over all full-time officers, on a day."""
    found = files(book, day)
    return Share(sum(not one.missing for one in found), len(found))


def _missing(book: Book, wanted: list[Mapping[str, str]], person: str, offices: list[Held]) -> list[str]:
    record, detail = book.get(Person, person), person_more.detail(book, person)
    kinds = {career.kind for career in careers(book, person)}
    had = {
        "person": lambda key: bool(getattr(record, key)),
        "detail": lambda key: bool(detail and getattr(detail, key)),
        "office": lambda key: all(getattr(one.office, key) for one in offices),
        "career": lambda key: key in kinds,
    }
    return [one["name"] for one in wanted if not had[one["of"]](one["key"])]


def _earlier(left: str | None, until: str | None) -> date | None:
    days = sorted(day for day in (left, until) if day)
    return date.fromisoformat(days[0]) if days else None


def _first(part: str) -> date:
    found: date = min(entry["from"] for entry in _read()[part])
    return found


def _in_force(part: str, day: date) -> Mapping[str, Any]:
    dated = sorted(_read()[part], key=lambda entry: entry["from"])
    found: Mapping[str, Any] = next((entry for entry in reversed(dated) if entry["from"] <= day), dated[0])
    return found


@cache
def _read() -> Mapping[str, Any]:
    return resources.read("catalogues/officers.toml")


@cache
def _catalogue(since: date) -> Catalogue:
    declared = next(entry for entry in _read()["catalogue"] if entry["from"] == since)
    return rules_of.catalogue(
        (Body(**body) for body in declared["body"]),
        (Post(**{**post, "also": tuple(post.get("also", ()))}) for post in declared["post"]),
        (Pair((pair["posts"][0], pair["posts"][1]), pair["why"]) for pair in declared["pair"]),
        careers={career["code"]: career["name"] for career in declared["career"]},
        means=declared["means"],
        ends=declared["ends"],
    )
