"""How the union itself counts dues: above the rate or on net pay by resolution, rounded to a step, month by month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from desktop_app.actions import periods
from desktop_app.domain import amounts
from desktop_app.domain.dates import show_month
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import DuesTerm
from desktop_app.domain.records.dues_terms import AS_RULED, INSURED, NET
from desktop_app.storage import payroll
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.payroll import MILLION
from desktop_app.storage.rules import rules

BASES = (AS_RULED, INSURED, NET)
STEPS = (1, 100, 500, 1000)
_LARGEST = 10  # percent: more is a slip of the finger


def resolved(book: Book) -> tuple[DuesTerm, ...]:
    """What was resolved, the latest month first."""
    return tuple(sorted(book.all(DuesTerm), key=lambda held: (held.from_month, held.id), reverse=True))


def resolve(book: Book, values: Mapping[str, Any], by: str) -> DuesTerm:
    """Let dues be counted so from a month on: `percent` ("0,7"; "" as ruled), `basis`, `most`, `step`, `document`.

    It replaces what was resolved for the same month. Raises `Refused` for a closed month, a group that may not go
    above the rate, a rate below it, or one above it without the resolution.
    """
    with book.transact("dues.resolve", by) as transaction:
        rate = _millionths(str(values.get("percent") or ""))
        told = {name: values.get(name) for name in ("from_month", "basis", "most", "step", "document")}
        made = build(DuesTerm, {**told, "id": new_id(), "rate": rate})
        _refuse_unfit(book, made)
        periods.refuse_closed(book, made.from_month)
        for held in resolved(book):
            if held.from_month == made.from_month:
                transaction.retire(held)
        return transaction.save(made)


def take_back(book: Book, id_: str, by: str) -> None:
    """What was resolved for a month counts no more: the one before it does, or the rules. Raises `Refused`."""
    with book.transact("dues.resolve", by) as transaction:
        held = next((each for each in resolved(book) if each.id == id_), None)
        if held is None:
            raise Refused("Mức đóng này đã được bỏ.")
        periods.refuse_closed(book, held.from_month)
        transaction.retire(held)


def told(held: DuesTerm) -> str:
    """In words: "Từ 10/2026: 1 % lương thực lĩnh, nhiều nhất 300.000 ₫, làm tròn 1.000 ₫ (NQ 05)"."""
    words = []
    if held.rate or held.basis != AS_RULED:
        rate = f"{percent(held.rate)} %" if held.rate else "tỷ lệ theo quy định của"
        words.append(f"{rate} {_lower(held.basis) if held.basis != AS_RULED else 'lương theo nhóm'}")
    else:
        words.append("theo quy định")
    if held.most:
        words.append(f"nhiều nhất {amounts.money(held.most)}")
    if held.step > 1:
        words.append(f"làm tròn {amounts.money(held.step)}")
    document = f" ({held.document})" if held.document else ""
    return f"Từ {show_month(held.from_month)}: {', '.join(words)}{document}"


def percent(rate: int) -> str:
    """Millionths as people write percent: 7500 -> "0,75"; 0 -> ""."""
    return f"{rate / 10_000:.4f}".rstrip("0").rstrip(".").replace(".", ",") if rate else ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _refuse_unfit(book: Book, made: DuesTerm) -> None:
    ours, ruled = payroll.union(book), rules(book)
    if made.step not in STEPS:
        raise Refused([Problem("step", "Hãy chọn làm tròn đến 1, 100, 500 hoặc 1.000 đồng.")])
    if not made.rate and made.basis == AS_RULED:
        if made.most:
            raise Refused([Problem("most", "Mức nhiều nhất chỉ đi cùng tỷ lệ do đơn vị quyết định. Hãy nhập tỷ lệ.")])
        return
    if not ruled.dues_may_exceed(made.from_month, ours.dues_group):
        raise Refused(
            f"Đơn vị thuộc nhóm {ours.dues_group} nên không được thu khác mức quy định. Chỉ nhóm 2 và nhóm 3 được thu"
            " cao hơn theo nghị quyết của Ban Chấp hành mở rộng."
        )
    least = ruled.dues_rate(made.from_month)
    if made.rate and Fraction(made.rate, MILLION) < least:
        low = percent(int(least * MILLION))
        raise Refused([Problem("percent", f"Tỷ lệ không được thấp hơn mức quy định {low} %.")])
    if not made.document:
        raise Refused([Problem("document", "Hãy ghi số, ngày nghị quyết của Ban Chấp hành mở rộng.")])


def _millionths(typed: str) -> int:
    bare = typed.replace("%", "").strip().replace(",", ".")
    if not bare:
        return 0
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", bare) or not 0 < Fraction(bare) <= _LARGEST:
        raise Refused([Problem("percent", f"Hãy nhập tỷ lệ phần trăm như 0,7 (nhiều nhất {_LARGEST}).")])
    return int(Fraction(bare) * 10_000)
