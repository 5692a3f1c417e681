"""The list of movements written to a file: PDF, Excel or CSV, each whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop_app.actions.member_papers import write_drawn
from desktop_app.domain.dates import Period, show_day
from desktop_app.domain.errors import Refused
from desktop_app.storage import movements, payroll
from desktop_app.storage.book import Book
from desktop_app.storage.movements import Happened


def write_list(
    book: Book, rows: Sequence[Happened], path: Path, day: date, *, period: Period, told: str = ""
) -> None:
    """The movements given, as the ending of `path` says (.pdf, .xlsx, .csv).

    Raises `Refused` if there are none, `Trouble` of the disk.
    """
    from desktop_app.reports import movement_papers, pdf, xlsx

    if not rows:
        raise Refused("Không có biến động nào để in. Hãy chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")
    known = movements.kinds(period.last)
    report = movement_papers.movement_list(payroll.union(book), known, rows, day, period=period.label, told=told)
    if path.suffix == ".xlsx":
        xlsx.write(report, path)
    elif path.suffix == ".csv":
        (table,) = report.tables
        cells = [[row.cells.get(column.key) for column in table.columns] for row in table.rows]
        lines = [[show_day(cell) if isinstance(cell, date) else cell for cell in line] for line in cells]
        write_drawn(path, lambda: _csv([[column.heading for column in table.columns], *lines]))
    else:
        write_drawn(path, lambda: pdf.draw(report))


def _csv(lines: Sequence[Sequence[object]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; a text that begins like a formula stays a text."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for line in lines:
        writer.writerow([_plain(cell) for cell in line])
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
