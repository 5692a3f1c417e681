"""Vouchers on paper: phiếu thu C40-BB, phiếu chi C41-BB, a plain phiếu kế toán for the rest.

Each is drawn as half an A4; that half is a page of its own (A5), or stands alone or with another on A4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import resources
from desktop_app.domain import dates, numbering
from desktop_app.domain import vouchers as rules
from desktop_app.domain.amounts import format_amount, in_words, money
from desktop_app.domain.items import Items
from desktop_app.domain.records import Fund, Union, Voucher
from desktop_app.reports.fonts import BOLD, BOLD_ITALIC, ITALIC, PLAIN, width
from desktop_app.reports.grid import draw_table
from desktop_app.reports.model import Column, Row, Signature, Table
from desktop_app.reports.pdf import draw_signatures
from desktop_app.reports.sheet import LEADING, MM, Ink, Sheet, Stroke
from desktop_app.storage import attachments, texts
from desktop_app.storage import numbering as series
from desktop_app.storage.book import Book
from desktop_app.storage.items import items

_SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
_SIGNATURE_ROOM = 13 * MM
_MARK_SIZE, _PALE = 64, 0.87
_DOTS = "………………"
_FEW = "………"
MARKS: Mapping[str, str] = {"nháp": "BẢN NHÁP", "đã hủy": "ĐÃ HỦY"}


@dataclass(frozen=True)
class Paper:
    """One voucher to print. `kind` and `number` may be those of a transfer's other half; `mark` runs across it."""

    unit: Union | None
    voucher: Voucher
    kind: str
    number: str
    amount: int
    text: Mapping[str, Any]
    by: str
    mark: str
    volume: str
    papers: str
    """What goes with it, as typed; where nothing was, the number of files kept with it."""
    lines: tuple[tuple[str, str, int, int], ...]
    """What is posted: mục with its name, fund, đồng in, đồng out."""


def make(book: Book, vouchers: Iterable[Voucher], by: str, layout: str = "A5") -> bytes:
    """The PDF of these vouchers in their order; `by` is who made them out, `layout` "A5", "A4" (one a page) or "A4x2".

    A transfer that has a number in the cash book (PT10/02 of UNC10/01) prints its phiếu thu or phiếu chi too.
    """
    known = _Known(book)
    return draw([paper for voucher in vouchers for paper in known.papers(voucher, by)], layout)


class _Known:
    """What every paper of a book needs, read once for all of them."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.unit = next(book.all(Union), None)
        self.funds = {fund.id: fund for fund in book.all(Fund)}
        self._numbering, self._pattern = series.chosen(book), series.pattern(book)
        self._items: dict[date, Items] = {}
        self._words: dict[tuple[str, date], Mapping[str, Any]] = {}

    def items(self, day: date) -> Items:
        """The mục in force on a day."""
        if day not in self._items:
            self._items[day] = items(self._book, day)
        return self._items[day]

    def words(self, kind: str, day: date) -> Mapping[str, Any]:
        """The words of a kind's paper on a day."""
        if (kind, day) not in self._words:
            self._words[kind, day] = template(self._book, kind, day)
        return self._words[kind, day]

    def volume(self, voucher: Voucher, kind: str, number: str) -> str:
        """*Quyển số* of a number, "" where it is not printed."""
        if self._numbering is None or voucher.day is None or not number:
            return ""
        month, own = dates.month_of(voucher.day), number[: len(kind) + 2] if number.startswith(f"{kind}.") else kind
        count = self._pattern.count(own, month, number)
        return numbering.volume(self._numbering.volumes, self._numbering.volume_size, month, count)

    def papers(self, voucher: Voucher, by: str) -> list[Paper]:
        """What to print of a voucher: one paper, or two of a transfer whose cash half has its own number."""
        day = voucher.day or date.today()  # noqa: DTZ011 - only a draft pulled from elsewhere has no day
        known, funds = self.items(day), self.funds
        lines = tuple(
            (
                f"{line.item} – {known.name(known.of_form(line.item))}" if line.item else line.party or "Chuyển quỹ",
                funds[line.fund].name or funds[line.fund].code if line.fund in funds else "",
                line.amount_in,
                line.amount_out,
            )
            for line in voucher.lines
        )
        mark = MARKS["nháp"] if not voucher.posted else MARKS["đã hủy"] if voucher.cancelled else ""
        amount = rules.amount_of(voucher)
        if voucher.kind == "ĐC" and not rules.moves(voucher):
            amount = sum(line.amount_in + line.amount_out for line in voucher.lines)
        files = "" if voucher.papers else len(attachments.of(self._book, "voucher", voucher.id)) or ""
        with_it = voucher.papers or str(files)
        halves = [(voucher.kind, voucher.number)]
        halves += [(kind, voucher.counterpart) for kind in ("PT", "PC") if voucher.counterpart.startswith(kind)]
        return [
            Paper(self.unit, voucher, kind, number, amount, text, by, mark, volume, with_it, lines)
            for kind, number in halves
            for volume, text in [(self.volume(voucher, kind, number), self.words(kind, day))]
        ]


