"""Find the union workbook's sheets and columns by their headings, and read rows as clean Unicode values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import resources
from desktop_app.domain import vietnamese
from desktop_app.domain.encodings import Charsets, Encoding
from desktop_app.domain.errors import Problem
from desktop_app.exchange import cells
from desktop_app.exchange.fonts import Mixed
from desktop_app.exchange.layout import FAULT, UNION, Column, Sheet, key
from desktop_app.exchange.source import Cell, Read, Source

_HEAD_ROWS = 30
_SAMPLES = 500
_UNICODE_LETTERS = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_TOTALS = ("tổng cộng", "tổng số", "tổng", "cộng")
_OLD: tuple[Encoding, ...] = ("tcvn3", "vni", "cp1258")


@dataclass(frozen=True)
class Fault:
    """One refused value: Excel's row (0 = the sheet), the column's heading, what the cell shows, one sentence."""

    sheet: str
    row: int
    column: str
    value: str
    problem: str


@dataclass(frozen=True)
class Row:
    """A row of a table: Excel's number and its cells, decoded, in the order of the table's headings."""

    number: int
    cells: list[Cell]


@dataclass
class Table:
    """A sheet whose heading row was found; `columns` says which cells are understood, by position.

    `mixed` says of cells with several fonts which piece is in which letters. `marked` are the positions whose cells
    hold letters beyond ASCII, where an encoding shows; `row` is Excel's number of the heading row. Days of a `loose`
    one may be known to the month or the year only.
    """

    sheet: Sheet
    title: str
    headings: list[str]
    columns: dict[int, Column]
    encodings: dict[int, Encoding]
    ignored: list[str]
    marked: set[int]
    size: int
    row: int
    mixed: Mixed
    _rows: Iterator[tuple[int, list[Cell]]]
    _charsets: Charsets
    loose: bool = False
    _decoded: dict[tuple[Encoding, str], str] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """The rows below the headings, blank ones and totals left out; to be read once."""
        for number, raw in self._rows:
            if any(cell != "" and not (isinstance(cell, str) and not cell.strip()) for cell in raw):
                row = Row(number, [self._decode(place, cell) for place, cell in enumerate(raw)])
                first = next((cell for cell in row.cells if isinstance(cell, str) and cell.strip()), "")
                if vietnamese.clean(first).casefold().strip(" .:") not in _TOTALS:
                    yield row

    def values(self, row: Row) -> tuple[dict[str, Any], list[Problem]]:
        """The row's values by field, empty ones left out, and a problem for each cell that cannot be read."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for place, column in self.columns.items():
            if place >= len(row.cells) or row.cells[place] == "":
                continue
            try:
                value = cells.read(column.kind, row.cells[place], loose=self.loose)
            except ValueError as error:
                problems.append(Problem(column.field, f"{column.heading}: {error}"))
                if self.loose:
                    values[column.field] = cells.Unread(cells.shown(row.cells[place]))
            else:
                if value != "":
                    values[column.field] = value
        return values, problems

    def fault(self, row: Row, field_name: str, problem: str) -> Fault:
        """A fault at the cell of a field of this row ("" = the row)."""
        place = next((place for place, column in self.columns.items() if column.field == field_name), -1)
        value = cells.shown(row.cells[place]) if 0 <= place < len(row.cells) else ""
        return Fault(self.sheet.title, row.number, self.sheet.heading(field_name), value, problem)

    def _decode(self, place: int, cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        encoding = self.encodings.get(place, "unicode")
        known = self._decoded.get((encoding, cell))
        if known is None:
            known = decoded(self._charsets, cell, encoding, self.mixed)
            if len(self._decoded) < 20_000:
                self._decoded[encoding, cell] = known
        return known


@dataclass(frozen=True)
class UnionSheet:
    """*Đơn vị*: values by field as `fields.build` takes them, and where each stands: Excel's row and its cell."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    at: dict[str, tuple[int, Cell]]
    ignored: tuple[str, ...]


def charsets() -> Charsets:
    """The tables of the old encodings."""
    return Charsets(resources.read("catalogues/vn_charsets.json"))


def decoded(known: Charsets, text: str, encoding: Encoding, mixed: Mixed) -> str:
    """A cell's text as clean Unicode: piece by piece where its letters stand in several fonts."""
    if text not in mixed:
        return known.decode(text, encoding)
    read = []
    for piece, told in mixed[text]:
        bare = piece.strip()
        before, _, after = piece.partition(bare) if bare else (piece, "", "")
        read.append(before + known.decode(bare, told or encoding) + after)
    return vietnamese.clean("".join(read))


class Reader:
    """Reads tables out of one source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._charsets = charsets()

    def sheet_named(self, sheet: Sheet) -> str | None:
        """Which sheet of the file has this title (or an alias), in whatever encoding it is written."""
        wanted = {key(title) for title in (sheet.title, *sheet.aliases)}
        return next((name for name in self._source.sheets if wanted & self.readings(name).keys()), None)

    def sheet_with(self, sheet: Sheet, taken: Sequence[str]) -> str | None:
        """A sheet of another title whose headings are exactly of this kind, among those not taken."""
        for name in self._source.sheets:
            if name not in taken:
                for _, row in islice(self._source.read(name).rows, _HEAD_ROWS):
                    found, _ = self.match(row, sheet.columns)
                    fields = {column.field for column in found.values()}
                    if set(sheet.needs) <= fields and len(fields) >= max(3, len(sheet.needs)):
                        return name
        return None

    def readings(self, text: str) -> dict[str, Encoding]:
        """The keys a heading may have, as it stands and as each old encoding reads it."""
        found: dict[str, Encoding] = {}
        for encoding in ("unicode", *_OLD):
            if encoding == "unicode" or not text.isascii():
                decoded = text if encoding == "unicode" else self._charsets.decode(text, encoding)
                found.setdefault(key(decoded), encoding)
        return found

    def match(self, row: Sequence[Cell], columns: Sequence[Column]) -> tuple[dict[int, Column], dict[int, Encoding]]:
        """Which cells of a row are headings of these columns, and the old encodings that told so."""
        names = {key(name): column for column in columns for name in (column.heading, *column.aliases)}
        found: dict[int, Column] = {}
        encodings: dict[int, Encoding] = {}
        for place, cell in enumerate(row):
            text = cell if isinstance(cell, str) else cells.shown(cell) if type(cell) in (int, float) else ""
            if text.strip():
                for reading, encoding in self.readings(text).items():
                    column = names.get(reading)
                    if column is not None and column not in found.values():
                        found[place] = column
                        if encoding != "unicode":
                            encodings[place] = encoding
                        break
        return found, encodings

    def union(self) -> UnionSheet | None:
        """The sheet *Đơn vị*, whose fields are rows; None if there is none."""
        name = self.sheet_named(UNION)
        if name is None:
            return None
        names = {key(column.heading): column for column in UNION.columns}
        rows = [(number, [c for c in row if c != ""]) for number, row in self._source.read(name).rows]
        texts = [cell for _, row in rows for cell in row if isinstance(cell, str)]
        encoding = self._charsets.detect(texts)
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        at: dict[str, tuple[int, Cell]] = {}
        ignored: list[str] = []
        for number, row in rows:
            said = [self._charsets.decode(cell, encoding) if isinstance(cell, str) else cell for cell in row]
            known = [(place, names[key(cells.shown(cell))]) for place, cell in enumerate(said[:2])
                     if key(cells.shown(cell)) in names]  # fmt: skip
            if not known:
                ignored += [cells.shown(said[0])] if len(said) > 1 and key(cells.shown(said[0])) != "truong" else []
                continue
            place, column = known[0]
            if column.field not in at and len(said) > place + 1:
                value = said[place + 1]
                at[column.field] = (number, value)
                try:
                    values[column.field] = cells.read(column.kind, value)
                except ValueError as error:
                    problems.append(Problem(column.field, f"{column.heading}: {error}"))
        return UnionSheet(values, tuple(problems), at, tuple(ignored))

    def table(self, name: str, sheet: Sheet) -> Table | Fault | None:
        """The table of a sheet; a fault if columns it needs are missing; None if the sheet is empty."""
        read = self._source.read(name)
        head = list(islice(read.rows, _HEAD_ROWS))
        if not any(cell != "" for _, row in head for cell in row):
            return None
        best = max(range(len(head)), key=lambda n: len(self.match(head[n][1], sheet.columns)[0]))
        columns, hints = self.match(head[best][1], sheet.columns)
        have = {column.field for column in columns.values()}
        if missing := [sheet.heading(f) for f in sheet.needs if f not in have]:
            at = head[best][0] if columns else 0
            return Fault(sheet.title, at, missing[0], "", f"Trang {sheet.title} thiếu cột {', '.join(missing)}.")
        rest = Read(read.first, read.height, chain(head[best:], read.rows))
        return self.table_at(name, sheet, rest, columns, hints)

    def table_at(
        self,
        name: str,
        sheet: Sheet,
        read: Read,
        columns: dict[int, Column],
        hints: Mapping[int, Encoding],
    ) -> Table:
        """The table that begins with its heading row, the first of `read.rows`."""
        at, heading_row = next(read.rows)
        sample = list(islice(read.rows, _SAMPLES))
        encodings = self._encodings(name, read.first, heading_row, [row for _, row in sample], hints)
        headings = [
            self._heading(cells.shown(cell), encodings.get(place, "unicode"), columns.get(place))
            for place, cell in enumerate(heading_row)
        ]
        ignored = [h for place, h in enumerate(headings) if h and place not in columns and key(h) != key(FAULT)]
        rows = chain(sample, read.rows)
        size = max(read.height - at, len(sample))
        marked = {p for _, row in sample for p, cell in enumerate(row) if isinstance(cell, str) and not cell.isascii()}
        mixed = self._source.mixed
        return Table(sheet, name, headings, columns, encodings, ignored, marked, size, at, mixed, rows, self._charsets)

    def _heading(self, text: str, encoding: Encoding, column: Column | None) -> str:
        """A heading in Unicode; an old one that is known is spelled as we spell it, for TCVN3 has no "Ố"."""
        decoded = self._charsets.decode(text, encoding)
        if column is None or encoding == "unicode":
            return decoded
        return next((name for name in (column.heading, *column.aliases) if key(name) == key(decoded)), decoded)

    def _encodings(
        self, name: str, first: int, heading: list[Cell], sample: list[list[Cell]], hints: Mapping[int, Encoding]
    ) -> dict[int, Encoding]:
        """The encoding of each column: by fonts, by spelling, or in doubt as most of the sheet is."""
        fonts = self._source.fonts.get(name, {})
        found: dict[int, Encoding] = {}
        for place in range(len(heading)):
            column = [row[place] for row in sample if place < len(row)]
            texts = [cell for cell in column if isinstance(cell, str)]
            top = heading[place]
            samples, seen = [*texts, top] if isinstance(top, str) else texts, fonts.get(place + first, ())
            guessed = self._charsets.detect(samples, seen)
            if isinstance(top, str) and not seen and not _convincing(texts, top):
                guessed = "unicode"
            found[place] = hints[place] if guessed == "unicode" and place in hints else guessed
        old = Counter(encoding for encoding in found.values() if encoding != "unicode")
        if old:
            ((usual, _),) = old.most_common(1)
            # `decode` leaves every cell as it is that already reads well.
            usual = "tcvn3" if usual == "tcvn3-caps" else usual
            found = {place: usual if encoding == "unicode" else encoding for place, encoding in found.items()}
        return {place: encoding for place, encoding in found.items() if encoding != "unicode"}


def _convincing(texts: Sequence[str], heading: str) -> bool:
    """Whether spelling may call a column old: under a Unicode heading a few odd letters prove nothing."""
    if not _UNICODE_LETTERS.search(heading):
        return True
    words = {word for text in texts for word in text.split() if len(word) > 1 and not word.isascii()}
    return len(words) >= 3
