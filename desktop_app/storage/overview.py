"""Questions of the first page: which years there are, what is at hand, what the year brought and took."""

from __future__ import annotations

from desktop_app.domain.records import Fund
from desktop_app.storage import rows
from desktop_app.storage.book import Book

_EFFECTIVE = "v.posted = 1 AND v.cancelled = 0 AND v.retired = 0"


def years(book: Book) -> list[int]:
    """Which years have vouchers, in order? One step of the index on the day a year."""
    found: list[int] = []
    after = "0000"
    while True:
        row = book.db.execute("SELECT min(day) FROM vouchers WHERE day > ?", [after]).fetchone()
        if row[0] is None:
            return found
        found.append(int(row[0][:4]))
        after = f"{row[0][:4]}-99"


def balances(book: Book) -> list[tuple[Fund, int]]:
    """What does every fund hold now (đồng), cash first?"""
    moved = dict(
        book.db.execute(
            "SELECT l.fund, sum(l.amount_in - l.amount_out) FROM vouchers v"  # noqa: S608
            f" JOIN vouchers_lines l ON l.owner = v.id WHERE {_EFFECTIVE} GROUP BY l.fund"
        ).fetchall()
    )
    funds = rows.find(book.db, Fund, "kind <> 'Bù trừ'", order="kind <> 'Tiền mặt', rowid")
    return [(fund, fund.opening + moved.get(fund.id, 0)) for fund in funds]


def fund_is_used(book: Book, fund: str) -> bool:
    """Does any voucher, even a draft, name this fund?"""
    found = book.db.execute("SELECT 1 FROM vouchers_lines WHERE fund = ? LIMIT 1", [fund])
    return found.fetchone() is not None
