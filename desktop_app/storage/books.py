"""Questions behind books and settlements, asked of the lines that count: posted, not cancelled, not retired.

Every amount is in đồng. A period is first and last day, both included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop_app.domain.records import Balance, Budget, Fund
from desktop_app.storage import bookings, rows
from desktop_app.storage.book import Book
from desktop_app.storage.money_sums import money

_TEXT = (
    "CASE WHEN min(l.no) < 0 AND l.day <> v.day THEN (SELECT CASE t.what WHEN 'hủy' THEN 'Hủy sau khóa sổ: '"
    " ELSE 'Sửa sau khóa sổ: ' END FROM late_booked t WHERE t.voucher = v.id) || v.text ELSE v.text END"
)
"""What a voucher is for; where it takes off what a closed month holds, that it does."""


class Flow(NamedTuple):
    """What ran through one fund under one mục ("" none): net before the period, in and out within it."""

    item: str
    fund: str
    before: int
    came_in: int
    went_out: int


class YearFlow(NamedTuple):
    """What came in under one mục in one year: before a period, and in it."""

    item: str
    year: int
    before: int
    within: int


class Entry(NamedTuple):
    """A voucher as it stands in a fund's book: `day` is its own, `booked` the day it is entered on."""

    voucher: str
    day: date
    booked: date
    kind: str
    number: str
    counterpart: str
    text: str
    came_in: int
    went_out: int


class ItemEntry(NamedTuple):
    """What a voucher says under one mục: `day` is its own, `booked` the day it is entered on."""

    voucher: str
    day: date
    booked: date
    number: str
    text: str
    item: str
    came_in: int
    went_out: int


class Move(NamedTuple):
    """An advance, receivable or payable that moved: paid out to a party, or come back from it."""

    voucher: str
    day: date
    number: str
    text: str
    party: str
    came_in: int
    went_out: int


@dataclass(frozen=True)
class Opening:
    """What the book began with, as far as it began by a day."""

    funds: tuple[Fund, ...]
    balances: tuple[Balance, ...]

    @property
    def money(self) -> int:
        """In all funds together."""
        return sum(fund.opening for fund in self.funds)


