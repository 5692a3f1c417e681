"""The sieve of the list of people: which rows each chip lets through, as conditions over `people p`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

import resources
from desktop_app.domain import dates, retirement
from desktop_app.domain.retirement import Step
from desktop_app.storage import quality
from desktop_app.storage.movements import pause_of
from desktop_app.storage.quality import HERE, MEMBER

Sieve = Mapping[str, str]
"""What each chip is set to, by its key; unknown keys and "" let everybody through."""

PAUSED = f"{pause_of('p.id', ':day', ':day')} IS NOT NULL"
WAGE = (
    "coalesce((SELECT insured FROM wages w WHERE w.person = p.id AND w.retired = 0"
    " ORDER BY w.from_month <= :month DESC, w.from_month DESC, w.id DESC LIMIT 1), 0)"
)
STATUS = (
    f"CASE WHEN NOT {HERE} THEN 'đã thôi'"
    f" WHEN NOT {MEMBER} THEN iif(p.member = 1, 'đã ra công đoàn', 'chưa gia nhập')"
    f" WHEN {PAUSED} THEN 'tạm dừng' ELSE 'đang sinh hoạt' END"
)
_STATES = {
    "now": HERE,
    "đang sinh hoạt": f"{HERE} AND {MEMBER}",
    "tạm dừng": f"{HERE} AND {MEMBER} AND {PAUSED}",
    "chưa gia nhập": f"{HERE} AND NOT {MEMBER}",
    "đã thôi": f"NOT {HERE}",
}
_FIRST_DAY = "substr(p.birth || substr('-01-01', length(p.birth) - 3), 1, 10)"
_BORN_SINCE = "EXISTS (SELECT 1 FROM children c WHERE c.person = p.id AND c.retired = 0 AND c.birth > :child)"

Passed = tuple[str, Mapping[str, object]]


def _state(value: str, _: date) -> Passed:
    return _STATES.get(value, "1"), {}


def _team(value: str, _: date) -> Passed:
    """One tổ, or several as a JSON list (a branch of the union's tree)."""
    if value.startswith("["):
        return "p.team IN (SELECT value FROM json_each(:teams))", {"teams": value}
    return "p.team = :team", {"team": value}


def _sex(value: str, _: date) -> Passed:
    return "p.sex = :sex", {"sex": value}


def _age(value: str, today: date) -> Passed:
    """From "30" to "39" years, both inclusive, as "30-39"; who has only a year of birth counts from its January."""
    least, _, most = value.partition("-")
    return f"p.birth <> '' AND {_FIRST_DAY} BETWEEN :oldest AND :youngest", {
        "youngest": dates.shift_months(today, -12 * int(least)).isoformat(),
        "oldest": dates.shift_months(today, -12 * (int(most) + 1)).isoformat() + "!",
    }


def _retiring(value: str, today: date) -> Passed:
    """Who has reached the age of retirement or will within so many months."""
    by = dates.add_months(dates.month_of(today), int(value))
    told = " OR ".join(f"(p.sex = '{sex}' AND substr({_FIRST_DAY}, 1, 7) <= :{name})" for sex, name in _SEXES)
    return f"p.birth <> '' AND ({told})", {
        name: retirement.latest_birth(by, sex, retirement_steps()) for sex, name in _SEXES
    }


def _incomplete(value: str, today: date) -> Passed:
    """Members whose record lacks a fact ("any": something) of the definition or the indicator."""
    if value == "any":
        gap = quality.definition(today).gap
    elif value == "registered":
        gap = quality.indicator(today).gap
    else:
        gap = quality.missing(value)
    return f"{MEMBER} AND {HERE} AND {gap}", {}


def _birthday(value: str, today: date) -> Passed:
    month = today.month % 12 + 1 if value == "next" else today.month
    return "substr(p.birth, 6, 2) = :birthday", {"birthday": f"{month:02}"}


def _children(value: str, today: date) -> Passed:
    return _BORN_SINCE, {"child": dates.shift_months(today, -12 * int(value)).isoformat()}


def _card(_: str, __: date) -> Passed:
    return "p.card = ''", {}


_SEXES = (("Nam", "men"), ("Nữ", "women"))
_QUICK = {"state", "team", "sex", "age", "retiring", "birthday", "card"}
_CHIPS: Mapping[str, Callable[[str, date], Passed]] = {
    "state": _state, "team": _team, "sex": _sex, "age": _age, "retiring": _retiring, "incomplete": _incomplete,
    "birthday": _birthday, "children": _children, "card": _card,
}  # fmt: skip


def passed(sieve: Sieve, today: date) -> Passed:
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
    return sieve.get("state") != "tạm dừng" and set(sieve) <= _QUICK


def branch(names: Sequence[str]) -> str:
    """The value of the chip of tổ for several of them."""
    return json.dumps(list(names), ensure_ascii=False)


def retires(birth: str, sex: str) -> str:
    """The month in which somebody reaches the age of retirement, "" if birth or sex is unknown."""
    return retirement.month_of(birth, sex, retirement_steps())


@cache
def retirement_steps() -> tuple[Step, ...]:
    """The ages of retirement as they rise."""
    told = resources.read("rates/retirement.toml")["retirement_age"]
    return tuple(
        Step(dates.month_of(one["from"]), _months(one["value"]["men"]), _months(one["value"]["women"])) for one in told
    )


def _months(age: tuple[int, int]) -> int:
    years, months = age
    return years * 12 + months
