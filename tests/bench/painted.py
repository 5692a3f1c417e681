"""One window in one process: `python -m tests.bench.painted bare` or `… PROFILE`.

It prints two moments: when the window stood painted and answered, and when every background work it had started for
its first page had ended.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget


class _FirstPaint(QObject):
    seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


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
    while not (first.seen and shown.isVisible()):
        QApplication.processEvents()
    QApplication.processEvents()
    print(time.monotonic())
    desks = {page.desk for page in shown.findChildren(QWidget, "page") if hasattr(page, "desk")}
    while any(desk.tasks.listening() for desk in desks):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    print(time.monotonic())
    return 0


if __name__ == "__main__":
    main(sys.argv[1])
