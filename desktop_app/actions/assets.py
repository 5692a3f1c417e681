"""Assets and tools: take in, let go, correct what is said of them; the list for the yearly inventory."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import ASSET_KINDS, Asset, AssetOut
from desktop_app.reports.model import Column, Report, Row, Section, Signature, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage import assets, payroll
from desktop_app.storage.assets import Held
from desktop_app.storage.book import Book, new_id

held = assets.held
outs = assets.outs

CHANGEABLE = ("name", "kind", "measure", "document", "approval", "place", "note")
"""What may be corrected later; number, price and day stand, as all that counts in a book."""


def take_in(book: Book, values: Mapping[str, Any], by: str) -> Asset:
    """Write an asset into the book. Raises `Refused`, a sentence per field."""
    made = build(Asset, {**values, "id": new_id()})
    with book.transact("assets.in", by) as transaction:
        return transaction.save(made)


def change(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Asset:
    """Correct what is said of an asset. Raises `Refused` for what stands (number, price, day)."""
    with book.transact("assets.change", by) as transaction:
        old = _asset(book, id_)
        fixed = [name for name in values if name not in CHANGEABLE and values[name] != getattr(old, name)]
        if fixed:
            said = "Số lượng, đơn giá và ngày đã ghi không sửa được. Hãy ghi giảm rồi ghi tăng lại."
            raise Refused([Problem(name, said) for name in fixed])
        facts = {field.name: getattr(old, field.name) for field in dataclasses.fields(old)}
        return transaction.save(build(Asset, facts | {name: values[name] for name in values if name in CHANGEABLE}))


def let_go(book: Book, id_: str, values: Mapping[str, Any], by: str) -> AssetOut:
    """Write so many of an asset out of the book. Raises `Refused` for more than there are, or before it came."""
    with book.transact("assets.out", by) as transaction:
        asset = _asset(book, id_)
        made = build(AssetOut, {**values, "id": new_id(), "asset": id_})
        assert made.day is not None
        assert asset.day is not None
        left = asset.quantity - sum(out.quantity for out in assets.outs(book, id_))
        problems = []
        if made.quantity > left:
            problems.append(Problem("quantity", f"{asset.name} còn {left} {asset.measure}. Hãy nhập không quá số đó."))
        if made.day < asset.day:
            came = dates.show_day(asset.day)
            problems.append(Problem("day", f"{asset.name} ghi tăng ngày {came}. Hãy nhập ngày từ đó về sau."))
        if problems:
            raise Refused(problems)
        return transaction.save(made)


def caution(values: Mapping[str, Any]) -> str:
    """What should be thought of before an asset is taken in, "" if nothing."""
    if values.get("kind") == ASSET_KINDS[0] and not str(values.get("approval") or "").strip():
        return "Mua tài sản cố định có thể cần cấp trên cho phép. Hãy ghi số văn bản nếu có."
    return ""


def inventory(book: Book, day: date) -> Report:
    """The sheet for the inventory of a day: what the book says, and room for what is found."""
    columns = (
        Column("no", "TT", 8, centred=True), Column("text", "Tên tài sản, công cụ, dụng cụ", 60),
        Column("measure", "ĐVT", 14, centred=True), Column("place", "Nơi dùng, người giữ", 40),
        Column("booked", "Số lượng", 16, "count", group="Theo sổ"),
        Column("amount", "Giá trị", 26, "money", group="Theo sổ"),
        Column("found", "Số lượng", 16, group="Thực tế"), Column("state", "Tình trạng", 26, group="Thực tế"),
        Column("differs", "Thừa, thiếu", 18),
    )  # fmt: skip
    there = [each for each in assets.held(book, day) if each.left]
    rows = [
        Row({"no": str(number), "text": each.asset.name, "measure": each.asset.measure, "place": each.asset.place,
             "booked": each.left, "amount": each.amount}, code=each.asset.id)
        for number, each in enumerate(there, 1)
    ]  # fmt: skip
    rows.append(Row({"text": "Cộng", "amount": sum(each.amount for each in there)}, "total"))
    ours = payroll.union(book)
    return Report(
        "kiem-ke-tai-san", "BIÊN BẢN KIỂM KÊ TÀI SẢN, CÔNG CỤ, DỤNG CỤ", letterhead(ours),
        period_label=f"Ngày {dates.show_day(day)}",
        sections=(Section(table=Table(columns, tuple(rows), row_height=8)),),
        signatures=(Signature("NGƯỜI GIỮ TÀI SẢN"), Signature("KẾ TOÁN", ours.accountant),
                    Signature("TM. BAN CHẤP HÀNH\nCHỦ TỊCH", ours.chair, "(Ký, họ tên, đóng dấu)")),
        place_and_date="………, ngày …… tháng …… năm ……", measure="Đơn vị tính: đồng", landscape=True,
    )  # fmt: skip


def _asset(book: Book, id_: str) -> Asset:
    found = book.get(Asset, id_)
    if found is None:
        raise Refused("Tài sản này không còn trong sổ.")
    return found


__all__ = ["CHANGEABLE", "Held", "caution", "change", "held", "inventory", "let_go", "outs", "take_in"]
