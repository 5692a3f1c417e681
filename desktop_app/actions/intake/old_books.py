"""Old books come in: cash and bank books become posted vouchers, grids of dues what each member paid, settlements the
figures of years before the book; so do the company's payroll lists.

Tried first as it would be stored, and taken back; then stored in one transaction. What is there already is not stored
twice, what cannot be stored is given back with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.actions.intake.cash_rows import CashTable, Options
from desktop_app.actions.intake.counter import Intake, Progress
from desktop_app.actions.intake.dues_rows import read_grid
from desktop_app.actions.intake.lists import ImportedList, encodings_of, undo_of
from desktop_app.actions.intake.money import Funds
from desktop_app.actions.intake.past_rows import read_settlement
from desktop_app.actions.intake.payroll_rows import PayrollTable, read_payroll
from desktop_app.actions.intake.planning import Carried, Kind, Planned, given_back
from desktop_app.actions.intake.vouchers import Numbers, read_vouchers
from desktop_app.domain.errors import Refused
from desktop_app.exchange import cells, subjects
from desktop_app.exchange.lists import Shape, find_list
from desktop_app.exchange.source import Source
from desktop_app.exchange.tables import Table
from desktop_app.storage import entries
from desktop_app.storage.book import Book, Transaction

__all__ = ["BookPlan", "Options", "carry_out_book", "plan_book"]


@dataclass(frozen=True)
class Request:
    """Which file is read as what: the key of its subject, how its columns are read, what it does not say itself."""

    path: Path
    subject: str
    shape: Shape
    options: Options


@dataclass(frozen=True)
class BookPlan:
    """What reading an old book would do. `rows` are those given back, `notes` sentences about the whole.

    `doubtful`: a balance of the file does not add up.
    """

    request: Request
    counts: dict[Kind, int]
    rows: tuple[Planned, ...]
    notes: tuple[str, ...]
    doubtful: bool
    asks: tuple[Planned, ...] = ()


class _Tried(Exception):
    """Takes back what a trial stored."""


def plan_book(book: Book, request: Request, progress: Progress | None = None) -> BookPlan:
    """Try a file; nothing stays. Raises `Refused` or `Trouble`."""
    intake, table, note, doubtful = _tried(book, request, progress)
    back = [pair for refusals in intake.refusals.values() for pair in refusals.rows]
    rows = tuple(
        Planned(row.number, "refused", "; ".join(filter(None, map(cells.shown, row.cells)))[:200], "", problem=said)
        for row, said in sorted(back, key=lambda pair: pair[0].number)
    )
    new, same = sum(intake.stored.values()), sum(intake.present.values())
    counts: dict[Kind, int] = {"new": new, "same": same, "refused": len(rows)}
    if isinstance(table, PayrollTable):
        counts |= {kind: sum(one.kind == kind for one in table.seen) for kind in ("new", "changed", "gone")}
        counts = {kind: counts[kind] for kind in ("new", "changed", "gone", "same", "refused")}
        rows = (*table.seen, *rows)
    return BookPlan(request, counts, rows, (note,) if note else (), doubtful)


def carry_out_book(book: Book, plan: BookPlan, by: str, progress: Progress | None = None) -> Carried:
    """Store what was tried, in one transaction. Raises `Refused` or `Trouble`, and what `progress` raises."""
    before = entries.last_entry(book)
    with book.transact("books.import", by) as transaction:
        intake, table, _, _ = _read(book, transaction, plan.request, progress)
        changes = transaction.changes
    stored, present = sum(intake.stored.values()), sum(intake.present.values())
    used = {table.headings[place]: column.field for place, column in table.columns.items()}
    refused = tuple(intake.faults)
    done = ImportedList(
        stored + present + len({fault.row for fault in refused}), stored, present, refused, encodings_of(table), used,
        undo_of(book, before), changes,
    )  # fmt: skip
    return Carried(done, given_back(plan.request.path, intake) if refused else None)


_Done = tuple[Intake, Table, str, bool]
"""What was read, out of which table; a sentence about the whole, and whether that is a doubt."""


def _tried(book: Book, request: Request, progress: Progress | None) -> _Done:
    found: list[_Done] = []
    try:
        with book.transact("books.try", "") as transaction:
            found.append(_read(book, transaction, request, progress))
            raise _Tried
    except _Tried:
        return found[0]


def _read(book: Book, transaction: Transaction, request: Request, progress: Progress | None) -> _Done:
    subject = subjects.named(request.subject)
    table = find_list(Source(request.path), {}, request.shape, subject)
    intake = Intake(book, transaction, progress, table.size)
    if subject.key == "dues":
        read_grid(intake, table, request.options.year)
        return intake, table, "", False
    if subject.key == "payroll":
        listed = PayrollTable.of(table)
        read_payroll(intake, listed, request.options.month, request.options.fund)
        return intake, listed, " ".join(listed.told), any(one.kind == "gone" for one in listed.seen)
    if subject.key == "b07":
        return intake, table, *read_settlement(intake, table, request.options.year, request.path.name)
    funds = Funds(intake)
    if not request.options.fund:
        raise Refused("Hãy chọn quỹ của sổ này: quỹ tiền mặt hay tài khoản nào.")
    rows = CashTable.of(book, table, funds.of(request.options.fund), request.options, _codes(request))
    read_vouchers(intake, funds, Numbers(intake, rows.transfers.told_before), rows)
    return intake, rows, rows.note(), bool(rows.wrong)


def _codes(request: Request) -> set[str]:
    """The mã that the rows of a file carry: they tell of which set it is."""
    table = find_list(Source(request.path), {}, request.shape, subjects.named(request.subject))
    if all(column.field != "item" for column in table.columns.values()):
        return set()
    return {str(table.values(row)[0].get("item", "")).strip(" .") for row in table.rows()}
