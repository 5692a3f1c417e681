"""Papers from outside that stand behind vouchers: e-invoices."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity

SIGNED = ("đúng", "sai", "không có")


@entity("invoice", "invoices", "Hóa đơn điện tử", largest=4096)
class Invoice:
    """The facts of an e-invoice that was brought in, amounts in đồng, and the voucher made of it.

    `digest` is the SHA-256 of the file as received; `signature` what was found of the seller's signature.
    """

    id: str
    seller_tax: str = f.text("Mã số thuế người bán", required=True, longest=20, merge="fixed")
    seller: str = f.text("Người bán", required=True, longest=200, merge="fixed")
    form: str = f.text("Ký hiệu mẫu số", longest=20, merge="fixed")
    series: str = f.text("Ký hiệu hóa đơn", longest=20, merge="fixed")
    number: str = f.text("Số hóa đơn", required=True, longest=20, merge="fixed")
    day: date | None = f.day("Ngày lập", required=True, merge="fixed")
    buyer_tax: str = f.text("Mã số thuế người mua", longest=20, merge="fixed")
    net: int = f.money("Tiền hàng", merge="fixed")
    tax: int = f.money("Tiền thuế", merge="fixed")
    total: int = f.money("Tổng tiền", merge="fixed")
    signature: str = f.choice("Chữ ký số", SIGNED, merge="fixed")
    digest: str = f.text("Mã băm của tệp", longest=64, merge="fixed")
    voucher: str = f.ref("Chứng từ", "voucher", merge="fixed")
