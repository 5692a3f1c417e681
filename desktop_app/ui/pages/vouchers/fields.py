"""The fields of a voucher: which kinds show which, with the funds, mục, people and vouchers they offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout

from desktop_app.actions import one_amount, several_amounts
from desktop_app.domain import amounts
from desktop_app.domain import vouchers as rules
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book
from desktop_app.storage.finding import people
from desktop_app.storage.items import items
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.vouchers.lines import Lines
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, MoneyEdit, MonthEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

MOVE = "move"
"""A transfer between funds; its kind on paper follows the fund that pays."""
KINDS = [*rules.KIND_NAMES.items()]
KINDS.insert(5, (MOVE, "Chuyển quỹ"))
TYPED = [pair for pair in KINDS if pair[0] != "KT"]
"""The kinds that are typed; a voucher without money is made by the settlement of an advance, or by setting off."""
_PARTIES = {"PT": "Người nộp", "PC": "Người nhận", "BC": "Người chuyển", "BN": "Đơn vị nhận", "UNC": "Đơn vị nhận"}
_MOST = 12


class VoucherFields(Form):
    """A form of one amount or, while `several`, of a grid of rows; `fit` shows what a kind needs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.several = False
        super().__init__(
            {
                "day": Field("Ngày", DayEdit(desk.today), required=True),
                "fund": Field("Quỹ", PickEdit(), required=True),
                "to_fund": Field("Quỹ nhận", PickEdit(), required=True),
                "adjusts": Field("Điều chỉnh cho phiếu", PickEdit(self._find_vouchers)),
                "party": Field("Người nhận", PickEdit(self._find_people, free=True)),
                "text": Field("Nội dung", LineEdit(longest=300), required=True),
                "item": Field("Mục chi", PickEdit(), required=True),
                "amount": Field("Số tiền", MoneyEdit(large=True), required=True),
                "papers": Field("Chứng từ gốc", LineEdit("số tờ, hoặc tên", longest=100)),
                "address": Field("Địa chỉ", LineEdit(longest=200)),
                "month": Field("Của tháng", MonthEdit()),
            },
            columns=2,
            wide=("to_fund", "adjusts", "party", "text", "item", "amount"),
        )
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        row, column = grid.getItemPosition(grid.indexOf(self.fields["address"]))[:2]
        grid.removeWidget(self.fields["month"])
        grid.addWidget(self.fields["month"], row, column)  # no kind shows both
        self.lines = Lines(self._find_people)
        self.lines.setParent(self)
        self.lines.hide()
        self.lines.edited.connect(self._edited)
        self.lines.left.connect(lambda: self.fields["papers"].editor.setFocus(Qt.FocusReason.TabFocusReason))

    def fit(self, kind: str, voucher: Voucher | None) -> None:
        """Show the fields of this kind, with the funds and mục that suit it; `voucher` is the one looked at."""
        fields = self.fields
        posted = voucher is not None and voucher.posted
        whole = voucher is not None and shape_of(voucher) is None
        move, one = kind == MOVE, not whole and not self.several
        shown = {
            "to_fund": move, "adjusts": kind == "ĐC", "item": not move and one, "fund": not whole,
            "amount": one, "party": not move, "address": kind in ("PT", "PC"),
            "month": kind in ("BC", "BN", "UNC", "ĐC"),
        }  # fmt: skip
        for name, on in shown.items():
            fields[name].setVisible(on)
        fields["fund"].name("Quỹ chuyển đi" if move else "Quỹ")
        self.lines.setVisible(self.several and not whole)
        fields["party"].name(_PARTIES.get(kind, "Đối tượng"))
        side = rules.side_of(kind)
        fields["item"].name({"in": "Mục thu", "out": "Mục chi"}.get(side, "Mục"))
        every = self.funds()
        fields["fund"].editor.offer(choices(every if posted else self._fitting(kind)))
        fields["to_fund"].editor.offer(choices(every))
        day = fields["day"].editor.value()
        known = items(self._desk.book, day if isinstance(day, date) else self._desk.today())
        offered = [Choice(item.code, f"{item.code} — {item.short or item.name}") for item in known.posted(side or None)]
        offered.append(Choice(one_amount.NO_ITEM, "Không có mục: tạm ứng, phải thu, phải trả"))
        fields["item"].editor.offer(offered)
        self.lines.offer(offered)

    def show_several(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show the grid with these rows instead of one mục and one amount."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        if not self.several:
            grid.addWidget(self.lines, grid.getItemPosition(grid.indexOf(self.fields["item"]))[0], 0, 1, 2)
        self.several = True
        self.lines.show_rows(rows)

    def show_one(self) -> None:
        """Show one mục and one amount."""
        self.layout().removeWidget(self.lines)  # two in one row, one hidden, leave no gap above it
        self.several = False
        self.lines.show_rows(())

    def _next(self, editor: QObject) -> None:
        if self.several and editor is self.fields["text"].editor:
            self.lines.grid.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super()._next(editor)

    def fill_only_fund(self, kind: str) -> None:
        """Where only one fund fits and none is chosen, it is that one."""
        fitting = [fund for fund in self._fitting(kind) if fund.kind != "Bù trừ"]
        editor = self.fields["fund"].editor
        if len(fitting) == 1 and editor.choice() is None:
            editor.set_value(fitting[0].id)

    def shown(self) -> list[str]:
        """The names of the fields that are shown now."""
        return [name for name, field in self.fields.items() if not field.isHidden()]

    def unknown_picks(self) -> list[str]:
        """The names of the fields in which something stands that is not in their list."""
        picks = (name for name in ("fund", "to_fund", "adjusts", "item") if name in self.shown())
        editors = {name: self.fields[name].editor for name in picks}
        return [name for name, editor in editors.items() if editor.text().strip() and editor.choice() is None]

    def funds(self) -> list[Fund]:
        """Every fund of the book."""
        return list(self._desk.book.all(Fund))

    def lines_of(self, voucher: Voucher) -> str:
        """The lines of a voucher in words, for one that has more than this form can change."""
        names = {fund.id: fund.name or fund.code for fund in self.funds()}
        told = []
        for line in voucher.lines:
            parts = [line.item or line.party or "Chuyển quỹ", names.get(line.fund, "")]
            parts += [f"thu {amounts.format_amount(line.amount_in)}"] if line.amount_in else []
            parts += [f"chi {amounts.format_amount(line.amount_out)}"] if line.amount_out else []
            told.append(" · ".join(part for part in parts if part))
        return "\n".join(told)

    def _fitting(self, kind: str) -> list[Fund]:
        funds = self.funds()
        return [fund for fund in funds if fund.kind in (rules.FITTING.get(kind), "Bù trừ")] or funds

    def _find_people(self, text: str) -> list[Choice]:
        return found_people(self._desk.book, text)

    def _find_vouchers(self, text: str) -> list[Choice]:
        day = self.fields["day"].editor.value()
        until = day if isinstance(day, date) else self._desk.today()
        found = ledger.numbered_like(self._desk.book, text, until, _MOST)
        return [Choice(voucher.id, voucher.number, voucher.text) for voucher in found]


def shape_of(voucher: Voucher) -> dict[str, Any] | None:
    """What the form shows of a voucher, with "rows" if it is of several; None if it has other lines than that."""
    return one_amount.given_of(voucher) or several_amounts.given_of(voucher)


def found_people(book: Book, text: str) -> list[Choice]:
    """People whose names match what is typed, each by name with the team behind it."""
    return [Choice(name, name, team) for _, name, team, _ in people(book, text, _MOST)]


def choices(funds: Sequence[Fund]) -> list[Choice]:
    return [Choice(fund.id, fund.name or fund.code, fund.code if fund.name else "") for fund in funds]
