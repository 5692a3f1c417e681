"""What the window does by itself, without a word: the backup of the day."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop_app.actions import backups
from desktop_app.actions.backups import State
from desktop_app.actions.setup import Door
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Progress

_BACKUP_AFTER_MS = 20_000  # the window is drawn and read first
_LOOK_EVERY_MS = 3_600_000  # a PC that is never shut down passes midnight


class Backups(QObject):
    """Makes the day's backup once it is due; the outcome is a state that *Tổng quan* and *Thiết lập* show."""

    def __init__(self, desk: Desk, way: Door) -> None:
        super().__init__()
        self._desk, self._way = desk, way
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(_BACKUP_AFTER_MS, self, self.look)

    def look(self) -> None:
        """Back up now if it is due."""
        desk, way, today = self._desk, self._way, self._desk.today()
        if not backups.state(way.profile).folder:
            return

        def work(_: Progress) -> State | None:
            book = way()
            try:
                wanted = backups.due(way.profile, book, today)
            finally:
                book.close()
            return backups.run(way, today) if wanted else None

        desk.tasks.run(work, lambda done: desk.changed({"backup"}) if done is not None else None, owner=self)
