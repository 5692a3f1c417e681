"""*Dự toán*: the budget of a year by mục, proposed, mended with reasons, beside what is spent; handed in as B14-TLĐ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.actions import budgets, reports, signing
from desktop_app.actions.budgets import Assumed, Planned
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.ui import theme
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.filing.parts import Papers, answer_of, hand_in, show_state
from desktop_app.ui.pages.filing.signing import READS, Signatures
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import LineEdit, MoneyEdit, WholeEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head, StatePill

FORM = "B14"
_FULL = 100
_NEARLY = 90


class BudgetPage(Page):
    """The rows of B14-TLĐ; Enter on a mục changes it."""

    key, title, icon, group = "budget", "Dự toán", "calculator-variant-outline", "Tài chính"
    reads = frozenset(
        {"budget", "voucher", "fund", "balance", "union", "payroll", "person", "wage", "exemption", "submission", "verdict"}
    ) | READS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = 0
        self.found: Planned | None = None
        self.filing = reports.Filing(FORM, "")
        self.pill = StatePill()
        self.year = Chip("Năm", _years(desk.year), desk.year)
        self.year.chosen.connect(lambda _: self.refresh())
        desk.year_changed.connect(self._turn_year)
        self._papers = Papers(desk, self, lambda sentence: self.banner.say(sentence, "bad"))
        self.send = KeyButton("Nộp báo cáo", "Ctrl+S", tone="primary", glyph="send-outline", clicked=self.submit)
        head = Head(
            self.title,
            KeyButton("Lập đề xuất", "F2", glyph="auto-fix", clicked=self.ask_proposal),
            KeyButton("Excel", glyph="microsoft-excel", clicked=lambda: self._papers.xlsx(FORM, self.period)),
            KeyButton("Xem PDF", "F9", glyph="file-pdf-box", clicked=lambda: self._papers.pdf(FORM, self.period)),
            self.send,
            note="Mẫu B14-TLĐ",
        )
        head.layout().insertWidget(2, self.pill)
        self.column.addWidget(head)
        self.column.addWidget(self.banner)
        self.table = self._table()
        self.column.addWidget(TablePanel(self.table), 1)
        self.signatures = Signatures(desk, across=True)
        self.column.addWidget(self.signatures)

    @property
    def period(self) -> Period:
        """The year looked at."""
        return Period.of_year(int(self.year.value))

    def refresh(self) -> None:
        """Read the budget again, on another thread."""
        self._asked += 1
        asked, period = self._asked, self.period

        def work(_: Any) -> tuple[Planned, reports.Filing, tuple[signing.Place, ...]]:
            book = self.desk.open_book()
            try:
                filing = reports.filing(book, FORM, period)
                return budgets.look(book, period.last.year), filing, signing.places(book, filing)
            finally:
                book.close()

        def done(found: tuple[Planned, reports.Filing, tuple[signing.Place, ...]]) -> None:
            if asked == self._asked:
                self._show(*found)

        self.desk.tasks.run(work, done, lambda error: self.banner.say(str(error), "bad"), owner=self)

    def open_at(self, target: Any) -> None:
        """Show the year a link names: {"period": "2027"}."""
        if isinstance(target, Mapping) and target.get("period"):
            self._turn_year(Period.parse(str(target["period"])).last.year)

    def submit(self) -> None:
        """Hand the budget in, after asking."""
        if self.found is None:
            return
        try:
            hand_in(self.desk, FORM, self.period, "Dự toán thu, chi tài chính công đoàn", self.found.checks, self)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")

    def ask_proposal(self) -> Ask | None:
        """F2: what the proposal assumes; it replaces the figures of the year."""
        year = self.period.last.year
        try:
            start = budgets.assumed(self.desk.book, year)
        except Refused as refused:
            self.banner.say(str(refused), "bad")
            return None
        form = Form(
            {
                "growth": Field("Lương tăng so với tháng 12 năm trước (%)", WholeEdit(), required=True),
                "support": Field("Chuyên môn hỗ trợ cả năm (25.01)", MoneyEdit(in_words=False), required=True),
                "allowances": Field("Phụ cấp cán bộ công đoàn cả năm (34.02)", MoneyEdit(in_words=False), required=True),
            }
        )
        form.set_values({"growth": start.growth, "support": start.support, "allowances": start.allowances})

        def does(values: Mapping[str, Any]) -> None:
            missing = [name for name, value in values.items() if not isinstance(value, int)]
            if missing:
                raise Refused([Problem(name, "Hãy nhập một số.") for name in missing])
            given = Assumed(values["growth"], values["support"], values["allowances"])
            count = budgets.adopt(self.desk.book, year, given, self.desk.by)
            self.desk.changed({"budget"})
            self.desk.say(f"Đã lập đề xuất dự toán năm {year}: {count} mục. Hãy xem lại từng mục.")

        sentence = (
            f"Đề xuất dự toán năm {year} tính từ lương đang ghi, tỷ lệ phân phối và mức chi theo quy định. "
            "Các số đang có của năm này được thay bằng đề xuất."
        )
        asked = Ask("Lập đề xuất dự toán", sentence, form, does, act="Lập đề xuất", over=self)
        asked.open()
        return asked

    def ask_item(self, row: Any) -> Ask | None:
        """Enter: change one mục and say why."""
        if row is None or self.found is None:
            return None
        if not row.code or row.formula:
            self.desk.say("Dòng này tự cộng từ các mục. Hãy chọn một mục để sửa.")
            return None
        year = self.period.last.year
        form = Form(
            {
                "amount": Field(f"Dự toán năm {year}", MoneyEdit(), required=True),
                "reason": Field("Căn cứ, lý do", LineEdit(longest=300)),
            }
        )
        form.set_values({"amount": self.found.cells.get(row.key, 0), "reason": self.found.reasons.get(row.key, "")})

        def does(values: Mapping[str, Any]) -> None:
            given = values["amount"], str(values["reason"] or "")
            budgets.put(self.desk.book, year, row.code, given, self.desk.by)
            self.desk.changed({"budget"})

        asked = Ask("Sửa dự toán", f"Mục {row.code}: {row.text}", form, does, act="Lưu", over=self)
        asked.open()
        return asked

    # showing

    def _turn_year(self, year: int) -> None:
        self.year.offer(_years(year), year)
        self.year.choose_quietly(year)
        self.refresh()

    def _show(self, found: Planned, filing: reports.Filing, places: tuple[signing.Place, ...]) -> None:
        self.found, self.filing = found, filing
        self.signatures.show_places(filing, places)
        show_state(self.pill, filing)
        self.send.setEnabled(filing.may_submit)
        self.send.setText("Nộp lại" if filing.state == "trả lại" else "Nộp báo cáo")
        sentence, tone = answer_of(filing, found.form.rows)
        broken = [check for check in found.checks if not check.holds and check.text]
        if not sentence and broken:
            sentence, tone = broken[0].text, "bad" if broken[0].severity == "error" else "warn"
        self.banner.say(sentence, tone)
        self.table.show_rows([row for row in found.form.rows if row.printed], same=lambda row: row.key)

    def _cell(self, row: Any, which: str) -> int | None:
        of: Mapping[str, int] = getattr(self.found, which) if self.found else {}
        return of.get(row.key) or None

    def _table(self) -> Table:
        def bold(row: Any) -> bool:
            return row.style in ("bold", "total")

        def used(row: Any) -> int | None:
            return self.found.used(row.key) if self.found else None

        def tone(row: Any) -> str:
            if self.found is None or row.code not in self.found.spending:
                return ""
            share = used(row) or 0
            return "bad" if share > _FULL else "warn" if share >= _NEARLY else ""

        columns = (
            Column("no", "TT", lambda row: row.no, width=44, bold=bold),
            Column("text", "Nội dung", lambda row: row.text, width=190, stretch=True, bold=bold),
            Column("code", "Mã số", lambda row: row.code, width=62, bold=bold),
            Column("last_year", "Ước năm trước", lambda row: self._cell(row, "last_year"), "money", width=116,
                   tone=lambda _: "muted"),
            Column("plan", "Dự toán", lambda row: self._cell(row, "cells"), "money", width=116, bold=bold,
                   hint="Enter để sửa mục đang chọn"),
            Column("approved", "Cấp trên duyệt", lambda row: self._cell(row, "approved"), "money", width=116),
            Column("actual", "Đã thực hiện", lambda row: self._cell(row, "actual"), "money", width=116),
            Column("used", "%", used, "whole", width=52, tone=tone),
            Column("reason", "Căn cứ", lambda row: self.found.reasons.get(row.key, "") if self.found else "", width=150,
                   tone=lambda _: "muted"),
        )  # fmt: skip
        made = Table(
            columns, name="budget", noun="dòng", find=False, select_many=False,
            verbs=(
                Verb("Sửa dự toán mục này", lambda rows: self.ask_item(rows[0]), "Enter", "pencil-outline"),
                Verb("Xem các phiếu của mục này", lambda rows: self._vouchers(rows[0]), glyph="open-in-new"),
            ),
        )  # fmt: skip
        made.view.verticalHeader().setDefaultSectionSize(theme.worn().px(27))
        made.view.horizontalHeader().setSectionsClickable(False)
        made.add_tool(self.year)
        made.count.hide()
        made.opened.connect(self.ask_item)
        return made

    def _vouchers(self, row: Any) -> None:
        if row.code and not row.formula:
            self.desk.go("vouchers", {"period": self.period.key, "item": row.code})


def _years(year: int) -> list[tuple[int, str]]:
    return [(own, f"Năm {own}") for own in (year, year + 1, year - 1)]
