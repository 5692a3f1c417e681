"""*Phân tích*: years, months and the budget beside each other by mục, with charts; every figure opens its vouchers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.actions import analysis, ledger_export
from desktop_app.actions.analysis import Comparison, Line
from desktop_app.actions.ledger_export import Profile
from desktop_app.domain import dates
from desktop_app.domain.dates import Period
from desktop_app.ui import files
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.filing.parts import PeriodChip
from desktop_app.ui.pages.importing.bring_in import bring_in
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.charts import MonthBars, Share, ShareBars
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.texts import Head, label, panel

_MODES = (("years", "Các năm"), ("same", "Cùng kỳ các năm"), ("months", "Tháng với tháng"), ("budget", "Dự toán và thực hiện"))
_LATE = 110  # per cent of the budget: beyond it spending is shown red, from 90 on amber


class Analysis(Page):
    """The table at the left, the charts of the year at the right."""

    key, title, icon, group = "analysis", "Phân tích", "chart-bar", "Tài chính"
    reads = frozenset({"voucher", "fund", "budget", "past_year"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = 0
        self.found: Comparison | None = None
        self._shares: list[tuple[str, str, int]] = []
        self.handing = KeyButton("Xuất cho cấp trên", glyph="file-export-outline", clicked=self._offer_profiles)
        excel = KeyButton("Excel", "F9", glyph="microsoft-excel", clicked=self.export_table)
        past = KeyButton("Nhập quyết toán cũ…", glyph="history", clicked=lambda: bring_in(self, "b07"))
        past.setToolTip("Quyết toán (B07) của năm chưa có chứng từ trong sổ, từ tệp Excel, để so với các năm sau")
        self.column.addWidget(Head(self.title, past, self.handing, excel))
        self.column.addWidget(self.banner)
        today = desk.today()
        self.mode = Chip("So sánh", _MODES, "years")
        self.month = PeriodChip(desk.year, f"{desk.year}-{today.month:02}")
        for chip in (self.mode, self.month):
            chip.chosen.connect(lambda _: self.refresh())
        self.told = label("", "muted")
        self._ground = panel()
        self._inner = QVBoxLayout(self._ground)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self.table: Table | None = None
        self.bars, self.spent = MonthBars(), ShareBars(8, opens=True)
        self.bars.chosen.connect(lambda month: self._go(f"{self.desk.year}-{month:02}", ()))
        self.spent.chosen.connect(self._open_share)
        self._bars_title, self._spent_title = label("", "subtitle"), label("", "subtitle")
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(_boxed(self._bars_title, self.bars), 1)
        right.addWidget(_boxed(self._spent_title, self.spent), 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._ground, 7)
        row.addLayout(right, 4)
        self.column.addLayout(row, 1)
        desk.year_changed.connect(self._turn_year)

    def refresh(self) -> None:
        """Read the comparison again, on another thread."""
        self._asked += 1
        asked, year, today = self._asked, self.desk.year, self.desk.today()
        mode, month = str(self.mode.value), dates.month_of(self.month.period.first)

        def work(_: Any) -> tuple[Comparison, list[tuple[int, int]]]:
            book = self.desk.open_book()
            try:
                if mode == "months":
                    found = analysis.months(book, month)
                elif mode == "budget":
                    found = analysis.budget(book, year)
                else:
                    found = analysis.years(book, year, today if mode == "same" else None)
                return found, analysis.months_of(book, year)
            finally:
                book.close()

        def done(found: tuple[Comparison, list[tuple[int, int]]]) -> None:
            if asked == self._asked:
                self._show(*found)

        self.desk.tasks.run(work, done, lambda error: self.banner.say(str(error), "bad"), owner=self)

    def open_figure(self, row: Line, place: int) -> None:
        """Open the vouchers behind a figure; per cents and plans have none."""
        assert self.found is not None
        if not 0 <= place < len(self.found.headings) or not self.found.headings[place].period or row.cells[place] is None:
            place = next((n for n, heading in enumerate(self.found.headings) if heading.period), -1)
        if row.opens and place >= 0:
            self._go(self.found.headings[place].period, row.opens)

    def export_table(self) -> None:
        """F9: what is seen, as a workbook."""
        if self.found is None:
            return
        found = self.found
        self._save("Xuất ra Excel", f"{found.title}.xlsx", "Tệp Excel (*.xlsx)", lambda _, path: analysis.write(found, path))

    def export(self, profile: Profile, period: Period) -> None:
        """The books of a period for the upper level's ledger."""
        kinds = "Tệp CSV (*.csv)" if profile.format == "csv" else "Tệp Excel (*.xlsx)"
        name = f"So_cai_{self.desk.book.union_code}_{period.key.replace('..', '_den_')}.{profile.format}"
        self._save(profile.name, name, kinds, lambda book, path: ledger_export.export(book, profile, period, path))

    def profiles_menu(self) -> QMenu:
        """The forms of the file, of the year and of the month that is looked at."""
        menu = QMenu(self)
        year, month = Period.of_year(self.desk.year), Period.of_month(dates.month_of(self.month.period.first))
        for period in (year, month):
            menu.addSection(period.label)
            for profile in ledger_export.profiles(period.last):
                action = menu.addAction(f"{profile.name} · {period.label.lower()}")
                action.triggered.connect(lambda _=False, profile=profile, period=period: self.export(profile, period))
        return menu

    def _offer_profiles(self) -> None:
        menu = self.profiles_menu()
        menu.exec(self.handing.mapToGlobal(QPoint(0, self.handing.height() + 2)))
        menu.deleteLater()

    def _save(self, title: str, name: str, kinds: str, writes: Callable[[Any, Path], object]) -> None:
        path = files.to_save(self, title, name, kinds)
        if path is None:
            return

        def work(_: Any) -> object:
            book = self.desk.open_book()
            try:
                return writes(book, path)
            finally:
                book.close()

        def done(count: object) -> None:
            told = f"Đã ghi {path.name}" + (f": {count} dòng." if isinstance(count, int) else ".")
            self.desk.say(told, "Mở tệp", lambda: files.show(path))

        self.desk.tasks.run(work, done, lambda error: self.banner.say(str(error), "bad"), owner=self)

    # showing

    def _show(self, found: Comparison, months: list[tuple[int, int]]) -> None:
        remake = self.found is None or self.found.headings != found.headings
        self.found = found
        self.month.setVisible(self.mode.value == "months")
        if remake or self.table is None:
            self._remake(found)
        assert self.table is not None
        self.table.show_rows(found.lines, same=lambda row: (row.side, row.code, row.name))
        self.told.setText(found.title)
        year = self.desk.year
        self._bars_title.setText(f"Thu, chi năm {year} theo tháng")
        self.bars.show_months(months)
        at = 1 if self.mode.value == "budget" else 0
        self._shares = found.shares(at)
        heading = "thực hiện" if self.mode.value == "budget" else found.headings[at].text
        self._spent_title.setText(f"Chi theo mục, {heading}" if self._shares else "Chi theo mục: chưa có khoản chi nào")
        self.spent.show_shares([Share(f"{code} — {name}", amount) for code, name, amount in self._shares])

    def _remake(self, found: Comparison) -> None:
        """Another table where the columns are others."""
        for chip in (self.mode, self.month, self.told):
            chip.setParent(self)
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        wide = 116 if len(found.headings) < 5 else 101
        columns = [
            Column("code", "Mã", lambda row: row.code, width=58, bold=_strong),
            Column("name", "Nội dung", lambda row: "   " * max(0, row.level - 1) + row.name, width=150, stretch=True, bold=_strong),
        ]
        for place, heading in enumerate(found.headings):
            columns.append(self._column(place, heading, 94 if heading.percent else wide))
        self.table = Table(
            columns, name=f"analysis_{self.mode.value}", noun="dòng", find=False, select_many=False,
            empty=Empty("Chưa có thu, chi nào để so sánh.", "Lập chứng từ", lambda: self.desk.go("vouchers")),
            verbs=(Verb("Mở các chứng từ", lambda rows: self._open_current(rows[0]), "Enter", can=lambda rows: bool(rows[0].opens)),),
        )  # fmt: skip
        self.table.opened.connect(self._open_current)
        self.table.add_tool(self.mode, self.month, self.told)
        self._inner.addWidget(self.table)
        for chip in (self.mode, self.told):
            chip.show()
        self.month.setVisible(self.mode.value == "months")

    def _column(self, place: int, heading: analysis.Heading, wide: int) -> Column:
        if heading.percent:
            def percent(row: Line) -> str:
                cell = row.cells[place]
                sign = "+" if heading.text != "Đạt" and cell and cell > 0 else ""
                return "" if cell is None else "> 999 %" if cell > 999 else f"{sign}{cell} %"

            return Column(f"c{place}", heading.text, percent, width=wide, right=True, tone=lambda row: self._tone(row, place))
        hint = "Bấm đúp để mở các chứng từ" if heading.period else ""
        return Column(f"c{place}", heading.text, lambda row: row.cells[place], "money", width=wide, hint=hint, bold=_strong)

    def _tone(self, row: Line, place: int) -> str:
        cell = row.cells[place]
        if self.mode.value != "budget" or row.side != "out" or cell is None:
            return ""
        return "bad" if cell > _LATE else "warn" if cell >= 90 else ""

    def _open_current(self, row: Line) -> None:
        assert self.table is not None
        self.open_figure(row, self.table.view.currentIndex().column() - 2)

    def _open_share(self, place: int) -> None:
        assert self.found is not None
        code = self._shares[place][0]
        row = next(line for line in self.found.lines if line.code == code)
        self.open_figure(row, 0)

    def _go(self, period: str, opens: tuple[str, ...]) -> None:
        target: dict[str, Any] = {"period": period}
        if opens in (("in",), ("out",)) or len(opens) == 1:
            target["item"] = opens[0]
        elif opens:
            target["items"] = opens
        self.desk.go("vouchers", target)

    def _turn_year(self, year: int) -> None:
        self.month.look_at(Period.of_month(f"{year}-{self.month.period.first.month:02}"))
        self.refresh()


def _strong(row: Line) -> bool:
    return row.total


def _boxed(title: QWidget, part: QWidget) -> QWidget:
    ground = panel()
    inside = QVBoxLayout(ground)
    inside.setContentsMargins(14, 12, 14, 12)
    inside.setSpacing(8)
    inside.addWidget(title)
    inside.addWidget(part, 1)
    return ground
