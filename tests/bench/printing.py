"""500 vouchers of one month printed as one PDF, read from the book first."""

from __future__ import annotations

import time
from pathlib import Path

from desktop_app.actions import setup
from desktop_app.domain.dates import Period
from desktop_app.domain.records import Voucher
from desktop_app.reports import voucher_papers
from desktop_app.storage.voucher_rows import Asked, last_numbers, page

PRINTED = 500


def printing(profile: Path, year: int) -> float:
    """Seconds for the last 500 vouchers of January, two on an A4."""
    book = setup.open_book(profile)
    try:
        period = Period.parse(f"{year}-01")
        begun = time.perf_counter()
        rows = page(book, last_numbers(book, Asked(period.first, period.last), PRINTED), None)
        found = [voucher for row in rows if (voucher := book.get(Voucher, row.id)) is not None]
        voucher_papers.make(book, found, "Trần Thị Hoa", "A4x2")
        return time.perf_counter() - begun
    finally:
        book.close()
