"""Any list or old book: its heading row found, its columns guessed from a table of synonyms, mappings kept by name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from desktop_app.domain.encodings import Encoding
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.exchange import cells
from desktop_app.exchange.layout import Column, Sheet, key
from desktop_app.exchange.source import Cell, Read, Source
from desktop_app.exchange.subjects import DETAILS, FIELDS, Subject, columns, heading_of, people
from desktop_app.exchange.tables import Reader, Table
from desktop_app.storage.secrets import write_whole

__all__ = ["DETAILS", "FIELDS", "Mappings", "Shape", "columns", "find_list", "heading_of", "numbers_the_columns"]
_HEAD_ROWS = 40

@dataclass(frozen=True)
class Shape:
    """How a list is read where a person has said so: sheet, Excel's heading row, fields and encodings by place (0 = A).

    Nothing said = it is found. A place with the field "" is left aside.
    """

    sheet: str = ""
    row: int = 0
    fields: Mapping[int, str] | None = None
    encodings: Mapping[int, Encoding] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """A heading row: Excel's number of its last line, its cells and what they were recognised as."""

    row: int
    cells: list[Cell]
    found: dict[int, Column]
    hints: dict[int, Encoding]


def find_list(
    source: Source, mapping: Mapping[str, str], shape: Shape = Shape(), subject: Subject | None = None
) -> Table:
    """The table of the sheet that looks most like a list of people, or one of another `subject`; `mapping` (heading ->
    field) goes before guesses.

    Raises `Refused` if no sheet has the headings that are needed, or a mapping names an unknown field.
    """
    reader = Reader(source)
    subject = subject or people()
    wanted = _with_mapping(mapping, subject)
    best: tuple[str, Head] | None = None
    for name in [shape.sheet] if shape.sheet else source.sheets:
        for head in _heads(reader, list(islice(source.read(name).rows, _HEAD_ROWS + 1)), wanted, shape.row):
            fields = {column.field for column in head.found.values()}
            named = subject.enough(fields) or shape.fields is not None or shape.row
            if named and (best is None or len(head.found) > len(best[1].found)):
                best = (name, head)
    if best is None:
        told = f"{source.path.name} không có dòng tiêu đề nào có {subject.missing}"
        raise Refused(f"{told}. Hãy thêm dòng tiêu đề, hoặc chỉ rõ các cột.")
    name, head = best
    found = dict(sorted(head.found.items()))
    if headings := [h for h in mapping if not any(column.heading == h for column in found.values())]:
        raise Refused(f"Tệp {source.path.name} không có cột “{headings[0]}”. Hãy ghi đúng tiêu đề cột trong tệp.")
    if shape.fields is not None:
        found = {place: subject.column(told) for place, told in shape.fields.items() if told}
    read = source.read(name)
    below = list(islice(read.rows, head.row, head.row + 1))
    if below and numbers_the_columns(below[0][1]):
        below = []
    rows = chain([(head.row, head.cells)], below, read.rows)
    sheet = Sheet(name, tuple(found.values()), ())
    table = reader.table_at(name, sheet, Read(read.first, read.height, rows), found, head.hints)
    own = {place: replace(column, heading=_heading(table, place) or column.heading) for place, column in found.items()}
    table.columns, table.sheet, table.loose = own, replace(sheet, columns=tuple(own.values())), True
    for place, encoding in shape.encodings.items():
        table.encodings[place] = encoding
    return table


def _heading(table: Table, place: int) -> str:
    return table.headings[place] if place < len(table.headings) else ""


def _heads(
    reader: Reader, rows: list[tuple[int, list[Cell]]], wanted: list[Column], only: int
) -> Iterator[Head]:
    """Every row as a heading row, joined with the row under it where that holds headings too; or the one row `only`."""
    for at, (number, row) in enumerate(rows):
        if only and only not in (number, number + 1):
            continue
        found, hints = reader.match(row, wanted)
        if found or number == only:
            below = rows[at + 1] if at + 1 < len(rows) else (number, [])
            head = _joined(reader, Head(number, row, found, hints), below, wanted)
            if not only or only in (head.row, number):
                yield head


