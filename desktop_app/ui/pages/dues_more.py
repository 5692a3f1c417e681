"""*Việc khác* of *Thu đoàn phí*: the union's own rate and rounding."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from desktop_app.actions import dues_terms
from desktop_app.actions.dues_terms import BASES, STEPS
from desktop_app.domain.amounts import money
from desktop_app.domain.dates import show_month
from desktop_app.storage import payroll
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit, MoneyEdit, MonthEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table_menu import add

if TYPE_CHECKING:
    from desktop_app.ui.pages.dues import DuesPage


class DuesMore:
    """A button with a menu of what is done seldom."""

    def __init__(self, page: DuesPage) -> None:
        self._page, self._desk = page, page.desk
        self.asking: Ask | None = None
        self.button = KeyButton("Việc khác", "F8", glyph="dots-horizontal", clicked=self.open_menu)

    def open_menu(self) -> None:
        """Under the button."""
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """What can be done here."""
        menu = QMenu(self._page)
        add(menu, "Mức đóng, làm tròn của đơn vị…", self.ask_terms)
        return menu

    def ask_terms(self) -> None:
        """From which month, how much, of what, rounded to what, by which resolution."""
        book, month = self._desk.book, self._page.month
        kept = payroll.own_terms(book, month)
        form = Form(
            {
                "from_month": Field("Từ tháng", MonthEdit(), required=True),
                "step": Field("Làm tròn đến", PickEdit([Choice(str(step), money(step)) for step in STEPS])),
                "percent": Field("Tỷ lệ %", LineEdit(longest=8), note="Để trống: theo quy định"),
                "basis": Field("Tính trên", PickEdit([Choice(basis, basis) for basis in BASES])),
                "most": Field("Nhiều nhất một tháng", MoneyEdit(), note="Để trống: không giới hạn"),
                "document": Field("Nghị quyết (số, ngày)", LineEdit(longest=200)),
            },
            columns=2,
            wide=("document",),
        )
        step = kept.step if kept else payroll.union(book).dues_step
        given: dict[str, Any] = {"from_month": month, "step": str(step), "basis": BASES[0]}
        if kept is not None:
            given |= {"percent": dues_terms.percent(kept.rate), "basis": kept.basis, "document": kept.document}
            given |= {"most": kept.most} if kept.most else {}
        form.set_values(given)
        held = dues_terms.resolved(book)
        sentence = (
            "Nhóm 2 và nhóm 3 được thu cao hơn quy định theo nghị quyết của Ban Chấp hành mở rộng. Phần cao hơn được"
            " giữ lại 100 % và quyết toán riêng."
        )
        also = None
        if held:
            sentence += "\nĐang có: " + ". ".join(dues_terms.told(each) for each in held[:4]) + "."
            also = (f"Bỏ mức từ {show_month(held[0].from_month)}", partial(self._take_back, held[0].id))
        self.asking = Ask(
            "Mức đóng đoàn phí của đơn vị", sentence, form, self._resolve, act="Ghi", over=self._page.window(),
            also=also,
        )  # fmt: skip
        self.asking.open()

    def _resolve(self, values: Mapping[str, Any]) -> None:
        made = dues_terms.resolve(self._desk.book, values, self._desk.by)
        self._desk.say(f"Đã ghi mức đóng. {dues_terms.told(made)}.")
        self._desk.changed({"dues_term"})

    def _take_back(self, id_: str) -> None:
        dues_terms.take_back(self._desk.book, id_, self._desk.by)
        self._desk.changed({"dues_term"})
