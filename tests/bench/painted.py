"""One window in one process: `python -m tests.bench.painted bare` or `… PROFILE`.

It prints three moments: when the window stood painted, when it answered, and when every background work it had started
for its first page had ended.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget


class _FirstPaint(QObject):
    """Notes when the first paint of a window is done: an urgent event posted by it comes next, before any timer."""

    done = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.done:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User and not self.done:
            self.done = time.monotonic()
        return super().event(event)


def main(whose: str) -> None:
    """Show the bare window, or the program's on the book of a profile folder, until it is painted."""
    if whose == "bare":
        app = QApplication(sys.argv[:1])
        bare = QMainWindow()
        bare.setCentralWidget(QLabel("Sổ Công đoàn"))
        bare.resize(1366, 768)
        bare.show()
        _until_painted()
        app.quit()
        return
    from desktop_app.ui import window

    QApplication.exec = staticmethod(_until_painted)  # type: ignore[method-assign, assignment]
    window.run(Path(whose))


def _until_painted() -> int:
    shown = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow))
    first = _FirstPaint()
    shown.installEventFilter(first)
    while not first.done:
        QApplication.processEvents()
    print(first.done, time.monotonic())
    desks = {page.desk for page in shown.findChildren(QWidget, "page") if hasattr(page, "desk")}
    while any(desk.tasks.listening() for desk in desks):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    print(time.monotonic())
    return 0


if __name__ == "__main__":
    main(sys.argv[1])
