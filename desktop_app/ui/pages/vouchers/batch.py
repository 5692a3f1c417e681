"""Many vouchers at once on *Chứng từ*: post the chosen drafts, repeat them next month, templates, print a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from desktop_app.actions import voucher_templates, vouchers
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import VoucherTemplate
from desktop_app.storage.voucher_rows import VoucherRow
from desktop_app.ui.page import Page
from desktop_app.ui.pages.vouchers.form import VoucherForm
from desktop_app.ui.pages.vouchers.listing import VoucherListing
from desktop_app.ui.pages.vouchers.printing import LAYOUTS, PaperPrinter
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.table import Verb


class VoucherBatch:
    """Verbs of the page for several rows, and its buttons *In* and *Mẫu*; `shown` answers the period and its list."""

    def __init__(
        self, page: Page, form: VoucherForm, printer: PaperPrinter, shown: Callable[[], tuple[dates.Period, VoucherListing]]
    ) -> None:
        self.page, self.desk, self.form, self.printer, self._shown = page, page.desk, form, printer, shown
        self.printing = KeyButton("In", glyph="printer-outline", clicked=lambda: _drop(self.print_menu(), self.printing))
        self.recalling = KeyButton("Mẫu", "F6", clicked=lambda: _drop(self.templates_menu(), self.recalling))
        self.asking: Ask | None = None

    def verbs(self) -> tuple[Verb, ...]:
        """What the table offers for the rows that are chosen."""
        drafts = lambda rows: all(row.state == "nháp" for row in rows)  # noqa: E731
        return (
            Verb("Ghi sổ các phiếu nháp đã chọn", self.post, "Shift+F5", can=drafts),
            Verb("Lặp lại sang tháng sau (phiếu nháp)", self.repeat, "Shift+F6"),
        )

    def post(self, rows: Sequence[VoucherRow]) -> None:
        """Post the chosen drafts, all or none; why not is listed."""
        made = self._tried(lambda: vouchers.post_all(self.desk.book, [row.id for row in rows], self.desk.by), "Chưa ghi sổ phiếu nào")
        if made:
            self.form.forget()
            self.desk.changed({"voucher"})
            told = f"từ {made[0].number} đến {made[-1].number}" if len(made) > 1 else made[0].number
            self.desk.say(f"Đã ghi sổ {format_amount(len(made))} phiếu: {told}.")

    def repeat(self, rows: Sequence[VoucherRow]) -> None:
        """The chosen vouchers again, as drafts of the month after."""
        days = [row.day for row in rows if row.day]
        if not days:
            return
        month = dates.add_months(dates.month_of(max(days)), 1)
        ids = [row.id for row in rows]
        made = self._tried(lambda: voucher_templates.repeat(self.desk.book, ids, month, self.desk.by), "")
        if made:
            self.form.forget()
            self.desk.changed({"voucher"})
            self.page.open_at(month)
            self.desk.say(f"Đã lập {len(made)} phiếu nháp của tháng {dates.show_month(month)}. Hãy xem lại rồi ghi sổ.")

    def templates_menu(self) -> QMenu:
        """F6: every template, and keeping what the form shows as one."""
        menu = QMenu(self.page)
        known = voucher_templates.templates(self.desk.book)
        for number, template in enumerate(known, 1):
            name = f"&{number}  {template.name}" if number <= 9 else template.name
            menu.addAction(name).triggered.connect(lambda _=False, one=template: self.use(one))
        if not known:
            menu.addAction("Chưa có mẫu nào").setEnabled(False)
        allowances = menu.addAction("Phụ cấp cán bộ công đoàn của tháng")
        allowances.triggered.connect(self.pay_allowances)
        menu.addSeparator()
        keeping = menu.addAction("Lưu phiếu đang xem thành mẫu…")
        keeping.setEnabled(bool(self.form.kind))
        keeping.triggered.connect(self.keep_template)
        if known:
            dropping = menu.addMenu("Bỏ mẫu")
            for template in known:
                dropping.addAction(template.name).triggered.connect(lambda _=False, one=template: self.drop(one))
        return menu

    def use(self, template: VoucherTemplate) -> None:
        """A new form filled in by a template."""
        self.form.start(*voucher_templates.filled_in(template, self.desk.today()))

    def pay_allowances(self) -> None:
        """A payment with a row for each officer's allowance of this month, by the dated table."""
        content = self._tried(lambda: voucher_templates.allowances(self.desk.book, self.desk.today()), "")
        if content:
            self.form.start("PC", content)

    def keep_template(self) -> Ask:
        """Ask for a name and keep what the form shows."""
        content = self.form.content()
        form = Form({"name": Field("Tên mẫu", LineEdit(longest=100), required=True)})
        form.set_values({"name": str(content.get("text") or "")[:100]})

        def does(values: Mapping[str, Any]) -> None:
            kept = voucher_templates.keep(self.desk.book, str(values["name"] or ""), content, self.desk.by)
            self.desk.say(f"Đã lưu mẫu “{kept.name}”. Bấm F6 để lập phiếu theo mẫu.")

        tells = "Mẫu giữ loại phiếu, quỹ, mục, người nhận, nội dung và số tiền. Chữ {tháng} trong nội dung thành tháng lập phiếu."
        self.asking = Ask("Lưu thành mẫu", tells, form, does, act="Lưu mẫu", over=self.page.window())
        self.asking.open()
        return self.asking

    def drop(self, template: VoucherTemplate) -> None:
        """Put a template away."""
        if self._tried(lambda: voucher_templates.remove(self.desk.book, template.id, self.desk.by), ""):
            self.desk.say(f"Đã bỏ mẫu “{template.name}”.")

    def print_menu(self) -> QMenu:
        """All vouchers of the table, their list, and how they stand on paper."""
        menu = QMenu(self.page)
        listing = self._shown()[1]
        count = len(listing.numbers())
        every = menu.addAction(f"In {format_amount(count)} chứng từ trong bảng")
        every.triggered.connect(lambda: self.printer.vouchers([row.id for row in listing.stored()]))
        list_ = menu.addAction("In bảng kê")
        list_.triggered.connect(self.print_list)
        for action in (every, list_):
            action.setEnabled(bool(count))
        menu.addSeparator()
        group = QActionGroup(menu)
        for key, text in LAYOUTS.items():
            action = menu.addAction(f"Khổ {text}")
            action.setCheckable(True)
            action.setChecked(key == self.printer.layout)
            action.triggered.connect(lambda _=False, key=key: self.printer.set_layout(key))
            group.addAction(action)
        return menu

    def print_list(self) -> None:
        """*In bảng kê*: the rows of the table, as they are seen."""
        period, listing = self._shown()
        self.printer.voucher_list(listing.stored(), period.label)

    def _tried(self, act: Callable[[], Any], told: str) -> Any:
        try:
            done = act()
        except Refused as refused:
            sentences = [problem.problem for problem in refused.problems]
            head = [f"{told}."] if told and len(sentences) > 1 else []
            self.page.banner.say("\n".join([*head, *sentences]), "bad")
        except Trouble as trouble:
            self.page.banner.say(str(trouble), "bad")
        else:
            self.page.banner.hide()
            return done
        return None


def _drop(menu: QMenu, button: KeyButton) -> None:
    menu.exec(button.mapToGlobal(QPoint(0, button.height() + 2)))
    menu.deleteLater()
