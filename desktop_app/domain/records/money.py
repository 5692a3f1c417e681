"""Funds, vouchers, dues, cash counts and where money is paid to (đồng)."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity, nested

VOUCHER_KINDS = ("PT", "PC", "BC", "BN", "UNC", "ĐC", "KT")
FUND_KINDS = ("Tiền mặt", "Tiền gửi", "Bù trừ")
BALANCE_KINDS = ("Tạm ứng", "Phải thu", "Phải trả", "Phải nộp cấp trên")


@entity("fund", "funds", "Quỹ")
class Fund:
    """Cash or a bank account, with its balance at the day the book begins (đồng)."""

    id: str
    code: str = f.text("Mã quỹ", required=True, longest=20)
    name: str = f.text("Tên quỹ", longest=100)
    kind: str = f.choice("Loại", FUND_KINDS, required=True)
    bank: str = f.text("Ngân hàng", longest=100)
    account: str = f.text("Số tài khoản", longest=40)
    opening: int = f.money("Số dư đầu kỳ")
    opened: date | None = f.day("Ngày")


@entity("balance", "balances", "Số dư khác")
class Balance:
    """An opening advance, receivable or payable; *Phải nộp cấp trên* is a memo outside the identity."""

    id: str
    kind: str = f.choice("Loại", BALANCE_KINDS, required=True)
    party: str = f.text("Đối tượng", longest=200)
    amount: int = f.money("Số tiền")
    opened: date | None = f.day("Ngày")


@nested("Dòng chứng từ")
class Line:
    """One line of a voucher, đồng. An empty item is a transfer, or an advance/receivable/payable of `party`."""

    item: str = f.text("Mục", longest=20)
    party: str = f.text("Đối tượng", longest=200)
    fund: str = f.ref("Quỹ", "fund", required=True)
    amount_in: int = f.money("Thu")
    amount_out: int = f.money("Chi")


@entity("voucher", "vouchers", "Chứng từ", largest=16 << 10)
class Voucher:
    """A voucher. Once posted its date, lines, fund and number never change (Luật Kế toán art. 27(1)(c)).

    `KT` moves no money: its lines are all of the fund *Bù trừ* and balance. `settles` is the advance it belongs to: a
    voucher, or a `Balance` of before the book.
    """

    id: str
    kind: str = f.choice("Loại", VOUCHER_KINDS, required=True, merge="fixed")
    number: str = f.text("Số", longest=40, merge="fixed")
    counterpart: str = f.text("Số đối ứng", longest=40)
    day: date | None = f.day("Ngày", required=True, merge="fixed")
    month: str = f.month("Kỳ", merge="fixed")
    text: str = f.text("Nội dung", required=True, longest=300, merge="fixed")
    party: str = f.text("Người nộp, nhận", longest=200)
    address: str = f.text("Địa chỉ", longest=200)
    papers: str = f.text("Số chứng từ gốc", longest=100)
    lines: tuple[Line, ...] = f.rows("Dòng", Line)
    adjusts: str = f.ref("Điều chỉnh cho", "voucher", merge="fixed")
    reverses: str = f.ref("Đảo phiếu", "voucher", merge="fixed")
    replaces: str = f.ref("Sửa từ phiếu", "voucher")
    settles: str = f.ref("Thanh toán cho tạm ứng", "voucher", merge="fixed")
    reason: str = f.text("Lý do", longest=300)
    posted: bool = f.flag("Đã ghi sổ", merge="fixed")
    cancelled: bool = f.flag("Đã hủy", merge="fixed")


@entity("payroll", "payrolls", "Quỹ lương")
class Payroll:
    """Typed totals of a month, where wages of persons are not had; they replace the sum of rows."""

    id: str
    month: str = f.month("Tháng", required=True)
    workers: int = f.whole("Số lao động", least=0)
    fee_fund: int = f.money("Quỹ lương KPCĐ", least=0)
    members: int = f.whole("Số đoàn viên", least=0)
    dues_fund: int = f.money("Quỹ lương đoàn phí", least=0)


@entity("dues", "dues", "Đoàn phí đã thu", private=True)
class Dues:
    """Dues a member paid for a month, đồng, with the receipt it came by; `above` is the part of it above the rate."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    month: str = f.month("Tháng", required=True, merge="fixed")
    amount: int = f.money("Số tiền", merge="fixed")
    voucher: str = f.ref("Chứng từ", "voucher", merge="fixed")
    above: int = f.money("Trên mức quy định", merge="fixed")


@nested("Loại tiền")
class Notes:
    """Notes of one denomination in the cash box."""

    value: int = f.money("Mệnh giá", least=1)
    count: int = f.whole("Số tờ", least=0)


@entity("cash_count", "cash_counts", "Kiểm quỹ")
class CashCount:
    """A cash count by denomination; why it differs from the book, and what was decided about that."""

    id: str
    day: date | None = f.day("Ngày", required=True)
    fund: str = f.ref("Quỹ", "fund", required=True)
    notes: tuple[Notes, ...] = f.rows("Các loại tiền", Notes)
    reason: str = f.text("Lý do chênh lệch", longest=300)
    decision: str = f.text("Cách xử lý", longest=300)


@entity("receiver", "receivers", "Tài khoản nhận tiền")
class Receiver:
    """An account of the level above that the user has confirmed: for what (`key`: dues, fee), who did and when."""

    id: str
    key: str = f.text("Khoản nộp", required=True, longest=20)
    name: str = f.text("Tên người nhận", required=True, longest=200)
    bank: str = f.text("Ngân hàng", required=True, longest=100)
    bin: str = f.text("Mã ngân hàng", longest=6)
    account: str = f.text("Số tài khoản", required=True, longest=19)
    confirmed: date | None = f.day("Ngày xác nhận", required=True)
    confirmed_by: str = f.text("Người xác nhận", required=True, longest=100)
