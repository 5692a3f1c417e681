"""Sums and entries for comparing periods and for the upper level's ledger; the book does the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from desktop_app.storage.book import Book
from desktop_app.storage.money_sums import money


class Sums(NamedTuple):
    """What came in and went out under one mục in each asked period, đồng, in their order."""

    item: str
    came_in: tuple[int, ...]
    went_out: tuple[int, ...]


class LedgerEntry(NamedTuple):
    """One line of a posted voucher, đồng; a reversal or an adjustment carries its sign in the same column."""

    voucher: str
    kind: str
    number: str
    day: date
    month: str
    text: str
    party: str
    address: str
    papers: str
    item: str
    whose: str
    fund: str
    fund_kind: str
    bank: str
    account: str
    amount_in: int
    amount_out: int
    adjusts: str


def sums(book: Book, periods: Sequence[tuple[date, date]]) -> list[Sums]:
    """Income and spending by mục in each of these periods; transfers have no mục and are in none.

    One walk over the sums by month however many periods are asked, and over the lines of the months they cut.
    """
    asked: dict[str, str] = {}
    columns = []
    for number, (first, last) in enumerate(periods):
        asked |= {f"a{number}": first.isoformat(), f"z{number}": last.isoformat()}
        columns += [
            f"sum(CASE WHEN day BETWEEN :a{number} AND :z{number} THEN {side} ELSE 0 END)"
            for side in ("amount_in", "amount_out")
        ]
    asked |= {"first": min(asked.values()), "last": max(asked.values())}
    found = book.db.execute(
        f"SELECT item, {', '.join(columns)} FROM {money(*periods[0], *periods[1:])}"  # noqa: S608
        " WHERE item <> '' AND day BETWEEN :first AND :last GROUP BY item",
        asked,
    )
    return [Sums(item, tuple(both[::2]), tuple(both[1::2])) for item, *both in found]


def months(book: Book, year: int) -> list[tuple[int, int]]:
    """Income and spending of the twelve months of a year, đồng."""
    made = [(0, 0)] * 12
    found = book.db.execute(
        "SELECT substr(month, 6, 2), sum(amount_in), sum(amount_out) FROM money_sums"
        " WHERE item <> '' AND month BETWEEN ? AND ? GROUP BY 1",
        [f"{year:04}-01", f"{year:04}-12"],
    )
    for month, came_in, went_out in found:
        made[int(month) - 1] = (came_in, went_out)
    return made


def entries(book: Book, first: date, last: date) -> Iterator[LedgerEntry]:
    """Every line of the posted vouchers between two days, by day and number."""
    found = book.db.execute(
        "SELECT v.id, v.kind, v.number, v.day, v.month, v.text, v.party, v.address, v.papers, l.item, l.party, f.code,"
        " f.kind, f.bank, f.account, l.amount_in, l.amount_out, coalesce(a.number, '')"
        " FROM vouchers v JOIN vouchers_lines l ON l.owner = v.id JOIN funds f ON f.id = l.fund"
        " LEFT JOIN vouchers a ON a.id = CASE WHEN v.adjusts <> '' THEN v.adjusts ELSE nullif(v.reverses, '') END"
        " WHERE l.counts = 1 AND l.day BETWEEN ? AND ? ORDER BY v.day, v.id, l.no",
        [first.isoformat(), last.isoformat()],
    )
    for id_, kind, number, day, *rest in found:
        yield LedgerEntry(id_, kind, number, date.fromisoformat(day), *rest)
