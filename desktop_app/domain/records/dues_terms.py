"""How a union itself has resolved to count dues: above the rate, on net pay, to which step they are rounded."""

from __future__ import annotations

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity

AS_RULED, INSURED, NET = "Theo quy định", "Lương đóng BHXH", "Lương thực lĩnh"


@entity("dues_term", "dues_terms", "Mức đóng đoàn phí của đơn vị")
class DuesTerm:
    """Holds from `from_month` until the next one. `rate` is in millionths of the wage (10.000 is 1 %; 0: as ruled).

    `most` is the resolution's own bound, đồng a month (0: none). Groups 2 and 3 may go above the rate by a resolution
    of the enlarged committee, named in `document` (QĐ 61/QĐ-TLĐ); `step` rounds each member's dues, in any group.
    """

    id: str
    from_month: str = f.month("Từ tháng", required=True)
    rate: int = f.whole("Mức đóng (phần triệu)", least=0)
    basis: str = f.choice("Tính trên", (AS_RULED, INSURED, NET), initial=AS_RULED)
    most: int = f.money("Nhiều nhất một tháng", least=0)
    step: int = f.whole("Làm tròn đến", initial=1, least=1)
    document: str = f.text("Nghị quyết", longest=200)
