"""*Phân tích* on October (E5) and the year E6: years, months and the budget beside each other, and the ledger file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import analysis, ledger_export, vouchers
from desktop_app.actions.analysis import Comparison, Line
from desktop_app.domain.dates import Period
from desktop_app.domain.fields import build
from desktop_app.domain.records import Budget, Fund
from desktop_app.exchange.source import Source
from desktop_app.reports.settlement import settle
from desktop_app.storage.book import Book, new_id
from tests.actions.october import make_funds, post_october
from tests.reports.october import year_2026


def line(found: Comparison, wanted: str) -> Line:
    return next(one for one in found.lines if wanted in (one.code, one.name))


def test_the_year_e6_beside_the_year_before_it(book: Book) -> None:
    year_2026(book)
    found = analysis.years(book, 2026)
    assert [heading.text for heading in found.headings] == ["2026", "2025", "2024", "So 2025"]
    cells = settle(book, Period.of_year(2026)).cells
    assert line(found, "22").cells[:3] == (cells["22"], 0, 0) == (72_444_000, 0, 0)
    assert line(found, "28").cells[0] == 233_018_000
    assert line(found, "Tổng thu").cells[0] == 335_503_300
    assert line(found, "Tổng chi").cells[0] == 267_622_200
    assert line(found, "Thu trừ chi").cells == (67_881_000 + 100, 0, 0, None)
    assert line(found, "25").opens == ("25.01", "25.02")
    assert found.shares()[0][0] == "31"
    first_half = analysis.years(book, 2026, date(2026, 6, 30))
    assert first_half.headings[0].period == "2026-01-01..2026-06-30"
    assert line(first_half, "22").cells[0] == 6 * 6_018_000


def test_a_month_beside_the_one_before_and_the_year_before(book: Book) -> None:
    funds = make_funds(book)
    post_october(book, funds)
    money = {"kind": "BC", "text": "Đoàn phí", "lines": [{"item": "22", "fund": funds[1].id, "amount_in": 4_000_000}]}
    vouchers.write(book, {**money, "day": date(2026, 9, 12)}, "Hoa")
    vouchers.write(book, {**money, "day": date(2025, 10, 12)}, "Hoa")
    found = analysis.months(book, "2026-10")
    assert line(found, "22").cells == (6_056_000, 4_000_000, 51, 4_000_000, 51)
    assert line(found, "31").cells == (7_000_000, 0, None, 0, None)
    assert found.headings[3].period == "2025-10"
    assert line(found, "Tổng chi").cells[0] == 18_930_500


def test_the_budget_beside_what_was_spent(book: Book) -> None:
    post_october(book, make_funds(book))
    with book.transact("budget.set", "Hoa") as t:
        for item, amount in (("22", 6_000_000), ("31", 8_000_000), ("37", 500_000)):
            t.save(build(Budget, {"id": new_id(), "year": 2026, "item": item, "amount": amount}))
    found = analysis.budget(book, 2026)
    assert line(found, "31").cells == (8_000_000, 7_000_000, 88, 1_000_000)
    assert line(found, "22").cells == (6_000_000, 6_056_000, 101, -56_000)
    assert line(found, "37").cells == (500_000, 0, 0, 500_000)
    assert line(found, "33").cells == (0, 662_000, None, None)


def test_an_item_of_the_units_own_stands_under_its_form(book: Book) -> None:
    fund = make_funds(book)[0]
    for item, amount in (("31.05", 300_000), ("31", 200_000)):
        out = {"item": item, "fund": fund.id, "amount_out": amount}
        vouchers.write(book, {"kind": "PC", "day": date(2026, 10, 2), "text": "Thăm hỏi", "lines": [out]}, "Hoa")
    found = analysis.years(book, 2026)
    assert (line(found, "31").cells[0], line(found, "31.05").cells[0]) == (500_000, 300_000)
    assert line(found, "31").opens == ("31", "31.05")


def test_the_file_for_the_upper_level_has_every_line_once(book: Book, tmp_path: Path) -> None:
    post_october(book, make_funds(book))
    excel, plain, bare = ledger_export.profiles(date(2026, 10, 1))
    october = Period.parse("2026-10")
    assert ledger_export.export(book, excel, october, tmp_path / "a.xlsx") == 14
    source = Source(tmp_path / "a.xlsx")
    rows = [row for _, row in source.read(source.sheets[0]).rows]
    assert rows[0][:5] == ["Mã đơn vị", "Ngày chứng từ", "Loại", "Số chứng từ", "Nội dung"]
    assert rows[1][2:7] == ["BC", "BC10/01", "KPCĐ tháng 9", "", "28.01"]
    assert sum(row[10] or 0 for row in rows[1:]) == 35_127_150 + 6_000_000
    assert ledger_export.export(book, bare, october, tmp_path / "b.xlsx") == 12
    assert ledger_export.export(book, plain, october, tmp_path / "c.csv") == 14
    text = (tmp_path / "c.csv").read_text("utf-8-sig").splitlines()
    assert text[1] == "40-001;05/10/2026;BC;BC10/01;KPCĐ tháng 9;;28.01;NH;Tiền gửi;19068000;"


def test_a_text_that_looks_like_a_formula_stays_text(book: Book, tmp_path: Path) -> None:
    fund = make_funds(book)[0]
    out = {"item": "33", "fund": fund.id, "amount_out": 1_000}
    vouchers.write(book, {"kind": "PC", "day": date(2026, 10, 2), "text": "=HYPERLINK(1)", "lines": [out]}, "Hoa")
    plain = ledger_export.profiles(date(2026, 10, 1))[1]
    ledger_export.export(book, plain, Period.parse("2026"), tmp_path / "c.csv")
    assert ";'=HYPERLINK(1);" in (tmp_path / "c.csv").read_text("utf-8-sig")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["22", "25.01", "31", "31.02", "33"]), st.integers(1, 10**8), st.integers(1, 12)), max_size=8))
def test_the_rows_always_add_up_to_the_sides(book: Book, drawn: list[tuple[str, int, int]]) -> None:
    if not any(True for _ in book.all(Fund)):
        make_funds(book)
    fund = next(fund for fund in book.all(Fund) if fund.code == "TM")
    for item, amount, month in drawn:
        way, kind = ("amount_in", "PT") if item[0] == "2" else ("amount_out", "PC")
        made = {"kind": kind, "day": date(2026, month, 3), "text": "x", "lines": [{"item": item, "fund": fund.id, way: amount}]}
        vouchers.write(book, made, "Hoa")
    found = analysis.years(book, 2026)
    for side in ("in", "out"):
        ones = [one for one in found.lines if one.side == side and one.level == 1 and not one.total]
        total = next((one.cells[0] for one in found.lines if one.total and one.side == side), 0)
        assert sum(one.cells[0] or 0 for one in ones) == total
