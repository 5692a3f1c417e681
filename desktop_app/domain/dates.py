"""Days, months and periods as people write them: day first, never guessed the American way.

A day is a `datetime.date`, a month the text "2026-10"; a birth may be known to the month or the year only.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_EARLIEST, _LATEST = 1900, 2100
_QUARTERS = ("I", "II", "III", "IV")
_CLOCK = r"(?:[ t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_ISO_DAY = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_CLOCK}")
_FULL_DAY = re.compile(rf"([0-9]{{1,2}}) ?([-/.]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{4}}){_CLOCK}")
_SHORT_DAY = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{2}))?")
_DIGITS_DAY = re.compile(r"([0-9]{2})()([0-9]{2})([0-9]{4})")
_SPOKEN_DAY = re.compile(r"(?:ngày )?([0-9]{1,2})( tháng )([0-9]{1,2}) năm ([0-9]{4})")
_MONTH = re.compile(r"(?:tháng |t\.? ?)?([0-9]{1,2}) ?(?:[-/.]|năm) ?([0-9]{4})")
_ISO_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")


def parse_day(given: str | date, today: date) -> date:
    """Read a day: "5/3" (of `today`'s year), "05032026", "5-3-2026", "5.3.26", ISO, "h" for today, "-1", "+1".

    Excel's `date` and `datetime` pass. Raises `ValueError` with a sentence that tells what to type.
    """
    if isinstance(given, date):
        return _as_day(given)
    text = _tidy(given)
    if text in ("h", "hn", "hôm nay", "hom nay"):
        return today
    if re.fullmatch(r"[-+][0-9]{1,3}", text):
        return today + timedelta(days=int(text))
    numbers = _three_numbers(text)
    if numbers is None:
        found = _SHORT_DAY.fullmatch(text)
        if not found:
            raise ValueError(_what_day(given))
        year = today.year if found[4] is None else today.year // 100 * 100 + int(found[4])
        # A short year is this century's, near today; "85" is as likely a birth of 1985.
        if year > today.year + 10:
            raise ValueError(f"“{given}” chưa rõ năm nào, hãy gõ đủ bốn chữ số của năm, ví dụ 05/03/{today.year}.")
        numbers = (year, int(found[3]), int(found[1]))
    return _day(*numbers)


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or only a year, as old papers know a birth. Raises `ValueError` if there is no such day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("Có ngày thì phải có tháng, hãy gõ như 05/03/1985.")
        try:
            _day(self.year, self.month or 1, self.day or 1)
        except ValueError:
            _day(self.year, self.month or 1, self.day or 1, shown=self.display)

    @property
    def iso(self) -> str:
        """ "1985-03-05", "1985-03" or "1985": how it is stored; as text it sorts by time."""
        return "-".join(reversed(self._numbers()))

    @property
    def display(self) -> str:
        """ "05/03/1985", "03/1985" or "1985"."""
        return "/".join(self._numbers())

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return self.display

    def _numbers(self) -> list[str]:
        known = [f"{number:02}" for number in (self.day, self.month) if number is not None]
        return [*known, f"{self.year:04}"]


def parse_partial(given: str | int | float | date | PartialDate) -> PartialDate:
    """Read "05/03/1985", "03/1985", "1985" (also ISO, digits, a year as number, "00/00/1985" of old lists)."""
    if isinstance(given, PartialDate):
        return given
    if isinstance(given, date):
        day = _as_day(given)
        return PartialDate(day.year, day.month, day.day)
    if isinstance(given, bool) or (isinstance(given, float) and not given.is_integer()):
        raise ValueError(_what_partial(given))
    text = _tidy(given if isinstance(given, str) else str(int(given)))
    if len(text) == 4 and text.isascii() and text.isdecimal():
        return PartialDate(int(text))
    numbers = _three_numbers(text)
    if numbers is None and (months := _month_numbers(text)):
        numbers = (*months, 0)
    if numbers is None:
        raise ValueError(_what_partial(given))
    year, month, day_number = numbers
    return PartialDate(year, month or None, day_number or None)


# --- months ----------------------------------------------------------------------------------------------


def parse_month(given: str | date) -> str:
    """Read "10/2026", "2026-10", "T10/2026", "tháng 10 năm 2026" or a day within the month; answers "2026-10"."""
    if isinstance(given, date):
        return month_of(given)
    text = _tidy(str(given))
    numbers = _month_numbers(text)
    if numbers is None:
        if day := _three_numbers(text):
            return month_of(_day(*day))
        raise ValueError(f"“{given}” chưa rõ là tháng nào, hãy gõ tháng và năm, ví dụ 10/2026.")
    year, month = numbers
    if not (1 <= month <= 12 and _EARLIEST <= year <= _LATEST):
        raise ValueError(f"Không có tháng {month:02}/{year:04}, hãy gõ tháng và năm, ví dụ 10/2026.")
    return f"{year:04}-{month:02}"


def month_of(day: date) -> str:
    """The month a day lies in: "2026-10"."""
    return f"{day.year:04}-{day.month:02}"


def first_day(month: str) -> date:
    """The first day of "2026-10"."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """The last day of "2026-10"."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def add_months(month: str, count: int) -> str:
    """The month `count` later (earlier if negative): add_months("2026-11", 3) -> "2027-02"."""
    years, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + count, 12)
    return f"{years:04}-{number + 1:02}"


