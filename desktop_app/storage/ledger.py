"""Questions about money, asked of posted vouchers only: books cannot disagree, for they are queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import rows
from desktop_app.storage.book import Book

_EFFECTIVE = "v.posted = 1 AND v.cancelled = 0 AND v.retired = 0"


@dataclass(frozen=True)
class Entry:
    """One line of a fund's book, đồng; `balance` is what the fund holds after it."""

    day: date
    number: str
    text: str
    amount_in: int
    amount_out: int
    balance: int


@dataclass(frozen=True)
class FundBook:
    """A fund's book of a period (S11-H, S12-H): opening, entries in order, closing, all in đồng."""

    opening: int
    entries: tuple[Entry, ...]
    closing: int


def fund_of_code(book: Book, code: str) -> Fund | None:
    """Which fund has this code?"""
    return next(rows.find(book.db, Fund, "code = ?", [code]), None)


def next_number(book: Book, kind: str, month: str) -> str:
    """The next number of a series, which restarts each month: PT10/01, PT10/02 …; cancelled ones keep theirs."""
    prefix = f"{kind}{month[5:]}/"
    found = book.db.execute(
        "SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM vouchers WHERE kind = ? AND substr(day, 1, 7) = ?"
        " AND number LIKE ?",
        [len(prefix) + 1, kind, month, prefix + "%"],
    ).fetchone()[0]
    return f"{prefix}{(found or 0) + 1:02d}"


def vouchers_between(book: Book, first: date, last: date) -> Iterator[Voucher]:
    """The vouchers dated in a period, drafts and cancelled ones too, by day and number."""
    return rows.find(
        book.db, Voucher, "day BETWEEN ? AND ?", [first.isoformat(), last.isoformat()], order="day, number, rowid"
    )


def fund_book(book: Book, fund: Fund, first: date, last: date) -> FundBook:
    """What came into and went out of one fund between two days, both included?"""
    before = book.db.execute(
        "SELECT coalesce(sum(l.amount_in - l.amount_out), 0) FROM vouchers v JOIN vouchers_lines l ON l.owner = v.id"  # noqa: S608
        f" WHERE l.fund = ? AND v.day < ? AND {_EFFECTIVE}",
        [fund.id, first.isoformat()],
    ).fetchone()[0]
    opening = balance = fund.opening + before
    entries = []
    for day, number, text, amount_in, amount_out in book.db.execute(
        "SELECT v.day, v.number, v.text, sum(l.amount_in), sum(l.amount_out)"  # noqa: S608
        " FROM vouchers v JOIN vouchers_lines l ON l.owner = v.id"
        f" WHERE l.fund = ? AND v.day BETWEEN ? AND ? AND {_EFFECTIVE} GROUP BY v.id ORDER BY v.day, v.rowid",
        [fund.id, first.isoformat(), last.isoformat()],
    ):
        balance += amount_in - amount_out
        entries.append(Entry(date.fromisoformat(day), number, text, amount_in, amount_out, balance))
    return FundBook(opening, tuple(entries), balance)


def item_totals(book: Book, first: date, last: date) -> dict[str, tuple[int, int]]:
    """Income and spending by item (đồng in, đồng out); transfers have no item and are in neither (S82-TLĐ)."""
    found = book.db.execute(
        "SELECT l.item, sum(l.amount_in), sum(l.amount_out) FROM vouchers v"  # noqa: S608
        f" JOIN vouchers_lines l ON l.owner = v.id WHERE v.day BETWEEN ? AND ? AND l.item <> '' AND {_EFFECTIVE}"
        " GROUP BY l.item ORDER BY l.item",
        [first.isoformat(), last.isoformat()],
    )
    return {item: (amount_in, amount_out) for item, amount_in, amount_out in found}
