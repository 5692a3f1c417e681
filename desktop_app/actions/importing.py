"""Bring a union in from its workbook: everything that is right in one transaction, the rest given back with reasons."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.actions.intake import money, people, vouchers
from desktop_app.actions.intake.counter import Intake, Progress
from desktop_app.actions.intake.lists import import_members
from desktop_app.actions.intake.old_books import BookPlan, Request, carry_out_book, plan_book
from desktop_app.actions.intake.planning import Carried, Choices, Plan, carry_out, plan_members
from desktop_app.actions.intake.undoing import undo
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.exchange import cells, layout
from desktop_app.exchange.layout import Sheet
from desktop_app.exchange.returned import write_back
from desktop_app.exchange.source import Cell, Source
from desktop_app.exchange.tables import Fault, Reader, Table, UnionSheet
from desktop_app.storage.book import Book

__all__ = [
    "BookPlan", "Carried", "Choices", "Imported", "Plan", "Request",
    "carry_out", "carry_out_book", "import_members", "import_workbook", "plan_book", "plan_members", "undo",
]  # fmt: skip


@dataclass(frozen=True)
class Imported:
    """What an import did: groups stored and found there already, by sheet; what was refused, and where it went."""

    stored: dict[str, int]
    present: dict[str, int]
    refused: tuple[Fault, ...]
    ignored_columns: tuple[str, ...] = ()
    ignored_sheets: tuple[str, ...] = ()
    returned: Path | None = None
    entities: frozenset[str] = field(default_factory=frozenset)

    @property
    def nothing(self) -> bool:
        """True if rows were refused and not one was stored."""
        return bool(self.refused) and not self.stored

    def answer(self) -> dict[str, Any]:
        """The JSON answer of `import` (workbook.md)."""
        return {
            "stored": self.stored,
            "refused": [vars(fault) for fault in self.refused],
            "ignored_columns": list(self.ignored_columns),
            "returned": str(self.returned) if self.returned else None,
        }


def import_workbook(book: Book, path: Path, by: str, progress: Progress | None = None) -> Imported:
    """Read a union workbook (.xlsx, .xls, .ods) into the book, in one transaction.

    Raises `Refused` if the file is no workbook of this union, `Trouble` if it cannot be read; then nothing is stored.
    A file read twice changes nothing the second time.
    """
    source = Source(path)
    if source.is_text:
        raise Refused(f"{path.name} không phải tệp Excel. Sổ của đơn vị là tệp Excel nhiều trang theo mẫu.")
    reader = Reader(source)
    union = _own_union(book, path, reader)
    tables, faults, ignored_sheets = _tables(source, reader)
    total = sum(table.size for table in tables.values())
    with book.transact("import.workbook", by) as transaction:
        intake = Intake(book, transaction, progress, total)
        intake.faults += faults
        union_problems = _take_union(intake, union)
        _take(intake, tables)
        entities = transaction.changes.entities
    returned = _returned(path, union, union_problems, intake) if intake.faults else None
    ignored = dict.fromkeys([*union.ignored, *(h for table in tables.values() for h in table.ignored)])
    stored = {title: count for title, count in intake.stored.items() if count}
    present = {title: count for title, count in intake.present.items() if count}
    return Imported(stored, present, tuple(intake.faults), tuple(ignored), ignored_sheets, returned, entities)


def _own_union(book: Book, path: Path, reader: Reader) -> UnionSheet:
    """*Đơn vị*; a workbook without it or of another union is refused whole. Raises `Refused`."""
    union = reader.union()
    if union is None:
        raise Refused(f"{path.name} không có trang Đơn vị. Hãy chọn tệp Excel theo mẫu của chương trình.")
    code = str(union.values.get("code", ""))
    if not code:
        raise Refused([Problem("code", "Trang Đơn vị chưa ghi Mã đơn vị. Hãy ghi mã rồi thử lại.")])
    if code.casefold() != book.union_code.casefold():
        told = f"Tệp này của đơn vị mã {code}, còn sổ này của đơn vị mã {book.union_code}."
        raise Refused([Problem("code", f"{told} Hãy chọn đúng tệp hoặc mở đúng sổ.")])
    return union


def _tables(source: Source, reader: Reader) -> tuple[dict[str, Table], list[Fault], tuple[str, ...]]:
    """The tables by title, faults of sheets without the columns they need, and sheets that are none of ours."""
    taken = [name for name in source.sheets if layout.key(name) == layout.key(layout.GUIDE)]
    names: dict[str, str] = {}
    for sheet in layout.SHEETS:
        if name := reader.sheet_named(sheet):
            names[sheet.title] = name
            taken.append(name)
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for sheet in layout.SHEETS:
        if sheet is layout.UNION:
            continue
        name = names.get(sheet.title) or reader.sheet_with(sheet, taken)
        if name is None:
            continue
        taken.append(name)
        found = reader.table(name, sheet)
        if isinstance(found, Fault):
            faults.append(found)
        elif found is not None:
            tables[sheet.title] = found
    return tables, faults, tuple(name for name in source.sheets if name not in taken)


def _take_union(intake: Intake, union: UnionSheet) -> dict[str, str]:
    """Take over what the file says of the union; answers what is wrong, by field."""
    try:
        intake.count(layout.UNION.title, money.read_union(intake, union.values, list(union.problems)))
    except Refused as refused:
        for problem in refused.problems:
            row, value = union.at.get(problem.field, (0, ""))
            heading = layout.UNION.heading(problem.field)
            intake.faults.append(Fault(layout.UNION.title, row, heading, cells.shown(value), problem.problem))
        return {problem.field: problem.problem for problem in refused.problems}
    return {}


def _take(intake: Intake, tables: dict[str, Table]) -> None:
    """The sheets in the order in which they lean on each other."""
    funds, numbers, everybody = money.Funds(intake), vouchers.Numbers(intake), people.People(intake)
    order: tuple[tuple[Sheet, Callable[[Table], None]], ...] = (
        (layout.FUNDS, funds.read),
        (layout.BALANCES, lambda table: money.read_balances(intake, table)),
        (layout.PEOPLE, everybody.read),
        (layout.PAYROLL, lambda table: money.read_payrolls(intake, table)),
        (layout.EXEMPTIONS, lambda table: people.read_exemptions(intake, everybody, table)),
        (layout.OFFICES, lambda table: people.read_offices(intake, everybody, table)),
        (layout.VOUCHERS, lambda table: vouchers.read_vouchers(intake, funds, numbers, table)),
        (layout.DUES, lambda table: people.read_dues(intake, everybody, numbers.of_month, table)),
        (layout.COUNTS, lambda table: money.read_counts(intake, funds, table)),
        (layout.BUDGET, lambda table: money.read_budgets(intake, table)),
    )
    for sheet, read in order:
        if sheet.title in tables:
            read(tables[sheet.title])


def _returned(path: Path, union: UnionSheet, problems: dict[str, str], intake: Intake) -> Path | None:
    """The workbook of refused rows: beside the source, else in the temporary folder; None if neither can be written."""
    rows: list[tuple[str, Cell, str]] = [
        (layout.UNION.heading(name), value, problems.get(name, "")) for name, (_, value) in union.at.items()
    ]
    for target in (path, Path(tempfile.gettempdir()) / path.name):
        with suppress(Trouble):
            return write_back(target, rows, intake.refusals)
    return None
