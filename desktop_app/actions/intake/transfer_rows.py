"""Rows of old cash and bank books that move money between two funds: one voucher, whichever book tells of it first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import resources
from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import numbers
from desktop_app.storage.book import Book, Transaction

_APART = timedelta(days=3)  # between the days of the two books at most
_BOOK = {"Tiền mặt": "cash", "Tiền gửi": "bank"}


class Transfers:
    """The transfers that the book of one fund tells of. What the other fund's book told already is not stored again."""

    def __init__(self, book: Book, fund: Fund) -> None:
        self._book, self._fund = book, fund
        self._others = [held for held in book.all(Fund) if held.kind in _BOOK and held.id != fund.id]
        self._claimed: set[str] = set()

    def other(self, text: str, day: date | None, *, income: bool) -> Fund | None:
        """The fund at the other end of a row, None if it is no transfer. Raises `Refused` where that is not clear."""
        told = f" {vietnamese.fold(text)} "
        words = _words(day or date.max)[_BOOK.get(self._fund.kind, "bank")]["in" if income else "out"]
        if not any(word in told for word in words):
            return None
        wanted = "Tiền gửi" if self._fund.kind == "Tiền mặt" else "Tiền mặt"
        fitting = [held for held in self._others if held.kind == wanted]
        named = [held for held in fitting if any(word in told for word in _names(held))]
        if len(named or fitting) == 1:
            return (named or fitting)[0]
        lacking = "chưa có quỹ ấy trong sổ. Hãy thêm quỹ ở Thiết lập" if not fitting else "có nhiều quỹ như vậy"
        end = "" if not fitting else ". Hãy ghi thêm tên ngân hàng vào nội dung"
        raise Refused([Problem("text", f"Chuyển tiền với quỹ {wanted.lower()}, nhưng {lacking}{end}.")])

    def values(self, other: Fund, amount: Any, number: str, *, income: bool) -> dict[str, Any]:
        """The row as that of a transfer: who pays, who takes, the number of its own half.

        The half that this book does not tell gets the number of the told one behind its kind ("PT/UNC3"), until its
        own book comes.
        """
        payer, taker = (other, self._fund) if income else (self._fund, other)
        kind = "PC" if payer.kind == "Tiền mặt" else "UNC"
        made = {"kind": kind, "fund": payer.code, "to_fund": taker.code, "amount_out": amount}
        if not number:
            return made
        if income:
            return {**made, "number": f"{kind}/{number}", "counterpart": number}
        half = {"counterpart": f"PT/{number}"} if taker.kind == "Tiền mặt" else {}
        return {**made, "number": number, **half}

    def told_before(self, transaction: Transaction, draft: Voucher) -> bool:
        """Whether the very move is in the book, from this file read before or from the book of the other fund; that
        half of its number which it lacked is taken over."""
        if len(draft.lines) != 2 or any(line.item or line.party for line in draft.lines) or draft.day is None:
            return False
        paid, taken = sorted(draft.lines, key=lambda line: not line.amount_out)
        near = numbers.transfers(
            self._book, (paid.fund, taken.fund, paid.amount_out), draft.day - _APART, draft.day + _APART
        )
        ours = taken.fund == self._fund.id
        own = draft.counterpart if ours else draft.number
        free = [found for id_ in near if id_ not in self._claimed and (found := self._book.get(Voucher, id_))]
        free.sort(key=lambda one: (_half(one, taker=ours) != own, abs((one.day or date.min) - (draft.day or date.min))))
        if not free:
            self._claimed.add(draft.id)
            return False
        known = free[0]
        self._claimed.add(known.id)
        guessed = not known.counterpart or known.counterpart.endswith(f"/{known.number}")
        if ours and own and guessed:
            transaction.save(dataclasses.replace(known, counterpart=own))
        return True


def _half(voucher: Voucher, *, taker: bool) -> str:
    return voucher.counterpart if taker else voucher.number


def _names(fund: Fund) -> list[str]:
    told = (fund.bank, fund.code, fund.account, fund.name)
    return [folded for name in told if len(folded := vietnamese.fold(name)) > 1]


def _words(day: date) -> Mapping[str, Mapping[str, list[str]]]:
    fitting = [entry for entry in _dated() if entry["from"] <= day] or _dated()[:1]
    found: Mapping[str, Mapping[str, list[str]]] = max(fitting, key=_since)
    return found


def _since(entry: Mapping[str, Any]) -> date:
    since: date = entry["from"]
    return since


@cache
def _dated() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = resources.read("catalogues/book_transfers.toml")["from"]
    return found
