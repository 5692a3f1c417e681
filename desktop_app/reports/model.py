"""What every book, form and list is before it is drawn: one `Report`, plain data.

`pdf.draw(report)` and `xlsx.write(report, path)` draw the same `Report`, so paper and Excel cannot disagree;
the preview on screen and the JSON answers read it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Cell = str | int | date | None
"""What a cell holds: text, đồng or a count, a day, or nothing."""

Kind = Literal["text", "money", "day", "code", "count"]
"""How a column is drawn: `code` is text that may look like a number ("034085000123", "25.01") and stays text."""

Style = Literal["normal", "bold", "total", "heading", "italic"]
"""How a row is drawn. `total` sums rows above it; a `heading` whose only cell is text stretches over the table."""


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is, at the top left: the level above, the union, and its code or number of the document."""

    upper: str
    name: str
    lines: tuple[str, ...] = ()
    """Further lines under the name: "Mã QHNS: …", "Số: 03/BC-CĐCS"."""


@dataclass(frozen=True)
class Column:
    """A column of a table. `width` is in millimetres on portrait A4 and gives way to what the column holds.

    `group` is the heading that spans this and the next columns of equal `group` ("Số tiền" over "Thu | Chi | Tồn").
    `zero` is how an amount of 0 is written: "" (the books' habit) or "-".
    `mark` replaces the letter or number that the column would get in the row "A B 1 2 3".
    """

    key: str
    heading: str
    width: float
    kind: Kind = "text"
    group: str | None = None
    zero: Literal["", "-"] = ""
    centred: bool = False
    mark: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the cells are amounts or counts: right aligned, numbered 1 2 3 in the marks row."""
        return self.kind in ("money", "count")


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells by column key (a missing key is an empty cell).

    `code` says what stands behind the row, so that its figures open: the form's mã ("25.01") or a record's id.
    """

    cells: Mapping[str, Cell]
    style: Style = "normal"
    code: str = ""


@dataclass(frozen=True)
class Table:
    """Columns and rows. `number_row` draws "A B 1 2 3" under the heading, which every page repeats.

    `carry` names the columns whose running sum over the `normal` rows is written at the foot of a page
    ("Cộng chuyển trang sau") and at the head of the next ("Trang trước chuyển sang").
    `opening_carry` is where these sums begin: {column key: amount}, 0 if absent.
    `row_height` (millimetres) is the least height of a row on paper: room to sign.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    number_row: bool = False
    carry: tuple[str, ...] = ()
    opening_carry: Mapping[str, int] = field(default_factory=dict)
    row_height: float = 0

    def __post_init__(self) -> None:
        known = {column.key for column in self.columns}
        if len(known) != len(self.columns):
            raise ValueError("two columns have the same key")
        for row in self.rows:
            if not row.cells.keys() <= known:
                raise ValueError(f"a row has cells of no column: {sorted(row.cells.keys() - known)}")
        if not set(self.carry) <= {column.key for column in self.columns if column.is_number}:
            raise ValueError("only amounts and counts are carried to the next page")


@dataclass(frozen=True)
class Signature:
    """Who signs: `title` ("TM. BAN CHẤP HÀNH\\nCHỦ TỊCH"; a line break starts a line), the hint, the printed name."""

    title: str
    name: str = ""
    hint: str = "(Ký, họ tên)"


@dataclass(frozen=True)
class Section:
    """A part of a report, drawn in this order: heading, paragraphs, table, signatures. Each may be absent.

    In paragraphs `{pages}` becomes the number of pages ("Sổ này có {pages} trang"); Excel shows "…".
    """

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole paper. `form` is its code in our catalogue ("S11", "B07", "1-HDCD").

    `form_note` is the block at the top right: ("Mẫu số B07-TLĐ", "(Ban hành kèm theo HD 47/HD-TLĐ …)").
    `national` prints Quốc hiệu there, with `place_and_date` under it; otherwise `place_and_date` stands over the
    first signatures, and later ones (the level above) get a dotted date.
    `measure` is "Đơn vị tính: đồng"; `footer` the short hash of the journal's head; `mark` is printed large and
    pale across each page ("BẢN NHÁP"); `photo` a JPEG of a person at the top right of the first page (PDF only).
    """

    form: str
    title: str
    unit: Letterhead
    subtitle: str = ""
    period_label: str = ""
    form_note: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: tuple[Signature, ...] = ()
    place_and_date: str = ""
    measure: str = ""
    footer: str = ""
    mark: str = ""
    landscape: bool = False
    national: bool = False
    photo: bytes = b""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the sections, in order."""
        return tuple(section.table for section in self.sections if section.table)

    @property
    def measured(self) -> Table | None:
        """The table `measure` stands over: the first of amounts, else the first."""
        amounts = (table for table in self.tables if any(column.kind == "money" for column in table.columns))
        return next(amounts, self.tables[0] if self.tables else None)
