"""A card: one figure with its caption and a hint, which opens what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.texts import label


class Card(QAbstractButton):
    """Clickable when something is connected to `clicked`; a thin bar at its foot shows a share, 1.0 = all of it."""

    def __init__(
        self, caption: str, figure: str = "", hint: str = "", *, tone: str = "", share: float | None = None
    ) -> None:
        super().__init__()
        self._caption, self._figure, self._hint = (
            label(caption, "caption"),
            label("", "figure"),
            label("", "hint"),
        )
        self._share: float | None = None
        self._tone, self._told = tone, hint
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 12, 10)
        column.setSpacing(1)
        for part in (self._caption, self._figure, self._hint):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        self.say(figure, hint, tone=tone, share=share)

    def say(self, figure: str, hint: str = "", *, tone: str = "", share: float | None = None) -> None:
        """Show a figure; `tone` (ok, warn, bad) colours the hint and the bar."""
        self._figure.setText(figure)
        self._told = hint
        self._fit()
        self._tone, self._share = tone, share
        theme.restyle(self._hint, tone=tone)
        self.setAccessibleName(f"{self._caption.text()}: {figure}")
        self.setAccessibleDescription(hint)
        self.setToolTip("\n".join(part for part in (self._caption.text(), figure, hint) if part))
        self.update()

    def rename(self, caption: str) -> None:
        """Give the card another caption."""
        self._caption.setText(caption)

    def caption(self) -> str:
        return self._caption.text()

    def figure(self) -> str:
        return self._figure.text()

    def hint(self) -> str:
        return self._told

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A hint that does not fit ends in …; it is whole in the tooltip."""
        room = self.width() - 28
        self._hint.setText(QFontMetrics(self._hint.font()).elidedText(self._told, Qt.TextElideMode.ElideRight, room))

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(110, self.layout().minimumSize().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.worn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(look.colour("accent" if lit else "border"), 1))
        painter.setBrush(look.colour("hover" if self.isDown() else "surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 8, 8)
        if self._share is None:
            return
        track = QRectF(14, self.height() - 7, self.width() - 28, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("quiet_soft"))
        painter.drawRoundedRect(track, 1.5, 1.5)
        painter.setBrush(look.colour(self._tone or "accent"))
        track.setWidth(track.width() * max(0.0, min(1.0, self._share)))
        painter.drawRoundedRect(track, 1.5, 1.5)


class Cards(QWidget):
    """Cards side by side, of one width."""

    def __init__(self, *cards: Card) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in cards:
            row.addWidget(card, 1)
