"""What is printed of dues: sheets for a tổ to sign, biên lai of what was paid, notices of what is owed; the arrears."""

from __future__ import annotations

from datetime import date

from desktop_app.actions import dues
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused
from desktop_app.reports import dues_papers, pdf
from desktop_app.storage import overview, payroll
from desktop_app.storage.book import Book
from desktop_app.storage.payroll import Arrear


def arrears(book: Book, year: int, today: date) -> list[Arrear]:
    """Who owes dues of which months of a year, from the month the book begins through `today`'s."""
    first, last = span(book, year, today)
    return payroll.owing(book, first, last)


def span(book: Book, year: int, today: date) -> tuple[str, str]:
    """The months of a year in which dues can be owed: since the book begins, through this month."""
    return max(f"{year}-01", overview.begun(book)), min(f"{year}-12", dates.month_of(today))


def unnamed(book: Book, year: int, today: date) -> list[str]:
    """The months of that span in which money came that stands on nobody's name: whoever owes may have paid it."""
    first, last = span(book, year, today)
    months = [month for month in dates.Period.of_year(year).months if first <= month <= last]
    return [month for month in months if dues.unnamed(book, month)]


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


def notices(book: Book, year: int, team: str | None, today: date, by: str) -> bytes:
    """Notices of what is owed in a year, one a tổ. Raises `Refused` if nobody owes anything."""
    owing = [one for one in arrears(book, year, today) if team in (None, one.team)]
    if not owing:
        raise Refused("Không còn ai nợ đoàn phí.")
    return pdf.draw_all(dues_papers.notices(book, owing, span(book, year, today), today, by))


