"""A list of suggestions under a line of text, driven by the line's own keys.

It is a child of the window, never a window of its own: the text keeps the focus, so a Vietnamese keyboard
(UniKey sends backspaces and letters) is not disturbed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui import icons, theme

_MOST_SHOWN = 9


@dataclass(frozen=True)
class Choice:
    """Something to pick: `value` is what the program keeps, `text` what is read, `detail` stands quietly behind."""

    value: Any
    text: str
    detail: str = ""
    glyph: str = ""


class Suggestions(QListView):
    """Opens under `line`; emits `taken` with the `Choice` of Enter, Tab or a click."""

    taken = Signal(object)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._choices: Sequence[Choice] = ()
        self.setProperty("role", "suggestions")
        self.setModel(QStandardItemModel(self))
        self.setItemDelegate(_Row(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName("Gợi ý")
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(self._take)
        line.installEventFilter(self)
        self.hide()

    def offer(self, choices: Sequence[Choice], *, preselect: bool = True) -> None:
        """Show these; nothing to show hides the list. Without `preselect`, Enter takes nothing until an arrow key."""
        self._choices = choices
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.clear()
        for choice in choices:
            item = QStandardItem(choice.text)
            item.setData(choice, Qt.ItemDataRole.UserRole)
            item.setAccessibleText(f"{choice.text} {choice.detail}".strip())
            model.appendRow(item)
        if not choices:
            self.hide()
            return
        self.setCurrentIndex(model.index(0, 0) if preselect else QModelIndex())
        self._place()
        self.show()
        self.raise_()

    def offered(self) -> list[str]:
        """What is shown now, for those who cannot see it."""
        return [choice.text for choice in self._choices] if not self.isHidden() else []

    def take_marked(self) -> None:
        """Take the marked choice, as Enter does; nothing when the list is closed or no line is marked."""
        if not self.isHidden() and self.currentIndex().isValid():
            self._take(self.currentIndex())
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._line:
            return False
        if event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        if self.isHidden() or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc closes the list before it means anything to the page
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._move(
                {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}[Qt.Key(key)]
            )
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and self.currentIndex().isValid():
            self._take(self.currentIndex())
            return key != Qt.Key.Key_Tab
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _move(self, by: int) -> None:
        now = self.currentIndex().row() if self.currentIndex().isValid() else (-1 if by > 0 else 0)
        row = (now + by) % len(self._choices) if abs(by) == 1 else max(0, min(len(self._choices) - 1, now + by))
        self.setCurrentIndex(self.model().index(row, 0))

    def _take(self, index: QModelIndex) -> None:
        choice = index.data(Qt.ItemDataRole.UserRole)
        self.hide()
        self.taken.emit(choice)

    def _place(self) -> None:
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        row = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        high = row * min(len(self._choices), _MOST_SHOWN) + 10
        wide = max(self._line.width(), theme.worn().px(260))
        place = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        if place.y() + high > window.height():
            above = self._line.mapTo(window, QPoint(0, -2)).y()
            if above > window.height() - place.y():
                high = min(high, above)
                place.setY(above - high)
            else:
                high = max(row + 10, window.height() - place.y() - 4)
        place.setX(max(0, min(place.x(), window.width() - wide)))
        self.setGeometry(QRect(place, QSize(wide, high)))


class _Row(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme.worn().px(30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        look = theme.worn()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(option.rect, 4, 4)
        box = option.rect.adjusted(9, 0, -9, 0)
        if choice.glyph:
            size = look.px(16)
            icons.icon(choice.glyph).paint(painter, QRect(box.left(), box.center().y() - size // 2, size, size))
            box.setLeft(box.left() + size + 9)
        metrics = QFontMetrics(look.font())
        painter.setFont(look.font())
        detail = metrics.elidedText(choice.detail, Qt.TextElideMode.ElideRight, box.width() // 2)
        taken = metrics.horizontalAdvance(detail) + 12 if detail else 0
        painter.setPen(look.colour("text"))
        shown = metrics.elidedText(choice.text, Qt.TextElideMode.ElideRight, box.width() - taken)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(look.colour("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        painter.restore()
