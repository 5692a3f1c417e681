"""Every kind of record a book holds, declared. One look here shows what the program knows.

Nested rows first, then the union, people, money, periods and what is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.domain import cccd, contacts
from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity, nested

VOUCHER_KINDS = ("PT", "PC", "BC", "BN", "UNC", "ĐC")
FUND_KINDS = ("Tiền mặt", "Tiền gửi", "Bù trừ")
BALANCE_KINDS = ("Tạm ứng", "Phải thu", "Phải trả", "Phải nộp cấp trên")


@entity("union", "unions", "Đơn vị")
class Union:
    """The grassroots union this book belongs to; one record."""

    id: str
    code: str = f.text("Mã đơn vị", required=True, longest=40)
    name: str = f.text("Tên đơn vị", required=True, longest=200)
    tax_code: str = f.text("Mã số thuế", longest=20)
    upper: str = f.text("Công đoàn cấp trên", longest=200)
    dues_group: int = f.whole("Nhóm đoàn phí", initial=3, least=1)
    delegated: bool = f.flag("Phân cấp thu KPCĐ")
    delegated_from: date | None = f.day("Phân cấp thu từ ngày")
    fee_period: str = f.choice("Kỳ đóng KPCĐ", ("Tháng", "Quý"), initial="Tháng")
    dues_step: int = f.whole("Làm tròn đoàn phí", initial=1, least=1)
    chair: str = f.text("Chủ tịch", longest=100)
    accountant: str = f.text("Kế toán", longest=100)
    cashier: str = f.text("Thủ quỹ", longest=100)
    first_year: int = f.whole("Năm bắt đầu")


@entity("person", "people", "Người lao động", private=True, largest=4096)
class Person:
    """A worker; `member` says whether of the union. Id is ours: a CCCD can be re-issued (NĐ 70/2024 art. 11).

    `left` is the first day out; `until` the first day no longer a member of who works on. Once a movement of the
    person is written, `joined`, `left`, `until` and `member` are what the movements say.
    """

    id: str
    name: str = f.text("Họ và tên", required=True, longest=100, merge="identity")
    birth: str = f.birth("Ngày sinh")
    sex: str = f.choice("Giới tính", ("Nam", "Nữ"))
    cccd: str = f.text("Số CCCD", longest=12, check=cccd.check_cccd, merge="identity")
    card: str = f.text("Số thẻ đoàn viên", longest=40, merge="identity")
    team: str = f.text("Tổ công đoàn", longest=100)
    joined: date | None = f.day("Ngày vào công đoàn")
    left: date | None = f.day("Ngày thôi")
    until: date | None = f.day("Ngày ra khỏi công đoàn")
    member: bool = f.flag("Đoàn viên", initial=True)
    note: str = f.text("Ghi chú", longest=1000)
    phone: str = f.text("Điện thoại", longest=40, check=contacts.check_phone)
    email: str = f.text("Email", longest=100, check=contacts.check_email)
    address: str = f.text("Nơi ở hiện nay", longest=200)
    workplace: str = f.text("Nơi làm việc", longest=100)
    job: str = f.text("Vị trí công việc", longest=100)
    contract: str = f.text("Loại hợp đồng", longest=60)
    hired: date | None = f.day("Ngày vào làm")
    education: str = f.text("Trình độ chuyên môn", longest=60)


@entity("movement", "movements", "Biến động", private=True)
class Movement:
    """One thing that happened to a member or worker on a day; `kind` is a code of the catalogue of movements.

    `from_unit`, `to_unit`: tổ of a move inside, the other union of a transfer. `corrects`: the movement a correction
    takes back.
    """

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    kind: str = f.text("Loại biến động", required=True, longest=10)
    day: date | None = f.day("Ngày có hiệu lực", required=True)
    from_unit: str = f.text("Từ đơn vị", longest=200)
    to_unit: str = f.text("Đến đơn vị", longest=200)
    document: str = f.text("Số văn bản", longest=60)
    document_day: date | None = f.day("Ngày văn bản")
    reason: str = f.text("Lý do", longest=300)
    corrects: str = f.ref("Điều chỉnh cho", "movement")


@entity("wage", "wages", "Tiền lương", private=True)
class Wage:
    """A person's monthly wages in đồng from a month on, until a later row says otherwise."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    from_month: str = f.month("Từ tháng")
    insured: int = f.money("Lương đóng BHXH", least=0, merge="identity")
    net: int = f.money("Lương thực lĩnh", least=0, merge="identity")


@entity("payroll", "payrolls", "Quỹ lương")
class Payroll:
    """Typed totals of a month, where wages of persons are not had; they replace the sum of rows."""

    id: str
    month: str = f.month("Tháng", required=True)
    workers: int = f.whole("Số lao động", least=0)
    fee_fund: int = f.money("Quỹ lương KPCĐ", least=0)
    members: int = f.whole("Số đoàn viên", least=0)
    dues_fund: int = f.money("Quỹ lương đoàn phí", least=0)


