"""Questions about a bank account: what the bank says, which vouchers each line stands for, what the book has alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop_app.domain.records import BankStatement
from desktop_app.storage import rows
from desktop_app.storage.book import Book

_BOOKED = "coalesce((SELECT t.booked || '-01' FROM late_booked t WHERE t.voucher = v.id), v.day)"
"""The day a voucher stands in the books: of one that came after its month was closed the first of another."""
_STANDS = (
    "v.retired = 0 AND v.posted = 1 AND v.cancelled = 0 AND NOT EXISTS (SELECT 1 FROM vouchers b WHERE b.reverses <> ''"
    " AND b.reverses = v.id AND b.posted = 1 AND b.cancelled = 0 AND b.retired = 0)"
)
"""A voucher that is in the books and was not taken back: only such a one is the paper of a bank line."""


_LINKED = (
    "coalesce((SELECT sum(p.amount) FROM bank_lines_papers p JOIN bank_lines b ON b.id = p.owner"
    " WHERE p.voucher = v.id AND b.retired = 0 AND b.fund = :fund), 0)"
)
"""How much of a voucher `v` lines of the bank stand for on one account, đồng with its sign."""

_EXPLAINED = (
    "coalesce((SELECT sum(p.amount) FROM bank_lines_papers p JOIN vouchers v ON v.id = p.voucher"  # noqa: S608
    f" WHERE p.owner = b.id AND {_STANDS}), 0)"
)
"""How much of a bank line `b` is of vouchers that are in the books, đồng with its sign."""


class Link(NamedTuple):
    """A voucher in the books that a bank line stands for, wholly or in part (`amount`, đồng with its sign)."""

    voucher: str
    number: str
    items: str
    amount: int


@dataclass(frozen=True)
class Line:
    """A bank line, `amount` and `balance` in đồng (`told`: whether the bank said a balance), and its vouchers: without
    those that were cancelled or reversed."""

    id: str
    day: date
    amount: int
    text: str
    reference: str
    party: str
    told: bool
    balance: int
    aside: str = ""
    papers: tuple[Link, ...] = ()

    @property
    def rest(self) -> int:
        """What of it no voucher stands for, đồng with its sign."""
        return self.amount - sum(link.amount for link in self.papers)

    @property
    def numbers(self) -> str:
        """The numbers of its vouchers."""
        return ", ".join(link.number for link in self.papers)

    @property
    def items(self) -> str:
        """The mục of its vouchers, each once."""
        told = [code for link in self.papers for code in link.items.split(",") if code]
        return ", ".join(dict.fromkeys(told))


@dataclass(frozen=True)
class Moved:
    """What a voucher moves on one account beyond what lines of the bank stand for, đồng with its sign; `posted` false:
    a draft, which is in no book yet."""

    id: str
    kind: str
    number: str
    day: date
    amount: int
    text: str
    party: str
    posted: bool


def lines(book: Book, fund: str, first: date, last: date) -> list[Line]:
    """The bank's lines on an account between two days, in its own order."""
    asked = [fund, first.isoformat(), last.isoformat()]
    where = "WHERE b.retired = 0 AND b.fund = ? AND b.day BETWEEN ? AND ?"
    links: dict[str, list[Link]] = {}
    for owner, *link in book.db.execute(
        "SELECT p.owner, v.id, v.number, coalesce((SELECT group_concat(DISTINCT nullif(l.item, ''))"  # noqa: S608
        " FROM vouchers_lines l WHERE l.owner = v.id), ''), p.amount FROM bank_lines b"
        f" JOIN bank_lines_papers p ON p.owner = b.id JOIN vouchers v ON v.id = p.voucher AND {_STANDS} {where}"
        " ORDER BY p.owner, p.no",
        asked,
    ):
        links.setdefault(owner, []).append(Link(*link))
    found = book.db.execute(
        "SELECT b.id, b.day, b.amount, b.text, b.reference, b.party, b.told, b.balance, b.aside"  # noqa: S608
        f" FROM bank_lines b {where} ORDER BY b.day, b.place, b.id",
        asked,
    )
    return [
        Line(
            id_, date.fromisoformat(day), amount, text, reference, party, bool(told), balance, aside,
            tuple(links.get(id_, ())),
        )
        for id_, day, amount, text, reference, party, told, balance, aside in found
    ]  # fmt: skip


