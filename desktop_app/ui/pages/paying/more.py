"""*Việc khác* of *KPCĐ và nộp cấp trên*: papers of the fee, what the level above decided of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from desktop_app.actions import fee
from desktop_app.storage.book import Book
from desktop_app.ui.paper_menu import PaperMenu, drawn
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import LineEdit, MonthEdit, WholeEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table_menu import add

if TYPE_CHECKING:
    from desktop_app.ui.pages.paying.page import Paying


class PayingMore(PaperMenu):
    """A button with a menu of what is done seldom."""

    def __init__(self, page: Paying) -> None:
        super().__init__(page, "Việc khác", "F8", "dots-horizontal")
        self.paying = page

    def menu(self) -> QMenu:
        """What can be done here."""
        menu, desk = QMenu(self._page), self._desk
        year, today, by = desk.year, desk.today(), desk.by
        papers: tuple[tuple[str, str, Callable[[Book], bytes]], ...] = (
            ("In giấy đề nghị đóng KPCĐ còn thiếu", "de-nghi-dong-kpcd", lambda book: fee.request(book, year, today, by)),
            (f"In bản xác nhận đóng KPCĐ năm {year}", "xac-nhan-kpcd",
             lambda book: fee.confirmation(book, year, today, by)),
        )  # fmt: skip
        for text, name, draw in papers:
            add(menu, text, partial(self.to_pdf, f"{name}-{year}", drawn(draw)))
        menu.addSeparator()
        add(menu, "Giảm, tạm dừng đóng KPCĐ…", self.ask_relief)
        return menu

    def ask_relief(self) -> None:
        """What was decided, for which months."""
        form = Form(
            {
                "kind": Field("Loại", PickEdit([Choice(kind, kind) for kind in fee.KINDS]), required=True),
                "percent": Field("Giảm bao nhiêu %", WholeEdit(), note="Chỉ khi giảm mức đóng"),
                "from_month": Field("Từ tháng", MonthEdit(), required=True),
                "to_month": Field("Đến hết tháng", MonthEdit(), required=True),
                "document": Field("Quyết định (số, ngày)", LineEdit(longest=200), required=True),
            },
            columns=2,
            wide=("document",),
        )
        form.set_values({"kind": fee.KINDS[0], "from_month": self.paying.month})
        held = fee.reliefs(self._desk.book)
        sentence = (
            "Theo quyết định của Tổng Liên đoàn hoặc LĐLĐ tỉnh: giảm nhiều nhất 20 % trong 6 tháng, tạm dừng nhiều nhất"
            " 12 tháng (NĐ 105/2026). Tháng được giảm, tạm dừng không tính là chậm đóng."
        )
        also = None
        if held:
            sentence += "\nĐang có: " + ". ".join(fee.told(each) for each in held[:3]) + "."
            also = ("Bỏ quyết định mới nhất", partial(self._take_back, held[0].id))
        self.asking = Ask(
            "Giảm, tạm dừng đóng KPCĐ", sentence, form, self._relieve, act="Ghi", over=self._page.window(), also=also
        )
        self.asking.open()

    def _relieve(self, values: Mapping[str, Any]) -> None:
        made = fee.relieve(self._desk.book, values, self._desk.by)
        self._desk.say(f"Đã ghi: {fee.told(made)}.")
        self._desk.changed({"fee_relief"})

    def _take_back(self, id_: str) -> None:
        fee.take_back(self._desk.book, id_, self._desk.by)
        self._desk.changed({"fee_relief"})
