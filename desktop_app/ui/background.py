"""What the window does by itself, without a dialog: the backup of the day, the exchange with the province."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.actions import backups
from desktop_app.actions.backups import State
from desktop_app.actions.setup import Door
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Cancelled, Progress, Task

if TYPE_CHECKING:
    from desktop_app.actions.sync import Synced

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
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self.look)
        self._first.start(_BACKUP_AFTER_MS)

    def end(self) -> None:
        """No more from now on."""
        self._first.stop()
        self._timer.stop()

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


class Syncs(QObject):
    """Exchanges with the province: after the start, 20 s after a change, every quarter of an hour, on demand.

    Never two at once. Off line it waits longer each time, up to half an hour, at random, so that a province's PCs do
    not all come back in the same second. What went wrong is a sentence in `trouble` and a state in the top bar.
    """

    turned = Signal()  # it began, or it ended: look at `running` and `trouble`
    stepped = Signal(object)  # a `Step` of the exchange under way

    START_MS, CHANGE_MS, EVERY_MS, MOST_MS = 4_000, 20_000, 900_000, 1_800_000

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.task: Task | None = None
        self.trouble = ""
        self.last: Synced | None = None
        self._failures = 0
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.sync_quietly)
        desk.touched.connect(self._touched)

    @property
    def running(self) -> bool:
        return self.task is not None

    def begin(self) -> None:
        """Start the rounds."""
        self._timer.start(self.START_MS)

    def end(self) -> None:
        """No more from now on."""
        self._timer.stop()
        self._desk.touched.disconnect(self._touched)

    def sync_quietly(self) -> None:
        """Exchange now if this PC is enrolled; else look again at the next round."""
        from desktop_app.actions import exchange  # the wire's parts load after the window is up

        if exchange.is_enrolled(self._desk.book):
            self.sync_now()
        else:
            self._timer.start(self.EVERY_MS)

    def sync_now(self) -> None:
        """Exchange now, on another thread; one that is under way is enough."""
        if self.running:
            return
        desk = self._desk

        def work(progress: Progress) -> Synced:
            from desktop_app.actions import sync

            def told(sent: int, waiting: int, received: int) -> None:
                progress.step(sent, waiting, f"nhận {received}" if received else "")

            def arrives(read: int, entries: int, size: int) -> None:
                megabytes = f"{size / 1_000_000:.1f}".replace(".", ",")
                progress.step(read, entries, f"mục trong sổ của đơn vị, đã nhận {megabytes} MB")

            book = desk.open_book()
            try:
                return sync.sync_now(book, progress=told, arriving=arrives)
            finally:
                book.close()

        self.trouble = ""
        self.task = _BEGUN
        task = desk.tasks.run(work, self._done, self._failed, progressed=self.stepped.emit, owner=self)
        if self.task is not None:  # in place it has ended already
            self.task = task
        self.turned.emit()

    def _done(self, made: Synced) -> None:
        self.task, self.last, self._failures = None, made, 0
        self._next(self.EVERY_MS * random.uniform(0.9, 1.1))  # noqa: S311 - spreads PCs, guards nothing
        if made.entities:
            self._again = True
            self._desk.changed(made.entities)
            self._again = False
        self.turned.emit()

    def _failed(self, error: Exception) -> None:
        self.task = None
        if isinstance(error, (Refused, Trouble)):
            self.trouble = str(error)
        if not isinstance(error, Cancelled):
            self._failures += 1
        top = min(self.MOST_MS, 60_000 * 2**self._failures)
        self._next(random.uniform(60_000, max(61_000, top)))  # noqa: S311
        self.turned.emit()

    def _touched(self, entities: frozenset[str]) -> None:
        """Something was written here (not by the exchange itself): send it soon, unless the network is away."""
        if self._again or self.running or self._failures or not entities - {"backup", "user"}:
            return
        self._next(self.CHANGE_MS)

    def _next(self, wait_ms: float) -> None:
        self._timer.start(int(wait_ms))


class _Begun:
    def cancel(self) -> None:
        """Nothing to stop yet."""


_BEGUN: Any = _Begun()
