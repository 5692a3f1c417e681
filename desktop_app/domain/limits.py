"""How a union stands against the spending limits of a year: what each is taken of, what may be and what is spent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.rules import Limit
from desktop_app.domain.settlement import owed_up


@dataclass(frozen=True)
class Standing:
    """One limit of a year, đồng. `base` is what the percentage is taken of, `free` other income that may be added."""

    limit: Limit
    base: int
    allowed: int
    spent: int
    free: int

    @property
    def holds(self) -> bool:
        """Whether the spending keeps within the limit, with the income whose use is free."""
        return self.spent <= self.allowed + self.free if self.limit.most else self.spent >= self.allowed

    @property
    def percent(self) -> int:
        """How many percent of what is allowed are spent; 0 while nothing is allowed."""
        return self.spent * 100 // self.allowed if self.allowed else 0


def bases(
    sums: Mapping[str, int], codes: Mapping[str, str], shares: tuple[int, int], year: int, kept_whole: int = 0
) -> dict[str, int]:
    """The bases of the limits from the sums of a year by mục; `codes` are those of the form: dues, fee, passed_down.

    `shares` are the percentages kept of dues and fee; of the dues `kept_whole` đồng are above the rate.
    """
    keep_dues, keep_fee = shares
    dues, fee = sum_of(sums, codes["dues"]), sum_of(sums, codes["fee"])
    return {
        "kept_dues": dues - owed_up({year: dues - kept_whole}, lambda _: keep_dues),
        "used_fee": fee - owed_up({year: fee}, lambda _: keep_fee) + sum_of(sums, codes["passed_down"]),
    }


def stand(
    limit: Limit, taken_of: Mapping[str, int], came_in: Mapping[str, int], went_out: Mapping[str, int]
) -> Standing:
    """A limit against the sums of a year by mục."""
    return Standing(
        limit,
        sum(taken_of[name] for name in limit.bases),
        limit.amount(taken_of),
        sum(sum_of(went_out, item) for item in limit.items),
        sum(sum_of(came_in, item) for item in limit.free),
    )


def sum_of(sums: Mapping[str, int], code: str) -> int:
    """The sum of a mục with the mục under it: "34" holds 34.01 and 34.02."""
    return sum(amount for item, amount in sums.items() if item == code or item.startswith(f"{code}."))
