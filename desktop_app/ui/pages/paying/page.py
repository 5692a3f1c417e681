"""*KPCĐ và nộp cấp trên*: what is owed up and what the fee's clock says, by month; the transfer of the chosen month."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from desktop_app.actions import paying
from desktop_app.actions.bank_orders import Order
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fee import FeeMonth
from desktop_app.reports.fee_papers import relief_told
from desktop_app.ui import files
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.paying.more import PayingMore
from desktop_app.ui.pages.paying.transfer import TransferPanel
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head

_HINT = "Dòng sao kê đã khớp ở trang Đối chiếu ngân hàng"
_STEPS = {"seen": "ok", "ordered": "info", "unseen": "warn", "booked": "quiet", "other": "quiet"}
_TONES = {"đã đủ": "ok", "chưa đến hạn": "info", "chậm đóng": "warn", "không đóng": "bad",
          "tạm dừng": "quiet"}  # fmt: skip


class Paying(Page):
    """Two tables, one seen at a time, and the transfer panel of the month that is picked in it."""

    key, title, icon, group = "paying", "KPCĐ và nộp cấp trên", "bank-transfer-out", "Tài chính"
    reads = frozenset({"voucher", "fund", "balance", "payroll", "person", "wage", "union", "exemption", "receiver",
                       "bank_line", "bank_statement", "fee_relief"})  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = 0
        self._orders: dict[str, dict[str, Order]] = {"dues": {}, "fee": {}}
        self.more = PayingMore(self)
        desk.year_changed.connect(lambda _: self.refresh())
        self.column.addWidget(
            Head(
                self.title,
                self.more.button,
                KeyButton("Xác nhận tài khoản", glyph="shield-check-outline", clicked=self.ask_account),
                KeyButton("Lệnh chuyển tiền", "F9", glyph="file-pdf-box", clicked=self.print_order),
                KeyButton("Lập phiếu nộp cấp trên", "F3", tone="primary", glyph="plus", clicked=self.draft_payment),
            )
        )
        self.column.addWidget(self.banner)
        choices = [("dues", "Nộp đoàn phí lên cấp trên"), ("fee", "Kinh phí công đoàn 2 %")]
        self.which = Chip("Khoản", choices, "dues")
        self.which.chosen.connect(lambda _: self._turn())
        self.up, self.fees = self._up_table(), self._fee_table()
        for table in (self.up, self.fees):
            table.picked.connect(lambda _: self._offer())
        self.transfer = TransferPanel()
        self.transfer.changed.connect(self._fill)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(TablePanel(self.up, self.fees), 1)
        row.addWidget(self.transfer)
        self.column.addLayout(row, 1)
        self._turn()

    @property
    def month(self) -> str:
        """The month that is picked, "" if none is."""
        row = self._table().current()
        return row.month if row else ""

    def refresh(self) -> None:
        """Read the year again, on another thread."""
        self._asked += 1
        asked, year, today = self._asked, self.desk.year, self.desk.today()

        def work(_: Any) -> tuple[list[paying.PayMonth], list[FeeMonth], dict[str, dict[str, Order]]]:
            book = self.desk.open_book()
            try:
                orders = {key: paying.orders(book, key, year) for key in ("dues", "fee")}
                return paying.months_up(book, year, today), paying.fee_months(book, year, today), orders
            finally:
                book.close()

        def done(found: tuple[list[paying.PayMonth], list[FeeMonth], dict[str, dict[str, Order]]]) -> None:
            if asked == self._asked:
                self.banner.say("")
                self._orders = found[2]
                self._show(*found[:2])

        self.desk.tasks.run(work, done, lambda error: self.banner.say(str(error), "bad"), owner=self)

    def open_at(self, target: Any) -> None:
        """Show a month ("2026-10"), of {"of": "fee", "month": "2026-10"} that of the fee."""
        if isinstance(target, Mapping):
            self.which.choose(str(target.get("of", "dues")))
            target = target.get("month", "")
        self._table().pick(lambda row: row.month == target)

    def print_order(self) -> None:
        """F9: open the transfer order of the month that is picked."""
        made = self._tried(lambda: paying.order(self.desk.book, self.which.value, self.transfer.amount(), self.month))
        if made is None:
            return
        kind = "KPCD" if self.which.value == "fee" else "doan phi"
        path = Path(tempfile.mkdtemp(prefix="so-cong-doan-")) / f"Lenh chuyen tien {kind} {self.month}.pdf"
        try:
            path.write_bytes(paying.order_pdf(made))
        except OSError:
            self.banner.say("Không ghi được tệp tạm để in. Hãy kiểm tra chỗ trống trên ổ đĩa.", "bad")
            return
        files.show(path)

    def draft_payment(self) -> None:
        """F3: the draft of the payment, opened to be checked and posted."""
        own = paying.accounts(self.desk.book)
        fund = own[0].code if own else ""
        if self.which.value != "dues":
            self.banner.say("KPCĐ do doanh nghiệp chuyển. Phiếu chi nộp cấp trên lập ở phần nộp đoàn phí.", "warn")
            return
        made = self._tried(
            lambda: paying.draft_payment(
                self.desk.book, self.transfer.amount(), self.month, fund, self.desk.by, today=self.desk.today()
            )
        )
        if made is not None:
            self.desk.changed({"voucher"})
            self.desk.go("vouchers", made.id)

    def ask_account(self) -> Ask:
        """Who checked which account: it is written on every transfer from then on."""
        key = self.which.value
        kept, known = paying.receiver(self.desk.book, key, self.desk.today())
        form = Form(
            {
                "name": Field("Tên người nhận", LineEdit(longest=200), required=True),
                "bank": Field("Ngân hàng", PickEdit([Choice(name, name) for name in paying.banks()], free=True), required=True),
                "account": Field("Số tài khoản", LineEdit(longest=30), required=True),
            },
            columns=2,
            wide=("name",),
        )
        if kept is not None:
            form.set_values({"name": kept.name, "bank": kept.bank, "account": kept.account})
        else:
            form.set_values({name: known[name] for name in ("name", "bank", "account")})

        def does(values: Mapping[str, Any]) -> None:
            paying.confirm(self.desk.book, key, values, self.desk.by)
            self.desk.changed({"receiver"})
            self.desk.say("Đã xác nhận tài khoản nhận tiền.")

        sentence = (
            f"{known['what']}: đối chiếu từng chữ số với văn bản mới nhất của cấp trên. "
            "Chương trình ghi lại ai xác nhận và ngày nào."
        )
        asked = Ask("Xác nhận tài khoản nhận tiền", sentence, form, does, act="Tôi đã đối chiếu", over=self)
        asked.open()
        return asked

    # showing

    def _step(self, key: str, month: str) -> State | None:
        order = self._orders[key].get(month)
        return State(order.words, _STEPS[order.step]) if order is not None else None

    def _table(self) -> Table:
        return self.fees if self.which.value == "fee" else self.up

    def _turn(self) -> None:
        for table in (self.up, self.fees):
            table.setVisible(table is self._table())
        self._table().add_tool(self.which)
        self._offer()

    def _show(self, months: list[paying.PayMonth], fees: list[FeeMonth]) -> None:
        self.up.show_rows(months, same=lambda row: row.month)
        self.fees.show_rows(fees, same=lambda row: row.month)
        self.fees.show_column("relief", any(fee.relief for fee in fees))
        for table in (self.up, self.fees):
            rows = list(table.model.all())
            if rows and table.current() is None:
                last = rows[-1].month
                table.pick(lambda row, last=last: row.month == last)
        self._offer()

    def _offer(self) -> None:
        """Offer what is still to be paid of the picked month."""
        row, amount = self._table().current(), 0
        if isinstance(row, FeeMonth):
            # Months of one deadline are paid in one transfer: a quarter, where that is registered.
            due_together = [fee for fee in self.fees.model.all() if fee.clock.deadline == row.clock.deadline]
            amount = sum(fee.due for fee in due_together if fee.missing)
        elif row is not None:
            amount = max(0, row.owed)
        self.transfer.offer(amount)

    def _fill(self) -> None:
        """Show receiver, wording and code for the amount in the panel."""
        if not self.month:
            self.transfer.clear("Chọn một tháng trong bảng.")
            return
        try:
            made = paying.order(self.desk.book, self.which.value, self.transfer.amount(), self.month)
        except Refused as refused:
            self.transfer.clear(str(refused) if self.transfer.amount() else "Không còn phải nộp ở tháng này.")
        else:
            self.transfer.show_order(made)

    def _tried(self, act: Any) -> Any:
        if not self.month:
            self.banner.say("Hãy chọn một tháng trong bảng trước.", "warn")
            return None
        try:
            return act()
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return None

    def _up_table(self) -> Table:
        columns = (
            Column("month", "Tháng", lambda row: row.month, "month", width=92),
            Column("before", "Trước chuyển sang", lambda row: row.before or None, "money", width=136),
            Column("due", "Phải nộp", lambda row: row.due or None, "money", width=110, total=True),
            Column("paid", "Đã nộp", lambda row: row.paid or None, "money", width=110, total=True, hint="Các phiếu chi mục 39"),
            Column("owed", "Còn phải nộp", lambda row: row.owed, "money", width=120, stretch=True,
                   tone=lambda row: "warn" if row.owed > 0 else "", bold=lambda row: row.owed > 0),
            Column("bank", "Ngân hàng", lambda row: self._step("dues", row.month), "state", width=136, hint=_HINT),
        )  # fmt: skip
        made = Table(columns, name="paying_up", noun="tháng", find=False, select_many=False)
        made.opened.connect(lambda row: self.desk.go("vouchers", {"period": row.month, "item": "39"}))
        return made

    def _fee_table(self) -> Table:
        def state(row: FeeMonth) -> State:
            text = row.state(self.desk.today())
            return State(text.capitalize(), _TONES[text])

        columns = (
            Column("month", "Tháng", lambda row: row.month, "month", width=82),
            Column("state", "Tình trạng", state, "state", width=124, stretch=True),
            Column("due", "Phải đóng", lambda row: row.due, "money", width=98, total=True, hint="2 % quỹ lương đóng BHXH"),
            Column("expected", "Được về sổ", lambda row: row.expected, "money", width=98, total=True,
                   hint="Phần đơn vị được dùng, hoặc toàn bộ nếu được phân cấp thu"),
            Column("received", "Đã về", lambda row: row.received, "money", width=96, total=True),
            Column("missing", "Còn thiếu", lambda row: row.missing or None, "money", width=98, total=True,
                   tone=lambda _: "warn"),
            Column("bank", "Ngân hàng", lambda row: self._step("fee", row.month), "state", width=118, hint=_HINT, gives_way=1),
            Column("relief", "Được giảm", relief_told, width=112, shown=False),
            Column("deadline", "Hạn đóng", lambda row: row.clock.deadline, "day", width=78, short=True),
        )  # fmt: skip
        made = Table(columns, name="paying_fee", noun="tháng", find=False, select_many=False)
        made.opened.connect(lambda row: self.desk.go("vouchers", {"period": row.month}))
        return made
