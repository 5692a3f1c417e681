"""A voucher that came after its month was closed: it counts in the first open month; leave it there, or reopen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop_app.actions import late_entries
from desktop_app.actions.late_entries import Waiting
from desktop_app.actions.review import telling
from desktop_app.actions.review.task import REASON, Choice, Done, Kind, Said, Task
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.records import Voucher
from desktop_app.storage import bookings, journal
from desktop_app.storage.book import Book

_WHAT = {
    bookings.POSTED: "Đến muộn", bookings.CANCELLED: "Hủy muộn", bookings.CHANGED: "Đổi muộn"
}  # fmt: skip


def tasks(book: Book) -> Iterator[Task]:
    """A task for each of them."""
    for one in late_entries.waiting(book):
        yield _task(book, one)


def count(book: Book) -> int:
    """How many are there?"""
    return len(bookings.late(book))


def _task(book: Book, one: Waiting) -> Task:
    late = one.late
    voucher, history = book.get(Voucher, late.voucher), journal.history(book.db, late.voucher)
    assert voucher is not None
    assert history is not None
    home, booked = dates.show_month(late.home), dates.show_month(late.booked)
    lines = voucher.lines
    amount = format_amount(max(sum(line.amount_in for line in lines), sum(line.amount_out for line in lines)))
    day = dates.show_day(voucher.day) if voucher.day else ""
    last = max(history.ops, key=lambda op: op.hlc)
    verb = "trừ ở" if late.what == bookings.CANCELLED else "vào"
    now = telling.side(book, f"{amount} {verb} kỳ {booked}", last)
    leaves = Choice(f"Để ở kỳ {booked}", partial(_leave, late=late))
    opens = Choice(
        f"Mở lại kỳ {home}", partial(_reopen, late=late), REASON,
        f"Các kỳ đã khóa từ {home} mở lại; phiếu về đúng kỳ {home}. Xem xong hãy khóa sổ lại.",
    )  # fmt: skip
    why = (
        "Quyết toán có kỳ này đã nộp nên không mở lại được."
        if one.held
        else f"1: để ở kỳ {booked}. 2: mở lại kỳ {home}, phiếu về đúng kỳ ấy."
    )
    came = "bị hủy" if late.what == bookings.CANCELLED else "đến"
    told = f"Phiếu {voucher.number} ngày {day} {came} sau khi kỳ {home} đã khóa: số của kỳ ấy không đổi. {why}"
    key = ("late", late.voucher, late.booked, late.what)
    return Task(
        key, f"Chứng từ {voucher.number}, {voucher.text}", _WHAT[late.what], now,
        (Said(f"của kỳ {home}, đã khóa"),), (leaves,) if one.held else (leaves, opens), told,
        ("vouchers", late.voucher),
    )  # fmt: skip


def _leave(book: Book, _: object, by: str, *, late: bookings.Late) -> Done:
    changes = late_entries.leave(book, late, by)
    return Done(f"Phiếu được để ở kỳ {dates.show_month(late.booked)}.", changes.entities)


def _reopen(book: Book, reason: str, by: str, *, late: bookings.Late) -> Done:
    opened = late_entries.reopen(book, late, reason, by)
    return Done(f"Đã mở lại kỳ {', '.join(opened)}.", frozenset({"closing", "voucher"}))


KIND = Kind(tasks, count)
