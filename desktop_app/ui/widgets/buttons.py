"""Buttons that show their key, and chips that choose what a list shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from desktop_app.ui import icons, theme

_GAP = 7


class KeyButton(QPushButton):
    """A button with an optional glyph and its shortcut in quieter letters: "Phiếu chi  F3"."""

    def __init__(
        self,
        text: str,
        key: str = "",
        *,
        tone: str = "",
        glyph: str = "",
        clicked: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(text)
        self._key = key
        self.setAutoDefault(True)  # Enter presses the button one stands on, as Space does
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if glyph:
            self.setIcon(icons.icon(glyph, _ink(tone)))
        if key:
            # Not setShortcut: that clicks a tenth of a second later, and is lost when the text changes.
            QShortcut(QKeySequence(key), self).activated.connect(self.click)
            self.setToolTip(f"{text} ({key})")
        self.setAccessibleName(text)
        if clicked is not None:
            self.clicked.connect(lambda *_: clicked())

    @property
    def key(self) -> str:
        return self._key

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        hint = super().sizeHint()
        wide = QFontMetrics(self.font()).horizontalAdvance(self.text())
        if self._key:
            wide += _GAP + QFontMetrics(self._key_font()).horizontalAdvance(self._key)
        if not self.icon().isNull():
            wide += self.iconSize().width() + (_GAP if self.text() else 0)
        padding = theme.worn().px(5 if self.property("tone") == "link" else 14)
        return QSize(wide + 2 * padding + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        text, tone, middle = self.text(), str(self.property("tone") or ""), Qt.AlignmentFlag.AlignVCenter
        metrics, key_font = QFontMetrics(self.font()), self._key_font()
        key_wide = QFontMetrics(key_font).horizontalAdvance(self._key) + _GAP if self._key else 0
        size = self.iconSize().width() if not self.icon().isNull() else 0
        before = size + _GAP if size and text else size
        text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, self.width() - before - key_wide - 8))
        text_wide = metrics.horizontalAdvance(text)
        left = 6 if tone == "link" else max(4, (self.width() - before - text_wide - key_wide) // 2)
        if size:
            place = QRect(QPoint(left, (self.height() - size) // 2), QSize(size, size))
            self.icon().paint(painter, place, mode=QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled)
        left += before
        ink = theme.worn().colour(_ink(tone, text=True) if self.isEnabled() else "muted")
        painter.setPen(ink)
        painter.setFont(self.font())
        painter.drawText(QRect(left, 0, text_wide + 2, self.height()), middle, text)
        if self._key:
            painter.setFont(key_font)
            painter.setPen(_softer(ink, tone))
            painter.drawText(QRect(left + text_wide + _GAP, 0, key_wide, self.height()), middle, self._key)

    def _key_font(self) -> Any:
        font = self.font()
        font.setPixelSize(max(8, round(font.pixelSize() * 0.9)))
        font.setBold(False)
        return font


class Chip(QPushButton):
    """A filter: shows the choice, opens the others: "Tháng 10/2026 ▾". `chosen` carries the choice's value."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[Any, str]], value: Any = None) -> None:
        """`name` is what it filters ("Quỹ"); `choices` are (value, text), the first one means no filter."""
        super().__init__()
        self._name = name
        self._choices: list[tuple[Any, str]] = []
        self.value: Any = None
        self.setProperty("role", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        self.offer(choices, value)

    def offer(self, choices: Sequence[tuple[Any, str]], value: Any = None) -> None:
        """Replace the choices; keeps the present one if it is still there and none is given."""
        self._choices = list(choices)
        known = [own for own, _ in self._choices]
        keep = value if value in known else self.value if self.value in known else known[0] if known else None
        self._show(keep)

    def choices(self) -> Sequence[tuple[Any, str]]:
        """What can be chosen: (value, text)."""
        return tuple(self._choices)

    def choose(self, value: Any) -> None:
        """Take a value as if the user had picked it."""
        if value != self.value:
            self._show(value)
            self.chosen.emit(value)

    def choose_quietly(self, value: Any) -> None:
        """Show a value without telling anybody."""
        self._show(value)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        wide = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(wide + theme.worn().px(46), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A filter that is set is read whole; one that is not gives way."""
        chosen = bool(self._choices) and self.value != self._choices[0][0]
        wide = self.sizeHint().width() if chosen else theme.worn().px(64)
        return QSize(wide, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, option = theme.worn(), QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        size, side, on = look.px(15), look.px(12), self.property("set") == "yes"
        room = self.width() - 2 * side - size - 4
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(look.colour("accent" if on else "text"))
        painter.setFont(self.font())
        painter.drawText(QRect(side, 0, room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        place = QRect(self.width() - side - size + 2, (self.height() - size) // 2, size, size)
        icons.icon("chevron-down", "accent" if on else "muted").paint(painter, place)

    def _show(self, value: Any) -> None:
        self.value = value
        text = next((text for own, text in self._choices if own == value), self._name)
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
        self.setToolTip(f"Lọc theo {self._name.lower()}")
        filtering = bool(self._choices) and value != self._choices[0][0]
        theme.restyle(self, set="yes" if filtering else "")

    def _open(self) -> None:
        menu = QMenu(self)
        for value, text in self._choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _=False, value=value: self.choose(value))
        menu.setMinimumWidth(self.width())
        menu.exec(self.mapToGlobal(QPoint(0, self.height() + 2)))
        menu.deleteLater()


def _ink(tone: str, *, text: bool = False) -> str:
    quiet = "text" if text else "muted"
    return {"primary": "on_accent", "danger": "bad", "link": "accent", "toast": "surface"}.get(tone, quiet)


def _softer(ink: QColor, tone: str) -> QColor:
    if tone == "primary":
        ink = QColor(ink)
        ink.setAlphaF(0.82)
        return ink
    return theme.worn().colour("muted")
