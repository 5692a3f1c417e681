"""The cards over the list of vouchers: what each fund holds, income and spending of the period."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.domain import amounts, dates
from desktop_app.domain.records import Fund
from desktop_app.storage import ledger
from desktop_app.storage.book import Book
from desktop_app.storage.voucher_rows import Sums
from desktop_app.ui.widgets.cards import Card, Cards

_FUNDS = 3


class VoucherCards(Cards):
    """Shows the first funds of the book; a click asks for the vouchers behind the figure."""

    fund_clicked = Signal(str)  # id of the fund
    side_clicked = Signal(str)  # "in" or "out"

    def __init__(self) -> None:
        self.funds = [Card("") for _ in range(_FUNDS)]
        self.income, self.spending = Card("Thu"), Card("Chi")
        super().__init__(*self.funds, self.income, self.spending)
        self._ids: list[str] = []
        for place, card in enumerate(self.funds):
            card.clicked.connect(lambda _=False, place=place: self.fund_clicked.emit(self._ids[place]))
        self.income.clicked.connect(lambda: self.side_clicked.emit("in"))
        self.spending.clicked.connect(lambda: self.side_clicked.emit("out"))

    def show_period(self, book: Book, period: dates.Period, sums: Sums) -> None:
        """Fill the cards; `sums` are of all vouchers of the period."""
        held = ledger.balances(book, period.last)
        counts = {count.fund: count for count in ledger.cash_counts(book, period.first, period.last)}
        funds = [fund for fund in book.all(Fund) if fund.kind != "Bù trừ"][:_FUNDS]
        self._ids = [fund.id for fund in funds]
        for card in self.funds:
            card.setVisible(False)
        for card, fund in zip(self.funds, funds, strict=False):
            hint, tone = f"đến {dates.show_day(period.last)}", ""
            count = counts.get(fund.id)
            if count is not None and count.day is not None:
                short = sum(n.value * n.count for n in count.notes) - ledger.balances(book, count.day)[fund.id]
                word = "đủ" if not short else f"{'thừa' if short > 0 else 'thiếu'} {amounts.format_amount(abs(short))}"
                hint, tone = f"Kiểm quỹ {dates.show_day(count.day)[:5]}: {word}", "warn" if short else "ok"
            card.rename(fund.name or fund.code)
            card.say(amounts.money(held[fund.id]), hint, tone=tone if held[fund.id] >= 0 else "bad")
            card.setVisible(True)
        label = period.label[0].lower() + period.label[1:]
        for card, word, amount, count in (
            (self.income, "Thu", sums.taken, sums.taking), (self.spending, "Chi", sums.paid, sums.paying),
        ):  # fmt: skip
            card.rename(f"{word} {label}")
            card.say(amounts.money(amount), "Đang đếm…" if amount and not count else f"{amounts.format_amount(count)} chứng từ")
