"""One voucher number that two PCs gave: both vouchers, and which of them gets the next number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop_app.actions import renumbering
from desktop_app.actions.review import telling
from desktop_app.actions.review.task import REASON, Choice, Done, Kind, Said, Task
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.records import Voucher
from desktop_app.storage import journal, twice
from desktop_app.storage.book import Book


def tasks(book: Book) -> Iterator[Task]:
    """A task for each voucher beside the first of its number."""
    for first, *others in twice.numbers(book):
        for other in others:
            yield _task(book, first, other)


def count(book: Book) -> int:
    """How many vouchers have the number of one before them?"""
    return sum(len(group) - 1 for group in twice.numbers(book))


def _task(book: Book, first: str, other: str) -> Task:
    now, beside = _told(book, first), _told(book, other)
    number = str(now.wire)
    sides = (("trái", first, now), ("phải", other, beside))
    choices = tuple(
        Choice(f"Đổi số bên {where}", partial(_renumber, voucher=id_, number=number), REASON,
               f"Phiếu được cấp số tiếp theo: {said.text}.")
        for where, id_, said in sides
    )  # fmt: skip
    told = f"Hai máy cùng cấp số {number}. Phím nào thì phiếu ấy nhận số mới:\n" + "\n".join(
        f"{place} ({where}): {said.text[:80]}, {said.who}" for place, (where, _, said) in enumerate(sides, 1)
    )
    key = ("number", first, other)
    return Task(key, f"Chứng từ {number}", "Trùng số", now, (beside,), choices, told, ("vouchers", first))


def _renumber(book: Book, reason: str, by: str, *, voucher: str, number: str) -> Done:
    made = renumbering.renumber(book, voucher, reason, by)
    return Done(f"Phiếu {number} nay có số {made.number}.", frozenset({"voucher"}))


def _told(book: Book, id_: str) -> Said:
    """A voucher as it is told from its twin; who gave it its number, and whether at this PC."""
    voucher, history = book.get(Voucher, id_), journal.history(book.db, id_)
    assert voucher is not None
    assert history is not None
    op = max((op for op in history.ops if "number" in (op.fields or {})), key=lambda op: op.hlc)
    amount = max(sum(line.amount_in for line in voucher.lines), sum(line.amount_out for line in voucher.lines))
    day = dates.show_day(voucher.day) if voucher.day else ""
    return telling.side(book, f"{format_amount(amount)}, {day}, {voucher.text}", op, voucher.number)


KIND = Kind(tasks, count)
