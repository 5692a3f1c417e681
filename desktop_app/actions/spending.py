"""What a voucher being typed leaves of the year's budget, by mục."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Budget, Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book, new_id


@dataclass(frozen=True)
class Against:
    """Spending of a mục in a year, the voucher included, beside its budget (đồng, above 0)."""

    item: str
    spent: int
    planned: int

    @property
    def percent(self) -> int:
        """How much of the budget is used, rounded down."""
        return self.spent * 100 // self.planned

    @property
    def words(self) -> str:
        """ "Mục 33: 1.912.000 / 22.500.000 ₫ dự toán năm (8 %)."."""
        used = f"{format_amount(self.spent)} / {format_amount(self.planned)} ₫"
        return f"Mục {self.item}: {used} dự toán năm ({self.percent} %)."


def by_item(voucher: Voucher) -> dict[str, int]:
    """What a voucher spends by mục, đồng."""
    spent: dict[str, int] = {}
    for line in voucher.lines:
        if line.item and line.amount_out:
            spent[line.item] = spent.get(line.item, 0) + line.amount_out
    return spent


def against_budget(book: Book, voucher: Voucher) -> list[Against]:
    """The mục this voucher spends of that have a budget in its year, in the order of its lines."""
    if voucher.day is None:
        return []
    spent, year = by_item(voucher), voucher.day.year
    planned = {budget.item: budget.amount for budget in book.all(Budget) if budget.year == year and spent}
    year_of = date(year, 1, 1), date(year, 12, 31)
    return [
        Against(item, ledger.spent(book, item, *year_of) + amount, planned[item])
        for item, amount in spent.items()
        if planned.get(item, 0) > 0
    ]


def of_values(book: Book, values: Mapping[str, Any]) -> list[Against]:
    """The same of what `vouchers.draft` would take; [] while it cannot be read."""
    try:
        voucher = build(Voucher, {**values, "id": values.get("id") or new_id(), "text": values.get("text") or "…"})
    except Refused:
        return []
    return against_budget(book, voucher)
