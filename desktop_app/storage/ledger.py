"""Questions about money, asked of posted vouchers only: books cannot disagree, for they are queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.records import CashCount, Fund, Voucher
from desktop_app.storage import books, rows
from desktop_app.storage.book import Book
from desktop_app.storage.money_sums import money

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


def is_taken(book: Book, kind: str, number: str, year: int, but: str = "") -> bool:
    """Is this number of the series of `kind` used in that year by another posted voucher, or by its other half?"""
    rest = "substr(day, 1, 4) = :year AND id <> :but AND posted = 1 AND retired = 0"
    found = book.db.execute(
        f"SELECT 1 FROM vouchers WHERE number <> '' AND number = :number AND kind = :kind AND {rest}"  # noqa: S608
        f" UNION ALL SELECT 1 FROM vouchers WHERE counterpart <> '' AND counterpart = :number"
        f" AND counterpart LIKE :kind || '%' AND {rest} LIMIT 1",
        {"number": number, "kind": kind, "year": f"{year:04}", "but": but},
    ).fetchone()
    return found is not None


def with_number(book: Book, number: str, day: date) -> Voucher | None:
    """Which posted voucher does "PC10/02" mean on a voucher of `day`?

    That of the same year, else the latest of an earlier year; "PC10/02/2026" is exact.
    """
    bare, _, year = number.rpartition("/")
    if "/" in bare and len(year) == 4 and year.isdigit():
        exact = _numbered(book, bare, "substr(day, 1, 4) = ?", year)
        if exact is not None:
            return exact
    return _numbered(book, number, "substr(day, 1, 4) <= ?", f"{day.year:04}")


def _numbered(book: Book, number: str, years: str, year: str) -> Voucher | None:
    condition = f"number <> '' AND number = ? AND posted = 1 AND {years}"
    return next(rows.find(book.db, Voucher, condition, [number, year], order="substr(day, 1, 4) DESC, rowid"), None)


def numbered_like(book: Book, text: str, until: date, most: int = 12) -> list[Voucher]:
    """Posted vouchers whose number begins so, the latest first, none later than a day."""
    found = rows.find(
        book.db,
        Voucher,
        "number LIKE ? AND posted = 1 AND cancelled = 0 AND day <= ?",
        [f"{text.strip()}%", until.isoformat()],
        order=f"day DESC, id DESC LIMIT {most:d}",
    )
    return list(found)


def followers(book: Book, id_: str) -> list[Voucher]:
    """The vouchers that take back, adjust or settle this one and still count: not cancelled, not reversed."""
    found = rows.find(
        book.db,
        Voucher,
        "((reverses <> '' AND reverses = :id) OR (adjusts <> '' AND adjusts = :id)"
        " OR (settles <> '' AND settles = :id AND reverses = '')) AND posted = 1 AND cancelled = 0"
        " AND NOT EXISTS (SELECT 1 FROM vouchers b WHERE b.reverses <> '' AND b.reverses = vouchers.id"
        " AND b.posted = 1 AND b.cancelled = 0 AND b.retired = 0)",
        {"id": id_},
    )
    return list(found)


def reversed_ids(book: Book, first: date, last: date) -> frozenset[str]:
    """Which vouchers dated in a period are taken back by another one, whenever that one is dated?"""
    found = book.db.execute(
        "SELECT r.reverses FROM vouchers r JOIN vouchers v ON v.id = r.reverses WHERE r.reverses <> '' AND r.posted = 1"
        " AND r.cancelled = 0 AND r.retired = 0 AND v.day BETWEEN ? AND ?",
        [first.isoformat(), last.isoformat()],
    )
    return frozenset(id_ for (id_,) in found)


def vouchers_between(book: Book, first: date, last: date) -> Iterator[Voucher]:
    """The vouchers dated in a period, drafts and cancelled ones too, by day and number."""
    return rows.find(
        book.db, Voucher, "day BETWEEN ? AND ?", [first.isoformat(), last.isoformat()], order="day, number, id"
    )


def balances(book: Book, last: date) -> dict[str, int]:
    """What does each fund hold at the end of a day, đồng, by fund id?"""
    moved = dict(
        book.db.execute(
            f"SELECT fund, sum(amount_in - amount_out) FROM {money(date.min, last)} WHERE day <= ? GROUP BY fund",  # noqa: S608
            [last.isoformat()],
        ).fetchall()
    )
    return {fund.id: fund.opening + moved.get(fund.id, 0) for fund in book.all(Fund)}


def cash_counts(book: Book, first: date, last: date) -> list[CashCount]:
    """The cash counts of a period, in order of their days."""
    days = [first.isoformat(), last.isoformat()]
    return list(rows.find(book.db, CashCount, "day BETWEEN ? AND ?", days, order="day"))


def lowest_from(book: Book, fund: Fund, first: date) -> tuple[date, int]:
    """The day on which a fund holds least from `first` on, and what it holds at the end of that day, đồng."""
    balance = fund.opening + books.before(book, fund, first)
    lowest: tuple[date, int] | None = None
    for day, change in book.db.execute(
        "SELECT day, sum(amount_in - amount_out) FROM vouchers_lines WHERE counts = 1 AND fund = ? AND day >= ?"
        " GROUP BY day ORDER BY day",
        [fund.id, first.isoformat()],
    ):
        when = date.fromisoformat(day)
        if when > first and lowest is None:
            lowest = first, balance
        balance += change
        if lowest is None or balance < lowest[1]:
            lowest = when, balance
    return lowest or (first, balance)


def alike(book: Book, day: date, party: str, amount: int, but: str) -> str:
    """The number of a posted voucher of that day, payee and amount (đồng, in or out), "" if there is none."""
    found = book.db.execute(
        "SELECT v.number FROM vouchers v JOIN vouchers_lines l ON l.owner = v.id"  # noqa: S608
        f" WHERE v.day = ? AND v.party = ? AND v.id <> ? AND {_EFFECTIVE} GROUP BY v.id"
        " HAVING max(sum(l.amount_in), sum(l.amount_out)) = ? LIMIT 1",
        [day.isoformat(), party, but, amount],
    ).fetchone()
    return str(found[0]) if found else ""


def spent(book: Book, item: str, first: date, last: date) -> int:
    """How much was spent under one mục between two days, đồng?"""
    found: int = book.db.execute(
        f"SELECT coalesce(sum(amount_out), 0) FROM {money(first, last)} WHERE item = ? AND day BETWEEN ? AND ?",  # noqa: S608
        [item, first.isoformat(), last.isoformat()],
    ).fetchone()[0]
    return found


def fund_book(book: Book, fund: Fund, first: date, last: date) -> FundBook:
    """What came into and went out of one fund between two days, both included?

    A transfer stands in the cash book under the number of its cash half (PT10/02 of UNC10/01).
    """
    opening = balance = fund.opening + books.before(book, fund, first)
    entries = []
    taking, giving = (("PT",), ("PC",)) if fund.kind == "Tiền mặt" else (("BC",), ("BN", "UNC"))
    for day, number, other, text, amount_in, amount_out in book.db.execute(
        "SELECT v.day, v.number, v.counterpart, v.text, sum(l.amount_in), sum(l.amount_out)"
        " FROM vouchers_lines l JOIN vouchers v ON v.id = l.owner"
        " WHERE l.counts = 1 AND l.fund = ? AND l.day BETWEEN ? AND ? GROUP BY l.day, v.id ORDER BY l.day, v.id",
        [fund.id, first.isoformat(), last.isoformat()],
    ):
        balance += amount_in - amount_out
        own = other if other.startswith(taking if amount_in else giving) else number
        entries.append(Entry(date.fromisoformat(day), own, text, amount_in, amount_out, balance))
    return FundBook(opening, tuple(entries), balance)


def item_totals(book: Book, first: date, last: date) -> dict[str, tuple[int, int]]:
    """Income and spending by item (đồng in, đồng out); transfers have no item and are in neither (S82-TLĐ)."""
    found = book.db.execute(
        f"SELECT item, sum(amount_in), sum(amount_out) FROM {money(first, last)} WHERE item <> ''"  # noqa: S608
        " AND day BETWEEN ? AND ? GROUP BY item ORDER BY item",
        [first.isoformat(), last.isoformat()],
    )
    return {item: (amount_in, amount_out) for item, amount_in, amount_out in found}
