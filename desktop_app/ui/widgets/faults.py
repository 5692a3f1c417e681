"""What an import gave back: each refused row with what to do, to be mended in Excel and read again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.exchange.tables import Fault
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import label

_COLUMNS = (
    Column("row", "Dòng", lambda f: f.row, "whole", width=60),
    Column("column", "Cột", lambda f: f.column, width=120),
    Column("value", "Đang ghi", lambda f: f.value, width=140),
    Column("problem", "Cần sửa", lambda f: f.problem, width=300, stretch=True),
)


class Faults(QDialog):
    """A table of faults; Ctrl+C copies it to Excel."""

    def __init__(self, faults: Sequence[Fault], over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setWindowTitle("Các dòng chưa nhập được")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = Table(_COLUMNS, name="faults", noun="lỗi", find=False)
        self.table.show_rows(faults)
        feet = QHBoxLayout()
        feet.addStretch(1)
        closing = KeyButton("Đóng", "Esc", tone="primary", clicked=self.accept)
        closing.setAutoDefault(False)
        feet.addWidget(closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(label("Những dòng khác đã được nhập. Hãy sửa các dòng này trong Excel rồi nhập lại tệp.", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(feet)
        self.resize(theme.worn().px(1040), theme.worn().px(420))