def template(book: Book, kind: str, day: date) -> Mapping[str, Any]:
    """The words of a kind's paper in force on a day in this book: form, title, legal line, who signs."""
    dated = [entry for entry in resources.read("papers/vouchers.toml")["paper"] if entry["kind"] in (kind, "")]
    fitting = [entry for entry in dated if entry["from"] <= day] or dated
    found: Mapping[str, Any] = max(fitting, key=lambda entry: (entry["kind"] == kind, entry["from"]))
    return texts.of(book, found["kind"] or "PKT", found, day)


def draw(all_papers: Sequence[Paper], layout: str = "A5") -> bytes:
    """The papers as a PDF file; letters shrink where a long text would not fit its half page."""
    name = all_papers[0].unit.name if all_papers and all_papers[0].unit else ""
    a5 = layout == "A5"
    sheet = Sheet(slip=a5, plain=not a5)
    on_page = 2 if layout == "A4x2" else 1
    for place, paper in enumerate(all_papers):
        if place and place % on_page == 0:
            sheet.new_page()
        half = _half(paper)
        if place % on_page == 0 and not a5:
            sheet.stroke(8 * MM, half.high, sheet.wide - 8 * MM, half.high, 0.3, dashed=True)  # where it is cut
        up = 0 if a5 or place % on_page else half.high
        if paper.mark:
            sheet.words(half.wide / 2, up + half.high / 2, paper.mark, _MARK_SIZE, BOLD, align="centre", grey=_PALE)
        sheet.pages[-1] += [_moved(ink, up) for ink in half.pages[0]]
    return sheet.pdf("Chứng từ kế toán", name)


def _half(paper: Paper) -> Sheet:
    """The paper on half an A4, in the largest letters at which it stays there."""
    for size in _SIZES:
        half = Sheet(slip=True)
        _draw(half, paper, size)
        if len(half.pages) == 1:
            break
    return half


def _moved(ink: Ink, up: float) -> Ink:
    if isinstance(ink, Stroke):
        return ink._replace(y1=ink.y1 + up, y2=ink.y2 + up)
    return ink._replace(y=ink.y + up)


def _draw(sheet: Sheet, paper: Paper, size: float) -> None:
    _head(sheet, paper, size)
    official = bool(paper.text["form"])
    _facts(sheet, paper, size, official=official)
    if official:
        _sign_cash(sheet, paper, size)
    else:
        _lines(sheet, paper)
        _sign(sheet, paper, size)


def _head(sheet: Sheet, paper: Paper, size: float) -> None:
    small, unit, said = size - 1.5, paper.unit, paper.text["labels"]
    left = (sheet.left, sheet.left + sheet.room * 0.56)
    right = (sheet.right - sheet.room * 0.42, sheet.right)
    top = sheet.y
    sheet.lines(f"{said['unit']}: {unit.name if unit else _DOTS}", small, BOLD, within=left)
    sheet.lines(f"{said['budget_code']}: {_DOTS}", small, within=left)
    end, sheet.y = sheet.y, top
    if paper.text["form"]:
        sheet.lines(f"Mẫu số {paper.text['form']}", small, BOLD, align="centre", within=right)
        sheet.lines(paper.text["issued"], small - 1, ITALIC, align="centre", within=right)
    sheet.y = min(sheet.y, end)
    sheet.gap(2.2 * MM)
    top, middle = sheet.y, (sheet.left + sheet.room * 0.25, sheet.right - sheet.room * 0.25)
    sheet.lines(paper.text["title"], size + 3.5, BOLD, align="centre", within=middle)
    if not paper.text["form"]:
        sheet.lines(f"({rules.KIND_NAMES[paper.kind]})", size, ITALIC, align="centre", within=middle)
    sheet.lines(paper_day(paper.voucher), size, ITALIC, align="centre", within=middle)
    end, sheet.y = sheet.y, top
    aside = (sheet.right - sheet.room * 0.2, sheet.right)
    facts = [numbered := f"{said['number']}: {paper.number or _FEW}"]
    if paper.text["form"]:
        facts = [f"{said['volume']}: {paper.volume or _FEW}", *facts, f"Nợ: {_FEW}  Có: {_FEW}"]
    for line in facts:
        sheet.lines(line, size - 0.5, BOLD if line == numbered else PLAIN, within=aside)
    sheet.y = min(sheet.y, end)
    sheet.gap(2 * MM)


