"""*Đối chiếu ngân hàng*: the bank's lines beside the book's vouchers, confirmed one by one or all sure ones at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from desktop_app.actions import bank
from desktop_app.actions.bank import Balances, Row, Unclear, View
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount, money
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import files
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.bank.asks import OwnRules, ask_columns, ask_item
from desktop_app.ui.pages.bank.choosing import Choosing
from desktop_app.ui.pages.bank.columns import ALONE, LINES, STATES
from desktop_app.ui.pages.filing.parts import PeriodChip
from desktop_app.ui.widgets.ask import Ask, ask_reason
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head

_ENDINGS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".txt")
_TOUCHED = frozenset({"voucher", "bank_line", "bank_statement", "bank_rule"})


class Bank(Page):
    """Cards of the balances over two tables, one seen at a time."""

    key, title, icon, group = "bank", "Đối chiếu ngân hàng", "bank-check", "Tài chính"
    reads = frozenset({"voucher", "fund", "bank_line", "bank_statement", "bank_rule"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view: View | None = None
        self.asking: Ask | None = None
        self.ask: Callable[..., str] = ask_reason
        self.setAcceptDrops(True)
        self.installEventFilter(self)
        self.all = KeyButton("Khớp các dòng chắc chắn", "F8", glyph="check-all", clicked=self.confirm_sure)
        reading = KeyButton("Nhập sao kê", "F2", tone="primary", glyph="file-upload-outline", clicked=self.choose_file)
        self.more = KeyButton("Khác", glyph="chevron-down", clicked=self._offer_more)
        self.column.addWidget(Head(self.title, self.more, self.all, reading))
        self.column.addWidget(self.banner)
        self.cards = {"bank": Card("Số dư ngân hàng báo"), "book": Card("Số dư sổ S12-H"), "off": Card("Chênh lệch"),
                      "left": Card("Dòng chưa khớp")}  # fmt: skip
        self.cards["bank"].clicked.connect(lambda: self.side.choose("bank"))
        self.cards["book"].clicked.connect(lambda: self.desk.go("vouchers", {"period": self.period.period.key, "fund": self.fund.value}))
        self.cards["off"].clicked.connect(lambda: self.side.choose("book"))
        self.cards["left"].clicked.connect(lambda: (self.side.choose("bank"), self.states.choose("open")))
        self.column.addWidget(Cards(*self.cards.values()))
        self._make_tables()
        desk.year_changed.connect(self._turn_year)

    # what it shows

    def refresh(self) -> None:
        """Read both sides again."""
        accounts = bank.accounts(self.desk.book)
        self.fund.offer([(held.id, held.name or held.code) for held in accounts], self.fund.value or (accounts[0].id if accounts else ""))
        self.fund.setVisible(len(accounts) > 1)
        if not accounts:
            self.banner.say("Sổ chưa có tài khoản tiền gửi nào. Hãy thêm ở Thiết lập.", "warn", "Mở Thiết lập", lambda: self.desk.go("setup"))
            return
        period = self.period.period
        self._view = bank.view(self.desk.book, self.fund.value, period.first, period.last)
        self._fill()

    def open_at(self, target: Any) -> None:
        """Show a period ("2026-10"), of {"period", "fund", "state"} that of an account."""
        given = target if isinstance(target, Mapping) else {"period": target}
        if "period" in given:
            self.period.look_at(Period.parse(str(given["period"])))
        if "fund" in given:
            self.fund.choose_quietly(given["fund"])
        self.states.choose_quietly(given.get("state", ""))
        self.refresh()

    # the verbs

    def choose_file(self) -> None:
        """F2: read a statement."""
        path = files.to_open(self, "Chọn sao kê của ngân hàng", files.LISTS)
        if path is not None:
            self.bring(path)

    def more_menu(self) -> QMenu:
        """What is seldom wanted: the rules of one's own, the columns of a file said again."""
        menu = QMenu(self)
        menu.addAction("Quy tắc riêng…").triggered.connect(self.show_rules)
        menu.addAction("Nhập sao kê, chỉ lại các cột…").triggered.connect(self._map_anew)
        return menu

    def show_rules(self) -> OwnRules:
        """The rules of the user's own."""
        shown = OwnRules(self.desk, self, lambda: (self.desk.changed(_TOUCHED), self.refresh()))
        shown.open()
        return shown

    def bring(self, path: Path, *, anew: bool = False) -> None:
        """Read a statement's file; one of an unknown form is mapped by hand first, with `anew` any."""
        given = self.fund.value if len(bank.accounts(self.desk.book)) > 1 else ""
        try:
            came = bank.bring(self.desk.book, path, self.desk.by, str(given), anew=anew)
        except Unclear as unclear:
            self.asking = ask_columns(self.desk, self, unclear, lambda: self.bring(path))
            self.asking.open()
            return
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return
        first, last = dates.month_of(came.first), dates.month_of(came.last)
        days = f"{came.first.isoformat()}..{came.last.isoformat()}"
        self.period.look_at(Period.parse(first if first == last else days))
        self.fund.choose_quietly(came.fund.id)
        self.states.choose_quietly("")
        self.desk.changed(_TOUCHED)
        self.refresh()
        told = f"Đã đọc {came.new} dòng mới, {came.known} dòng đã có từ {dates.show_day(came.first)} đến {dates.show_day(came.last)}."
        self.banner.say(" ".join((told, *came.gaps[:2])), "warn" if came.gaps else "ok")
        self.lines.view.setFocus()

    def confirm(self, row: Row | None = None) -> None:
        """Enter: confirm what is proposed for a line and go to the next open one; a matched line opens its voucher."""
        row = row or self.lines.current()
        if row is None:
            return
        if row.state == "khớp":
            self.desk.go("vouchers", row.line.papers[0].voucher)
        elif row.match is None and row.new is None:
            self.choose_item(row)
        elif self._tried(lambda: bank.confirm(self.desk.book, [row], self.desk.by)):
            self._next(row)

    def confirm_sure(self) -> None:
        """F8: every sure line of the period in one transaction."""
        sure = [row for row in (self._view.rows if self._view else ()) if row.sure]
        if not sure:
            self.desk.say("Không có dòng nào chắc chắn để khớp.")
            return
        new = sum(row.new is not None for row in sure)
        if self._tried(lambda: bank.confirm(self.desk.book, sure, self.desk.by)):
            self.refresh()
            self.desk.say(f"Đã khớp {len(sure)} dòng" + (f", trong đó lập {new} phiếu mới." if new else "."))

    def choose_item(self, row: Row | None = None) -> None:
        """F4: choose the mục of a line; its voucher is written."""
        row = row or self.lines.current()
        if row is not None and row.open:
            self.asking = ask_item(self.desk, self, str(self.fund.value), row, lambda: self._done(row))
            self.asking.open()

    def choose_vouchers(self, rows: list[Row]) -> Choosing:
        """F6: other vouchers for these lines: several for one, one for several."""
        choosing = Choosing(self.desk, self, str(self.fund.value), rows, lambda: self._done(rows[-1]))
        choosing.open()
        return choosing

    def _choose_vouchers(self) -> None:
        rows = [row for row in self.lines.chosen() if row.open]
        if rows:
            self.choose_vouchers(rows)

    def set_aside(self, row: Row) -> None:
        """*Để riêng*: asks why a line needs no voucher."""
        tells = "Dòng này không có phiếu trong sổ, ví dụ ngân hàng chuyển nhầm rồi hoàn lại. Dòng vẫn tính vào số dư ngân hàng."
        if (reason := self.ask("Để riêng dòng này", tells, "Để riêng", self)) and self._tried(
            lambda: bank.set_aside(self.desk.book, row.line, reason, self.desk.by) or True
        ):
            self._next(row)

    def undo(self, row: Row) -> None:
        """*Bỏ khớp*: the line is open again, its voucher stays."""
        if self._tried(lambda: bank.undo(self.desk.book, row.line, self.desk.by) or True):
            self.refresh()

    def discard(self, rows: list[Row]) -> None:
        """*Bỏ khỏi sao kê*: lines that were read wrong."""
        if self._tried(lambda: bank.discard(self.desk.book, [row.line for row in rows], self.desk.by) or True):
            self.refresh()
            self.desk.say(f"Đã bỏ {len(rows)} dòng. Nhập lại tệp thì các dòng này trở lại.")

    def _map_anew(self) -> None:
        path = files.to_open(self, "Chọn sao kê để chỉ lại các cột", files.LISTS)
        if path is not None:
            self.bring(path, anew=True)

    def _offer_more(self) -> None:
        menu = self.more_menu()
        menu.exec(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
        menu.deleteLater()

    def _done(self, row: Row) -> None:
        self.desk.changed(_TOUCHED)
        self._next(row)

    def _next(self, row: Row) -> None:
        """Go on with the next open line after this one."""
        self.refresh()
        rows = list(self.lines.model.seen())
        at = next((n for n, other in enumerate(rows) if other.line.id == row.line.id), -1)
        following = next((other for other in rows[at + 1 :] + rows[: at + 1] if other.open), None)
        if following is not None:
            self.lines.pick(lambda other: other.line.id == following.line.id)
        self.lines.view.setFocus()

    def _tried(self, act: Callable[[], Any]) -> Any:
        try:
            made = act()
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return None
        self.banner.say("")
        self.desk.changed(_TOUCHED)
        return made

    # showing

    def _fill(self) -> None:
        assert self._view is not None
        wanted = self.states.value
        rows = [
            row for row in self._view.rows
            if not wanted or (wanted == "open" and row.open) or (wanted == "sure" and row.sure) or row.state == wanted
        ]  # fmt: skip
        label = self.period.period.label.lower()
        empty = (
            Empty("Không có dòng nào như đang lọc.", "Xem tất cả", lambda: self.states.choose(""))
            if self._view.rows
            else Empty(f"Chưa có sao kê của {label}. Tải tệp Excel hoặc CSV từ ngân hàng rồi kéo vào đây.", "Nhập sao kê", self.choose_file)
        )
        self.lines.when_empty(empty)
        self.lines.show_rows(rows, same=lambda row: row.line.id)
        matched = any(row.state == "khớp" for row in self._view.rows)
        self.alone.when_empty(Empty("Mọi phiếu của kỳ này đều đã khớp với sao kê." if matched else "Kỳ này tài khoản không có phiếu nào."))
        self.alone.show_rows(self._view.book_alone, same=lambda row: row.id)
        left, sure = sum(row.open for row in self._view.rows), sum(row.sure for row in self._view.rows)
        if not self._view.rows:
            self.cards["left"].say("—", "sao kê kỳ này không có dòng nào" if self._view.through else "chưa nhập sao kê")
        elif left:
            self.cards["left"].say(str(left), f"{sure} dòng chắc chắn" if sure else "cần xem từng dòng", tone="warn")
        else:
            self.cards["left"].say("0", f"đã khớp hết{self._short_of()}", tone="ok")
        self.all.setEnabled(sure > 0)
        self._say_balances(self._view.balances)

    def _short_of(self) -> str:
        """Where statements end before the period does."""
        assert self._view is not None
        through, last = self._view.through, min(self.period.period.last, self.desk.today())
        return f", sao kê mới đến {dates.show_day(through)[:5]}" if through and through < last else ""

    def _say_balances(self, told: Balances | None) -> None:
        if told is None:
            for name in ("bank", "book", "off"):
                self.cards[name].say("—", "sao kê chưa ghi số dư" if self._view and self._view.through else "chưa nhập sao kê")
            return
        day = f"cuối ngày {dates.show_day(told.day)}"
        self.cards["bank"].say(money(told.bank), day)
        self.cards["book"].say(money(told.book), day)
        if not told.difference:
            self.cards["off"].say("0 ₫", "hai bên bằng nhau", tone="ok")
        elif told.unexplained:
            why = f"{format_amount(told.unexplained)} chưa rõ vì đâu: xem số dư trước sao kê đầu tiên"
            self.cards["off"].say(money(told.difference), why, tone="bad")
        else:
            why = f"riêng NH {format_amount(told.bank_alone)}, sổ {format_amount(told.book_alone)}"
            self.cards["off"].say(money(told.difference), why, tone="warn")

    def _turn(self) -> None:
        of_bank = self.side.value == "bank"
        for table, on in ((self.lines, of_bank), (self.alone, not of_bank)):
            table.setVisible(on)
            if on:
                table.add_tool(self.side, self.period, self.fund, *((self.states,) if of_bank else ()))

    def _turn_year(self, year: int) -> None:
        self.period.look_at(Period.of_year(year))
        self.refresh()

    def _make_tables(self) -> None:
        today = self.desk.today()
        month = dates.month_of(today) if today.year == self.desk.year else f"{self.desk.year}-12"
        self.side = Chip("Bên", [("bank", "Phía ngân hàng"), ("book", "Có trong sổ, ngân hàng chưa báo")], "bank")
        self.fund, self.period = Chip("Tài khoản", []), PeriodChip(self.desk.year, month)
        self.states = Chip("Tình trạng", STATES)
        self.side.chosen.connect(lambda _: self._turn())
        self.fund.chosen.connect(lambda _: self.refresh())
        self.states.chosen.connect(lambda _: self._fill() if self._view else None)
        self.period.period_chosen.connect(lambda _: self.refresh())
        one: Callable[[list[Row]], bool] = lambda rows: len(rows) == 1 and rows[0].open  # noqa: E731
        self.lines = Table(
            LINES, name="bank_lines", noun="dòng", settings=self.desk.settings,
            verbs=(
                Verb("Khớp", lambda rows: self.confirm(rows[0]), "Enter", can=one),
                Verb("Chọn mục, lập phiếu…", lambda rows: self.choose_item(rows[0]), "F4", can=one),
                Verb("Chọn phiếu…", self.choose_vouchers, "F6", can=lambda rows: bool(rows) and all(row.open for row in rows)),
                Verb("Để riêng…", lambda rows: self.set_aside(rows[0]), can=one),
                Verb("Mở phiếu", lambda rows: self.desk.go("vouchers", rows[0].line.papers[0].voucher), can=lambda rows: rows[0].state == "khớp"),
                Verb("Bỏ khớp", lambda rows: self.undo(rows[0]), can=lambda rows: len(rows) == 1 and bool(rows[0].line.papers or rows[0].line.aside)),
                Verb("Bỏ khỏi sao kê (đọc sai)", self.discard, can=lambda rows: not any(row.line.papers for row in rows)),
            ),
        )  # fmt: skip
        self.alone = Table(ALONE, name="bank_alone", noun="phiếu", settings=self.desk.settings)
        self.lines.opened.connect(self.confirm)
        self.alone.opened.connect(lambda row: self.desk.go("vouchers", row.id))
        picking = QShortcut(QKeySequence("F4"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        picking.activated.connect(self.choose_item)
        choosing = QShortcut(QKeySequence("F6"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        choosing.activated.connect(self._choose_vouchers)
        self._turn()
        self.column.addWidget(TablePanel(self.lines, self.alone), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A statement may be dropped on the page."""
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
            paths = [path for path in paths if path.suffix.casefold() in _ENDINGS]
            if paths:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.bring(paths[0])
                return True
        return False