def moved(book: Book, fund: str, first: date, last: date, *, drafts: bool = False) -> list[Moved]:
    """The vouchers that move an account between two days and are wholly or in part in no line of the bank.

    A reversed one and its reversal are left out: the bank never saw either.
    """
    posted = (
        "SELECT l.owner AS id, sum(l.amount_in - l.amount_out) AS amount FROM vouchers_lines l"
        " WHERE l.counts = 1 AND l.fund = :fund AND l.day BETWEEN :first AND :last GROUP BY l.owner"
    )
    waiting = (
        " UNION ALL SELECT l.owner, sum(l.amount_in - l.amount_out) FROM vouchers d JOIN vouchers_lines l"
        " ON l.owner = d.id WHERE d.posted = 0 AND d.retired = 0 AND d.day BETWEEN :first AND :last AND l.fund = :fund"
        " GROUP BY l.owner"
    )
    found = book.db.execute(
        f"SELECT v.id, v.kind, v.number, v.day, m.amount - {_LINKED} AS rest, v.text, v.party, v.posted"  # noqa: S608
        f" FROM ({posted}{waiting if drafts else ''}) m JOIN vouchers v ON v.id = m.id"
        f" WHERE rest <> 0 AND v.reverses = '' AND (v.posted = 0 OR {_STANDS}) ORDER BY v.day, v.id",
        {"first": first.isoformat(), "last": last.isoformat(), "fund": fund},
    )
    return [
        Moved(id_, kind, number, date.fromisoformat(day), amount, text, party, bool(posted))
        for id_, kind, number, day, amount, text, party, posted in found
    ]


def known(book: Book, ids: Iterable[str]) -> set[str]:
    """Which of these lines are in the book already, not thrown out?"""
    asked = "SELECT 1 FROM bank_lines WHERE id = ? AND retired = 0"
    return {id_ for id_ in ids if book.db.execute(asked, [id_]).fetchone()}


def empty_statements(book: Book, fund: str) -> list[BankStatement]:
    """The statements of an account of whose days no line is left."""
    condition = (
        "fund = ? AND NOT EXISTS (SELECT 1 FROM bank_lines b WHERE b.retired = 0 AND b.fund = bank_statements.fund"
        " AND b.day BETWEEN bank_statements.first AND bank_statements.last)"
    )
    return list(rows.find(book.db, BankStatement, condition, [fund]))


def through(book: Book, fund: str, first: date, last: date) -> date | None:
    """Up to which day do statements tell of an account between two days? None if none does."""
    found = book.db.execute(
        "SELECT max(last) FROM bank_statements WHERE retired = 0 AND fund = ? AND last >= ? AND first <= ?",
        [fund, first.isoformat(), last.isoformat()],
    ).fetchone()[0]
    return min(date.fromisoformat(found), last) if found else None


def since(book: Book, fund: str) -> date | None:
    """From which day on have statements of an account been read?"""
    found = book.db.execute(
        "SELECT min(first) FROM bank_statements WHERE retired = 0 AND fund = ?", [fund]
    ).fetchone()[0]
    return date.fromisoformat(found) if found else None


def opening(book: Book, fund: str) -> int | None:
    """What did the bank say the account held before its first line (đồng)? None if it did not."""
    found = book.db.execute(
        "SELECT balance - amount, told FROM bank_lines WHERE retired = 0 AND fund = ? ORDER BY day, place, id LIMIT 1",
        [fund],
    ).fetchone()
    return int(found[0]) if found and found[1] else None


def held(book: Book, fund: str, last: date) -> tuple[date, int] | None:
    """What did the bank say the account held, last by this day? (day, đồng); None if it never said.

    After the last line nothing moved as long as a statement reaches.
    """
    found = book.db.execute(
        "SELECT day, balance FROM bank_lines WHERE retired = 0 AND fund = ? AND told = 1 AND day <= ?"
        " ORDER BY day DESC, place DESC, id DESC LIMIT 1",
        [fund, last.isoformat()],
    ).fetchone()
    closed = book.db.execute(
        "SELECT last, closing FROM bank_statements WHERE retired = 0 AND fund = ? AND told = 1 AND last <= ?"
        " ORDER BY last DESC, rowid DESC LIMIT 1",
        [fund, last.isoformat()],
    ).fetchone()
    best = max((row for row in (closed, found) if row), key=lambda row: row[0], default=None)
    return (date.fromisoformat(best[0]), int(best[1])) if best else None


