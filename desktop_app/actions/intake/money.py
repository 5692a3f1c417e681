"""Sheets about money that are not vouchers: the union, funds, openings, wage funds, cash counts, budgets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop_app.actions.intake.counter import Intake, build, settle
from desktop_app.domain import dates, vietnamese
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Balance, Budget, CashCount, Fund, Notes, Payroll, Union
from desktop_app.exchange.tables import Row, Table
from desktop_app.storage.book import new_id
from desktop_app.storage.items import items

OFFSET = "Bù trừ"
"""What stands in *Quỹ* for a line without cash effect; also the kind of the fund that such lines belong to."""


def read_union(intake: Intake, values: Mapping[str, Any], problems: list[Problem]) -> bool:
    """*Đơn vị*: what the file says of the union is taken over. False if it says nothing new. Raises `Refused`."""
    known = next(iter(intake.book.all(Union)), None)
    before = {f.name: getattr(known, f.name) for f in dataclasses.fields(known)} if known else {"id": new_id()}
    made = build(Union, {**before, **values, "code": intake.book.union_code}, problems)
    if made.dues_group not in (1, 2, 3, 4):
        raise Refused([Problem("dues_group", f"Nhóm đoàn phí {made.dues_group} không có. Hãy chọn 1, 2, 3 hoặc 4.")])
    if made.dues_step not in (1, 100, 500, 1000):
        raise Refused([Problem("dues_step", "Làm tròn đoàn phí chỉ có 1, 100, 500 hoặc 1.000 đồng. Hãy chọn lại.")])
    if made.first_year and not 2000 <= made.first_year <= 2100:
        raise Refused([Problem("first_year", f"Năm bắt đầu {made.first_year} không đúng. Hãy ghi năm như 2026.")])
    if made == known:
        return False
    intake.transaction.save(made)
    return True


class Funds:
    """The book's funds by code, those of the file included."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._by_code = {vietnamese.fold(fund.code): fund for fund in intake.book.all(Fund)}
        self._offset = next((fund for fund in self._by_code.values() if fund.kind == OFFSET), None)
        self._unsaved = ""

    def read(self, table: Table) -> None:
        """*Quỹ*."""

        def take(values: dict[str, Any], problems: list[Problem]) -> bool:
            made = build(Fund, {**values, "id": new_id()}, problems)
            if vietnamese.fold(made.code) == vietnamese.fold(OFFSET):
                raise Refused([Problem("code", "Mã quỹ “Bù trừ” dành cho dòng không có tiền. Hãy đặt mã khác.")])
            code = vietnamese.fold(made.code)
            stored = settle(self._intake, self._by_code.get(code), made, f"Quỹ {made.code}")
            self._by_code.setdefault(code, made)
            return stored

        self._intake.each(table, take)

    def keep(self, used: Iterable[str]) -> None:
        """Store the fund of *Bù trừ* if a voucher about to be posted is the first to use it."""
        if self._offset is not None and self._unsaved in set(used):
            self._intake.transaction.save(self._offset)
            self._unsaved = ""

    def of(self, given: object, field: str = "fund") -> Fund:
        """The fund of a code; "Bù trừ" is made when first asked for. Raises `Refused` at `field`."""
        code = vietnamese.fold(str(given))
        if not code:
            raise Refused([Problem(field, "Hãy nhập Mã quỹ, hoặc Bù trừ nếu không có tiền.")])
        if code == vietnamese.fold(OFFSET):
            if self._offset is None:
                named = {"id": new_id(), "code": OFFSET, "name": "Bù trừ (không có tiền)", "kind": OFFSET}
                self._offset = build(Fund, named, [])
                self._unsaved = self._offset.id
            return self._offset
        if fund := self._by_code.get(code):
            return fund
        known = ", ".join(fund.code for fund in self._by_code.values() if fund.kind != OFFSET) or "chưa có quỹ nào"
        raise Refused([Problem(field, f"Không có quỹ mã “{given}”. Các quỹ trong sổ: {known}.")])


def read_balances(intake: Intake, table: Table) -> None:
    """*Số dư khác*."""
    known = {(b.kind, b.party, b.opened): b for b in intake.book.all(Balance)}

    def take(values: dict[str, Any], problems: list[Problem]) -> bool:
        made = build(Balance, {**values, "id": new_id()}, problems)
        if not made.party and made.kind != "Phải nộp cấp trên":
            raise Refused([Problem("party", f"Hãy nhập Đối tượng của khoản {made.kind.lower()}.")])
        key = (made.kind, made.party, made.opened)
        stored = settle(intake, known.get(key), made, f"Khoản {made.kind.lower()} này")
        known.setdefault(key, made)
        return stored

    intake.each(table, take)


