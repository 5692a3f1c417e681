"""Make a report: form, period, book -> the paper and the answer of the command line, from the same figures."""

from __future__ import annotations

from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.reports import money_books
from desktop_app.reports.activity import activity_paper
from desktop_app.reports.asset_book import asset_book
from desktop_app.reports.forms import form
from desktop_app.reports.head_count import heads_paper
from desktop_app.reports.paper import FundNeeded, Made
from desktop_app.reports.party_books import party_book
from desktop_app.reports.settlement import opening_and_closing
from desktop_app.reports.settlement_papers import budget_paper, settlement_paper
from desktop_app.storage.book import Book

__all__ = ["FundNeeded", "Made", "make"]


def make(book: Book, form_code: str, period: Period, fund: str | None = None) -> Made:
    """The report of a form for a period; `fund` is the code of the fund a cash or bank book is about.

    Raises `Refused` for a form the program does not have, `FundNeeded` where a fund must be named.
    """
    declared = form(form_code, period.last, book)
    code = declared.code
    if code in ("S11", "S12"):
        return money_books.fund_book(book, declared, period, fund)
    if fund is not None:
        raise Refused(f"Mẫu {code} là của cả đơn vị, không theo từng quỹ. Hãy bỏ phần quỹ.")
    if code == "S82":
        return money_books.items_book(book, declared, period, *opening_and_closing(book, period))
    if code == "S81":
        return money_books.dues_book(book, declared, period)
    if declared.kind == "parties":
        return party_book(book, declared, period)
    if declared.kind == "assets":
        return asset_book(book, declared, period)
    if declared.kind == "movements":
        return heads_paper(book, declared, period)
    if code == "B07":
        return settlement_paper(book, declared, period)
    if code == "B14":
        return budget_paper(book, declared, period)
    return activity_paper(book, declared, period)
