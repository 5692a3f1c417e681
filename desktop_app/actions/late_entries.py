"""Vouchers that came from another PC after their month was closed: leave them where they are booked, or reopen."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.actions import periods
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import LateEntry
from desktop_app.storage import bookings, filings
from desktop_app.storage.book import Book, Changes, new_id
from desktop_app.storage.bookings import Late


@dataclass(frozen=True)
class Waiting:
    """A voucher that waits for a word; `held`: a settlement holds its month, which cannot be reopened."""

    late: Late
    held: bool


def waiting(book: Book) -> list[Waiting]:
    """Those of which nobody has said yet what is to become of them."""
    held = filings.lock(book)
    return [Waiting(one, held is not None and one.home <= held[0]) for one in bookings.late(book)]


def leave(book: Book, late: Late, by: str) -> Changes:
    """It stays in the month it is booked in. Raises `Refused` if that was settled meanwhile."""
    with book.transact("voucher.leave_late", by) as transaction:
        if late not in bookings.late(book):
            raise Refused("Mục này đã được xem lại rồi.")
        values = {"id": new_id(), "voucher": late.voucher, "booked": late.booked, "what": late.what}
        transaction.save(build(LateEntry, values))
        return transaction.changes


def reopen(book: Book, late: Late, reason: str, by: str) -> list[str]:
    """Open its month and those after it: it goes home, and counts when they are closed again. Answers the months.

    Raises `Refused` without a reason, where a settlement holds the month, or if another PC holds the posting lease.
    """
    opened = periods.reopen_through(book, late.home, reason, by)
    return [dates.show_month(month) for month in opened]
