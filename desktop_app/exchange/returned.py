"""Give refused rows back in a workbook of the same layout, with a column that says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.exchange.layout import FAULT, UNION, Kind
from desktop_app.exchange.source import Cell
from desktop_app.exchange.tables import Row, Table
from desktop_app.exchange.writing import Writing


@dataclass
class Refusals:
    """The refused rows of one table, each with its sentences."""

    table: Table
    rows: list[tuple[Row, str]] = field(default_factory=list)


def write_back(source: Path, union: Sequence[tuple[str, Cell, str]], sheets: Mapping[str, Refusals]) -> Path:
    """Write the refused rows beside the file they came from, over no other file; answers the new file.

    `union` are the rows of *Đơn vị*, so that the mended workbook can be read again (none for a list of people).
    Raises `Trouble`.
    """
    target = _free_name(source)
    with Writing(target) as writing:
        if union:
            writing.sheet(UNION.title, ("Trường", "Giá trị", FAULT), ("text", "text", "text"), union)
        for refusals in sheets.values():
            table = refusals.table
            width = len(table.headings)
            kinds: list[Kind] = [
                table.columns[place].kind if place in table.columns else "text" for place in range(width)
            ]
            ordered = sorted(refusals.rows, key=lambda pair: pair[0].number)
            rows = ([*(row.cells + [""] * width)[:width], problem] for row, problem in ordered)
            writing.sheet(table.sheet.title, [*table.headings, FAULT], [*kinds, "text"], rows)
    return target


def _free_name(source: Path) -> Path:
    tried = source.with_name(f"{source.stem}-loi.xlsx")
    number = 2
    while tried.exists():
        tried = source.with_name(f"{source.stem}-loi-{number}.xlsx")
        number += 1
    return tried
