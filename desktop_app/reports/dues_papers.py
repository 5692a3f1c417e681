"""Papers of collecting dues: the sheet a tổ signs, biên lai C45-BB by payer or by tổ, notices of what is owed.

Their words are dated data (`resources/papers/dues.toml`, C45-BB in `spending.toml`); one paper a tổ or a payer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Protocol

import resources
from desktop_app.domain.amounts import format_amount, in_words
from desktop_app.domain.dates import last_day, show_day, show_month
from desktop_app.reports import spending_papers
from desktop_app.reports.model import Cell, Report, Row
from desktop_app.reports.paper import plain_name
from desktop_app.storage import payroll, texts
from desktop_app.storage.book import Book
from desktop_app.storage.payroll import Arrear, Payment

NO_TEAM = "Chưa ghi tổ"
_DOTS = "…/…/……"


class Due(Protocol):
    """A member of a month: what he is to pay (đồng), of which wage, and what he paid."""

    @property
    def name(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def base(self) -> int: ...
    @property
    def due(self) -> int: ...
    @property
    def paid(self) -> int: ...
    @property
    def owing(self) -> int: ...
    @property
    def exempt(self) -> str: ...


def words(book: Book, key: str, day: date) -> Mapping[str, Any]:
    """The words of a paper in force on a day in this book."""
    versions = [one for one in _papers() if one["key"] == key]
    found: Mapping[str, Any] = max([one for one in versions if one["from"] <= day] or versions[:1], key=_since)
    return texts.of(book, key, found, day)


def sheets(book: Book, month: str, lines: Iterable[Due], by: str) -> list[Report]:
    """*Danh sách thu đoàn phí* of a month, one a tổ, for each member to sign."""
    unit, text, made = payroll.union(book), words(book, "sheet", last_day(month)), []
    for team, members in _by_team(lines):
        rows = [
            Row({"no": str(no), "name": one.name, "base": one.base, "due": one.due, "paid": one.paid,
                 "owing": one.owing, "note": one.exempt and "Được miễn"})
            for no, one in enumerate(members, 1)
        ]  # fmt: skip
        sums: dict[str, Cell] = {
            key: sum(getattr(one, key) for one in members) for key in ("base", "due", "paid", "owing")
        }
        rows.append(Row({"name": text["total"], **sums}, "total"))
        facts = {"team": _named(team), "month": show_month(month), "words": in_words(sum(one.owing for one in members))}
        made.append(spending_papers.drawn(unit, text, facts, rows, by))
    return made


def notices(book: Book, arrears: Iterable[Arrear], months: tuple[str, str], day: date, by: str) -> list[Report]:
    """Who still owes for which months from the first to the last, one notice a tổ; of several years each is summed."""
    unit, text, made = payroll.union(book), words(book, "notice", day), []
    for team, owing in _by_team(arrears):
        rows = [
            Row({"no": str(no), "name": one.name, "months": months_told(one.months), "owing": one.amount})
            for no, one in enumerate(owing, 1)
        ]
        years = sorted({month[:4] for one in owing for month in one.months})
        for year in years if len(years) > 1 else ():
            owed = sum(amount for one in owing for month, amount in one.months.items() if month[:4] == year)
            rows.append(Row({"name": text["year_total"].replace("[year]", year), "owing": owed}, "italic"))
        rows.append(Row({"name": text["total"], "owing": sum(one.amount for one in owing)}, "total"))
        facts = {"team": _named(team), "first": show_month(months[0]), "last": show_month(months[1]),
                 "day": show_day(day), "dots_short": _DOTS}  # fmt: skip
        made.append(spending_papers.drawn(unit, text, facts, rows, by))
    return made


def receipts(book: Book, month: str, paid: Sequence[Payment], by: str, *, by_team: bool) -> list[Report]:
    """Biên lai C45-BB of what was paid for a month, one a payer or one a tổ, numbered under its phiếu thu."""
    unit, made = payroll.union(book), []
    for (number, day), group in groupby(paid, key=lambda one: (one.number, one.day)):
        payers = [(one.name, one.team, one.amount, 1) for one in group]
        if by_team:
            payers = [
                (_named(team), team, sum(one[2] for one in held), len(held)) for team, held in _teams_of(payers)
            ]
        text, when = spending_papers.words(book, "C45-BB", date.fromisoformat(day)), date.fromisoformat(day)
        for no, (name, team, amount, count) in enumerate(payers, 1):
            what = f"Đoàn phí công đoàn tháng {show_month(month)}" + (f" của {count} đoàn viên" if by_team else "")
            facts = {
                "union": plain_name(unit), "party": name, "address": team if not by_team else plain_name(unit),
                "text": what, "amount": format_amount(amount), "words": in_words(amount),
                "number": f"{number}-{no:02}", "dots_short": "………",
                "day_words": f"Ngày {when.day:02} tháng {when.month:02} năm {when.year}",
            }  # fmt: skip
            drawn = spending_papers.drawn(unit, text, facts, (), by)
            if by_team:  # a tổ does not sign: whoever brings its money does
                drawn = replace(drawn, signatures=(replace(drawn.signatures[0], name=""), *drawn.signatures[1:]))
            made.append(drawn)
    return made


def months_told(months: Iterable[str]) -> str:
    """Months as "09, 10/2026", three or more that follow each other as "01–12/2026"; years apart by a semicolon."""
    years = groupby(sorted(months), key=lambda month: month[:4])
    return "; ".join(f"{_runs([int(month[5:]) for month in held])}/{year}" for year, held in years)


def _runs(numbers: Sequence[int]) -> str:
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(
        f"{run[0]:02}–{run[-1]:02}" if len(run) > 2 else ", ".join(f"{number:02}" for number in run) for run in found
    )


def _by_team(lines: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """The lines by tổ in their names' order, those without one last; the order inside stays."""
    teams: dict[str, list[Any]] = {}
    for line in lines:
        teams.setdefault(line.team, []).append(line)
    return sorted(teams.items(), key=lambda pair: (not pair[0], pair[0]))


def _teams_of(payers: Sequence[tuple[str, str, int, int]]) -> list[tuple[str, list[tuple[str, str, int, int]]]]:
    teams: dict[str, list[tuple[str, str, int, int]]] = {}
    for payer in payers:
        teams.setdefault(payer[1], []).append(payer)
    return list(teams.items())


def _named(team: str) -> str:
    """The name of a tổ on paper: "Tổ công đoàn Văn phòng"; one that says so itself stays."""
    if not team:
        return NO_TEAM
    return team if team.lower().startswith(("tổ", "công đoàn", "cđ")) else f"Tổ công đoàn {team}"


def _since(one: Mapping[str, Any]) -> date:
    since: date = one["from"]
    return since


@cache
def _papers() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = resources.read("papers/dues.toml")["paper"]
    return found
