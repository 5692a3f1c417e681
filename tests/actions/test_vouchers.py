"""Worked example E5: the thirteen vouchers of October 2026 and what the books say of them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import ledger
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


@pytest.fixture
def funds(book: Book) -> Funds:
    cash = build(Fund, {"id": new_id(), "code": "TM", "kind": "Tiền mặt", "opening": 8500000})
    bank = build(Fund, {"id": new_id(), "code": "NH", "kind": "Tiền gửi", "opening": 42300000})
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


def test_e5_numbers_balances_and_items(book: Book, funds: Funds) -> None:
    posted = post_october(book, funds)
    assert [v.number for v in posted] == [
        "BC10/01", "PT10/01", "BC10/02", "PC10/01", "PC10/02", "UNC10/01", "BC10/03", "UNC10/02", "PC10/03",
        "UNC10/03", "UNC10/04", "BN10/01", "BC10/04",
    ]  # fmt: skip
    cash, bank = (ledger.fund_book(book, fund, FIRST, LAST) for fund in funds)
    assert [entry.balance for entry in cash.entries] == [11900000, 10400000, 4900000, 10900000, 10260000]
    assert (cash.opening, cash.closing) == (8500000, 10260000)
    assert (bank.opening, bank.closing) == (42300000, 56736650)
    totals = ledger.item_totals(book, FIRST, LAST)
    assert sum(amount_in for amount_in, _ in totals.values()) == 35127150
    assert sum(amount_out for _, amount_out in totals.values()) == 18930500
    assert totals["22"] == (6056000, 0)
    assert totals["31"] == (0, 7000000)
    assert cash.closing + bank.closing == 50800000 + 35127150 - 18930500
    assert book.verify().first_fault is None


def test_the_opening_of_november_is_the_closing_of_october(book: Book, funds: Funds) -> None:
    post_october(book, funds)
    november = ledger.fund_book(book, funds[0], date(2026, 11, 1), date(2026, 11, 30))
    assert (november.opening, november.entries) == (10260000, ())


def test_a_draft_counts_in_no_balance_and_a_cancelled_number_is_not_used_again(book: Book, funds: Funds) -> None:
    values = {"kind": "PC", "day": "15/10/2026", "text": "Nước họp",
              "lines": [{"item": "33", "fund": funds[0].id, "amount_out": "640k"}]}  # fmt: skip
    first = vouchers.draft(book, values, "Hoa")
    assert ledger.fund_book(book, funds[0], FIRST, LAST).closing == 8500000
    vouchers.post(book, first.id, "Hoa")
    vouchers.cancel(book, first.id, "Ghi nhầm", "Hoa")
    assert ledger.fund_book(book, funds[0], FIRST, LAST).closing == 8500000
    again = vouchers.post(book, vouchers.draft(book, values, "Hoa").id, "Hoa")
    assert again.number == "PC10/02"
    with pytest.raises(Refused, match="PC10/02 đã ghi sổ rồi"):
        vouchers.post(book, again.id, "Hoa")


@pytest.mark.parametrize(
    "lines",
    [[], [{"item": "31"}], [{"item": "31", "amount_in": 5, "amount_out": 5}], [{"item": "31", "amount_out": -5}],
     [{"amount_out": 5}]],
)  # fmt: skip
def test_a_voucher_whose_lines_make_no_sense_is_refused(
    book: Book, funds: Funds, lines: list[dict[str, object]]
) -> None:
    given = [{**line, "fund": funds[0].id} for line in lines]
    with pytest.raises(Refused):
        vouchers.draft(book, {"kind": "PC", "day": "15/10/2026", "text": "Chi", "lines": given}, "Hoa")
    assert list(book.all(Voucher)) == []
