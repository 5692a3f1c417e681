"""Fields that the province adds to the record of a person: what kinds there are, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from desktop_app.domain import dates, vietnamese

TEXT, NUMBER, DAY, CHOICE = "Chữ", "Số", "Ngày", "Lựa chọn"
KINDS = (TEXT, NUMBER, DAY, CHOICE)
LONGEST = 300


def check_code(given: str) -> str:
    """The code of a field: small letters, digits and "_". Raises ValueError with a sentence."""
    code = given.strip().lower()
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,29}", code):
        raise ValueError(f"“{given}” không đúng. Mã gồm chữ thường không dấu, số và dấu _, ví dụ nha_o_xa_hoi.")
    return code


def read(kind: str, choices: Sequence[str], given: object, today: date) -> str:
    """What somebody gave for a field of a kind, in its one form: a day as ISO text, a number with a point.

    Raises ValueError with a sentence.
    """
    if isinstance(given, date):
        return given.isoformat()
    text = vietnamese.clean(str(given))
    if kind == DAY:
        return dates.parse_day(text, today).isoformat()
    if kind == NUMBER:
        try:
            number = Decimal(text.replace(",", ".")) if re.fullmatch(r"-?\d{1,15}([.,]\d{1,6})?", text) else None
        except InvalidOperation:
            number = None
        if number is None:
            raise ValueError(f"“{text}” không phải một số. Hãy gõ ví dụ 12 hoặc 12,5.")
        return format(number, "f")
    if kind == CHOICE:
        folded = vietnamese.fold(text)
        for choice in choices:
            if vietnamese.fold(choice) == folded:
                return choice
        raise ValueError(f"“{text}” không có trong danh sách. Hãy chọn: {', '.join(choices)}.")
    if len(text) > LONGEST:
        raise ValueError(f"dài {len(text)} ký tự, nhiều nhất là {LONGEST}. Hãy viết ngắn lại.")
    return text


def shown(kind: str, value: str) -> str:
    """A kept value as it is read: 05/03/2026, "12,5"."""
    if kind == DAY and value:
        return dates.show_day(date.fromisoformat(value))
    return value.replace(".", ",") if kind == NUMBER else value


def check_key(given: str) -> str:
    """Marks the code of a field beside its value."""
    return given


def check_value(given: str) -> str:
    """Marks the value of a field."""
    return given


def told(value: str) -> str:
    """A kept value of whatever kind as papers show it."""
    return dates.show_day(date.fromisoformat(value)) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value
