"""Amounts as an accountant types them, and as a voucher prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.amounts import MOST, format_amount, half_up, in_words, money, parse_amount

amounts = st.integers(-MOST, MOST)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.250.000", 1_250_000),
        ("1250000", 1_250_000),
        (" 1 250 000 ", 1_250_000),
        ("1\u00a0250\u00a0000 ₫", 1_250_000),
        ("1,234,567", 1_234_567),
        ("1.234", 1_234),
        ("1.500đ", 1_500),
        ("200.000 đồng", 200_000),
        ("200.000 VNĐ", 200_000),
        ("0", 0),
        ("1tr25", 1_250_000),
        ("1tr250", 1_250_000),
        ("1tr05", 1_050_000),
        ("1tr250k", 1_250_000),
        ("1,5tr", 1_500_000),
        ("1.5 tr", 1_500_000),
        ("1,25 triệu", 1_250_000),
        ("2 trieu", 2_000_000),
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000),
        ("2 tỷ", 2_000_000_000),
        ("2 tỉ 300 triệu", 2_300_000_000),
        ("2tỷ3", 2_300_000_000),
        ("1.234.567k", 1_234_567_000),
        ("-500.000", -500_000),
        ("−500.000", -500_000),
        ("(500.000)", -500_000),
        ("(500.000 đ)", -500_000),
        ("-1tr5", -1_500_000),
        ("=3*150k", 450_000),
        ("=3×150k", 450_000),
        ("=1.250*2 + 200", 2_700),
        ("=2,5*100k", 250_000),
        ("=(1tr-200k)*2", 1_600_000),
        ("=10-2-3", 5),
        ("=2+3*4", 14),
        ("=-500k+2tr", 1_500_000),
        ("=(500.000)", 500_000),
        ("1250000.00", 1_250_000),
        ("1250000.0", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("0,00", 0),
        (1_250_000, 1_250_000),
        (1_250_000.0, 1_250_000),
        (299_999.9999999, 300_000),
        (-7.004, -7),
    ],
)
def test_what_was_typed_is_what_was_meant(typed: str | int | float, meant: int) -> None:
    assert parse_amount(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("1,234", "1.23", "1,50", "12.00", "1.250tr", "1,250tr", "=1,234*2", "0.500", "01.234"),
        *("1.23.456", "1.234,567", "1,234.567", "1234.567", "1.234567", "12,34,567", "1..000"),
        *("", "  ", "abc", "tr", "k500", "1tr2500", "250k1tr", "1tr1000k", "1,5tr5", "1triệuu", "5m"),
        *("3*150k", "=", "=2+", "=2**3", "=()", "=(2", "=2)", "=2 3", "=1/3", "--5", "-(5)", "((5))", "1e6"),
        *("=" + "(" * 12 + "1" + ")" * 12, "=" + "9*" * 60 + "9"),
        *("1250000,5", "1,2345k", "=1,5", 1.2, 0.006, float("nan"), float("inf"), True),
        *("1000000000000000001", "=1000000tỷ*1000tỷ", 10**18 + 1, 1e30),
        *("٣", "½", "１００"),
    ],
)
def test_an_unclear_amount_is_refused_with_one_sentence(typed: str | float) -> None:
    with pytest.raises(ValueError, match=r"^[“HS].+\.$") as refused:
        parse_amount(typed)
    assert "hãy" in str(refused.value).lower()


def test_a_doubtful_thousand_is_offered_the_right_way_to_type_it() -> None:
    with pytest.raises(ValueError, match=r"hãy gõ 1\.234 nếu đúng"):
        parse_amount("1,234")


@given(amounts)
def test_a_printed_amount_is_read_back(amount: int) -> None:
    assert parse_amount(format_amount(amount)) == amount
    assert parse_amount(money(amount)) == amount
    assert parse_amount(str(amount)) == amount


@given(st.text(alphabet="0123456789.,ktrỷ=+-*() đ", max_size=24))
def test_any_keys_give_an_amount_or_a_sentence(keys: str) -> None:
    try:
        outcome = format_amount(parse_amount(keys))
    except ValueError as refused:
        outcome = str(refused)
    assert outcome.endswith(".") or abs(parse_amount(outcome)) <= MOST


def test_amounts_are_shown_with_dots_and_the_sign_of_the_currency() -> None:
    assert format_amount(1_250_000) == "1.250.000"
    assert format_amount(-500) == "-500"
    assert money(0) == "0 ₫"
    assert money(-1_250_000) == "-1.250.000 ₫"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (4, "Bốn đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (55, "Năm mươi lăm đồng"),
        (91, "Chín mươi mốt đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (115, "Một trăm mười lăm đồng"),
        (421, "Bốn trăm hai mươi mốt đồng"),
        (1_000, "Một nghìn đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (1_024, "Một nghìn không trăm hai mươi tư đồng"),
        (1_100, "Một nghìn một trăm đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (21_500, "Hai mươi mốt nghìn năm trăm đồng"),
        (105_000, "Một trăm linh năm nghìn đồng"),
        (640_000, "Sáu trăm bốn mươi nghìn đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
        (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
        (2_340_000, "Hai triệu ba trăm bốn mươi nghìn đồng"),
        (10_000_000, "Mười triệu đồng"),
        (
            123_456_789,
            "Một trăm hai mươi ba triệu bốn trăm năm mươi sáu nghìn bảy trăm tám mươi chín đồng",
        ),
        (10**9, "Một tỷ đồng"),
        (10**9 + 5, "Một tỷ không trăm linh năm đồng"),
        (10**9 + 10**6, "Một tỷ không trăm linh một triệu đồng"),
        (2_500_000_000, "Hai tỷ năm trăm triệu đồng"),
        (10**12, "Một nghìn tỷ đồng"),
        (1_005 * 10**9, "Một nghìn không trăm linh năm tỷ đồng"),
        (10**15, "Một triệu tỷ đồng"),
        (10**15 + 10**9, "Một triệu không trăm linh một tỷ đồng"),
        (10**18, "Một tỷ tỷ đồng"),
        (10**18 + 10**9 + 1, "Một tỷ không trăm linh một tỷ không trăm linh một đồng"),
        (-1_250_000, "Âm một triệu hai trăm năm mươi nghìn đồng"),
    ],
)
def test_the_amount_in_words_is_as_a_voucher_says_it(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_the_word_for_a_missing_ten_is_a_choice() -> None:
    assert in_words(1_005, linh="lẻ") == "Một nghìn không trăm lẻ năm đồng"
    assert in_words(105_107, linh="lẻ") == "Một trăm lẻ năm nghìn một trăm lẻ bảy đồng"


DIGITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}


def heard(words: str) -> int:
    """What a listener writes down: an independent reading of an amount in words."""
    total = group = part = digit = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word == "tỷ":
            total, group, part, digit = (total + group + part + digit) * 10**9, 0, 0, 0
        elif word in ("triệu", "nghìn"):
            group += (part + digit) * (10**6 if word == "triệu" else 10**3)
            part = digit = 0
        elif word in ("trăm", "mươi"):
            part, digit = part + digit * (100 if word == "trăm" else 10), 0
        elif word == "mười":
            part += 10
        elif word != "linh":
            digit = DIGITS[word]
    return total + group + part + digit


@given(st.integers(0, 10**18) | st.integers(0, 10**10))
def test_words_are_heard_as_the_same_amount(amount: int) -> None:
    words = in_words(amount)
    assert heard(words) == amount
    assert "  " not in words


@pytest.mark.parametrize(
    ("numerator", "denominator", "step", "rounded"),
    [
        (5, 10, 1, 1),
        (4, 10, 1, 0),
        (15, 10, 1, 2),
        (25, 10, 1, 3),
        (-5, 10, 1, -1),
        (5, -10, 1, -1),
        (2_530_000 * 1, 100, 1, 25_300),
        (1_499, 1, 1_000, 1_000),
        (1_500, 1, 1_000, 2_000),
        (-1_500, 1, 1_000, -2_000),
        (3_001, 2, 1_000, 2_000),
        (0, 7, 1, 0),
    ],
)
def test_halves_are_rounded_up_exactly(numerator: int, denominator: int, step: int, rounded: int) -> None:
    assert half_up(numerator, denominator, step) == rounded


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**6), st.integers(1, 10**4))
def test_rounding_is_nearest_and_its_reversal_exact(numerator: int, denominator: int, step: int) -> None:
    rounded = half_up(numerator, denominator, step)
    assert rounded % step == 0
    assert 2 * abs(rounded * denominator - numerator) <= denominator * step
    assert half_up(-numerator, denominator, step) == -rounded
