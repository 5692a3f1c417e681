"""The catalogue of mục thu, chi: names of HD 47, what can be posted, what a wrong code is told."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.storage.book import Book
from desktop_app.storage.items import items, shipped

TODAY = date(2026, 10, 31)


def test_the_items_of_2026_are_those_of_hd_47(book: Book) -> None:
    found = items(book, TODAY)
    assert [item.code for item in found.posted("in")] == ["22", "23", "24", "25.01", "25.02", "28.01", "28.02", "40"]
    assert [item.code for item in found.posted("out")] == ["31", "32", "33", "34.01", "34.02", "37", "39", "42"]
    assert found.name("28.01") == "KPCĐ cấp trên cấp theo phân phối"
    assert (found.by_code["25.01"].parent, found.by_code["25"].sum_of) == ("25", ("25.01", "25.02"))
    assert all(item.evidence and item.short for item in found)


def test_a_day_before_the_first_catalogue_has_the_first_one() -> None:
    assert shipped(date(2020, 1, 1)) is shipped(TODAY)


@pytest.mark.parametrize(
    ("code", "told"), [("25", "25.01, 25.02"), ("34", "34.01, 34.02"), ("10", "số dư"), ("99", "Không có mục 99")]
)
def test_a_code_no_voucher_may_carry_is_told_why(code: str, told: str) -> None:
    assert told in str(shipped(TODAY).refusal(code))


def test_a_good_code_is_not_refused_and_a_local_one_counts_in_its_item() -> None:
    assert shipped(TODAY).refusal("31") is None
    assert [shipped(TODAY).of_form(code) for code in ("31.05", "31", "77")] == ["31", "31", ""]
