"""A table on paper: widths that never cut a figure, a heading that every page repeats, sums carried over.

Letters shrink until the columns fit; a book with too many columns runs over bands of pages, as an open ledger does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.reports.fonts import BOLD, BOLD_ITALIC, ITALIC, PLAIN, Face, width, wrap
from desktop_app.reports.layout import CARRIED_IN, CARRIED_OUT, main_column, marks, shown, spans, stretched
from desktop_app.reports.model import Column, Row, Style, Table
from desktop_app.reports.sheet import LEADING, MM, Align, Sheet

LARGEST, SMALLEST = 11.0, 6.5
_BAND_SIZE = 8.0
_LAST_ROWS = 3
"""So many rows go with the signatures to a new page, so that nobody signs a sheet that says nothing."""
_FACES: dict[Style, Face] = {
    "normal": PLAIN,
    "bold": BOLD,
    "total": BOLD,
    "heading": BOLD,
    "italic": ITALIC,
}


@dataclass(frozen=True)
class Fit:
    """Columns that stand side by side: their edges (one more than columns) and the size of the letters."""

    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    size: float

    @property
    def pad(self) -> float:
        """Space between a rule and the letters."""
        return self.size * 0.28

    def inner(self, first: int, last: int | None = None) -> float:
        """Width for letters over the columns `first` … `last`."""
        return self.edges[(first if last is None else last) + 1] - self.edges[first] - 2 * self.pad


def draw_table(sheet: Sheet, table: Table, after: float = 0.0) -> None:
    """Draw a table at the sheet's `y`, over as many pages and bands as it needs.

    The last rows stay with what comes after the table, `after` points high (its signatures).
    """
    bands = fits(table, sheet.left, sheet.room)
    for number, fit in enumerate(bands):
        if number:
            sheet.new_page()
        _Band(sheet, table, fit).draw(after if number == len(bands) - 1 else 0.0)


def start_height(sheet: Sheet, table: Table, after: float = 0.0) -> float:
    """What the beginning of a table needs on a page: a heading above it stays with so much."""
    return _Band(sheet, table, fits(table, sheet.left, sheet.room)[0]).start(after)


def fits(table: Table, left: float, room: float) -> list[Fit]:
    """How the columns stand within `room`: one `Fit` at the largest size that holds them, or several bands."""
    size = LARGEST
    while size >= SMALLEST:
        least = _least(table, size)
        if sum(least) <= room:
            return [Fit(table.columns, _edges(table.columns, least, left, room), size)]
        size -= 0.5
    needs = {c.key: n for c, n in zip(table.columns, _least(table, _BAND_SIZE), strict=True)}
    lead = tuple(column for column in table.columns if not column.is_number)
    lead = lead[: next((n for n, c in enumerate(table.columns) if c.is_number), len(lead))]
    if sum(needs[column.key] for column in lead) > room / 2:
        lead = lead[:1]
    found: list[Fit] = []
    band = lead
    for column in table.columns:
        if column in lead:
            continue
        if len(band) > len(lead) and sum(needs[c.key] for c in (*band, column)) > room:
            found.append(_banded(band, needs, left, room))
            band = lead
        band = (*band, column)
    return [*found, _banded(band, needs, left, room)]


def _banded(columns: tuple[Column, ...], needs: dict[str, float], left: float, room: float) -> Fit:
    return Fit(columns, _edges(columns, [needs[c.key] for c in columns], left, room), _BAND_SIZE)


def _least(table: Table, size: float) -> list[float]:
    """The narrowest each column may be: its longest word, its widest figure, and half of what was asked for words."""
    found = []
    for column in table.columns:
        words = [width(word, BOLD, size) for word in column.heading.split()]
        for row in table.rows:
            if stretched(row, table.columns) is not None:
                continue
            face = _FACES[row.style]
            text = shown(row.cells.get(column.key), column)
            if column.kind == "text":
                # A word longer than 35 mm (a web address) is broken instead.
                words.extend(min(width(word, face, size), 35 * MM) for word in text.split())
            elif text:
                words.append(min(width(text, face, size), 60 * MM))
        if column.key in table.carry:
            words.append(width(shown(_carried_most(table, column), column), BOLD_ITALIC, size))
        asked = column.width * MM * size / LARGEST / 2 if column.kind == "text" else 0.0
        found.append(max([*words, asked]) + 2.2 * size * 0.28)
    return found


def _carried_most(table: Table, column: Column) -> int:
    """The largest sum that can be carried in a column."""
    return abs(table.opening_carry.get(column.key, 0)) + sum(
        abs(cell) for row in table.rows if isinstance(cell := row.cells.get(column.key), int)
    )


def _edges(columns: tuple[Column, ...], least: Iterable[float], left: float, room: float) -> tuple[float, ...]:
    """Share `room` by the widths asked for; a column that would fall under its least width gets just that."""
    floor = list(least)
    held: dict[int, float] = {}
    while True:
        free = [place for place in range(len(columns)) if place not in held]
        asked = sum(columns[place].width for place in free) or 1
        scale = (room - sum(held.values())) / asked
        short = [place for place in free if columns[place].width * scale < floor[place]]
        if not short:
            break
        held.update({place: floor[place] for place in short})
    edges = [left]
    for place, column in enumerate(columns):
        edges.append(edges[-1] + held.get(place, column.width * scale))
    return tuple(edges)


class _Band:
    """One band of a table being drawn."""

    def __init__(self, sheet: Sheet, table: Table, fit: Fit) -> None:
        self.sheet, self.table, self.fit = sheet, table, fit
        self.step = fit.size * LEADING
        self.sums = {key: table.opening_carry.get(key, 0) for key in table.carry}
        self.carrying = any(column.key in table.carry for column in fit.columns)
        self.heading = self._heading_levels()
        self.marks = marks(table) if table.number_row else {}
        height = sum(self.heading) + (self._height(1) if self.marks else 0)
        # A page must hold the heading, the two carried sums and a few lines, whatever a cell holds.
        self.most_lines = max(1, int((sheet.depth - height - 4 * self._height(1)) / self.step))

    def draw(self, after: float) -> None:
        """The heading and all rows, turning pages; the last rows stay with `after` points below them."""
        sheet, last = self.sheet, len(self.table.rows) - 1
        ending = last - _LAST_ROWS + 1
        reserve = self._height(self._carried_lines()) if self.carrying else 0
        sheet.need(self.start(after))
        self._begin()
        for number, row in enumerate(self.table.rows):
            whole = stretched(row, self.fit.columns)
            if number == ending and not sheet.fits(self._rest(number) + after) and last >= _LAST_ROWS:
                self._turn(number)
            for lines in self._chunks(row, whole):
                height = max(self._height(max(len(cell) for cell in lines)), self.table.row_height * MM)
                # A heading stays with the row under it.
                kept = height + (self._height(2) if row.style == "heading" and number < last else 0)
                if not sheet.fits(kept + (reserve if number < last else 0)) and self.started:
                    self._turn(number)
                self._row(lines, row.style, height, whole is not None)
            for key in self.sums:
                cell = row.cells.get(key)
                if row.style == "normal" and isinstance(cell, int):
                    self.sums[key] += cell
        self._end()

    def start(self, after: float) -> float:
        """What must be left on a page for the table to begin there: a few rows, or all of a short one and `after`."""
        least = sum(self.heading) + 4 * self._height(1)
        if len(self.table.rows) <= _LAST_ROWS:
            least = max(least, sum(self.heading) + self._height(1) + self._rest(0) + after)
        return min(least, self.sheet.depth)

    def _rest(self, first: int) -> float:
        """The height of the rows from `first` on."""
        rows = self.table.rows[first:]
        chunks = [lines for row in rows for lines in self._chunks(row, stretched(row, self.fit.columns))]
        return sum(max(self._height(max(map(len, lines))), self.table.row_height * MM) for lines in chunks)

    def _chunks(self, row: Row, whole: str | None) -> list[list[list[str]]]:
        """The wrapped lines of each cell, cut where a row is higher than a page."""
        fit, face = self.fit, _FACES[row.style]
        if whole is not None:
            cells = [wrap(whole, face, fit.size, fit.inner(0, len(fit.columns) - 1))]
        else:
            cells = [
                wrap(text, face, fit.size, fit.inner(place))
                if (text := shown(row.cells.get(column.key), column))
                else []
                for place, column in enumerate(fit.columns)
            ]
        highest = max(1, *(len(cell) for cell in cells)) if cells else 1
        cuts = range(0, highest, self.most_lines)
        return [[cell[cut : cut + self.most_lines] or [""] for cell in cells] for cut in cuts]

    def _height(self, lines: int) -> float:
        return lines * self.step + self.fit.size * 0.4

    def _turn(self, number: int) -> None:
        """To the next page, with the sums carried over."""
        if self.carrying and number:
            self._carry(CARRIED_OUT)
        self._end()
        self.sheet.new_page()
        self._begin()
        if self.carrying and number:
            self._carry(CARRIED_IN)

    def _carry(self, label: str) -> None:
        columns = self.fit.columns
        said = main_column(columns).key
        cells = [
            self._label(label) if c.key == said else [shown(self.sums[c.key], c) if c.key in self.sums else ""]
            for c in columns
        ]
        self._row(cells, "bold", self._height(max(map(len, cells))), spanned=False, face=BOLD_ITALIC)

    def _label(self, label: str) -> list[str]:
        """The words of a carried sum, within their column."""
        place = self.fit.columns.index(main_column(self.fit.columns))
        return wrap(label, BOLD_ITALIC, self.fit.size, self.fit.inner(place))

    def _carried_lines(self) -> int:
        return max(len(self._label(label)) for label in (CARRIED_OUT, CARRIED_IN))

    def _begin(self) -> None:
        self._head()
        self.body_top = self.sheet.y
        self.started = False

    def _end(self) -> None:
        """Close the column rules of this page."""
        self._rules(self.body_top, self.sheet.y)

    def _rules(self, top: float, bottom: float) -> None:
        if top > bottom:
            for edge in self.fit.edges:
                self.sheet.stroke(edge, top, edge, bottom)

    def _row(
        self, cells: list[list[str]], style: Style, height: float, spanned: bool, face: Face | None = None
    ) -> None:
        sheet, fit = self.sheet, self.fit
        face = face or _FACES[style]
        top, sheet.y = sheet.y, sheet.y - height
        base = top - fit.size * 0.15 - self.step + 0.25 * fit.size
        if self.table.row_height:
            base -= max(0.0, height - self._height(max(len(lines) for lines in cells))) / 2
        if spanned:
            self._rules(self.body_top, top)
            for edge in (fit.edges[0], fit.edges[-1]):
                sheet.stroke(edge, top, edge, sheet.y)
            self.body_top = sheet.y
            for number, line in enumerate(cells[0]):
                sheet.words(fit.edges[0] + fit.pad, base - number * self.step, line, fit.size, face)
        else:
            for place, lines in enumerate(cells):
                align = _align(fit.columns[place])
                x = {
                    "left": fit.edges[place] + fit.pad,
                    "right": fit.edges[place + 1] - fit.pad,
                    "centre": (fit.edges[place] + fit.edges[place + 1]) / 2,
                }[align]
                for number, line in enumerate(lines):
                    sheet.words(x, base - number * self.step, line, fit.size, face, align=align)
        sheet.stroke(fit.edges[0], sheet.y, fit.edges[-1], sheet.y)
        self.started = True

    def _heading_levels(self) -> tuple[float, float]:
        """Heights of the spanning headings (0 if none) and of the columns' own."""
        fit = self.fit
        upper = lower = whole = 0
        for group, first, last in spans(fit.columns):
            if group:
                upper = max(upper, len(wrap(group, BOLD, fit.size, fit.inner(first, last))))
            for place in range(first, last + 1):
                lines = len(wrap(fit.columns[place].heading, BOLD, fit.size, fit.inner(place)))
                lower, whole = (max(lower, lines), whole) if group else (lower, max(whole, lines))
        if not upper:
            return 0.0, self._height(max(whole, 1))
        lower = max(lower, whole - upper)
        return self._height(upper), self._height(max(lower, 1))

    def _head(self) -> None:
        """The heading: spanning headings over their columns, and the row of marks."""
        sheet, fit, (upper, lower) = self.sheet, self.fit, self.heading
        top = sheet.y
        middle, bottom = top - upper, top - upper - lower
        sheet.stroke(fit.edges[0], top, fit.edges[-1], top)
        for group, first, last in spans(fit.columns):
            if group:
                self._centred(group, first, last, top, middle)
                sheet.stroke(fit.edges[first], middle, fit.edges[last + 1], middle)
                for place in range(first, last):
                    sheet.stroke(fit.edges[place + 1], middle, fit.edges[place + 1], bottom)
            for place in range(first, last + 1):
                self._centred(fit.columns[place].heading, place, place, middle if group else top, bottom)
            sheet.stroke(fit.edges[first], top, fit.edges[first], bottom)
        sheet.stroke(fit.edges[-1], top, fit.edges[-1], bottom)
        sheet.stroke(fit.edges[0], bottom, fit.edges[-1], bottom)
        sheet.y = bottom
        if self.marks:
            sheet.y = bottom - self._height(1)
            for place, column in enumerate(fit.columns):
                self._centred(self.marks[column.key], place, place, bottom, sheet.y, face=ITALIC)
            sheet.stroke(fit.edges[0], sheet.y, fit.edges[-1], sheet.y)
            self._rules(bottom, sheet.y)

    def _centred(self, text: str, first: int, last: int, top: float, bottom: float, *, face: Face = BOLD) -> None:
        """Text in the middle of a cell of the heading."""
        fit = self.fit
        lines = wrap(text, face, fit.size, fit.inner(first, last))
        base = (top + bottom + len(lines) * self.step) / 2 - self.step + 0.25 * fit.size
        x = (fit.edges[first] + fit.edges[last + 1]) / 2
        for number, line in enumerate(lines):
            self.sheet.words(x, base - number * self.step, line, fit.size, face, align="centre")


def _align(column: Column) -> Align:
    if column.is_number:
        return "right"
    return "centre" if column.centred or column.kind in ("day", "code") else "left"
