"""Write lines of the books to a file for another program: Excel or CSV, in columns that a dated profile names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from desktop_app.domain.errors import Trouble
from desktop_app.exchange.layout import Kind
from desktop_app.exchange.source import Cell
from desktop_app.exchange.writing import Writing
from desktop_app.storage.secrets import write_whole

_KINDS: Mapping[str, Kind] = {"day": "day", "in": "money", "out": "money", "amount": "money"}
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula

Values = Mapping[str, Cell | None]


def write_xlsx(path: Path, columns: Mapping[str, str], rows: Iterable[Values]) -> int:
    """One sheet; answers how many rows it got. Raises `Trouble`."""
    fields = list(columns.values())
    kinds: Sequence[Kind] = [_KINDS.get(field, "text") for field in fields]
    with Writing(path) as writing:
        return writing.sheet("Sổ cái", list(columns), kinds, ([row.get(field) for field in fields] for row in rows))


def write_csv(path: Path, columns: Mapping[str, str], rows: Iterable[Values], separator: str, day: str) -> int:
    """A text file in UTF-8 that Excel opens right; answers how many rows it got. Raises `Trouble`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(list(columns))
    lines = [[_text(row.get(field), day) for field in columns.values()] for row in rows]
    writer.writerows(lines)
    try:
        write_whole(path, out.getvalue().encode("utf-8-sig"))
    except OSError as error:
        told = f"Không ghi được tệp {path.name}"
        raise Trouble(f"{told}. Hãy đóng tệp nếu đang mở, hoặc chọn thư mục khác.") from error
    return len(lines)


def _text(value: Cell | None, day: str) -> str:
    if isinstance(value, date):
        return value.strftime(day)
    if isinstance(value, str) and value.startswith(_RISKY):
        return f"'{value}"
    return "" if value is None else str(value)
