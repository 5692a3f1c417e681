"""Phone numbers as people write them come to one form; what is none is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.contacts import check_email, check_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("84912345678", "0912345678"),
        ("912345678", "0912345678"),
        ("01662345678", "0362345678"),
        ("0123 456 7890", "0834567890"),
        ("+84 166 234 5678", "0362345678"),
        ("(0238) 3844-123", "02383844123"),
    ],
)
def test_a_number_comes_to_one_form(typed: str, kept: str) -> None:
    assert check_phone(typed) == kept


@pytest.mark.parametrize("typed", ["123", "0412345678", "09123456789", "0113456789", "gọi Lan"])
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="không phải số điện thoại"):
        check_phone(typed)


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_good_number_stays_and_its_other_forms_come_to_it(number: str) -> None:
    assert check_phone(number) == check_phone("+84" + number[1:]) == check_phone(number[1:]) == number


def test_an_address_is_kept_in_small_letters_or_refused() -> None:
    assert check_email("Lan.Le@MayHungLoc.vn") == "lan.le@mayhungloc.vn"
    for typed in ("lan", "lan@may", "lan le@may.vn", "a@b.vn; c@d.vn"):
        with pytest.raises(ValueError, match="không phải địa chỉ email"):
            check_email(typed)
