"""Background work: one small dispatcher on a thread pool, whose signals outlive every window.

    tasks.run(work, done, failed, owner=self)

`work(progress)` runs on another thread: it opens its own book, touches no widget and calls `progress.step`.
`done`, `failed` and `progressed` are called on the window's thread, and never after `owner` is gone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from desktop_app.domain.errors import Refused, Trouble
from desktop_app.storage.connection import trouble

T = TypeVar("T")
_BETWEEN_REPORTS = 0.05  # seconds: a window needs no more than twenty figures a second


class Cancelled(Exception):
    """The user stopped the work; nothing more is to be done or said."""


@dataclass(frozen=True)
class Step:
    """How far a work is: `done` of `of` (0 when unknown) and a few words."""

    done: int
    of: int
    text: str = ""


class Progress:
    """What a work holds of its task: it says how far it is and learns that it was cancelled."""

    def __init__(self, say: Callable[[Step], None]) -> None:
        self._say, self._stop, self._last = say, threading.Event(), 0.0

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()

    def step(self, done: int, of: int = 0, text: str = "") -> None:
        """Report; raises `Cancelled` when the user has stopped the work."""
        if self.cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _BETWEEN_REPORTS or (of and done >= of):
            self._last = now
            self._say(Step(done, of, text))


@dataclass(frozen=True)
class Task:
    """A running work, as the one who started it sees it."""

    number: int
    progress: Progress

    def cancel(self) -> None:
        """Ask it to stop; it does so at its next step, and `done` is not called."""
        self.progress.cancel()


@dataclass(frozen=True)
class _Listeners:
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    progressed: Callable[[Step], None] | None
    progress: Progress


class Tasks(QObject):
    """Runs works one behind the other or side by side; make one for the whole program."""

    busy = Signal(int)  # how many works are under way
    _told = Signal(int, object)
    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, *, in_place: bool = False, threads: int = 2) -> None:
        super().__init__(parent)
        self._in_place = in_place
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._listeners: dict[int, _Listeners] = {}
        self._number = 0
        self._told.connect(self._tell, Qt.ConnectionType.AutoConnection)
        self._ended.connect(self._end, Qt.ConnectionType.AutoConnection)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        progressed: Callable[[Step], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Start `work`. `failed` hears `Refused`, `Trouble` and `Cancelled`; any other exception is a bug and is raised
        on the window's thread. When `owner` is destroyed the work is cancelled and nobody is called."""
        self._number += 1
        number = self._number
        progress = Progress(lambda step: self._emit(self._told, number, step))
        self._listeners[number] = _Listeners(done, failed, progressed, progress)
        self.busy.emit(len(self._listeners))
        if owner is not None:
            owner.destroyed.connect(lambda *_: self._forget(number))

        def carry() -> None:
            result: Any = None
            error: Exception | None = None
            try:
                result = work(progress)
            except Exception as caught:
                error = trouble(caught) or caught
            if error is None and progress.cancelled:
                error = Cancelled()
            self._emit(self._ended, number, result, error)

        if self._in_place:
            carry()
        else:
            self._pool.start(carry)
        return Task(number, progress)

    def close(self, wait_ms: int = 3000) -> bool:
        """Cancel everything and wait for the threads; True if all have ended. Nobody is called any more."""
        for listeners in self._listeners.values():
            listeners.progress.cancel()
        self._listeners.clear()
        self._pool.clear()
        return self._pool.waitForDone(wait_ms)

    def listening(self) -> int:
        """How many works still have someone who waits for them."""
        return len(self._listeners)

    @staticmethod
    def _emit(signal: Any, *values: object) -> None:
        try:
            signal.emit(*values)
        except RuntimeError:
            return  # the program is closing and the dispatcher is gone: nobody is left to be told

    def _forget(self, number: int) -> None:
        listeners = self._listeners.pop(number, None)
        if listeners is not None:
            listeners.progress.cancel()

    def _tell(self, number: int, step: Step) -> None:
        listeners = self._listeners.get(number)
        if listeners is not None and listeners.progressed is not None:
            listeners.progressed(step)

    def _end(self, number: int, result: object, error: Exception | None) -> None:
        listeners = self._listeners.pop(number, None)
        self.busy.emit(len(self._listeners))
        if listeners is None:
            return
        if error is None:
            listeners.done(result)
        elif not isinstance(error, (Refused, Trouble, Cancelled)):
            raise error
        elif listeners.failed is not None:
            listeners.failed(error)
