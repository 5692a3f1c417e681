"""What stands where a table has nothing to show: a sentence, and the button that begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.ui import icons, theme
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label


@dataclass(frozen=True)
class Empty:
    """What an empty table says: a sentence, and the button that begins."""

    sentence: str
    act: str = ""
    does: Callable[[], object] | None = None


class EmptyState(QWidget):
    """A sentence and a button in the middle of an empty table."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._picture = QLabel()
        self._sentence = label("", "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.act = KeyButton("", tone="primary")
        self._does: Callable[[], object] | None = None
        self.act.clicked.connect(lambda *_: self._does() if self._does else None)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self._sentence)
        column.addSpacing(8)
        column.addWidget(self.act, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        over.installEventFilter(self)

    def say(self, empty: Empty) -> None:
        self._picture.setPixmap(icons.pixmap("inbox-outline", "border_strong", theme.worn().px(38), self.devicePixelRatioF()))
        self._sentence.setText(empty.sentence)
        self.act.setText(empty.act)
        self.act.setAccessibleName(empty.act)
        self.act.setVisible(bool(empty.act))
        self._does = empty.does
        self.setGeometry(self.parentWidget().rect())
        self.show()

    def sentence(self) -> str:
        return self._sentence.text() if not self.isHidden() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        return False
