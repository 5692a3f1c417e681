"""Money is whole đồng: read as people type it, written as papers want it, rounded exactly.

    "1.250.000"  "1tr25"  "1,5tr"  "500k"  "2 tỷ 300 triệu"  "=3*150k"  "(500.000)"

The dot groups thousands and the comma starts decimals, as Vietnamese write. What could be read in two ways
("1,234", "1.23") is refused: a wrong amount costs more than one more keystroke.
"""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction

MOST = 10**15
"""The largest amount read, in đồng: far above any union's books; the sum of thousands of them fits in 64 bits."""

_LONGEST_TEXT = 100
_DEEPEST = 10

_UNITS = {
    "k": 10**3, "nghìn": 10**3, "ngàn": 10**3, "nghin": 10**3, "ngan": 10**3,
    "tr": 10**6, "triệu": 10**6, "trieu": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "ty": 10**9, "ti": 10**9,
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_CURRENCY = re.compile(r"(?:đồng|dong|vnđ|vnd|đ|₫)\.?$")
_WITH_UNIT = re.compile(rf"([0-9][0-9.,]*) *({_UNIT})(?![^\W\d_]) *")
_TAIL = re.compile(r"[0-9]{1,3}")
_HEAD = "[1-9][0-9]{0,2}"
_GROUPED = re.compile(rf"{_HEAD}(?:(?:\.[0-9]{{3}})+|(?:,[0-9]{{3}}){{2,}}|(?: [0-9]{{3}})+)")
_BOTH_MARKS = re.compile(rf"({_HEAD}(?:\.[0-9]{{3}})+),([0-9]{{1,2}})|({_HEAD}(?:,[0-9]{{3}})+)\.([0-9]{{1,2}})")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")


def parse_amount(given: str | int | float) -> int:
    """Read an amount as typed or as a cell holds it; answers đồng, negative for "-500.000" and "(500.000)".

    A float (Excel) counts only when it is whole within 0.005. Text that begins with "=" may use + - * and
    parentheses. Raises `ValueError` with one Vietnamese sentence when the amount is unclear or not whole.
    """
    if isinstance(given, bool):
        raise ValueError(_unclear("Có" if given else "Không"))
    if isinstance(given, int):
        return given if abs(given) <= MOST else _whole(Fraction(given), str(given))
    if isinstance(given, float):
        if not math.isfinite(given):
            raise ValueError(_unclear(str(given)))
        nearest = round(given)
        if abs(given - nearest) > 0.005:
            raise ValueError(_not_whole(f"{given:f}".rstrip("0").replace(".", ",")))
        return parse_amount(nearest)
    text = _tidy(given)
    if not text:
        raise ValueError("Hãy nhập số tiền, ví dụ 1.250.000 hoặc 1tr25.")
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"Số tiền dài {len(text)} ký tự, nhiều nhất là {_LONGEST_TEXT}, hãy viết gọn lại.")
    if text.startswith("="):
        return _whole(_Sum(text[1:], text).value(), text)
    sign, bare = 1, _CURRENCY.sub("", text).strip()
    if bare.startswith("(") and bare.endswith(")"):
        sign, bare = -1, _CURRENCY.sub("", bare[1:-1].strip()).strip()
    elif bare.startswith(("-", "+")):
        sign, bare = (-1 if bare[0] == "-" else 1), bare[1:].strip()
    return sign * _whole(_number(bare, text, in_sum=False), text)


def format_amount(amount: int) -> str:
    """Đồng with dots between thousands: 1250000 -> "1.250.000"."""
    return f"{amount:,}".replace(",", ".")


def money(amount: int) -> str:
    """Đồng with the sign of the currency: 1250000 -> "1.250.000 ₫"."""
    return f"{format_amount(amount)} ₫"


def half_up(numerator: int, denominator: int = 1, step: int = 1) -> int:
    """`numerator / denominator` rounded to the nearest multiple of `step`, in integers only.

    Halves go away from zero, so that the reversal of a rounded amount is its exact negative.
    """
    if step < 1:
        raise ValueError("step must be 1 or more")
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(abs(numerator), denominator * step)
    rounded = (whole + (2 * rest >= denominator * step)) * step
    return -rounded if numerator < 0 else rounded


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(amount: int, linh: str = "linh") -> str:
    """The amount in words for a voucher: 1005 -> "Một nghìn không trăm linh năm đồng".

    `linh` is the word for a missing ten ("linh" or "lẻ"; both are heard). Beyond a billion tỷ repeats:
    10**18 is "Một tỷ tỷ đồng".
    """
    words = _spell(abs(amount), linh, inner=False) if amount else "không"
    sentence = f"{'âm ' if amount < 0 else ''}{words} đồng"
    return sentence[0].upper() + sentence[1:]


def _spell(number: int, linh: str, *, inner: bool) -> str:
    """Words of a positive number; `inner` once larger groups were said: hundreds must be said too."""
    said: list[str] = []
    if number >= 10**9:
        said.append(f"{_spell(number // 10**9, linh, inner=inner)} tỷ")
        number %= 10**9
        inner = True
    for unit, name in ((10**6, " triệu"), (10**3, " nghìn"), (1, "")):
        if group := number // unit % 1000:
            said.append(_three(group, linh, inner=inner or bool(said)) + name)
    return " ".join(said)


