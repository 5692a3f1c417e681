"""Typed payroll totals of a month, for unions that are given no wages of persons: they replace the sum of rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from desktop_app.actions import periods
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Payroll
from desktop_app.storage import payroll
from desktop_app.storage.book import Book, new_id


def of_month(book: Book, month: str) -> Payroll:
    """What is typed for a month, else what its rows add up to (id "")."""
    given = payroll.typed(book, month)
    if given is not None:
        return given
    base = payroll.month_base(book, month)
    return Payroll("", month, base.workers, base.fee_fund, base.members, base.dues_fund)


def type_in(book: Book, values: Mapping[str, Any], by: str) -> Payroll:
    """Keep month, workers, fee_fund, members and dues_fund (đồng) over what was typed for that month.

    Raises `Refused` by field, for a closed month, or if nothing is given.
    """
    with book.transact("payroll.type", by) as transaction:
        names = [field.name for field in dataclasses.fields(Payroll) if field.name != "id"]
        made = build(Payroll, {"id": new_id(), **{name: values.get(name) for name in names}})
        if not any((made.workers, made.fee_fund, made.members, made.dues_fund)):
            raise Refused("Hãy nhập số người và quỹ lương của tháng.")
        periods.refuse_closed(book, made.month)
        kept = payroll.typed(book, made.month)
        return transaction.save(dataclasses.replace(made, id=kept.id) if kept else made)


def clear(book: Book, month: str, by: str) -> None:
    """Count the month by its rows again. Raises `Refused` for a closed month or if nothing was typed."""
    with book.transact("payroll.clear", by) as transaction:
        periods.refuse_closed(book, month)
        kept = payroll.typed(book, month)
        if kept is None:
            raise Refused(f"Tháng {dates.show_month(month)} không có số nhập tay.")
        transaction.retire(kept)
