"""A `Report` as an Excel sheet: numbers stay numbers, headings repeat on each printed page, A4 as on paper.

XlsxWriter is loaded when first needed. Text is always written as text: a name that begins with "=" is no formula.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.reports.layout import MOTTO, NATION, UNSIGNED_DAY, marks, spans, stretched
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Signature, Table
from desktop_app.storage import space

_MM_A_CHARACTER = 2.0
_LEAST = {"money": 13.0, "day": 11.5, "code": 8.0}
_SIGNATURE_ROWS = 4
_CAPITAL = 1.35
"""How much wider than a usual letter a bold capital is."""
_ZERO = {"": "", "-": '"-"'}


def write(report: Report, path: Path) -> None:
    """Write the report to an .xlsx file, whole or not at all.

    Raises `Trouble` if the file cannot be written (it is open in Excel, the disk is full).
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    partial = path.with_name(path.name + ".moi")
    book = Workbook(str(partial), {"default_date_format": "dd/mm/yyyy"})
    _Page(book, report).fill()
    book.set_properties({"title": report.title, "author": report.unit.name, "comments": "Sổ Công đoàn"})
    try:
        book.close()
        partial.replace(path)
    except (OSError, FileCreateError) as error:
        told = f"Không ghi được {path.name}. Nếu tệp đang mở trong Excel, hãy đóng lại rồi thử lại."
        trouble = space.trouble_of(error, path, f"chưa ghi được {path.name}", told)
        partial.unlink(missing_ok=True)
        raise trouble from error


