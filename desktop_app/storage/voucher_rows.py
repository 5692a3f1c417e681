"""The vouchers of a period as a list shows them: by its days, never over the whole book; a long list page by page."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.dates import month_of
from desktop_app.storage import bookings
from desktop_app.storage.book import Book


@dataclass(frozen=True)
class VoucherRow:
    """A voucher in a list, đồng. `taken` and `paid` are income and spending; `moved` is neither: money that passes
    between funds, advances, receivables and payables. `sent` is None where nothing was ever sent. `no` is its number
    in the table of vouchers, by which a page of a long list is read. `booked` is the month ("2026-11") of one that came
    after its own was closed, else ""."""

    id: str
    kind: str
    number: str
    day: date | None
    text: str
    party: str
    items: str
    taken: int
    paid: int
    moved: int
    state: str
    sent: bool | None = None
    no: int = 0
    booked: str = ""

    @property
    def counts(self) -> bool:
        """Whether its amounts are in the books. A reversed one is: its reversal stands against it."""
        return self.state in ("đã ghi sổ", "đã đảo")


@dataclass(frozen=True)
class Asked:
    """Which vouchers a list shows: those dated or booked in a period with a line of one of these mục, of this side
    ("in" for income, "out" for spending) or of this fund (its id). A voucher is shown whole, whichever of its lines
    fits."""

    first: date
    last: date
    items: tuple[str, ...] = ()
    side: str = ""
    fund: str = ""

    def counts(self, row: VoucherRow) -> bool:
        """Whether the amounts of a row that is shown are in the books of this period."""
        return row.counts and (not row.booked or month_of(self.first) <= row.booked <= month_of(self.last))

    @property
    def everything(self) -> bool:
        """Are these all the vouchers of the period?"""
        return not (self.items or self.side or self.fund)


@dataclass(frozen=True)
class Sums:
    """Income and spending of the vouchers that count (đồng), and how many of them say any."""

    taken: int
    paid: int
    taking: int
    paying: int


_ROW = """
SELECT v.id, v.kind, v.number, v.day, v.text, v.party,
  group_concat(DISTINCT nullif(l.item, '')),
  sum(CASE WHEN l.item <> '' THEN l.amount_in ELSE 0 END),
  sum(CASE WHEN l.item <> '' THEN l.amount_out ELSE 0 END),
  sum(CASE WHEN l.item <> '' THEN 0 WHEN l.party <> '' THEN l.amount_in + l.amount_out ELSE l.amount_in END),
  CASE WHEN v.posted = 0 THEN 'nháp' WHEN v.cancelled = 1 THEN 'đã hủy'
    WHEN EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses <> '' AND r.reverses = v.id AND r.posted = 1
      AND r.cancelled = 0 AND r.retired = 0) THEN 'đã đảo' ELSE 'đã ghi sổ' END,
  v.rowid, coalesce((SELECT t.booked FROM late_booked t WHERE t.voucher = v.id AND t.booked <> t.home), '')
