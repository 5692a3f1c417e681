"""What an accountant does in the book of ten years: pages opened, a voucher saved, papers printed, commands started."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from desktop_app.actions import analysis, setup, vouchers
from desktop_app.actions.books import pages
from desktop_app.domain.dates import Period
from desktop_app.domain.records import Fund
from desktop_app.storage import ledger, voucher_rows
from desktop_app.storage.book import Book
from desktop_app.storage.voucher_rows import Asked
from tests.bench.clock import moments, processes
from tests.bench.printing import PRINTED, printing
from tests.bench.sample import YEAR

SAVES = 60
_PAGE = 50
Row = tuple[str, Callable[[], object]]


def looked_at(book: Book) -> Iterator[Row]:
    """What a page reads before it shows its first figures and rows, and what is read behind it."""
    year = Period.of_year(YEAR)
    asked = Asked(year.first, year.last)
    for form, fund, name in (("S11", "TM", "the cash book"), ("S82", None, "S82")):
        found = pages(book, form, year, fund)
        yield f"{name} of {YEAR}, its sums and first page", lambda f=form, c=fund: pages(book, f, year, c).read(book, range(_PAGE))  # type: ignore[misc]
        yield "  its last page", lambda f=found: f.read(book, range(len(f) - _PAGE, len(f)))  # type: ignore[misc]

    def begun() -> None:
        ledger.item_totals(book, year.first, year.last)
        voucher_rows.page(book, voucher_rows.last_numbers(book, asked, _PAGE), None)

    yield f"the vouchers of {YEAR}, their sums and last page", begun
    yield "  all of them lined up, beside the window", lambda: voucher_rows.line_up(book, asked)
    yield "three years compared", lambda: analysis.years(book, YEAR)
    yield "  each to the same day", lambda: analysis.years(book, YEAR, date(YEAR, 11, 25))
    yield "a year beside its budget", lambda: analysis.budget(book, YEAR)


def done(profile: Path) -> Iterator[tuple[str, float, str]]:
    """What was done in a copy of the book, in seconds."""
    yield f"{PRINTED} vouchers read and made into one PDF", printing(profile, YEAR), "(aim 5 s)"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "so")
        shutil.copytree(profile, copy)
        yield "a voucher checked, numbered, saved and posted", _saved(copy), ""
        command = [sys.executable, "-m", "desktop_app", "--profile", str(copy)]
        (status,) = processes([[*command, "status", "--json"]], 3)
        yield "socongdoan status, whole process", status, ""
        begun = time.perf_counter()
        book = setup.open_book(copy)
        assert book.verify().first_fault is None
        yield "verify, every entry and row", time.perf_counter() - begun, ""
        book.close()
        program = [sys.executable, "-m", "tests.bench.painted"]
        bare, ours = moments([[*program, "bare"], [*program, str(copy)]], 3)
        yield "the window, from process start to painted", ours[0], f"{ours[0] / bare[0]:.2f}× a bare Qt window"
        yield "  to the figures of its first page", ours[2], ""


def _saved(profile: Path) -> float:
    book = setup.open_book(profile)
    fund = next(book.all(Fund))
    times = []
    for number in range(SAVES):
        values = {"kind": "PC", "day": date(YEAR, 12, 1 + number % 28), "text": f"Nước họp {number}", "party": "Nguyễn Văn Thắng",
                  "lines": [{"item": "33", "fund": fund.id, "amount_out": 640_000 + number}]}  # fmt: skip
        begun = time.perf_counter()
        vouchers.write(book, values, "Bench")
        times.append(time.perf_counter() - begun)
    book.close()
    return statistics.median(times)
