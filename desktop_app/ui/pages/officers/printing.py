"""*In…* of the officers' page: the list of a term for its dossier, the list seen, the file of one officer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from desktop_app.actions import officer_papers
from desktop_app.domain import dates
from desktop_app.domain.records import Term
from desktop_app.storage.book import Book
from desktop_app.ui.paper_menu import PaperMenu, Writes
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import MonthEdit, Tick, WholeEdit
from desktop_app.ui.widgets.form import Field, Form

if TYPE_CHECKING:
    from desktop_app.ui.pages.officers.page import Officers



class OfficerPrint(PaperMenu):
    """Writes papers with a worker: PDF is opened, Excel asks where to go."""

    def __init__(self, page: Officers) -> None:
        super().__init__(page, "In…", "F9", "printer-outline", "Danh sách trích ngang, danh sách cán bộ, lý lịch trích ngang")
        self.officers = page

    def menu(self) -> QMenu:
        """The papers one can print, those of the terms first."""
        menu, page, day = QMenu(self._page), self.officers, self._desk.today()
        for term in page.rosters():
            self._both(menu, f"Trích ngang {page.named(term)}", "trich-ngang", self._roster(term))
        menu.addSeparator()
        held = page.table.seen()[1]
        self._both(menu, f"Danh sách cán bộ đang hiện ({len(held)})", "can-bo-cong-doan",
                   lambda book, path: officer_papers.write_list(book, held, path, day))  # fmt: skip
        menu.addAction("Bảng thanh toán phụ cấp…").triggered.connect(lambda *_: self.ask_allowances())
        menu.addSeparator()
        current = page.table.current()
        name = f" của {current.name}" if current else ""
        person = current.office.person if current else ""
        self._both(menu, f"Lý lịch trích ngang{name}", "ly-lich-can-bo",
                   lambda book, path: officer_papers.write_file(book, person, path, day), can=bool(person))  # fmt: skip
        return menu

    def ask_allowances(self) -> None:
        """Which month, and by how many members; then PDF or Excel."""
        month = dates.month_of(self._desk.today())
        form = Form({
            "month": Field("Tháng", MonthEdit(), required=True),
            "payers": Field("Số đoàn viên đóng đoàn phí năm trước", WholeEdit(), required=True),
            "excel": Field("Ghi ra Excel", Tick()),
        })  # fmt: skip
        form.set_values({"month": month, "payers": officer_papers.payers_for(self._desk.book, month)})
        sentence = (
            "Mỗi người hưởng một mức, của chức vụ có hệ số cao nhất giữ vào ngày cuối tháng. Cán bộ chuyên trách hưởng"
            " lương nên không có trong bảng."
        )
        self.asking = Ask("Bảng thanh toán phụ cấp", sentence, form, self._allowances, act="In", over=self._page.window())
        self.asking.open()

    def _allowances(self, values: Mapping[str, Any]) -> None:
        month, payers = str(values["month"] or ""), values["payers"] or 0
        officer_papers.refuse_allowances(self._desk.book, month, payers)

        def write(book: Book, path: Path) -> None:
            officer_papers.write_allowances(book, month, payers, path)

        (self.to_excel if values["excel"] else self.to_pdf)("phu-cap", write)

    def _both(self, menu: QMenu, text: str, name: str, write: Writes, *, can: bool = True) -> None:
        for ending, does in (("(PDF)", partial(self.to_pdf, name, write)), ("ra Excel…", partial(self.to_excel, name, write))):
            action = menu.addAction(f"{text} {ending}")
            action.setEnabled(can)
            action.triggered.connect(lambda _=False, does=does: does())

    def _roster(self, term: Term) -> Writes:
        id_, day = term.id, self._desk.today()
        return lambda book, path: officer_papers.write_roster(book, id_, path, day)