"""
_OF_DAYS = "FROM vouchers v INDEXED BY vouchers_day"
_LATE = "FROM late_booked t CROSS JOIN vouchers v ON v.id = t.voucher"
_TWO_SUMS = (
    "SELECT coalesce(sum(taken), 0), coalesce(sum(paid), 0), coalesce(sum(taken <> 0), 0), coalesce(sum(paid <> 0), 0)"
    " FROM (SELECT sum(l.amount_in) AS taken, sum(l.amount_out) AS paid"
)
Sent = frozenset[str] | None
"""The vouchers with entries that the server has not confirmed; None while nothing was ever confirmed."""


def voucher_rows(book: Book, asked: Asked) -> Iterator[VoucherRow]:
    """The vouchers that are asked for, by day, then as they were entered."""
    where, given = _condition(asked)
    found = book.db.execute(
        f"{_ROW} {_OF_DAYS} LEFT JOIN vouchers_lines l ON l.owner = v.id AND l.no > 0 WHERE {where}"
        " GROUP BY v.day, v.id ORDER BY v.day, v.id",
        given,
    )
    sent = waiting(book)
    yield from page(book, _from_elsewhere(book, asked), sent)
    yield from _rows(found, sent)


def line_up(book: Book, asked: Asked) -> array[int]:
    """The numbers of the same vouchers, in the same order: a number is eight bytes."""
    where, given = _condition(asked)
    found = book.db.execute(f"SELECT v.rowid {_OF_DAYS} WHERE {where} ORDER BY v.day, v.id", given)
    return array("q", (*_from_elsewhere(book, asked), *(number for (number,) in found)))


def last_numbers(book: Book, asked: Asked, most: int) -> list[int]:
    """The last few of that line-up, found without the others."""
    where, given = _condition(asked)
    found = book.db.execute(
        f"SELECT v.rowid {_OF_DAYS} WHERE {where} ORDER BY v.day DESC, v.id DESC LIMIT :most",
        given | {"most": most},
    )
    return [number for (number,) in found][::-1]


def page(book: Book, numbers: Sequence[int], sent: Sent) -> list[VoucherRow]:
    """The vouchers of these numbers, in their order; `sent` as `waiting` answers."""
    found = book.db.execute(
        f"{_ROW} FROM json_each(:numbers) j CROSS JOIN vouchers v ON v.rowid = j.value"
        " LEFT JOIN vouchers_lines l ON l.owner = v.id AND l.no > 0 GROUP BY j.key ORDER BY j.key",
        {"numbers": json.dumps(list(numbers))},
    )
    return list(_rows(found, sent))


def sums(book: Book, asked: Asked) -> Sums:
    """What the vouchers that are asked for come to."""
    where, given = _condition(asked)
    lines = "CROSS JOIN vouchers_lines l ON l.owner = v.id AND l.counts = 1 AND l.item <> ''"
    booked = " AND l.day BETWEEN :first AND :last GROUP BY v.id)"
    found = book.db.execute(f"{_TWO_SUMS} {_OF_DAYS} {lines} WHERE {where}{booked}", given).fetchone()
    if bookings.any_late(book):
        late = book.db.execute(f"{_TWO_SUMS} {_LATE} {lines} WHERE {_elsewhere(where)}{booked}", given).fetchone()
        found = [own + other for own, other in zip(found, late, strict=True)]
    return Sums(*found)


def add_up(book: Book, numbers: Sequence[int]) -> Sums:
    """What the vouchers of these numbers say, whether they count or not."""
    found = book.db.execute(
        f"{_TWO_SUMS} FROM json_each(:numbers) j CROSS JOIN vouchers v ON v.rowid = j.value"
        " CROSS JOIN vouchers_lines l ON l.owner = v.id AND l.no > 0 WHERE l.item <> '' GROUP BY v.rowid)",
        {"numbers": json.dumps(list(numbers))},
    )
    return Sums(*found.fetchone())


def more_than(book: Book, asked: Asked, many: int) -> bool:
    """Are more vouchers than this dated in the period?"""
    days = [asked.first.isoformat(), asked.last.isoformat()]
    found = book.db.execute(
        f"SELECT 1 {_OF_DAYS} WHERE v.day BETWEEN ? AND ? LIMIT 1 OFFSET {many:d}", days
    )  # fmt: skip
    return found.fetchone() is not None


def number_of(book: Book, id_: str) -> int:
    """The number of a voucher, 0 if there is none."""
    found = book.db.execute("SELECT rowid FROM vouchers WHERE id = ? AND retired = 0", [id_]).fetchone()
    return int(found[0]) if found else 0


def waiting(book: Book) -> Sent:
    """Which vouchers have entries that the server has not confirmed?"""
    if not book.db.execute("SELECT 1 FROM devices WHERE confirmed > 0 LIMIT 1").fetchone():
        return None
    found = book.db.execute(
        "SELECT DISTINCT lower(hex(j.record)) FROM devices d JOIN journal j ON j.device = d.no AND j.dseq > d.confirmed"
        " WHERE j.entity = 'voucher'"
    )
    return frozenset("-".join((h[:8], h[8:12], h[12:16], h[16:20], h[20:])) for (h,) in found)


def _from_elsewhere(book: Book, asked: Asked) -> list[int]:
    """The numbers of the vouchers booked in the period whose own day is none of it, by day."""
    if not bookings.any_late(book):
        return []
    where, given = _condition(asked)
    months = {"from": month_of(asked.first), "to": month_of(asked.last)}
    sql = f"SELECT v.rowid {_LATE} WHERE {_elsewhere(where)} AND t.booked BETWEEN :from AND :to ORDER BY v.day, v.id"
    return [number for (number,) in book.db.execute(sql, given | months)]


def _elsewhere(where: str) -> str:
    return where.replace("v.day BETWEEN", "v.day NOT BETWEEN", 1)


def _condition(asked: Asked) -> tuple[str, dict[str, object]]:
    given: dict[str, object] = {"first": asked.first.isoformat(), "last": asked.last.isoformat(), "fund": asked.fund}
    given |= {f"item{n}": item for n, item in enumerate(asked.items)}
    fits = ["f.fund = :fund"] if asked.fund else []
    if asked.items:
        fits.append(" OR ".join(f"f.item = :item{n} OR f.item LIKE :item{n} || '.%'" for n in range(len(asked.items))))
    if asked.side:
        fits.append(f"f.item <> '' AND f.amount_{asked.side} <> 0")
    return " AND ".join((
        "v.retired = 0 AND v.day BETWEEN :first AND :last",
        *(f"EXISTS (SELECT 1 FROM vouchers_lines f WHERE f.owner = v.id AND ({fit}))" for fit in fits),  # noqa: S608
    )), given  # fmt: skip


def _rows(found: Iterable[Sequence[Any]], sent: Sent) -> Iterator[VoucherRow]:
    for id_, kind, number, day, text, party, items, taken, paid, moved, state, no, booked in found:
        yield VoucherRow(
            id_, kind, number, date.fromisoformat(day) if day else None, text, party,
            (items or "").replace(",", ", "), taken or 0, paid or 0, moved or 0, state,
            None if sent is None or state == "nháp" else id_ not in sent, no, booked,
        )  # fmt: skip


def last_month(book: Book, year: int) -> str:
    """The last month of a year that holds vouchers, as "2026-10"; "" if none does."""
    found = book.db.execute(
        "SELECT max(day) FROM vouchers WHERE day BETWEEN ? AND ? AND retired = 0", [f"{year:04}", f"{year:04}~"]
    ).fetchone()[0]
    return str(found)[:7] if found else ""


def address_of(book: Book, party: str) -> str:
    """The address last written for a payee, among the latest vouchers; "" if none."""
    found = book.db.execute(
        "SELECT address FROM (SELECT party, address FROM vouchers ORDER BY rowid DESC LIMIT 5000)"
        " WHERE party = ? AND address <> '' LIMIT 1",
        [party],
    ).fetchone()
    return str(found[0]) if found else ""
