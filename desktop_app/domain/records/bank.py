"""Papers from outside that stand behind vouchers: e-invoices, and what the bank says of its account."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity, nested

SIGNED = ("tin cậy", "đúng", "sai", "không có")


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


@entity("bank_statement", "bank_statements", "Sao kê ngân hàng")
class BankStatement:
    """A statement that was read: its days and, where it says them (`told`), its balances in đồng."""

    id: str
    fund: str = f.ref("Tài khoản", "fund", required=True, merge="fixed")
    first: date | None = f.day("Từ ngày", required=True, merge="fixed")
    last: date | None = f.day("Đến ngày", required=True, merge="fixed")
    told: bool = f.flag("Có ghi số dư", merge="fixed")
    closing: int = f.money("Số dư cuối", merge="fixed")
    name: str = f.text("Tên tệp", longest=200, merge="fixed")


@nested("Phần của dòng sao kê")
class LinePaper:
    """A voucher that a bank line stands for, and how much of it (đồng with its sign)."""

    voucher: str = f.ref("Chứng từ", "voucher", required=True)
    amount: int = f.money("Số tiền")


@entity("bank_line", "bank_lines", "Dòng sao kê", largest=8192)
class BankLine:
    """One movement on a bank account, đồng with its sign; its id is the same on every PC that reads the same line.

    `place` orders the lines of a day. `papers` are its vouchers once somebody has confirmed them: several where the
    bank moved them as one; of one that the bank moved in parts each line has its part. `aside` says why it needs none
    (a wrong transfer that the bank took back).
    """

    id: str
    fund: str = f.ref("Tài khoản", "fund", required=True, merge="fixed")
    day: date | None = f.day("Ngày", required=True, merge="fixed")
    place: int = f.whole("Thứ tự")
    amount: int = f.money("Số tiền", merge="fixed")
    text: str = f.text("Nội dung", longest=1000, merge="fixed")
    reference: str = f.text("Số tham chiếu", longest=100, merge="fixed")
    party: str = f.text("Đối ứng", longest=200, merge="fixed")
    told: bool = f.flag("Có ghi số dư", merge="fixed")
    balance: int = f.money("Số dư sau", merge="fixed")
    papers: tuple[LinePaper, ...] = f.rows("Chứng từ", LinePaper, merge="contact")
    aside: str = f.text("Không cần phiếu vì", longest=200)


@entity("bank_rule", "bank_rules", "Quy tắc sao kê")
class BankRule:
    """A user's own rule: lines that contain these words (`;` between, one of them suffices) are of this mục."""

    id: str
    words: str = f.text("Có chữ", required=True, longest=200)
    side: str = f.choice("Chiều tiền", ("Tiền vào", "Tiền ra"), required=True)
    item: str = f.text("Mục", required=True, longest=20)
    text: str = f.text("Nội dung phiếu", longest=200)