def shift_months(day: date, count: int) -> date:
    """The same day `count` months later, or the last of that month where it has no such day."""
    last = last_day(add_months(month_of(day), count))
    return last.replace(day=min(day.day, last.day))


def months_from(first: str, last: str) -> tuple[str, ...]:
    """Every month from `first` through `last`; empty when `last` is earlier."""
    count = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    return tuple(add_months(first, n) for n in range(count))


def show_day(day: date) -> str:
    """ "05/03/2026"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def show_month(month: str) -> str:
    """ "2026-10" -> "10/2026"."""
    return f"{month[5:]}/{month[:4]}"


# --- periods ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """What a report covers, both ends included; `key` is how commands and files name it."""

    key: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2026`, `2026-10`, `2026-Q4`, `2026-H1`, `2026-01-01..2026-06-30`; also a month as `parse_month`.

        Raises `ValueError` with a sentence that tells what to type.
        """
        key = _tidy(text).upper().replace(" ", "")
        if ".." in key:
            ends = [_three_numbers(end) for end in key.split("..", 1)]
            if ends[0] is None or ends[1] is None:
                raise ValueError(_what_period(text))
            first, last = _day(*ends[0]), _day(*ends[1])
            if last < first:
                raise ValueError(
                    f"Kỳ phải bắt đầu trước khi kết thúc, hãy đổi chỗ {show_day(first)} và {show_day(last)}."
                )
            return cls(f"{first.isoformat()}..{last.isoformat()}", first, last)
        found = re.fullmatch(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])))?", key)
        if found:
            year = int(found[1])
            if not _EARLIEST <= year <= _LATEST:
                raise ValueError(_what_period(text))
            length = 3 if found[2] else 6 if found[3] else 12
            start = (int(found[2] or found[3] or 1) - 1) * length + 1
            return cls(key, date(year, start, 1), last_day(f"{year}-{start + length - 1:02}"))
        if _month_numbers(_tidy(text)) is None:
            raise ValueError(_what_period(text))
        return cls.of_month(parse_month(text))

    @classmethod
    def of_month(cls, month: str) -> Period:
        """The period of one month "2026-10"."""
        return cls(month, first_day(month), last_day(month))

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The period of one calendar year."""
        return cls(f"{year:04}", date(year, 1, 1), date(year, 12, 31))

    @property
    def months(self) -> tuple[str, ...]:
        """Every month the period touches, in order."""
        return months_from(month_of(self.first), month_of(self.last))

    @property
    def label(self) -> str:
        """As a heading says it: "Tháng 10/2026", "Quý IV/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
        year, _, part = self.key.partition("-")
        if ".." in self.key:
            return f"Từ {show_day(self.first)} đến {show_day(self.last)}"
        if not part:
            return f"Năm {year}"
        if part.startswith("Q"):
            return f"Quý {_QUARTERS[int(part[1]) - 1]}/{year}"
        if part.startswith("H"):
            return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"
        return f"Tháng {part}/{year}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


# --- reading ---------------------------------------------------------------------------------------------


def _tidy(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    text = unicodedata.normalize("NFC", text).replace("−", "-").lower()
    return " ".join(re.sub("[\u200b-\u200d\ufeff]", "", text).split())


def _as_day(given: date) -> date:
    return given.date() if isinstance(given, datetime) else given


def _three_numbers(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of a text that names all three beyond doubt."""
    if found := _ISO_DAY.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _FULL_DAY.fullmatch(text) or _DIGITS_DAY.fullmatch(text) or _SPOKEN_DAY.fullmatch(text):
        return int(found[4]), int(found[3]), int(found[1])
    return None


def _month_numbers(text: str) -> tuple[int, int] | None:
    if found := _MONTH.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _ISO_MONTH.fullmatch(text):
        return int(found[1]), int(found[2])
    return None


def _day(year: int, month: int, day: int, shown: str = "") -> date:
    shown = shown or f"{day:02}/{month:02}/{year:04}"
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError(f"Năm {year:04} nằm ngoài khoảng {_EARLIEST}–{_LATEST}, hãy kiểm tra lại {shown}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Không có {shown} trong lịch, hãy gõ ngày rồi đến tháng, ví dụ 05/03/2026.") from None


def _what_day(given: object) -> str:
    return f"“{given}” chưa rõ là ngày nào, hãy gõ ngày/tháng/năm, ví dụ 05/03/2026, hoặc h cho hôm nay."


def _what_partial(given: object) -> str:
    return f"“{given}” chưa rõ là ngày nào, hãy gõ 05/03/1985, hoặc 03/1985, hoặc 1985."


def _what_period(given: object) -> str:
    return f"“{given}” chưa rõ là kỳ nào, hãy gõ 2026, 2026-10, 2026-Q4, 2026-H1 hoặc 2026-01-01..2026-06-30."
