"""Bàn giao: a union that merges, splits or ends hands all its money over under mã 42; the other one takes it under 40.

HD 47/HD-TLĐ; CV 4181/TLĐ-TC for unions ended in 2025. What is still owed is settled first: only money is handed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.actions import vouchers
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Voucher
from desktop_app.domain.settlement import positions
from desktop_app.reports.forms import form
from desktop_app.storage import books, closings, ledger
from desktop_app.storage.book import Book, new_id

_KINDS = {"Tiền mặt": "PC", "Tiền gửi": "UNC"}


@dataclass(frozen=True)
class Ready:
    """What would be handed over on a day: money by fund (đồng), and sentences on what must be done first."""

    day: date
    held: tuple[tuple[Fund, int], ...]
    first: tuple[str, ...]

    @property
    def total(self) -> int:
        """All money, đồng."""
        return sum(amount for _, amount in self.held)


def look(book: Book, day: date) -> Ready:
    """How the union stands for handing over on a day."""
    balances = ledger.balances(book, day)
    funds = [fund for fund in book.all(Fund) if fund.kind in _KINDS]
    held = tuple((fund, balances.get(fund.id, 0)) for fund in funds if balances.get(fund.id, 0))
    first = [
        f"Quỹ {fund.code} đang âm {format_amount(-amount)}. Hãy soát lại các phiếu của quỹ."
        for fund, amount in held
        if amount < 0
    ]
    owing = positions(books.opening(book, day).balances, books.party_moves(book, day)).by_party
    for party, amount in owing.items():
        said = "còn giữ tạm ứng, còn nợ" if amount > 0 else "còn được giữ hộ"
        first.append(f"{party} {said} {format_amount(abs(amount))} đồng. Hãy thanh toán trước khi bàn giao.")
    year = dates.Period.of_year(day.year)
    if drafts := books.drafts(book, date.min, year.last):
        first.append(f"Còn {drafts} phiếu nháp. Hãy ghi sổ hoặc xóa nháp trước khi bàn giao.")
    later = [month for month in closings.months_with_vouchers(book, "9999") if month > dates.month_of(day)]
    if later:
        first.append(f"Đã có phiếu của tháng {dates.show_month(later[0])}. Hãy chọn ngày bàn giao sau các phiếu đó.")
    return Ready(day, held, tuple(first))


def hand_over(book: Book, given: Mapping[str, Any], by: str) -> list[Voucher]:
    """Pay out every fund to the union that takes over, a voucher a fund, in one transaction; answers the vouchers.

    `given`: day, receiver (its name), document (the decision's number and day). Raises `Refused` while anything is
    to be done first, or if there is nothing to hand over.
    """
    day, receiver = given.get("day"), str(given.get("receiver") or "").strip()
    document = str(given.get("document") or "").strip()
    problems = []
    if not isinstance(day, date):
        problems.append(Problem("day", "Hãy nhập ngày bàn giao."))
    if not receiver:
        problems.append(Problem("receiver", "Hãy nhập tên đơn vị nhận bàn giao."))
    if not document:
        problems.append(Problem("document", "Hãy nhập số, ngày của quyết định sáp nhập, chia tách hoặc giải thể."))
    if problems:
        raise Refused(problems)
    assert isinstance(day, date)
    with book.transact("handover.pay", by) as transaction:
        ready = look(book, day)
        if ready.first:
            raise Refused([Problem("day", sentence) for sentence in ready.first])
        if not ready.held:
            raise Refused([Problem("day", "Không còn tiền trong quỹ nào để bàn giao.")])
        item = form("B07", day, book).owed["handed_over"]
        text = f"Bàn giao tài chính công đoàn cho {receiver} theo {document}"[:300]
        made = []
        for fund, amount in ready.held:
            lines = [{"item": item, "fund": fund.id, "amount_out": amount}]
            told = {"kind": _KINDS[fund.kind], "day": day, "text": text, "party": receiver, "papers": document[:100]}
            voucher = build(Voucher, {"id": new_id(), **told, "lines": lines})
            made.append(vouchers.enter(book, transaction, voucher))
        return made
