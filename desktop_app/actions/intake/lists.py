"""Any list of members into the book, whatever its columns are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.actions import list_profiles
from desktop_app.actions.intake.counter import Intake, Progress
from desktop_app.actions.intake.details import aside, fitting
from desktop_app.actions.intake.people import People
from desktop_app.domain import dates
from desktop_app.domain.contacts import check_email, check_phone
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import ListProfile
from desktop_app.exchange.cells import Unread
from desktop_app.exchange.lists import DETAILS, Mappings, find_list, heading_of
from desktop_app.exchange.source import Source
from desktop_app.exchange.tables import Fault, Table
from desktop_app.storage import entries
from desktop_app.storage.book import Book, Changes


@dataclass(frozen=True)
class ImportedList:
    """What the import of a list did: rows read, people stored, rows that said nothing new, faults."""

    rows: int
    stored: int
    merged: int
    refused: tuple[Fault, ...]
    encoding: dict[str, str]
    mapping: dict[str, str]
    undo: str | None
    changes: Changes

    @property
    def nothing(self) -> bool:
        """True if rows were refused and not one was stored."""
        return bool(self.refused) and not self.stored

    def answer(self) -> dict[str, Any]:
        """The JSON answer of `members import` (workbook.md)."""
        return {
            "rows": self.rows, "stored": self.stored, "merged": self.merged,
            "refused": [vars(fault) for fault in self.refused],
            "encoding": self.encoding, "mapping": self.mapping, "undo": self.undo,
        }  # fmt: skip


def import_members(
    book: Book,
    path: Path,
    by: str,
    *,
    profile_map: str = "",
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ImportedList:
    """Read a list of people whatever its columns are called; rows of people already there are merged.

    `mapping` (heading -> field, "" = leave the column aside) goes before what is kept under the name `profile_map`,
    and that before the guess; what was used is kept under the name. Raises `Refused` or `Trouble`; then nothing is
    stored.
    """
    kept = Mappings(book.path.parent)
    told = {**(_kept(book, profile_map) if profile_map else {}), **(mapping or {})}
    table = find_list(Source(path), told)
    used = {table.headings[place]: column.field for place, column in table.columns.items() if column.field != "-"}
    table.columns = {place: column for place, column in table.columns.items() if column.field != "-"}
    before = entries.last_entry(book)
    read = 0
    merged = 0
    with book.transact("members.import", by) as transaction:
        intake = Intake(book, transaction, progress, table.size)
        people = People(intake)
        for row in intake.rows(table):
            read += 1
            try:
                merged += not people.take(*whole(*table.values(row)))
            except Refused as refused:
                intake.refuse(table, [row], {row.number: refused.problems})
        changes = transaction.changes
    if profile_map:
        kept.keep(profile_map, {**told, **used})
    return ImportedList(
        read, len(people.touched), merged, tuple(intake.faults), encodings_of(table), used,
        undo_of(book, before), changes,
    )  # fmt: skip


def _kept(book: Book, name: str) -> dict[str, str]:
    """The mapping kept under a name, else the column profile of the book that is called so."""
    profile = next((one for one in book.all(ListProfile) if one.name == name), None)
    return Mappings(book.path.parent).get(name) or (list_profiles.mapping(profile) if profile else {})


def undo_of(book: Book, before: int) -> str | None:
    """The id by which everything after the entry `before` is undone; None if nothing came after."""
    after = entries.last_entry(book)
    return f"{book.device}-{before + 1}-{after}" if after > before else None


def whole(values: dict[str, Any], problems: list[Problem]) -> tuple[dict[str, Any], list[Problem]]:
    """Halves of a name put together; a mark or a birth under *Nam* or *Nữ* read as what it says."""
    halves = [str(values.pop(name)) for name in ("family", "given") if name in values]
    if halves and "name" not in values:
        values["name"] = " ".join(halves)
    for field, sex in (("man", "Nam"), ("woman", "Nữ")):
        said = values.pop(field, None)
        if said is not None and str(said).strip().casefold() not in ("0", "không"):
            values.setdefault("sex", sex)
            if any(c.isdigit() for c in str(said)) and len(str(said)) >= 4:
                values.setdefault("birth", said)
    problems = _unread(values, problems)
    _days(values)
    _set_apart_old_number(values)
    _aside(values)
    fitting(values)
    return values, problems


def _unread(values: dict[str, Any], problems: list[Problem]) -> list[Problem]:
    """Of the details what cannot be read becomes a note; elsewhere the row is given back for it."""
    unread = {name: said for name, said in values.items() if isinstance(said, Unread)}
    for name, said in unread.items():
        del values[name]
        if name in DETAILS:
            aside(values, f"{heading_of(name)}: {said}")
    return [problem for problem in problems if not (problem.field in DETAILS and problem.field in unread)]


def _days(values: dict[str, Any]) -> None:
    """A day known to the month or the year only: its first day, and the note says how it was written."""
    for name, value in list(values.items()):
        if isinstance(value, dates.PartialDate):
            values[name] = value.first
            aside(values, f"{heading_of(name)}: danh sách chỉ ghi {value.display}")


def _set_apart_old_number(values: dict[str, Any]) -> None:
    """A CMND of 9 digits (no longer valid since 1/1/2025) is kept in the note; it is no CCCD."""
    number = re.sub(r"[\s.']", "", str(values.get("cccd", "")))
    if re.fullmatch("[0-9]{9}", number):
        del values["cccd"]
        aside(values, f"CMND cũ {number}")


def _aside(values: dict[str, Any]) -> None:
    """What stands under *Điện thoại* or *Email* and is none goes to the note: no row is refused for it."""
    for field, label, check in (("phone", "Điện thoại", check_phone), ("email", "Email", check_email)):
        if said := str(values.get(field, "")).strip():
            try:
                values[field] = check(said)
            except ValueError:
                del values[field]
                aside(values, f"{label}: {said}")


def encodings_of(table: Table) -> dict[str, str]:
    """The old encodings of understood columns, by heading."""
    return {
        table.headings[place]: encoding.removesuffix("-caps")
        for place, encoding in sorted(table.encodings.items())
        if place in table.columns and place in table.marked
    }
