"""The recovery code on the screen: print the sheet, then type its last group back to show that it is at hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ui import files, theme
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field
from desktop_app.ui.widgets.texts import label


class RecoveryCode(QWidget):
    """Shows a code; `confirmed` comes once its last group was typed back. `draw` makes the sheet's PDF."""

    confirmed = Signal()

    def __init__(self, code: str, draw: Callable[[], bytes]) -> None:
        super().__init__()
        self._code, self._draw = code, draw
        self._groups = code.split("-")
        self.said = label("", "hint", wrap=True)
        self.save = KeyButton("Lưu phiếu PDF để in…", tone="primary", glyph="printer-outline", clicked=self.save_sheet)
        self.back = Field(f"Gõ lại nhóm cuối (ô {len(self._groups)}) từ tờ đã in", LineEdit("", longest=12))
        self.back.setMaximumWidth(theme.worn().px(300))
        self.back.editor.edited.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._boxes())
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.said, 1)
        column.addLayout(row)
        column.addWidget(self.back)

    def is_confirmed(self) -> bool:
        """Whether the last group stands in the field, in whatever case."""
        typed = str(self.back.editor.value()).replace(" ", "").upper()
        return typed == self._groups[-1]

    def save_sheet(self) -> None:
        """Write the sheet where the user says and open it for printing."""
        target = files.to_save(self, "Lưu phiếu khôi phục", "Phieu khoi phuc So Cong doan.pdf", files.PDF)
        if target is None:
            return
        try:
            target.write_bytes(self._draw())
        except OSError:
            self.said.setText(f"Không ghi được vào {target.parent}. Hãy chọn chỗ khác.")
            return
        files.show(target)
        self.said.setText("Hãy in ra, cất tờ giấy ngoài máy tính, rồi xóa tệp PDF khỏi máy này.")

    def _typed(self) -> None:
        typed = str(self.back.editor.value()).replace(" ", "")
        if self.is_confirmed():
            self.back.note("Đúng rồi.", "ok")
            self.confirmed.emit()
        elif len(typed) >= len(self._groups[-1]):
            self.back.refuse("Chưa khớp. Hãy xem lại ô cuối của tờ phiếu.")

    def _boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, group in enumerate(self._groups):
            shown: QLabel = label(group, "code")
            shown.setAccessibleName(f"Ô {number + 1}: {' '.join(group)}")
            grid.addWidget(shown, number // 3, number % 3)
        return grid
