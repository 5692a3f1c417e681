"""Papers of the employer's fee: giấy đề nghị, bản xác nhận đóng KPCĐ; their words: `resources/papers/dues.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.amounts import in_words
from desktop_app.domain.dates import last_day, show_month
from desktop_app.domain.fee import FeeMonth
from desktop_app.reports import spending_papers
from desktop_app.reports.dues_papers import months_told, words
from desktop_app.reports.model import Report, Row
from desktop_app.reports.paper import plain_name
from desktop_app.reports.transfer_order import Order
from desktop_app.storage import payroll
from desktop_app.storage.book import Book


def request(book: Book, months: Sequence[FeeMonth], order: Order, by: str) -> Report:
    """What the employer is asked to pay for these months, into which account with which wording."""
    text, total = words(book, "fee_request", last_day(months[-1].month)), sum(fee.due for fee in months)
    unit = payroll.union(book)
    rows = [
        Row({"no": str(no), "month": show_month(fee.month), "fund": fee.base, "due": fee.due,
             "deadline": fee.clock.deadline, "note": relief_told(fee)})
        for no, fee in enumerate(months, 1)
    ]  # fmt: skip
    rows.append(Row({"month": text["total"], "fund": sum(fee.base for fee in months), "due": total}, "total"))
    facts = {
        "union": plain_name(unit), "period": _period(months), "words": in_words(total), "account": order.account,
        "bank": order.bank, "receiver": order.name, "wording": order.wording,
    }  # fmt: skip
    return spending_papers.drawn(unit, text, facts, rows, by)


def confirmation(book: Book, months: Sequence[FeeMonth], today: date, by: str) -> Report:
    """What was due for these months and what the union has received of it, as both sides sign."""
    unit, text = payroll.union(book), words(book, "fee_confirmed", last_day(months[-1].month))
    rows = [
        Row({"no": str(no), "month": show_month(fee.month), "fund": fee.base, "due": fee.due,
             "expected": fee.expected, "received": fee.received, "note": fee.state(today).capitalize()})
        for no, fee in enumerate(months, 1)
    ]  # fmt: skip
    sums = {
        "fund": sum(fee.base for fee in months), "due": sum(fee.due for fee in months),
        "expected": sum(fee.expected for fee in months), "received": sum(fee.received for fee in months),
    }  # fmt: skip
    rows.append(Row({"month": text["total"], **sums}, "total"))
    facts = {"union": plain_name(unit), "tax": unit.tax_code, "period": _period(months)}
    return spending_papers.drawn(unit, text, facts, rows, by)


def relief_told(fee: FeeMonth) -> str:
    """What was decided of a month's fee: "Giảm 20 %"."""
    if fee.relief is None:
        return ""
    if fee.relief.until:
        return f"Dừng đến {show_month(fee.relief.until)}"
    return f"Giảm {fee.relief.percent} %"


def _period(months: Sequence[FeeMonth]) -> str:
    return f"Tháng {months_told(fee.month for fee in months)}"