def flows(book: Book, first: date, last: date) -> list[Flow]:
    """What ran through each fund under each mục, up to the last day of a period?"""
    found = book.db.execute(
        "SELECT item, fund, sum(CASE WHEN day < :first THEN amount_in - amount_out ELSE 0 END),"  # noqa: S608
        " sum(CASE WHEN day >= :first THEN amount_in ELSE 0 END),"
        " sum(CASE WHEN day >= :first THEN amount_out ELSE 0 END)"
        f" FROM {money(first, last)} WHERE day <= :last GROUP BY item, fund",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return [Flow(*row) for row in found]


def opening(book: Book, last: date) -> Opening:
    """With which funds and other balances did the book begin, of those that began by `last`?"""
    begun = "opened IS NULL OR opened <= ?"
    return Opening(
        tuple(rows.find(book.db, Fund, begun, [last.isoformat()])),
        tuple(rows.find(book.db, Balance, begun, [last.isoformat()])),
    )


def first_day(book: Book) -> date | None:
    """The day the book begins: of its openings, or of its first voucher; None of an empty book."""
    found = book.db.execute(
        "SELECT min(day) FROM (SELECT min(opened) AS day FROM funds WHERE retired = 0"
        " UNION ALL SELECT min(opened) FROM balances WHERE retired = 0"
        " UNION ALL SELECT * FROM (SELECT day FROM vouchers WHERE posted = 1 AND cancelled = 0 AND retired = 0"
        " AND day IS NOT NULL ORDER BY day LIMIT 1))"
    ).fetchone()[0]
    return date.fromisoformat(found) if found else None


def by_year(book: Book, items: Iterable[str], first: date, last: date, since: date | None = None) -> list[YearFlow]:
    """How much came in under some mục in each year through `last` (from `since` on), before and in a period?"""
    wanted = list(items)
    begun = since or date.min
    whole = begun.day == 1
    source = money(first, last) if whole else "vouchers_lines"
    found = book.db.execute(
        "SELECT item, substr(day, 1, 4), sum(CASE WHEN day < ? THEN amount_in - amount_out ELSE 0 END),"  # noqa: S608
        f" sum(CASE WHEN day >= ? THEN amount_in - amount_out ELSE 0 END) FROM {source}"
        f" WHERE item IN ({', '.join('?' * len(wanted))}) AND day BETWEEN ? AND ?"
        f" {'' if whole else 'AND counts = 1'} GROUP BY 1, 2",
        [first.isoformat(), first.isoformat(), *wanted, begun.isoformat(), last.isoformat()],
    )
    return [YearFlow(item, int(year), before, within) for item, year, before, within in found]


def party_moves(book: Book, last: date) -> list[tuple[str, int]]:
    """How much was paid to each party without a mục, less what came back, through `last`?"""
    found: list[tuple[str, int]] = book.db.execute(
        "SELECT party, sum(amount_out - amount_in) FROM vouchers_lines"
        " WHERE counts = 1 AND item = '' AND party <> '' AND day <= ? GROUP BY party ORDER BY min(day), party",
        [last.isoformat()],
    ).fetchall()
    return found


def moves(book: Book, last: date) -> Iterator[Move]:
    """Every move of advances, receivables and payables through `last`, in the order it was entered."""
    found = book.db.execute(
        "SELECT v.id, v.day, v.number, v.text, l.party, l.amount_in, l.amount_out FROM vouchers_lines l"
        " JOIN vouchers v ON v.id = l.owner WHERE l.counts = 1 AND l.item = '' AND l.party <> '' AND l.day <= ?"
        " ORDER BY l.day, v.id, l.no",
        [last.isoformat()],
    )
    return (Move(id_, date.fromisoformat(day), *rest) for id_, day, *rest in found)


def before(book: Book, fund: Fund, first: date) -> int:
    """What had run through a fund before a day (without its opening)?"""
    found: int = book.db.execute(
        f"SELECT coalesce(sum(amount_in - amount_out), 0) FROM {money(first, date.max)} WHERE fund = ? AND day < ?",  # noqa: S608
        [fund.id, first.isoformat()],
    ).fetchone()[0]
    return found


def entries(book: Book, fund: Fund, first: date, last: date, most: int = -1) -> Iterator[Entry]:
    """The vouchers of a fund's book in a period, by day, then as they were entered; `most` of them (-1: all)."""
    found = book.db.execute(
        f"SELECT v.id, v.day, l.day, v.kind, v.number, v.counterpart, {_TEXT}, sum(l.amount_in), sum(l.amount_out)"  # noqa: S608
        " FROM vouchers_lines l INDEXED BY lines_fund CROSS JOIN vouchers v ON v.id = l.owner WHERE l.counts = 1"
        " AND l.fund = ? AND l.day BETWEEN ? AND ? GROUP BY l.day, l.owner ORDER BY l.day, l.owner LIMIT ?",
        [fund.id, first.isoformat(), last.isoformat(), most],
    )
    return (Entry(id_, date.fromisoformat(day), date.fromisoformat(to), *rest) for id_, day, to, *rest in found)


def item_entries(book: Book, first: date, last: date, skip: int = 0, most: int = -1) -> Iterator[ItemEntry]:
    """Income and spending of a period, a row a voucher and mục: transfers and advances have none (S82-TLĐ).

    Of the vouchers the first `skip` are left out and `most` follow (-1: all).
    """
    late = (
        " UNION ALL SELECT b.id, b.day, b.number, b.text, x.day AS booked FROM (SELECT DISTINCT l.owner, l.day FROM"
        " late_booked t CROSS JOIN vouchers_lines l ON l.owner = t.voucher WHERE l.counts = 1 AND l.item <> ''"
        " AND l.day BETWEEN :first AND :last) x CROSS JOIN vouchers b ON b.id = x.owner WHERE x.day <> b.day"
        if bookings.any_late(book)
        else ""
    )
    found = book.db.execute(
        f"SELECT v.id, v.day, v.booked, v.number, {_TEXT}, l.item, sum(l.amount_in), sum(l.amount_out) FROM"  # noqa: S608
        " (SELECT id, day, number, text, day AS booked FROM vouchers b INDEXED BY vouchers_day"
        " WHERE day BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM vouchers_lines e WHERE e.owner = b.id"
        f" AND e.counts = 1 AND e.item <> '' AND e.day = b.day){late}"
        " ORDER BY booked, id LIMIT :most OFFSET :skip) v CROSS JOIN vouchers_lines l ON l.owner = v.id"
        " WHERE l.counts = 1 AND l.item <> '' AND l.day = v.booked GROUP BY v.booked, v.id, l.item"
        " ORDER BY v.booked, v.id, max(l.no < 0), min(abs(l.no))",
        {"first": first.isoformat(), "last": last.isoformat(), "most": most, "skip": skip},
    )
    return (ItemEntry(id_, date.fromisoformat(day), date.fromisoformat(to), *rest) for id_, day, to, *rest in found)


def later_corrections(book: Book, first: date, last: date) -> list[tuple[str, date, str, str, int]]:
    """Vouchers dated after a period that adjust or reverse one of it, by day: number, day, the other's number, text,
    and what they change the money by (đồng).
    """
    found = book.db.execute(
        "SELECT v.number, v.day, o.number, v.text, sum(l.amount_in - l.amount_out) FROM vouchers v"
        " JOIN vouchers o ON o.id = CASE WHEN v.adjusts <> '' THEN v.adjusts ELSE v.reverses END"
        " JOIN vouchers_lines l ON l.owner = v.id AND l.counts = 1 WHERE v.id IN (SELECT id FROM vouchers"
        " WHERE adjusts <> '' UNION ALL SELECT id FROM vouchers WHERE reverses <> '')"
        " AND o.day BETWEEN ? AND ? AND o.posted = 1 AND v.day > ? GROUP BY v.id ORDER BY v.day, v.id",
        [first.isoformat(), last.isoformat(), last.isoformat()],
    )
    return [(number, date.fromisoformat(day), other, text, change) for number, day, other, text, change in found]


def funds_of_kind(book: Book, kind: str) -> list[Fund]:
    """The funds of one kind, by code."""
    return list(rows.find(book.db, Fund, "kind = ?", [kind], order="code, rowid"))


def drafts(book: Book, first: date, last: date) -> int:
    """How many drafts are dated in a period?"""
    found: int = book.db.execute(
        "SELECT count(*) FROM vouchers INDEXED BY vouchers_drafts"
        " WHERE posted = 0 AND retired = 0 AND day BETWEEN ? AND ?",
        [first.isoformat(), last.isoformat()],
    ).fetchone()[0]
    return found


def budget(book: Book, year: int) -> dict[str, Budget]:
    """The budget of a year by mục; of two rows of a mục the later."""
    return {entry.item: entry for entry in rows.find(book.db, Budget, "year = ?", [year])}


def journal_head(book: Book) -> str:
    """The head of this PC's journal, short, as papers carry it: "3f9a-c41d"."""
    found = book.db.execute("SELECT hash FROM devices WHERE device = ?", [book.device]).fetchone()
    head = bytes(found[0]).hex() if found else ""
    return f"{head[:4]}-{head[4:8]}"
