"""The union itself; every book has one."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


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
