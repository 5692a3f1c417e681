"""Questions about e-invoices: is it in the book already, and what was bought of this seller for."""

from __future__ import annotations

from desktop_app.domain.records import Voucher
from desktop_app.storage import rows
from desktop_app.storage.book import Book


def standing_for(book: Book, seller_tax: str, series: str, number: str) -> Voucher | None:
    """Which voucher stands for this invoice? `series` is form and series in one, zeros before a number mean nothing.

    A draft that was put away and a voucher that was cancelled or reversed let the invoice come in again.
    """
    condition = (
        "id IN (SELECT i.voucher FROM invoices i WHERE i.retired = 0 AND i.seller_tax = :seller"
        " AND i.form || i.series = :series AND ltrim(i.number, '0') = ltrim(:number, '0')) AND cancelled = 0"
        " AND NOT EXISTS (SELECT 1 FROM vouchers b WHERE b.reverses <> '' AND b.reverses = vouchers.id"
        " AND b.posted = 1 AND b.cancelled = 0 AND b.retired = 0)"
    )
    asked = {"seller": seller_tax, "series": series, "number": number}
    return next(rows.find(book.db, Voucher, condition, asked), None)


def item_of_seller(book: Book, seller_tax: str) -> str:
    """Under which mục was this seller last paid? "" if never."""
    found = book.db.execute(
        "SELECT l.item FROM invoices i JOIN vouchers v ON v.id = i.voucher JOIN vouchers_lines l ON l.owner = v.id"
        " WHERE i.seller_tax = ? AND i.retired = 0 AND l.counts = 1 AND l.item <> ''"
        " ORDER BY v.day DESC, v.id DESC LIMIT 1",
        [seller_tax],
    ).fetchone()
    return str(found[0]) if found else ""


def last_fund(book: Book, kind: str) -> str:
    """Which fund did the last posted voucher of a kind use? "" if there is none."""
    found = book.db.execute(
        "SELECT fund FROM vouchers_lines WHERE owner ="
        " (SELECT id FROM vouchers WHERE kind = ? AND posted = 1 AND cancelled = 0 ORDER BY rowid DESC LIMIT 1)"
        " ORDER BY no LIMIT 1",
        [kind],
    ).fetchone()
    return str(found[0]) if found else ""
