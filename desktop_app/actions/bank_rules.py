"""What a bank line without a voucher is: by the user's own rules first, then by the dated ones of the program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import resources
from desktop_app.domain import dates, vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import BankRule, Fund
from desktop_app.storage.bank import Line
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.items import items

_MONTH = re.compile(
    r"\b(?:thang|t)\s*0?(1[0-2]|[1-9])(?:\s*(?:[/.-]|nam)?\s*(20\d\d))?\b|\b(?:dpcd|kpcd) 0?(1[0-2]|[1-9])/?(2\d)\b"
)
""" "THANG 9", "T9/2026", and what our own transfers carry in their QR code: "DPCD 10/26" (banks drop the stroke)."""


@dataclass(frozen=True)
class New:
    """The voucher that a rule proposes for a line: its mục, text and month ("" where the bank names none).

    `other` is the id of the fund that a transfer goes to or comes from; it has no mục then.
    """

    item: str
    text: str
    month: str
    sure: bool
    other: str = ""


@dataclass(frozen=True)
class Fee:
    """What a bank takes along with a transfer, in the same line: at most so many đồng, booked under a mục."""

    most: int
    item: str
    text: str


def fee(day: date) -> Fee:
    """What may be a fee in what a line and its voucher differ by."""
    return Fee(**_in_force(day)["fee"])


def proposal(book: Book, line: Line, own: Sequence[BankRule] | None = None) -> New | None:
    """What a line looks like, None if no rule fits. `own`: the user's rules, where many lines are asked."""
    told = f" {vietnamese.fold(line.text)} "
    side = "Tiền vào" if line.amount > 0 else "Tiền ra"
    month = month_in(line.text, line.day)
    for rule in list(book.all(BankRule)) if own is None else own:
        words = [vietnamese.fold(word) for word in rule.words.split(";") if word.strip()]
        if rule.side == side and any(word in told for word in words):
            return New(rule.item, _with_month(rule.text or line.text, month), month, sure=True)
    for dated in _rules(line.day):
        if dated["side"] != ("in" if line.amount > 0 else "out") or abs(line.amount) > dated.get("most", 10**15):
            continue
        if any(word in told for word in dated["words"]):
            other = _cash(book) if dated["item"] == "" else ""
            if dated["item"] or other:
                sure = dated["sure"] or (bool(month) and "own" in dated and _own_wording(book, told))
                if "usually" in dated and not month:
                    month, sure = dates.add_months(dates.month_of(line.day), -dated["usually"]), False
                month = month if dated["item"] else ""
                return New(dated["item"], _with_month(dated["text"], month), month, sure=sure, other=other)
    return None


def add(book: Book, values: Mapping[str, Any], by: str) -> BankRule:
    """Keep a rule of the user's own: `words` (";" between), `side`, `item`, `text`. Raises `Refused` by field."""
    rule = build(BankRule, {"id": new_id(), **values})
    today = date.today()  # noqa: DTZ011 - the accountant's own day
    catalogue = items(book, today)
    refusal = catalogue.refusal(rule.item if catalogue.get(rule.item) else catalogue.of_form(rule.item) or rule.item)
    if refusal:
        raise Refused([Problem("item", refusal)])
    item = catalogue.get(rule.item) or catalogue.get(catalogue.of_form(rule.item))
    if item is not None and (item.side == "in") != (rule.side == "Tiền vào"):
        wanted = "thu" if rule.side == "Tiền vào" else "chi"
        raise Refused([Problem("item", f"Dòng {rule.side.lower()} phải dùng mục {wanted}. Hãy chọn mục khác.")])
    with book.transact("bank.rule", by) as transaction:
        return transaction.save(rule)


def remove(book: Book, rule: BankRule, by: str) -> None:
    """Take a rule of the user's own away; vouchers written by it stay."""
    with book.transact("bank.rule", by) as transaction:
        transaction.retire(rule)


def month_in(text: str, day: date) -> str:
    """The month a text speaks of ("THANG 9", "T9/2026"), "" if none: without a year the latest one not after `day`."""
    found = _MONTH.search(vietnamese.fold(text))
    if found is None:
        return ""
    number, year = int(found[1] or found[3]), int(found[2] or 0) or (2000 + int(found[4]) if found[4] else 0)
    return f"{year or day.year - (number > day.month)}-{number:02}"


def _own_wording(book: Book, told: str) -> bool:
    """Whether a text begins as the transfer orders of this union do: with its code."""
    return bool(book.union_code) and vietnamese.fold(book.union_code) in told


def _cash(book: Book) -> str:
    """The cash box that a withdrawal goes to, "" where that is not plain."""
    own = [fund.id for fund in book.all(Fund) if fund.kind == "Tiền mặt"]
    return own[0] if len(own) == 1 else ""


def _with_month(text: str, month: str) -> str:
    return f"{text} tháng {dates.show_month(month)}" if month and "thang" not in vietnamese.fold(text) else text


def _rules(day: date) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = _in_force(day)["rule"]
    return found


def _in_force(day: date) -> Mapping[str, Any]:
    dated = _dated()
    fitting = [entry for entry in dated if entry["from"] <= day] or dated[:1]
    return max(fitting, key=lambda entry: entry["from"])


@cache
def _dated() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = resources.read("catalogues/bank_rules.toml")["from"]
    return found
