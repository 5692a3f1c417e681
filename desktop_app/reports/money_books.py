"""S11-H and S12-H, the books of cash and of a bank account; S82-TLĐ, income and spending; S81-TLĐ, dues paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter

from desktop_app.domain import amounts, dates, vietnamese
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.items import Items
from desktop_app.domain.records import Fund, Person
from desktop_app.reports.forms import Form
from desktop_app.reports.model import Cell, Row, Section, Table
from desktop_app.reports.paper import FundNeeded, Made, paper
from desktop_app.storage import books, payroll
from desktop_app.storage.book import Book
from desktop_app.storage.items import items

_KINDS = {"S11": "Tiền mặt", "S12": "Tiền gửi"}
_ABOUT = {"Tiền mặt": "quỹ tiền mặt", "Tiền gửi": "tài khoản tiền gửi"}
_ABOVE = "Số ở cột Ghi chú là phần thu cao hơn mức quy định theo nghị quyết, được giữ lại 100 % (mục 22.01)."
_OWN = {"Tiền mặt": ("PT", "PC"), "Tiền gửi": ("BC", "BN", "UNC")}


def fund_book(book: Book, form: Form, period: Period, fund: str | None) -> Made:
    """S11-H or S12-H of one fund. Raises `FundNeeded` where there are several and none is named."""
    kept = fund_of(book, form, fund)
    opening = balance = opening_of(book, kept, period)
    rows = [opening_row("balance", opening)]
    answers: list[dict[str, Cell]] = []
    months = _Months(period)
    for entry in books.entries(book, kept, period.first, period.last):
        rows += months.turn(entry.booked, balance)
        balance += entry.came_in - entry.went_out
        months.add(entry.came_in, entry.went_out)
        rows.append(fund_row(form, kept, entry, balance))
        number = _number_here(kept.kind, entry)
        answers.append({
            "date": entry.day.isoformat(), "number": number, "text": entry.text, "in": entry.came_in,
            "out": entry.went_out, "balance": balance,
        })  # fmt: skip
    rows += months.turn(None, balance)
    totals = {"in": months.all_in, "out": months.all_out}
    rows += closing_rows(totals, "balance", balance)
    table = Table(form.table_columns(), tuple(rows), number_row=True, carry=("in", "out"))
    opened = dates.show_day(kept.opened) if kept.opened else "…/…/……"
    closing = Section(paragraphs=tuple(text.replace("[opened]", opened) for text in form.paragraphs))
    bank = f"Nơi mở tài khoản: {kept.bank or '……'} · Số hiệu tài khoản: {kept.account or '……'}"
    report = paper(
        book, form, period.label, (Section(table=table), closing), subtitle=bank if form.code == "S12" else "",
        short=f"{kept.code} · {period.label}",
    )  # fmt: skip
    return Made(report, {"opening": opening, "rows": answers, "closing": balance, "totals": totals})


def fund_of(book: Book, form: Form, code: str | None) -> Fund:
    """The fund named, or the only one of the kind that a form is about. Raises `FundNeeded`, `Refused`."""
    kind = _KINDS[form.code]
    found = books.funds_of_kind(book, kind)
    if code is not None:
        chosen = next((fund for fund in found if fund.code.casefold() == code.strip().casefold()), None)
        if chosen is None:
            known = ", ".join(fund.code for fund in found) or "chưa có quỹ nào"
            raise Refused(f"Không có {_ABOUT[kind]} nào mang mã {code}. Các mã đang có: {known}.")
        return chosen
    if not found:
        raise Refused(f"Sổ chưa có {_ABOUT[kind]} nào. Hãy khai báo quỹ trước.")
    if len(found) > 1:
        known = ", ".join(fund.code for fund in found)
        raise FundNeeded(f"Có nhiều {_ABOUT[kind]}: {known}. Hãy chọn một bằng --fund.")
    return found[0]


def opening_of(book: Book, fund: Fund, period: Period) -> int:
    """What a fund holds at the beginning of a period, đồng."""
    begun = fund.opened is None or fund.opened <= period.last
    return (fund.opening if begun else 0) + books.before(book, fund, period.first)


def opening_row(key: str, amount: int) -> Row:
    """The first row of a book; `key` is the column of what is held."""
    return Row({"text": "Số dư đầu kỳ", key: amount}, "bold")


def month_row(month: str, came_in: int, went_out: int, balance: int) -> Row:
    """The sum at the end of a month of a longer period."""
    figures = {"in": came_in, "out": went_out, "balance": balance}
    return Row({"text": f"Cộng tháng {dates.show_month(month)}", **figures}, "total")


def closing_rows(totals: Mapping[str, int], key: str, amount: int) -> list[Row]:
    """The last two rows of a book: what moved in the period, and what is held at its end."""
    return [
        Row({"text": "Cộng phát sinh trong kỳ", **totals}, "total"),
        Row({"text": "Số dư cuối kỳ", key: amount}, "bold"),
    ]


def fund_row(form: Form, fund: Fund, entry: books.Entry, balance: int) -> Row:
    """A voucher in a fund's book; `balance` is what the fund holds after it."""
    number = _number_here(fund.kind, entry)
    column = "number" if form.code == "S12" else "receipt" if entry.came_in else "payment"
    cells: dict[str, Cell] = {"booked": entry.booked, "day": entry.day, column: number, "text": entry.text}
    figures: dict[str, Cell] = {"in": entry.came_in, "out": entry.went_out, "balance": balance}
    return Row(cells | figures, code=entry.voucher)


