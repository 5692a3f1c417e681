"""Worked examples E1, E3, E4, E7 and E10: dues of single members, shares, allowances, and the clock of the fee."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import dues, fee
from desktop_app.domain.dues import Terms
from desktop_app.domain.errors import Refused
from desktop_app.domain.rules import EVIDENCE
from desktop_app.storage.rules import shipped

RULES = shipped()
MONTHS = ("2024-01", "2025-06", "2025-07", "2026-06", "2026-07", "2026-10")
wages = st.integers(0, 10**9)
terms_of_some_union = st.builds(
    lambda month, group, step: Terms.of(RULES, month, group, step),
    st.sampled_from(MONTHS), st.integers(1, 4), st.sampled_from((1, 100, 500, 1000)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "group", "month", "insured", "net", "base", "owed"),
    [
        ("A", 3, "2026-10", 8200000, 0, 8200000, 41000),
        ("B", 3, "2026-10", 60000000, 0, 50600000, 253000),
        ("C", 2, "2026-10", 60000000, 58000000, 58000000, 253000),
        ("D", 1, "2026-10", 60000000, 0, 50600000, 253000),
        ("E", 4, "2026-10", 0, 0, 0, 12650),
        ("G", 3, "2026-10", 7777777, 0, 7777777, 38889),
        ("H", 3, "2025-06", 30000000, 0, 30000000, 234000),
        ("I", 3, "2025-07", 30000000, 0, 30000000, 150000),
    ],
)
def test_e1_dues_of_single_members(
    case: str, group: int, month: str, insured: int, net: int, base: int, owed: int
) -> None:
    terms = Terms.of(RULES, month, group)
    assert (dues.base(terms, insured, net), dues.owed(terms, insured, net)) == (base, owed), case


def test_group_2_without_net_pay_is_counted_on_the_insured_wage() -> None:
    terms = Terms.of(RULES, "2026-10", 2)
    assert dues.owed(terms, 8200000) == 41000
    assert dues.owed(terms, 8200000, net=7400000) == 37000


def test_rounding_to_thousands_never_goes_below_the_fixed_sum_nor_above_the_cap() -> None:
    assert dues.owed(Terms.of(RULES, "2026-10", 4, step=1000), 0) == 13000
    assert dues.owed(Terms.of(RULES, "2026-10", 4, step=500), 0) == 13000
    assert dues.owed(Terms.of(RULES, "2026-10", 3, step=1000), 8300000) == 42000
    assert dues.owed(Terms.of(RULES, "2026-10", 3, step=500), 60000000) == 253000


@pytest.mark.parametrize(
    ("due", "month", "keep", "up"),
    [
        (11440000, "2025-06", 8008000, 3432000),
        (6018000, "2025-07", 4212600, 1805400),
        (6056000, "2026-10", 4239200, 1816800),
    ],
)
def test_e3_shares_of_dues(due: int, month: str, keep: int, up: int) -> None:
    assert dues.split(due, RULES.keep_dues_percent(int(month[:4]))) == (keep, up)


def test_shares_followed_the_years() -> None:
    assert [RULES.keep_dues_percent(year) for year in range(2021, 2027)] == [60, 60, 70, 70, 70, 70]
    assert [RULES.keep_fee_percent(year) for year in range(2021, 2027)] == [71, 75, 75, 75, 75, 75]
    assert RULES.entry("keep_dues", date(2026, 10, 1)).evidence == "med"
    assert RULES.entry("base_salary", date(2026, 10, 1)).law == "NĐ 161/2026/NĐ-CP"


def test_e4_the_fee_collected_by_the_union_or_passed_down_leaves_the_same() -> None:
    passed_down = fee.of_month(RULES, "2026-10", 1271200000, received=19068000)
    collected = fee.of_month(RULES, "2026-10", 1271200000, received=25424000, delegated=True)
    assert (passed_down.due, passed_down.keep, passed_down.up) == (25424000, 19068000, 6356000)
    assert (passed_down.expected, collected.expected) == (19068000, 25424000)
    assert passed_down.received == collected.received - collected.up == 19068000
    assert RULES.fee_item("2026-10", delegated=False) == "28.01"
    assert RULES.fee_item("2026-10", delegated=True) == "23"
    assert {passed_down.state(date(2027, 12, 31)), collected.state(date(2027, 12, 31))} == {"đã đủ"}


def test_e10_the_clock_of_the_fee() -> None:
    clock = RULES.fee_deadline("2026-10")
    assert clock == (type(clock))(date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 30))
    assert {RULES.fee_deadline(month, quarterly=True).deadline for month in ("2026-10", "2026-11", "2026-12")} == {
        date(2027, 1, 31)
    }
    short = fee.of_month(RULES, "2026-10", 1271200000, received=0)
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 29), date(2027, 1, 30))
    assert [short.state(day) for day in days] == ["chưa đến hạn", "chậm đóng", "chậm đóng", "không đóng"]


def test_before_may_2026_the_fee_followed_social_insurance_and_had_no_60_days() -> None:
    assert RULES.fee_deadline("2026-05").deadline == date(2026, 6, 30)
    assert RULES.fee_deadline("2025-06").deadline == date(2025, 6, 30)
    assert RULES.fee_deadline("2026-04").unpaid_from is None


def test_e7_allowances_of_120_members_and_the_limits_of_2026() -> None:
    def month(day: date) -> int:
        posts = ("chair", "accountant", "committee", "committee", "committee", *["team_leader"] * 4)
        return sum(RULES.allowance(day, 120, post) for post in posts)

    october, year_end = date(2026, 10, 1), date(2026, 12, 31)
    assert [RULES.allowance(october, 120, post) for post in ("chair", "accountant")] == [379500, 303600]
    assert (month(date(2026, 6, 1)), month(october)) == (2082600, 2251700)
    assert 6 * month(date(2026, 6, 1)) + 6 * month(october) == 26005800
    bases = {"kept_dues": 50710800, "used_fee": 228018000}
    limits = {limit.rule: limit for limit in RULES.limits(year_end)}
    assert {rule: limit.amount(bases) for rule, limit in limits.items()} == {
        "R3": 83618640, "R2.31": 136810800, "R2.32": 57004500, "R2.33": 34202700,
    }  # fmt: skip
    spent = {"R3": 26005800, "R2.31": 150000000, "R2.32": 48000000, "R2.33": 22500000}
    assert all(limits[rule].holds(amount, bases) for rule, amount in spent.items())
    assert "R1" in {limit.rule for limit in RULES.limits(date(2025, 12, 31))}


def test_a_month_before_every_rate_known_is_refused() -> None:
    with pytest.raises(Refused, match="chưa có quy định"):
        Terms.of(RULES, "2001-01", 3)


def test_every_entry_tells_its_evidence_and_source() -> None:
    for table in ("base_salary", "dues_rate", "dues_cap", "keep_dues", "keep_fee", "fee_clock", "allowances"):
        entry = RULES.entry(table, date(2026, 10, 1))
        assert entry.evidence in EVIDENCE
        assert entry.source


@given(terms_of_some_union, wages, wages)
def test_the_cap_is_never_exceeded_and_the_step_is_kept(terms: Terms, insured: int, net: int) -> None:
    owed = dues.owed(terms, insured, net)
    assert 0 <= owed <= (terms.cap if terms.cap is not None else 10**9)
    assert owed % terms.step == 0 or owed == terms.cap


@given(terms_of_some_union, wages, wages)
def test_who_earns_more_never_owes_less(terms: Terms, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert dues.owed(terms, less) <= dues.owed(terms, more)


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_what_is_kept_and_what_goes_up_is_all_of_it(total: int, percent: int) -> None:
    keep, up = dues.split(total, percent)
    assert keep + up == total
    assert min(keep, up) >= 0
