"""*Kiểm quỹ*: count the cash box, keep the count with its reason and decision, print the minutes (C34-HD)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

import resources
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.cash import Counting, count
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import CashCount, Fund
from desktop_app.reports import cash_minutes
from desktop_app.storage import books, ledger
from desktop_app.storage.book import Book, new_id

minutes = cash_minutes.make


def denominations(day: date) -> tuple[int, ...]:
    """The notes in circulation on a day, the largest first, đồng."""
    known = [entry for entry in resources.read("papers/cash_count.toml")["denominations"] if entry["from"] <= day]
    return tuple(max(known, key=lambda entry: entry["from"])["values"]) if known else ()


def boxes(book: Book) -> list[Fund]:
    """The cash funds there are to count."""
    return books.funds_of_kind(book, "Tiền mặt")


def booked(book: Book, fund: str, day: date) -> int:
    """What the book says lies in a fund (id) at the end of a day, đồng."""
    return ledger.balances(book, day).get(fund, 0)


def of_day(book: Book, fund: str, day: date) -> CashCount | None:
    """The count of a fund (id) on a day, if it was counted."""
    return next((held for held in ledger.cash_counts(book, day, day) if held.fund == fund), None)


def compare(book: Book, kept: CashCount) -> Counting:
    """A count against the book as it stands now."""
    assert kept.day is not None
    return count(kept.notes, booked(book, kept.fund, kept.day))


def keep(book: Book, values: Mapping[str, Any], by: str) -> CashCount:
    """Keep the count of a `fund` (id) on a `day`: `counts` (how many notes, by value; None: not typed), `reason`,
    `decision`. A count of the same fund and day is replaced.

    Raises `Refused`: no cash fund, nothing typed, a day to come, no reason for what is over or missing.
    """
    with book.transact("cash.count", by) as transaction:
        typed = {value: number for value, number in values["counts"].items() if number is not None}
        fund, day = str(values.get("fund") or ""), values.get("day")
        if fund not in {box.id for box in boxes(book)}:
            raise Refused([Problem("fund", "Hãy chọn quỹ tiền mặt cần kiểm.")])
        if not typed:
            raise Refused([Problem("counts", "Hãy nhập số tờ của ít nhất một mệnh giá (quỹ hết tiền thì nhập 0).")])
        for value, number in typed.items():
            if not isinstance(number, int) or number < 0:
                told = f"Số tờ loại {format_amount(value)} phải là số nguyên không âm."
                raise Refused([Problem("counts", told)])
        notes = [{"value": value, "count": number} for value, number in sorted(typed.items(), reverse=True)]
        facts = {"fund": fund, "day": day, "notes": notes}
        made = build(CashCount, {
            "id": new_id(), **facts, "reason": values.get("reason") or "", "decision": values.get("decision") or "",
        })  # fmt: skip
        assert made.day is not None
        if made.day > date.today():  # noqa: DTZ011 - the accountant's own day
            told = f"Ngày {dates.show_day(made.day)} ở sau hôm nay. Hãy chọn ngày đã kiểm quỹ."
            raise Refused([Problem("day", told)])
        found = compare(book, made)
        if found.difference and not made.reason.strip():
            told = f"Quỹ {found.words} so với sổ. Hãy ghi lý do, chưa rõ thì ghi “chưa rõ”."
            raise Refused([Problem("reason", told)])
        before = of_day(book, made.fund, made.day)
        if before is not None and before.notes == made.notes:
            return transaction.save(dataclasses.replace(before, reason=made.reason, decision=made.decision))
        if before is not None:
            transaction.retire(before)  # what was counted stays as it was in history
        return transaction.save(made)