def _number_here(kind: str, entry: books.Entry) -> str:
    """The number a voucher has in this fund's book: of a transfer, the half of another series (PT10/02)."""
    own = _OWN[kind]
    return entry.counterpart if entry.counterpart and entry.kind not in own else entry.number


class _Months:
    """Sums of the months of a longer period: a book is added up at each month's end."""

    def __init__(self, period: Period) -> None:
        self._single = len(period.months) == 1
        self._month = ""
        self._in = self._out = 0
        self.all_in = self.all_out = 0

    def add(self, came_in: int, went_out: int) -> None:
        """Count an entry in."""
        self._in += came_in
        self._out += went_out
        self.all_in += came_in
        self.all_out += went_out

    def turn(self, day: date | None, balance: int) -> Iterator[Row]:
        """The sum of the month before, when `day` (None: the end) begins another."""
        month = dates.month_of(day) if day else ""
        if not self._single and self._month and month != self._month:
            yield month_row(self._month, self._in, self._out, balance)
            self._in = self._out = 0
        self._month = month


def items_book(book: Book, form: Form, period: Period, opening: int, closing: int) -> Made:
    """S82-TLĐ: a row a voucher, a column a mục; transfers and advances are not in it. `opening` is mã 10."""
    catalogue = items(book, period.last)
    rows = [opening_row("10", opening)]
    answers = []
    totals = {item.code: 0 for item in catalogue.posted()} | {"in": 0, "out": 0}
    entries = books.item_entries(book, period.first, period.last)
    for place, (first, cells) in enumerate(by_voucher(entries, catalogue), 1):
        row = items_row(catalogue, place, first, cells)
        for key in (*cells, "in", "out"):
            amount = row.cells[key]
            assert isinstance(amount, int)
            totals[key] += amount
        rows.append(row)
        answers.append({"date": first.day.isoformat(), "number": first.number, "text": first.text, "cells": cells})
    columns = form.table_columns(catalogue)
    shown = {key: amount for key, amount in totals.items() if key in {column.key for column in columns}}
    rows += closing_rows(shown, "50", closing)
    carried = tuple(column.key for column in columns if column.is_number and column.key not in ("10", "50"))
    table = Table(columns, tuple(rows), number_row=True, carry=carried)
    notes = Section(paragraphs=tuple(_corrected_later(book, period)))
    report = paper(book, form, period.label, (Section(table=table), notes))
    return Made(report, {"opening": opening, "rows": answers, "closing": closing, "totals": totals})


