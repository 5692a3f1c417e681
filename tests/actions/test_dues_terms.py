"""Dues above the rate by resolution (QĐ 61): counted apart, booked under 22.01, kept whole, shown apart in B07 and S81.

By hand for 10/2026 (base salary 2.530.000: cap 253.000, ceiling 50.600.000), group 3 resolving 1 % of the insured wage:
An 8.200.000: 82.000, by the rule 41.000, above 41.000; Bình 60.000.000 (base 50.600.000): 506.000, 253.000, 253.000.
Together 588.000; by the rule 294.000, of which 30 % = 88.200 go up and 205.800 stay; above 294.000 stays whole.
"""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import budgets, dues, dues_terms, limits, periods, vouchers
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Dues
from desktop_app.reports.make import make
from desktop_app.reports.settlement import settle
from desktop_app.storage import ledger, payroll
from desktop_app.storage.book import Book
from tests.unions import found_union, hire, open_funds

OCTOBER, DAY = "2026-10", date(2026, 10, 20)
BY_RESOLUTION = {"from_month": "10/2026", "percent": "1 %", "basis": "Lương đóng BHXH", "document": "NQ 05/NQ-BCH"}


@pytest.fixture
def two(book: Book) -> Book:
    found_union(book)
    open_funds(book)
    hire(book, "Hồ Thị An", 8_200_000)
    hire(book, "Lô Văn Bình", 60_000_000, net=58_000_000)
    return book


def test_dues_above_the_rate_are_counted_booked_and_settled_apart(two: Book) -> None:
    made = dues_terms.resolve(two, BY_RESOLUTION, "Hoa")
    assert dues_terms.told(made) == "Từ 10/2026: 1 % lương đóng BHXH (NQ 05/NQ-BCH)"
    assert dues.compute(two, "2026-09").due == 294_000
    found = dues.compute(two, OCTOBER)
    assert [(line.due, line.above) for line in found.lines] == [(82_000, 41_000), (506_000, 253_000)]
    assert (found.due, found.above, found.keep, found.up) == (588_000, 294_000, 499_800, 88_200)
    done = dues.collect(two, OCTOBER, "Hoa", "TM", day=DAY)
    assert done.voucher is not None
    assert [(line.item, line.amount_in) for line in done.voucher.lines] == [("22", 294_000), ("22.01", 294_000)]
    assert sorted((row.amount, row.above) for row in two.all(Dues)) == [(82_000, 41_000), (506_000, 253_000)]
    found = dues.compute(two, OCTOBER)
    assert (found.paid, found.received, found.unnamed) == (588_000, 588_000, 0)
    assert dues.collect(two, OCTOBER, "Hoa", "TM", day=DAY).amount == 0


def test_the_settlement_sends_up_only_the_share_of_the_rate_and_says_the_rest(two: Book) -> None:
    dues_terms.resolve(two, BY_RESOLUTION, "Hoa")
    dues.collect(two, OCTOBER, "Hoa", "TM", day=DAY)
    settled = settle(two, Period.parse(OCTOBER))
    assert (settled.cells["22"], settled.cells["V.b"], settled.facts["dues_above"]) == (588_000, 88_200, 294_000)
    assert all(check.holds for check in settled.checks if check.severity == "error")
    words = [line for part in make(two, "B07", Period.parse(OCTOBER)).report.sections for line in part.paragraphs]
    assert any("cao hơn mức quy định" in line and "294.000 đồng" in line for line in words)
    (allowed,) = [mine for mine in limits.of_year(two, 2026) if mine.limit.rule == "R3"]
    assert allowed.base == 499_800
    (table,) = make(two, "S81", Period.of_year(2026)).report.tables
    assert [row.cells.get("note") for row in table.rows] == ["41.000", "253.000", "294.000"]
    assert [line.above for line in payroll.grid(two, 2026)] == [41_000, 253_000]
    assert ledger.item_totals(two, date(2026, 10, 1), DAY) == {"22": (294_000, 0), "22.01": (294_000, 0)}


