"""One voucher number given by two PCs: which vouchers have it, and the next free number for one of them."""

from __future__ import annotations

from desktop_app.actions import periods
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Voucher
from desktop_app.storage import numbering, twice
from desktop_app.storage.book import Book

_LONGEST = 300


def renumber(book: Book, id_: str, reason: str, by: str) -> Voucher:
    """Give a voucher whose number another has too the next number of its series; nothing else of it changes.

    The entry that changes the number holds the number alone; the reason follows in one of its own. Raises `Refused`
    without a reason, in a closed month, or if the number is its own by now.
    """
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy nhập lý do đổi số phiếu.")])
    with book.transact("voucher.renumber", by) as transaction:
        if not any(id_ in group for group in twice.numbers(book)):
            raise Refused("Số của phiếu này không còn trùng với phiếu nào.")
        old = book.get(Voucher, id_)
        assert old is not None
        assert old.day is not None
        month = dates.month_of(old.day)
        periods.refuse_closed(book, month)
        number = numbering.next_number(book, old.kind, month)
        told = f"{old.reason}; " if old.reason else ""
        told = f"{told}đổi số từ {old.number}: {reason.strip()}"
        if len(told) > _LONGEST:
            raise Refused([Problem("reason", "Lý do dài quá. Hãy viết ngắn lại.")])
        transaction.settle(entity_of(Voucher), id_, "number", number)
        transaction.settle(entity_of(Voucher), id_, "reason", told)
    made = book.get(Voucher, id_)
    assert made is not None
    return made
