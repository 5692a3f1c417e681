"""Dues of a year typed or pasted into a grid, a row a member and a column a month: stored in one transaction.

With a fund each month becomes one receipt on the names of its payers; without one they were paid before the book, and
no money is booked. What stands on a receipt already is changed by that receipt only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.actions import dues, periods
from desktop_app.domain import dues as rule
from desktop_app.domain.dates import show_month
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Dues
from desktop_app.storage import payroll
from desktop_app.storage.book import Book, Transaction, new_id
from desktop_app.storage.payroll import YearLine

Cell = tuple[str, str]
"""A person and a month ("2026-10")."""


@dataclass(frozen=True)
class Grid:
    """A year's members with what they paid; `booked` are the cells that stand on a receipt."""

    lines: list[YearLine]
    booked: set[Cell]


@dataclass(frozen=True)
class Stored:
    """What was stored: how many cells, đồng in all, the numbers of the receipts made."""

    count: int
    amount: int
    numbers: tuple[str, ...]


def grid(book: Book, year: int) -> Grid:
    """The grid of a year."""
    return Grid(payroll.grid(book, year), payroll.booked(book, year))


def owed(book: Book, first: str, last: str) -> dict[Cell, int]:
    """What is still owed for the months from the first to the last, đồng, to be filled in."""
    owing = payroll.owing(book, first, last)
    return {(one.person, month): amount for one in owing for month, amount in one.months.items()}


def store(book: Book, year: int, typed: Mapping[Cell, int], fund: str, by: str) -> Stored:
    """Keep the amounts typed (đồng; 0 takes away) as paid into `fund` (a code), or ("") before the book.

    Raises `Refused`: nothing typed, a negative amount, a cell that stands on a receipt, a closed month.
    """
    if not typed:
        raise Refused("Chưa có ô nào được nhập.")
    if any(amount < 0 for amount in typed.values()):
        raise Refused("Số tiền đoàn phí không được âm. Hãy sửa lại ô ấy.")
    with book.transact("dues.grid", by) as transaction:
        booked, numbers = payroll.booked(book, year), []
        if held := sorted(typed.keys() & booked, key=lambda cell: cell[1]):
            raise Refused(
                f"Tháng {show_month(held[0][1])} có người đã nộp theo phiếu thu. Hãy hủy hoặc đảo phiếu ấy để sửa số"
                " tiền."
            )
        for row in payroll.unbooked(book, year):
            if (row.person, row.month) in typed:
                transaction.retire(row)
        for month in sorted({month for _, month in typed}):
            periods.refuse_closed(book, month)
            paid = _paid(book, month, typed)
            if paid and fund:
                made = dues.take_listed(transaction, month, paid, fund, "theo bảng 12 tháng")
                numbers += [made.number] if made else []
            else:
                _before_the_book(transaction, month, paid)
    return Stored(len(typed), sum(typed.values()), tuple(numbers))


def _paid(book: Book, month: str, typed: Mapping[Cell, int]) -> list[tuple[str, int, int]]:
    """Who paid how much for a month, and what of it is above the rate."""
    paid = [(person, amount) for (person, of), amount in typed.items() if of == month and amount]
    terms = payroll.terms(book, month)
    if terms.own is None:
        return [(person, amount, 0) for person, amount in paid]
    asked = {line.person: rule.ruled(terms, line.insured, line.net) for line in payroll.dues_lines(book, month)}
    return [(person, amount, max(0, amount - asked.get(person, amount))) for person, amount in paid]


def _before_the_book(transaction: Transaction, month: str, paid: list[tuple[str, int, int]]) -> None:
    for person, amount, above in paid:
        transaction.add(Dues(new_id(), person, month, amount, "", above))
