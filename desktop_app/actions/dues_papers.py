"""What is printed of dues: sheets for a tổ to sign, biên lai of what was paid, notices of what is owed; the arrears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop_app.actions import dues
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused
from desktop_app.reports import dues_papers, pdf
from desktop_app.storage import overview, payroll
from desktop_app.storage.book import Book
from desktop_app.storage.payroll import Arrear


def arrears(book: Book, year: int | None, today: date) -> list[Arrear]:
    """Who owes dues of which months of a year (None: of all), from the month the book begins through `today`'s."""
    first, last = span(book, year, today)
    return payroll.owing(book, first, last)


def year_by_year(owing: Iterable[Arrear]) -> list[Arrear]:
    """What is owed parted by year, the oldest first, in each the order given."""
    found = list(owing)
    years = sorted({month[:4] for one in found for month in one.months})
    parted = [
        one._replace(months={month: amount for month, amount in one.months.items() if month[:4] == year})
        for year in years
        for one in found
    ]
    return [one for one in parted if one.months]


def sums_of_years(owing: Iterable[Arrear]) -> dict[str, int]:
    """What is owed of each year, đồng."""
    sums: dict[str, int] = {}
    for one in year_by_year(owing):
        year = next(iter(one.months))[:4]
        sums[year] = sums.get(year, 0) + one.amount
    return sums


def span(book: Book, year: int | None, today: date) -> tuple[str, str]:
    """The months of a year (None: of all) in which dues can be owed: since the book begins, through this month."""
    begun, now = overview.begun(book), dates.month_of(today)
    return (begun or now, now) if year is None else (max(f"{year}-01", begun), min(f"{year}-12", now))


def unnamed(book: Book, year: int | None, today: date) -> list[str]:
    """The months of that span in which money came that stands on nobody's name: whoever owes may have paid it."""
    month, last = span(book, year, today)
    found = []
    while month <= last:
        found += [month] if dues.unnamed(book, month) else []
        month = dates.add_months(month, 1)
    return found


def sheets(book: Book, month: str, team: str | None, by: str) -> bytes:
    """*Danh sách thu đoàn phí* to be signed, one a tổ (`team`: of one only). Raises `Refused` if nobody is on it."""
    lines = [line for line in dues.compute(book, month).lines if team in (None, line.team)]
    if not lines:
        raise Refused("Không có đoàn viên nào để lập danh sách.")
    return pdf.draw_all(dues_papers.sheets(book, month, lines, by))


def receipts(book: Book, month: str, team: str | None, by: str, *, by_team: bool) -> bytes:
    """Biên lai C45-BB of a month, one a payer or one a tổ, each half an A4. Raises `Refused` if nobody has paid."""
    paid = [one for one in payroll.payments(book, month) if team in (None, one.team)]
    if not paid:
        raise Refused(f"Tháng {dates.show_month(month)} chưa có ai nộp đoàn phí bằng phiếu thu.")
    return pdf.draw_all(dues_papers.receipts(book, month, paid, by, by_team=by_team), slip=True)


def notices(book: Book, year: int | None, team: str | None, today: date, by: str) -> bytes:
    """Notices of what is owed in a year (None: in all years), one a tổ. Raises `Refused` if nobody owes anything."""
    owing = [one for one in arrears(book, year, today) if team in (None, one.team)]
    if not owing:
        raise Refused("Không còn ai nợ đoàn phí.")
    months = span(book, year, today)
    if year is None:
        months = min(min(one.months) for one in owing), months[1]
    return pdf.draw_all(dues_papers.notices(book, owing, months, today, by))


