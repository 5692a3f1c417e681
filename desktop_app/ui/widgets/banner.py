"""What the program says to the whole page: a banner that stays, a toast that goes, the strip of a slow work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import icons, theme
from desktop_app.ui.tasks import Step, Task
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label

_GLYPHS = {
    "ok": "check-circle-outline",
    "warn": "alert-outline",
    "bad": "alert-circle-outline",
    "info": "information-outline",
}
_TOAST_MS = 6000


class Banner(QFrame):
    """A sentence that concerns the whole page, with what can be done about it; hidden until it has one."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._picture, self._text = QLabel(), label("", wrap=True)
        self._act = KeyButton("", tone="link")
        self._away = KeyButton("", tone="link", glyph="close", clicked=self.hide)
        self._away.setAccessibleName("Đóng thông báo")
        self._does: Callable[[], object] | None = None
        self._act.clicked.connect(lambda *_: self._does() if self._does else None)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        row.addWidget(self._act)
        row.addWidget(self._away)
        self.hide()

    def say(self, text: str, tone: str = "info", act: str = "", does: Callable[[], object] | None = None) -> None:
        """Show a sentence (tones info, ok, warn, bad) and, if `act` is given, a button that calls `does`."""
        self._text.setText(text)
        self._picture.setPixmap(icons.pixmap(_GLYPHS[tone], tone, theme.worn().px(18), self.devicePixelRatioF()))
        self._act.setText(act)
        self._act.setAccessibleName(act)
        self._act.setVisible(bool(act))
        self._does = does
        self.setAccessibleName(text)
        theme.restyle(self, tone=tone)
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""


class Toast(QFrame):
    """A short word at the foot of the window after a deed, with the way back: "Đã ghi sổ PC10/03.  Hoàn tác"."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("role", "toast")
        self._text = label("")
        self._act = KeyButton("", tone="toast")
        self._does: Callable[[], object] | None = None
        self._act.clicked.connect(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(14)
        row.addWidget(self._text)
        row.addWidget(self._act)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, act: str = "", does: Callable[[], object] | None = None) -> None:
        self._text.setText(text)
        self._act.setText(act)
        self._act.setAccessibleName(act)
        self._act.setVisible(bool(act))
        self._does = does
        self.setAccessibleName(text)
        self.show()
        self._place()
        self.raise_()
        self._timer.start(_TOAST_MS)

    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _do(self) -> None:
        self.hide()
        if self._does is not None:
            self._does()

    def _place(self) -> None:
        self.adjustSize()
        over = self.parentWidget()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 24)


class WorkStrip(QFrame):
    """A slow work on its way: "Đang nhập Excel: 1.200/25.000 dòng", a bar, *Dừng lại*."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text, self._bar = label(""), QProgressBar()
        self._bar.setTextVisible(False)
        self._stop: QPushButton = KeyButton("Dừng lại", clicked=self.cancel)
        self._task: Task | None = None
        self._what = ""
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._text)
        words.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 10)
        row.setSpacing(14)
        row.addLayout(words, 1)
        row.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def begin(self, what: str) -> None:
        """Show the strip for a work called `what` ("Đang nhập Excel"); `show_step` moves it, `end` hides it."""
        self._what = what
        self._bar.setAccessibleName(what)
        self._stop.setEnabled(True)
        self.show_step(Step(0, 0))
        self.show()

    def follow(self, task: Task) -> None:
        """Let *Dừng lại* stop this task."""
        self._task = task

    def show_step(self, step: Step) -> None:
        self._bar.setRange(0, step.of)
        self._bar.setValue(step.done)
        count = f"{_grouped(step.done)}/{_grouped(step.of)}" if step.of else ""
        self._text.setText(f"{self._what}: {count} {step.text}".rstrip(" :") + ("…" if not step.of else ""))

    def text(self) -> str:
        return self._text.text()

    def end(self) -> None:
        self._task = None
        self.hide()

    def cancel(self) -> None:
        """Stop the work, as *Dừng lại* does."""
        self._stop.setEnabled(False)
        self._text.setText(f"{self._what}: đang dừng lại…")
        if self._task is not None:
            self._task.cancel()
        self.stopped.emit()


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
