"""Questions about wages and dues of a month: who counts, on which wage, who is freed, who has paid.

A worker counts in a month when he has not left before it: *Ngày thôi* is the first day out, so who left on the 1st
no longer counts and who left later does. A member counts from the month of *Ngày vào công đoàn* (none: always).
The wage in force is the latest row whose month has come.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import NamedTuple

from desktop_app.domain import amounts, dates, dues
from desktop_app.domain.dues import Resolved, Terms
from desktop_app.domain.errors import Refused
from desktop_app.domain.fee import Relief
from desktop_app.domain.records import Dues, DuesTerm, Exemption, FeeRelief, Payroll, Union
from desktop_app.domain.records.dues_terms import AS_RULED, NET
from desktop_app.domain.records.fee_relief import PAUSED
from desktop_app.storage import rows
from desktop_app.storage.book import Book
from desktop_app.storage.movements import pause_of
from desktop_app.storage.rules import rules

_WAGE = (
    "(SELECT rowid FROM wages WHERE person = p.id AND retired = 0 AND from_month <= :month"
    " ORDER BY from_month DESC, id DESC LIMIT 1)"
)
# Who is suspended through the whole month owes nothing; a day of it as an active member is a month owed.
_FREED = (
    "coalesce((SELECT CASE reason WHEN '' THEN 'Miễn' ELSE reason END FROM exemptions WHERE person = p.id"  # noqa: S608
    " AND retired = 0 AND from_month <= :month AND (to_month = '' OR to_month >= :month) ORDER BY id DESC LIMIT 1),"
    f" {pause_of('p.id', ':first', ':last')})"
)
_HERE = 'p.retired = 0 AND (p."left" IS NULL OR p."left" > :first)'
_MEMBER = "p.member = 1 AND (p.joined IS NULL OR p.joined <= :last) AND (p.until IS NULL OR p.until > :first)"
# Dues count as paid unless their voucher was cancelled or reversed; rows without a voucher were paid before the book.
_PAID = (
    "d.retired = 0 AND (d.voucher = '' OR EXISTS (SELECT 1 FROM vouchers v WHERE v.id = d.voucher AND v.posted = 1"
    " AND v.cancelled = 0 AND v.retired = 0) AND NOT EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses = d.voucher"
    " AND r.posted = 1 AND r.cancelled = 0 AND r.retired = 0))"
)

_PAID_IN = (
    "SELECT d.person, sum(d.amount) AS amount, sum(d.above) AS above FROM dues d"  # noqa: S608
    f" WHERE d.month = :month AND {_PAID} GROUP BY d.person"
)
MILLION = 1_000_000


class MonthBase(NamedTuple):
    """Heads and wage funds (đồng) of a month; `typed`: the totals were typed and replace the sum of rows."""

    workers: int
    fee_fund: int
    members: int
    dues_fund: int
    typed: bool = False


class MemberMonth(NamedTuple):
    """A member of a month: wages in đồng (0 unknown), the reason of exemption ("" none), dues paid for the month."""

    person: str
    name: str
    team: str
    insured: int
    net: int
    exempt: str
    paid: int
    paid_above: int


class WorkerMonth(NamedTuple):
    """Who works here in a month, member or not, with the wage in force, đồng."""

    person: str
    name: str
    team: str
    member: bool
    insured: int
    net: int


class Arrear(NamedTuple):
    """Who owes dues of which months ("2026-10": đồng), oldest first."""

    person: str
    name: str
    team: str
    months: dict[str, int]

    @property
    def amount(self) -> int:
        """What is owed for all of them."""
        return sum(self.months.values())


class Payment(NamedTuple):
    """Dues a person paid for a month by one voucher (number, day of it), đồng."""

    person: str
    name: str
    team: str
    amount: int
    number: str
    day: str


class YearLine(NamedTuple):
    """What a member paid for the twelve months of a year, đồng (S81-TLĐ); `above` of it above the rate."""

    person: str
    name: str
    team: str
    months: list[int]
    above: int = 0


def union(book: Book) -> Union:
    """The union of this book. Raises `Refused` while it is not entered."""
    found = next(book.all(Union), None)
    if found is None:
        raise Refused("Sổ chưa có thông tin đơn vị. Hãy nhập tên đơn vị và nhóm đoàn phí ở trang Thiết lập.")
    return found


def terms(book: Book, month: str) -> Terms:
    """How this union counts dues in a month."""
    ours, ruled, own = union(book), rules(book), own_terms(book, month)
    if own is None:
        return Terms.of(ruled, month, ours.dues_group, ours.dues_step)
    resolved = None
    if own.rate or own.basis != AS_RULED:
        rate = Fraction(own.rate, MILLION) if own.rate else ruled.dues_rate(month)
        asked = ruled.dues_basis(month, ours.dues_group)
        basis = asked if own.basis == AS_RULED else "net" if own.basis == NET else "insured"
        resolved = Resolved(rate, basis, own.most)
    return Terms.of(ruled, month, ours.dues_group, max(1, own.step), resolved)


def own_terms(book: Book, month: str) -> DuesTerm | None:
    """What the union itself resolved for a month, if it did."""
    found = rows.find(book.db, DuesTerm, "retired = 0 AND from_month <= ?", [month], order="from_month DESC, id DESC")
    return next(found, None)


def typed(book: Book, month: str) -> Payroll | None:
    """The typed totals of a month, if there are any."""
    return next(rows.find(book.db, Payroll, "month = ?", [month], order="id DESC"), None)


def month_base(book: Book, month: str, grow: int = 0) -> MonthBase:
    """Insured workers with their fee fund, and members with their dues fund, of a month (đồng).

    Exempt members count as members and add nothing to the dues fund. Typed totals replace the sum of rows.
    With `grow` every wage is so many percent higher, each still up to the ceiling (for a budget).
    """
    if (given := typed(book, month)) is not None:
        funds = (amounts.half_up(fund * (100 + grow), 100) for fund in (given.fee_fund, given.dues_fund))
        fee_fund, dues_fund = funds
        return MonthBase(given.workers, fee_fund, given.members, dues_fund, typed=True)
    terms_ = terms(book, month)
    insured, net = (f"(({wage} * (100 + :grow) + 50) / 100)" for wage in ("w.insured", "w.net"))
    base = {
        "insured": f"min({insured}, :ceiling)",
        "net": f"CASE WHEN w.net > 0 THEN {net} ELSE min({insured}, :ceiling) END",
        "fixed": "0",
    }[terms_.taken_of]
    found = book.db.execute(
        f"SELECT count(*) FILTER (WHERE w.insured > 0), coalesce(sum(min({insured}, :ceiling)), 0),"  # noqa: S608
        f" count(*) FILTER (WHERE {_MEMBER}),"
        f" coalesce(sum({base}) FILTER (WHERE {_MEMBER} AND {_FREED} IS NULL), 0)"
        f" FROM people p LEFT JOIN wages w ON w.rowid = {_WAGE} WHERE {_HERE}",
        {**_days(month), "ceiling": terms_.ceiling, "grow": grow},
    ).fetchone()
    return MonthBase(*found)


def workers(book: Book, month: str) -> list[WorkerMonth]:
    """Everybody who works here in a month, in Vietnamese name order."""
    found = book.db.execute(
        f"SELECT p.id, p.name, p.team, {_MEMBER}, coalesce(w.insured, 0), coalesce(w.net, 0)"  # noqa: S608
        f" FROM people p LEFT JOIN wages w ON w.rowid = {_WAGE} WHERE {_HERE} ORDER BY p.sort_key, p.rowid",
        _days(month),
    )
    return [WorkerMonth(id_, name, team, bool(member), *wage) for id_, name, team, member, *wage in found]


def dues_lines(book: Book, month: str) -> Iterator[MemberMonth]:
    """The members of a month in Vietnamese name order, with wages, exemption and dues paid."""
    found = book.db.execute(
        f"SELECT p.id, p.name, p.team, coalesce(w.insured, 0), coalesce(w.net, 0), coalesce({_FREED}, ''),"  # noqa: S608
        " coalesce(d.amount, 0), coalesce(d.above, 0)"
        f" FROM people p LEFT JOIN wages w ON w.rowid = {_WAGE} LEFT JOIN ({_PAID_IN}) d ON d.person = p.id"
        f" WHERE {_HERE} AND {_MEMBER}"
        " ORDER BY p.sort_key, p.rowid",
        _days(month),
    )
    return (MemberMonth(*row) for row in found)


def owing(book: Book, first: str, last: str) -> list[Arrear]:
    """Who has not paid all dues of the months from `first` through `last`, in Vietnamese name order.

    Only those who owe are read, however many members there are.
    """
    owed: dict[str, dict[str, int]] = {}
    month = first
    while month <= last:
        terms_ = terms(book, month)
        for person, amount in book.db.execute(
            f"SELECT p.id, {_due(terms_)} - coalesce(d.amount, 0) AS owing"  # noqa: S608
            f" FROM people p LEFT JOIN wages w ON w.rowid = {_WAGE} LEFT JOIN ({_PAID_IN}) d ON d.person = p.id"
            f" WHERE {_HERE} AND {_MEMBER} AND owing > 0 AND {_FREED} IS NULL",
            {**_days(month), "ceiling": terms_.ceiling},
        ):
            owed.setdefault(person, {})[month] = amount
        month = dates.add_months(month, 1)
    people = book.db.execute("SELECT id, name, team FROM people WHERE retired = 0 ORDER BY sort_key, rowid")
    return [Arrear(id_, name, team, owed[id_]) for id_, name, team in people if id_ in owed]


def _due(terms: Terms) -> str:
    """SQL: what a member owes for a month, by `domain.dues.owed`; wages stand in `w`."""
    insured = "min(coalesce(w.insured, 0), :ceiling)"
    if terms.taken_of == "fixed":
        return str(dues.owed(terms, 0))
    wage = f"CASE WHEN w.net > 0 THEN w.net ELSE {insured} END" if terms.taken_of == "net" else insured
    rate, most = (terms.own.rate, terms.own.most or None) if terms.own else (terms.rate, terms.cap)
    unit = rate.denominator * terms.step
    due = f"((2 * ({wage}) * {rate.numerator} + {unit}) / {2 * unit} * {terms.step})"
    return f"min({due}, {most})" if most is not None else due


def paid_in(book: Book, month: str) -> int:
    """What everybody paid for a month, đồng."""
    found = book.db.execute(f"SELECT coalesce(sum(d.amount), 0) FROM dues d WHERE d.month = ? AND {_PAID}", [month])  # noqa: S608
    return int(found.fetchone()[0])


def payments(book: Book, month: str) -> list[Payment]:
    """Who paid for a month by which voucher, by tổ, each in Vietnamese name order."""
    found = book.db.execute(
        "SELECT p.id, p.name, p.team, sum(d.amount), v.number, v.day FROM dues d"  # noqa: S608
        " JOIN vouchers v ON v.id = d.voucher JOIN people p ON p.id = d.person"
        f" WHERE d.month = ? AND {_PAID} GROUP BY v.id, p.id ORDER BY v.day, v.number, p.team, p.sort_key, p.rowid",
        [month],
    )
    return [Payment(*row) for row in found]


def paid_by_month(book: Book, year: int) -> dict[str, list[int]]:
    """Dues each person paid for the twelve months of a year, đồng (S81-TLĐ)."""
    grid: dict[str, list[int]] = {}
    for person, month, amount in book.db.execute(
        f"SELECT d.person, d.month, sum(d.amount) FROM dues d WHERE substr(d.month, 1, 4) = ? AND {_PAID}"  # noqa: S608
        " GROUP BY d.person, d.month",
        [str(year)],
    ):
        grid.setdefault(person, [0] * 12)[int(month[5:]) - 1] += amount
    return grid


def months_paid(book: Book, people: Collection[str]) -> dict[str, int]:
    """How many payments of dues name each of these people (ids)? One pass over the table."""
    asked = json.dumps(list(people))
    found = book.db.execute(
        "SELECT person, count(*) FROM dues WHERE retired = 0 AND person IN (SELECT value FROM json_each(?))"
        " GROUP BY person",
        [asked],
    )
    return dict(found.fetchall())


def paid_more_than_once(book: Book, people: Collection[str]) -> list[tuple[str, str, list[str]]]:
    """Which months did these people (ids) pay by more than one row of dues? (person, month, the ids of the rows)"""
    if not people:
        return []
    marks = ", ".join("?" * len(people))
    found = book.db.execute(
        f"SELECT d.person, d.month, group_concat(d.id) FROM dues d WHERE d.person IN ({marks}) AND {_PAID}"  # noqa: S608
        " GROUP BY d.person, d.month HAVING count(*) > 1 ORDER BY d.person, d.month",
        list(people),
    )
    return [(person, month, ids.split(",")) for person, month, ids in found.fetchall()]


def above_by_person(book: Book, months: Collection[str]) -> dict[str, int]:
    """What each person paid above the rate for some months, đồng; who paid none is not in it."""
    asked = ", ".join("?" * len(months))
    found = book.db.execute(
        f"SELECT d.person, sum(d.above) FROM dues d WHERE d.month IN ({asked}) AND {_PAID}"  # noqa: S608
        " GROUP BY d.person HAVING sum(d.above) <> 0",
        list(months),
    )
    return dict(found)


def grid(book: Book, year: int) -> list[YearLine]:
    """Who was a member in a year, or paid for it, with what was paid for each month, in Vietnamese name order."""
    paid = paid_by_month(book, year)
    above = above_by_person(book, [f"{year}-{month:02}" for month in range(1, 13)])
    found = book.db.execute(
        'SELECT p.id, p.name, p.team, p.member = 1 AND (p."left" IS NULL OR p."left" > :first)'
        " AND (p.joined IS NULL OR p.joined <= :last) AND (p.until IS NULL OR p.until > :first)"
        " FROM people p WHERE p.retired = 0 ORDER BY p.sort_key, p.id",
        {"first": f"{year}-01-01", "last": f"{year}-12-31"},
    )
    nothing = [0] * 12
    return [
        YearLine(person, name, team, paid.get(person, nothing), above.get(person, 0))
        for person, name, team, counts in found
        if counts or person in paid
    ]


def booked(book: Book, year: int) -> set[tuple[str, str]]:
    """The persons and months of a year whose dues stand on a voucher that counts."""
    return set(
        book.db.execute(
            f"SELECT d.person, d.month FROM dues d WHERE substr(d.month, 1, 4) = ? AND d.voucher <> '' AND {_PAID}",  # noqa: S608
            [str(year)],
        )
    )


def unbooked(book: Book, year: int) -> list[Dues]:
    """Dues of a year that were paid before the book: rows without a voucher."""
    return list(rows.find(book.db, Dues, "retired = 0 AND voucher = '' AND substr(month, 1, 4) = ?", [str(year)]))


_OF_MONTH = "SELECT id FROM vouchers WHERE month = :month AND month <> ''"
_BY_DAY = "SELECT id FROM vouchers WHERE day BETWEEN :month AND :month || '~' AND month = ''"


def received(book: Book, month: str, *items: str, by_day: bool = False) -> int:
    """What came in under items of income for a month (*Kỳ*), đồng; reversals take it off again.

    With `by_day` receipts that name no month count in the month of their day.
    """
    # From the month's few vouchers to their lines (CROSS and + keep that order), not from every line of an item.
    whose = f"{_OF_MONTH} UNION ALL {_BY_DAY}" if by_day else _OF_MONTH
    return int(
        book.db.execute(
            f"SELECT coalesce(sum(l.amount_in - l.amount_out), 0) FROM ({whose}) v"  # noqa: S608
            f" CROSS JOIN vouchers_lines l ON l.owner = v.id WHERE l.counts = 1 AND +l.item IN ({_asked(items)})",
            {"month": month, **_items(items)},
        ).fetchone()[0]
    )


def receipts(book: Book, month: str, *items: str) -> list[str]:
    """The ids of the effective vouchers that brought in one of the items for a month, reversed ones left out."""
    found = book.db.execute(
        f"SELECT DISTINCT v.id FROM ({_OF_MONTH} UNION ALL {_BY_DAY}) m CROSS JOIN vouchers v ON v.id = m.id"  # noqa: S608
        " CROSS JOIN vouchers_lines l ON l.owner = v.id"
        f" WHERE +l.item IN ({_asked(items)})"
        " AND l.amount_in > 0 AND v.posted = 1 AND v.cancelled = 0 AND v.retired = 0"
        " AND NOT EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses = v.id AND r.posted = 1 AND r.cancelled = 0)"
        " ORDER BY v.day, v.id",
        {"month": month, **_items(items)},
    )
    return [id_ for (id_,) in found]


def exemptions_in(book: Book, month: str) -> list[Exemption]:
    """The exemptions that cover a month."""
    return list(
        rows.find(book.db, Exemption, "from_month <= ? AND (to_month = '' OR to_month >= ?)", [month, month])
    )


def relief_in(book: Book, month: str) -> Relief | None:
    """What was decided of a month's fee, if anything was: the latest of what covers it."""
    held = rows.find(book.db, FeeRelief, "retired = 0 AND ? BETWEEN from_month AND to_month", [month], order="id DESC")
    found = next(held, None)
    if found is None:
        return None
    return Relief(until=found.to_month) if found.kind == PAUSED else Relief(percent=found.percent)


def _asked(items: Collection[str]) -> str:
    return ", ".join(f":item{number}" for number, _ in enumerate(items))


def _items(items: Collection[str]) -> dict[str, str]:
    return {f"item{number}": item for number, item in enumerate(items)}


def _days(month: str) -> dict[str, str]:
    return {
        "month": month,
        "first": dates.first_day(month).isoformat(),
        "last": dates.last_day(month).isoformat(),
    }
