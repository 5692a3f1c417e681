"""When a person reaches the age of retirement under ordinary conditions (BLLĐ 2019 art. 169, NĐ 135/2020)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.domain import dates


class Step(NamedTuple):
    """From this month on ("2026-01") who reaches the age retires at so many months of age."""

    since: str
    men: int
    women: int

    def months(self, sex: str) -> int:
        """The age for "Nam" or "Nữ", in months."""
        return self.men if sex == "Nam" else self.women


def month_of(birth: str, sex: str, steps: Sequence[Step]) -> str:
    """The month in which somebody born so ("1966-02-05", "1966-02", "1966") reaches the age; "" if it cannot be told.

    Of a year alone, January counts (NĐ 135/2020 art. 3(2)).
    """
    if not birth or not sex or not steps:
        return ""
    born = birth[:7] if len(birth) >= 7 else f"{birth}-01"
    later = [step.since for step in steps[1:]]
    for step, end in zip(steps, [*later, "9999-99"], strict=True):
        reached = dates.add_months(born, step.months(sex))
        if reached < end:
            return reached
    return ""


def latest_birth(by: str, sex: str, steps: Sequence[Step]) -> str:
    """The latest month of birth with which the age is reached by this month, "" if there is none."""
    ends = [dates.add_months(step.since, -1) for step in steps[1:]]
    found = [
        dates.add_months(min(by, end), -step.months(sex))
        for step, end in zip(steps, [*ends, by], strict=True)
        if step.since <= by or step is steps[0]
    ]
    return max(found, default="")
