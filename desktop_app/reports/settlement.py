"""The figures of B07-TLĐ, the settlement, and of B14-TLĐ, the budget: the same rows, from vouchers or the budget.

Every figure comes from lines that count; the control identity of mã 50 is checked each time (HD 47/HD-TLĐ).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain import amounts
from desktop_app.domain.dates import Period, month_of
from desktop_app.domain.errors import Refused
from desktop_app.domain.formulas import Check, Rule, answered, cells_in, check, fill
from desktop_app.domain.limits import bases
from desktop_app.domain.records import Budget
from desktop_app.domain.settlement import OWED_UP, Positions, owed_up, positions
from desktop_app.reports.forms import Form, form
from desktop_app.storage import books, closings, filings, officers, payroll
from desktop_app.storage.book import Book
from desktop_app.storage.items import items
from desktop_app.storage.rules import rules


@dataclass(frozen=True)
class Settled:
    """A settlement before it is drawn: cells by mã or key, facts of the book, basics, checks. Amounts in đồng."""

    form: Form
    period: Period
    cells: Mapping[str, int]
    facts: Mapping[str, int]
    basics: Mapping[str, int]
    checks: tuple[Check, ...]
    parties: Positions
    budget: Mapping[str, int] = field(default_factory=dict)
    last_year: Mapping[str, int] = field(default_factory=dict)
    approved: Mapping[str, int] = field(default_factory=dict)

    def answer(self, version: int) -> dict[str, Any]:
        """The figures as the command line answers them (and a submission carries them)."""
        rows = self.form.rows
        return {
            "form": self.form.code,
            "period": self.period.key,
            "version": version,
            "cells": {row.code: self.cells[row.code] for row in rows if row.code},
            "totals": {row.key: self.cells[row.key] for row in rows if not row.code and row.key in self.cells},
            "basics": dict(self.basics),
            "checks": [check.answer() for check in self.checks],
        }


# --- figures ---------------------------------------------------------------------------------------------


def opening_and_closing(book: Book, period: Period) -> tuple[int, int]:
    """Mã 10 and mã 50 of a period, đồng."""
    settled = settle(book, period)
    return settled.cells["10"], settled.cells["50"]


def settle(book: Book, period: Period) -> Settled:
    """The settlement of a period: a query, whatever was typed or handed in before."""
    declared = form("B07", period.last, book)
    catalogue = items(book, period.last)
    began = books.opening(book, period.last)
    parties = positions(began.balances, books.party_moves(book, period.last))
    flows = books.flows(book, period.first, period.last)
    held = {fund.id: fund.opening for fund in began.funds}
    given = plain(declared)
    # What parties owe and are owed from the beginning is part of what the union began with.
    given["10"] = began.money + positions(began.balances, ()).net
    all_in = all_out = 0
    for flow in flows:
        held[flow.fund] = held.get(flow.fund, 0) + flow.before + flow.came_in - flow.went_out
        if not flow.item:
            continue
        given["10"] += flow.before
        code = catalogue.of_form(flow.item)
        side = catalogue.by_code[code].side if code else "in" if flow.came_in else "out"
        amount = flow.came_in - flow.went_out if side == "in" else flow.went_out - flow.came_in
        all_in, all_out = (all_in + amount, all_out) if side == "in" else (all_in, all_out + amount)
        if code in given:
            given[code] += amount
    of_form: dict[str, list[str]] = {}
    for flow in flows:
        of_form.setdefault(catalogue.of_form(flow.item), []).append(flow.item)
    kept_whole = rules(book).dues_above_item(month_of(period.last))
    given |= _owed(book, declared, period, {**of_form, "": [kept_whole]}, began)
    cells = fill(declared.formulas, given)
    kinds = {fund.id: fund.kind for fund in began.funds}
    basics = _basics(book, period)
    closed = max(closings.closed_months(book), default="")
    begun = min((month_of(fund.opened) for fund in began.funds if fund.opened), default="")
    facts = {
        "cash": sum(amount for id_, amount in held.items() if kinds.get(id_) == "Tiền mặt"),
        "bank": sum(amount for id_, amount in held.items() if kinds.get(id_) == "Tiền gửi"),
        "offset": sum(amount for id_, amount in held.items() if kinds.get(id_) == "Bù trừ"),
        "receivable": parties.receivable,
        "payable": parties.payable,
        "dues_above": sum(flow.came_in - flow.went_out for flow in flows if flow.item == kept_whole),
        "all_in": all_in,
        "all_out": all_out,
        "drafts": books.drafts(book, period.first, period.last),
        "open_months": sum(month > closed and month >= begun for month in period.months),
    }
    previous = filings.closing_before(book, declared.code, period.first)
    if previous is not None:
        facts["previous"] = previous
    checks = check(declared.rules, {**cells, **facts, **basics})
    checks += _limits(book, declared, period, cells, facts["dues_above"])
    own = books.budget(book, period.last.year)
    return Settled(
        declared, period, cells, facts, basics, checks, parties,
        budget=budgeted(declared, own, "amount"), last_year=budgeted(declared, own, "last_year"),
        approved=filings.approved_cells(book, declared.code, period.key),
    )  # fmt: skip


def _owed(
    book: Book, declared: Form, period: Period, of_form: Mapping[str, list[str]], began: books.Opening
) -> dict[str, int]:
    """Part V: what was owed up before the period, and what became owed in it; `of_form` are the codes in use.

    Under "" stands the mục of dues above the rate, of which nothing goes up (QĐ 61/QĐ-TLĐ).
    """
    ours, rates, codes = payroll.union(book), rules(book), declared.owed
    carrying = {name: of_form.get(codes[name], []) for name in ("dues", "fee", "paid")}
    flows = books.by_year(book, carrying["dues"] + carrying["paid"], period.first, period.last)
    dues = [flow for flow in flows if flow.item in carrying["dues"] and flow.item not in of_form[""]]
    paid = -sum(flow.before for flow in flows if flow.item in carrying["paid"])
    before, through = _shares(dues, _known(rates.keep_dues_percent))
    if ours.delegated:
        fee = books.by_year(book, carrying["fee"], period.first, period.last, ours.delegated_from)
        more = _shares(fee, _known(rates.keep_fee_percent))
        before, through = before + more[0], through + more[1]
    memo = sum(balance.amount for balance in began.balances if balance.kind == OWED_UP)
    return {"V.a": memo + before - paid, "V.b": through - before}


def _shares(flows: Iterable[books.YearFlow], kept: Callable[[int], int]) -> tuple[int, int]:
    """What goes up of an income: before the period, and through its end."""
    before: dict[int, int] = {}
    through: dict[int, int] = {}
    for flow in flows:
        before[flow.year] = before.get(flow.year, 0) + flow.before
        through[flow.year] = through.get(flow.year, 0) + flow.before + flow.within
    return owed_up(before, kept), owed_up(through, kept)


def _known(percent: Callable[[int], int]) -> Callable[[int], int]:
    """A share by year; of years before the first known rule nothing is still owed."""

    def kept(year: int) -> int:
        try:
            return percent(year)
        except Refused:
            return 100

    return kept


def _basics(book: Book, period: Period) -> dict[str, int]:
    """Part A. Workers: last year's number and the average change in the year come to the average of its months."""
    months = [base for month in period.months if any((base := payroll.month_base(book, month))[:4])]
    workers = [base.workers for base in months]
    return {
        "workers": amounts.half_up(sum(workers), len(workers)) if workers else 0,
        "fee_fund": sum(base.fee_fund for base in months),
        "members": months[-1].members if months else 0,
        "dues_fund": sum(base.dues_fund for base in months),
        "full_time": len(officers.full_time(book, period.last)),
    }


