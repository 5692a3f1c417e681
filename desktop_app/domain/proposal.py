"""A proposed budget of a year: income from the wage funds and shares, spending from the limits and what is left.

Every amount is in đồng. The rest of the kept dues goes to care of members, as what allowances do not use must
(QĐ 613/QĐ-TLĐ); other income is planned for culture and sports, so that the year spends what it brings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain import amounts
from desktop_app.domain.dues import split


@dataclass(frozen=True)
class Plan:
    """What is expected of a year. The percentages are of the used fee; `above` is the part of the dues kept whole."""

    dues: int
    fee: int
    keep_dues: int
    keep_fee: int
    delegated: bool
    support: int
    allowances: int
    movements_percent: int
    management_percent: int
    above: int = 0


def propose(plan: Plan, codes: Mapping[str, str]) -> dict[str, int]:
    """The budget by mục; `codes` name them: dues, fee, passed_down, support, allowances, care, movements, management,
    paid. Care takes what rounding and the other shares leave, so that spending is what the union keeps."""
    kept_dues, dues_up = split(plan.dues - plan.above, plan.keep_dues)
    used_fee, fee_up = split(plan.fee, plan.keep_fee)
    movements = amounts.half_up(used_fee * plan.movements_percent, 100)
    management = amounts.half_up(used_fee * plan.management_percent, 100)
    care = used_fee - movements - management + kept_dues + plan.above - plan.allowances
    return {
        codes["dues"]: plan.dues,
        codes["fee"]: plan.fee if plan.delegated else 0,
        codes["passed_down"]: 0 if plan.delegated else used_fee,
        codes["support"]: plan.support,
        codes["care"]: care,
        codes["movements"]: movements + plan.support,
        codes["management"]: management,
        codes["allowances"]: plan.allowances,
        codes["paid"]: dues_up + (fee_up if plan.delegated else 0),
    }
