"""*In…* of the page of movements: the count form, and the list of what is seen, as PDF, Excel or CSV."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop_app.actions import movement_papers
from desktop_app.ui import files
from desktop_app.ui.pages.filing.parts import Papers
from desktop_app.ui.paper_menu import PaperMenu, Writes

if TYPE_CHECKING:
    from desktop_app.ui.pages.movements.page import Movements

_KINDS = {".xlsx": "Tệp Excel (*.xlsx)", ".csv": "Tệp CSV (*.csv)"}


class MovementPrint(PaperMenu):
    """The papers of the period that the page looks at."""

    def __init__(self, page: Movements) -> None:
        super().__init__(page, "In, xuất…", "F9", "printer-outline", "Báo cáo đoàn số, danh sách biến động")
        self.movements = page
        self.papers = Papers(page.desk, page, self.fail)

    def menu(self) -> QMenu:
        """The papers one can print."""
        menu, page = QMenu(self._page), self.movements
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
        self.to_pdf("bien-dong", self._list())

    def save_list(self, ending: str) -> None:
        """Ask where, and write the list there."""
        path = files.to_save(self._page, "Danh sách biến động", f"danh-sach-bien-dong{ending}", _KINDS[ending])
        if path is not None:
            self._work(path, self._list(), self.said)

    def _list(self) -> Writes:
        page, today, period, told = self.movements, self._desk.today(), self.movements.period.period, self.movements.told()
        newest_first = sorted(page.table.seen()[1], key=lambda row: (row.day, row.id), reverse=True)
        return lambda book, path: movement_papers.write_list(book, newest_first, path, today, period=period, told=told)
