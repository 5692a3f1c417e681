"""Advances: given, settled with money back or on top, set off gross; S31-H and mã 50 agree all along."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.actions import advances, open_advances, overview, vouchers
from desktop_app.actions.reports import make
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Balance, Fund, Union, Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book, new_id
from tests.actions.october import FIRST, LAST, Funds, make_funds

LAN = "Lê Thị Lan"


@pytest.fixture
def funds(book: Book) -> Funds:
    with book.transact("setup", "Hoa") as transaction:
        transaction.save(build(Union, {"id": new_id(), "code": "40-001", "name": "CĐCS May Hưng Lộc"}))
    return make_funds(book)


def give(book: Book, fund: Fund, amount: int = 5_000_000, day: int = 5, party: str = LAN) -> Voucher:
    line = {"party": party, "fund": fund.id, "amount_out": amount}
    values = {"kind": "PC", "day": date(2026, 10, day), "text": "Tạm ứng hội thao", "party": party, "lines": [line]}
    return vouchers.write(book, values, "Hoa")


def spent(*rows: tuple[str, int], **more: Any) -> dict[str, Any]:
    return {"day": date(2026, 10, 20), "rows": [{"item": item, "amount": amount} for item, amount in rows], **more}


def open_(book: Book) -> list[tuple[str, int]]:
    return [(one.number, one.open) for one in open_advances.open_advances(book, LAST)]


def identity(book: Book) -> None:
    """Mã 50 = money + receivables − payables, S82 = B07 = Σ of the vouchers, and nothing hangs in *Bù trừ*."""
    checks = make(book, "B07", Period.parse("2026"), None).answer["checks"]
    assert [check["rule"] for check in checks if check["severity"] == "error" and not check["holds"]] == []


def test_what_is_left_of_an_advance_comes_back_and_only_what_was_spent_is_spending(book: Book, funds: Funds) -> None:
    given = give(book, funds[0])
    assert open_(book) == [("PC10/01", 5_000_000)]
    assert ledger.item_totals(book, FIRST, LAST) == {}
    made = advances.settle(book, given.id, spent(("32", 4_000_000), ("33", 200_000), fund=funds[0].id), "Hoa")
    assert [(v.number, v.settles == given.id) for v in made] == [("KT10/01", True), ("PT10/01", True)]
    assert open_(book) == []
    assert ledger.item_totals(book, FIRST, LAST) == {"32": (0, 4_000_000), "33": (0, 200_000)}
    assert ledger.fund_book(book, funds[0], FIRST, LAST).closing == 8_500_000 - 4_200_000
    book_of_lan = make(book, "S31", Period.parse("2026-10"), None).answer
    assert [(row["number"], row["balance"]) for row in book_of_lan["rows"]] == [
        ("PC10/01", 5_000_000), ("KT10/01", 800_000), ("PT10/01", 0),
    ]  # fmt: skip
    identity(book)


def test_what_was_spent_beyond_the_advance_is_paid_on_top(book: Book, funds: Funds) -> None:
    given = give(book, funds[0])
    made = advances.settle(book, given.id, spent(("32", 5_600_000), fund=funds[1].id), "Hoa")
    assert [(v.kind, v.number) for v in made] == [("KT", "KT10/01"), ("UNC", "UNC10/01")]
    assert ledger.fund_book(book, funds[1], FIRST, LAST).closing == 42_300_000 - 600_000
    assert open_(book) == []
    identity(book)


def test_a_part_may_stay_open_and_a_settlement_taken_back_opens_it_again(book: Book, funds: Funds) -> None:
    given = give(book, funds[0])
    assert open_advances.overdue(book, date(2026, 11, 4)) == []
    waits = overview.look(book, 2026, date(2026, 11, 5)).waits
    text = "1 khoản tạm ứng đã quá 30 ngày chưa thanh toán, còn 5.000.000 ₫."
    assert ("warn", text, "advances", given.id) in waits
    (first,) = advances.settle(book, given.id, spent(("32", 3_000_000), refund=0), "Hoa")
    assert open_(book) == [("PC10/01", 2_000_000)]
    with pytest.raises(Refused, match="PC10/01 đã được thanh toán bằng phiếu KT10/01"):
        vouchers.cancel(book, given.id, "Nhầm", "Hoa")
    vouchers.reverse(book, first.id, "Chi nhầm mục", "Hoa")
    assert open_(book) == [("PC10/01", 5_000_000)]
    advances.settle(book, given.id, spent(fund=funds[0].id), "Hoa")
    assert open_(book) == []
    identity(book)


def test_an_advance_of_before_the_book_and_money_back_without_a_link(book: Book, funds: Funds) -> None:
    with book.transact("setup", "Hoa") as transaction:
        values = {"id": new_id(), "kind": "Tạm ứng", "party": LAN, "amount": 1_000_000}
        old = transaction.save(build(Balance, {**values, "opened": date(2026, 10, 1)}))
    give(book, funds[0], 2_000_000, day=10)
    line = {"party": "lê thị  lan", "fund": funds[0].id, "amount_in": 400_000}
    vouchers.write(book, {"kind": "PT", "day": date(2026, 10, 11), "text": "Trả lại", "lines": [line]}, "Hoa")
    assert open_(book) == [("", 600_000), ("PC10/01", 2_000_000)]
    advances.settle(book, old.id, spent(("33", 600_000)), "Hoa")
    assert open_(book) == [("PC10/01", 2_000_000)]
    assert open_advances.open_advances(book, LAST)[0].age(LAST) == 21
    identity(book)


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        (spent(("32", 1_000_000), refund=4_500_000), "refund", "Chỉ còn 4.000.000 ₫ để hoàn lại"),
        (spent(("32", 1_000_000)), "fund", "Hãy chọn quỹ tiền mặt hoặc tài khoản"),
        (spent(("22", 1_000_000), refund=0), "lines.item", "Mục 22 là mục thu"),
        (spent(("-", 1_000_000), refund=0), "rows.0.item", "Hãy chọn mục chi"),
        (spent(refund=0), "rows.0.item", "Hãy nhập khoản đã chi"),
        ({**spent(("32", 1000)), "day": "04/10/2026"}, "day", "trước ngày tạm ứng 05/10/2026"),
    ],
)
def test_a_settlement_that_cannot_be_is_refused_whole(
    book: Book, funds: Funds, values: dict[str, Any], field: str, says: str
) -> None:
    given = give(book, funds[0])
    with pytest.raises(Refused) as refused:
        advances.settle(book, given.id, values, "Hoa")
    assert [p.field for p in refused.value.problems] == [field]
    assert says in str(refused.value)
    assert len(list(book.all(Voucher))) == 1


def test_dues_kept_back_by_the_level_above_are_booked_gross_on_both_sides(book: Book, funds: Funds) -> None:
    values = {
        "day": "30/10/2026", "text": "KPCĐ tháng 9, trừ 30 % đoàn phí", "fund": funds[1].id, "item_in": "28.01",
        "amount_in": 19_068_000, "item_out": "39", "amount_out": 1_816_800,
    }  # fmt: skip
    made = advances.net(book, values, "Hoa")
    assert made.number == "BC10/01"
    assert ledger.item_totals(book, FIRST, LAST) == {"28.01": (19_068_000, 0), "39": (0, 1_816_800)}
    assert ledger.fund_book(book, funds[1], FIRST, LAST).closing == 42_300_000 + 17_251_200
    other = advances.net(book, {**values, "amount_in": 1_000_000, "amount_out": 1_500_000, "fund": funds[0].id}, "Hoa")
    even = advances.net(book, {**values, "amount_in": 700_000, "amount_out": 700_000, "fund": ""}, "Hoa")
    assert (other.number, even.number) == ("PC10/01", "KT10/01")
    with pytest.raises(Refused, match="Hãy chọn mục thu") as refused:
        advances.net(book, {**values, "amount_in": "x", "item_in": ""}, "Hoa")
    assert [p.field for p in refused.value.problems] == ["amount_in", "item_in"]
    identity(book)


def test_a_voucher_without_money_must_balance(book: Book, funds: Funds) -> None:
    line = {"item": "33", "fund": funds[0].id, "amount_out": 1000}
    with pytest.raises(Refused, match="mọi dòng thuộc quỹ Bù trừ") as refused:
        vouchers.write(book, {"kind": "KT", "day": "30/10/2026", "text": "Thử", "lines": [line]}, "Hoa")
    assert "tổng thu bằng tổng chi" in str(refused.value)
