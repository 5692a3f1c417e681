"""Two records of one person beside each other: which value of each field holds, settled from the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop_app.actions.one_person import Compared, Facing
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label

_LONGEST = 36
_TOLD = (
    "Chọn giá trị đúng ở những ô khác nhau. Đoàn phí, lương, biến động, chức vụ, tệp kèm của cả hai hồ sơ đều tính cho"
    " một người; không xóa gì, và có thể tách lại."
)


class MergeDialog(QDialog):
    """Shows `compared`; `sides` says by field which of the two (0, 1) holds once the dialog was accepted."""

    def __init__(self, compared: Compared, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setWindowTitle("Gộp hai hồ sơ của một người")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.choices: dict[str, QButtonGroup] = {}
        self._lay_out(compared)

    def sides(self) -> dict[str, int]:
        """Which side holds, by field; fields that agree are not in it."""
        return {name: group.checkedId() for name, group in self.choices.items()}

    def _lay_out(self, compared: Compared) -> None:
        look = theme.worn()
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, look.px(150))
        for column, text in enumerate(("", "Hồ sơ thứ nhất", "Hồ sơ thứ hai")):
            grid.addWidget(label(text, "subtitle"), 0, column)
        for facing in [facing for facing in compared.fields if facing.differs]:
            self._add(grid, facing)
        self._tell(grid, "Cộng lại", [(count.label, str(count.one), str(count.other)) for count in compared.counts])
        alike = [facing for facing in compared.fields if not facing.differs and facing.one]
        self._tell(grid, "Giống nhau", [(facing.label, facing.one, "") for facing in alike])
        grid.setRowStretch(grid.rowCount(), 1)
        inside = QWidget()
        inside.setLayout(grid)
        inside.setAutoFillBackground(False)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        feet = QHBoxLayout()
        feet.addWidget(label("Tab: ô kế tiếp · ← →: chọn bên", "hint"))
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(KeyButton("Gộp", "Ctrl+S", tone="primary", clicked=self.accept))
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(label(compared.one.name, "title"))
        column.addWidget(label(_TOLD, wrap=True))
        column.addWidget(area, 1)
        column.addLayout(feet)
        self.resize(look.px(820), look.px(560))

    def _tell(self, grid: QGridLayout, heading: str, rows: Sequence[tuple[str, str, str]]) -> None:
        grid.addWidget(label(heading, "subtitle"), grid.rowCount(), 0, 1, 3)
        for told in rows:
            row = grid.rowCount()
            for column, text in enumerate(told):
                grid.addWidget(label(text, "muted"), row, column)

    def _add(self, grid: QGridLayout, facing: Facing) -> None:
        row, group = grid.rowCount(), QButtonGroup(self)
        grid.addWidget(label(facing.label), row, 0)
        for side, text in enumerate((facing.one, facing.other)):
            button = QRadioButton(f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text or "(trống)")
            button.setToolTip(text)
            button.setAccessibleName(f"{facing.label}, hồ sơ thứ {'nhất' if side == 0 else 'hai'}: {text or 'trống'}")
            button.setChecked(side == facing.take)
            group.addButton(button, side)
            grid.addWidget(button, row, 1 + side)
        self.choices[facing.name] = group


def ask_merge(compared: Compared, over: QWidget) -> dict[str, int] | None:
    """Which side holds of each field that differs; None if the user thought better of it."""
    dialog = MergeDialog(compared, over)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    sides = dialog.sides()
    dialog.deleteLater()
    return sides if accepted else None