def _corrected_later(book: Book, period: Period) -> Iterator[str]:
    """The notes at the end of a book on what was corrected after it (Luật Kế toán 88/2015 art. 27(2))."""
    for number, day, other, text, change in books.later_corrections(book, period.first, period.last):
        told = f"- Phiếu {other} được điều chỉnh bằng phiếu {number} ngày {dates.show_day(day)}: {text}"
        yield f"{told} ({'tăng' if change > 0 else 'giảm'} quỹ {amounts.format_amount(abs(change))} đồng)."


def by_voucher(
    entries: Iterable[books.ItemEntry], catalogue: Items
) -> Iterator[tuple[books.ItemEntry, dict[str, int]]]:
    """The vouchers with what they say under each mục of the form, đồng: income and spending both as they grow."""
    for _, group in groupby(entries, key=attrgetter("voucher", "booked")):
        said = list(group)
        cells: dict[str, int] = {}
        for entry in said:
            if code := catalogue.of_form(entry.item):
                change = entry.came_in - entry.went_out
                cells[code] = cells.get(code, 0) + (change if catalogue.by_code[code].side == "in" else -change)
        yield said[0], cells


def items_row(catalogue: Items, place: int, first: books.ItemEntry, cells: Mapping[str, int]) -> Row:
    """A voucher in the book of all income and spending, its `place`th."""
    side_of = {code: catalogue.by_code[code].side for code in cells}
    told: dict[str, Cell] = {
        "no": str(place), "booked": first.booked, "number": first.number, "day": first.day, "text": first.text,
        **{side: sum(amount for code, amount in cells.items() if side_of[code] == side) for side in ("in", "out")},
        **cells,
    }  # fmt: skip
    return Row(told, code=first.voucher)


def dues_book(book: Book, form: Form, period: Period) -> Made:
    """S81-TLĐ: dues each person paid for the months of the period's year that lie in the period."""
    year, months = period.last.year, set(period.months)
    wanted = [f"{year:04}-{month:02}" in months for month in range(1, 13)]
    paid = payroll.paid_by_month(book, year)
    above = payroll.above_by_person(book, period.months)
    rows, answers = [], []
    sums = [0] * 12
    for person in _payers(book, period, set(paid)):
        known = paid.get(person.id, [0] * 12)
        figures = [amount if counts else 0 for amount, counts in zip(known, wanted, strict=True)]
        sums = [sum_ + amount for sum_, amount in zip(sums, figures, strict=True)]
        answers.append({"person": person.id, "name": person.name, "months": figures, "total": sum(figures)})
        cells: dict[str, Cell] = {"no": str(len(answers)), "name": person.name, "team": person.team}
        cells |= _above(above.get(person.id, 0))
        rows.append(Row(cells | _months_cells(figures), code=person.id))
    rows.append(Row({"name": "Cộng", **_months_cells(sums), **_above(sum(above.values()))}, "total"))
    table = Table(form.table_columns(), tuple(rows), number_row=True)
    told = Section(paragraphs=(_ABOVE,) if above else ())
    report = paper(book, form, period.label, (Section(table=table), told))
    totals = {"months": sums, "total": sum(sums)}
    return Made(report, {"opening": 0, "rows": answers, "closing": sum(sums), "totals": totals})


def _above(amount: int) -> dict[str, Cell]:
    """The note of who paid above the rate."""
    return {"note": amounts.format_amount(amount)} if amount else {}


def _months_cells(figures: list[int]) -> dict[str, Cell]:
    return {**{f"m{month}": amount for month, amount in enumerate(figures, 1)}, "total": sum(figures)}


def _payers(book: Book, period: Period, paid: set[str]) -> Iterator[Person]:
    """Members of the period, and whoever paid in it, in Vietnamese name order."""
    for person in sorted(book.all(Person), key=lambda person: vietnamese.sort_key(person.name)):
        here = all(day is None or day > period.first for day in (person.left, person.until))
        joined = person.joined is None or person.joined <= period.last
        if person.id in paid or (person.member and here and joined):
            yield person
