"""S11-H and S12-H, the books of cash and of a bank account; S82-TLĐ, income and spending; S81-TLĐ, dues paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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
    kept = _fund(book, _KINDS[form.code], fund)
    begun = kept.opened is None or kept.opened <= period.last
    opening = balance = (kept.opening if begun else 0) + books.before(book, kept, period.first)
    rows = [Row({"text": "Số dư đầu kỳ", "balance": opening}, "bold")]
    answers: list[dict[str, Cell]] = []
    months = _Months(period)
    for entry in books.entries(book, kept, period.first, period.last):
        rows += months.turn(entry.day, balance)
        balance += entry.came_in - entry.went_out
        months.add(entry.came_in, entry.went_out)
        number = _number_here(kept.kind, entry)
        column = "number" if form.code == "S12" else "receipt" if entry.came_in else "payment"
        cells: dict[str, Cell] = {"booked": entry.day, "day": entry.day, column: number, "text": entry.text}
        figures: dict[str, Cell] = {"in": entry.came_in, "out": entry.went_out, "balance": balance}
        rows.append(Row(cells | figures, code=entry.voucher))
        answers.append({"date": entry.day.isoformat(), "number": number, "text": entry.text, **figures})
    rows += months.turn(None, balance)
    totals = {"in": months.all_in, "out": months.all_out}
    rows.append(Row({"text": "Cộng phát sinh trong kỳ", **totals}, "total"))
    rows.append(Row({"text": "Số dư cuối kỳ", "balance": balance}, "bold"))
    table = Table(form.table_columns(), tuple(rows), number_row=True, carry=("in", "out"))
    opened = dates.show_day(kept.opened) if kept.opened else "…/…/……"
    closing = Section(paragraphs=tuple(text.replace("[opened]", opened) for text in form.paragraphs))
    bank = f"Nơi mở tài khoản: {kept.bank or '……'} · Số hiệu tài khoản: {kept.account or '……'}"
    report = paper(
        book, form, period.label, (Section(table=table), closing), subtitle=bank if form.code == "S12" else "",
        short=f"{kept.code} · {period.label}",
    )  # fmt: skip
    return Made(report, {"opening": opening, "rows": answers, "closing": balance, "totals": totals})


def _fund(book: Book, kind: str, code: str | None) -> Fund:
    """The fund named, or the only one of its kind."""
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
            name = dates.show_month(self._month)
            yield Row({"text": f"Cộng tháng {name}", "in": self._in, "out": self._out, "balance": balance}, "total")
            self._in = self._out = 0
        self._month = month


def items_book(book: Book, form: Form, period: Period, opening: int, closing: int) -> Made:
    """S82-TLĐ: a row a voucher, a column a mục; transfers and advances are not in it. `opening` is mã 10."""
    catalogue = items(book, period.last)
    rows = [Row({"text": "Số dư đầu kỳ", "10": opening}, "bold")]
    answers = []
    totals = {item.code: 0 for item in catalogue.posted()} | {"in": 0, "out": 0}
    for place, (first, cells) in enumerate(_by_voucher(book, period, catalogue), 1):
        sums = {"in": 0, "out": 0}
        for code, (came_in, went_out) in cells.items():
            item = catalogue.by_code[code]
            amount = came_in - went_out if item.side == "in" else went_out - came_in
            sums[item.side] += amount
            totals[code] += amount
            sums[code] = amount
        totals["in"] += sums["in"]
        totals["out"] += sums["out"]
        plain = {code: amount for code, amount in sums.items() if code not in ("in", "out")}
        drawn: dict[str, Cell] = {
            "no": str(place), "booked": first.day, "number": first.number, "day": first.day, "text": first.text,
        }  # fmt: skip
        rows.append(Row(drawn | sums, code=first.voucher))
        answers.append({"date": first.day.isoformat(), "number": first.number, "text": first.text, "cells": plain})
    columns = form.table_columns(catalogue)
    shown = {key: amount for key, amount in totals.items() if key in {column.key for column in columns}}
    rows.append(Row({"text": "Cộng phát sinh trong kỳ", **shown}, "total"))
    rows.append(Row({"text": "Số dư cuối kỳ", "50": closing}, "bold"))
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


def _by_voucher(
    book: Book, period: Period, catalogue: Items
) -> Iterator[tuple[books.ItemEntry, dict[str, tuple[int, int]]]]:
    """The vouchers of a period with what they say under each mục of the form."""
    held: books.ItemEntry | None = None
    cells: dict[str, tuple[int, int]] = {}
    for entry in books.item_entries(book, period.first, period.last):
        if held is not None and entry.voucher != held.voucher:
            yield held, cells
            cells = {}
        if held is None or entry.voucher != held.voucher:
            held = entry
        code = catalogue.of_form(entry.item)
        if code:
            came_in, went_out = cells.get(code, (0, 0))
            cells[code] = (came_in + entry.came_in, went_out + entry.went_out)
    if held is not None:
        yield held, cells


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
