"""Write a workbook that Excel shows as meant: text stays text, so that no leading zero is lost; whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, XlsxWriterException

from desktop_app.domain.errors import Trouble
from desktop_app.exchange.layout import FAULT, Kind
from desktop_app.exchange.source import Cell

_WIDTHS: dict[Kind, int] = {
    "text": 18, "cccd": 16, "money": 16, "whole": 12, "day": 13, "month": 11, "birth": 13, "flag": 11, "choice": 13,
}  # fmt: skip
_WIDE = {"Họ và tên": 26, "Nội dung": 44, "Tên đơn vị": 40, "Giá trị": 44, "Trường": 24, "Ghi chú": 24, FAULT: 70}
_NARROW = {"Loại": 9, "Mục": 9, "Quỹ": 10, "Kỳ": 10, "Tổ công đoàn": 14}


class Writing:
    """A workbook being written; it takes its name only when the `with` block ends well."""

    def __init__(self, path: Path, made: datetime | None = None) -> None:
        """`made` fixes the day of making, for files that must come out the same. Raises `Trouble`."""
        self._path = path
        self._partial = path.with_name(f".{path.name}.moi")
        try:
            self._partial.touch()
        except OSError as error:
            raise self._unwritten() from error
        self._book = xlsxwriter.Workbook(
            str(self._partial), {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
        )
        if made:
            self._book.set_properties({"created": made})
        self._formats: dict[tuple[str, str], Any] = {}

    def __enter__(self) -> Writing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._book.close()
            if error is None:
                os.replace(self._partial, self._path)
        except (OSError, FileCreateError, XlsxWriterException) as failed:
            raise self._unwritten() from failed
        finally:
            self._partial.unlink(missing_ok=True)

    def sheet(
        self,
        title: str,
        headings: Sequence[str],
        kinds: Sequence[Kind],
        rows: Iterable[Sequence[Cell | None]],
        *,
        font: str = "Times New Roman",
        encode: Callable[[str], str] = str,
    ) -> int:
        """One sheet under a frozen heading row; answers how many rows it got. `kinds` decide the cells' formats.

        An old `font` shows what `encode` makes of the texts.
        """
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        bold = self._format("heading", font)
        for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True)):
            sheet.set_column(place, place, _NARROW.get(heading, _WIDE.get(heading, _WIDTHS[kind])))
            sheet.write_string(0, place, encode(heading), bold)
        count = 0
        for count, row in enumerate(rows, 1):
            for place, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                shown = encode(cell) if isinstance(cell, str) else cell
                self._cell(sheet, (count, place), shown, kind, font)
        if count:
            sheet.autofilter(0, 0, count, len(headings) - 1)
        return count

    def notes(self, title: str, lines: Sequence[str]) -> None:
        """A sheet of plain sentences, the first one bold."""
        sheet = self._book.add_worksheet(title)
        sheet.set_column(0, 0, 110)
        for number, line in enumerate(lines):
            style = "title" if number == 0 else "note"
            sheet.write_string(number, 0, line, self._format(style, "Times New Roman"))

    def _unwritten(self) -> Trouble:
        told = f"Không ghi được tệp {self._path.name}"
        return Trouble(f"{told}. Hãy đóng tệp nếu đang mở trong Excel, hoặc chọn thư mục khác.")

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Cell | None, kind: Kind, font: str) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            cell = "Có" if cell else "Không"
        if isinstance(cell, (date, datetime)):
            sheet.write_datetime(*at, cell, self._format("day", font))
        elif isinstance(cell, (int, float)):
            sheet.write_number(*at, cell, self._format("money" if kind == "money" else "number", font))
        else:
            sheet.write_string(*at, str(cell), self._format("text", font))

    def _format(self, name: str, font: str) -> Any:
        if (name, font) not in self._formats:
            looks: dict[str, dict[str, Any]] = {
                "heading": {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "vcenter"},
                "text": {"num_format": "@"},
                "day": {"num_format": "dd/mm/yyyy", "align": "center"},
                "money": {"num_format": "#,##0"},
                "number": {"num_format": "0"},
                "title": {"bold": True, "font_size": 14},
                "note": {"text_wrap": True},
            }
            self._formats[name, font] = self._book.add_format({"font_name": font, "font_size": 12, **looks[name]})
        return self._formats[name, font]
