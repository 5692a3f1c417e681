"""Worked example E5: two funds and the thirteen vouchers of October 2026."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.actions import vouchers
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage.book import Book, new_id

# kind, day, text, item, cash in, cash out, bank in, bank out
E5 = [
    ("BC", 5, "KPCĐ tháng 9", "28.01", 0, 0, 19068000, 0),
    ("PT", 10, "Đoàn phí nộp tiền mặt", "22", 3400000, 0, 0, 0),
    ("BC", 12, "Đoàn phí qua lương", "22", 0, 0, 2656000, 0),
    ("PC", 15, "Thăm hỏi", "31", 0, 1500000, 0, 0),
    ("PC", 20, "Quà 20/10", "31", 0, 5500000, 0, 0),
    ("UNC", 20, "Rút TGNH nhập quỹ", "", 6000000, 0, 0, 6000000),
    ("BC", 22, "Chuyên môn hỗ trợ", "25.01", 0, 0, 10000000, 0),
    ("UNC", 24, "Hội thao", "32", 0, 0, 0, 7200000),
    ("PC", 25, "Văn phòng phẩm, nước họp", "33", 0, 640000, 0, 0),
    ("UNC", 28, "Phụ cấp", "34.02", 0, 0, 0, 2251700),
    ("UNC", 30, "Nộp 30 % đoàn phí", "39", 0, 0, 0, 1816800),
    ("BN", 31, "Phí ngân hàng", "33", 0, 0, 0, 22000),
    ("BC", 31, "Lãi tiền gửi", "25.02", 0, 0, 3150, 0),
]
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
Funds = tuple[Fund, Fund]


def make_funds(book: Book) -> Funds:
    cash = build(Fund, {"id": new_id(), "code": "TM", "name": "Tiền mặt", "kind": "Tiền mặt", "opening": 8500000})
    bank = build(Fund, {"id": new_id(), "code": "NH", "name": "Agribank", "kind": "Tiền gửi", "opening": 42300000})
    with book.transact("fund.add", "Hoa") as transaction:
        transaction.save(cash)
        transaction.save(bank)
    return cash, bank


def post_october(book: Book, funds: Funds) -> list[Voucher]:
    posted = []
    for kind, day, text, item, cash_in, cash_out, bank_in, bank_out in E5:
        lines = [
            {"item": item, "fund": fund.id, "amount_in": amount_in, "amount_out": amount_out}
            for fund, amount_in, amount_out in ((funds[0], cash_in, cash_out), (funds[1], bank_in, bank_out))
            if amount_in or amount_out
        ]
        made = vouchers.draft(book, {"kind": kind, "day": date(2026, 10, day), "text": text, "lines": lines}, "Hoa")
        posted.append(vouchers.post(book, made.id, "Hoa"))
    return posted


def paid(fund: Fund, amount: int = 640000, day: str = "15/10/2026", **more: Any) -> Mapping[str, Any]:
    """A payment of mục 33 as a form gives it."""
    line = {"item": more.pop("item", "33"), "fund": fund.id, "amount_out": amount}
    return {"kind": "PC", "day": day, "text": "Nước họp", "lines": [line], **more}
