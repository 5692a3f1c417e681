"""What an import of a list would do, row by row, before anything is stored; then doing it as a person has chosen."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from desktop_app.actions.intake.counter import Intake, Progress
from desktop_app.actions.intake.lists import ImportedList, encodings_of, undo_of, whole
from desktop_app.actions.intake.people import People, Said, sure
from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Person
from desktop_app.exchange import cells
from desktop_app.exchange.lists import Shape, find_list
from desktop_app.exchange.returned import write_back
from desktop_app.exchange.source import Source
from desktop_app.exchange.tables import Fault, Row, Table
from desktop_app.storage import entries
from desktop_app.storage.book import Book, Transaction, new_id

_ISO = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")  # a birth as it is stored

Kind = Literal["new", "same", "fills", "differs", "twin", "refused", "changed", "gone"]
"""new person; known and nothing new; fills what is empty; says otherwise; perhaps the same person; cannot be read; of a
payroll list: another wage or deduction; in the book and not in the list."""
Choice = Literal["merge", "skip", "replace", "add"]
"""Of a row that differs or may be a duplicate: fill what is empty, leave it, let the file win, enter another person."""


@dataclass(frozen=True)
class Planned:
    """What becomes of one row: `known` is who is there already, `differs` (label, in the book, in the file).

    `advice` is what is done with it unless a person chooses otherwise.
    """

    row: int
    kind: Kind
    name: str
    birth: str
    known: str = ""
    differs: tuple[tuple[str, str, str], ...] = ()
    advice: Choice = "merge"
    problem: str = ""


@dataclass(frozen=True)
class Plan:
    """An import that waits for its word. `counts` has every kind; `asks` are the rows that want a choice."""

    path: Path
    table: Table
    rows: tuple[Planned, ...]
    faults: tuple[Fault, ...]
    held: tuple[tuple[Row, Said], ...] = field(repr=False)

    @property
    def counts(self) -> dict[Kind, int]:
        """How many rows there are of each kind."""
        told = Counter(row.kind for row in self.rows)
        kinds: tuple[Kind, ...] = ("new", "same", "fills", "differs", "twin", "refused")
        return {kind: told[kind] for kind in kinds}

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the whole: none of a list of people."""
        return ()

    @property
    def asks(self) -> list[Planned]:
        """Rows whose choice matters."""
        return [row for row in self.rows if row.kind in ("differs", "twin")]


@dataclass(frozen=True)
class Choices:
    """What is done with rows that differ and with possible duplicates, for all or by Excel's row."""

    differs: Choice | None = None
    twins: Choice | None = None
    rows: Mapping[int, Choice] = field(default_factory=dict)

    def of(self, row: int, kind: Kind, advice: Choice) -> Choice:
        """The choice for a row; what is advised where nothing was chosen."""
        return self.rows.get(row) or (self.differs if kind == "differs" else self.twins) or advice


@dataclass(frozen=True)
class _Seen:
    """A judged row: who is known, the person it makes (`known` with all it says, where that is surely the same)."""

    kind: Kind
    known: Person | None
    made: Person
    given: frozenset[str] = frozenset()
    advice: Choice = "merge"
    more: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True)
class Carried:
    """A plan that was stored: what `import_members` answers, and the workbook of refused rows (None: no such row)."""

    done: ImportedList
    returned: Path | None


def plan_members(
    book: Book,
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    shape: Shape = Shape(),  # noqa: B008 (frozen)
    progress: Progress | None = None,
) -> Plan:
    """Read a list of people and say what its import would do; nothing is stored. Raises `Refused` or `Trouble`."""
    table = find_list(Source(path), mapping or {}, shape)
    table.columns = {place: column for place, column in table.columns.items() if column.field != "-"}
    intake = Intake(book, cast(Transaction, _Nowhere()), progress, table.size)
    choosing = _Choosing(intake, Choices())
    rows: list[Planned] = []
    held: list[tuple[Row, Said]] = []
    faults: list[Fault] = []
    for row in intake.rows(table):
        said = Said(*whole(*table.values(row)))
        held.append((row, said))
        try:
            rows.append(choosing.plan(row.number, said))
        except Refused as refused:
            faults += [table.fault(row, p.field, p.problem) for p in refused.problems]
            told = " ".join(dict.fromkeys(p.problem for p in refused.problems))
            name, birth = str(said.values.get("name", "")), str(said.values.get("birth", ""))
            rows.append(Planned(row.number, "refused", name, birth, problem=told))
    return Plan(path, table, tuple(rows), tuple(faults), tuple(held))


def carry_out(
    book: Book, plan: Plan, choices: Choices, by: str, progress: Progress | None = None
) -> Carried:
    """Store a plan in one transaction; rows are judged again, for the book may have changed since.

    Raises what `progress` raises; then nothing is stored.
    """
    before = entries.last_entry(book)
    table = plan.table
    merged = 0
    with book.transact("members.import", by) as transaction:
        intake = Intake(book, transaction, None, len(plan.held))
        choosing = _Choosing(intake, choices)
        for done, (row, said) in enumerate(plan.held, 1):
            if progress and done % 50 == 0:
                progress(done, len(plan.held), table.title)
            try:
                merged += not choosing.store(row.number, said)
            except Refused as refused:
                intake.refuse(table, [row], {row.number: refused.problems})
        changes = transaction.changes
    used = {table.headings[place]: column.field for place, column in table.columns.items()}
    return Carried(
        ImportedList(
            len(plan.held), len(choosing.people.touched), merged, tuple(intake.faults), encodings_of(table), used,
            undo_of(book, before), changes,
        ),
        given_back(plan.path, intake) if intake.faults else None,
    )  # fmt: skip


