"""The union workbook: its sheets and columns, declared once for reading, writing and giving rows back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop_app.domain import vietnamese

Kind = Literal["text", "cccd", "money", "whole", "day", "month", "birth", "flag", "choice"]


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field it fills and how its cells are read; `aliases` are other headings.

    An `optional` one is written only where a row has it.
    """

    heading: str
    field: str
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet. Without the columns `needs` its rows mean nothing; `aliases` are other names of the sheet."""

    title: str
    columns: tuple[Column, ...]
    needs: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    def written(self, rows: Sequence[Mapping[str, object]]) -> tuple[Column, ...]:
        """The columns a sheet of these rows has."""
        return tuple(c for c in self.columns if not c.optional or any(row.get(c.field) for row in rows))

    def column(self, field: str) -> Column | None:
        """The column that fills a field, or None."""
        return next((column for column in self.columns if column.field == field), None)

    def heading(self, field: str) -> str:
        """What the column of a field is called; "" for a field without a column."""
        column = self.column(field)
        return column.heading if column else ""


def key(text: str) -> str:
    """A heading as it is compared: without diacritics, case, signs and what stands in brackets."""
    return " ".join(re.findall("[a-z0-9]+", vietnamese.fold(re.sub(r"\([^)]*\)", " ", text))))


UNION = Sheet(
    "Đơn vị",
    (
        Column("Mã đơn vị", "code"),
        Column("Tên đơn vị", "name"),
        Column("Mã số thuế", "tax_code"),
        Column("Công đoàn cấp trên", "upper"),
        Column("Nhóm đoàn phí", "dues_group", "whole"),
        Column("Phân cấp thu KPCĐ", "delegated", "flag"),
        Column("Phân cấp thu từ ngày", "delegated_from", "day"),
        Column("Kỳ đóng KPCĐ", "fee_period", "choice"),
        Column("Làm tròn đoàn phí", "dues_step", "money"),
        Column("Chủ tịch", "chair"),
        Column("Kế toán", "accountant"),
        Column("Thủ quỹ", "cashier"),
        Column("Năm bắt đầu", "first_year", "whole"),
    ),
    ("code",),
)
"""Not a table: its columns are the rows of *Trường* and *Giá trị*."""

PEOPLE = Sheet(
    "Người lao động",
    (
        Column("Họ và tên", "name", aliases=("Họ tên",)),
        Column("Ngày sinh", "birth", "birth"),
        Column("Giới tính", "sex", "choice"),
        Column("Số CCCD", "cccd", "cccd", ("CCCD",)),
        Column("Số thẻ đoàn viên", "card", aliases=("Số thẻ",)),
        Column("Tổ công đoàn", "team"),
        Column("Ngày vào công đoàn", "joined", "day"),
        Column("Ngày thôi", "left", "day"),
        Column("Đoàn viên", "member", "flag"),
        Column("Lương đóng BHXH", "insured", "money"),
        Column("Lương thực lĩnh", "net", "money"),
        Column("Từ tháng", "from_month", "month"),
        Column("Ghi chú", "note"),
        Column("Điện thoại", "phone", aliases=("Số điện thoại",), optional=True),
        Column("Email", "email", optional=True),
        Column("Nơi ở hiện nay", "address", optional=True),
        Column("Nơi làm việc", "workplace", optional=True),
        Column("Vị trí công việc", "job", optional=True),
        Column("Loại hợp đồng", "contract", optional=True),
        Column("Ngày vào làm", "hired", "day", optional=True),
        Column("Trình độ chuyên môn", "education", optional=True),
        Column("Ngày cập nhật phần mềm TLĐ", "registered", "day", optional=True),
        Column("Ngày cấp CCCD", "cccd_day", "day", optional=True),
        Column("Nơi cấp CCCD", "cccd_place", optional=True),
        Column("Quê quán", "home", optional=True),
        Column("Đang thuê trọ", "rented", "flag", optional=True),
        Column("Chức vụ chuyên môn", "title", optional=True),
        Column("Tham gia BHXH", "covered", "flag", optional=True),
        Column("Số sổ BHXH", "insurance", optional=True),
        Column("Trình độ học vấn", "schooling", optional=True),
        Column("Chuyên ngành", "specialty", optional=True),
        Column("Bậc thợ", "skill", optional=True),
        Column("Học hàm", "degree", optional=True),
        Column("Lý luận chính trị", "politics", optional=True),
        Column("Quản lý nhà nước", "administration", optional=True),
        Column("Tin học", "computing", optional=True),
        Column("Ngày cấp thẻ", "card_day", "day", optional=True),
        Column("Loại thẻ", "card_kind", optional=True),
        Column("Số quyết định kết nạp", "decision", optional=True),
        Column("Hôn nhân", "married", "choice", optional=True),
        Column("Người liên hệ khẩn cấp", "emergency", optional=True),
        Column("Điện thoại khẩn cấp", "emergency_phone", optional=True),
    ),
    ("name",),
)
FUNDS = Sheet(
    "Quỹ",
    (
        Column("Mã quỹ", "code"),
        Column("Tên quỹ", "name"),
        Column("Loại", "kind", "choice"),
        Column("Ngân hàng", "bank"),
        Column("Số tài khoản", "account"),
        Column("Số dư đầu kỳ", "opening", "money"),
        Column("Ngày", "opened", "day"),
    ),
    ("code", "kind"),
    ("Quỹ, tài khoản",),
)
BALANCES = Sheet(
    "Số dư khác",
    (
        Column("Loại", "kind", "choice"),
        Column("Đối tượng", "party"),
        Column("Số tiền", "amount", "money"),
        Column("Ngày", "opened", "day"),
    ),
    ("kind", "amount"),
)
VOUCHERS = Sheet(
    "Chứng từ",
    (
        Column("Loại", "kind", "choice"),
        Column("Số", "number"),
        Column("Số đối ứng", "counterpart"),
        Column("Ngày", "day", "day"),
        Column("Kỳ", "month", "month"),
        Column("Nội dung", "text"),
        Column("Người nộp, nhận", "party"),
        Column("Địa chỉ", "address"),
        Column("Mục", "item"),
        Column("Đối tượng", "debtor"),
        Column("Quỹ", "fund"),
        Column("Thu", "amount_in", "money"),
        Column("Chi", "amount_out", "money"),
        Column("Quỹ đối ứng", "to_fund"),
        Column("Số chứng từ gốc", "papers"),
        Column("Điều chỉnh cho", "adjusts"),
    ),
    ("kind", "day", "text", "fund"),
)
PAYROLL = Sheet(
    "Quỹ lương",
    (
        Column("Tháng", "month", "month"),
        Column("Số lao động", "workers", "whole"),
        Column("Quỹ lương KPCĐ", "fee_fund", "money"),
        Column("Số đoàn viên", "members", "whole"),
        Column("Quỹ lương đoàn phí", "dues_fund", "money"),
    ),
    ("month",),
)
EXEMPTIONS = Sheet(
    "Miễn đoàn phí",
    (
        Column("Số CCCD", "cccd", "cccd", ("CCCD",)),
        Column("Từ tháng", "from_month", "month"),
        Column("Đến tháng", "to_month", "month"),
        Column("Lý do", "reason"),
    ),
    ("cccd", "from_month"),
)
DUES = Sheet(
    "Đoàn phí đã thu",
    (
        Column("Số CCCD", "cccd", "cccd", ("CCCD",)),
        Column("Tháng", "month", "month"),
        Column("Số tiền", "amount", "money"),
        Column("Chứng từ", "voucher"),
    ),
    ("cccd", "month", "amount"),
)
OFFICES = Sheet(
    "Chức vụ",
    (
        Column("Số CCCD", "cccd", "cccd", ("CCCD",)),
        Column("Chức vụ", "title"),
        Column("Từ", "since", "day"),
        Column("Đến", "until", "day"),
    ),
    ("cccd", "title"),
)
COUNTS = Sheet(
    "Kiểm quỹ",
    (
        Column("Ngày", "day", "day"),
        Column("Quỹ", "fund"),
        Column("Mệnh giá", "value", "money"),
        Column("Số tờ", "count", "whole"),
    ),
    ("day", "fund", "value", "count"),
)
BUDGET = Sheet(
    "Dự toán",
    (
        Column("Năm", "year", "whole"),
        Column("Mục", "item"),
        Column("Số tiền", "amount", "money"),
        Column("Ước năm trước", "last_year", "money"),
        Column("Cấp trên duyệt", "approved", "money"),
    ),
    ("year", "item"),
)

SHEETS = (UNION, PEOPLE, FUNDS, BALANCES, VOUCHERS, PAYROLL, EXEMPTIONS, DUES, OFFICES, COUNTS, BUDGET)
FAULT = "Lỗi"
"""The heading of what is wrong, in rows given back; read again it is passed over."""
GUIDE = "Hướng dẫn"
"""A sheet of notes for the reader; never read."""
