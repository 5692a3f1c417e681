"""Paying up: E6's year by month, the transfer order with its wording and code, the account that must be confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import bank, paying, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Receiver, Union, Voucher
from desktop_app.reports.transfer_order import UNCONFIRMED
from desktop_app.storage.book import Book
from tests.reports.october import october, year_2026

END = date(2026, 12, 31)
ABOVE = {"name": "LĐLĐ tỉnh", "bank": "Vietcombank", "account": "0011.0022 33"}


def with_tax_code(book: Book, tax_code: str) -> None:
    (ours,) = book.all(Union)
    with book.transact("setup.union", "Hoa") as transaction:
        transaction.save(replace(ours, tax_code=tax_code))


def test_e6_by_month_comes_to_the_year_of_the_settlement(book: Book) -> None:
    year_2026(book)
    months = paying.months_up(book, 2026, END)
    assert len(months) == 12
    assert (sum(month.due for month in months), sum(month.paid for month in months)) == (21733200, 19916400)
    assert (months[0].due, months[0].paid, months[0].owed) == (1805400, 1805400, 0)
    assert (months[-1].due, months[-1].paid, months[-1].owed) == (1816800, 0, 1816800)
    assert [month.month for month in paying.months_up(book, 2026, date(2026, 2, 3))] == ["2026-01", "2026-02"]


def test_the_fee_order_has_the_required_wording_and_its_code(book: Book) -> None:
    october(book)
    with pytest.raises(Refused, match="mã số thuế"):
        paying.order(book, "fee", 25424000, "2026-10")
    with_tax_code(book, "2900-123.456")
    made = paying.order(book, "fee", 25424000, "2026-10")
    assert made.wording.startswith("MST 2900123456 ")
    assert made.wording.endswith(" đóng KPCĐ tháng 10 năm 2026")
    assert (made.name, made.account, made.purpose) == ("Công đoàn Việt Nam", "1400288668989", "MST 2900123456 KPCD 10/26")
    assert "0006970405" in made.code
    assert made.confirmed == ""
    assert paying.order_pdf(made).startswith(b"%PDF")
    with_tax_code(book, "2900123456-001")
    assert paying.order(book, "fee", 1, "2026-10").purpose == "2900123456001 KPCD 10/26"


def test_an_account_is_used_as_confirmed_by_a_person_on_a_day(book: Book) -> None:
    october(book)
    with pytest.raises(Refused, match="Chưa có số tài khoản nhận tiền"):
        paying.order(book, "dues", 1816800, "2026-10")
    paying.confirm(book, "dues", ABOVE, "Hoa")
    made = paying.order(book, "dues", 1816800, "2026-10")
    assert (made.account, made.bank) == ("0011002233", "Vietcombank")
    assert made.confirmed.startswith("Hoa, ")
    assert "0006970436" in made.code
    paying.confirm(book, "dues", ABOVE | {"bank": "Ngân hàng khác"}, "Mai")
    (kept,) = book.all(Receiver)
    assert kept.confirmed_by == "Mai"
    assert paying.order(book, "dues", 1, "2026-10").code == ""
    with pytest.raises(Refused, match="Số tài khoản chỉ gồm chữ và số"):
        paying.confirm(book, "dues", ABOVE | {"account": "12*3"}, "Hoa")
    with pytest.raises(Refused, match="Hãy nhập số tiền"):
        paying.order(book, "dues", 0, "2026-10")
    assert "đối chiếu" in UNCONFIRMED


def test_the_payment_is_drafted_under_39(book: Book) -> None:
    money = october(book)
    paying.confirm(book, "dues", ABOVE, "Hoa")
    made = paying.draft_payment(book, 1816800, "2026-10", "NH", "Hoa", today=date(2026, 11, 5))
    kept = book.get(Voucher, made.id)
    assert kept is not None
    assert (kept.kind, kept.posted, kept.party, kept.day) == ("UNC", False, "LĐLĐ tỉnh", date(2026, 11, 5))
    assert [(line.item, line.fund, line.amount_out) for line in kept.lines] == [("39", money.funds["NH"].id, 1816800)]
    with pytest.raises(Refused, match="tài khoản tiền gửi"):
        paying.draft_payment(book, 1816800, "2026-10", "TM", "Hoa")


def test_the_fee_of_months_with_wages_has_its_clock(book: Book) -> None:
    october(book)
    assert [fee.month for fee in paying.fee_months(book, 2026, END)] == []


def test_a_transfer_is_ordered_then_seen_in_the_statement(book: Book, tmp_path: Path) -> None:
    october(book)
    (own_account,) = bank.accounts(book)
    paying.confirm(book, "dues", ABOVE, "Hoa")
    line = {"item": "22", "fund": own_account.id, "amount_in": 6056000}
    vouchers.write(book, {"kind": "BC", "day": date(2026, 11, 12), "text": "Đoàn phí tháng 11", "lines": [line]}, "Hoa")
    assert paying.orders(book, "dues", 2026)["2026-10"].words == "Đã ghi sổ"
    made = paying.draft_payment(book, 1816800, "2026-11", own_account.code, "Hoa", today=date(2026, 11, 28))
    assert paying.orders(book, "dues", 2026)["2026-11"].words == "Chờ NH"
    path = tmp_path / "sao-ke.csv"
    rows = ("02/12/2026,40-001 DPCD 1126,1.816.800,,", "01/12/2026,LDLD CHUYEN KPCD,,19.068.000,")
    path.write_text("\n".join(("Ngày,Nội dung,Ghi nợ,Ghi có,Số dư", *rows)), "utf-8")
    bank.bring(book, path, "Hoa")
    share, transfer = bank.view(book, own_account.id, date(2026, 12, 1), date(2026, 12, 31)).rows
    assert (transfer.state, transfer.match and transfer.match.id) == ("chắc chắn", made.id)
    assert (share.new and share.new.month, share.sure) == ("2026-11", False)
    bank.confirm(book, [transfer, share], "Hoa")
    paid = book.get(Voucher, made.id)
    assert paid is not None
    assert (paid.posted, paid.number, paid.day, paid.month) == (True, "UNC12/01", date(2026, 12, 2), "2026-11")
    order = paying.orders(book, "dues", 2026)["2026-11"]
    assert (order.words, order.voucher) == ("NH 02/12", made.id)
    assert paying.orders(book, "fee", 2026)["2026-11"].words == "NH 01/12"


def test_without_a_draft_our_own_wording_makes_the_payment_sure(book: Book, tmp_path: Path) -> None:
    october(book)
    (own_account,) = bank.accounts(book)
    path = tmp_path / "sao-ke.csv"
    rows = ("02/12/2026,40-001 nop doan phi cong doan thang 11 nam 2026,1.816.800,", "02/12/2026,nop doan phi,10.000,")
    path.write_text("\n".join(("Ngày,Nội dung,Ghi nợ,Ghi có", *rows)), "utf-8")
    bank.bring(book, path, "Hoa")
    own, other = bank.view(book, own_account.id, date(2026, 12, 1), date(2026, 12, 31)).rows
    assert (own.new and (own.new.item, own.new.month), own.sure) == (("39", "2026-11"), True)
    assert (other.new and other.new.item, other.sure) == ("39", False)
