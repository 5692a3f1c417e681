"""One window in one process: `python -m tests.bench.painted bare` or `… PROFILE`; prints when it stood painted.

Painted means: shown, its paint event done, and every background work it started for its first page ended.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

_LONGEST = 60.0


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
    until = time.monotonic() + _LONGEST
    while not (first.seen and shown.isVisible()) or _busy(shown):
        assert time.monotonic() < until
        QApplication.processEvents()
    QApplication.processEvents()
    print(time.monotonic(), flush=True)
    return 0


def _busy(shown: QWidget) -> bool:
    from_pages = {page.desk.tasks for page in shown.findChildren(QWidget, "page") if hasattr(page, "desk")}
    return any(tasks.listening() for tasks in from_pages)


if __name__ == "__main__":
    main(sys.argv[1])
