"""*Tạm ứng, bù trừ*: who still holds the union's money and since when; one key settles; what is set off is booked gross."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.actions import advances
from desktop_app.actions.one_amount import NO_ITEM
from desktop_app.actions.open_advances import LONG_DAYS, open_advances
from desktop_app.domain.advances import Advance
from desktop_app.domain.amounts import money
from desktop_app.domain.records import Voucher
from desktop_app.storage import overview
from desktop_app.storage.items import items
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.vouchers.fields import choices
from desktop_app.ui.pages.vouchers.printing import PaperPrinter
from desktop_app.ui.pages.vouchers.settling import Settling
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, MoneyEdit
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head


class Advances(Page):
    """The open advances, the oldest first."""

    key, title, icon, group = "advances", "Tạm ứng, bù trừ", "account-cash-outline", "Tài chính"
    reads = frozenset({"voucher", "balance", "fund"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.printer = PaperPrinter(desk, self, lambda sentence: self.banner.say(sentence, "bad"))
        self.asking: Settling | Ask | None = None
        self.column.addWidget(
            Head(
                self.title,
                KeyButton("Giấy đề nghị", "F9", glyph="file-pdf-box", clicked=self.print_request),
                KeyButton("Bù trừ…", "F4", clicked=self.set_off),
                KeyButton("Tạm ứng", "F3", clicked=self.give),
                KeyButton("Thanh toán", "F2", tone="primary", clicked=self.settle),
            )
        )
        self.column.addWidget(self.banner)
        self.cards = {"open": Card("Đang tạm ứng"), "people": Card("Số người"), "long": Card(f"Quá {LONG_DAYS} ngày")}
        self.column.addWidget(Cards(*self.cards.values()))
        today = desk.today
        late = lambda one: "warn" if one.age(today()) > LONG_DAYS else ""  # noqa: E731
        self.table = Table(
            (
                Column("party", "Người tạm ứng", lambda one: one.party, "name", width=190),
                Column("number", "Số phiếu", lambda one: one.number or "—", width=100),
                Column("day", "Ngày", lambda one: one.day, "day", width=104),
                Column("text", "Nội dung", lambda one: one.text, width=240, stretch=True),
                Column("given", "Tạm ứng", lambda one: one.given, "money", width=120, total=True),
                Column("open", "Còn lại", lambda one: one.open, "money", width=120, total=True),
                Column("age", "Số ngày", lambda one: one.age(today()) if one.day else None, "whole", width=90, tone=late),
            ),
            name="advances", noun="khoản tạm ứng", settings=desk.settings, select_many=False,
            empty=Empty("Không còn khoản tạm ứng nào chưa thanh toán.", "Lập phiếu tạm ứng", self.give),
            verbs=(
                Verb("Thanh toán…", lambda _: self.settle(), "F2"),
                Verb("Mở phiếu tạm ứng", lambda rows: self.open_voucher(rows[0]), can=lambda rows: bool(rows[0].number)),
                Verb("In giấy đề nghị tạm ứng", lambda _: self.print_request(), "F9"),
            ),
        )  # fmt: skip
        self.table.opened.connect(lambda _: self.settle())
        self.column.addWidget(TablePanel(self.table), 1)

    def refresh(self) -> None:
        """Read the open advances again."""
        today = self.desk.today()
        found = open_advances(self.desk.book, today)
        self.table.show_rows(found, same=lambda one: one.id)
        late = [one for one in found if one.age(today) > LONG_DAYS]
        self.cards["open"].say(money(sum(one.open for one in found)), f"{len(found)} khoản")
        self.cards["people"].say(str(len({" ".join(one.party.split()).casefold() for one in found})), "còn giữ tiền tạm ứng")
        self.cards["long"].say(money(sum(one.open for one in late)), f"{len(late)} khoản", tone="warn" if late else "ok")

    def open_at(self, target: Any) -> None:
        """Stand on the advance of a voucher (its id)."""
        self.table.pick(lambda one: one.id == target)

    def give(self) -> None:
        """F3: a payment voucher without mục, to be filled in on *Chứng từ*."""
        self.desk.go("vouchers", {"new": "PC", "item": NO_ITEM, "text": "Tạm ứng "})

    def settle(self) -> Settling | None:
        """F2: what was spent of the chosen advance, and what comes back or is paid on top."""
        chosen: Advance | None = self.table.current() or next(iter(self.table.model.all()), None)
        if chosen is None:
            self.desk.say("Không còn khoản tạm ứng nào chưa thanh toán.")
            return None
        self.asking = asked = Settling(self.desk, chosen, self.window())
        asked.done.connect(self._settled)
        asked.open()
        return asked

    def set_off(self) -> Ask:
        """F4: income and spending set off, both booked in full."""
        day = self.desk.today()
        known = items(self.desk.book, day)
        offered = {
            side: [Choice(item.code, f"{item.code} — {item.short or item.name}") for item in known.posted(side)]
            for side in ("in", "out")
        }
        funds = overview.funds(self.desk.book)
        form = Form(
            {
                "day": Field("Ngày", DayEdit(self.desk.today), required=True),
                "fund": Field("Quỹ nhận, chi phần chênh lệch", PickEdit(choices(funds))),
                "item_in": Field("Khoản được nhận: mục thu", PickEdit(offered["in"]), required=True),
                "amount_in": Field("Số tiền được nhận", MoneyEdit(in_words=False), required=True),
                "item_out": Field("Khoản phải nộp: mục chi", PickEdit(offered["out"]), required=True),
                "amount_out": Field("Số tiền phải nộp", MoneyEdit(in_words=False), required=True),
                "party": Field("Đơn vị", LineEdit(longest=200)),
                "text": Field("Nội dung", LineEdit(longest=300), required=True),
            },
            columns=2, wide=("party", "text"),
        )  # fmt: skip
        bank = next((fund.id for fund in funds if fund.kind == "Tiền gửi"), funds[0].id if funds else "")
        form.set_values({"day": day, "fund": bank, "item_in": "28.01", "item_out": "39"})

        def does(values: Mapping[str, Any]) -> None:
            made = advances.net(self.desk.book, values, self.desk.by)
            self.desk.changed({"voucher", "fund"})
            self.desk.say(f"Đã ghi sổ {made.number}.", "Mở phiếu", lambda: self.desk.go("vouchers", made.id))

        tells = "Cấp trên trừ khoản phải nộp rồi mới chuyển phần còn lại: hai khoản đều vào sổ đủ số, quỹ chỉ nhận phần chênh lệch."
        self.asking = asked = Ask("Bù trừ", tells, form, does, act="Ghi sổ", over=self.window())
        asked.setMinimumWidth(560)
        asked.open()
        return asked

    def open_voucher(self, advance: Advance) -> None:
        self.desk.go("vouchers", advance.id)

    def print_request(self) -> None:
        """F9: giấy đề nghị tạm ứng of the chosen advance."""
        chosen = self.table.current()
        if chosen is None or not chosen.number:
            self.desk.say("Hãy chọn một khoản tạm ứng có phiếu.")
            return
        self.printer.paper("C42-HD", chosen.id)

    def _settled(self, made: list[Voucher]) -> None:
        numbers = ", ".join(voucher.number for voucher in made)
        self.desk.changed({"voucher", "fund"})
        settlement = next((voucher for voucher in made if voucher.kind == "KT"), None)
        prints = (lambda: self.printer.paper("C43-BB", settlement.id)) if settlement else None
        self.desk.say(f"Đã ghi sổ {numbers}.", "In giấy thanh toán" if prints else "", prints)
