"""The white ground of a page's tables, with the title and the chips over them that choose what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import Chip
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import label


class TablePanel(QFrame):
    """Tables on one ground, of which one is shown at a time. `title` and `tools` stand at the left over the first one;
    `chosen` hears every choice of a chip among the tools."""

    def __init__(
        self, *tables: QWidget, title: str = "", tools: Sequence[QWidget] = (), chosen: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        over = [label(title, "subtitle")] if title else []
        if over or tools:
            first = tables[0]
            assert isinstance(first, Table)
            first.add_tool(*over, *tools)
        for tool in tools:
            if isinstance(tool, Chip) and chosen is not None:
                tool.chosen.connect(lambda _: chosen())
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        for table in tables:
            self.column.addWidget(table)
