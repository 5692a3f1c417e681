"""Advances (tạm ứng): which are still open, and what settles one. Pure; đồng."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.records import Balance


@dataclass(frozen=True)
class Move:
    """Money without a mục that went to a party or came back, by one voucher; `of` is the advance it settles."""

    id: str
    day: date
    number: str
    text: str
    party: str
    came_in: int
    went_out: int
    of: str = ""
    reverses: str = ""


@dataclass(frozen=True)
class Advance:
    """An advance and what of it is still open. `day` is None for one of before the book without a day."""

    id: str
    day: date | None
    number: str
    text: str
    party: str
    given: int
    open: int

    def age(self, today: date) -> int:
        """Days since it was given; 0 where the day is not known."""
        return (today - self.day).days if self.day else 0


@dataclass(frozen=True)
class Outcome:
    """What a settlement comes to: spent, given back, paid on top, and still open afterwards."""

    spent: int
    refund: int
    extra: int
    left: int


def settle(open_: int, spent: int, refund: int | None = None) -> Outcome:
    """What remains is given back unless another `refund` is named; what was spent beyond the advance is paid on top.

    Raises `ValueError` for a refund larger than what remains.
    """
    over, rest = max(spent - open_, 0), max(open_ - spent, 0)
    back = rest if refund is None else refund
    if back > rest or back < 0:
        raise ValueError(f"{back} cannot be given back of {rest}")
    return Outcome(spent, back, over, rest - back)


def open_advances(moves: Iterable[Move], balances: Iterable[Balance]) -> list[Advance]:
    """The advances of which something is open, the oldest first.

    What a party gave back without naming an advance is taken off its oldest ones, so that the sum of a party is never
    more than it owes (S31-H).
    """
    all_moves, found = list(moves), list[Advance]()
    owed: dict[str, int] = {}
    for balance in balances:
        if balance.kind in ("Tạm ứng", "Phải thu"):
            owed[_key(balance.party)] = owed.get(_key(balance.party), 0) + balance.amount
        if balance.kind == "Tạm ứng":
            of_before = Advance(balance.id, balance.opened, "", "Số dư đầu kỳ", balance.party, *[balance.amount] * 2)
            found.append(of_before)
    for move in all_moves:
        change = move.went_out - move.came_in
        owed[_key(move.party)] = owed.get(_key(move.party), 0) + change
        if change > 0 and not move.of and not move.reverses:
            found.append(Advance(move.id, move.day, move.number, move.text, move.party, change, change))
    settled: dict[str, int] = {}
    for move in all_moves:
        for id_ in {move.of, move.reverses} - {""}:
            settled[id_] = settled.get(id_, 0) + move.came_in - move.went_out
    found = [replace(one, open=one.open - settled.get(one.id, 0)) for one in found]
    found.sort(key=lambda one: (one.day or date.min, one.number))
    unnamed = {key: -max(sum_, 0) for key, sum_ in owed.items()}
    for one in found:
        unnamed[_key(one.party)] += max(one.open, 0)
    left = []
    for one in found:
        taken = min(max(one.open, 0), max(unnamed[_key(one.party)], 0))
        unnamed[_key(one.party)] -= taken
        left.append(replace(one, open=one.open - taken))
    return [one for one in left if one.open > 0]


def _key(party: str) -> str:
    return " ".join(party.split()).casefold()
