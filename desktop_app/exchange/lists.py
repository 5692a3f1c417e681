"""Any list of members: its heading row found, its columns guessed from a table of synonyms, mappings kept by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import resources
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.exchange.layout import PEOPLE, Column, Kind, Sheet, key
from desktop_app.exchange.source import Cell, Read, Source
from desktop_app.exchange.tables import Reader, Table
from desktop_app.storage.secrets import write_whole

_HEAD_ROWS = 40
_EXTRA: dict[str, Kind] = {"family": "text", "given": "text", "man": "text", "woman": "text"}
FIELDS: dict[str, Kind] = {**{column.field: column.kind for column in PEOPLE.columns}, **_EXTRA}
"""What a column of a list may give."""


def columns() -> tuple[Column, ...]:
    """The fields with every heading they are known by."""
    known: Mapping[str, list[str]] = resources.read("catalogues/member_columns.toml")["headings"]
    return tuple(Column(names[0], field, FIELDS[field], tuple(names[1:])) for field, names in known.items())


def find_list(source: Source, mapping: Mapping[str, str]) -> Table:
    """The table of the sheet that looks most like a list of people; `mapping` (heading -> field) goes before guesses.

    Raises `Refused` if no sheet has headings with a name among them, or a mapping names an unknown field.
    """
    reader = Reader(source)
    wanted = _with_mapping(mapping)
    best: tuple[int, str, int] | None = None
    for name in source.sheets:
        for number, row in islice(source.read(name).rows, _HEAD_ROWS):
            found, _ = reader.match(row, wanted)
            fields = {column.field for column in found.values()}
            if ("name" in fields or "given" in fields) and (best is None or len(found) > best[0]):
                best = (len(found), name, number)
    if best is None:
        told = f"{source.path.name} không có dòng tiêu đề nào có cột Họ và tên"
        raise Refused(f"{told}. Hãy thêm dòng tiêu đề, hoặc chỉ rõ các cột.")
    _, name, at = best
    read = source.read(name)
    rows = list(islice(read.rows, at - 1, at))
    found, hints = reader.match(rows[0][1], wanted)
    rows, below = _with_second_row(reader, read, rows[0], found)
    if headings := [h for h in mapping if not any(column.heading == h for column in found.values())]:
        raise Refused(f"Tệp {source.path.name} không có cột “{headings[0]}”. Hãy ghi đúng tiêu đề cột trong tệp.")
    sheet = Sheet(name, tuple(found.values()), ("name",))
    table = reader.table_at(name, sheet, Read(read.first, read.height, chain(rows, below, read.rows)), found, hints)
    own = {place: replace(column, heading=table.headings[place]) for place, column in found.items()}
    table.columns, table.sheet = own, replace(sheet, columns=tuple(own.values()))
    return table


def _with_second_row(
    reader: Reader, read: Read, top: tuple[int, list[Cell]], found: dict[int, Column]
) -> tuple[list[tuple[int, list[Cell]]], list[tuple[int, list[Cell]]]]:
    """Many lists have *Nam* and *Nữ* in a second row under *Ngày sinh*: it joins the heading row, `found` too."""
    below = list(islice(read.rows, 1))
    halves = [column for column in columns() if column.field in ("man", "woman")]
    sexes, _ = reader.match(below[0][1], halves) if below else ({}, {})
    if len(sexes) < 2:
        return [top], below
    joined = list(top[1])
    for place, column in sexes.items():
        found[place] = column
        joined[place] = below[0][1][place]
    return [(below[0][0], joined)], []


def _with_mapping(mapping: Mapping[str, str]) -> list[Column]:
    for field in mapping.values():
        if field and field not in FIELDS:
            raise Refused(f"Không có thông tin “{field}”. Hãy chọn một trong: {', '.join(FIELDS)}.")
    told = {key(heading) for heading in mapping}
    given = set(mapping.values())
    wanted = [Column(heading, field or "-", FIELDS.get(field, "text")) for heading, field in mapping.items()]
    for column in columns():
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
