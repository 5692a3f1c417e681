"""*Tổng quan*: what is at hand."""

from __future__ import annotations

from desktop_app.actions import overview
from desktop_app.domain.amounts import money
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.texts import Head


class Overview(Page):
    """The first page."""

    key, title, icon = "overview", "Tổng quan", "view-dashboard-outline"
    reads = frozenset({"voucher", "fund", "person", "union"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.column.addWidget(Head(self.title))
        self.cards = [Card("") for _ in range(4)]
        self.column.addWidget(Cards(*self.cards))
        self.column.addStretch(1)

    def refresh(self) -> None:
        held = overview.balances(self.desk.book)
        for card in self.cards:
            card.setVisible(False)
        for card, (fund, amount) in zip(self.cards, held, strict=False):
            card.setVisible(True)
            card.say(money(amount), fund.name or fund.kind)
