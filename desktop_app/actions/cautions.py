"""What looks wrong with a voucher and does not hinder it: said in amber under the field, never a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from desktop_app.actions import limits, spending
from desktop_app.domain import dates
from desktop_app.domain import vouchers as rules
from desktop_app.domain.amounts import money
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import closings, ledger
from desktop_app.storage.book import Book, new_id

FAR_DAYS = 60
"""A day this far back is asked about: about when a month's papers are done with."""
NEARLY_SPENT = 90
"""From this percentage of the year's budget on, spending of a mục is told."""


def cautions(book: Book, values: Mapping[str, Any], *, today: date | None = None) -> list[Problem]:
    """A sentence per doubtful thing, by field, of what `vouchers.draft` would take; [] while it cannot be read."""
    try:
        voucher = build(Voucher, {**values, "id": values.get("id") or new_id(), "text": values.get("text") or "…"})
    except Refused:
        return []
    if voucher.day is None or not voucher.lines:
        return []
    return [
        *_of_day(book, voucher.day, today or date.today()),  # noqa: DTZ011 - the accountant's own day
        *_of_funds(book, voucher),
        *_of_likeness(book, voucher),
        *_of_budget(book, voucher),
        *_of_limits(book, voucher),
    ]


def _of_day(book: Book, day: date, today: date) -> Iterator[Problem]:
    if closings.is_closed(book, dates.month_of(day)):
        yield Problem("day", f"Kỳ {dates.show_month(dates.month_of(day))} đã khóa sổ nên chưa ghi sổ được.")
    elif day > today:
        yield Problem("day", f"Ngày {dates.show_day(day)} ở sau hôm nay. Hãy kiểm tra lại.")
    elif (today - day).days > FAR_DAYS:
        yield Problem("day", f"Ngày {dates.show_day(day)} đã qua {(today - day).days} ngày. Hãy kiểm tra lại.")


def _of_funds(book: Book, voucher: Voucher) -> Iterator[Problem]:
    assert voucher.day is not None
    funds = {fund.id: fund for fund in book.all(Fund)}
    for id_ in dict.fromkeys(line.fund for line in voucher.lines):
        fund = funds.get(id_)
        change = sum(line.amount_in - line.amount_out for line in voucher.lines if line.fund == id_)
        if fund is None:
            continue
        fitting = rules.FITTING.get(voucher.kind, "")
        if fitting and fund.kind not in (fitting, "Bù trừ") and not rules.moves(voucher):
            name = rules.KIND_NAMES[voucher.kind]
            yield Problem("fund", f"{name} thường dùng cho {fitting.lower()}, còn {fund.code} là {fund.kind.lower()}.")
        if fund.kind == "Bù trừ" or change >= 0:
            continue
        day, lowest = ledger.lowest_from(book, fund, voucher.day)
        if lowest + change < 0:
            name = fund.name or fund.code
            when = "" if day == voucher.day else f" ngày {dates.show_day(day)}"
            yield Problem("amount", f"Quỹ {name}{when} chỉ còn {money(lowest)}, phiếu này làm quỹ âm.")


def _of_likeness(book: Book, voucher: Voucher) -> Iterator[Problem]:
    assert voucher.day is not None
    amount = rules.amount_of(voucher)
    number = ledger.alike(book, voucher.day, voucher.party, amount, voucher.id) if voucher.party else ""
    if number:
        yield Problem("party", f"{number} cùng ngày, cùng người, cùng số tiền. Có phải ghi hai lần không?")


def _of_budget(book: Book, voucher: Voucher) -> Iterator[Problem]:
    """Spending of a mục against the year's budget: "Đã dùng 96 % dự toán mục 33 của năm."."""
    for used in spending.against_budget(book, voucher):
        if used.percent >= NEARLY_SPENT:
            yield Problem("item", f"Cùng phiếu này đã dùng {used.percent} % dự toán mục {used.item} của năm.")


def _of_limits(book: Book, voucher: Voucher) -> Iterator[Problem]:
    """The spending limits that the voucher goes beyond: "Cùng phiếu này vượt mức: Lương, phụ cấp (mã 34) …"."""
    assert voucher.day is not None
    spent = spending.by_item(voucher)
    for broken in limits.broken_by(book, voucher.day, spent) if spent else ():
        yield Problem("item", f"Cùng phiếu này vượt mức: {limits.told(book, broken, voucher.day.year)}.")
