"""Watches the window that was just shown through its first paint and the works behind it."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class _FirstPaint(QObject):
    """Notes the last paint event of the first batch: what comes after the first timer or call is another batch."""

    at = 0.0
    over = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.over:
            self.at = time.monotonic()
        elif event.type() in {QEvent.Type.Timer, QEvent.Type.MetaCall}:
            self.over = self.over or self.at > 0
        return False


def moments() -> tuple[float, float, float]:
    """When the shown window was painted, when it answered, and when its pages had nothing more to read."""
    shown = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow))
    first, app = _FirstPaint(), QApplication.instance()
    assert app is not None
    app.installEventFilter(first)
    while not first.at:
        QApplication.processEvents()
    answers = time.monotonic()
    app.removeEventFilter(first)
    desks = {page.desk for page in shown.findChildren(QWidget, "page") if hasattr(page, "desk")}
    while any(desk.tasks.listening() for desk in desks):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return first.at, answers, time.monotonic()
