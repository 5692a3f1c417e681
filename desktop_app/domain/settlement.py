"""What a settlement adds up: who owes the union and whom it owes, what goes to the level above, what is left.

Pure: it is given sums in đồng and answers sums. Part V of B07-TLĐ is a memo and never a payable of the identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain import amounts
from desktop_app.domain.records import Balance

OWED_UP = "Phải nộp cấp trên"


@dataclass(frozen=True)
class Positions:
    """Advances, receivables and payables by party, đồng: above 0 they owe the union, below 0 it owes them."""

    by_party: Mapping[str, int]

    @property
    def receivable(self) -> int:
        """Tạm ứng and phải thu."""
        return sum(amount for amount in self.by_party.values() if amount > 0)

    @property
    def payable(self) -> int:
        """Phải trả: money held for others."""
        return -sum(amount for amount in self.by_party.values() if amount < 0)

    @property
    def net(self) -> int:
        """Receivables less payables."""
        return sum(self.by_party.values())


def positions(balances: Iterable[Balance], moves: Iterable[tuple[str, int]]) -> Positions:
    """Opening balances and later moves, net per party.

    A move is (party, đồng): above 0 what was paid out to the party without a mục, below 0 what came back.
    A party is the same in whatever letters and spaces its name was typed.
    """
    names: dict[str, str] = {}
    found: dict[str, int] = {}
    opened = (
        (balance.party or balance.kind, -balance.amount if balance.kind == "Phải trả" else balance.amount)
        for balance in balances
        if balance.kind != OWED_UP
    )
    for source in (opened, moves):
        for party, amount in source:
            name = names.setdefault(" ".join(party.split()).casefold(), party)
            found[name] = found.get(name, 0) + amount
    return Positions({name: amount for name, amount in found.items() if amount})


def owed_up(by_year: Mapping[int, int], kept_percent: Callable[[int], int]) -> int:
    """The part of each year's income that goes up, đồng: half up on the year's sum, the union keeps the rest.

    Counted on the sum of a year so far, so that the months of a year add up to the year.
    """
    return sum(amounts.half_up(sum_ * (100 - kept_percent(year)), 100) for year, sum_ in by_year.items())
