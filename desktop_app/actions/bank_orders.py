"""How far the transfers of each month are: ordered, in the books, or seen in the bank's statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop_app.domain import dates
from desktop_app.storage import bank
from desktop_app.storage.bank import Paper
from desktop_app.storage.book import Book

Step = Literal["seen", "ordered", "unseen", "booked", "other"]


@dataclass(frozen=True)
class Order:
    """The transfers of one month under a mục, taken together.

    "seen": the bank has moved them, by `day`; "ordered": a draft waits for the bank; "unseen": in the books, but the
    statement of its day does not show it; "booked": in the books, no statement yet; "other": not by bank at all.
    """

    step: Step
    voucher: str
    day: date | None = None

    @property
    def words(self) -> str:
        """As a table says it."""
        if self.step == "seen":
            assert self.day is not None
            return f"NH {dates.show_day(self.day)[:5]}"
        return _WORDS[self.step]


def orders(book: Book, item: str, year: int, *, by_day: bool = False) -> dict[str, Order]:
    """How far the transfers under a mục are, by month of a year; the least far one of a month decides.

    With `by_day` vouchers that name no month count in the month of their day.
    """
    found: dict[str, Order] = {}
    for paper in bank.papers(book, item, year, by_day=by_day):
        order = Order(_step(paper), paper.id, paper.seen)
        found[paper.month] = min(found.get(paper.month, order), order, key=_how_far)
    return found


_WORDS = {"ordered": "Chờ NH", "unseen": "NH chưa báo", "booked": "Đã ghi sổ", "other": "Không qua NH"}
_FAR: tuple[Step, ...] = ("ordered", "unseen", "booked", "seen", "other")


def _how_far(order: Order) -> tuple[int, int]:
    return _FAR.index(order.step), -(order.day or date.min).toordinal()


def _step(paper: Paper) -> Step:
    if not paper.posted:
        return "ordered"
    if paper.seen is not None:
        return "seen"
    if not paper.by_bank:
        return "other"
    return "unseen" if paper.through is not None and paper.through >= paper.day else "booked"