def _limits(
    book: Book, declared: Form, period: Period, cells: Mapping[str, int], kept_whole: int
) -> tuple[Check, ...]:
    """The spending limits of a whole year; they warn and never block. `kept_whole`: dues above the rate, đồng."""
    if (period.first.month, period.first.day, period.last.month) != (1, 1, 12) or not declared.limits:
        return ()
    codes, rates, year = declared.owed, rules(book), period.last.year
    try:
        shares = (rates.keep_dues_percent(year), rates.keep_fee_percent(year))
        known = rates.limits(period.last)
    except Refused:  # a year of old books, of before the limits known
        return ()
    taken_of = bases(cells, codes, shares, year, kept_whole)
    found = []
    for limit in known:
        spent = sum(cells[item] for item in limit.items)
        facts = {"spent": spent, "limit": limit.amount(taken_of)}
        text = declared.limits.get(limit.rule, limit.rule)
        rule = Rule(
            limit.rule, "warning", "[spent]", "<=" if limit.most else ">=", "[limit]", f"{text}: đạt.",
            f"{text}: {'vượt mức' if limit.most else 'chưa đạt'}.",
        )  # fmt: skip
        found.append(answered(rule, facts))
    return tuple(found)


def budgeted(declared: Form, own: Mapping[str, Budget], which: str) -> dict[str, int]:
    """A column of the budget over the rows of the form; a sum that was typed itself stands if its parts were not."""
    if not own:
        return {}
    typed = {item: getattr(budget, which) for item, budget in own.items()}
    whole = {
        row.key: typed[row.key]
        for row in declared.rows
        if row.code and row.formula and row.key in typed and not any(typed.get(part) for part in cells_in(row.formula))
    }
    parts = {key: typed.get(key, 0) for key in plain(declared)}
    found = fill(declared.formulas, {**parts, **whole, "V.a": 0, "V.b": 0})
    return {key: amount for key, amount in found.items() if not key.startswith("V.")}


def plain(declared: Form) -> dict[str, int]:
    """A zero for every mã that no formula fills."""
    return {row.key: 0 for row in declared.rows if row.code and not row.formula}


def budget(book: Book, declared: Form, year: Period) -> Settled:
    """B14-TLĐ of a year: the budget as it was entered, sums by the form.

    Mã 10, unless it was entered, is the closing of the year before, or the opening of a book begun in the year. What
    is to go up is the share of planned income, without the dues above the rate (QĐ 61/QĐ-TLĐ): these are noted as a
    mục of their own, a part of the dues planned.
    """
    own, rates, codes = books.budget(book, year.last.year), rules(book), declared.owed
    noted = own.get(rates.dues_above_item(month_of(year.last)))
    typed = budgeted(declared, own, "amount") or plain(declared)
    given = {key: typed.get(key, 0) for key in typed if key in plain(declared)}
    sums = [row for row in declared.rows if row.code and row.formula and "10" not in cells_in(row.formula)]
    whole = {row.key: typed[row.key] for row in sums if row.key in typed}
    if "10" not in own:
        given["10"] = opening_and_closing(book, year)[0]
    above = min(noted.amount if noted else 0, given[codes["dues"]])
    up = owed_up({year.last.year: given[codes["dues"]] - above}, _known(rates.keep_dues_percent))
    up += owed_up({year.last.year: given[codes["fee"]]}, _known(rates.keep_fee_percent))
    planned = fill(declared.formulas, {**given, **whole, "V.a": 0, "V.b": up})
    return Settled(
        declared, year, planned, {"dues_above": above}, _basics(book, year), check(declared.rules, planned),
        Positions({}), budget=planned, last_year=budgeted(declared, own, "last_year"),
        approved=budgeted(declared, own, "approved"),
    )  # fmt: skip
