"""What is remembered of a table between two starts: its columns' places and widths, which are hidden, the order."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop_app.ui.widgets.columns import Column


class TableMemory:
    """Keeps under `tables/NAME` of the settings of this PC (nothing without settings)."""

    def __init__(self, name: str, settings: QSettings | None, view: QTableView, columns: Sequence[Column]) -> None:
        self._name, self._settings, self._view, self._columns = f"tables/{name}", settings, view, columns

    @property
    def _header(self) -> QHeaderView:
        return self._view.horizontalHeader()

    def keep(self, is_away: Callable[[int], bool]) -> None:
        """Remember the columns; one that only gave way (`is_away`) is not hidden."""
        if self._settings is None:
            return
        told = []
        for place in range(self._header.count()):
            number = self._header.logicalIndex(place)
            hidden = self._header.isSectionHidden(number) and not is_away(number)
            told.append([self._columns[number].key, 0 if hidden else self._header.sectionSize(number), int(hidden)])
        self._settings.setValue(self._name, json.dumps(told))

    def recall(self) -> None:
        """Put the columns as they were; what cannot be read is as if nothing was kept."""
        kept = self._settings.value(self._name) if self._settings is not None else None
        numbers = {column.key: number for number, column in enumerate(self._columns)}
        try:
            told = [(key, int(wide), bool(hidden)) for key, wide, hidden in json.loads(str(kept or "[]"))]
        except (ValueError, TypeError):
            told = []
        told = [entry for entry in told if entry[0] in numbers]
        for place, (key, wide, hidden) in enumerate(told):
            number = numbers[key]
            self._header.moveSection(self._header.visualIndex(number), place)
            self._view.setColumnHidden(number, hidden)
            if wide and not self._columns[number].stretch:
                self._header.resizeSection(number, wide)

    def keep_order(self, order: tuple[int, bool] | None) -> None:
        """Remember by which column, and whether down."""
        if self._settings is not None:
            told = f"{self._columns[order[0]].key} {int(order[1])}" if order else ""
            self._settings.setValue(f"{self._name}-order", told)

    def order(self) -> tuple[int, bool] | None:
        """The order kept, if its column is still there."""
        told = str(self._settings.value(f"{self._name}-order") or "") if self._settings is not None else ""
        key, _, down = told.partition(" ")
        number = next((n for n, column in enumerate(self._columns) if column.key == key), None)
        return None if number is None else (number, down == "1")

    def forget(self) -> None:
        """Nothing was ever kept."""
        if self._settings is not None:
            self._settings.remove(self._name)
            self._settings.remove(f"{self._name}-order")
