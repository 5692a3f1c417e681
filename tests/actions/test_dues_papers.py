"""Sheets a tổ signs, biên lai C45-BB, notices of arrears, and payroll totals typed in: what stands on each."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from desktop_app.actions import dues, dues_papers, overview, payroll_totals, periods
from desktop_app.domain.errors import Refused
from desktop_app.storage import payroll
from desktop_app.storage.book import Book
from tests.unions import found_union, hire, open_funds

OCTOBER, TODAY = "2026-10", date(2026, 11, 20)


@pytest.fixture
def teams(book: Book) -> Book:
    """An and Bình of Tổ cắt have paid October (41.000 + 38.889), Cúc of the office has not."""
    found_union(book)
    open_funds(book)
    for name, team, wage in (("An", "Tổ cắt", 8_200_000), ("Bình", "Tổ cắt", 7_777_777), ("Cúc", "Văn phòng", 6_500_000)):
        hire(book, f"Hồ Thị {name}", wage, team=team)
    cut = [line.person for line in dues.compute(book, OCTOBER).lines if line.team == "Tổ cắt"]
    dues.collect_some(book, OCTOBER, cut, "Hoa", "TM", day=date(2026, 10, 20))
    return book


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_sheet_for_each_to_with_what_is_left_to_take(teams: Book) -> None:
    cut, office = pages(dues_papers.sheets(teams, OCTOBER, None, "Hoa"))
    assert "Tổ cắt" in cut
    assert "79.889" in cut
    assert "Tổ công đoàn Văn phòng" in office
    assert "Ba mươi hai nghìn năm trăm đồng" in office
    with pytest.raises(Refused, match="Không có đoàn viên"):
        dues_papers.sheets(teams, OCTOBER, "Tổ là", "Hoa")


def test_receipts_by_payer_and_by_to_under_their_voucher(teams: Book) -> None:
    an, binh = pages(dues_papers.receipts(teams, OCTOBER, None, "Hoa", by_team=False))
    assert "C45-BB" in an
    assert "Hồ Thị An" in an
    assert "PT10/01-01" in an
    assert "41.000" in an
    assert "38.889" in binh
    assert "PT10/01-02" in binh
    (both,) = pages(dues_papers.receipts(teams, OCTOBER, None, "Hoa", by_team=True))
    assert "79.889" in both
    assert "của 2 đoàn viên" in both
    with pytest.raises(Refused, match="chưa có ai nộp"):
        dues_papers.receipts(teams, "2026-09", None, "Hoa", by_team=True)


def test_notices_name_the_months_each_still_owes(teams: Book) -> None:
    owing = dues_papers.arrears(teams, 2026, TODAY)
    assert [(one.name, one.months) for one in owing] == [
        ("Hồ Thị An", {"2026-11": 41_000}), ("Hồ Thị Bình", {"2026-11": 38_889}),
        ("Hồ Thị Cúc", {"2026-10": 32_500, "2026-11": 32_500}),
    ]  # fmt: skip
    cut, office = pages(dues_papers.notices(teams, 2026, None, TODAY, "Hoa"))
    assert "79.889" in cut
    assert "10, 11/2026" in office
    assert "65.000" in office
    assert dues_papers.unnamed(teams, 2026, TODAY) == []


def test_what_is_owed_of_several_years_stands_in_one_list_with_the_sum_of_each(teams: Book) -> None:
    later = date(2027, 2, 10)
    owing = dues_papers.arrears(teams, None, later)
    assert [(one.name, len(one.months)) for one in owing] == [("Hồ Thị An", 4), ("Hồ Thị Bình", 4), ("Hồ Thị Cúc", 5)]
    assert dues_papers.sums_of_years(owing) == {"2026": 2 * (41_000 + 38_889) + 3 * 32_500, "2027": 2 * 112_389}
    parted = dues_papers.year_by_year(owing)
    assert [(next(iter(one.months))[:4], one.name[-3:]) for one in parted][2:4] == [("2026", "Cúc"), ("2027", " An")]
    assert sum(one.amount for one in parted) == sum(one.amount for one in owing)
    _, office = pages(dues_papers.notices(teams, None, None, later, "Hoa"))
    assert "10–12/2026; 01, 02/2027" in " ".join(office.split())
    assert "Trong đó năm 2026" in office
    assert "97.500" in office
    assert "65.000" in office
    assert "162.500" in office
    assert dues_papers.unnamed(teams, None, later) == []


def test_a_book_that_has_not_begun_owes_nothing_yet(book: Book) -> None:
    found_union(book)
    assert (dues_papers.arrears(book, None, TODAY), dues_papers.unnamed(book, None, TODAY)) == ([], [])


def test_typed_totals_replace_the_rows_until_they_are_cleared(teams: Book) -> None:
    shown = payroll_totals.of_month(teams, OCTOBER)
    assert (shown.id, shown.members, shown.dues_fund) == ("", 3, 22_477_777)
    given = {"month": "10/2026", "workers": 130, "fee_fund": "1.271.200.000", "members": 120, "dues_fund": 1_211_200_000}
    payroll_totals.type_in(teams, given, "Hoa")
    payroll_totals.type_in(teams, {**given, "members": 119}, "Hoa")
    assert payroll.month_base(teams, OCTOBER)[:4] == (130, 1_271_200_000, 119, 1_211_200_000)
    assert (dues.fee(teams, OCTOBER).due, dues.compute(teams, OCTOBER).due) == (25_424_000, 6_056_000)
    payroll_totals.clear(teams, OCTOBER, "Hoa")
    assert not payroll.month_base(teams, OCTOBER).typed
    with pytest.raises(Refused, match="không có số nhập tay"):
        payroll_totals.clear(teams, OCTOBER, "Hoa")
    with pytest.raises(Refused, match="quỹ lương"):
        payroll_totals.type_in(teams, {"month": "10/2026"}, "Hoa")
    periods.close(teams, OCTOBER, "Hoa")
    with pytest.raises(Refused, match="khóa sổ"):
        payroll_totals.type_in(teams, given, "Hoa")


def test_the_first_page_tells_who_still_owes_the_month_before(teams: Book) -> None:
    waits = [wait for wait in overview.look(teams, 2026, date(2026, 11, 28)).waits if wait.page == "dues"]
    (told,) = [wait for wait in waits if wait.text.startswith("Tháng 10/2026")]
    assert told == ("warn", "Tháng 10/2026 còn 1 đoàn viên nợ đoàn phí, 32.500 ₫.", "dues", OCTOBER)
