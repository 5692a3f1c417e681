"""What an import knows while it runs: its open transaction, what was stored, what was refused and why."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from desktop_app.domain import amounts, dates, fields
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import entity_of
from desktop_app.exchange.returned import Refusals
from desktop_app.exchange.tables import Fault, Row, Table
from desktop_app.storage.book import Book, Transaction

T = TypeVar("T")
Progress = Callable[[int, int, str], None]
"""Called with rows done, rows in all and the sheet's name; raising stops the import, and nothing is stored."""


class Intake:
    """One import under way. Everything goes through `each`, so that a bad row never stops a good one."""

    def __init__(self, book: Book, transaction: Transaction, progress: Progress | None, total: int) -> None:
        self.book, self.transaction = book, transaction
        self.stored: Counter[str] = Counter()
        self.present: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.refusals: dict[str, Refusals] = {}
        self._progress, self._total, self._done = progress, total, 0

    def each(self, table: Table, take: Callable[[dict[str, Any], list[Problem]], bool]) -> None:
        """Give every row of a table to `take`: True = stored, False = was there already; `Refused` gives it back."""
        for row in self.rows(table):
            try:
                self.count(table.sheet.title, take(*table.values(row)))
            except Refused as refused:
                self.refuse(table, [row], {row.number: refused.problems})

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table, with progress told."""
        for row in table.rows():
            self._done += 1
            if self._progress and self._done % 50 == 0:
                self._progress(self._done, max(self._total, self._done), table.sheet.title)
            yield row

    def count(self, title: str, stored: bool) -> None:
        """One group more that was stored, or that was there already."""
        (self.stored if stored else self.present)[title] += 1

    def refuse(self, table: Table, rows: Sequence[Row], wrong: Mapping[int, Sequence[Problem]]) -> None:
        """Give a group of rows back; `wrong` says by Excel's row what is wrong, the other rows go with them."""
        back = self.refusals.setdefault(table.sheet.title, Refusals(table))
        first = min(wrong)
        for row in rows:
            problems = wrong.get(row.number, ())
            self.faults += [table.fault(row, _column(table, p.field), p.problem) for p in problems]
            said = " ".join(dict.fromkeys(p.problem for p in problems))
            back.rows.append((row, said or f"Trả lại cùng dòng {first}: các dòng này là một."))


def _column(table: Table, field: str) -> str:
    """The field a problem is about: "lines.fund" is told at the column of "fund"."""
    last = field.rpartition(".")[2]
    return last if table.sheet.column(last) else field


def build(record: type[T], values: Mapping[str, Any], problems: list[Problem]) -> T:
    """The record of a row, or all that is wrong with the row in one `Refused`."""
    try:
        made = fields.build(record, values)
    except Refused as refused:
        known = {p.field for p in problems}
        raise Refused([*problems, *(p for p in refused.problems if p.field not in known)]) from None
    if problems:
        raise Refused(problems)
    return made


def settle(intake: Intake, known: T | None, new: T, what: str) -> bool:
    """Store a record of a natural key: a new one, or what a known one left empty. False if nothing is new.

    Raises `Refused` where the book says otherwise: a file read twice changes nothing, another one does not overwrite.
    """
    if known is None:
        intake.transaction.save(new)
        return True
    declared = entity_of(new)
    filled: dict[str, Any] = {}
    problems = []
    for field in declared.fields:
        mine, theirs = getattr(known, field.name), getattr(new, field.name)
        empty = declared.defaults[field.name]
        if theirs in (mine, empty):
            continue
        if mine == empty:
            filled[field.name] = theirs
        else:
            told = f"{what} đã có trong sổ với {field.label} là {_shown(mine)}."
            problems.append(Problem(field.name, f"{told} Hãy sửa ngay trong sổ."))
    if problems:
        raise Refused(problems)
    if filled:
        changed: Any = known
        intake.transaction.save(dataclasses.replace(changed, **filled))
    return bool(filled)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        return amounts.format_amount(value)
    return dates.show_day(value) if hasattr(value, "day") else f"“{value}”"
