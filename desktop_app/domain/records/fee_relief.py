"""What the level above decided of the employer's fee: less of it, or a pause, for some months."""

from __future__ import annotations

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity

REDUCED, PAUSED = "Giảm mức đóng", "Tạm dừng đóng"


@entity("fee_relief", "fee_reliefs", "Giảm, tạm dừng đóng KPCĐ")
class FeeRelief:
    """From the first through the last month; `percent` is taken off a reduced fee (NĐ 105/2026 art. 12, 13)."""

    id: str
    kind: str = f.choice("Loại", (REDUCED, PAUSED), required=True)
    from_month: str = f.month("Từ tháng", required=True)
    to_month: str = f.month("Đến hết tháng", required=True)
    percent: int = f.whole("Giảm bao nhiêu %", least=0)
    document: str = f.text("Quyết định (số, ngày)", required=True, longest=200)
