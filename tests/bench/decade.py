"""`python -m tests.bench decade [VOUCHERS]`: pages, papers and work in the last year of ten, in an encrypted book of that
many vouchers.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from desktop_app.actions import reports, setup
from desktop_app.domain.dates import Period
from desktop_app.reports import pdf
from desktop_app.storage import ledger, overview
from desktop_app.storage.books import funds_of_kind
from tests.bench.clock import in_turns, processes
from tests.bench.decade_work import done, looked_at
from tests.bench.sample import YEAR, sample

YEARS = 10
VOUCHERS = 500_000
ROUNDS = 5
Row = tuple[str, float, str]


def main(asked: Sequence[str]) -> None:
    """Measure and print; each time is the median of a few."""
    vouchers = int(asked[0].replace(",", "").replace("_", "")) if asked else VOUCHERS
    print(f"\n{YEARS} years, {vouchers:,} vouchers (the aims are for 500,000)")
    for what, seconds, aim in decade(vouchers):
        print(f"  {what:<66} {seconds * 1000:9.1f} ms  {aim}", flush=True)


def decade(vouchers: int) -> Iterator[Row]:
    """What was measured, seconds, and the aim with how far it is from it."""
    begun = time.perf_counter()
    made = sample(vouchers, YEARS)
    yield "the book itself, made now or kept from last time", time.perf_counter() - begun, ""
    book = setup.open_book(made.profile)
    try:
        year, month = Period.of_year(YEAR), Period.parse(f"{YEAR}-12")
        cash = funds_of_kind(book, "Tiền mặt")[0]
        for what, work in (
            (f"B07 of {YEAR}, its figures", lambda: reports.settle(book, year)),
            (f"S82 of {YEAR}, the sums of its mục", lambda: ledger.item_totals(book, year.first, year.last)),
            *looked_at(book),
            (f"S82 of {YEAR} as it is printed, every row", lambda: reports.make(book, "S82", year)),
            (f"S82 of 12/{YEAR} as it is printed", lambda: reports.make(book, "S82", month)),
            (f"the cash book of {YEAR} as it is printed, every row", lambda: reports.make(book, "S11", year)),
            (f"the cash book of 12/{YEAR} as it is printed", lambda: reports.make(book, "S11", month)),
            ("what every fund holds", lambda: ledger.balances(book, year.last)),
            ("the lowest balance a new voucher is warned by", lambda: ledger.lowest_from(book, cash, month.first)),
            ("all the figures of the first page", lambda: overview.moved(book)),
        ):
            seconds = _once(work)
            yield what, seconds, f"(aim 50 ms: {seconds / 0.05:.2f}×)"
        yield _paper(lambda day: reports.make(book, "S11", Period.parse(f"{YEAR}-12-01..{YEAR}-12-{day:02}")))
    finally:
        book.close()
    ours = [sys.executable, "-m", "desktop_app", "--profile", str(made.profile), "report", "B07", "--period", str(YEAR)]
    theirs = ["ledger", "-f", str(made.journal), "bal", "-b", f"{YEAR}-01-01", "-e", f"{YEAR + 1}-01-01"]
    known = shutil.which("ledger") is not None
    mine, *other = processes([ours, theirs] if known else [ours], 3)
    yield f"report B07 --period {YEAR}, whole process", mine, ""
    if other:
        yield "ledger bal of the same entries, whole process", other[0], f"we take {mine / other[0]:.2f}× (aim 0.4)"
    yield from done(made.profile)


def _paper(made: Callable[[int], reports.Made]) -> Row:
    """The cash book from the 1st to the day on which it first has twelve pages, drawn."""
    for day in range(1, 32):
        report = made(day).report
        drawn = pdf.draw(report)
        if (pages := drawn.count(b"/Type /Page\n")) >= 12 or day == 31:
            break
    seconds = _once(lambda: pdf.draw(report))
    return f"PDF of a cash book of {pages} pages", seconds, f"(aim 0.5 s for 12 pages: {seconds / 0.5 * 12 / pages:.2f}×)"


def _once(work: Callable[[], object]) -> float:
    def timed() -> tuple[float]:
        begun = time.perf_counter()
        work()
        return (time.perf_counter() - begun,)

    return in_turns([timed], ROUNDS)[0][0]
