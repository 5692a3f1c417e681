"""A bank's statement as read from its file: lines in the order they happened, balances, and whether any are missing."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import NAMESPACE_OID, uuid5

from desktop_app.domain import dates, vietnamese
from desktop_app.domain.amounts import money


@dataclass(frozen=True)
class StatementLine:
    """One movement on the account, đồng: `amount` is positive for what came in, negative for what went out.

    `balance` is what the bank says the account held after it; None where the file does not say.
    """

    day: date
    amount: int
    text: str
    reference: str = ""
    party: str = ""
    balance: int | None = None


@dataclass(frozen=True)
class Statement:
    """A read statement. `bank`: whose form it has ("" if of none known); `account`: the number that it names."""

    lines: tuple[StatementLine, ...]
    bank: str = ""
    account: str = ""
    opening: int | None = None
    closing: int | None = None

    @property
    def first(self) -> date:
        return self.lines[0].day

    @property
    def last(self) -> date:
        return self.lines[-1].day


def ordered(lines: Sequence[StatementLine]) -> tuple[StatementLine, ...]:
    """The lines from the oldest on: many banks write the latest first."""
    if len(lines) < 2:
        return tuple(lines)
    backwards = lines[0].day > lines[-1].day
    if lines[0].day == lines[-1].day:
        backwards = _fits(lines[::-1]) > _fits(lines)
    return tuple(sorted(lines[::-1] if backwards else lines, key=lambda line: line.day))


def _fits(lines: Sequence[StatementLine]) -> int:
    """How many balances follow from the one before."""
    return sum(
        before.balance is not None and after.balance == before.balance + after.amount
        for before, after in pairwise(lines)
    )


def gaps(statement: Statement) -> Iterator[str]:
    """Where a balance does not follow from the one before, a sentence each: lines are missing or not read right."""
    held = statement.opening
    for line in statement.lines:
        if held is not None and line.balance is not None and held + line.amount != line.balance:
            day = dates.show_day(line.day)
            yield (
                f"Ở dòng ngày {day}, {money(abs(line.amount))}: số dư đáng lẽ là {money(held + line.amount)}"
                f" nhưng sao kê ghi {money(line.balance)}. Tệp có thể thiếu dòng."
            )
        held = line.balance if line.balance is not None else None if held is None else held + line.amount
    if None not in (held, statement.closing) and held != statement.closing:
        assert held is not None
        assert statement.closing is not None
        yield f"Các dòng cộng lại còn {money(held)}, nhưng sao kê ghi số dư cuối {money(statement.closing)}."


def identities(fund: str, lines: Iterable[StatementLine]) -> Iterator[tuple[str, StatementLine]]:
    """Each line with an id that is the same whenever, and on whichever PC, the bank's line is read for this account.

    Lines alike in everything (two fees of one day, no balances) are told apart by their count within the file.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    for line in lines:
        facts = (line.day.isoformat(), line.amount, _bare(line.reference), _bare(line.text), line.balance)
        seen[facts] += 1
        digest = hashlib.sha256(repr((fund, *facts, seen[facts])).encode()).hexdigest()
        yield str(uuid5(NAMESPACE_OID, f"bank-line:{digest}")), line


def _bare(text: str) -> str:
    return "".join(re.findall("[a-z0-9]+", vietnamese.fold(text)))
