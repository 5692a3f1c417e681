"""The official forms in force on a day: title, rows, columns, rules and signers, from dated data.

A report of a year is drawn with the form of that year, for ever; nothing of a form is code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import resources
from desktop_app.domain import form_texts
from desktop_app.domain.errors import Refused
from desktop_app.domain.formulas import Rule
from desktop_app.domain.items import Items
from desktop_app.domain.vietnamese import fold
from desktop_app.reports.model import Column, Style
from desktop_app.storage import texts
from desktop_app.storage.book import Book

_ITEM_WIDTH = 13.0


@dataclass(frozen=True)
class FormRow:
    """A row of a form. `code` is its mã, `key` the name of its cell (the mã, if it has one); `printed_code` is what
    stands on paper, which may be corrected.

    `formula` adds up other cells, `source` names a fact of the book; without both it is typed or a heading.
    """

    key: str
    code: str
    no: str
    text: str
    measure: str
    formula: str
    source: str
    style: Style
    printed: bool
    evidence: str
    printed_code: str


@dataclass(frozen=True)
class Signer:
    """Who signs: `who` is the union's field that holds the name ("chair"), or "" where it is not known."""

    title: str
    who: str
    hint: str


@dataclass(frozen=True)
class Wanted:
    """A paper that goes with a report; `of` is "year" where only a whole year needs it."""

    key: str
    text: str
    of: str
    evidence: str


@dataclass(frozen=True)
class Form:
    """One version of a form, in force from `since`."""

    code: str
    since: date
    kind: str
    title: str
    subtitle: str
    note: tuple[str, ...]
    letterhead: str
    measure: str
    landscape: bool
    national: bool
    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    columns: tuple[Mapping[str, Any], ...]
    basics: tuple[FormRow, ...]
    rows: tuple[FormRow, ...]
    rules: tuple[Rule, ...]
    limits: Mapping[str, str]
    owed: Mapping[str, str]
    cutoff: Mapping[str, str]
    signers: tuple[Signer, ...]
    upper_signers: tuple[Signer, ...]
    enclosures: tuple[Wanted, ...]
    worded_by: frozenset[str]
    """The forms whose words stand on it: itself, and the one whose rows it takes."""

    @property
    def formulas(self) -> dict[str, str]:
        """The formula of every cell that has one."""
        return {row.key: row.formula for row in self.rows if row.formula}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every mã of the form, in order."""
        return tuple(row.code for row in self.rows if row.code)

    def row(self, key: str) -> FormRow | None:
        """The row of a cell, or None."""
        return next((row for row in self.rows if row.key == key), None)

    def table_columns(self, items: Items | None = None) -> tuple[Column, ...]:
        """The columns as they are drawn; a column of a mục takes its heading from the catalogue."""
        made = []
        for declared in self.columns:
            facts = {name: value for name, value in declared.items() if name != "evidence"}
            item = items.get(facts["key"]) if items else None
            if item and "heading" not in facts:
                facts |= {"heading": f"{item.short} ({item.code})", "width": _ITEM_WIDTH, "kind": "money"}
            made.append(Column(**facts))
        return tuple(made)


def form(code: str, day: date, book: Book | None) -> Form:
    """The version of a form in force on `day`, with the words that the province and the union of this book corrected by
    then (None: as shipped); of days before the first version, the first one.

    The code may be typed in any letters, with or without diacritics ("1-HĐCĐ").

    Raises `Refused` for a form the program does not have.
    """
    known = next((known for known in codes() if fold(known) == fold(code.strip())), None)
    if known is None:
        raise Refused(f"Chưa có mẫu {code}. Hãy chọn một trong các mẫu: {', '.join(codes())}.")
    versions = _versions(known)
    number = next((at for at in reversed(range(len(versions))) if versions[at].since <= day), 0)
    if book is None:
        return versions[number]
    base = _based_on(known, number)
    others = texts.changed(book, base["code"], base["from"], day) if base else {}
    own = texts.changed(book, known, versions[number].since, day)
    return _reworded(known, number, json.dumps([others, own])) if others or own else versions[number]


@cache
def codes() -> tuple[str, ...]:
    """Every form the program has: each is a file named by its code."""
    return tuple(sorted(name.removeprefix("forms/").removesuffix(".toml") for name in resources.names("forms")))


@cache
def _versions(code: str) -> list[Form]:
    """The versions of a form, oldest first; only its own file is read, and that of the form whose rows it takes."""
    return [_read({**_based_on(code, at), **version}) for at, version in enumerate(_declared(code))]


@lru_cache(maxsize=64)
def _reworded(code: str, number: int, changed: str) -> Form:
    """A version with other words: those of the form whose rows it takes, and its own."""
    others, own = json.loads(changed)
    base = form_texts.with_texts(_based_on(code, number), others)
    version = _declared(code)[number]
    return _read(form_texts.with_texts({**base, **version}, own))


def _based_on(code: str, number: int) -> Mapping[str, Any]:
    """The declaration whose rows a version takes, in force on its first day; nothing if it has its own."""
    version = _declared(code)[number]
    if "rows_of" not in version:
        return {}
    held = _declared(version["rows_of"])
    return next((one for one in reversed(held) if one["from"] <= version["from"]), held[0])


@cache
def _declared(code: str) -> list[dict[str, Any]]:
    """The versions as their file has them, oldest first."""
    found: list[dict[str, Any]] = resources.read(f"forms/{code}.toml")["form"]
    return sorted(found, key=lambda version: version["from"])


def _read(given: Mapping[str, Any]) -> Form:
    return Form(
        code=given["code"],
        since=given["from"],
        kind=given.get("kind", "money"),
        title=given["title"],
        subtitle=given.get("subtitle", ""),
        note=tuple(given["note"]),
        letterhead=given.get("letterhead", ""),
        measure=given.get("measure", ""),
        landscape=given.get("landscape", False),
        national=given.get("national", False),
        headings=tuple(given.get("headings", ())),
        paragraphs=tuple(given.get("paragraphs", ())),
        columns=tuple(given["columns"]),
        basics=tuple(_row(row) for row in given.get("basics", ())),
        rows=tuple(_row(row) for row in given.get("rows", ())),
        rules=tuple(Rule(**rule) for rule in given.get("rules", ())),
        limits=given.get("limits", {}),
        owed=given.get("owed", {}),
        cutoff=given.get("cutoff", {}),
        signers=tuple(_signer(row) for row in given["signers"]),
        upper_signers=tuple(_signer(row) for row in given.get("upper_signers", ())),
        enclosures=tuple(
            Wanted(row["key"], row["text"], row.get("of", ""), row["evidence"]) for row in given.get("enclosures", ())
        ),
        worded_by=frozenset({given["code"], given.get("rows_of", given["code"])}),
    )


def _row(given: Mapping[str, Any]) -> FormRow:
    code = given.get("code", "")
    return FormRow(
        key=given.get("key", code),
        code=code,
        no=given.get("no", ""),
        text=given["text"],
        measure=given.get("measure", ""),
        formula=given.get("formula", ""),
        source=given.get("source", ""),
        style=given.get("style", "normal"),
        printed=given.get("printed", True),
        evidence=given["evidence"],
        printed_code=given.get("printed_code", code),
    )


def _signer(given: Mapping[str, Any]) -> Signer:
    return Signer(given["title"], given.get("who", ""), given.get("hint", "(Ký, họ tên)"))
