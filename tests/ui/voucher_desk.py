"""*Chứng từ* opened on E5's book on the last day of October, and somebody at the keyboard who is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.records import Voucher
from desktop_app.storage.book import Book
from desktop_app.ui.frame import Frame
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.vouchers.page import Vouchers
from desktop_app.ui.tasks import Tasks
from tests.conftest import KEY
from tests.ui.conftest import HOA


def sit_down(book: Book, settings: QSettings) -> Desk:
    return Desk(
        settings=settings, tasks=Tasks(in_place=True), book=book, by=HOA, year=2026,
        opener=lambda: Book(book.path, KEY), today=lambda: date(2026, 10, 31),
    )  # fmt: skip


def opened(
    qtbot: QtBot, book: Book, settings: QSettings, pages: Sequence[type[Page]] = (Vouchers,)
) -> Iterator[Frame]:
    """The window with only these pages, active; what is typed is kept at the end."""
    made = Frame(sit_down(book, settings), pages)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.current().keep()


def numbered(book: Book, number: str) -> Voucher:
    """The voucher of a number."""
    return next(voucher for voucher in book.all(Voucher) if voucher.number == number)


class Keys:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.count = qtbot, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifier)
        self.count += 1

    def type(self, text: str) -> None:
        for letter in text:
            focused = QApplication.focusWidget()  # the first letter may open an editor
            assert focused is not None
            if letter.isascii():
                self.qtbot.keyClicks(focused, letter)
            else:  # as a Vietnamese keyboard gives it
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(focused, event)
        self.count += len(text)

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Return)

    def control(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)
