"""A first look at any list: its sheets, its heading row, what each column seems to be, and how its letters read."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop_app.actions import list_profiles
from desktop_app.domain.encodings import Encoding
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import ListProfile
from desktop_app.exchange import cells, layout, subjects
from desktop_app.exchange.fonts import Mixed
from desktop_app.exchange.lists import Mappings, Shape, find_list, numbers_the_columns
from desktop_app.exchange.source import Source
from desktop_app.exchange.tables import Reader, Table, charsets, decoded
from desktop_app.storage.book import Book

_TOP, _SAMPLES = 20, 20
_LETTERS = "chữ, "
_YEAR = re.compile(r"\b20[0-9]{2}\b")
_HALVES = {
    "family": "Họ và tên đệm", "given": "Tên", "man": "Nam (dấu, ngày sinh)", "woman": "Nữ (dấu, ngày sinh)",
}  # fmt: skip
ENCODINGS: Mapping[Encoding, str] = {
    "unicode": "Unicode", "tcvn3": "TCVN3 (.VnTime)", "tcvn3-caps": "TCVN3 hoa (.VnTimeH)", "vni": "VNI",
    "cp1258": "CP1258",
}  # fmt: skip


@dataclass(frozen=True)
class SeenColumn:
    """One column of the list: `field` is what it is taken for ("" = left aside), `raw` up to 20 filled cells.

    `encoding` is what is proposed: what was remembered, else the `guess`.
    """

    place: int
    heading: str
    field: str
    encoding: Encoding
    raw: tuple[str, ...]
    old: bool
    guess: Encoding = "unicode"
    mixed: Mixed = dataclasses.field(default_factory=dict, repr=False)

    def read(self, encoding: Encoding | None = None) -> tuple[str, ...]:
        """The samples as this or another encoding reads them."""
        known = charsets()
        return tuple(decoded(known, text, encoding or self.encoding, self.mixed) for text in self.raw)


@dataclass(frozen=True)
class Looked:
    """What a file shows: `top` are the first rows with Excel's numbers, `row` the heading row taken (0: none found)."""

    path: Path
    union: bool
    sheets: tuple[str, ...]
    sheet: str
    top: tuple[tuple[int, tuple[str, ...]], ...]
    row: int
    columns: tuple[SeenColumn, ...]
    subject: str = "people"

    @property
    def year(self) -> int:
        """The year that stands over the table; 0 if none does."""
        above = " ".join(cell for number, line in self.top if number <= max(self.row, 1) for cell in line)
        told = _YEAR.search(above) or _YEAR.search(self.path.stem)
        return int(told[0]) if told else 0

    def shape(self, fields: Mapping[int, str], encodings: Mapping[int, Encoding]) -> Shape:
        """How the list is to be read, with these fields and encodings by place."""
        return Shape(self.sheet, self.row, fields, encodings)


def fields(subject: str = "people") -> dict[str, str]:
    """What a column of such a file may be: field and its name for people."""
    found = subjects.named(subject).columns
    return {column.field: _HALVES.get(column.field, column.heading) for column in found}


def look(book: Book, path: Path, sheet: str = "", row: int = 0, subject: str = "people") -> Looked:
    """Open a file and guess; a sheet or heading row that is told goes before. Raises `Refused` or `Trouble`."""
    source = Source(path)
    union = not source.is_text and Reader(source).sheet_named(layout.UNION) is not None
    table: Table | None = None
    told = _by_profile(book, source, sheet) if subject == "people" else {}
    with suppress(Refused):
        table = find_list(source, told, Shape(sheet, row), subjects.named(subject))
    title = table.title if table else sheet or source.sheets[0]
    read = source.read(title)
    known = charsets()
    rows = [(number, [cells.shown(cell) for cell in line]) for number, line in islice(read.rows, 2 * _TOP + _SAMPLES)]
    texts = [cell for _, line in rows for cell in line]
    usual = known.detect(texts)
    encodings = table.encodings if table else {}
    top = tuple(
        (number, tuple(known.decode(cell, encodings.get(place, usual)) for place, cell in enumerate(line)))
        for number, line in rows[:_TOP]
    )
    if table is None:
        return Looked(path, union, source.sheets, title, top, 0, (), subject)
    seen = _seen(table, rows)
    return Looked(path, union, source.sheets, title, top, table.row, _remembered(book, seen, subject), subject)


