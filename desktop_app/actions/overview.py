"""What the first page and the bars of the window ask of a book: they read, nothing is changed."""

from __future__ import annotations

from desktop_app.domain.records import Union
from desktop_app.storage import finding, overview
from desktop_app.storage.book import Book

years = overview.years
balances = overview.balances
find_vouchers = finding.vouchers


def union_of(book: Book) -> Union | None:
    """The union of this book, or None before it was named."""
    return next(book.all(Union), None)
