"""Bring the union's workbook in: choose the file, see it counted, learn what was taken and what was given back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Cancelled, Progress
from desktop_app.ui.widgets.banner import WorkStrip
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label


class ImportPanel(QWidget):
    """A button, a strip while it works, and a sentence with the outcome."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._returned: Path | None = None
        self.strip = WorkStrip()
        self.said = label("Mỗi trang tính là một danh sách: Đơn vị, Người lao động, Quỹ, Chứng từ…", "muted", wrap=True)
        self.choose = KeyButton("Chọn tệp Excel…", glyph="microsoft-excel", clicked=self.ask)
        self.faults = KeyButton("Mở các dòng bị trả lại", tone="link", clicked=self._show_returned)
        self.faults.hide()
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.said, 1)
        row.addWidget(self.faults)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.strip)

    def ask(self) -> None:
        path = files.to_open(self, "Nhập từ Excel", files.EXCEL)
        if path is not None:
            self.bring(path)

    def bring(self, path: Path) -> None:
        """Import a workbook on another thread."""
        desk, by = self._desk, self._desk.by

        def work(progress: Progress) -> object:
            from desktop_app.actions import importing  # reads Excel: loaded when a file is

            book = desk.open_book()
            try:
                return importing.import_workbook(book, path, by, progress.step)
            finally:
                book.close()

        self.choose.setEnabled(False)
        self.strip.begin(f"Đang nhập {path.name}")
        self.strip.follow(
            desk.tasks.run(work, self._done, self._failed, progressed=self.strip.show_step, owner=self)
        )

    def _done(self, imported: Any) -> None:
        self._end()
        parts = [f"{title}: {count}" for title, count in imported.stored.items() if count]
        told = "Đã nhập " + ", ".join(parts) if parts else "Không có gì mới để nhập"
        back = f" {len(imported.refused)} dòng bị trả lại kèm lý do." if imported.refused else ""
        self.said.setText(f"{told}.{back}")
        self._returned = imported.returned
        self.faults.setVisible(self._returned is not None)
        self._desk.changed(imported.entities)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.said.setText("Đã dừng, chưa nhập gì." if isinstance(error, Cancelled) else str(error))

    def _end(self) -> None:
        self.choose.setEnabled(True)
        self.strip.end()

    def _show_returned(self) -> None:
        if self._returned is not None:
            files.show(self._returned)

