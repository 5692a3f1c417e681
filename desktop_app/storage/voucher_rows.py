"""The vouchers of a period as a list shows them: one query over its days, never over the whole book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.storage.book import Book


@dataclass(frozen=True)
class VoucherRow:
    """A voucher in a list, đồng. `taken` and `paid` are income and spending; `moved` is neither: money that passes
    between funds, advances, receivables and payables. `sent` is None where nothing was ever sent."""

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

    @property
    def counts(self) -> bool:
        """Whether its amounts are in the books. A reversed one is: its reversal stands against it."""
        return self.state in ("đã ghi sổ", "đã đảo")


_ROWS = """
SELECT v.id, v.kind, v.number, v.day, v.text, v.party,
  group_concat(DISTINCT nullif(l.item, '')),
  sum(CASE WHEN l.item <> '' THEN l.amount_in ELSE 0 END),
  sum(CASE WHEN l.item <> '' THEN l.amount_out ELSE 0 END),
  sum(CASE WHEN l.item <> '' THEN 0 WHEN l.party <> '' THEN l.amount_in + l.amount_out ELSE l.amount_in END),
  CASE WHEN v.posted = 0 THEN 'nháp' WHEN v.cancelled = 1 THEN 'đã hủy'
    WHEN EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses <> '' AND r.reverses = v.id AND r.posted = 1
      AND r.cancelled = 0 AND r.retired = 0) THEN 'đã đảo' ELSE 'đã ghi sổ' END
FROM vouchers v INDEXED BY vouchers_day LEFT JOIN vouchers_lines l ON l.owner = v.id
WHERE v.retired = 0 AND v.day BETWEEN :first AND :last {more}
GROUP BY v.day, v.id ORDER BY v.day, v.id
"""


def voucher_rows(
    book: Book, first: date, last: date, *, items: Sequence[str] = (), side: str = "", fund: str = ""
) -> list[VoucherRow]:
    """The vouchers dated in a period, by day; those with a line of one of these mục, of this side ("in" for income,
    "out" for spending) or of this fund (its id). A voucher is shown whole, whichever of its lines fits."""
    wanted = {"first": first.isoformat(), "last": last.isoformat(), "fund": fund}
    wanted |= {f"item{n}": item for n, item in enumerate(items)}
    fits = ["f.fund = :fund"] if fund else []
    if items:
        fits.append(" OR ".join(f"f.item = :item{n} OR f.item LIKE :item{n} || '.%'" for n in range(len(items))))
    if side:
        fits.append({"in": "f.item <> '' AND f.amount_in <> 0", "out": "f.item <> '' AND f.amount_out <> 0"}[side])
    more = " ".join(
        f"AND EXISTS (SELECT 1 FROM vouchers_lines f WHERE f.owner = v.id AND ({condition}))"  # noqa: S608
        for condition in fits
    )
    waiting = _waiting(book)
    found = book.db.execute(_ROWS.format(more=more), wanted)
    return [
        VoucherRow(
            id_, kind, number, date.fromisoformat(day), text, party, (items or "").replace(",", ", "),
            taken or 0, paid or 0, moved or 0, state,
            None if waiting is None or state == "nháp" else id_ not in waiting,
        )
        for id_, kind, number, day, text, party, items, taken, paid, moved, state in found
    ]  # fmt: skip


def _waiting(book: Book) -> frozenset[str] | None:
    """The vouchers with entries that the server has not confirmed; None while nothing was ever confirmed."""
    if not book.db.execute("SELECT 1 FROM devices WHERE confirmed > 0 LIMIT 1").fetchone():
        return None
    found = book.db.execute(
        "SELECT DISTINCT lower(hex(j.record)) FROM devices d JOIN journal j ON j.device = d.no AND j.dseq > d.confirmed"
        " WHERE j.entity = 'voucher'"
    )
    return frozenset("-".join((h[:8], h[8:12], h[12:16], h[16:20], h[20:])) for (h,) in found)


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
