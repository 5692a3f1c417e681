"""Days, months and periods as they are typed; the American order is never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.dates import (
    PartialDate,
    Period,
    add_months,
    first_day,
    last_day,
    month_of,
    months_from,
    parse_day,
    parse_month,
    parse_partial,
    show_day,
    show_month,
)

TODAY = date(2026, 11, 23)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
months = days.map(month_of)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/3", date(2026, 3, 5)),
        ("5-3", date(2026, 3, 5)),
        ("05032026", date(2026, 3, 5)),
        ("5/3/2026", date(2026, 3, 5)),
        ("5-3-2026", date(2026, 3, 5)),
        ("5.3.2026", date(2026, 3, 5)),
        ("5 / 3 / 2026", date(2026, 3, 5)),
        ("5/3/26", date(2026, 3, 5)),
        ("5/3/2026 00:00:00", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("2026-03-05T00:00:00", date(2026, 3, 5)),
        ("2026/03/05", date(2026, 3, 5)),
        ("ngày 5 tháng 3 năm 2026", date(2026, 3, 5)),
        ("29/2/2028", date(2028, 2, 29)),
        ("h", TODAY),
        ("H", TODAY),
        ("hôm nay", TODAY),
        ("-1", date(2026, 11, 22)),
        ("+1", date(2026, 11, 24)),
        ("-30", date(2026, 10, 24)),
        (date(2026, 3, 5), date(2026, 3, 5)),
        (datetime(2026, 3, 5, 13, 30), date(2026, 3, 5)),
    ],
)
def test_a_day_is_read_as_typed(typed: str | date, meant: date) -> None:
    read = parse_day(typed, TODAY)
    assert read == meant
    assert type(read) is date


@pytest.mark.parametrize(
    "typed",
    [
        *("31/2/2026", "29/2", "3/25/2026", "0/3/2026", "32/1", "5/13", "99999999"),
        *("5/3/85", "5/3/1785", "5/3-2026", "5/3/202", "2026-03", "3/2026", "2026", "5", "0503"),
        *("", "abc", "1-", "-", "+1000", "5//3", "٥/٣"),
    ],
)
def test_an_unclear_day_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(ValueError, match=r"hãy .+\.$"):
        parse_day(typed, TODAY)


@given(days)
def test_a_shown_day_is_read_back(day: date) -> None:
    assert parse_day(show_day(day), TODAY) == day
    assert parse_day(day.isoformat(), TODAY) == day
    assert parse_day(f"{day.day}.{day.month}.{day.year}", TODAY) == day
    assert parse_day(f"{day.day:02}{day.month:02}{day.year}", TODAY) == day
    assert parse_partial(show_day(day)).iso == day.isoformat()


@pytest.mark.parametrize(
    ("given_birth", "iso", "shown"),
    [
        ("05/03/1985", "1985-03-05", "05/03/1985"),
        ("5.3.1985", "1985-03-05", "05/03/1985"),
        ("05031985", "1985-03-05", "05/03/1985"),
        ("1985-03-05", "1985-03-05", "05/03/1985"),
        ("03/1985", "1985-03", "03/1985"),
        ("3/1985", "1985-03", "03/1985"),
        ("1985-03", "1985-03", "03/1985"),
        ("tháng 3 năm 1985", "1985-03", "03/1985"),
        ("1985", "1985", "1985"),
        (1985, "1985", "1985"),
        (1985.0, "1985", "1985"),
        ("00/00/1985", "1985", "1985"),
        ("00/03/1985", "1985-03", "03/1985"),
        (date(1985, 3, 5), "1985-03-05", "05/03/1985"),
        (datetime(1985, 3, 5, 0, 0), "1985-03-05", "05/03/1985"),
        (PartialDate(1985, 3), "1985-03", "03/1985"),
    ],
)
def test_a_birth_may_be_known_in_part(given_birth: str | float | date | PartialDate, iso: str, shown: str) -> None:
    birth = parse_partial(given_birth)
    assert birth.iso == iso
    assert birth.display == str(birth) == shown
    assert parse_partial(birth.iso) == birth


@pytest.mark.parametrize(
    "given_birth",
    [
        "31/02/1985",
        "1985-13",
        "13/1985",
        "5/0/1985",
        "5/3/85",
        "85",
        "1785",
        "31/12",
        "abc",
        "",
        31111,
        1985.5,
        True,
        -5,
    ],
)
def test_an_impossible_birth_is_refused(given_birth: str | float) -> None:
    with pytest.raises(ValueError, match=r"hãy .+\.$"):
        parse_partial(given_birth)


def test_a_birth_known_in_part_has_a_first_and_a_last_day() -> None:
    assert (PartialDate(1984).first, PartialDate(1984).last) == (date(1984, 1, 1), date(1984, 12, 31))
    assert (PartialDate(1984, 2).first, PartialDate(1984, 2).last) == (date(1984, 2, 1), date(1984, 2, 29))
    assert PartialDate(1984, 2, 3).first == PartialDate(1984, 2, 3).last == date(1984, 2, 3)


@pytest.mark.parametrize(
    "typed",
    [
        *("10/2026", "2026-10", "T10/2026", "t.10/2026", "tháng 10/2026", "Tháng 10 năm 2026", "10-2026", "10.2026"),
        *("01/10/2026", "2026-10-01 00:00:00", date(2026, 10, 1), datetime(2026, 10, 31, 8, 0)),
    ],
)
def test_a_month_is_read_as_typed(typed: str | date) -> None:
    assert parse_month(typed) == "2026-10"


@pytest.mark.parametrize(
    "typed", ["13/2026", "0/2026", "2026-13", "10/26", "t10", "10", "2026", "31/02/2026", "", "10/1785"]
)
def test_an_unclear_month_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"hãy .+\.$"):
        parse_month(typed)


@given(months, st.integers(-1200, 1200))
def test_months_are_counted_over_the_years(month: str, count: int) -> None:
    later = add_months(month, count)
    assert add_months(later, -count) == month
    assert (later > month) == (count > 0)
    assert len(months_from(month, later)) == max(0, count + 1)
    assert parse_month(show_month(month)) == month
    assert month_of(first_day(month)) == month_of(last_day(month)) == month


def test_a_month_ends_where_the_calendar_says() -> None:
    assert add_months("2026-11", 3) == "2027-02"
    assert add_months("2026-01", -1) == "2025-12"
    assert last_day("2028-02") == date(2028, 2, 29)
    assert months_from("2026-11", "2027-02") == ("2026-11", "2026-12", "2027-01", "2027-02")


@pytest.mark.parametrize(
    ("typed", "key", "first", "last", "count", "label"),
    [
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31), 12, "Năm 2026"),
        ("2026-10", "2026-10", date(2026, 10, 1), date(2026, 10, 31), 1, "Tháng 10/2026"),
        ("10/2026", "2026-10", date(2026, 10, 1), date(2026, 10, 31), 1, "Tháng 10/2026"),
        ("2026-Q1", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31), 3, "Quý I/2026"),
        ("2026-q4", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31), 3, "Quý IV/2026"),
        ("2026-H1", "2026-H1", date(2026, 1, 1), date(2026, 6, 30), 6, "6 tháng đầu năm 2026"),
        ("2026-H2", "2026-H2", date(2026, 7, 1), date(2026, 12, 31), 6, "6 tháng cuối năm 2026"),
        (
            "2026-01-01..2026-06-30",
            "2026-01-01..2026-06-30",
            date(2026, 1, 1),
            date(2026, 6, 30),
            6,
            "Từ 01/01/2026 đến 30/06/2026",
        ),
        (
            "15/12/2025..15/01/2026",
            "2025-12-15..2026-01-15",
            date(2025, 12, 15),
            date(2026, 1, 15),
            2,
            "Từ 15/12/2025 đến 15/01/2026",
        ),
    ],
)
def test_a_period_is_named_as_a_report_names_it(
    typed: str, key: str, first: date, last: date, count: int, label: str
) -> None:
    period = Period.parse(typed)
    assert (period.key, period.first, period.last, period.label) == (key, first, last, label)
    assert len(period.months) == count
    assert (period.months[0], period.months[-1]) == (month_of(first), month_of(last))
    assert Period.parse(period.key) == period
    assert first in period
    assert last in period
    assert date(2024, 5, 5) not in period


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "2026-Q5",
        "2026-H3",
        "2026-13",
        "1785",
        "2026-06-30..2026-01-01",
        "2026-01..2026-06",
        "..",
        "01/10/2026",
    ],
)
def test_an_unclear_period_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"hãy .+\.$"):
        Period.parse(typed)


def test_a_period_is_made_of_a_month_or_a_year() -> None:
    assert Period.of_month("2026-02") == Period.parse("2026-02")
    assert Period.of_year(2026) == Period.parse("2026")
