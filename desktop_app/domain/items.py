"""Mục thu, chi: what a code means, which way its money goes, and whether a voucher may carry it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Side = Literal["in", "out", "balance"]
"""Thu, chi, or a balance (mã 10, 50) that is computed and never posted."""


@dataclass(frozen=True)
class Item:
    """One mục: "25.01". `sum_of` names the mục it adds up; `evidence` how sure its code and name are."""

    code: str
    name: str
    side: Side
    short: str = ""
    parent: str = ""
    sum_of: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def posted(self) -> bool:
        """Whether a voucher's line may carry it."""
        return self.side != "balance" and not self.sum_of


@dataclass(frozen=True)
class Items:
    """The mục in force on a day, in the order of the form (HD 47/HD-TLĐ)."""

    by_code: Mapping[str, Item]
    source: str = ""

    def __iter__(self) -> Iterator[Item]:
        return iter(self.by_code.values())

    def get(self, code: str) -> Item | None:
        """The mục of a code, or None."""
        return self.by_code.get(code)

    def name(self, code: str) -> str:
        """The name of a mục, or "" if there is none of this code."""
        item = self.by_code.get(code)
        return item.name if item else ""

    def posted(self, side: Side | None = None) -> tuple[Item, ...]:
        """The mục a voucher may carry, of one side or of both."""
        return tuple(item for item in self if item.posted and side in (None, item.side))

    def refusal(self, code: str) -> str | None:
        """Why a voucher may not carry this code, as a sentence; None if it may."""
        item = self.by_code.get(code)
        if item is None:
            known = ", ".join(item.code for item in self.posted())
            return f"Không có mục {code}. Hãy chọn một trong các mục: {known}."
        if item.sum_of:
            return f"Mục {code} là mục tổng. Hãy chọn mục chi tiết: {', '.join(item.sum_of)}."
        if item.side == "balance":
            return f"Mã {code} là số dư do chương trình tính, không ghi vào chứng từ. Hãy chọn mục thu hoặc chi."
        return None

    def of_form(self, code: str) -> str:
        """The code in the form that a posted code counts in: itself, or the mục above a local one ("31.05" -> "31")."""
        while code and code not in self.by_code:
            code = code.rpartition(".")[0]
        return code
