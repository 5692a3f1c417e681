"""How cells, columns and headings stand, alike on paper and in Excel."""

from __future__ import annotations

from datetime import date
from string import ascii_uppercase

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import show_day
from desktop_app.reports.model import Cell, Column, Row, Table

CARRIED_OUT = "Cộng chuyển trang sau"
CARRIED_IN = "Trang trước chuyển sang"
UNSIGNED_DAY = "………, ngày …… tháng …… năm ……"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def shown(cell: Cell, column: Column) -> str:
    """What stands in a cell: 1250000 -> "1.250.000", -500000 -> "(500.000)", 0 as its column says, a day dd/mm/yyyy."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return show_day(cell)
    if isinstance(cell, str):
        return cell
    if column.kind not in ("money", "count"):
        return str(cell)
    if cell == 0:
        return column.zero
    return f"({format_amount(-cell)})" if cell < 0 else format_amount(cell)


def marks(table: Table) -> dict[str, str]:
    """The row under the heading: letters over words, numbers over amounts ("A B C 1 2 3 D"), by column key."""
    letters = iter(ascii_uppercase + ascii_uppercase.lower())
    number = 0
    found: dict[str, str] = {}
    for column in table.columns:
        if column.is_number:
            number += 1
        found[column.key] = column.mark or (str(number) if column.is_number else next(letters))
    return found


def spans(columns: tuple[Column, ...]) -> list[tuple[str | None, int, int]]:
    """Runs of columns under one spanning heading: (group or None, first, last); a column of no group runs alone."""
    runs: list[tuple[str | None, int, int]] = []
    for place, column in enumerate(columns):
        if column.group and runs and runs[-1][0] == column.group:
            runs[-1] = (column.group, runs[-1][1], place)
        else:
            runs.append((column.group, place, place))
    return runs


def stretched(row: Row, columns: tuple[Column, ...]) -> str | None:
    """The text of a heading row that runs over the whole table, or None if the row keeps its columns."""
    if row.style != "heading":
        return None
    filled = [cell for column in columns if (cell := row.cells.get(column.key)) not in (None, "")]
    return filled[0] if len(filled) == 1 and isinstance(filled[0], str) else None


def main_column(columns: tuple[Column, ...]) -> Column:
    """The column that tells what a row is about: the widest of words, else the first."""
    words = [column for column in columns if column.kind == "text"]
    return max(words, key=lambda column: column.width) if words else columns[0]
