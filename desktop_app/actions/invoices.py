"""E-invoices: a file becomes the draft of its payment voucher, with the invoice's facts and the file kept beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import resources
from desktop_app.actions import vouchers
from desktop_app.domain import dates, einvoice, vietnamese
from desktop_app.domain.amounts import money
from desktop_app.domain.einvoice import EInvoice
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Invoice, Voucher
from desktop_app.exchange.einvoice import Taken
from desktop_app.exchange.einvoice import read as read_invoices
from desktop_app.storage import attachments, closings, invoices, payroll, trust
from desktop_app.storage.book import Book, Transaction, new_id
from desktop_app.storage.items import items

_MOST_BYTES = 50_000_000
_FITTING = {"PC": "Tiền mặt", "UNC": "Tiền gửi"}


@dataclass(frozen=True)
class Brought:
    """An invoice that came in: the draft made of it, and what is doubtful about it, a sentence each."""

    voucher: Voucher
    invoice: EInvoice
    doubts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What came in, for the banner."""
        told = self.invoice
        head = f"Hóa đơn {told.name} của {told.seller}, {money(told.total)}: {einvoice.signature_words(told)}."
        return " ".join((head, *self.doubts))


def bring(book: Book, path: Path, by: str, *, today: date | None = None) -> list[Brought]:
    """Every invoice of a file (XML or zip) as a draft, all or none. Raises `Refused` or `Trouble`."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused(f"Tệp {path.name} quá lớn. Hãy chọn từng tệp XML của hóa đơn.")
        content = path.read_bytes()
    except OSError as error:
        raise Trouble(f"Không đọc được tệp {path.name}. Hãy kiểm tra lại tệp và thư mục.") from error
    now = today or date.today()  # noqa: DTZ011 - the accountant's own day
    taken = read_invoices(path.name, content, trust.trusted(book, now))
    with book.transact("invoice.bring", by) as transaction:
        return [_enter(book, transaction, one, now) for one in taken]


def _enter(book: Book, transaction: Transaction, taken: Taken, today: date) -> Brought:
    told = taken.invoice
    seller_tax = einvoice.plain_tax_code(told.seller_tax)
    _refuse_again(book, told, seller_tax)
    if told.total <= 0:
        why = "không có số tiền phải trả (hóa đơn điều chỉnh hoặc hàng tặng)"
        raise Refused(f"Hóa đơn {told.name} {why}. Hãy lập phiếu bằng tay.")
    voucher = build(Voucher, {"id": new_id(), **_values(book, told, seller_tax, today)})
    vouchers.refuse_unfit(book, voucher)
    transaction.save(voucher)
    facts = {
        "id": new_id(), "seller_tax": seller_tax, "seller": told.seller, "form": told.form, "series": told.series,
        "number": told.number, "day": told.day, "buyer_tax": told.buyer_tax, "net": told.net, "tax": told.tax,
        "total": told.total, "signature": told.signed, "digest": hashlib.sha256(taken.content).hexdigest(),
        "voucher": voucher.id,
    }  # fmt: skip
    transaction.save(build(Invoice, facts))
    attachments.keep(transaction, "voucher", voucher.id, taken.name, taken.content)
    return Brought(voucher, told, tuple(einvoice.doubts(told, [payroll.union(book).tax_code])))


def _refuse_again(book: Book, told: EInvoice, seller_tax: str) -> None:
    earlier = invoices.standing_for(book, seller_tax, told.form + told.series, told.number)
    if earlier is None:
        return
    where = f"ở phiếu {earlier.number}" if earlier.number else "ở một phiếu nháp"
    day = f" ngày {dates.show_day(earlier.day)}" if earlier.day else ""
    raise Refused(f"Hóa đơn {told.name} của {told.seller} đã nhập rồi, {where}{day}. Hãy mở phiếu đó để xem.")


def _values(book: Book, told: EInvoice, seller_tax: str, today: date) -> dict[str, Any]:
    kind, fund = _paid_from(book, told)
    day = told.day if _is_open(book, told.day, fund) else today
    return {
        "kind": kind, "day": day, "party": told.seller, "address": told.seller_address,
        "text": f"Thanh toán {told.what}"[:300], "papers": f"HĐ {told.name} ngày {dates.show_day(told.day)}"[:100],
        "lines": [{"item": _item(book, told, seller_tax, day), "fund": fund.id, "amount_out": told.total}],
    }  # fmt: skip


def _paid_from(book: Book, told: EInvoice) -> tuple[str, Fund]:
    """A bank's order where the invoice says transfer only, else cash; the other where the book has no such fund."""
    kinds = ("UNC", "PC") if told.by_bank else ("PC", "UNC")
    for kind in kinds:
        fitting = [fund for fund in book.all(Fund) if fund.kind == _FITTING[kind]]
        if fitting:
            last = invoices.last_fund(book, kind)
            return kind, next((fund for fund in fitting if fund.id == last), fitting[0])
    raise Refused("Sổ chưa có quỹ tiền mặt hay tài khoản nào. Hãy thêm quỹ ở trang Thiết lập trước.")


def _is_open(book: Book, day: date, fund: Fund) -> bool:
    return not closings.is_closed(book, dates.month_of(day)) and not (fund.opened and day < fund.opened)


def _item(book: Book, told: EInvoice, seller_tax: str, day: date) -> str:
    """The mục last used with this seller, else that of the first word that fits what was bought."""
    known = items(book, day)
    last = invoices.item_of_seller(book, seller_tax)
    if last and known.refusal(last if known.get(last) else known.of_form(last)) is None:
        return last
    bought = vietnamese.fold(" ".join(goods.name for goods in told.goods)) + " "
    rules = _rules(day)
    fitting = (rule["item"] for rule in rules["rule"] if any(word in bought for word in rule["words"]))
    return str(next(fitting, rules["otherwise"]))


def _rules(day: date) -> Mapping[str, Any]:
    dated: Sequence[Mapping[str, Any]] = resources.read("catalogues/invoice_items.toml")["from"]
    fitting = [entry for entry in dated if entry["from"] <= day] or dated[:1]
    return max(fitting, key=lambda entry: entry["from"])