def test_net_pay_and_a_bound_of_its_own(two: Book) -> None:
    """0,5 % of net 58.000.000 = 290.000 where the rule caps at 253.000; bounded at 270.000. An's net is not known."""
    dues_terms.resolve(two, {**BY_RESOLUTION, "percent": "", "basis": "Lương thực lĩnh", "most": 270_000}, "Hoa")
    found = dues.compute(two, OCTOBER)
    assert [(line.base, line.due, line.above) for line in found.lines] == [
        (8_200_000, 41_000, 0), (58_000_000, 270_000, 17_000),
    ]  # fmt: skip
    assert payroll.month_base(two, OCTOBER).dues_fund == 66_200_000


def test_the_rounding_step_has_its_month_too(two: Book) -> None:
    hire(two, "Vi Thị Cúc", 7_777_777)
    held = dues_terms.resolve(two, {"from_month": "10/2026", "step": "1000"}, "Hoa")
    assert [dues.compute(two, month).lines[-1].due for month in ("2026-09", OCTOBER)] == [38_889, 39_000]
    dues_terms.take_back(two, held.id, "Hoa")
    assert dues.compute(two, OCTOBER).lines[-1].due == 38_889


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"percent": "0,4"}, "không được thấp hơn mức quy định 0,5 %"),
        ({"percent": "nhiều"}, "phần trăm như 0,7"),
        ({"percent": "50"}, "nhiều nhất 10"),
        ({"document": ""}, "nghị quyết"),
        ({"step": "7"}, "làm tròn đến"),
        ({"from_month": ""}, "Từ tháng"),
        ({"percent": "", "basis": "Theo quy định", "most": 1}, "Hãy nhập tỷ lệ"),
    ],
)
def test_what_is_no_resolution_is_refused(two: Book, more: dict[str, object], told: str) -> None:
    with pytest.raises(Refused, match=told):
        dues_terms.resolve(two, {**BY_RESOLUTION, **more}, "Hoa")
    assert not dues_terms.resolved(two)


def test_a_closed_month_and_a_group_without_the_right_are_refused(book: Book) -> None:
    found_union(book, dues_group=1)
    with pytest.raises(Refused, match="nhóm 1"):
        dues_terms.resolve(book, BY_RESOLUTION, "Hoa")
    periods.close(book, OCTOBER, "Hoa")
    with pytest.raises(Refused, match="khóa sổ"):
        dues_terms.resolve(book, {"from_month": "10/2026", "step": "500"}, "Hoa")


def test_money_booked_whole_under_22_names_nobody_above_the_rate(two: Book) -> None:
    dues_terms.resolve(two, BY_RESOLUTION, "Hoa")
    cash = ledger.fund_of_code(two, "TM")
    assert cash is not None
    lines = [{"item": "22", "fund": cash.id, "amount_in": 588_000}]
    made = vouchers.draft(two, {"kind": "PT", "day": DAY, "text": "Đoàn phí", "lines": lines}, "Hoa")
    vouchers.post(two, made.id, "Hoa")
    assert dues.collect(two, OCTOBER, "Hoa", "TM", day=DAY) == dues.Collected(None, 2, 588_000)
    assert [row.above for row in two.all(Dues)] == [0, 0]
    assert settle(two, Period.parse(OCTOBER)).facts["dues_above"] == 0


def test_the_budget_sends_up_only_the_share_of_the_rate_and_plans_the_rest_whole(two: Book) -> None:
    dues_terms.resolve(two, BY_RESOLUTION, "Hoa")
    budgets.adopt(two, 2027, budgets.Assumed(0, 0, 0), "Hoa")
    planned = budgets.look(two, 2027)
    assert planned.cells["22"] == 12 * 588_000
    assert (planned.cells["39"], planned.cells["V.b"], planned.cells["V.d"]) == (12 * 88_200, 12 * 88_200, 0)
    assert planned.cells["50"] == planned.cells["10"]
    words = [line for part in make(two, "B14", Period.of_year(2027)).report.sections for line in part.paragraphs]
    assert any(f"{12 * 294_000:,}".replace(",", ".") in line for line in words)
    budgets.put(two, 2027, "22", (100_000, "Ít người"), "Hoa")
    assert budgets.look(two, 2027).cells["V.b"] == 0  # what is planned is no more than what is kept whole
