"""The sieve of the list of people: which rows each chip lets through, as conditions over `people p`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop_app.storage.movements import pause_of

Sieve = Mapping[str, str]
"""What each chip is set to, by its key; unknown keys and "" let everybody through."""

_HERE = "(p.\"left\" IS NULL OR p.\"left\" > :day)"
_MEMBER = "(p.member = 1 AND (p.until IS NULL OR p.until > :day))"
PAUSED = f"{pause_of('p.id', ':day', ':day')} IS NOT NULL"
WAGE = (
    "coalesce((SELECT insured FROM wages w WHERE w.person = p.id AND w.retired = 0"
    " ORDER BY w.from_month <= :month DESC, w.from_month DESC, w.id DESC LIMIT 1), 0)"
)
STATUS = (
    f"CASE WHEN NOT {_HERE} THEN 'đã thôi'"
    f" WHEN NOT {_MEMBER} THEN iif(p.member = 1, 'đã ra công đoàn', 'chưa gia nhập')"
    f" WHEN {PAUSED} THEN 'tạm dừng' ELSE 'đang sinh hoạt' END"
)
_GAP = "(p.cccd = '' OR p.birth = '' OR p.sex = '' OR NOT EXISTS (SELECT 1 FROM wages w WHERE w.person = p.id AND w.retired = 0 AND w.insured > 0))"  # noqa: E501
_STATES = {
    "now": _HERE,
    "đang sinh hoạt": f"{_HERE} AND {_MEMBER}",
    "tạm dừng": f"{_HERE} AND {_MEMBER} AND {PAUSED}",
    "chưa gia nhập": f"{_HERE} AND NOT {_MEMBER}",
    "gaps": f"{_HERE} AND {_MEMBER} AND {_GAP}",
    "đã thôi": f"NOT {_HERE}",
}

_Chip = Callable[[str, date], tuple[str, Mapping[str, object]]]


def _state(value: str, _: date) -> tuple[str, Mapping[str, object]]:
    return _STATES.get(value, "1"), {}


def _is(column: str) -> _Chip:
    return lambda value, _: (f"p.{column} = :{column}", {column: value})


_QUICK = {"state", "team", "sex"}
_CHIPS: Mapping[str, _Chip] = {"state": _state, "team": _is("team"), "sex": _is("sex")}


def passed(sieve: Sieve, today: date) -> tuple[str, Mapping[str, object]]:
    """The condition and the values of its parameters (`day` and `month` are given by who asks)."""
    told: list[str] = ["p.retired = 0"]
    params: dict[str, object] = {}
    for key, value in sieve.items():
        if value and key in _CHIPS:
            condition, given = _CHIPS[key](value, today)
            told.append(f"({condition})")
            params |= given
    return " AND ".join(told), params


def quick(sieve: Sieve) -> bool:
    """Is it answered by the index of names alone?"""
    return sieve.get("state") not in ("tạm dừng", "gaps") and set(sieve) <= _QUICK
