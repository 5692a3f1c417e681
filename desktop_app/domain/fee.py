"""The employer's fee (kinh phí công đoàn) of a month: 2 % of all insured wages, its shares and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain import amounts, dates, dues
from desktop_app.domain.rules import FeeClock, Rules


@dataclass(frozen=True)
class Relief:
    """What was decided of a month's fee: so many percent off, or a pause through the month `until` ("" none)."""

    percent: int = 0
    until: str = ""


@dataclass(frozen=True)
class FeeMonth:
    """What is due for a month and what has come, đồng; `delegated`: the union collects the whole fee itself.

    `relief` has been counted already: less is due, or it is due later.
    """

    month: str
    base: int
    due: int
    keep: int
    up: int
    received: int
    delegated: bool
    clock: FeeClock
    relief: Relief | None = None

    @property
    def expected(self) -> int:
        """What should come into the union's books: all of it if it collects, else the share it keeps (E4)."""
        return self.due if self.delegated else self.keep

    @property
    def missing(self) -> int:
        """What has not come yet, đồng."""
        return max(0, self.expected - self.received)

    def state(self, today: date) -> str:
        """In words: "đã đủ", "tạm dừng", "chưa đến hạn", "chậm đóng" (after the deadline) or "không đóng".

        Who is paused or has less to pay is neither late nor unpaid by that (NĐ 105/2026 art. 6).
        """
        paused = self.relief.until if self.relief else ""
        if paused and (today <= dates.last_day(paused) or not self.due) and not self.received:
            return "tạm dừng"
        if not self.missing:
            return "đã đủ"
        if today < self.clock.late_from:
            return "chưa đến hạn"
        return "không đóng" if self.clock.unpaid_from and today >= self.clock.unpaid_from else "chậm đóng"


def of_month(
    rules: Rules,
    month: str,
    fund: int,
    received: int,
    *,
    delegated: bool = False,
    quarterly: bool = False,
    relief: Relief | None = None,
) -> FeeMonth:
    """The fee of a month on a fund of insured wages (each up to the ceiling), with what was received of it.

    The fee is rounded half up on the whole fund. Raises `Refused` for a month before the rates known.
    """
    rate = rules.fee_rate(month)
    due = amounts.half_up(fund * rate.numerator, rate.denominator)
    clock = rules.fee_deadline(month, quarterly)
    if relief and relief.percent:
        due = amounts.half_up(due * (100 - relief.percent), 100)
    if relief and relief.until:
        caught_up = rules.fee_relief(month)["caught_up"]
        due, clock = (due, rules.fee_deadline(relief.until)) if caught_up else (0, clock)
    keep, up = dues.split(due, rules.keep_fee_percent(int(month[:4])))
    return FeeMonth(month, fund, due, keep, up, received, delegated, clock, relief)
