"""Icons that take their colour from the look worn when they are drawn, so a change of look repaints them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from desktop_app.ui import theme


def icon(name: str, tone: str = "muted", tone_on: str = "accent") -> QIcon:
    """The mdi6 glyph `name` ("account-group"); `tone` and `tone_on` (checked) are colour tokens."""
    return QIcon(_Glyph(name, tone, tone_on))


def pixmap(name: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The glyph as a picture of `size` device-independent pixels."""
    made = icon(name, tone).pixmap(QSize(size, size), ratio)
    made.setDevicePixelRatio(ratio)
    return made


class _Glyph(QIconEngine):
    def __init__(self, name: str, tone: str, tone_on: str) -> None:
        super().__init__()
        self._name, self._tone, self._tone_on = name, tone, tone_on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        import qtawesome

        look = theme.worn()
        token = self._tone_on if state == QIcon.State.On else self._tone
        if mode == QIcon.Mode.Disabled:
            token = "border_strong"
        drawn = qtawesome.icon(f"mdi6.{self._name}", color=look.colour(token))
        drawn.paint(painter, rect, Qt.AlignmentFlag.AlignCenter)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Glyph(self._name, self._tone, self._tone_on)