@entity("exemption", "exemptions", "Miễn đoàn phí", private=True)
class Exemption:
    """Months in which a member owes no dues (QĐ 61/QĐ-TLĐ: benefit, no income, unpaid leave)."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    from_month: str = f.month("Từ tháng", required=True)
    to_month: str = f.month("Đến tháng")
    reason: str = f.text("Lý do", longest=200)


@entity("office", "offices", "Chức vụ", private=True)
class Office:
    """A union position held by a person."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    title: str = f.text("Chức vụ", required=True, longest=100)
    since: date | None = f.day("Từ")
    until: date | None = f.day("Đến")


REQUEST_KINDS = ("xem", "sửa", "hạn chế", "xóa")


@entity("data_request", "data_requests", "Yêu cầu về dữ liệu cá nhân", private=True)
class DataRequest:
    """What a person asked of the data kept of them (Luật 91/2025/QH15 art. 4); `card` is all that an erasure leaves."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    day: date | None = f.day("Ngày", required=True, merge="fixed")
    kind: str = f.choice("Yêu cầu", REQUEST_KINDS, required=True, merge="fixed")
    reason: str = f.text("Lý do", longest=300)
    card: str = f.text("Số thẻ đoàn viên", longest=40)


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
    """A voucher. Once posted its date, lines, fund and number never change (Luật Kế toán art. 27(1)(c))."""

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
    reason: str = f.text("Lý do", longest=300)
    posted: bool = f.flag("Đã ghi sổ", merge="fixed")
    cancelled: bool = f.flag("Đã hủy", merge="fixed")


@entity("dues", "dues", "Đoàn phí đã thu", private=True)
class Dues:
    """Dues a member paid for a month, đồng, with the receipt it came by."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    month: str = f.month("Tháng", required=True, merge="fixed")
    amount: int = f.money("Số tiền", merge="fixed")
    voucher: str = f.ref("Chứng từ", "voucher", merge="fixed")


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


@entity("budget", "budgets", "Dự toán")
class Budget:
    """One item of a year's budget, đồng."""

    id: str
    year: int = f.whole("Năm", least=2000)
    item: str = f.text("Mục", required=True, longest=20)
    amount: int = f.money("Số tiền")
    last_year: int = f.money("Ước năm trước")
    approved: int = f.money("Cấp trên duyệt")
    reason: str = f.text("Căn cứ", longest=300)


@entity("closing", "closings", "Khóa sổ", largest=4096)
class Closing:
    """A month closed or opened again. `through` freezes what it held: {device: last sequence number}."""

    id: str
    month: str = f.month("Kỳ", required=True)
    closed: bool = f.flag("Đã khóa")
    lease: int = f.whole("Lượt ghi sổ")
    through: Mapping[str, Any] = f.facts("Gồm các thay đổi")
    reason: str = f.text("Lý do", longest=300)


@entity("report", "filed_reports", "Báo cáo", largest=64 << 10)
class FiledReport:
    """A report being made: typed cells and reasons for computed cells typed over."""

    id: str
    form: str = f.text("Mẫu", required=True, longest=20)
    period: str = f.text("Kỳ", required=True, longest=40)
    typed: Mapping[str, Any] = f.facts("Ô nhập tay", merge="contact")
    reasons: Mapping[str, Any] = f.facts("Lý do sửa ô", merge="contact")


@entity("submission", "submissions", "Báo cáo đã nộp", largest=64 << 10)
class Submission:
    """A sealed version of a report as handed in; `content` is the whole report, `digest` its SHA-256."""

    id: str
    report: str = f.ref("Báo cáo", "report", required=True, merge="fixed")
    form: str = f.text("Mẫu", required=True, longest=20, merge="fixed")
    period: str = f.text("Kỳ", required=True, longest=40, merge="fixed")
    version: int = f.whole("Lần nộp", merge="fixed")
    content: Mapping[str, Any] = f.facts("Nội dung")
    digest: str = f.text("Mã băm", longest=64, merge="fixed")
    note: str = f.text("Ghi chú", longest=1000)
    sent: date | None = f.day("Ngày nộp", merge="fixed")


@entity("verdict", "verdicts", "Ý kiến của cấp trên", province=True, largest=64 << 10)
class Verdict:
    """The province's answer to a submission; only the server writes it."""

    id: str
    submission: str = f.ref("Báo cáo đã nộp", "submission", required=True, merge="fixed")
    state: str = f.choice("Kết quả", ("đã tiếp nhận", "trả lại", "đã duyệt"), required=True, merge="fixed")
    note: str = f.text("Ghi chú", longest=1000, merge="fixed")
    cells: Mapping[str, Any] = f.facts("Ghi chú theo ô")
    day: date | None = f.day("Ngày", merge="fixed")
