"""*In…* of the page of movements: the count form, and the list of what is seen, as PDF, Excel or CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTemporaryDir
from PySide6.QtWidgets import QMenu

from desktop_app.actions import movement_papers
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import files
from desktop_app.ui.pages.filing.parts import Papers
from desktop_app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from desktop_app.ui.pages.movements.page import Movements

_KINDS = {".xlsx": "Tệp Excel (*.xlsx)", ".csv": "Tệp CSV (*.csv)"}


class MovementPrint:
    """The papers of the period that the page looks at."""

    def __init__(self, page: Movements) -> None:
        self._page = page
        self._folder: QTemporaryDir | None = None
        self.show_paper = files.show
        self.papers = Papers(page.desk, page, self._fail)
        self.button = KeyButton("In, xuất…", "F9", glyph="printer-outline", clicked=self.open_menu)
        self.button.setToolTip("Báo cáo đoàn số, danh sách biến động (F9)")

    def open_menu(self) -> None:
        """Under the button."""
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """The papers one can print."""
        menu, page = QMenu(self._page), self._page
        menu.addSection(page.period.period.label)
        for text, does in (
            ("Báo cáo đoàn số (PDF)", lambda: self.papers.pdf("BDDV", page.period.period, None)),
            ("Báo cáo đoàn số ra Excel", lambda: self.papers.xlsx("BDDV", page.period.period, None)),
            ("Danh sách biến động đang hiện (PDF)", self.print_list),
            ("Danh sách biến động ra Excel…", partial(self.save_list, ".xlsx")),
            ("Danh sách biến động ra CSV…", partial(self.save_list, ".csv")),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, does=does: does())
        return menu

    def print_list(self) -> None:
        """The list as seen, opened."""
        self._folder = self._folder or QTemporaryDir()
        path = Path(self._folder.path()) / "bien-dong.pdf"
        if self._write(path):
            self.show_paper(path)

    def save_list(self, ending: str) -> None:
        """Ask where, and write the list there."""
        path = files.to_save(self._page, "Danh sách biến động", f"danh-sach-bien-dong{ending}", _KINDS[ending])
        if path is not None and self._write(path):
            self._page.desk.say(f"Đã ghi {path.name}.", "Mở tệp", lambda: files.show(path))

    def _write(self, path: Path) -> bool:
        page = self._page
        rows = page.table.seen()[1]
        newest_first = sorted(rows, key=lambda row: (row.day, row.id), reverse=True)
        try:
            movement_papers.write_list(
                page.desk.book, newest_first, path, page.desk.today(), period=page.period.period, told=page.told()
            )
        except (Refused, Trouble) as error:
            self._fail(str(error))
            return False
        return True

    def _fail(self, sentence: str) -> None:
        self._page.banner.say(sentence, "bad")
