"""Papers printed from a person's record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTemporaryDir
from PySide6.QtWidgets import QWidget

from desktop_app.actions import member_papers
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import KeyButton


class ConsentPaper:
    """*In giấy đồng ý*: written by a worker, then opened."""

    def __init__(self, desk: Desk, over: QWidget, id_: str) -> None:
        self._desk, self._over, self._id = desk, over, id_
        self._folder: QTemporaryDir | None = None
        self.show_paper: Callable[[Path], object] = files.show
        self.button = KeyButton("In giấy đồng ý", glyph="printer-outline", clicked=self.write)

    def write(self) -> None:
        """Write the sheet with what is stored of the person."""
        self._folder = self._folder or QTemporaryDir()
        path, day = Path(self._folder.path()) / "dong-y.pdf", self._desk.today()
        opened, id_ = self._desk.open_book, self._id

        def work(_: object) -> Path:
            book = opened()
            try:
                member_papers.write_consent(book, id_, path, day)
            finally:
                book.close()
            return path

        self._desk.tasks.run(work, self.show_paper, lambda error: self._desk.say(str(error)), owner=self._over)