class _Page:
    """One sheet being filled from the top; the table with most columns decides the columns of all."""

    def __init__(self, book: Any, report: Report) -> None:
        self._book, self._report = book, report
        self._sheet = book.add_worksheet(report.form)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._main = max(report.tables, key=lambda table: len(table.columns), default=None)
        self._last = len(self._main.columns) - 1 if self._main else 7
        self._row = 0
        self._repeated = False

    def fill(self) -> None:
        """Everything of the report, top to bottom."""
        report = self._report
        self._set_up()
        self._head()
        day = "" if report.national else report.place_and_date
        for section in report.sections:
            self._section(section)
            if section.signatures:
                self._signatures(section.signatures, day)
                day = UNSIGNED_DAY
        if report.signatures:
            self._signatures(report.signatures, day)
        self._sheet.print_area(0, 0, self._row, self._last)

    def _format(self, **facts: Any) -> Any:
        key = tuple(sorted(facts.items()))
        if key not in self._formats:
            base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
            self._formats[key] = self._book.add_format({**base, **facts})
        return self._formats[key]

    def _set_up(self) -> None:
        sheet, report = self._sheet, self._report
        sheet.set_paper(9)
        if report.landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.8 if report.landscape else 1.18, right=0.6, top=0.79, bottom=0.79)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer(f"&L&8{report.footer.replace('&', '&&')}&R&8Trang &P/&N")
        if self._main:
            for place, width in enumerate(self._widths()):
                sheet.set_column(place, place, width)

    def _merge(self, first: int, last: int, text: str, height: float = 0, **facts: Any) -> None:
        """A text over the columns `first` … `last` of the next row; the caller moves on."""
        look = self._format(**facts)
        if last > first:
            self._sheet.merge_range(self._row, first, self._row, last, "", look)
        self._sheet.write_string(self._row, first, text, look)
        if height:
            self._sheet.set_row(self._row, height)

    def _head(self) -> None:
        report = self._report
        middle = self._middle()
        unit = report.unit
        left = [(unit.upper, {}), (unit.name, {"bold": True}), *((line, {}) for line in unit.lines)]
        if report.national:
            right = [
                (NATION, {"bold": True}), (MOTTO, {"bold": True}), (report.place_and_date, {"italic": True}),
                *((line, {"italic": True}) for line in report.form_note),
            ]  # fmt: skip
        else:
            right = [(line, {"bold": place == 0, "italic": place > 0}) for place, line in enumerate(report.form_note)]
        for place in range(max(len(left), len(right))):
            lines = 1
            if place < len(left):
                self._merge(0, middle - 1, left[place][0], text_wrap=True, **left[place][1])
                lines = max(lines, self._lines(left[place][0], 0, middle - 1))
            if place < len(right):
                self._merge(middle, self._last, right[place][0], align="center", text_wrap=True, **right[place][1])
                lines = max(lines, self._lines(right[place][0], middle, self._last))
            self._sheet.set_row(self._row, 16.5 * lines)
            self._row += 1
        self._row += 1
        self._merge(0, self._last, report.title, 22, bold=True, font_size=14, align="center")
        self._row += 1
        for text in (report.subtitle, report.period_label):
            if text:
                self._merge(0, self._last, text, italic=True, align="center")
                self._row += 1
        if report.mark:
            self._merge(0, self._last, report.mark, bold=True, align="center", font_color="#B00020")
            self._row += 1
        self._row += 1

    def _widths(self) -> list[float]:
        if not self._main:
            return [9.0] * (self._last + 1)
        return [max(c.width / _MM_A_CHARACTER, _LEAST.get(c.kind, 5.0)) for c in self._main.columns]

    def _middle(self) -> int:
        """The first column of the right half."""
        widths = self._widths()
        for place in range(1, len(widths)):
            if sum(widths[:place]) >= sum(widths) * 0.48:
                return place
        return max(1, self._last)

    def _lines(self, text: str, first: int, last: int, letter: float = 1.0) -> int:
        """How many lines a text will take over some columns, its letters `letter` times as wide as a usual one; Excel
        does not fit merged cells itself.
        """
        room = sum(self._widths()[first : last + 1]) * 0.95 / letter
        return sum(max(1, -(-len(part) // max(1, int(room)))) for part in text.split("\n"))

    def _section(self, section: Section) -> None:
        if section.heading:
            self._merge(0, self._last, section.heading, bold=True)
            self._row += 1
        for paragraph in section.paragraphs:
            text = paragraph.replace("{pages}", "…")
            self._merge(0, self._last, text, 16.5 * self._lines(text, 0, self._last), text_wrap=True, valign="top")
            self._row += 1
        if section.table:
            if self._report.measure and section.table is self._report.measured:
                self._merge(0, self._last, self._report.measure, italic=True, align="right")
                self._row += 1
            self._table(section.table)
        self._row += 1

    def _table(self, table: Table) -> None:
        first = self._row
        self._headings(table)
        if table is self._main and not self._repeated:
            self._sheet.repeat_rows(first, self._row - 1)
            if len(self._report.tables) == 1:
                self._sheet.freeze_panes(self._row, 0)
            self._repeated = True
        for row in table.rows:
            self._table_row(table, row)

    def _place(self, table: Table, place: int) -> tuple[int, int]:
        """Where a column stands on the sheet; the last of a narrower table runs on to the sheet's edge."""
        at_end = place == len(table.columns) - 1
        return place, self._last if at_end else place

    def _put(self, row: int, first: int, last: int, cell: Cell, look: Any) -> None:
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", look)
        if cell is None or cell == "":
            self._sheet.write_blank(row, first, None, look)
        elif isinstance(cell, int):
            self._sheet.write_number(row, first, cell, look)
        elif isinstance(cell, date):
            self._sheet.write_datetime(row, first, cell, look)
        else:
            self._sheet.write_string(row, first, cell, look)

    def _headings(self, table: Table) -> None:
        look = self._format(bold=True, align="center", text_wrap=True, border=1, bg_color="#EEF2F6")
        two = any(column.group for column in table.columns)
        for group, first, last in spans(table.columns):
            for place in range(first, last + 1):
                at, end = self._place(table, place)
                self._put(self._row + int(two and bool(group)), at, end, table.columns[place].heading, look)
            if two and group:
                self._put(self._row, self._place(table, first)[0], self._place(table, last)[1], group, look)
            elif two:
                at, end = self._place(table, first)
                self._sheet.merge_range(self._row, at, self._row + 1, end, table.columns[first].heading, look)
        self._sheet.set_row(self._row + int(two), 48 if two else 33)
        self._row += 1 + int(two)
        if table.number_row:
            small = self._format(italic=True, align="center", border=1, font_size=10)
            named = marks(table)
            for place, column in enumerate(table.columns):
                self._put(self._row, *self._place(table, place), named[column.key], small)
            self._row += 1

    def _table_row(self, table: Table, row: Row) -> None:
        alone = stretched(row, table.columns)
        look = {"bold": row.style in ("bold", "total", "heading"), "italic": row.style == "italic", "border": 1}
        if alone is not None:
            self._put(self._row, 0, self._last, alone, self._format(**look))
        else:
            for place, column in enumerate(table.columns):
                first, last = self._place(table, place)
                self._put(self._row, first, last, row.cells.get(column.key), self._format(**look, **_look(column)))
        self._row += 1

    def _signatures(self, signatures: tuple[Signature, ...], day: str) -> None:
        self._row += 1
        if day:
            self._merge(self._middle(), self._last, day, italic=True, align="center")
            self._row += 1
        places = self._shares(len(signatures))
        lines = max(self._lines(one.title, *place, _CAPITAL) for one, place in zip(signatures, places, strict=True))
        for facts, height in (("title", 17 * lines), ("hint", 0), ("name", 0)):
            for signature, (first, last) in zip(signatures, places, strict=True):
                style = {"bold": facts != "hint", "italic": facts == "hint"}
                text = getattr(signature, facts)
                self._merge(first, last, text, align="center", valign="top", text_wrap=True, **style)
            hints = max(signature.hint.count("\n") for signature in signatures) + 1
            if facts == "hint" and hints > 1:
                height = 16 * hints
            if height:
                self._sheet.set_row(self._row, height)
            self._row += _SIGNATURE_ROWS if facts == "hint" else 1
        self._row += 1

    def _shares(self, count: int) -> list[tuple[int, int]]:
        """The columns shared out among signers by their widths: (first, last) of each."""
        widths = self._widths()
        found: list[tuple[int, int]] = []
        first = 0
        for place in range(count):
            left = count - place - 1  # signers who still need a column
            last = first if left else self._last
            share = sum(widths[first:]) / (left + 1)
            while last < self._last - left and sum(widths[first : last + 1]) + widths[last + 1] / 2 < share:
                last += 1
            found.append((first, last))
            first = last + 1
        return found


def _look(column: Column) -> dict[str, Any]:
    """How the cells of a column look."""
    if column.is_number:
        return {"num_format": f"#,##0;(#,##0);{_ZERO[column.zero]}", "align": "right"}
    if column.kind == "day":
        return {"num_format": "dd/mm/yyyy", "align": "center"}
    if column.kind == "code" or column.centred:
        return {"num_format": "@", "align": "center"}
    return {"text_wrap": True}
