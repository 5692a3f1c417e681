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
from desktop_app.exchange.layout import Kind
from desktop_app.exchange.source import Cell
from desktop_app.storage import space

_LEAST, _MOST = 9, 60  # characters: the widths of columns
_LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "valign": "vcenter"},
    "text": {"num_format": "@"},
    "day": {"num_format": "dd/mm/yyyy", "align": "center"},
    "money": {"num_format": "#,##0"},
    "number": {"num_format": "0"},
    "title": {"bold": True, "font_size": 14},
    "note": {"text_wrap": True},
}
_LOOK_OF: dict[Kind, str] = {"money": "money", "whole": "number", "day": "day"}


class Writing:
    """A workbook being written; it takes its name only when the `with` block ends well."""

    def __init__(self, path: Path, made: datetime | None = None) -> None:
        """`made` fixes the day of making, for files that must come out the same. Raises `Trouble`."""
        self._path = path
        self._partial = path.with_name(f".{path.name}.moi")
        try:
            self._partial.touch()
        except OSError as error:
            raise self._unwritten(error) from error
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
            raise self._unwritten(failed) from failed
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
        sheet.set_paper(9)  # A4, as wide as the page, the headings on each page
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        widths = [len(heading) + 3 for heading in headings]  # room for the filter's button
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, encode(heading), self._format("heading", font))
        count = 0
        for count, row in enumerate(rows, 1):
            for place, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                shown = encode(cell) if isinstance(cell, str) else cell
                widths[place] = max(widths[place], self._cell(sheet, (count, place), shown, kind, font))
        for place, (width, kind) in enumerate(zip(widths, kinds, strict=True)):
            # The whole column has the format, so that what is typed below keeps its zeros too.
            look = self._format(_LOOK_OF.get(kind, "text"), font)
            sheet.set_column(place, place, min(max(width, _LEAST), _MOST), look)
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

    def _unwritten(self, error: Exception) -> Trouble:
        name = self._path.name
        told = f"Không ghi được tệp {name}. Hãy đóng tệp nếu đang mở trong Excel, hoặc chọn thư mục khác."
        return space.trouble_of(error, self._path, f"chưa ghi được tệp {name}", told)

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Cell | None, kind: Kind, font: str) -> int:
        """Write a cell; answers how many characters wide it shows."""
        if cell is None or cell == "":
            return 0
        if isinstance(cell, bool):
            cell = "Có" if cell else "Không"
        if isinstance(cell, (date, datetime)):
            sheet.write_datetime(*at, cell, self._format("day", font))
            return 12
        if isinstance(cell, (int, float)):
            sheet.write_number(*at, cell, self._format("money" if kind == "money" else "number", font))
            return len(f"{cell:,}") + 2
        sheet.write_string(*at, str(cell), self._format("text", font))
        return len(str(cell)) + 2

    def _format(self, name: str, font: str) -> Any:
        if (name, font) not in self._formats:
            look = {"font_name": font, "font_size": 12, **_LOOKS[name]}
            self._formats[name, font] = self._book.add_format(look)
        return self._formats[name, font]
