"""Days and amounts as banks write them: "1,250,000.00", "-52.547 VND", "31/10/2023 5243.65937"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from desktop_app.exchange.source import Cell

_DMY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_YMD = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_TIME = re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?\s*([ap]m)?", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)  # Excel's day 0
_SERIALS = range(30_000, 80_000)  # 1982 to 2119
_MONEY = re.compile(r"[+(-]?\s*\d[\d.,\s]*\)?")
_GREATEST = 10**15


def day_of(cell: Cell) -> tuple[date, str] | None:
    """The day in a cell and what else stands there (Vietcombank adds the reference); None if there is no day."""
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return (_EPOCH + timedelta(days=int(cell)), "") if int(cell) in _SERIALS else None
    text = str(cell)
    if found := _DMY.search(text):
        numbers, at = (int(found[3]) + (2000 if len(found[3]) == 2 else 0), int(found[2]), int(found[1])), found
    elif found := _YMD.search(text):
        numbers, at = (int(found[1]), int(found[2]), int(found[3])), found
    else:
        return None
    try:
        day = date(*numbers)
    except ValueError:
        return None
    return day, " ".join(_TIME.sub(" ", text[: at.start()] + " " + text[at.end() :]).split())


def money_of(cell: Cell) -> int | None:
    """The amount in a cell in đồng with its sign, None if there is none. Raises ValueError for what is no amount."""
    if isinstance(cell, (bool, date, time, timedelta)):
        raise ValueError(str(cell))
    if isinstance(cell, (int, float)):
        if abs(cell) > _GREATEST:
            raise ValueError(str(cell))
        return round(cell)
    text = re.sub(r"(?i)\s*(vn[dđ]|đ|₫)\s*$", "", str(cell).strip().lstrip("'")).strip().replace("\u2212", "-")
    if text in ("", "-", "–"):
        return None
    if not _MONEY.fullmatch(text):
        raise ValueError(text)
    below = text.startswith(("-", "(")) or text.endswith("-")
    digits = _whole_digits(re.sub(r"[^\d.,]", "", text))
    if len(digits) > len(str(_GREATEST)):
        raise ValueError(text)
    return -int(digits) if below else int(digits)


def _whole_digits(text: str) -> str:
    """The digits before the decimal sign: the last of two kinds of sign, or one that no three digits follow."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    both = "." in text and "," in text
    decimal = text.count(text[last]) == 1 if both else len(text) - last - 1 != 3
    return re.sub(r"\D", "", text[:last] if decimal else text) or "0"
