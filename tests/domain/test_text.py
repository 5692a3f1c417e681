"""What an accountant types is understood in one way, or refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import amounts, cccd, dates, vietnamese
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build, entities, entity_of
from desktop_app.domain.records import Fund, Person, Voucher
from desktop_app.domain.wire import from_wire, to_wire

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.250.000", 1250000), ("1tr25", 1250000), ("1,5tr", 1500000), ("500k", 500000), ("2 tỷ", 2 * 10**9),
     ("1,234,567", 1234567), ("-500.000", -500000), ("(500.000)", -500000), ("640.000 ₫", 640000), (3150.0, 3150)],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(typed: object, amount: int) -> None:
    assert amounts.parse_amount(typed) == amount  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["1,234", "1.23", "abc", "", "1tr2555", "12.34.567", 0.5, float("inf"), "9" * 20])
def test_an_unclear_amount_is_refused(typed: object) -> None:
    with pytest.raises(ValueError):
        amounts.parse_amount(typed)  # type: ignore[arg-type]


@given(st.integers(-(10**15), 10**15))
def test_a_shown_amount_reads_back(amount: int) -> None:
    assert amounts.parse_amount(amounts.format_amount(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Không đồng"), (15, "Mười lăm đồng"), (21, "Hai mươi mốt đồng"), (24, "Hai mươi tư đồng"),
     (105, "Một trăm linh năm đồng"), (1005, "Một nghìn không trăm linh năm đồng"),
     (640000, "Sáu trăm bốn mươi nghìn đồng"), (1000000001, "Một tỷ không trăm linh một đồng"),
     (-5000, "Âm năm nghìn đồng")],
)  # fmt: skip
def test_amounts_in_words_as_on_a_voucher(amount: int, words: str) -> None:
    assert amounts.in_words(amount) == words


@given(st.integers(0, 10**12), st.integers(1, 10**6), st.sampled_from([1, 100, 500, 1000]))
def test_half_up_is_the_nearest_multiple(numerator: int, denominator: int, step: int) -> None:
    rounded = amounts.half_up(numerator, denominator, step)
    assert rounded % step == 0
    assert -step * denominator < 2 * (numerator - rounded * denominator) <= step * denominator or (
        2 * (rounded * denominator - numerator) <= step * denominator
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [("5/3", date(2026, 3, 5)), ("05032026", date(2026, 3, 5)), ("5.3.2026", date(2026, 3, 5)), ("h", TODAY),
     ("-1", date(2026, 11, 22)), ("2026-03-05", date(2026, 3, 5))],
)  # fmt: skip
def test_days_are_day_before_month(typed: str, day: date) -> None:
    assert dates.parse_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31/2/2026", "5", "hôm qua", "2026-13-01"])
def test_a_day_that_is_not_in_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)hãy"):
        dates.parse_day(typed, TODAY)


@pytest.mark.parametrize(("typed", "iso"), [("1985", "1985"), ("3/1985", "1985-03"), ("5/3/1985", "1985-03-05")])
def test_birth_dates_keep_their_precision(typed: str, iso: str) -> None:
    assert dates.parse_partial(typed).iso == iso
    assert dates.parse_partial(iso).iso == iso


@given(st.integers(1950, 2100), st.integers(1, 12), st.integers(-500, 500))
def test_months_add_and_come_back(year: int, month: int, count: int) -> None:
    start = f"{year:04d}-{month:02d}"
    assert dates.add_months(dates.add_months(start, count), -count) == start


def test_a_lost_leading_zero_is_named() -> None:
    with pytest.raises(ValueError, match="040085001234"):
        cccd.check_cccd("40085001234")


def test_search_forgives_and_folds_d() -> None:
    assert vietnamese.matches("dang", "Đặng Thị Thúy")
    assert vietnamese.matches("thang van nguyen", "Nguyễn Văn Thắng")
    assert vietnamese.matches("nvt", "Nguyễn Văn Thắng")
    assert not vietnamese.matches("binh", "Nguyễn Văn Thắng")


def test_names_sort_by_given_name_in_vietnamese_order() -> None:
    names = ["Lê Văn Đạt", "Trần Thị Ân", "Phan Văn Dũng", "Nguyễn Thị An", "Bùi Thị Án"]
    assert sorted(names, key=vietnamese.sort_key) == [
        "Nguyễn Thị An", "Bùi Thị Án", "Trần Thị Ân", "Phan Văn Dũng", "Lê Văn Đạt",
    ]  # fmt: skip


def test_text_is_stored_composed_with_the_right_d() -> None:
    assert vietnamese.clean("Ðặng\u00a0 Thúy\u200b") == "Đặng Thúy"
    assert vietnamese.clean("Đặng\x00 \x1bThúy\x7f\tLan\x1fAn") == "Đặng Thúy Lan An"


def test_every_refused_field_gets_its_own_sentence() -> None:
    with pytest.raises(Refused) as refused:
        build(Person, {"id": "x", "cccd": "123", "birth": "31/2/1985", "sex": "khác"})
    assert {problem.field for problem in refused.value.problems} == {"name", "cccd", "birth", "sex"}


def test_a_voucher_survives_the_wire() -> None:
    fund = "0190a0b0-0000-7000-8000-000000000001"
    voucher = build(
        Voucher,
        {"id": "v", "kind": "PC", "day": "15/10/2026", "text": "Quà 20/10",
         "lines": [{"item": "31", "fund": fund, "amount_out": "5tr5"}]},
    )  # fmt: skip
    assert from_wire(Voucher, "v", to_wire(voucher)) == voucher


def test_a_pulled_value_of_a_wrong_type_is_not_taken() -> None:
    with pytest.raises(ValueError, match="opening"):
        from_wire(Fund, "f", {"opening": "nhiều"})


def test_every_reference_names_a_declared_entity() -> None:
    for declared in entities().values():
        inner = [f for field in declared.fields if field.row for f in entity_of(field.row).fields]
        for field in [*declared.fields, *inner]:
            told_beside = field.name == "owner" and "owner_entity" in declared.defaults
            as_written = declared.name in ("person_pair", "person_split") and not field.to  # never read as a survivor's
            assert field.kind != "ref" or field.to in entities() or told_beside or as_written
