"""The model of a table: rows of any records, formatted only when seen; finding and sorting by index, not by proxy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from desktop_app.ui import theme
from desktop_app.ui.widgets.columns import Column, shown, sorted_by
from desktop_app.ui.widgets.sifting import Sift, fold

_Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
VALUE = Qt.ItemDataRole.UserRole + 1
_SHOWN, _ALIGNED = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole
_INK, _LETTERS = Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.FontRole
_ANSWERED = frozenset({
    ROW, VALUE, _SHOWN, _ALIGNED, _INK, _LETTERS, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
})  # fmt: skip


class Rows(QAbstractTableModel):
    """Shows `columns` of the rows given to `show`; `changed_view` tells that what is seen has changed."""

    changed_view = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: Sequence[Any] = ()
        self._seen: list[int] = []
        self._order: tuple[int, bool] | None = None
        self._everywhere = ""
        self._filters: dict[int, str] = {}
        self._folded: dict[tuple[int, int], str] = {}

    @property
    def whole(self) -> bool:
        """Are these all the rows there are? They are, where none stay in the book."""
        return True

    # what is shown

    def show(self, rows: Sequence[Any]) -> None:
        """Replace the rows; order and filters stay."""
        self.beginResetModel()
        self._rows = rows
        self._folded = {}
        self._choose()
        self.endResetModel()
        self.changed_view.emit()

    def find(self, text: str) -> None:
        """Keep the rows in which every word of `text` is somewhere; forgiving."""
        self._everywhere = text.strip()
        self._again()

    def filter_column(self, column: int, text: str) -> None:
        """Keep the rows whose cell holds `text`; amounts take `>1tr`, `<500k` as well."""
        if text.strip():
            self._filters[column] = text.strip()
        else:
            self._filters.pop(column, None)
        self._again()

    def order(self) -> tuple[int, bool] | None:
        """(column, descending), or None for the order in which the rows were given."""
        return self._order

    def order_by(self, column: int | None, *, descending: bool = False) -> None:
        self._order = None if column is None else (column, descending)
        self._again()

    def seen(self) -> list[Any]:
        """The rows shown now, in their order."""
        return [self._rows[at] for at in self._seen]

    def all(self) -> Sequence[Any]:
        return self._rows

    def every(self) -> int:
        """How many rows there are, found or not."""
        return len(self._rows)

    def row(self, line: int) -> Any:
        return self._rows[self._seen[line]]

    def rows(self, lines: Sequence[int]) -> list[Any]:
        """The rows of some lines, in their order."""
        return [self.row(line) for line in lines]

    def value(self, line: int, column: int) -> Any:
        return self.columns[column].value(self.row(line))

    def line_of(self, wanted: Callable[[Any], bool]) -> int:
        """The line of the first row shown for which `wanted` is true, or -1."""
        return next((line for line, at in enumerate(self._seen) if wanted(self._rows[at])), -1)

    def sums(self, counts: Callable[[Any], bool] | None = None) -> Mapping[str, int]:
        """The totals of the columns that have one, over the rows shown that count."""
        rows = [row for row in self.seen() if counts is None or counts(row)]
        return {
            column.key: sum(column.value(row) or 0 for row in rows) for column in self.columns if column.total
        }

    def sums_of(self, lines: Sequence[int]) -> Mapping[str, int]:
        """The totals of the columns that have one, over some lines."""
        totals = [column for column in self.columns if column.total]
        rows = self.rows(lines) if totals else []
        return {column.key: sum(column.value(row) or 0 for row in rows) for column in totals}

    # what Qt asks

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._seen)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _SHOWN) -> Any:
        # Asked some eight hundred times a paint: what needs no row is answered first.
        line = index.row()
        if role not in _ANSWERED or not 0 <= line < self.rowCount():
            return None
        column = self.columns[index.column()]
        if role == _ALIGNED:
            return column.align
        if (role == _INK and column.tone is None) or (role == _LETTERS and column.bold is None):
            return None
        row = self.row(line)
        if role == _SHOWN:
            return shown(column, column.value(row))
        if role == ROW:
            return row
        if role == VALUE:
            return column.value(row)
        if role == _INK and column.tone is not None:
            tone = column.tone(row)
            return theme.worn().colour(tone) if tone else None
        if role == _LETTERS and column.bold is not None and column.bold(row):
            return theme.worn().font(13, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ToolTipRole and column.kind in ("text", "name", "glyph"):
            return shown(column, column.value(row)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading}: {shown(column, column.value(row))}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = ""
            if self._order is not None and self._order[0] == section:
                arrow = " ↓" if self._order[1] else " ↑"
            return column.heading + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint or f"{column.heading}: bấm để sắp xếp"
        return None

    # choosing

    def _again(self) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._seen[index.row()], index.column()) for index in self.persistentIndexList()]
        self._choose()
        lines = {at: line for line, at in enumerate(self._seen)}
        for index, at, column in kept:
            self.changePersistentIndex(index, self.index(lines[at], column) if at in lines else QModelIndex())
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.changed_view.emit()

    def _choose(self) -> None:
        sift = Sift(self.columns, self._everywhere, self._filters)
        seen = [at for at, row in enumerate(self._rows) if sift.passes(row, partial(self._fold, at))]
        if self._order is not None:
            at_column, descending = self._order
            column = self.columns[at_column]
            keys = {at: sorted_by(column, column.value(self._rows[at])) for at in seen}
            full = sorted((at for at in seen if not keys[at][0]), key=lambda at: keys[at][1], reverse=descending)
            seen = full + [at for at in seen if keys[at][0]]
        self._seen = seen

    def _fold(self, at: int, column: int) -> str:
        key = (at, column)
        if key not in self._folded:
            self._folded[key] = fold(self.columns[column], self._rows[at])
        return self._folded[key]
