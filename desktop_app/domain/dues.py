"""Dues of a month: what one member owes, and how the month's sum is shared with the level above (QĐ 61/QĐ-TLĐ)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.domain import amounts, dates
from desktop_app.domain.rules import Basis, Rules


@dataclass(frozen=True)
class Resolved:
    """What the union itself resolved: its rate, what that is taken of, its own bound in đồng a month (0: none)."""

    rate: Fraction
    basis: Basis
    most: int = 0


@dataclass(frozen=True)
class Terms:
    """How dues are counted in one union in one month; amounts in đồng a month.

    `ceiling` bounds the insured wage, `cap` the dues (None: no cap), `floor` is the sum of a member whose dues do not
    follow a wage (group 4); dues are rounded half up to `step`. `basis`, `rate` and `cap` are those of the rules; what
    the union takes by its own resolution (`own`) beyond them is above the rate.
    """

    basis: Basis
    rate: Fraction
    ceiling: int
    cap: int | None
    floor: int
    step: int
    keep_percent: int
    own: Resolved | None = None

    @property
    def taken_of(self) -> Basis:
        """What this union takes dues of."""
        return self.own.basis if self.own else self.basis

    @classmethod
    def of(cls, rules: Rules, month: str, group: int, step: int = 1, own: Resolved | None = None) -> Terms:
        """The terms of a group's unions in a month; `own` counts where the group may resolve on its own.

        Raises `Refused` for a month before the rates known.
        """
        return cls(
            rules.dues_basis(month, group),
            rules.dues_rate(month),
            rules.insured_ceiling(dates.first_day(month)),
            rules.dues_cap(month, group),
            rules.dues_floor(month, group) or 0,
            step,
            rules.keep_dues_percent(int(month[:4])),
            own if own and rules.dues_may_exceed(month, group) else None,
        )


def base(terms: Terms, insured: int, net: int = 0) -> int:
    """The wage that dues are taken of; net pay where the union takes of it and it is known, else the insured wage."""
    return _of(terms.taken_of, terms, insured, net)


def owed(terms: Terms, insured: int, net: int = 0) -> int:
    """What a member owes for the month: by the union's own resolution, else by the rules."""
    if terms.own is None:
        return ruled(terms, insured, net)
    due = _part(terms, base(terms, insured, net), terms.own.rate)
    return min(due, terms.own.most) if terms.own.most else due


def ruled(terms: Terms, insured: int, net: int = 0) -> int:
    """What the rules ask of a member: never above the cap, never below the fixed sum, whatever the rounding."""
    if terms.basis == "fixed":
        return -(-terms.floor // terms.step) * terms.step
    due = _part(terms, _of(terms.basis, terms, insured, net), terms.rate)
    return due if terms.cap is None else min(due, terms.cap)


def above(terms: Terms, insured: int, net: int = 0) -> int:
    """The part of what a member owes that is above the rules: kept whole, and settled apart (QĐ 61/QĐ-TLĐ)."""
    return max(0, owed(terms, insured, net) - ruled(terms, insured, net)) if terms.own else 0


def on(terms: Terms, fund: int) -> int:
    """What is owed on a whole wage fund that was typed, where single wages are not had: no cap can be seen in it."""
    return _part(terms, fund, terms.own.rate if terms.own else terms.rate)


def above_on(terms: Terms, fund: int) -> int:
    """The part of it above the rate."""
    return max(0, on(terms, fund) - _part(terms, fund, terms.rate)) if terms.own else 0


def split(total: int, keep_percent: int) -> tuple[int, int]:
    """Kept and sent up, together `total`: the part sent up is rounded half up, the union keeps the remainder."""
    up = amounts.half_up(total * (100 - keep_percent), 100)
    return total - up, up


def _of(basis: Basis, terms: Terms, insured: int, net: int) -> int:
    if basis == "fixed":
        return 0
    if basis == "net" and net:
        return net
    return min(insured, terms.ceiling)


def _part(terms: Terms, wage: int, rate: Fraction) -> int:
    return amounts.half_up(wage * rate.numerator, rate.denominator, terms.step)
