"""A grid of dues, a row a member and a column a month, as what each paid for each month of a year."""

from __future__ import annotations

import dataclasses
from typing import Any

from desktop_app.actions import dues
from desktop_app.actions.intake.counter import Intake
from desktop_app.actions.intake.people import People
from desktop_app.domain import amounts, dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues
from desktop_app.exchange.tables import Table
from desktop_app.storage import payroll
from desktop_app.storage.book import new_id


def read_grid(intake: Intake, table: Table, year: int) -> None:
    """Store every cell that holds an amount; a row with any cell that cannot stand is given back whole.

    Counted by month paid. A month that is in the book with the same amount is there already.
    """
    people, above = People(intake), Above(intake)
    known = {(one.person, one.month): one.amount for one in _together(intake)}
    for row in intake.rows(table):
        values, problems = table.values(row)
        try:
            made, present = _months(people, known, values, problems, year)
        except Refused as refused:
            intake.refuse(table, [row], {row.number: refused.problems})
            continue
        for one in made:
            intake.transaction.add(dataclasses.replace(one, above=above.of(one)))
            known[one.person, one.month] = one.amount
            intake.count(table.sheet.title, stored=True)
        for _ in range(present):
            intake.count(table.sheet.title, stored=False)


class Above:
    """What of a payment is above the rate: the rate is paid first, then what the union resolved beyond it."""

    def __init__(self, intake: Intake) -> None:
        self._book = intake.book
        self._months: dict[str, dict[str, tuple[int, int]]] = {}

    def of(self, paid: Dues) -> int:
        """The part above the rate of what somebody paid for a month, đồng; 0 where nothing was resolved."""
        if paid.month not in self._months:
            self._months[paid.month] = self._resolved(paid.month)
        due, above = self._months[paid.month].get(paid.person, (0, 0))
        return min(above, max(0, paid.amount - (due - above)))

    def _resolved(self, month: str) -> dict[str, tuple[int, int]]:
        try:
            if payroll.terms(self._book, month).own is None:
                return {}
            return {line.person: (line.due, line.above) for line in dues.compute(self._book, month).lines if line.above}
        except Refused:  # no union yet, or a month of before the rates known
            return {}


def _together(intake: Intake) -> list[Dues]:
    """What is paid by person and month, several payments as one."""
    sums: dict[tuple[str, str], int] = {}
    for one in intake.book.all(Dues):
        sums[one.person, one.month] = sums.get((one.person, one.month), 0) + one.amount
    return [build(Dues, {"id": new_id(), "person": p, "month": m, "amount": a}) for (p, m), a in sums.items()]


def _months(
    people: People, known: dict[tuple[str, str], int], values: dict[str, Any], problems: list[Problem], year: int
) -> tuple[list[Dues], int]:
    """The payments of a row that are new, and how many are there already. Raises `Refused`."""
    found = list(problems)
    person = _person(people, values, found)
    made, present = [], 0
    for number in range(1, 13):
        field, month = f"m{number:02}", f"{year}-{number:02}"
        if (given := values.get(field)) in (None, "", "-"):
            continue
        try:
            amount = amounts.parse_amount(given)
        except ValueError as error:
            found.append(Problem(field, f"Tháng {dates.show_month(month)}: {error}"))
            continue
        before = known.get((person, month))
        if amount == 0:
            continue
        if amount < 0:
            found.append(Problem(field, f"Tháng {dates.show_month(month)}: số tiền không được âm."))
        elif before is None:
            made.append(build(Dues, {"id": new_id(), "person": person or new_id(), "month": month, "amount": amount}))
        elif before == amount:
            present += 1
        else:
            told = f"Tháng {dates.show_month(month)} trong sổ đã ghi {amounts.format_amount(before)}"
            found.append(Problem(field, f"{told}. Hãy kiểm tra lại."))
    if found:
        raise Refused(found)
    return made, present


def _person(people: People, values: dict[str, Any], problems: list[Problem]) -> str:
    halves = [str(values[name]) for name in ("family", "given") if values.get(name)]
    name = str(values.get("name") or " ".join(halves))
    asked = next((str(values[key]) for key in ("cccd", "card") if values.get(key)), "")
    told: list[Problem] = []
    for given in (asked, name):
        told = []
        if given and (found := people.of_cccd({"cccd": given}, told)):
            return found
    problems += [Problem("name", problem.problem) for problem in told] or [Problem("name", "Hãy nhập Họ và tên.")]
    return ""
