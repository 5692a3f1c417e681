"""The month of worked example E5 and the year of E6, written into a real book: who asks gets exact figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.domain.fields import build
from desktop_app.domain.records import Balance, Fund, Union, Voucher
from desktop_app.storage.book import Book, new_id
from tests.unions import found_union

# number, counterpart, day, text, item, fund, in, out; a row without text goes on with the voucher before it
E5 = (
    ("BC10/01", "", 5, "KPCĐ tháng 9 (75 %)", "28.01", "NH", 19068000, 0),
    ("PT10/01", "", 10, "Đoàn phí nộp tiền mặt", "22", "TM", 3400000, 0),
    ("BC10/02", "", 12, "Đoàn phí qua lương", "22", "NH", 2656000, 0),
    ("PC10/01", "", 15, "Thăm hỏi 3 đoàn viên × 500.000", "31", "TM", 0, 1500000),
    ("PC10/02", "", 20, "Quà 20/10, 55 suất × 100.000", "31", "TM", 0, 5500000),
    ("UNC10/01", "PT10/02", 20, "Rút tiền gửi nhập quỹ", "", "NH", 0, 6000000),
    ("", "", 20, "", "", "TM", 6000000, 0),
    ("BC10/03", "", 22, "Chuyên môn hỗ trợ", "25.01", "NH", 10000000, 0),
    ("UNC10/02", "", 24, "Hội thao", "32", "NH", 0, 7200000),
    ("PC10/03", "", 25, "Văn phòng phẩm, nước họp", "33", "TM", 0, 640000),
    ("UNC10/03", "", 28, "Phụ cấp cán bộ công đoàn", "34.02", "NH", 0, 2251700),
    ("UNC10/04", "", 30, "Nộp 30 % đoàn phí", "39", "NH", 0, 1816800),
    ("BN10/01", "", 31, "Phí ngân hàng", "33", "NH", 0, 22000),
    ("BC10/04", "", 31, "Lãi tiền gửi", "25.02", "NH", 3150, 0),
)


class Money:
    """The funds of a test book, and a short way to post into them."""

    def __init__(self, book: Book, **openings: tuple[str, int, str]) -> None:
        """Funds by code: (kind, opening in đồng, day it began or "")."""
        self.book = book
        if next(book.all(Union), None) is None:
            found_union(book)
        self.funds: dict[str, Fund] = {}
        with book.transact("fund.add", "Hoa") as transaction:
            for code, (kind, opening, opened) in openings.items():
                values = {"id": new_id(), "code": code, "kind": kind, "opening": opening, "opened": opened}
                self.funds[code] = transaction.save(build(Fund, values))

    def owe(self, kind: str, party: str, amount: int) -> None:
        """An opening advance, receivable or payable."""
        values = {"id": new_id(), "kind": kind, "party": party, "amount": amount}
        with self.book.transact("balance.add", "Hoa") as transaction:
            transaction.save(build(Balance, values))

    def post(self, day: date, text: str, *lines: tuple[str, str, int, int], **more: Any) -> Voucher:
        """A posted voucher; a line is (mục or "@party", fund, in, out)."""
        given = [
            {
                "item": "" if what.startswith("@") else what,
                "party": what[1:] if what.startswith("@") else "",
                "fund": self.funds[fund].id,
                "amount_in": came_in,
                "amount_out": went_out,
            }
            for what, fund, came_in, went_out in lines
        ]
        values = {"id": new_id(), "kind": "PC", "day": day, "text": text, "lines": given, "posted": True, **more}
        with self.book.transact("voucher.post", "Hoa") as transaction:
            return transaction.save(build(Voucher, values))


def october(book: Book) -> Money:
    """The thirteen vouchers of E5 with its openings: cash 8.500.000, bank 42.300.000."""
    money = Money(book, TM=("Tiền mặt", 8500000, "01/10/2026"), NH=("Tiền gửi", 42300000, "01/10/2026"))
    for group in _groups(E5):
        number, counterpart, day, text = group[0][:4]
        lines = [(item, fund, came_in, went_out) for *_, item, fund, came_in, went_out in group]
        kind = number.rstrip("/0123456789")
        money.post(date(2026, 10, day), text, *lines, kind=kind, number=number, counterpart=counterpart)
    return money


def _groups(rows: Iterable[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    found: list[list[tuple[Any, ...]]] = []
    for row in rows:
        if row[0]:
            found.append([row])
        else:
            found[-1].append(row)
    return found


def year_2026(book: Book) -> Money:
    """E6: twelve months of dues, the 75 % of twelve months, eleven payments of the 30 %, the year's spending."""
    money = Money(book, TM=("Tiền mặt", 14500000, "01/01/2026"), NH=("Tiền gửi", 50000000, "01/01/2026"))
    for month in range(1, 13):
        first_half = month <= 6
        money.post(date(2026, month, 10), f"Đoàn phí tháng {month}", ("22", "NH", 6018000 if first_half else 6056000, 0), kind="BC")
        passed_down = 18954000 if month <= 7 else 19068000
        money.post(date(2026, month, 5), "KPCĐ 75 % tháng trước", ("28.01", "NH", passed_down, 0), kind="BC")
        if month <= 11:
            up = 1805400 if first_half else 1816800
            money.post(date(2026, month, 28), f"Nộp 30 % đoàn phí tháng {month}", ("39", "NH", 0, up), kind="UNC")
    for item, fund, amount in (
        ("31", "NH", 140000000), ("31", "TM", 10000000), ("32", "NH", 48000000), ("33", "NH", 22500000),
        ("34.02", "NH", 26005800), ("37", "TM", 1200000),
    ):  # fmt: skip
        money.post(date(2026, 11, 20), f"Chi mục {item}", (item, fund, 0, amount))
    for item, amount in (("25.01", 30000000), ("25.02", 41300), ("28.02", 5000000)):
        money.post(date(2026, 9, 15), f"Thu mục {item}", (item, "NH", amount, 0), kind="BC")
    return money


def non_zero(cells: Mapping[str, int]) -> dict[str, int]:
    """The cells that are not 0, for reading an expected report."""
    return {code: amount for code, amount in cells.items() if amount}
