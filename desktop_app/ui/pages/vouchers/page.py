"""*Chứng từ thu – chi*: the vouchers of a month at the left, the one being written at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu

from desktop_app.actions import periods, vouchers
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import closings, unfinished
from desktop_app.storage.items import items
from desktop_app.storage.voucher_rows import Asked, VoucherRow, last_month
from desktop_app.ui.history import offer_history, open_history
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.importing.bring_in import bring_in
from desktop_app.ui.pages.vouchers.batch import VoucherBatch
from desktop_app.ui.pages.vouchers.cards import VoucherCards
from desktop_app.ui.pages.vouchers.fields import TYPED, shape_of
from desktop_app.ui.pages.vouchers.form import FORM, VoucherForm
from desktop_app.ui.pages.vouchers.invoice_drop import InvoiceDrop
from desktop_app.ui.pages.vouchers.list import COLUMNS
from desktop_app.ui.pages.vouchers.listing import VoucherListing
from desktop_app.ui.pages.vouchers.printing import PaperPrinter
from desktop_app.ui.widgets.ask import ask_reason
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head, StatePill

UNDO = "Hoàn tác ghi sổ"


class Vouchers(Page):
    """List and form side by side."""

    key, title, icon, group = "vouchers", "Chứng từ thu – chi", "receipt-text-outline", "Tài chính"
    reads = frozenset({"voucher", "fund", "closing", "cash_count", "budget", "numbering"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._undo: list[str] = []
        self._filling, self._seen, self._year = False, "", 0
        self.printer = PaperPrinter(desk, self, lambda sentence: self.banner.say(sentence, "bad"))
        self.ask: Callable[..., str] = ask_reason
        self.listing = VoucherListing(desk)
        self.listing.filled.connect(self._filled)
        self.form = VoucherForm(desk)
        self.form.posted.connect(self._posted)
        self.form.saved.connect(self._saved)
        self.form.kept.connect(self._fill)
        self.form.opened.connect(self._mark)
        self.form.wanted.connect(lambda verb: {"print": self.print_, "correct": self.correct, "cancel": self.cancel,
                                               "discard": self.discard}[verb]())  # fmt: skip
        self.form.paper_wanted.connect(self.printer.paper)
        self.invoices = InvoiceDrop(self)
        self.batch = VoucherBatch(self, self.form, self.printer, lambda: (self._period(), self.listing))
        self.lock = StatePill("Đã khóa sổ", "warn")
        self.locking = KeyButton("Khóa sổ", glyph="lock-outline", clicked=self.close_month)
        self.others = KeyButton("Loại khác", glyph="chevron-down", clicked=self._offer_kinds)
        self.column.addWidget(
            Head(
                self.title,
                self.lock,
                self.locking,
                self.batch.printing,
                self.batch.recalling,
                self.others,
                KeyButton("Phiếu thu", "F2", clicked=lambda: self.form.start("PT")),
                KeyButton("Phiếu chi", "F3", tone="primary", clicked=lambda: self.form.start("PC")),
            )
        )
        self.column.addWidget(self.banner)
        self.cards = VoucherCards()
        self.column.addWidget(self.cards)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._table_panel(), 1)
        row.addWidget(self.form)
        self.column.addLayout(row, 1)
        for keys, does in (("Ctrl+D", self.form.duplicate), ("Ctrl+Z", self.undo), ("Esc", self._back),
                           ("Shift+F5", lambda: self.batch.post(self.table.chosen())),
                           ("Shift+F6", lambda: self.batch.repeat(self.table.chosen()))):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)
        self._go_on()

    def refresh(self) -> None:
        book, year = self.desk.book, self.desk.year
        if year != self._year:
            self._year = year
            month = last_month(book, year) or f"{year}-{self.desk.today().month:02}"
            self._offer_periods(month)
        funds = list(book.all(Fund))
        self.fund.offer([("", "Tất cả quỹ"), *((fund.id, fund.name or fund.code) for fund in funds)])
        self._offer_items(self.item.value)
        self.banner.say(
            *(("", "info") if funds else (
                "Sổ chưa có quỹ tiền mặt hay tài khoản nào. Hãy thêm quỹ ở Thiết lập, hoặc nhập từ tệp Excel.", "warn",
                "Mở Thiết lập", lambda: self.desk.go("setup"),
            ))
        )  # fmt: skip
        self._fill()

    def open_at(self, target: Any) -> None:
        """Show a voucher by its id, a month ("2026-10"), the list by {"period", "fund", "item" or "items"}, or a new
        form by {"new": its kind, and what stands in it}."""
        if isinstance(target, str) and len(target) == len("2026-10"):
            target = {"period": target}
        if isinstance(target, Mapping) and "new" in target:
            self.form.start(str(target["new"]), {name: value for name, value in target.items() if name != "new"})
            return
        if isinstance(target, Mapping):
            if "period" in target:
                year = dates.Period.parse(target["period"]).last.year
                if year != self.desk.year:
                    self.desk.look_at_year(year)
                    self.refresh()
                self._offer_periods(target["period"])
            codes = tuple(target.get("items") or ())
            self._offer_items(codes or target.get("item", ""))
            self.fund.choose_quietly(target.get("fund", ""))
            self._fill()
            return
        voucher = self.desk.book.get(Voucher, str(target))
        if voucher is None:
            self.desk.say("Không tìm thấy phiếu này. Có thể phiếu nháp đã bị bỏ.")
            return
        if not self.listing.pick(voucher.id):
            if voucher.day and voucher.day.year != self.desk.year:
                self.desk.look_at_year(voucher.day.year)
                self.refresh()
            if voucher.day:
                self.month.choose_quietly(dates.month_of(voucher.day))
            self.fund.choose_quietly("")
            self.item.choose_quietly("")
            self._fill()
            self.listing.pick(voucher.id)
        self._picked(self.listing.row_of(voucher.id))

    def keep(self) -> None:
        self.form.keep()

    def kinds_menu(self) -> QMenu:
        """The kinds of voucher that have no key of their own."""
        menu = QMenu(self)
        for kind, name in TYPED:
            if kind not in ("PT", "PC"):
                menu.addAction(name).triggered.connect(lambda _=False, kind=kind: self.form.start(kind))
        menu.addAction("Tạm ứng, bù trừ…").triggered.connect(lambda *_: self.desk.go("advances"))
        menu.addAction("Từ hóa đơn điện tử…").triggered.connect(self.invoices.ask)
        menu.addAction("Từ sổ quỹ cũ (Excel)…").triggered.connect(lambda *_: bring_in(self, "cash"))
        return menu

    def _offer_kinds(self) -> None:
        menu = self.kinds_menu()
        menu.exec(self.others.mapToGlobal(QPoint(0, self.others.height() + 2)))
        menu.deleteLater()

    # the verbs

    def undo(self) -> None:
        """Ctrl+Z: cancel the last posting of this sitting; its number stays, its content comes back as a new form."""
        if not self._undo:
            self.desk.say("Không có phiếu vừa ghi sổ nào để hoàn tác.")
            return
        voucher = self.desk.book.get(Voucher, self._undo[-1])
        assert voucher is not None
        if self._tried(lambda: vouchers.cancel(self.desk.book, voucher.id, UNDO, self.desk.by)):
            self._undo.pop()
            self.listing.pick(voucher.id)
            self.form.show_voucher(voucher, "đã ghi sổ")
            content = self.form.content()
            self.desk.changed({"voucher"})
            self.form.start(voucher.kind, content)
            self.desk.say(f"Đã hủy {voucher.number}, số được giữ lại. Nội dung còn trong phiếu mới bên phải.")

    def correct(self) -> None:
        """*Sửa phiếu*: reversal and pre-filled draft in one step, the draft open for the right figures."""
        voucher = self._shown()
        if voucher is None or not voucher.posted:
            return
        if shape_of(voucher) is None:
            self.banner.say(f"{voucher.number} có các dòng không sửa ở đây được. Hãy hủy phiếu rồi lập lại.", "warn")
            return
        tells = (
            f"{voucher.number} được đảo bằng một phiếu điều chỉnh, và nội dung được chép sang phiếu nháp mới để sửa."
        )
        if reason := self.ask("Sửa phiếu", tells, "Sửa phiếu", self):
            made = self._tried(lambda: vouchers.correct(self.desk.book, voucher.id, reason, self.desk.by))
            if made:
                self.desk.changed({"voucher"})
                self._go_to(made[1])
                self.form.begin_amount()
                self.desk.say(f"Đã đảo {voucher.number} bằng {made[0].number}. Hãy sửa phiếu nháp rồi ghi sổ.")

    def cancel(self) -> None:
        """*Hủy phiếu*: asks why; the number is kept, marked ĐÃ HỦY."""
        voucher = self._shown()
        if voucher is None or not voucher.posted:
            return
        tells = f"{voucher.number} không còn tính vào sổ; số phiếu được giữ, đánh dấu ĐÃ HỦY."
        if reason := self.ask("Hủy phiếu", tells, "Hủy phiếu", self):
            gone = self._tried(lambda: vouchers.cancel(self.desk.book, voucher.id, reason, self.desk.by))
            if gone:
                self._undo = [id_ for id_ in self._undo if id_ != voucher.id]
                self.desk.changed({"voucher"})
                self._go_to(gone)
                self.desk.say(f"Đã hủy {voucher.number}.")

    def discard(self) -> None:
        """Put away what is not posted: the typed form, and the draft if it is one already."""
        id_, kind, voucher, content = self.form.id, self.form.kind, self.form.voucher, self.form.content()
        self.form.forget_typed()
        if voucher is not None:
            self._tried(lambda: vouchers.discard(self.desk.book, id_, self.desk.by) or True)
        self.form.forget()
        self.desk.changed({"voucher"})
        self.desk.say("Đã bỏ phiếu chưa ghi sổ.", "Lấy lại", lambda: self.form.start(kind, content))

    def print_(self, rows: Sequence[VoucherRow] = ()) -> None:
        """F9: the papers of the rows, or of the voucher shown, as one PDF in the system's viewer."""
        self.form.keep()
        self.printer.vouchers([row.id for row in rows] or [self.form.id])

    def close_month(self) -> None:
        """Close the shown month, or open it again with a reason."""
        month, book, by = str(self.month.value), self.desk.book, self.desk.by
        shown = dates.show_month(month)
        if closings.is_closed(book, month):
            tells = f"Kỳ {shown} đang khóa sổ. Mở lại thì ghi, hủy, đảo được phiếu của kỳ này."
            reason = self.ask("Mở lại kỳ", tells, "Mở lại kỳ", self)
            if reason and self._tried(lambda: periods.reopen(book, month, reason, by)):
                self.desk.say(f"Đã mở lại kỳ {shown}.")
        else:
            notice = periods.before_closing(book, month)
            if notice and not self.banner.text().startswith(notice):
                self.banner.say(f"{notice} Bấm Khóa sổ lần nữa để khóa.", "warn")
                return
            if self._tried(lambda: periods.close(book, month, by)):
                self.desk.say(f"Đã khóa sổ kỳ {shown}.")
        self.desk.changed({"closing"})

    # the parts

    def _table_panel(self) -> Any:
        self.month, self.item, self.fund = Chip("Kỳ", []), Chip("Mục", []), Chip("Quỹ", [])
        for chip in (self.month, self.item, self.fund):
            chip.chosen.connect(lambda _: self._fill())
        one = lambda rows: len(rows) == 1  # noqa: E731
        posted: Callable[[list[VoucherRow]], bool] = lambda rows: one(rows) and rows[0].state == "đã ghi sổ"  # noqa: E731
        self.table = Table(
            COLUMNS,
            name="vouchers",
            noun="chứng từ",
            settings=self.desk.settings,
            empty=Empty("Kỳ này chưa có chứng từ nào. Hãy lập phiếu đầu tiên.", "Lập phiếu thu", lambda: self.form.start("PT")),
            verbs=(
                Verb("Sửa phiếu", lambda _: self.correct(), "Ctrl+E", can=posted),
                Verb("Lập phiếu giống thế này", lambda _: self.form.duplicate(), "Ctrl+D", can=one),
                Verb("Hủy phiếu…", lambda _: self.cancel(), can=posted),
                Verb("In phiếu", self.print_, "F9"),
                *self.batch.verbs(),
                Verb("Lịch sử khóa sổ của kỳ", lambda _: open_history(self.desk, self, "closing", str(self.month.value))),
            ),
            model=self.listing.model,
        )
        self.listing.table = self.table
        self.listing.summed.connect(lambda sums: self.cards.show_period(self.desk.book, self._period(), sums))
        self.table.add_tool(self.month, self.item, self.fund)
        self.cards.fund_clicked.connect(self.fund.choose)
        self.cards.side_clicked.connect(self.item.choose)
        self.table.picked.connect(self._picked)
        offer_history(self.table, self.desk, lambda row: ("voucher", row.id))
        self.table.opened.connect(lambda _: self.form.form.fields["party"].editor.setFocus())
        return TablePanel(self.table)

    def _fill(self) -> None:
        """Read the list and the cards of the shown period."""
        period = self._period()
        item = self.item.value or ()
        side = item if item in ("in", "out") else ""
        codes = () if side else item if isinstance(item, tuple) else (item,)
        self.listing.ask(Asked(period.first, period.last, codes, side, self.fund.value or ""))
        if not self.listing.model.whole:
            self._seen = period.key  # the latest are shown already, the others come above them
        monthly = "-" in period.key
        closed = monthly and closings.is_closed(self.desk.book, period.key)
        self.lock.setVisible(closed)
        self.locking.setVisible(monthly)
        self.locking.setText("Mở lại kỳ" if closed else "Khóa sổ")

    def _filled(self) -> None:
        """The list was read: now, or later by another thread."""
        key = self._period().key
        if key != self._seen:  # the latest are looked for first
            self._seen = key
            self.table.view.scrollToBottom()
        self._mark()
        self.table.show_column("sent", self.listing.shows_sent())

    def _offer_periods(self, shown: str) -> None:
        """The months of the year, and the period shown if it is another."""
        year = self._year
        choices = [(str(year), f"Cả năm {year}")]
        choices += [(f"{year}-{month:02}", f"Tháng {month:02}/{year}") for month in range(1, 13)]
        if shown not in dict(choices):
            choices.append((shown, dates.Period.parse(shown).label))
        self.month.offer(choices, shown)

    def _offer_items(self, shown: Any) -> None:
        """The mục in force, and several at once (a tuple of codes) if these are shown."""
        known = items(self.desk.book, self._period().last)
        choices: list[tuple[Any, str]] = [
            ("", "Tất cả các mục"), ("in", "Chỉ khoản thu"), ("out", "Chỉ khoản chi"),
        ]  # fmt: skip
        choices += [(item.code, f"{item.code} — {item.short or item.name}") for item in known.posted()]
        if shown and shown not in dict(choices):
            codes = shown if isinstance(shown, tuple) else (shown,)
            choices.append((shown, f"Mục {', '.join(codes)}"))
        self.item.offer(choices, shown or "")

    def _period(self) -> dates.Period:
        return dates.Period.parse(str(self.month.value or self.desk.year))

    def _picked(self, row: VoucherRow | None) -> None:
        if self._filling or self.listing.changing or row is None or row.id == self.form.id:
            return
        content = unfinished.kept(self.desk.book, FORM).get(row.id)
        voucher = self.desk.book.get(Voucher, row.id)
        if content is not None and not (voucher and voucher.posted):
            self.form.show_unfinished(row.id, content, voucher)
        elif voucher is not None:
            self.form.show_voucher(voucher, row.state)

    def _mark(self) -> None:
        """The row of what the form shows is the current one."""
        self._filling = True
        if not self.listing.pick(self.form.id):
            self.listing.leave()
        self._filling = False

    def _go_on(self) -> None:
        """After a power cut: the form that was being typed is open again."""
        for id_, content in reversed(unfinished.kept(self.desk.book, FORM).items()):
            voucher = self.desk.book.get(Voucher, id_)
            if voucher is not None and voucher.posted:
                with suppress(Trouble):
                    unfinished.forget(self.desk.book, FORM, id_)
                continue
            self.form.show_unfinished(id_, content, voucher)
            return

    def _go_to(self, voucher: Voucher) -> None:
        self.form.forget()
        self.open_at(voucher.id)

    def _posted(self, voucher: Voucher) -> None:
        self._undo.append(voucher.id)
        self.desk.changed({"voucher"})
        self._go_to(voucher)
        self.table.view.setFocus()
        self.desk.say(f"Đã ghi sổ {voucher.number}.", "Hoàn tác", self.undo)

    def _saved(self, id_: str) -> None:
        self.desk.changed({"voucher"})
        self.form.forget()
        self.open_at(id_)
        self.desk.say("Đã lưu.")

    def _shown(self) -> Voucher | None:
        return self.desk.book.get(Voucher, self.form.id) if self.form.id else None

    def _back(self) -> None:
        self.form.keep()
        self.table.view.setFocus()

    def _tried(self, act: Callable[[], Any]) -> Any:
        """What the action answers, or None after its refusal was said."""
        try:
            return act()
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return None
