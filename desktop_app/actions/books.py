"""The books a union keeps: which there are to open, by form and fund."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop_app.reports.book_pages import BookPages, Sums, pages
from desktop_app.reports.forms import form
from desktop_app.storage import books
from desktop_app.storage.book import Book

__all__ = ["NOTHING", "BookPages", "Shelved", "pages", "shelf"]

NOTHING = BookPages((), (), Sums(0, 0, {}), 0, {})
"""A book without rows, before one is read."""
_BY_FUND = (("S11", "Tiền mặt"), ("S12", "Tiền gửi"))
_OF_ALL = ("S82", "S81", "S31", "S18", "S26")


class Shelved(NamedTuple):
    """A book on the shelf: its form, the code of its fund ("" of the whole union), and how it is called."""

    form: str
    fund: str
    name: str

    @property
    def key(self) -> str:
        """What tells it from the others: "S12/NH"."""
        return f"{self.form}/{self.fund}" if self.fund else self.form


def shelf(book: Book, day: date) -> list[Shelved]:
    """The books there are: one for each cash fund and bank account, then those of the whole union."""
    found = [
        Shelved(code, fund.code, f"{_name(book, code, day)}: {fund.name or fund.code}")
        for code, kind in _BY_FUND
        for fund in books.funds_of_kind(book, kind)
    ]
    return found + [Shelved(code, "", _name(book, code, day)) for code in _OF_ALL]


def _name(book: Book, code: str, day: date) -> str:
    """ "S11-H · Sổ quỹ tiền mặt"."""
    declared = form(code, day, book)
    return f"{declared.note[0].removeprefix('Mẫu số ')} · {declared.title.capitalize()}"
