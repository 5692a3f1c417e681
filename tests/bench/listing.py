"""The list of 100,000 people under the hands of its user: keystrokes, opening, order, scrolling, with the page's own list.

A keystroke is timed from the changed text of the find box to the rows painted; so are scrolling and opening. To line up
everybody is the work of another thread: the window is alive meanwhile.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from desktop_app.actions import setup
from desktop_app.ui import theme, words
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.list import MemberList
from desktop_app.ui.tasks import Tasks
from tests.bench.many import names

_TYPED = (
    "nguyen van thang", "tran thi hoa", "yến", "lê thị hường", "nvt", "phttl", "dang thi bich ngoc", "thắng", "xuan",
    "040100012345", "0402", "na0777", "12345", "loan vo", "thuý", "hoà", "dinh quoc bao", "zzz", "k", "lo thi xuan",
)  # fmt: skip


class Times(NamedTuple):
    """Seconds: keystrokes one by one, then medians."""

    keystrokes: list[float]
    opened: float
    lined_up: float
    counted: float
    sorted_by_birth: float
    scrolled: float
    jumped: float

    def keystroke(self, percent: int) -> float:
        """The time within which so many of a hundred keystrokes were answered."""
        return statistics.quantiles(self.keystrokes, n=100)[percent - 1]


def listing(profile: Path) -> Times:
    """Open the list, type what people type, sort, scroll."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    words.speak_vietnamese(app)
    theme.wear(app, theme.load("light", 100))
    book, tasks = setup.open_book(profile), Tasks()
    settings = QSettings(str(profile / "bench.ini"), QSettings.Format.IniFormat)
    opener: Callable[[], object] = lambda: setup.open_book(profile)  # noqa: E731
    desk = Desk(settings=settings, tasks=tasks, book=book, by="Bench", year=2026, opener=opener, today=date.today)  # type: ignore[arg-type]
    try:
        shown = MemberList(desk, ())
        shown.resize(1000, 560)
        shown.show()
        QApplication.processEvents()
        return _under_hands(shown)
    finally:
        tasks.close()
        book.close()
        (profile / "bench.ini").unlink(missing_ok=True)


def _under_hands(shown: MemberList) -> Times:
    def painted() -> None:
        shown.table.view.viewport().repaint()

    def clocked(does: Callable[[], object]) -> float:
        begun = time.perf_counter()
        does()
        painted()
        return time.perf_counter() - begun

    def lined_up() -> None:
        while not shown.model.whole:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def until_lined_up(does: Callable[[], object]) -> float:
        begun = time.perf_counter()
        does()
        loop = QEventLoop()
        shown.lined_up.connect(loop.quit)
        loop.exec()
        return time.perf_counter() - begun

    opened = clocked(shown.ask)
    lined_up()
    keystrokes = []
    for text in _all_typed():
        for end in range(1, len(text) + 1):
            keystrokes.append(clocked(lambda: shown.find.setText(text[:end])))  # noqa: B023 - called at once
            QApplication.processEvents()
    counted = until_lined_up(lambda: shown.find.setText("nguyen"))
    whole = until_lined_up(shown.find.clear)
    by_birth = until_lined_up(lambda: shown.table.header.sectionClicked.emit(1))
    bar = shown.table.view.verticalScrollBar()
    steps = [clocked(lambda: bar.setValue(bar.value() + 3)) for _ in range(300)]
    places = [clocked(lambda: bar.setValue(bar.maximum() * place // 37)) for place in range(1, 37)]  # noqa: B023
    return Times(keystrokes, opened, whole, counted, by_birth, statistics.median(steps), statistics.median(places))


def _all_typed() -> Iterator[str]:
    yield from _TYPED
    yield from (name.lower() for name in names(30, seed=11))