def outstanding(book: Book, fund: str, first: date, last: date) -> tuple[int, int]:
    """What do bank and book each hold alone at the end of `last`, of what happened from `first` on (đồng, đồng)?

    The part of a line whose voucher is of a later day, and that of a voucher whose line is, stand alone on `last` too.
    """
    asked = {"fund": fund, "first": first.isoformat(), "last": last.isoformat()}
    bank_alone = book.db.execute(
        "SELECT coalesce(sum(b.amount - coalesce((SELECT sum(p.amount) FROM bank_lines_papers p JOIN vouchers v"  # noqa: S608
        f" ON v.id = p.voucher WHERE p.owner = b.id AND {_BOOKED} <= :last AND {_STANDS}), 0)), 0)"
        " FROM bank_lines b WHERE b.retired = 0 AND b.fund = :fund AND b.day BETWEEN :first AND :last",
        asked,
    ).fetchone()[0]
    book_alone = book.db.execute(
        "SELECT coalesce(sum(m.amount - coalesce((SELECT sum(p.amount) FROM bank_lines_papers p JOIN bank_lines b"  # noqa: S608
        " ON b.id = p.owner WHERE p.voucher = m.id AND b.retired = 0 AND b.fund = :fund"
        " AND b.day <= :last), 0)), 0) FROM (SELECT l.owner AS id, sum(l.amount_in - l.amount_out)"
        " AS amount FROM vouchers_lines l JOIN vouchers v ON v.id = l.owner WHERE l.counts = 1 AND l.fund = :fund"
        f" AND l.day BETWEEN :first AND :last AND {_STANDS} AND v.reverses = '' GROUP BY l.owner) m",
        asked,
    ).fetchone()[0]
    return int(bank_alone), int(book_alone)


def unmatched(book: Book) -> list[tuple[str, int, str]]:
    """Which accounts have bank lines that vouchers do not wholly stand for: fund, how many, the oldest day?"""
    found = book.db.execute(
        "SELECT b.fund, count(*), min(b.day) FROM bank_lines b WHERE b.retired = 0 AND b.aside = ''"  # noqa: S608
        f" AND b.amount <> {_EXPLAINED} GROUP BY b.fund ORDER BY 3"
    )
    return [(fund, count, day) for fund, count, day in found]


@dataclass(frozen=True)
class Paper:
    """A voucher of some mục, for the month it names or is dated in; `seen` is the day of its bank line, None without.

    `through`: the last day up to which statements of its account were read, None if none was.
    """

    month: str
    id: str
    posted: bool
    by_bank: bool
    day: date
    seen: date | None
    through: date | None


def papers(book: Book, item: str, year: int, *, by_day: bool = False) -> list[Paper]:
    """The vouchers and drafts of a mục for the months of a year, with what the bank said of each.

    With `by_day` those that name no month count in the month of their day. One dated more than a year away from the
    month it names is not looked for.
    """
    months = "v.month BETWEEN :first AND :last"
    whose = f"({months} OR v.month = '' AND v.day BETWEEN :first AND :last)" if by_day else months
    found = book.db.execute(
        "SELECT CASE WHEN v.month <> '' THEN v.month ELSE substr(v.day, 1, 7) END AS month, v.id, v.posted,"  # noqa: S608
        " max(f.kind = 'Tiền gửi'), v.day,"
        " (SELECT min(b.day) FROM bank_lines_papers p JOIN bank_lines b ON b.id = p.owner AND b.retired = 0"
        " WHERE p.voucher = v.id),"
        " (SELECT max(s.last) FROM bank_statements s WHERE s.fund = m.fund AND s.retired = 0)"
        " FROM (SELECT owner, fund FROM vouchers_lines WHERE counts = 1 AND item = :item AND day BETWEEN :from AND :to"
        " UNION SELECT l.owner, l.fund FROM vouchers d JOIN vouchers_lines l ON l.owner = d.id"
        " WHERE d.posted = 0 AND d.retired = 0 AND l.item = :item) m"
        " JOIN vouchers v ON v.id = m.owner JOIN funds f ON f.id = m.fund"
        f" WHERE {whose} AND v.reverses = '' AND (v.posted = 0 OR {_STANDS}) GROUP BY v.id ORDER BY month, v.day",
        {"item": item, "first": f"{year}-01", "last": f"{year}-12~", "from": f"{year - 1}", "to": f"{year + 1}~"},
    )
    return [
        Paper(month, id_, bool(posted), bool(by_bank), date.fromisoformat(day), *map(_day, (seen, through)))
        for month, id_, posted, by_bank, day, seen, through in found
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
