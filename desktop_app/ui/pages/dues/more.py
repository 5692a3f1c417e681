"""*Việc khác* of *Thu đoàn phí*: papers of collecting, typed totals of the payroll, the union's own rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from desktop_app.actions import dues_papers, dues_terms, payroll_totals
from desktop_app.actions.dues_terms import BASES, STEPS
from desktop_app.domain.amounts import money
from desktop_app.domain.dates import show_month
from desktop_app.domain.errors import Refused
from desktop_app.storage import payroll
from desktop_app.storage.book import Book
from desktop_app.ui.pages.dues.grid import DuesGrid
from desktop_app.ui.pages.importing.bring_in import bring_in
from desktop_app.ui.paper_menu import PaperMenu, drawn
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import LineEdit, MoneyEdit, MonthEdit, WholeEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table_menu import add

if TYPE_CHECKING:
    from desktop_app.ui.pages.dues.page import DuesPage


class DuesMore(PaperMenu):
    """A button with a menu of what is done seldom."""

    def __init__(self, page: DuesPage) -> None:
        super().__init__(page, "Việc khác", "F8", "dots-horizontal")
        self.dues = page
        self.grid: DuesGrid | None = None

    def menu(self) -> QMenu:
        """What can be done here."""
        menu = QMenu(self._page)
        month, team, by = self.dues.month, self.dues.team, self._desk.by
        of = f" {team}" if team else " từng tổ"
        papers: tuple[tuple[str, str, Callable[[Book], bytes]], ...] = (
            (f"In danh sách thu, ký nộp{of}", "danh-sach-thu-doan-phi",
             lambda book: dues_papers.sheets(book, month, team, by)),
            (f"In biên lai C45-BB{of}", "bien-lai-to",
             lambda book: dues_papers.receipts(book, month, team, by, by_team=True)),
            ("In biên lai C45-BB từng người", "bien-lai",
             lambda book: dues_papers.receipts(book, month, team, by, by_team=False)),
            (f"In thông báo nhắc nợ{of}", "nhac-no-doan-phi",
             lambda book: dues_papers.notices(book, int(month[:4]), team, self._desk.today(), by)),
            (f"In thông báo nhắc nợ của các năm{of}", "nhac-no-cac-nam",
             lambda book: dues_papers.notices(book, None, team, self._desk.today(), by)),
        )  # fmt: skip
        for text, name, draw in papers:
            add(menu, text, partial(self.to_pdf, f"{name}-{month}", drawn(draw)))
        menu.addSeparator()
        add(menu, f"Nhập bảng 12 tháng năm {month[:4]}…", self.open_grid)
        add(menu, "Nhập bảng lương tháng từ Excel…", lambda: bring_in(self._page, "payroll"))
        add(menu, f"Nhập tổng quỹ lương tháng {show_month(month)}…", self.ask_totals)
        add(menu, "Mức đóng, làm tròn của đơn vị…", self.ask_terms)
        return menu

    def open_grid(self) -> None:
        """The grid of the year, to type and paste into."""
        self.grid = DuesGrid(self._desk, self._page.window())
        self.grid.open()

    def ask_totals(self) -> None:
        """How many people and which wage funds, where wages of persons are not had."""
        month = self.dues.month
        try:
            kept = payroll_totals.of_month(self._desk.book, month)
        except Refused as refused:
            self._page.banner.say(str(refused), "bad")
            return
        form = Form(
            {
                "month": Field("Tháng", MonthEdit(), required=True),
                "workers": Field("Số lao động đóng BHXH", WholeEdit()),
                "fee_fund": Field("Quỹ lương đóng KPCĐ", MoneyEdit()),
                "members": Field("Số đoàn viên", WholeEdit()),
                "dues_fund": Field("Quỹ lương đóng đoàn phí", MoneyEdit()),
            },
            columns=2,
            wide=("month",),
        )
        names = ("month", "workers", "fee_fund", "members", "dues_fund")
        form.set_values({name: value for name in names if (value := getattr(kept, name))})
        sentence = (
            "Dùng khi chuyên môn chỉ báo tổng quỹ lương. Số nhập tay thay cho số cộng từ lương từng người của tháng đó,"
            " trong đoàn phí, KPCĐ và phần A của quyết toán."
        )
        also = ("Bỏ số nhập tay, cộng từ danh sách", partial(self._clear, month)) if kept.id else None
        self.asking = Ask(
            "Tổng quỹ lương tháng", sentence, form, self._type_in, act="Ghi", over=self._page.window(), also=also
        )
        self.asking.open()

    def _type_in(self, values: Mapping[str, Any]) -> None:
        made = payroll_totals.type_in(self._desk.book, values, self._desk.by)
        self._desk.say(f"Đã ghi quỹ lương tháng {show_month(made.month)}.")
        self._desk.changed({"payroll"})

    def _clear(self, month: str) -> None:
        payroll_totals.clear(self._desk.book, month, self._desk.by)
        self._desk.changed({"payroll"})

    def ask_terms(self) -> None:
        """From which month, how much, of what, rounded to what, by which resolution."""
        book, month = self._desk.book, self.dues.month
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