def read_payrolls(intake: Intake, table: Table) -> None:
    """*Quỹ lương*: typed totals, one row a month."""
    known = {p.month: p for p in intake.book.all(Payroll)}

    def take(values: dict[str, Any], problems: list[Problem]) -> bool:
        made = build(Payroll, {**values, "id": new_id()}, problems)
        stored = settle(intake, known.get(made.month), made, f"Quỹ lương tháng {dates.show_month(made.month)}")
        known.setdefault(made.month, made)
        return stored

    intake.each(table, take)


def read_budgets(intake: Intake, table: Table) -> None:
    """*Dự toán*: one row a year and mục."""
    known = {(b.year, b.item): b for b in intake.book.all(Budget)}

    def take(values: dict[str, Any], problems: list[Problem]) -> bool:
        made = build(Budget, {**values, "id": new_id()}, problems)
        if not 2000 <= made.year <= 2100:
            raise Refused([Problem("year", f"Năm {made.year} không đúng. Hãy ghi năm như 2026.")])
        catalogue = items(intake.book, date(made.year, 1, 1))
        if not catalogue.of_form(made.item):
            raise Refused([Problem("item", catalogue.refusal(made.item) or "")])
        stored = settle(intake, known.get((made.year, made.item)), made, f"Mục {made.item} năm {made.year}")
        known.setdefault((made.year, made.item), made)
        return stored

    intake.each(table, take)


def read_counts(intake: Intake, funds: Funds, table: Table) -> None:
    """*Kiểm quỹ*: the rows of one day and fund are one count."""
    known = {(c.day, c.fund): c for c in intake.book.all(CashCount)}
    groups: dict[tuple[Any, str], list[tuple[Row, dict[str, Any], list[Problem]]]] = {}
    for row in intake.rows(table):
        values, problems = table.values(row)
        key = (values.get("day"), vietnamese.fold(str(values.get("fund", ""))))
        groups.setdefault(key, []).append((row, values, problems))
    for rows in groups.values():
        notes: list[Notes] = []
        wrong: dict[int, Sequence[Problem]] = {}
        for row, values, problems in rows:
            try:
                notes.append(_notes(values, problems, notes))
            except Refused as refused:
                wrong[row.number] = refused.problems
        first, values, _ = rows[0]
        try:
            if not wrong:
                intake.count(table.sheet.title, _store_count(intake, funds, known, values, notes))
        except Refused as refused:
            wrong[first.number] = refused.problems
        if wrong:
            intake.refuse(table, [row for row, _, _ in rows], wrong)


def _store_count(
    intake: Intake, funds: Funds, known: dict[Any, CashCount], values: dict[str, Any], notes: list[Notes]
) -> bool:
    counted = funds.of(values.get("fund", ""))
    if counted.kind != "Tiền mặt":
        raise Refused([Problem("fund", f"{counted.code} không phải quỹ tiền mặt nên không kiểm đếm. Hãy sửa mã quỹ.")])
    fund = counted.id
    ordered = tuple(sorted(notes, key=lambda note: -note.value))
    made = build(CashCount, {"id": new_id(), "day": values.get("day"), "fund": fund, "notes": ordered}, [])
    before = known.get((made.day, made.fund))
    if before is not None and before.notes != ordered:
        told = "Lần kiểm quỹ này đã có trong sổ với số tờ khác. Hãy sửa ngay trong sổ."
        raise Refused([Problem("count", told)])
    if before is None:
        intake.transaction.save(made)
        known[made.day, made.fund] = made
    return before is None


def _notes(values: dict[str, Any], problems: list[Problem], before: list[Notes]) -> Notes:
    missing = [name for name in ("value", "count") if name not in values and name not in {p.field for p in problems}]
    labels = {"value": "Mệnh giá", "count": "Số tờ"}
    made = build(Notes, values, [*problems, *(Problem(name, f"Hãy nhập {labels[name]}.") for name in missing)])
    if any(note.value == made.value for note in before):
        told = f"Mệnh giá {format_amount(made.value)} ghi hai lần trong cùng lần kiểm quỹ."
        raise Refused([Problem("value", f"{told} Hãy gộp lại một dòng.")])
    return made
