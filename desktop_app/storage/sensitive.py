"""Questions about what is kept apart: the sensitive facts of a person, who uses the book, who looked when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import resources
from desktop_app.domain.extras import DAY
from desktop_app.domain.records import Access, Consent, ExtraField, Sensitive, User
from desktop_app.storage import extras, rows
from desktop_app.storage.book import Book

_EXTRA = "x:"


@dataclass(frozen=True)
class Known:
    """One kind of sensitive fact: key and label, "code" of `list`, "day", "text" or "extra", and the usual ground.

    `field` is the province's definition of an "extra" one.
    """

    key: str
    label: str
    kind: str
    basis: str
    list: str = ""
    field: ExtraField | None = None


@cache
def catalogue() -> tuple[tuple[Known, ...], Mapping[str, str]]:
    """The kinds of facts in the order shown, and the grounds by code."""
    told = resources.read("catalogues/sensitive.toml")["catalogue"][-1]
    known = (Known(one["key"], one["label"], one["kind"], one["basis"], one.get("list", "")) for one in told["fields"])
    return tuple(known), {one["code"]: one["label"] for one in told["bases"]}


def kinds(book: Book, day: date) -> list[Known]:
    """The kinds of facts of a day: those of the catalogue, then those that the province asks."""
    asked = (field for field in extras.asked(book, day) if field.sensitive)
    return [*catalogue()[0], *(
        Known(f"{_EXTRA}{field.code}", field.label, "day" if field.kind == DAY else "extra", "luat", field=field)
        for field in asked
    )]  # fmt: skip


def label_of(book: Book, key: str) -> str:
    """What a key, of a kind of fact or of a ground, is called."""
    if key.startswith(_EXTRA):
        return extras.label_of(book, key.removeprefix(_EXTRA))
    known, bases = catalogue()
    return next((one.label for one in known if one.key == key), bases.get(key, key))


def of(book: Book, person: str) -> dict[str, list[Sensitive]]:
    """The facts of a person by kind, the newest first: more than one only where two PCs wrote one at once."""
    found: dict[str, list[Sensitive]] = {}
    for one in rows.find(book.db, Sensitive, "person = ?", [person], order="id DESC"):
        found.setdefault(one.what, []).append(one)
    return found


def any_of(book: Book, person: str) -> bool:
    """Whether anything sensitive is kept of a person."""
    return bool(book.db.execute("SELECT 1 FROM sensitives WHERE person = ? AND retired = 0", [person]).fetchone())


def of_kind(book: Book, what: str) -> dict[str, Sensitive]:
    """The facts of one kind by person."""
    found = rows.find(book.db, Sensitive, "what = ?", [what], order="id")
    return {one.person: one for one in found}


def users(book: Book) -> list[User]:
    """Who works in the book, the first one first."""
    return list(rows.find(book.db, User, order="id"))


def user_named(book: Book, name: str) -> User | None:
    """The user of a name, None if nobody is called so."""
    return next(rows.find(book.db, User, "name = ?", [name], order="id"), None)


def accesses(book: Book, person: str = "", most: int = 500) -> Sequence[Access]:
    """Who looked at what, the latest first; of one person if asked."""
    where = "person = ?" if person else "1 OR ?"
    return list(rows.find(book.db, Access, where, [person], order=f"at DESC, id DESC LIMIT {most}"))


def consents(book: Book, person: str) -> list[Consent]:
    """The consents of a person, the latest first."""
    return list(rows.find(book.db, Consent, "person = ?", [person], order="day DESC, id DESC"))


def consent_in_force(book: Book, person: str, day: date) -> Consent | None:
    """The consent that holds on a day, None if there is none or it was withdrawn."""
    held = (c for c in consents(book, person) if c.day and c.day <= day)
    return next((c for c in held if c.withdrawn is None or c.withdrawn > day), None)
