"""One cell as the value a record is built of: what Excel did to numbers, dates and leading zeros is undone here."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from desktop_app.domain import dates
from desktop_app.exchange.layout import Kind
from desktop_app.exchange.source import Cell

_EPOCH = date(1899, 12, 30)  # Excel's day 0, from March 1900 on
_SERIALS = range(7_000, 110_000)  # 1919 to 2201
_EXACT = 10**15
_SHORT_CCCD = re.compile("[1-9][0-9]{10}")
_SHORT_BIRTH = re.compile(r"([0-9]{1,2}[-/.][0-9]{1,2}[-/.])([0-9]{2})")
_TWO_ZEROS = ("1", "2", "4", "6", "8")  # codes 001 to 008: Hà Nội, Hà Giang, Cao Bằng, Bắc Kạn, Tuyên Quang


class Unread(str):
    """What a cell shows that could not be read, beside its problem: a list may keep it as a note."""

    __slots__ = ()


def read(kind: Kind, cell: Cell, *, loose: bool = False) -> object:
    """The cell for `fields.build`. Raises ValueError with a sentence; "" stays "".

    A `loose` day that is known to the month or the year only is a `PartialDate`; a birth may have a short year, and
    a CCCD that lost its first 0 long ago may be text.
    """
    if isinstance(cell, str) and not cell.strip():
        return ""
    if loose and kind in _LOOSE:
        return _LOOSE[kind](cell)
    return _READERS[kind](cell)


def shown(cell: Cell | None) -> str:
    """The cell as a person sees it in Excel, for a refusal."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, datetime):
        return dates.show_day(cell.date())
    if isinstance(cell, date):
        return dates.show_day(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= _EXACT:
        raise ValueError("Excel chỉ giữ đúng 15 chữ số đầu. Hãy định dạng ô là Text rồi gõ lại.")
    return shown(cell)


def _cccd(cell: Cell) -> str:
    """An 11-digit *number* lost the 0 that every province code begins with; 00x codes lost two."""
    text = _text(cell).lstrip("'")
    if isinstance(cell, str) or not text.isdigit():
        bare = re.sub(r"[\s.']", "", text)
        return bare if bare.isdigit() else text
    if len(text) == 11 or (len(text) == 10 and text[0] in _TWO_ZEROS):
        return text.zfill(12)
    return text


def _serial(cell: Cell) -> date | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return _EPOCH + timedelta(days=int(cell))
    return None


def _day(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if day := _serial(cell):
        return day
    unclear = f"“{shown(cell)}” không phải là ngày. Hãy ghi đủ ngày/tháng/năm, ví dụ 05/10/2026."
    written = shown(cell).lstrip("'")
    if not any(c.isdigit() for c in written):
        raise ValueError(unclear)
    try:
        known = dates.parse_partial(written)
    except ValueError as error:
        raise ValueError(str(error) if "lịch" in str(error) or "khoảng" in str(error) else unclear) from None
    if known.day is None:
        raise ValueError(unclear)
    return known.first


def _loose_day(cell: Cell) -> object:
    """Old lists often know the month or only the year of joining."""
    if isinstance(cell, str) or (isinstance(cell, (int, float)) and cell in range(1930, 2101)):
        with suppress(ValueError):
            known = dates.parse_partial(shown(cell).lstrip("'"))
            if known.day is None:
                return known
    return _day(cell)


def _full_year(cell: Cell) -> Cell:
    """A birth as "5/3/85": who works is 15 at least, so the year has one reading (or none, for 1912 to today)."""
    found = _SHORT_BIRTH.fullmatch(cell.strip().lstrip("'")) if isinstance(cell, str) else None
    if not found:
        return cell
    short, youngest = int(found[2]), date.today().year - 15  # noqa: DTZ011 (the accountant's own day)
    century = youngest // 100 * 100
    return f"{found[1]}{century + short if century + short <= youngest else century - 100 + short}"


def _month(cell: Cell) -> object:
    if isinstance(cell, date):
        return dates.month_of(cell)
    return dates.month_of(serial) if (serial := _serial(cell)) else dates.parse_month(shown(cell))


def _birth(cell: Cell) -> object:
    if isinstance(cell, str):
        return cell.lstrip("'")
    if isinstance(cell, date):
        return cell
    return _serial(cell) or shown(cell)


def _number(cell: Cell) -> object:
    if isinstance(cell, (date, time, timedelta)):
        raise ValueError(f"“{shown(cell)}” là ngày giờ, không phải số. Hãy định dạng lại ô rồi gõ số.")
    return cell


def _flag(cell: Cell) -> object:
    return cell if isinstance(cell, bool) else shown(cell)


_LOOSE: dict[Kind, Callable[[Cell], object]] = {
    "day": _loose_day,
    "birth": lambda cell: _birth(_full_year(cell)),
    "cccd": lambda cell: _cccd(int(cell) if isinstance(cell, str) and _SHORT_CCCD.fullmatch(cell) else cell),
}
_READERS = {
    "text": _text,
    "cccd": _cccd,
    "money": _number,
    "whole": _number,
    "day": _day,
    "month": _month,
    "birth": _birth,
    "flag": _flag,
    "choice": shown,
}
