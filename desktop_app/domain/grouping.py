"""Which vouchers one bank line stands for together, and which lines one voucher: only where no other sum is possible.

An accountant orders five payments and the bank moves them as one, or orders one that the bank moves in two; a fee that
the bank took along explains a small rest. Amounts are đồng with their sign; pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.matching import Candidate, Wanted

_DAYS = 3  # days between bank and book at most, as where one voucher is surely found
_MOST_PARTS, _MOST_AROUND, _MOST_TRIED = 12, 40, 20_000


@dataclass(frozen=True)
class Group:
    """What belongs together: lines and vouchers by id, of which one side has only one."""

    lines: tuple[str, ...]
    vouchers: tuple[str, ...]


def groups(lines: Sequence[Wanted], vouchers: Sequence[Candidate]) -> Mapping[str, Group]:
    """The group of each line that has one, by line id. What could belong to two groups belongs to none."""
    found: list[Group] = []
    for line in lines:
        near = [(v.id, v.amount) for v in vouchers if abs((v.day - line.day).days) <= _DAYS]
        if parts := only_sum(line.amount, near):
            found.append(Group((line.id,), parts))
    for voucher in vouchers:
        near = [(w.id, w.amount) for w in lines if abs((w.day - voucher.day).days) <= _DAYS]
        if parts := only_sum(voucher.amount, near):
            found.append(Group(parts, (voucher.id,)))
    asked = Counter(id_ for group in found for id_ in (*group.lines, *group.vouchers))
    sure = [group for group in found if all(asked[id_] == 1 for id_ in (*group.lines, *group.vouchers))]
    return {line: group for group in sure for line in group.lines}


def only_sum(target: int, parts: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The ids of the one set of two or more parts that adds up to `target`; () if there is none, more than one, or too
    many to be tried."""
    sign = 1 if target > 0 else -1
    fitting = [(id_, amount * sign) for id_, amount in parts if 0 < amount * sign < abs(target)]
    if not 2 <= len(fitting) <= _MOST_AROUND:
        return ()
    fitting.sort(key=lambda part: (-part[1], part[0]))
    left = [0] * (len(fitting) + 1)  # what all parts from a place on add up to
    for place in range(len(fitting) - 1, -1, -1):
        left[place] = left[place + 1] + fitting[place][1]
    found: list[tuple[int, ...]] = []
    tried = 0
    waiting: list[tuple[int, int, tuple[int, ...]]] = [(0, abs(target), ())]
    while waiting:
        place, rest, taken = waiting.pop()
        tried += 1
        if tried > _MOST_TRIED:
            return ()
        if rest == 0:
            found.append(taken)
            if len(found) > 1:
                return ()
        elif rest > 0 and place < len(fitting) and left[place] >= rest and len(taken) < _MOST_PARTS:
            waiting.append((place + 1, rest, taken))
            waiting.append((place + 1, rest - fitting[place][1], (*taken, place)))
    return tuple(fitting[place][0] for place in found[0]) if found else ()


def with_fee(line: Wanted, vouchers: Sequence[Candidate], most: int) -> Candidate | None:
    """The one voucher near a line that is less than it by at most `most` đồng, a fee; None if there is not just one."""
    if line.amount >= 0:
        return None
    near = [
        voucher
        for voucher in vouchers
        if abs((voucher.day - line.day).days) <= _DAYS and voucher.amount < 0 < voucher.amount - line.amount <= most
    ]
    return near[0] if len(near) == 1 else None


def spread(lines: Sequence[tuple[str, int]], vouchers: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """How much of which voucher each line stands for: (line, voucher, đồng), in order, until one side is used up.

    A voucher that runs the other way (a fee taken off what came in) goes with the first line as a whole.
    """
    rests = [amount for _, amount in lines]
    sign = 1 if sum(rests) >= 0 else -1
    made: list[tuple[str, str, int]] = []
    for id_, amount in vouchers:
        if amount * sign < 0:
            made.append((lines[0][0], id_, amount))
            rests[0] -= amount
    at = 0
    for id_, amount in vouchers:
        left = amount * sign
        while left > 0 and at < len(rests):
            part = min(left, rests[at] * sign)
            if part > 0:
                made.append((lines[at][0], id_, part * sign))
                left, rests[at] = left - part, rests[at] - part * sign
            if rests[at] * sign <= 0:
                at += 1
    return made
