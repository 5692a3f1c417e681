"""Dues of a month: what one member owes, and how the month's sum is shared with the level above (QĐ 61/QĐ-TLĐ)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.domain import amounts, dates
from desktop_app.domain.rules import Basis, Rules


@dataclass(frozen=True)
class Terms:
    """How dues are counted in one union in one month; amounts in đồng a month.

    `ceiling` bounds the insured wage, `cap` the dues (None: no cap), `floor` is the sum of a member whose dues do not
    follow a wage (group 4); dues are rounded half up to `step`.
    """

    basis: Basis
    rate: Fraction
    ceiling: int
    cap: int | None
    floor: int
    step: int
    keep_percent: int

    @classmethod
    def of(cls, rules: Rules, month: str, group: int, step: int = 1) -> Terms:
        """The terms of a group's unions in a month. Raises `Refused` for a month before the rates known."""
        return cls(
            rules.dues_basis(month, group),
            rules.dues_rate(month),
            rules.insured_ceiling(dates.first_day(month)),
            rules.dues_cap(month, group),
            rules.dues_floor(month, group) or 0,
            step,
            rules.keep_dues_percent(int(month[:4])),
        )


def base(terms: Terms, insured: int, net: int = 0) -> int:
    """The wage that dues are taken of; net pay where the group pays on it and it is known, else the insured wage."""
    if terms.basis == "fixed":
        return 0
    if terms.basis == "net" and net:
        return net
    return min(insured, terms.ceiling)


def owed(terms: Terms, insured: int, net: int = 0) -> int:
    """What a member owes for the month: never above the cap, never below the fixed sum, whatever the rounding."""
    if terms.basis == "fixed":
        return -(-terms.floor // terms.step) * terms.step
    due = on(terms, base(terms, insured, net))
    return due if terms.cap is None else min(due, terms.cap)


def on(terms: Terms, fund: int) -> int:
    """The rate on a whole wage fund that was typed, where single wages are not had: no cap can be seen in it."""
    return amounts.half_up(fund * terms.rate.numerator, terms.rate.denominator, terms.step)


def split(total: int, keep_percent: int) -> tuple[int, int]:
    """Kept and sent up, together `total`: the part sent up is rounded half up, the union keeps the remainder."""
    up = amounts.half_up(total * (100 - keep_percent), 100)
    return total - up, up
