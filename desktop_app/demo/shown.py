"""The demo in its window: the book is there to be looked at while the rest of the story goes on behind it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.demo.story import Step, Story
from desktop_app.demo.told import Teller, Told
from desktop_app.domain.fields import entities
from desktop_app.ui import theme, window, words

_BETWEEN_STEPS_MS = 3500
_LONGEST_STEP_MS = 120_000


def run(story: Story, steps: Sequence[Step], teller: Teller) -> list[Step]:
    """Show the book until the window is closed; answers the steps that were not begun by then."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    words.speak_vietnamese(app)
    theme.wear(app, theme.load())
    made = window.Window(story.door(), window.settings_of(story.profile))
    show = _Show(made, list(steps), teller)
    made.frame.show()
    show.next_later()
    app.exec()
    return show.end()


class _Show:
    """One step after another on a worker; the window hears of each as of anybody's change."""

    def __init__(self, made: window.Window, steps: list[Step], teller: Teller) -> None:
        self._window, self._left, self._teller = made, steps, teller
        self._untold: list[Told] = []
        self._fault: Exception | None = None

    def next_later(self) -> None:
        """Begin the next step when there was time to look."""
        QTimer.singleShot(_BETWEEN_STEPS_MS, self._next)

    def end(self) -> list[Step]:
        """Wait for the step under way, tell it, close the book; the steps not begun. Raises what a step raised."""
        self._window.desk.tasks.close(_LONGEST_STEP_MS)
        self._window.close()
        self._tell()
        if self._fault is not None:
            raise self._fault
        return self._left

    def _next(self) -> None:
        if not self._left or not self._window.frame.isVisible():
            return
        step = self._left.pop(0)
        # The worker keeps what it found itself: were the window closed now, nobody would be called.
        self._window.desk.tasks.run(lambda _: self._untold.append(step()), lambda _: self._done(), self._failed)

    def _done(self) -> None:
        desk = self._window.desk
        title = self._untold[-1].title
        self._tell()
        desk.changed(entities())
        desk.say(title if self._left else f"{title}. Bản chạy thử đã xong, cứ xem rồi đóng cửa sổ.")
        self.next_later()

    def _failed(self, error: Exception) -> None:
        self._fault, self._left = error, []
        self._window.frame.close()

    def _tell(self) -> None:
        while self._untold:
            self._teller.tell(self._untold.pop(0))
