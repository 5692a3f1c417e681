"""Columns that give way where a table is narrow, so that the figures are read without scrolling sideways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QTableView

from desktop_app.ui.widgets.columns import Column


class GivingWay:
    """Hides columns by their `gives_way`, the highest first, and shows them again where there is room.

    What the user hides stays hidden; what the user shows (`stays`) never gives way.
    """

    def __init__(self, view: QTableView, columns: Sequence[Column]) -> None:
        self._view, self._columns = view, columns
        self._away: set[int] = set()
        self._staying: set[int] = set()

    def is_away(self, number: int) -> bool:
        """Whether a column is hidden only because there is no room."""
        return number in self._away

    def settle(self, number: int, stays: bool) -> None:
        """A column is shown or hidden on purpose; one that `stays` never gives way."""
        self._away.discard(number)
        if stays:
            self._staying.add(number)

    def begin_anew(self) -> None:
        """The columns are as at the beginning."""
        self._away.clear()
        self._staying.clear()

    def fit(self, room: int, least: Callable[[int], int]) -> None:
        """Hide as many columns as `room` asks for; `least` is the width a shown column needs, in pixels."""
        view = self._view
        for number in self._away:
            view.setColumnHidden(number, False)
        self._away.clear()
        shown = [number for number in range(len(self._columns)) if not view.isColumnHidden(number)]
        need = sum(map(least, shown))
        ready = [number for number in shown if self._columns[number].gives_way and number not in self._staying]
        for number in sorted(ready, key=lambda number: -self._columns[number].gives_way):
            if need <= room:
                break
            need -= least(number)
            view.setColumnHidden(number, True)
            self._away.add(number)
