"""The white ground of a page's table, with the chips over it that choose what it shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import Chip
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import label


class TablePanel(QFrame):
    """A table on its ground. `title` and `tools` stand at the left over it; `chosen` hears every choice of a chip among
    the tools."""

    def __init__(
        self, table: Table, *tools: QWidget, title: str = "", chosen: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.table = table
        table.add_tool(*([label(title, "subtitle")] if title else []), *tools)
        for tool in tools:
            if isinstance(tool, Chip) and chosen is not None:
                tool.chosen.connect(lambda _, chosen=chosen: chosen())
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(table)
