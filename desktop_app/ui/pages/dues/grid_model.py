"""The grid of a year's dues as it is typed: a row a member, a column a month, what is new until it is stored."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from desktop_app.actions.dues_grid import Cell, Grid
from desktop_app.domain import amounts
from desktop_app.storage.payroll import YearLine
from desktop_app.ui import theme

FIRST, LAST = 2, 13  # the columns of January and December
_HEADINGS = ("Họ và tên", "Tổ", *(f"T{month}" for month in range(1, 13)), "Cộng")
_Index = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractTableModel):
    """Cells that stand on a receipt cannot be typed into; `typed` are those that were, `wrong` what was no amount."""

    edited = Signal()
    wrong = Signal(str)

    def __init__(self, grid: Grid, year: int) -> None:
        super().__init__()
        self._grid, self._year = grid, year
        self.lines: list[YearLine] = grid.lines
        self.typed: dict[Cell, int] = {}

    def show_team(self, team: str) -> None:
        """Show the members of one tổ ("": all); what was typed stays."""
        self.beginResetModel()
        self.lines = [line for line in self._grid.lines if not team or line.team == team]
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell:
        """Whose dues of which month a place holds."""
        return self.lines[row].person, f"{self._year}-{column - FIRST + 1:02}"

    def amount(self, row: int, column: int) -> int:
        """What a place holds now, đồng."""
        return self.typed.get(self.cell(row, column), self.lines[row].months[column - FIRST])

    def put(self, row: int, column: int, text: str) -> bool:
        """Take what was typed; False if it is no amount or the place is not for typing."""
        if row >= len(self.lines) or not FIRST <= column <= LAST:
            return False
        cell = self.cell(row, column)
        try:
            amount = amounts.parse_amount(text) if text.strip(" -–") else 0
        except ValueError as error:
            self.wrong.emit(f"{self.lines[row].name}, tháng {column - FIRST + 1}: {error}")
            return False
        if cell in self._grid.booked:
            if amount != self.lines[row].months[column - FIRST]:
                self.wrong.emit(f"{self.lines[row].name}, tháng {column - FIRST + 1}: đã có phiếu thu, không sửa ở đây được.")
            return False
        if amount < 0:
            self.wrong.emit(f"{self.lines[row].name}, tháng {column - FIRST + 1}: số tiền không được âm.")
            return False
        if amount == self.lines[row].months[column - FIRST]:
            self.typed.pop(cell, None)
        else:
            self.typed[cell] = amount
        return True

    def paste(self, row: int, column: int, text: str) -> int:
        """Lay a block copied from Excel down from a place on; answers how many cells it filled."""
        filled = 0
        for down, line in enumerate(text.rstrip("\r\n").splitlines()):
            for right, given in enumerate(line.split("\t")):
                filled += self.put(row + down, column + right, given)
        self.tell()
        return filled

    def tell(self) -> None:
        """Everything may look otherwise."""
        if self.lines:
            self.dataChanged.emit(self.index(0, FIRST), self.index(len(self.lines) - 1, LAST + 1))
        self.edited.emit()

    # what Qt asks

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _HEADINGS[section] if orientation == Qt.Orientation.Horizontal else section + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if FIRST <= index.column() <= LAST and self.cell(index.row(), index.column()) not in self._grid.booked:
            return plain | Qt.ItemFlag.ItemIsEditable
        return plain

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        month = FIRST <= column <= LAST
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._shown(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if column >= FIRST else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and month:
            cell = self.cell(row, column)
            tone = "muted" if cell in self._grid.booked else "accent" if cell in self.typed else ""
            return theme.worn().colour(tone) if tone else None
        if role == Qt.ItemDataRole.FontRole and month and self.cell(row, column) in self.typed:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole and month and self.cell(row, column) in self._grid.booked:
            return "Đã nộp theo phiếu thu"
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.put(index.row(), index.column(), str(value)):
            return False
        self.dataChanged.emit(index, self.index(index.row(), LAST + 1))
        self.edited.emit()
        return True

    def _shown(self, row: int, column: int) -> str:
        line = self.lines[row]
        if column < FIRST:
            return (line.name, line.team)[column]
        if column <= LAST:
            amount = self.amount(row, column)
        else:
            amount = sum(self.amount(row, of) for of in range(FIRST, LAST + 1))
        return amounts.format_amount(amount) if amount else ""
