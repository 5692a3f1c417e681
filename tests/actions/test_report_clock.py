"""By when settlement and budget are handed in: dated data, told on the first page before and after."""

from __future__ import annotations

from datetime import date

from desktop_app.actions import overview, rates, report_clock, reports
from desktop_app.domain.dates import Period
from desktop_app.storage.book import Book
from tests.reports.october import year_2026


def told(book: Book, day: date) -> list[str]:
    return [due.words for due in report_clock.waiting(book, day)]


def test_the_days_of_settlement_and_budget_are_told_until_they_are_handed_in(book: Book) -> None:
    year_2026(book)
    assert told(book, date(2026, 8, 1)) == []
    assert told(book, date(2026, 9, 20)) == ["Dự toán năm 2027 chưa nộp: hạn 30/09/2026, còn 10 ngày."]
    assert told(book, date(2027, 2, 15)) == ["Quyết toán năm 2026 chưa nộp: hạn 15/02/2027, là hôm nay."]
    assert told(book, date(2027, 2, 18)) == ["Quyết toán năm 2026 chưa nộp: hạn 15/02/2027, đã quá 3 ngày."]
    waits = [wait for wait in overview.look(book, 2026, date(2027, 2, 18)).waits if wait.page == "settlement"]
    assert waits[-1][:2] == ("bad", "Quyết toán năm 2026 chưa nộp: hạn 15/02/2027, đã quá 3 ngày.")
    reports.submit(book, "B07", Period.of_year(2026), "", "Hoa")
    assert told(book, date(2027, 2, 18)) == []
    assert told(book, date(2028, 1, 20)) == ["Quyết toán năm 2027 chưa nộp: hạn 15/02/2028, còn 26 ngày."]


def test_the_province_or_the_union_sets_another_day_from_a_year_on(book: Book) -> None:
    year_2026(book)
    rows = "B07; 31; 1; năm sau\nB14; 31; 2; cùng năm"
    given = {"name": "report_due", "since": date(2026, 1, 1), "value": rows, "reason": "Công văn của LĐLĐ tỉnh"}
    rates.correct(book, given, "Hoa")
    assert told(book, date(2027, 1, 30)) == [
        "Quyết toán năm 2026 chưa nộp: hạn 31/01/2027, còn 1 ngày.", "Dự toán năm 2027 chưa nộp: hạn 28/02/2027, còn 29 ngày.",
    ]  # fmt: skip