def _by_profile(book: Book, source: Source, sheet: str) -> dict[str, str]:
    """What the columns are by a kept profile whose every heading stands in one row of the file; the widest one."""
    rows = [
        {layout.key(cells.shown(cell)) for cell in line if cell != ""}
        for name in ([sheet] if sheet else source.sheets)
        for _, line in islice(source.read(name).rows, _TOP)
    ]
    for profile in sorted(book.all(ListProfile), key=lambda one: -len(one.columns)):
        headings = {layout.key(column.heading) for column in profile.columns}
        if any(headings <= row for row in rows):
            return list_profiles.mapping(profile)
    return {}


def remember(book: Book, looked: Looked, shape: Shape) -> None:
    """Keep what the columns of this shape of file are, and in which letters, for the next file with these headings.

    Raises `Trouble`.
    """
    fields, kept = shape.fields or {}, Mappings(book.path.parent)
    names = _names(looked.columns)
    name = _name(looked.columns, looked.subject)
    kept.keep(name, {names[c.place]: fields.get(c.place, "") for c in looked.columns})
    told = ((c, shape.encodings.get(c.place, "unicode")) for c in looked.columns)
    letters: dict[str, str] = {names[c.place]: said for c, said in told if (said, c.guess) != ("unicode", "unicode")}
    kept.keep(_LETTERS + name, letters)


def _seen(table: Table, rows: Sequence[tuple[int, list[str]]]) -> tuple[SeenColumn, ...]:
    below = [line for number, line in rows if number > table.row]
    if below and numbers_the_columns(below[0]):
        del below[0]
    found = []
    for place, heading in enumerate(table.headings):
        filled = [line[place] for line in below if place < len(line) and line[place].strip()][:_SAMPLES]
        if not heading and not filled:
            continue
        column = table.columns.get(place)
        name = layout.key(heading) == layout.key(layout.FAULT)
        what = "" if column is None or name or column.field == "-" else column.field
        old = any(not text.isascii() for text in filled)
        encoding = table.encodings.get(place, "unicode")
        told = (heading or called(place), what, encoding, tuple(filled), old, encoding)
        found.append(SeenColumn(place, *told, table.mixed))
    return tuple(found)


def called(place: int) -> str:
    """A column without heading, as Excel calls it."""
    return f"Cột {chr(65 + place)}" if place < 26 else f"Cột {place + 1}"


def _remembered(book: Book, seen: tuple[SeenColumn, ...], subject: str) -> tuple[SeenColumn, ...]:
    kept: Mapping[str, str] = {}
    letters: Mapping[str, str] = {}
    with suppress(Trouble):
        kept = Mappings(book.path.parent).get(_name(seen, subject))
        letters = Mappings(book.path.parent).get(_LETTERS + _name(seen, subject))
    known, names = fields(subject), _names(seen)
    found = []
    for column in seen:
        what, encoding = kept.get(names[column.place], "-"), letters.get(names[column.place], "")
        found.append(
            dataclasses.replace(
                column,
                field=what if what in ("", *known) else column.field,
                encoding=next((own for own in ENCODINGS if own == encoding and column.old), column.encoding),
            )
        )
    return tuple(found)


def _names(seen: Sequence[SeenColumn]) -> dict[int, str]:
    """By place: the heading, and of several columns of one heading which it is."""
    times: Counter[str] = Counter()
    found = {}
    for column in seen:
        times[column.heading] += 1
        number = times[column.heading]
        found[column.place] = column.heading if number == 1 else f"{column.heading} #{number}"
    return found


def _name(seen: Sequence[SeenColumn], subject: str) -> str:
    kind = "" if subject == "people" else f"{subject}, "
    return f"{kind}cột: " + " | ".join(layout.key(column.heading) for column in seen)
