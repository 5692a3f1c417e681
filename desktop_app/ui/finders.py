"""What Ctrl+K finds beside the pages: members by name, card or CCCD, vouchers by number or words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.actions import overview
from desktop_app.domain.amounts import money
from desktop_app.ui.page import Desk, Finder
from desktop_app.ui.widgets.suggestions import Choice

_MOST = 6


def finders(desk: Desk) -> list[Finder]:
    """The finders of a book."""

    def people(text: str) -> Sequence[Choice]:
        return [
            Choice(("members", id_), name, team or card, "account-outline")
            for id_, name, team, card in overview.find_people(desk.book, text, _MOST)
        ]

    def vouchers(text: str) -> Sequence[Choice]:
        return [
            Choice(
                ("vouchers", id_),
                " · ".join(part for part in (number or "Nháp", what) if part),
                money(amount or 0),
                "receipt-text-outline",
            )
            for id_, number, what, amount in overview.find_vouchers(desk.book, text, _MOST)
        ]

    return [people, vouchers]
