"""A button with a menu of papers and of what is done seldom: a worker draws each paper from a book of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QTemporaryDir
from PySide6.QtWidgets import QMenu

from desktop_app.storage.book import Book
from desktop_app.ui import files
from desktop_app.ui.page import Page
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton

Writes = Callable[[Book, Path], object]
"""Writes a paper of a book into a file."""

EXCEL = "Tệp Excel (*.xlsx)"


class PaperMenu:
    """The button stands on `page`; a subclass says in `menu` what there is. A PDF is opened, Excel asks where to go.

    `asking` is the question that one of its entries has open.
    """

    def __init__(self, page: Page, text: str, key: str, glyph: str, tip: str = "") -> None:
        self._page, self._desk = page, page.desk
        self._folder: QTemporaryDir | None = None
        self.asking: Ask | None = None
        self.show_paper: Callable[[Path], object] = files.show
        self.button = KeyButton(text, key, glyph=glyph, clicked=self.open_menu)
        if tip:
            self.button.setToolTip(f"{tip} ({key})")

    def menu(self) -> QMenu:
        """What can be done here."""
        raise NotImplementedError

    def open_menu(self) -> None:
        """Under the button."""
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        menu.deleteLater()

    def to_pdf(self, name: str, write: Writes, done: Callable[[Path], object] | None = None) -> None:
        """Write it into a folder that goes with the program, and open it."""
        self._folder = self._folder or QTemporaryDir()
        self._work(Path(self._folder.path()) / f"{name}.pdf", write, done or self.show_paper)

    def to_excel(self, name: str, write: Writes) -> None:
        """Ask where, and write it there."""
        path = files.to_save(self._page, "Ghi ra Excel", f"{name}.xlsx", EXCEL)
        if path is not None:
            self._work(path, write, self.said)

    def said(self, path: Path) -> None:
        """A word at the foot of the window that it is written."""
        self._desk.say(f"Đã ghi {path.name}.", "Mở tệp", lambda: files.show(path))

    def fail(self, sentence: str) -> None:
        """The page's banner says why not."""
        self._page.banner.say(sentence, "bad")

    def _work(self, path: Path, write: Writes, done: Callable[[Path], object]) -> None:
        opened = self._desk.open_book

        def work(_: object) -> Path:
            book = opened()
            try:
                write(book, path)
            finally:
                book.close()
            return path

        self._desk.tasks.run(work, done, lambda error: self.fail(str(error)), owner=self._page)


def drawn(draw: Callable[[Book], bytes]) -> Writes:
    """A paper that is drawn as bytes."""
    return lambda book, path: path.write_bytes(draw(book))