def given_back(path: Path, intake: Intake) -> Path | None:
    """The workbook of refused rows: beside the list, else in the temporary folder; None if neither can be written."""
    for target in (path, Path(tempfile.gettempdir()) / path.name):
        with suppress(Trouble):
            return write_back(target, (), intake.refusals)
    return None


class _Nowhere:
    """Where a plan stores: nothing is kept."""

    def save(self, record: object) -> object:
        return record

    add = save


class _Choosing:
    """Judges rows against everybody in the book and the rows before, and stores them as chosen."""

    def __init__(self, intake: Intake, choices: Choices) -> None:
        self.people = People(intake)
        self._choices = choices
        self._folded: dict[tuple[str, str], Person] = {}
        for person in intake.book.all(Person):
            self._know(person)

    def plan(self, row: int, said: Said) -> Planned:
        """What would become of a row. Raises `Refused`."""
        seen = self._see(said)
        stored = self._settle(row, seen, said)
        kind: Kind = "fills" if seen.kind == "same" and stored else seen.kind
        differs = _differs(seen) if kind in ("differs", "twin") else ()
        known = _told(seen.known) if seen.known else ""
        return Planned(row, kind, seen.made.name, _shown(seen.made.birth), known, differs, seen.advice)

    def store(self, row: int, said: Said) -> bool:
        """Do with a row what was chosen; False if nothing is new. Raises `Refused`."""
        try:
            return self._settle(row, self._see(said), said)
        finally:
            said.spent()

    def _see(self, said: Said) -> _Seen:
        known = self.people.known(said)
        made, given = said.person(known), said.given
        if known is not None:
            merged = self.people.merged(known, made, given)
            more = tuple(self.people.details.differs(known.id, said.details))
            if not sure(known, merged):
                made = dataclasses.replace(made, id=new_id())
                return _Seen("twin", known, made, frozenset(given), "skip", more)
            beside = self.people.details.kind(known.id, said.details)
            if merged == known and beside == "same":
                return _Seen("same", known, merged)
            fills = _filled(known, merged) == merged and beside != "differs"
            return _Seen("fills" if fills else "differs", known, merged, frozenset(given), more=more)
        twin = self._folded.get((vietnamese.fold(made.name), made.birth)) if made.birth else None
        if twin is None:
            return _Seen("new", None, made)
        # Two numbers tell two people of one name and birth apart, though a number can have been issued anew.
        apart = (twin.cccd and made.cccd) or (twin.card and made.card)
        return _Seen("twin", twin, made, frozenset(given), "add" if apart else "skip")

    def _settle(self, row: int, seen: _Seen, said: Said) -> bool:
        choice: Choice = "replace"
        if seen.kind in ("differs", "twin"):
            choice = self._choices.of(row, seen.kind, seen.advice)
        if choice == "skip":
            return False
        known = None if seen.kind == "twin" and choice == "add" else seen.known
        if known is None:
            person = seen.made
        elif choice == "merge":
            person = _filled(known, seen.made)
        elif seen.kind == "twin":
            person = dataclasses.replace(known, **{name: getattr(seen.made, name) for name in seen.given})
        else:
            person = seen.made
        stored = self.people.keep(known, person, said, fill=choice == "merge")
        self._know(person)
        return stored

    def _know(self, person: Person) -> None:
        if person.birth:
            self._folded[vietnamese.fold(person.name), person.birth] = person


def _filled(known: Person, said: Person) -> Person:
    """The known person with what was empty; a birth known to the month or year only becomes finer."""
    fresh = {
        name: getattr(said, name)
        for name, nothing in entity_of(known).defaults.items()
        if name not in ("id", "member", "birth") and getattr(known, name) == nothing
    }
    finer = said.birth if said.birth.startswith(known.birth) else known.birth
    return dataclasses.replace(known, **fresh, birth=finer)


def _differs(seen: _Seen) -> tuple[tuple[str, str, str], ...]:
    """What the file says otherwise than the book: label, in the book, in the file."""
    told = []
    for declared in entity_of(seen.made).fields:
        mine, theirs = getattr(seen.known, declared.name), getattr(seen.made, declared.name)
        if declared.name in seen.given and theirs != mine and theirs not in ("", None):
            told.append((declared.label, _shown(mine), _shown(theirs)))
    return (*told, *((label, _shown(mine), _shown(theirs)) for label, mine, theirs in seen.more))


def _told(person: Person) -> str:
    parts = [person.name, f"sinh {_shown(person.birth)}" if person.birth else "", person.team]
    return ", ".join(part for part in parts if part)


def _shown(value: Any) -> str:
    if isinstance(value, str) and _ISO.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    return cells.shown(value)
