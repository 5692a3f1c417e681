"""Small words on the screen: labels by role, state pills, a line, a page's head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QStyle, QStyleOptionFrame, QWidget

from desktop_app.ui import theme


def label(text: str = "", role: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A label of a role of the stylesheet: title, subtitle, label, muted, hint, caption, figure…"""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


class Elided(QLabel):
    """A one-line label that gives way: what does not fit ends in … and is whole in its tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 4, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class StatePill(QLabel):
    """A state in a coloured pill; tones: ok, warn, bad, info, quiet. The word says it, not the colour alone."""

    def __init__(self, text: str = "", tone: str = "quiet") -> None:
        super().__init__()
        self.setProperty("role", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: str = "quiet") -> None:
        self.setText(text)
        self.setAccessibleName(f"Trạng thái: {text}")
        self.setVisible(bool(text))
        theme.restyle(self, tone=tone)


def line() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def panel() -> QFrame:
    """A white rounded ground for a table or a form."""
    made = QFrame()
    made.setProperty("role", "panel")
    return made


class Head(QWidget):
    """The head of a page: its title, a quiet word behind it, its buttons on the right."""

    def __init__(self, title: str, *buttons: QWidget, note: str = "") -> None:
        super().__init__()
        self.title = label(title, "title")
        self.note = Elided(note, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.note)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)


def fit_hint(line: QLineEdit, hints: Sequence[str]) -> None:
    """Show the longest of the hints (longest first) that an empty line holds whole."""
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).width()
    room -= len(line.actions()) * theme.worn().px(24) + 6
    metrics = QFontMetrics(line.font())
    line.setPlaceholderText(next((hint for hint in hints if metrics.horizontalAdvance(hint) <= room), hints[-1]))
