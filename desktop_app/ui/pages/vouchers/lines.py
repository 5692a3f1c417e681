"""The grid of a voucher's rows: mục, amount, party. It behaves as Excel: typing, F2, Tab, Enter, paste, Delete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain import amounts, vietnamese
from desktop_app.domain.errors import Problem
from desktop_app.ui import theme
from desktop_app.ui.widgets.editors import MoneyEdit
from desktop_app.ui.widgets.pick import PickEdit, Search
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label

NAMES = ("item", "amount", "party")
_SHOWN_ROWS = 4
Index = QModelIndex | QPersistentModelIndex


class Lines(QWidget):
    """The grid with its sum, and under it what was refused or is doubtful."""

    edited = Signal()
    left = Signal()  # Enter in an empty row: typing goes on below

    def __init__(self, people: Search) -> None:
        super().__init__()
        self._items: Sequence[Choice] = ()
        self._people = people
        self._quiet = False
        self.grid = _Grid(self)
        self.grid.setItemDelegate(_Cells(self.grid, self._editor))
        self.total = label("", "union")
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.said, self.doubted = label("", "hint", tone="bad", wrap=True), label("", "hint", tone="warn", wrap=True)
        self.noted = label("", "hint", wrap=True)
        self.grid.itemChanged.connect(self._changed)
        self.grid.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.grid, self.total, self.said, self.doubted, self.noted):
            column.addWidget(part)
        self.setFocusProxy(self.grid)
        self.show_rows(())

    def offer(self, items: Sequence[Choice]) -> None:
        """The mục that fit this kind of voucher."""
        self._items = items
        self._quietly(self._retell)

    def rows(self) -> list[dict[str, Any]]:
        """What stands in the grid, as far as the last row with anything; what was not understood stays as typed."""
        found = [
            {name: self._value(row, column) for column, name in enumerate(NAMES)} for row in range(self.grid.rowCount())
        ]
        while found and not any(found[-1].values()):
            found.pop()
        return found

    def show_rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Show these and an empty row behind them."""
        given = list(rows)

        def fill() -> None:
            self.grid.setRowCount(0)
            self.grid.setRowCount(max(len(given) + 1, 2))
            for row, values in enumerate(given):
                for column, name in enumerate(NAMES):
                    self._put(row, column, values.get(name))

        self._quietly(fill)
        self.grid.setCurrentCell(0, 0)
        self.tell((), ())

    def set_locked(self, locked: bool) -> None:
        """Readable only."""
        self.grid.locked = locked

    def tell(self, problems: Iterable[Problem], doubts: Iterable[str], notes: Iterable[str] = ()) -> None:
        """Refusals ("rows.2.item" marks its cell), doubts in amber, and quiet words under the grid."""
        found = list(problems)
        marked = {tuple(problem.field.split(".")[1:3]) for problem in found}

        def mark() -> None:
            for row in range(self.grid.rowCount()):
                for column, name in enumerate(NAMES):
                    cell = self.grid.item(row, column)
                    bad = (str(row), name) in marked
                    if bad and cell is None:
                        cell = QTableWidgetItem()
                        self.grid.setItem(row, column, cell)
                    if cell is not None:
                        cell.setBackground(QBrush(QColor(theme.worn().colour("bad_soft"))) if bad else QBrush())

        self._quietly(mark)
        for part, sentences in (
            (self.said, [problem.problem for problem in found]), (self.doubted, list(doubts)), (self.noted, list(notes)),
        ):  # fmt: skip
            part.setText("\n".join(sentences))
            part.setVisible(bool(sentences))
        places = [field for problem in found if (field := problem.field.split("."))[1:]]
        if places:
            self.grid.setCurrentCell(int(places[0][1]), NAMES.index(places[0][2]))
            self.grid.setFocus()

    def settle(self) -> None:
        """Take what is being typed in a cell, as leaving it does."""
        self.grid.settle()

    def paste(self, text: str) -> None:
        """Fill from the current cell on with what Excel copied: tabs between cells, a line a row."""
        start_row, start = max(self.grid.currentRow(), 0), max(self.grid.currentColumn(), 0)
        copied = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]

        def fill() -> None:
            self.grid.setRowCount(max(self.grid.rowCount(), start_row + len(copied) + 1))
            for down, cells in enumerate(copied):
                for across, cell in enumerate(cells[: len(NAMES) - start]):
                    self._put(start_row + down, start + across, cell.strip())

        self._quietly(fill)
        self.edited.emit()

    def remove_row(self) -> None:
        """Ctrl+Delete: take the current row out."""
        if self.grid.currentRow() >= 0:
            self.grid.removeRow(self.grid.currentRow())
            self._grow()
            self.edited.emit()

    # cells

    def _value(self, row: int, column: int) -> Any:
        cell = self.grid.item(row, column)
        return cell.data(Qt.ItemDataRole.UserRole) if cell is not None else None

    def _put(self, row: int, column: int, given: Any) -> None:
        """Put a value, or what was typed for one, into a cell, shown as it was understood."""
        value, shown = given or None, str(given or "")
        if NAMES[column] == "amount" and value is not None:
            try:
                value = given if isinstance(given, int) else amounts.parse_amount(str(given).replace("₫", "").strip())
                shown = amounts.format_amount(value)
            except ValueError:
                value = str(given)
        elif NAMES[column] == "item" and value is not None:
            found = next((choice for choice in self._items if choice.value == str(given)), None) or self._only(str(given))
            value, shown = (found.value, found.text) if found else (value, shown)
        cell = self.grid.item(row, column)
        if cell is None:
            cell = QTableWidgetItem()
            self.grid.setItem(row, column, cell)
        cell.setText(shown)
        cell.setData(Qt.ItemDataRole.UserRole, value)
        cell.setToolTip(shown)
        if NAMES[column] == "amount":
            cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _only(self, typed: str) -> Choice | None:
        found = [choice for choice in self._items if vietnamese.matches(typed, f"{choice.text} {choice.detail}")]
        return found[0] if len(found) == 1 else None

    def _retell(self) -> None:
        for row in range(self.grid.rowCount()):
            if self._value(row, 0):
                self._put(row, 0, self._value(row, 0))

    def _editor(self, column: int, over: QWidget) -> PickEdit | MoneyEdit:
        made: PickEdit | MoneyEdit = MoneyEdit(sign=False)
        if NAMES[column] != "amount":
            made = PickEdit(self._items) if NAMES[column] == "item" else PickEdit(self._people, free=True)
        made.setParent(over)
        self.grid.editor = made
        return made

    def _changed(self, cell: QTableWidgetItem) -> None:
        if not self._quiet:
            row, column = cell.row(), cell.column()
            self._quietly(lambda: self._put(row, column, cell.data(Qt.ItemDataRole.UserRole)))
            self.edited.emit()

    def _quietly(self, act: Callable[[], object]) -> None:
        before, self._quiet = self._quiet, True
        act()
        self._quiet = before
        if not before:
            self._grow()

    def _grow(self) -> None:
        """Keep one empty row at the end, and the sum right."""
        count = self.grid.rowCount()
        if not count or any(self._value(count - 1, column) for column in range(len(NAMES))):
            self.grid.setRowCount(count + 1)
        sums = [value for row in range(count) if isinstance(value := self._value(row, 1), int)]
        self.total.setText(f"Cộng {amounts.format_amount(sum(sums))} ₫" if sums else "")