def _joined(reader: Reader, top: Head, below: tuple[int, list[Cell]], wanted: list[Column]) -> Head:
    """Many lists have *Nam* and *Nữ* in a second row under *Ngày sinh*, or several headings under a merged one."""
    low, hints = reader.match(below[1], wanted)
    fields = {column.field for column in top.found.values()}
    both = {"man", "woman"} <= {column.field for column in low.values()} and not fields & {"man", "woman"}
    whole = _under_merged(reader, top, below[1], wanted)
    for place, column in whole.items():
        # "Thu" under "Số phiếu" is another than "Thu" under "Số tiền": what both say together goes before.
        low = {at: known for at, known in low.items() if at != place and known.field != column.field} | {place: column}
    more = {
        place: column
        for place, column in low.items()
        if (column.field in ("man", "woman") and both)
        or (column.field not in fields and (place not in top.found or place in whole))
    }
    if len(more) < 2:
        return top
    line: list[Cell] = [*top.cells, *[""] * (len(below[1]) - len(top.cells))]
    for place, cell in enumerate(below[1]):
        if place in more or (line[place] == "" and cell != ""):
            line[place] = cell
    return Head(below[0], line, {**top.found, **more}, {**top.hints, **hints})


def _under_merged(reader: Reader, top: Head, below: list[Cell], wanted: list[Column]) -> dict[int, Column]:
    """Headings cut in two by a merged cell: "Căn cước công dân" over "Số", "Ngày cấp"; "Công đoàn" over "Ngày vào"."""
    over = ""
    whole: tuple[list[Cell], list[Cell]] = ([], [])
    for place, cell in enumerate(below):
        above = top.cells[place] if place < len(top.cells) else ""
        over = above if isinstance(above, str) and above.strip() else over
        low = cell if isinstance(cell, str) and cell.strip() else ""
        whole[0].append(f"{low} {over}" if low and over else "")
        whole[1].append(f"{over} {low}" if low and over else "")
    found: dict[int, Column] = {}
    for row in whole:
        for place, column in reader.match(row, wanted)[0].items():
            if column.field not in {known.field for known in found.values()}:
                found.setdefault(place, column)
    return found


def numbers_the_columns(row: Sequence[Cell]) -> bool:
    """The row of forms under the headings: 1, 2, 3 or (1), (2) or A, B, 1, 2."""
    told = [cells.shown(cell).strip("() .").upper() for cell in row if cell != ""]
    numbers = [int(text) for text in told if text.isdecimal()]
    letters = [text for text in told if len(text) == 1 and text.isalpha()]
    counted = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return len(told) > 2 and counted and len(numbers) + len(letters) == len(told)


def _with_mapping(mapping: Mapping[str, str], subject: Subject) -> list[Column]:
    kinds = {name: subject.column(name).kind for name in mapping.values() if name}
    told = {key(heading) for heading in mapping}
    given = set(mapping.values())
    wanted = [Column(heading, name or "-", kinds.get(name, "text")) for heading, name in mapping.items()]
    for column in subject.columns:
        names = [name for name in (column.heading, *column.aliases) if key(name) not in told]
        if column.field not in given and names:
            wanted.append(Column(names[0], column.field, column.kind, tuple(names[1:])))
    return wanted


class Mappings:
    """Mappings by name, in a small file beside the book."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "mappings.json"

    def get(self, name: str) -> dict[str, str]:
        """The mapping kept under a name; empty if there is none. Raises `Trouble` if the file is damaged."""
        return dict(self._all().get(name, {}))

    def keep(self, name: str, mapping: Mapping[str, str]) -> None:
        """Remember a mapping. Raises `Trouble` if it cannot be written."""
        kept = {**self._all(), name: dict(mapping)}
        try:
            write_whole(self._path, json.dumps(kept, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            raise Trouble("Không ghi được cách ghép cột. Hãy kiểm tra ổ đĩa còn chỗ rồi thử lại.") from error

    def _all(self) -> dict[str, dict[str, str]]:
        if not self._path.exists():
            return {}
        try:
            known: dict[str, dict[str, str]] = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise Trouble(f"Tệp {self._path.name} bị hỏng. Hãy xóa tệp này rồi ghép cột lại.") from error
        return known