def _three(group: int, linh: str, *, inner: bool) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or inner else []
    if tens == 1:
        said.append("mười")
    elif tens:
        said.append(f"{_DIGITS[tens]} mươi")
    elif ones and said:
        said.append(linh)
    if ones == 5 and tens:
        said.append("lăm")
    elif ones == 1 and tens > 1:
        said.append("mốt")
    elif ones == 4 and tens > 1:
        said.append("tư")
    elif ones:
        said.append(_DIGITS[ones])
    return " ".join(said)


# --- reading ---------------------------------------------------------------------------------------------


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("−", "-").replace("×", "*").lower()
    return " ".join(re.sub("[\u200b-\u200d\ufeff]", "", text).split())


def _number(bare: str, whole: str, *, in_sum: bool) -> Fraction:
    """One unsigned number with or without units; `whole` is what the user typed, for the sentence."""
    at, total, unit = 0, Fraction(0), 0
    while found := _WITH_UNIT.match(bare, at):
        smaller = _UNITS[found[2]]
        part = _plain(found[1], whole, before_unit=True) * smaller
        if unit and (smaller >= unit or part >= unit):
            raise ValueError(_unclear(whole))
        total, unit, at = total + part, smaller, found.end()
    if not unit:
        return _plain(bare, whole, in_sum=in_sum)
    if at < len(bare):
        # "1tr25": what follows the unit is its decimals, as it is said.
        tail = bare[at:]
        if not _TAIL.fullmatch(tail) or (total / unit).denominator != 1:
            raise ValueError(_unclear(whole))
        total += Fraction(int(tail) * unit, 10 ** len(tail))
    return total


def _plain(bare: str, whole: str, *, before_unit: bool = False, in_sum: bool = False) -> Fraction:
    """Digits with their marks. Decimals count before a unit ("1,5tr") and in a sum ("=2,5*100k").

    Elsewhere only decimals of zeros pass, as bank statements print them.
    """
    decimals = before_unit or in_sum
    if re.fullmatch("[0-9]+", bare):
        return Fraction(int(bare))
    # "1.250tr" may be 1.250 triệu or 1,25 triệu; only several groups are beyond doubt before a unit.
    if _GROUPED.fullmatch(bare) and not (before_unit and bare.count(".") == 1):
        return Fraction(int(re.sub("[., ]", "", bare)))
    if both := _BOTH_MARKS.fullmatch(bare):
        integer, fraction = (both[1], both[2]) if both[1] else (both[3], both[4])
        integer = re.sub("[.,]", "", integer)
    elif single := _DECIMAL.fullmatch(bare):
        integer, fraction = single[1], single[2]
        if len(fraction) == 3:
            raise ValueError(_two_readings(bare, whole))
        # "12.00" without a unit may be a slip for 12.000; "1250000.00" comes from a bank.
        if not decimals and len(integer) < 4 and int(integer + fraction):
            raise ValueError(_unclear(whole))
    else:
        raise ValueError(_unclear(whole))
    if int(fraction) and not decimals:
        raise ValueError(_not_whole(whole))
    return Fraction(int(integer + fraction), 10 ** len(fraction))


class _Sum:
    """A sum over + - * and parentheses, read by falling from the weakest sign to the strongest."""

    def __init__(self, text: str, whole: str) -> None:
        self._parts = [part.strip() for part in re.split(r"([-+*()])", text) if part.strip()]
        self._whole = whole
        self._at = 0

    def value(self) -> Fraction:
        total = self._terms(0)
        if self._at < len(self._parts):
            raise ValueError(_unclear(self._whole))
        return total

    def _next(self, *signs: str) -> str:
        """Take the next part if it is one of `signs`; else answer ""."""
        if self._at < len(self._parts) and self._parts[self._at] in signs:
            self._at += 1
            return self._parts[self._at - 1]
        return ""

    def _terms(self, depth: int) -> Fraction:
        if depth > _DEEPEST:
            raise ValueError(_unclear(self._whole))
        total = -self._factors(depth) if self._next("-") else self._factors(depth)
        while sign := self._next("+", "-"):
            term = self._factors(depth)
            total = total + term if sign == "+" else total - term
        return total

    def _factors(self, depth: int) -> Fraction:
        product = self._operand(depth)
        while self._next("*"):
            product *= self._operand(depth)
        return product

    def _operand(self, depth: int) -> Fraction:
        if self._next("("):
            inside = self._terms(depth + 1)
            if not self._next(")"):
                raise ValueError(_unclear(self._whole))
            return inside
        if self._at >= len(self._parts):
            raise ValueError(_unclear(self._whole))
        self._at += 1
        return _number(_CURRENCY.sub("", self._parts[self._at - 1]).strip(), self._whole, in_sum=True)


def _whole(value: Fraction, text: str) -> int:
    if value.denominator != 1:
        raise ValueError(_not_whole(text))
    if abs(value) > MOST:
        raise ValueError(f"“{text}” lớn quá mức sổ ghi được, hãy kiểm tra lại số tiền.")
    return int(value)


def _unclear(text: str) -> str:
    return f"“{text}” chưa rõ là bao nhiêu đồng, hãy gõ đủ số, ví dụ 1.250.000 hoặc 1tr25."


def _two_readings(bare: str, text: str) -> str:
    digits = re.sub("[.,]", "", bare)
    if bare == text:
        return f"“{text}” có thể đọc theo hai cách, hãy gõ {format_amount(int(digits))} nếu đúng là số đó."
    return f"“{text}” có thể đọc theo hai cách, hãy gõ đủ số đồng, ví dụ 1.250.000."


def _not_whole(text: str) -> str:
    return f"“{text}” có phần lẻ của đồng, hãy gõ số đồng tròn, ví dụ 1.250.000."