class _Grid(QTableWidget):
    left = Signal()

    def __init__(self, lines: Lines) -> None:
        super().__init__(2, len(NAMES))
        self._lines, self.locked = lines, False
        self.editor: PickEdit | MoneyEdit | None = None
        self.setAccessibleName("Các dòng của phiếu")
        self.setHorizontalHeaderLabels(["Mục", "Số tiền", "Đối tượng"])
        self.setToolTip("Gõ để nhập, F2 để sửa, Tab hoặc Enter sang ô kế tiếp, Ctrl+V dán từ Excel, Ctrl+Delete bỏ dòng")
        look = theme.worn()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(30))
        self.horizontalHeader().setFixedHeight(look.px(28))
        self.setFixedHeight(look.px(28) + _SHOWN_ROWS * look.px(30) + 4)
        self.setProperty("role", "grid")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(self.EditTrigger.AnyKeyPressed | self.EditTrigger.DoubleClicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, money = self.viewport().width(), theme.worn().px(104)
        self.setColumnWidth(1, money)
        self.setColumnWidth(0, (room - money) * 3 // 5)
        self.setColumnWidth(2, room - money - self.columnWidth(0))

    def edit(self, *given: Any) -> bool:  # type: ignore[override]
        return False if self.locked else bool(super().edit(*given))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            event.accept()  # F2 edits the cell here
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step()
        elif event.matches(QKeySequence.StandardKey.Paste) and not self.locked:
            self._lines.paste(QGuiApplication.clipboard().text())
        elif key == Qt.Key.Key_F2 and self.currentIndex().isValid():
            super().edit(self.currentIndex())
        elif key == Qt.Key.Key_Delete and not self.locked:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._lines.remove_row()
            else:
                for cell in self.selectedItems():
                    cell.setData(Qt.ItemDataRole.UserRole, None)
        else:
            super().keyPressEvent(event)

    def step(self) -> None:
        """To the next cell as Enter goes; from an empty row out of the grid."""
        row, column = self.currentRow(), self.currentColumn()
        empty = not any((cell := self.item(row, at)) and cell.text() for at in range(len(NAMES)))
        if empty and column == 0:
            self.left.emit()
        elif column + 1 < len(NAMES):
            self.setCurrentCell(row, column + 1)
        else:
            self.setCurrentCell(min(row + 1, self.rowCount() - 1), 0)

    def settle(self) -> None:
        if self.editor is not None and self.state() == self.State.EditingState:
            if isinstance(self.editor, PickEdit):
                self.editor.take_offered()
            self.commitData(self.editor)
            self.closeEditor(self.editor, QAbstractItemDelegate.EndEditHint.NoHint)


class _Cells(QStyledItemDelegate):
    """Edits a cell with the form's own editors; Tab and Enter take what is offered and go on."""

    def __init__(self, grid: _Grid, make: Callable[[int, QWidget], PickEdit | MoneyEdit]) -> None:
        super().__init__(grid)
        self._grid, self._make = grid, make

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return self._make(index.column(), parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, PickEdit | MoneyEdit)
        value = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(editor, PickEdit):
            editor.set_value(value)
        else:
            editor.setText(amounts.format_amount(value) if isinstance(value, int) else str(value or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        assert isinstance(editor, PickEdit | MoneyEdit)
        model.setData(index, editor.value(), Qt.ItemDataRole.UserRole)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                if isinstance(editor, PickEdit):
                    editor.take_offered()
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._grid.setFocus()
                self._grid.step()
                return True
            if isinstance(editor, PickEdit) and editor.offered() and event.key() in (
                Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape,
            ):  # fmt: skip
                return False  # the open list takes these
        return super().eventFilter(editor, event)
