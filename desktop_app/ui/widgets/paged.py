"""The model of a table whose rows stay in the book: it holds their numbers, and reads rows by pages where they are seen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.rows import Rows
from desktop_app.ui.widgets.sifting import Sift

PAGE = 50
_PAGES_HELD = 40

Read = Callable[[Sequence[int]], Sequence[Any]]
"""Answers the rows of some numbers, in their order."""
AddUp = Callable[[Sequence[int]], Mapping[str, int]]
"""Answers what the columns with a total come to over the rows of some numbers."""


class PagedRows(Rows):
    """`begin` shows the first rows at once, `line_up` everybody when that is known; `wanted` asks whoever fills the
    table to do both again, because the order or the filter row changed.

    A row has its number as `no`. However many there are, `_PAGES_HELD` pages at most are in memory.
    """

    wanted = Signal()

    def __init__(
        self, columns: Sequence[Column], read: Read, parent: QObject | None = None, *, add_up: AddUp | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._read, self._add_up = read, add_up
        self._numbers = array("q")
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._last: tuple[int, Sequence[Any]] = (-1, ())  # a paint asks the same page hundreds of times
        self._whole = True
        self._every: int | None = None
        self._sums: Mapping[str, int] = {}

    @property
    def whole(self) -> bool:
        """Is everybody lined up, or are these the first ones only?"""
        return self._whole

    def begin(self, numbers: Sequence[int], *, sums: Mapping[str, int] | None = None) -> None:
        """Show these as the first ones; more may follow by `line_up`. `sums`: the totals of all, if they are known."""
        self._sums = sums or {}
        self._replace(numbers, whole=False)

    def line_up(
        self, numbers: Sequence[int], *, every: int | None = None, sums: Mapping[str, int] | None = None
    ) -> None:
        """Show all of these, read anew; where they go on from what is shown, nothing moves.

        `every`: how many there are with those that find box and filter row leave out; `sums`: the totals at the foot.
        """
        self._every, self._sums = every, sums or {}
        wanted, shown = array("q", numbers), len(self._numbers)
        if not shown or wanted[:shown] != self._numbers:
            self._replace(wanted, whole=True)
            return
        self._clear()
        if len(wanted) > shown:
            self.beginInsertRows(QModelIndex(), shown, len(wanted) - 1)
            self._numbers = wanted
            self.endInsertRows()
        self._whole = True
        self.dataChanged.emit(self.index(0, 0), self.index(shown - 1, len(self.columns) - 1))
        self.changed_view.emit()

    def forget(self) -> None:
        """Read the rows anew where they are seen: the book has changed."""
        self._clear()
        if self._numbers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._numbers) - 1, len(self.columns) - 1))

    def _clear(self) -> None:
        self._pages.clear()
        self._last = (-1, ())

    def _replace(self, numbers: Sequence[int], *, whole: bool) -> None:
        self.beginResetModel()
        self._numbers, self._whole = array("q", numbers), whole
        self._clear()
        self.endResetModel()
        self.changed_view.emit()

    def show(self, rows: Sequence[Any]) -> None:
        raise TypeError("rows of this model stay in the book: begin() or line_up() shows their numbers")

    # what is asked of Rows

    def rowCount(self, parent: Any = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def row(self, line: int) -> Any:
        place, within = divmod(line, PAGE)
        if place != self._last[0]:
            page = self._pages.get(place)
            if page is None:
                page = self._pages[place] = self._read(self._numbers[place * PAGE : (place + 1) * PAGE])
                while len(self._pages) > _PAGES_HELD:
                    self._pages.popitem(last=False)
            else:
                self._pages.move_to_end(place)
            self._last = (place, page)
        return self._last[1][within]

    def rows(self, lines: Sequence[int]) -> list[Any]:
        if len(lines) <= PAGE:
            return super().rows(lines)
        return list(self._read([self._numbers[line] for line in lines]))

    def numbers(self) -> Sequence[int]:
        """The numbers of the rows shown, in their order."""
        return self._numbers

    def line_of_number(self, no: int) -> int:
        """The line of a number, or -1."""
        try:
            return self._numbers.index(no)
        except ValueError:
            return -1

    def seen(self) -> Any:
        """The rows shown, read page by page while they are gone through."""
        return _Seen(self)

    all = seen

    def line_of(self, wanted: Callable[[Any], bool]) -> int:
        return next((line for line, row in enumerate(self.seen()) if wanted(row)), -1)

    def every(self) -> int:
        return len(self._numbers) if self._every is None else self._every

    def sums(self, counts: Callable[[Any], bool] | None = None) -> Mapping[str, int]:
        """The totals that were given with the line-up."""
        return {column.key: self._sums.get(column.key, 0) for column in self.columns if column.total}

    def sums_of(self, lines: Sequence[int]) -> Mapping[str, int]:
        if self._add_up is None or len(lines) <= PAGE:
            return super().sums_of(lines)
        return self._add_up([self._numbers[line] for line in lines])

    def find(self, text: str) -> None:
        if text.strip() != self._everywhere:
            self._everywhere = text.strip()
            self.wanted.emit()

    def sift(self) -> Sift:
        """What find box, filter row and heading ask, for who goes through all rows to answer it."""
        return Sift(self.columns, self._everywhere, dict(self._filters), self._order)

    def filter_column(self, column: int, text: str) -> None:
        before = dict(self._filters)
        if text.strip():
            self._filters[column] = text.strip()
        else:
            self._filters.pop(column, None)
        if self._filters != before:
            self.wanted.emit()

    def order_by(self, column: int | None, *, descending: bool = False) -> None:
        self._order = None if column is None else (column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.wanted.emit()

    def typed(self) -> dict[str, str]:
        """The texts of the filter row by column key."""
        return {self.columns[column].key: text for column, text in self._filters.items()}

    def ordered(self) -> tuple[str, bool]:
        """The key of the column the user sorts by ("" if none) and whether it goes down."""
        return (self.columns[self._order[0]].key, self._order[1]) if self._order else ("", False)


class _Seen(Sequence[Any]):
    def __init__(self, model: PagedRows) -> None:
        self._model = model

    def __len__(self) -> int:
        return self._model.rowCount()

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        lines = range(len(self))[at]
        return [self._model.row(line) for line in lines] if isinstance(lines, range) else self._model.row(lines)

    def __iter__(self) -> Iterator[Any]:
        return (self._model.row(line) for line in range(len(self)))
