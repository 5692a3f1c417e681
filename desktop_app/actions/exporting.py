"""Take a union out into its workbook, in the layout that `importing` reads: reading it gives the same book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain.records import (
    Balance,
    Budget,
    CashCount,
    Dues,
    Exemption,
    Fund,
    Line,
    Office,
    Payroll,
    Person,
    PersonDetail,
    Union,
    Voucher,
    Wage,
)  # fmt: skip
from desktop_app.exchange import layout
from desktop_app.exchange.layout import Sheet
from desktop_app.exchange.lists import DETAILS
from desktop_app.exchange.source import Cell
from desktop_app.exchange.writing import Writing
from desktop_app.storage import person_more
from desktop_app.storage.book import Book

Values = dict[str, Cell | None]
OFFSET = "Bù trừ"
_MORE = ("phone", "email", "address", "workplace", "job", "contract", "hired", "education", "registered")
NOTES = (
    "Sổ công đoàn cơ sở",
    "Mỗi trang tính là một phần của sổ. Giữ nguyên tên trang và tên cột; có thể đổi thứ tự cột, bỏ trang không dùng.",
    "Ngày ghi 05/10/2026, tháng ghi 10/2026, tiền ghi 1.250.000. Số CCCD có 12 chữ số, giữ đủ số 0 đầu.",
    "Chứng từ: các dòng cùng Loại, Số và Ngày là một phiếu. Phiếu chưa có số thì để trống Số, chương trình tự đánh.",
    "Chuyển tiền giữa hai quỹ: một dòng, Quỹ là quỹ chi, tiền ở cột Chi, Quỹ đối ứng là quỹ nhận, bỏ trống Mục.",
    "Ở các trang khác, người chưa có CCCD thì ghi số thẻ đoàn viên hoặc họ và tên vào cột Số CCCD.",
    "Bù trừ ở cột Quỹ là khoản không có tiền. Bỏ trống Mục và ghi Đối tượng nếu là tạm ứng, phải thu, phải trả.",
    "Phiếu nháp và phiếu đã hủy không có trong tệp này.",
)


def export_workbook(book: Book, path: Path, made: datetime | None = None) -> dict[str, int]:
    """Write the whole book as a union workbook; answers the rows of each sheet. Raises `Trouble`.

    Drafts and cancelled vouchers stay behind: whoever reads the file posts what it holds.
    """
    written: dict[str, int] = {}
    with Writing(path, made) as writing:
        union = list(_union(book))
        written[layout.UNION.title] = writing.sheet(layout.UNION.title, ("Trường", "Giá trị"), ("text", "text"), union)
        for sheet, gather in SHEETS:
            gathered: Iterable[Values] = gather(book)
            columns = sheet.columns
            if any(column.optional for column in columns):
                gathered = held = list(gathered)
                columns = sheet.written(held)
            rows = ([values.get(column.field) for column in columns] for values in gathered)
            headings = [column.heading for column in columns]
            kinds = [column.kind for column in columns]
            written[sheet.title] = writing.sheet(sheet.title, headings, kinds, rows)
        writing.notes(layout.GUIDE, NOTES)
    return written


def _union(book: Book) -> Iterator[Sequence[Cell]]:
    union = next(iter(book.all(Union)), None)
    for column in layout.UNION.columns:
        value = getattr(union, column.field, None) if union else None
        if column.field == "code":
            value = book.union_code
        if column.kind == "flag":
            value = "Có" if value else "Không"
        yield column.heading, "" if value is None else value


def _people(book: Book) -> Iterator[Values]:
    wages: dict[str, list[Wage]] = {}
    for wage in book.all(Wage):
        wages.setdefault(wage.person, []).append(wage)
    details: dict[str, list[PersonDetail]] = {}
    for detail in book.all(PersonDetail):
        details.setdefault(detail.person, []).append(detail)
    for person in book.all(Person):
        more = person_more.together(details[person.id]) if person.id in details else None
        own = sorted(wages.get(person.id, ()), key=lambda wage: wage.from_month)
        yield {
            **_plain(person, ("name", "sex", "cccd", "card", "team", "joined", "left", "note", *_MORE)),
            "birth": _birth(person.birth), "member": person.member and person.until is None,
            **(_wage(own[0]) if own else {}), **(_plain(more, tuple(DETAILS)) if more else {}),
        }  # fmt: skip
        for wage in own[1:]:
            yield {"name": person.name, "birth": _birth(person.birth), "cccd": person.cccd, **_wage(wage)}


def _wage(wage: Wage) -> Values:
    return {"insured": wage.insured, "net": wage.net or None, "from_month": _month(wage.from_month)}


def _funds(book: Book) -> Iterator[Values]:
    for fund in book.all(Fund):
        if fund.kind != OFFSET:
            yield _plain(fund, ("code", "name", "kind", "bank", "account", "opening", "opened"))


def _balances(book: Book) -> Iterator[Values]:
    for balance in book.all(Balance):
        yield _plain(balance, ("kind", "party", "amount", "opened"))


class _Vouchers:
    """The vouchers that count, each as the rows that make it again."""

    def __init__(self, book: Book) -> None:
        self._codes = {fund.id: OFFSET if fund.kind == OFFSET else fund.code for fund in book.all(Fund)}
        self.all = [v for v in book.all(Voucher) if v.posted and not v.cancelled]
        self._by_id = {voucher.id: voucher for voucher in self.all}

    def rows(self) -> Iterator[Values]:
        for voucher in self.all:
            target = voucher.adjusts or voucher.reverses
            head = {
                **_plain(voucher, ("kind", "number", "counterpart", "day", "text", "party", "address", "papers")),
                "month": _month(voucher.month), "adjusts": self.exact(target),
            }  # fmt: skip
            for line in self._lines(voucher.lines):
                yield {**head, **line}

    def exact(self, id_: str) -> str | None:
        """How a reference names a voucher beyond doubt: PC10/02/2026."""
        voucher = self._by_id.get(id_)
        return f"{voucher.number}/{voucher.day.year}" if voucher and voucher.day else None

    def _lines(self, lines: Sequence[Line]) -> Iterator[Values]:
        """A transfer is one row: what a line without mục pays, others receive, in parts if need be."""
        receiving = [line for line in lines if _bare(line) and line.amount_in]
        open_parts = [line.amount_in for line in receiving]
        for line in lines:
            if not _bare(line):
                yield {
                    "item": line.item, "debtor": line.party, "fund": self._codes.get(line.fund, ""),
                    "amount_in": line.amount_in or None, "amount_out": line.amount_out or None,
                }  # fmt: skip
            left = line.amount_out if _bare(line) else 0
            for place, half in enumerate(receiving):
                part = min(left, open_parts[place], key=abs)
                if part:
                    open_parts[place] -= part
                    left -= part
                    funds = {"fund": self._codes.get(line.fund, ""), "to_fund": self._codes.get(half.fund, "")}
                    yield {"amount_out": part, **funds}


def _bare(line: Line) -> bool:
    return not line.item and not line.party


def _payrolls(book: Book) -> Iterator[Values]:
    for row in book.all(Payroll):
        yield {"month": _month(row.month), **_plain(row, ("workers", "fee_fund", "members", "dues_fund"))}


def _cccd(book: Book) -> dict[str, str]:
    """How the other sheets name a person: by CCCD, by card who has none yet, else by name."""
    return {person.id: person.cccd or person.card or person.name for person in book.all(Person)}


def _exemptions(book: Book) -> Iterator[Values]:
    known = _cccd(book)
    for row in book.all(Exemption):
        months: Values = {"from_month": _month(row.from_month), "to_month": _month(row.to_month)}
        yield {"cccd": known.get(row.person, ""), "reason": row.reason, **months}


def _dues(book: Book) -> Iterator[Values]:
    known, vouchers = _cccd(book), _Vouchers(book)
    for row in book.all(Dues):
        yield {
            "cccd": known.get(row.person, ""), "month": _month(row.month), "amount": row.amount,
            "voucher": vouchers.exact(row.voucher),
        }  # fmt: skip


def _offices(book: Book) -> Iterator[Values]:
    known = _cccd(book)
    for row in book.all(Office):
        yield {"cccd": known.get(row.person, ""), **_plain(row, ("title", "since", "until"))}


def _counts(book: Book) -> Iterator[Values]:
    codes = {fund.id: fund.code for fund in book.all(Fund)}
    for count in book.all(CashCount):
        for note in count.notes:
            fund = codes.get(count.fund, "")
            yield {"day": count.day, "fund": fund, "value": note.value, "count": note.count}


def _budgets(book: Book) -> Iterator[Values]:
    for row in book.all(Budget):
        yield _plain(row, ("year", "item", "amount", "last_year", "approved"))


SHEETS: tuple[tuple[Sheet, Callable[[Book], Iterator[Values]]], ...] = (
    (layout.PEOPLE, _people),
    (layout.FUNDS, _funds),
    (layout.BALANCES, _balances),
    (layout.VOUCHERS, lambda book: _Vouchers(book).rows()),
    (layout.PAYROLL, _payrolls),
    (layout.EXEMPTIONS, _exemptions),
    (layout.DUES, _dues),
    (layout.OFFICES, _offices),
    (layout.COUNTS, _counts),
    (layout.BUDGET, _budgets),
)


def _plain(record: Any, names: Sequence[str]) -> Values:
    return {name: getattr(record, name) for name in names}


def _month(month: str) -> str:
    return dates.show_month(month) if month else ""


def _birth(iso: str) -> str:
    return dates.parse_partial(iso).display if iso else ""
