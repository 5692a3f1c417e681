"""The CCCD number: kept as twelve digits or refused with a sentence; what it tells of sex and year only warns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import cccd

PROVINCE = st.sampled_from(["001", "040", "042", "096"])
REST = st.text("0123456789", min_size=6, max_size=6)


@given(PROVINCE, st.sampled_from(["Nam", "Nữ"]), st.integers(1900, 2099), REST, st.sampled_from(["", " ", ".", "'"]))
def test_a_number_made_by_the_rule_is_kept_and_doubted_by_nobody(
    province: str, sex: str, year: int, rest: str, sign: str
) -> None:
    digit = 2 * (year // 100 - 19) + (sex == "Nữ")
    number = f"{province}{digit}{year % 100:02}{rest}"
    assert cccd.check_cccd(sign.join((number[:3], number[3:6], number[6:]))) == number
    assert cccd.doubt(number, sex, f"{year}-05-01") == ""
    assert "giới tính" in cccd.doubt(number, "Nam" if sex == "Nữ" else "Nữ", str(year))
    assert "ngày sinh" in cccd.doubt(number, sex, str(year + 1))


@given(st.text(max_size=16))
def test_anything_else_is_refused_with_a_sentence_or_stays_as_it_is(typed: str) -> None:
    try:
        kept = cccd.check_cccd(typed)
    except ValueError as error:
        told = str(error)
    else:
        told = ""
        assert cccd.check_cccd(kept) == kept
        assert len(kept) == 12
    assert not told or told.endswith((".", "?"))


def test_a_zero_that_excel_took_is_asked_about() -> None:
    with pytest.raises(ValueError, match="Có phải là 040190001299"):
        cccd.check_cccd("40190001299")
