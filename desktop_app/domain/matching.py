"""Which voucher is the paper of which bank line: by amount, day, and what both say; pure, told apart by how sure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop_app.domain import vietnamese

Sure = Literal["sure", "likely"]

_WINDOW = 31  # days between the voucher and the bank at most
_NEAR = 3  # days: a transfer of Friday afternoon is in the bank's book on Monday
_NUMBER, _NAME, _WORD = 40, 10, 4
_LEAD = 15  # by so much the best voucher must be better than the next to be sure
_COMMON = frozenset(
    ("ngay", "thang", "nam", "cong", "ty", "chuyen", "khoan", "tien", "cho", "cua", "theo", "toan", "doan", "tai",
     "ngan", "hang", "dong", "viet", "so", "tra", "thu", "chi")
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """A bank line that looks for its voucher; `amount` with its sign, đồng."""

    id: str
    day: date
    amount: int
    text: str


@dataclass(frozen=True)
class Candidate:
    """A voucher's effect on the account, đồng with its sign. `draft`: not posted yet, so its day may still move."""

    id: str
    number: str
    day: date
    amount: int
    text: str
    party: str
    draft: bool = False


@dataclass(frozen=True)
class Match:
    """The voucher proposed for a line, and how sure that is."""

    voucher: str
    sure: Sure
    score: int


def match(lines: Sequence[Wanted], vouchers: Sequence[Candidate]) -> Mapping[str, Match]:
    """The best voucher of each line, by line id; no voucher twice, the better pairs first."""
    by_amount: dict[int, list[Candidate]] = {}
    for voucher in vouchers:
        by_amount.setdefault(voucher.amount, []).append(voucher)
    pairs: list[tuple[int, Wanted, Candidate]] = []
    best_two: dict[str, list[int]] = {}
    for line in lines:
        for voucher in by_amount.get(line.amount, ()):
            points = score(line, voucher)
            if points is not None:
                pairs.append((points, line, voucher))
                best_two.setdefault(line.id, []).append(points)
                best_two.setdefault(voucher.id, []).append(points)
    pairs.sort(key=lambda pair: (-pair[0], pair[1].day, pair[1].id, pair[2].day, pair[2].id))
    found: dict[str, Match] = {}
    taken: set[str] = set()
    for points, line, voucher in pairs:
        if line.id in found or voucher.id in taken:
            continue
        taken.add(voucher.id)
        near = abs((line.day - voucher.day).days) <= _NEAR or voucher.draft
        alone = _lead(best_two[line.id], points) and _lead(best_two[voucher.id], points)
        found[line.id] = Match(voucher.id, "sure" if near and alone else "likely", points)
    return found


def score(line: Wanted, voucher: Candidate) -> int | None:
    """How well a voucher of the same amount fits, None if it is too far away in time."""
    apart = abs((line.day - voucher.day).days)
    if apart > _WINDOW:
        return None
    told = _words(line.text)
    points = 50 - min(apart, 20) * 2
    if voucher.number and _plain(voucher.number) in _plain(line.text):
        points += _NUMBER
    party = _words(voucher.party)
    if party and len(party & told) * 2 >= len(party):
        points += _NAME
    return points + _WORD * min(5, len(_words(voucher.text) & told))


def _lead(points: Sequence[int], best: int) -> bool:
    others = sorted(points, reverse=True)
    others.remove(best)
    return not others or best - others[0] >= _LEAD


def _words(text: str) -> set[str]:
    return {word for word in re.findall("[a-z0-9]{2,}", vietnamese.fold(text)) if word not in _COMMON}


def _plain(text: str) -> str:
    return "".join(re.findall("[a-z0-9]+", vietnamese.fold(text)))
