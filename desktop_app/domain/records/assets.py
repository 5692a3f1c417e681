"""Fixed assets and tools of a union (S26-H): what came in, and what left of it."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity

ASSET_KINDS = ("Tài sản cố định", "Công cụ, dụng cụ")


@entity("asset", "assets", "Tài sản")
class Asset:
    """Things of one kind that came in together: `quantity` of them at `price` đồng each.

    `approval` is the leave of the level above, which a union may need before it buys a fixed asset.
    """

    id: str
    name: str = f.text("Tên tài sản, công cụ", required=True, longest=200)
    kind: str = f.choice("Loại", ASSET_KINDS, initial=ASSET_KINDS[1])
    measure: str = f.text("Đơn vị tính", longest=30)
    quantity: int = f.whole("Số lượng", initial=1, least=1, merge="fixed")
    price: int = f.money("Đơn giá", least=0, merge="fixed")
    day: date | None = f.day("Ngày ghi tăng", required=True, merge="fixed")
    document: str = f.text("Số chứng từ", longest=60)
    approval: str = f.text("Văn bản cho phép mua", longest=100)
    place: str = f.text("Nơi dùng, người giữ", longest=200)
    note: str = f.text("Ghi chú", longest=300)


@entity("asset_out", "assets_out", "Ghi giảm tài sản")
class AssetOut:
    """So many of an asset that left the book on a day, and why (broken, sold, handed over, missing)."""

    id: str
    asset: str = f.ref("Tài sản", "asset", required=True, merge="fixed")
    day: date | None = f.day("Ngày ghi giảm", required=True, merge="fixed")
    quantity: int = f.whole("Số lượng", initial=1, least=1, merge="fixed")
    reason: str = f.text("Lý do", required=True, longest=200)
    document: str = f.text("Số chứng từ", longest=60)