def _facts(sheet: Sheet, paper: Paper, size: float, *, official: bool) -> None:
    voucher, said = paper.voucher, paper.text["labels"]
    if voucher.party or official:
        _fact(sheet, paper.text["person"], voucher.party, size)
    if voucher.address or official:
        _fact(sheet, said["address"], voucher.address, size)
    _fact(sheet, said["text"], voucher.text, size)
    _fact(sheet, said["amount"], money(paper.amount).replace("₫", "đồng"), size, bold=True)
    _fact(sheet, said["words"], f"{in_words(paper.amount)}.", size, italic=True)
    if paper.papers or official:
        papers_ = f"{paper.papers} chứng từ gốc" if paper.papers.isdigit() else paper.papers
        _fact(sheet, said["papers"], papers_ or f"{_FEW} chứng từ gốc", size)
    if voucher.reason:
        _fact(sheet, "Lý do hủy" if voucher.cancelled else "Lý do", voucher.reason, size)


def _fact(sheet: Sheet, name: str, value: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """ "Nội dung: …" with what is written after it, running on under it where it is long."""
    face = BOLD if bold else BOLD_ITALIC if italic else PLAIN
    words = f"{name}: "
    start = sheet.left + width(words, PLAIN, size)
    sheet.need(size * LEADING)
    sheet.words(sheet.left, sheet.y - size * (LEADING - 0.25), words, size)
    dots = "…" * int((sheet.right - start) / width("…", PLAIN, size))
    sheet.lines(value or dots, size, face, within=(start, sheet.right))
    sheet.gap(size * 0.14)


def _lines(sheet: Sheet, paper: Paper) -> None:
    columns = (
        Column("item", "Mục", 70),
        Column("fund", "Quỹ, tài khoản", 45),
        Column("in", "Thu", 28, "money"),
        Column("out", "Chi", 28, "money"),
    )
    rows = [Row({"item": item, "fund": fund, "in": came, "out": went}) for item, fund, came, went in paper.lines]
    sheet.gap(1.5 * MM)
    draw_table(sheet, Table(columns, tuple(rows)))
    sheet.gap(2 * MM)


def _sign_cash(sheet: Sheet, paper: Paper, size: float) -> None:
    said = paper.text
    cashier, giver = (said["signs"]["cashier"], paper.unit.cashier if paper.unit else ""), (said["signer"], "")
    _sign(sheet, paper, size)
    sheet.gap(1.5 * MM)
    received = f"{format_amount(paper.amount)} đồng ({in_words(paper.amount)})"
    _fact(sheet, said["labels"]["received"], received, size)
    pair = (giver, cashier) if paper.kind == "PT" else (cashier, giver)
    signatures = [Signature(title, name) for title, name in pair]
    draw_signatures(sheet, signatures, "Ngày …… tháng …… năm ………", room=_SIGNATURE_ROOM, size=size - 1)


def _sign(sheet: Sheet, paper: Paper, size: float) -> None:
    unit, signs = paper.unit, paper.text["signs"]
    signatures = (
        Signature(signs["chair"], unit.chair if unit else "", "(Ký, họ tên, đóng dấu)"),
        Signature(signs["accountant"], unit.accountant if unit else ""),
        Signature(signs["by"], paper.by),
    )
    draw_signatures(sheet, signatures, "", room=_SIGNATURE_ROOM, size=size - 1)


def paper_day(voucher: Voucher) -> str:
    """ "Ngày 20 tháng 10 năm 2026", dotted where there is no day."""
    day = voucher.day
    if day is None:
        return "Ngày …… tháng …… năm ………"
    return f"Ngày {day.day:02} tháng {day.month:02} năm {day.year}"
