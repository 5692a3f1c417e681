"""A list of things that wait, each a line one can press: a coloured mark, a sentence, an arrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import icons, theme

_GLYPHS = {
    "bad": "alert-circle-outline", "warn": "alert-outline", "info": "information-outline",
    "todo": "checkbox-blank-circle-outline", "ok": "check-circle-outline",
}  # fmt: skip


class Todo(NamedTuple):
    """One thing: tone (bad, warn, info, todo, ok), what is said, and what pressing it does (None: nothing)."""

    tone: str
    text: str
    does: Callable[[], object] | None = None


class TodoList(QWidget):
    """Lines one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_todos(self, todos: Sequence[Todo]) -> None:
        """Replace the lines."""
        while (item := self._column.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for todo in todos:
            self._column.addWidget(_Line(todo))

    def said(self) -> list[str]:
        """The sentences, top down."""
        return [self._column.itemAt(n).widget().text() for n in range(self._column.count())]

    def press(self, number: int) -> None:
        """Press a line."""
        self._column.itemAt(number).widget().click()


class _Line(QAbstractButton):
    def __init__(self, todo: Todo) -> None:
        super().__init__()
        self._todo = todo
        self.setText(todo.text.replace(" ₫", "\u00a0₫"))  # a sum and its sign stay together
        self.setAccessibleName(todo.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEnabled(todo.does is not None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if todo.does else Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        if todo.does is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda *_: todo.does())

    def sizeHint(self) -> QSize:
        return QSize(theme.worn().px(200), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.worn().px(120), theme.worn().px(32))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = theme.worn()
        room = max(look.px(60), width - look.px(62))
        box = QFontMetrics(look.font()).boundingRect(
            QRect(0, 0, room, 1000), Qt.TextFlag.TextWordWrap, self.text()
        )
        return max(look.px(32), box.height() + look.px(13))

    def resizeEvent(self, event: object) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter.setPen(look.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        size = look.px(17)
        tone = {"todo": "muted"}.get(self._todo.tone, self._todo.tone)
        mark = QRect(look.px(8), (self.height() - size) // 2, size, size)
        icons.icon(_GLYPHS[self._todo.tone], tone).paint(painter, mark)
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        box = QRect(look.px(34), 0, self.width() - look.px(62), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
        if self.isEnabled():
            arrow = QRect(self.width() - look.px(24), (self.height() - size) // 2, size, size)
            icons.icon("chevron-right").paint(painter, arrow)
