"""Names and search as people expect them in Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.vietnamese import (
    SURNAMES,
    clean,
    fold,
    given_name,
    initials,
    matches,
    sort_key,
    split_name,
)

letters = st.characters(min_codepoint=0x20, max_codepoint=0x1EF9)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn   Văn  Thắng ", "Nguyễn Văn Thắng"),
        (unicodedata.normalize("NFD", "Đặng Thị Thuỷ"), "Đặng Thị Thuỷ"),
        ("Nguyê\u0303n", "Nguyễn"),
        ("Ðặng Ðức ðạo", "Đặng Đức đạo"),
        ("\ufeffLê\u00a0Thị\u200b Hoa\u200d", "Lê Thị Hoa"),
        ("", ""),
    ],
)
def test_text_is_stored_in_one_spelling(typed: str, stored: str) -> None:
    assert clean(typed) == stored


def test_cleaning_leaves_the_soft_hyphen_that_tcvn3_reads_as_a_letter() -> None:
    assert clean("Th\u00ad") == "Th\u00ad"


@given(st.text(letters))
def test_cleaning_and_folding_twice_change_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(clean(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng  Thúy", "dang thuy"),
        ("Ðặng", "dang"),
        ("THUÝ", "thuy"),
        ("Số tiền (đồng)", "so tien (dong)"),
        ("Ưu ươm ỡ", "uu uom o"),
        ("mềm\u00admại", "memmai"),
    ],
)
def test_folding_drops_marks_and_case(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_name_parts_into_family_and_given_name() -> None:
    assert split_name(" Nguyễn  Văn Thắng") == ("Nguyễn Văn", "Thắng")
    assert split_name("Thắng") == ("", "Thắng")
    assert split_name("") == ("", "")
    assert given_name("Lê Thị Như Ý") == "Ý"
    assert initials("Nguyễn Văn Thắng") == "nvt"
    assert initials("Đặng Ước") == "du"


def in_order(*names: str) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == list(names)


def test_names_sort_by_given_name_then_surname_then_middle_name() -> None:
    in_order("Trần An", "Bùi Văn Bình", "Lê Bình", "Lê Thị Bình", "Lê Văn Bình", "Nguyễn Bình", "Đỗ Cường")


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    in_order(*(f"Lê {c}" for c in "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"))
    in_order("Lê Dũng", "Lê Đức", "Lê Em", "Lê Ên")
    in_order("Lê An", "Lê Anh", "Lê Ăn", "Lê Ân", "Lê Ba")


def test_tones_decide_after_all_letters() -> None:
    in_order("Lê Ma", "Lê Mà", "Lê Mả", "Lê Mã", "Lê Má", "Lê Mạ", "Lê Mai")
    in_order("Lê Hoa", "Trần Hoa", "Lê Hòa", "Trần Hoà", "Lê Hóa")
    in_order("Lương Hà", "Lường Hà", "Lượng Hà")


def test_case_spelling_and_spaces_do_not_move_a_name() -> None:
    assert sort_key("nguyễn văn THẮNG") == sort_key(unicodedata.normalize("NFD", " Nguyễn Văn  Thắng"))
    assert sort_key("Lê Hòa") == sort_key("Lê Hoà")


@given(st.text(letters))
def test_every_text_has_a_sort_key_in_one_line(text: str) -> None:
    assert sort_key(text) == sort_key(clean(text))
    assert sort_key(text).splitlines() in ([], [sort_key(text)])


@pytest.mark.parametrize(
    "query", ["thang", "Thắng", "nguyen thang", "thang nguyen", "nvt", "vt", "v thang", "ngu", "NGUYENVAN", "hang", ""]
)
def test_a_forgiving_search_finds_the_name(query: str) -> None:
    assert matches(query, "Nguyễn Văn Thắng")


@pytest.mark.parametrize("query", ["thanh", "tvn", "nguyen hoa", "ang van le", "gv"])
def test_a_search_for_another_finds_nothing(query: str) -> None:
    assert not matches(query, "Nguyễn Văn Thắng")


def test_codes_and_numbers_are_found_too() -> None:
    assert matches("33", "33 — Chi quản lý hành chính")
    assert matches("qlhc", "33 — Chi quản lý hành chính")
    assert matches("hanh chinh", "33 — Chi quản lý hành chính")
    assert matches("1234", "040085001234 Lê Văn Út")
    assert not matches("34", "33 — Chi quản lý hành chính")


def test_the_surnames_are_ready_to_compare() -> None:
    assert {"nguyễn", "trần", "lê", "đặng", "lô"} <= SURNAMES
    assert all(name == clean(name).casefold() for name in SURNAMES)
