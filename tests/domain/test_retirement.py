"""The age of retirement as NĐ 135/2020 Phụ lục I tells it month by month."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import dates, retirement
from desktop_app.storage.sieves import retirement_steps

STEPS = retirement_steps()
MONTHS = st.integers(0, 60 * 12).map(lambda count: dates.add_months("1955-01", count))


@pytest.mark.parametrize(
    ("birth", "sex", "month"),
    [
        ("1961-01", "Nam", "2021-04"), ("1961-09", "Nam", "2021-12"), ("1960-10-07", "Nam", "2021-01"),
        ("1965-01", "Nam", "2026-07"), ("1964-12", "Nam", "2026-06"), ("1969-02", "Nữ", "2025-10"), ("1969-05", "Nữ", "2026-05"), ("1966", "Nam", "2027-10"),
        ("1975-05", "Nữ", "2035-05"), ("1980-06", "Nam", "2042-06"), ("", "Nam", ""), ("1970", "", ""),
    ],
)  # fmt: skip
def test_the_month_of_retirement(birth: str, sex: str, month: str) -> None:
    assert retirement.month_of(birth, sex, STEPS) == month


@given(birth=MONTHS, by=MONTHS.map(lambda month: dates.add_months(month, 66 * 12)), sex=st.sampled_from(["Nam", "Nữ"]))
def test_who_retires_by_a_month_is_told_by_the_month_of_birth_alone(birth: str, by: str, sex: str) -> None:
    assert (birth <= retirement.latest_birth(by, sex, STEPS)) == (retirement.month_of(birth, sex, STEPS) <= by)
