"""*Dự toán*: propose the budget of a year (B14-TLĐ), keep it by mục with reasons, see what is spent of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain import amounts, dues
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.formulas import Check, cells_in
from desktop_app.domain.proposal import Plan, propose
from desktop_app.domain.records import Budget
from desktop_app.reports import settlement
from desktop_app.reports.forms import Form, form
from desktop_app.reports.settlement import settle
from desktop_app.storage import books, payroll
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.items import items
from desktop_app.storage.rules import rules

_LARGEST_GROWTH = 100


@dataclass(frozen=True)
class Planned:
    """The budget of a year as B14-TLĐ has it, beside what came in and was spent; reasons by mục, mục of spending."""

    form: Form
    year: int
    cells: Mapping[str, int]
    last_year: Mapping[str, int]
    approved: Mapping[str, int]
    actual: Mapping[str, int]
    reasons: Mapping[str, str]
    checks: tuple[Check, ...]
    spending: frozenset[str]

    def used(self, key: str) -> int | None:
        """How many percent of a planned income or spending there are; None of balances, and where none is planned."""
        planned, row = self.cells.get(key, 0), self.form.row(key)
        flows = row is not None and key != "10" and not key.startswith("V.") and "10" not in cells_in(row.formula)
        return self.actual.get(key, 0) * 100 // planned if flows and planned > 0 else None


@dataclass(frozen=True)
class Assumed:
    """What a proposal assumes: wages higher by so many percent, support and allowances of the year (đồng)."""

    growth: int
    support: int
    allowances: int


def look(book: Book, year: int) -> Planned:
    """The budget of a year. Raises `Refused` if the union is not entered."""
    period = Period.of_year(year)
    declared = form("B14", period.last, book)
    made = settlement.budget(book, declared, period)
    own = books.budget(book, year)
    return Planned(
        declared, year, made.cells, made.last_year, made.approved, settle(book, period).cells,
        {item: row.reason for item, row in own.items() if row.reason}, made.checks,
        frozenset(code for code, item in items(book, period.last).by_code.items() if item.side == "out"),
    )  # fmt: skip


def assumed(book: Book, year: int) -> Assumed:
    """What to begin with: wages as they are, support and allowances as in the year before."""
    before = settle(book, Period.of_year(year - 1))
    codes = before.form.owed
    return Assumed(0, before.cells[codes["support"]], before.cells[codes["allowances"]])


def adopt(book: Book, year: int, given: Assumed, by: str) -> int:
    """Write the proposed budget of a year over the present one, with its grounds; answers how many mục it has.

    Raises `Refused`: no wages known before the year, a growth out of reach, allowances above the kept dues.
    """
    with book.transact("budget.propose", by) as transaction:
        if not 0 <= given.growth <= _LARGEST_GROWTH:
            raise Refused([Problem("growth", f"Mức tăng lương phải từ 0 đến {_LARGEST_GROWTH} %.")])
        for name, amount in (("support", given.support), ("allowances", given.allowances)):
            if amount < 0:
                raise Refused([Problem(name, "Hãy nhập số tiền không âm.")])
        month, period = f"{year - 1}-12", Period.of_year(year)
        base, terms = payroll.month_base(book, month, given.growth), payroll.terms(book, month)
        if not base.fee_fund and not base.dues_fund and terms.basis != "fixed":
            raise Refused(f"Chưa có tiền lương của năm {year - 1} để lập đề xuất. Hãy nhập lương hoặc quỹ lương trước.")
        ours, rates, codes = payroll.union(book), rules(book), form("B14", period.last, book).owed
        fixed = dues.owed(terms, 0) * base.members if terms.basis == "fixed" else 0
        share = {limit.rule: limit.percent for limit in rates.limits(period.last)}
        rate = rates.fee_rate(month)
        above = dues.above_on(terms, base.dues_fund) * 12
        plan = Plan(
            above=above,
            dues=(fixed or dues.on(terms, base.dues_fund)) * 12,
            fee=amounts.half_up(base.fee_fund * 12 * rate.numerator, rate.denominator),
            keep_dues=rates.keep_dues_percent(year),
            keep_fee=rates.keep_fee_percent(year),
            delegated=ours.delegated,
            support=given.support,
            allowances=given.allowances,
            movements_percent=share["R2.32"],
            management_percent=share["R2.33"],
        )
        proposed = propose(plan, codes)
        if proposed[codes["care"]] < 0:
            told = "Phụ cấp nhiều hơn nguồn của cả năm. Hãy giảm số người hoặc mức phụ cấp."
            raise Refused([Problem("allowances", told)])
        before = settle(book, Period.of_year(year - 1)).cells
        own = books.budget(book, year)
        kept_whole = rates.dues_above_item(f"{year}-12")
        count = len(proposed)
        if above or kept_whole in own:
            proposed[kept_whole] = above  # part of the dues, noted apart: nothing of it goes up
        grounds = f"Đề xuất theo lương tháng 12/{year - 1}" + (f" tăng {given.growth} %" if given.growth else "")
        for item in sorted(proposed.keys() | own.keys()):
            row = own.get(item) or Budget(new_id(), year, item, 0, before.get(item, 0), 0, "")
            transaction.save(dataclasses.replace(row, amount=proposed.get(item, 0), reason=grounds))
        return count


def put(book: Book, year: int, item: str, given: tuple[int | None, str], by: str) -> Budget:
    """Set the budget of one mục: amount in đồng and its reason.

    Raises `Refused` for a mục the form has not, or no amount.
    """
    with book.transact("budget.set", by) as transaction:
        amount, reason = given
        if not isinstance(amount, int) or amount < 0:
            raise Refused([Problem("amount", "Hãy nhập số tiền dự toán, không âm.")])
        row = form("B14", date(year, 12, 31), book).row(item)
        known = items(book, date(year, 1, 1))
        if row is None or not row.code or row.formula or not known.of_form(item):
            raise Refused([Problem("item", f"Dòng {item} là dòng cộng hoặc số dư, không nhập dự toán ở đây.")])
        own = books.budget(book, year).get(item)
        facts = {"year": year, "item": item, "amount": amount, "reason": reason}
        if own is None:
            last = settle(book, Period.of_year(year - 1)).cells.get(item, 0)
            return transaction.save(build(Budget, {"id": new_id(), **facts, "last_year": last}))
        made = build(Budget, {"id": own.id, **facts})
        return transaction.save(dataclasses.replace(own, amount=made.amount, reason=made.reason))
