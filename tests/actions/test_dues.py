"""Dues of October 2026: computed, collected once, freed, and the employer's fee with its clock (E1, E2, E10)."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import dues, members, periods, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Payroll, Voucher
from desktop_app.storage import ledger, payroll
from desktop_app.storage.book import Book, new_id
from tests.unions import found_union, hire, hire_e2, open_funds

OCTOBER, DAY = "2026-10", date(2026, 10, 20)


@pytest.fixture
def e2(book: Book) -> Book:
    found_union(book)
    open_funds(book)
    hire_e2(book)
    return book


def receipt(book: Book, amount: int, day: date = DAY) -> Voucher:
    fund = ledger.fund_of_code(book, "TM")
    assert fund is not None
    values = {"kind": "PT", "day": day, "text": "Đoàn phí nộp tiền mặt",
              "lines": [{"item": "22", "fund": fund.id, "amount_in": amount}]}  # fmt: skip
    return vouchers.post(book, vouchers.draft(book, values, "Hoa").id, "Hoa")


def test_a_wrong_fund_is_told_even_if_nobody_owes(book: Book) -> None:
    found_union(book)
    with pytest.raises(Refused, match="mang mã QQ"):
        dues.collect(book, "2026-10", "Hoa", "QQ")


def test_e2_the_month_is_computed(e2: Book) -> None:
    found = dues.compute(e2, OCTOBER)
    assert (found.members, found.base, found.due) == (120, 1211200000, 6056000)
    assert (found.keep, found.up) == (4239200, 1816800)
    assert (len(found.lines), found.paid, found.received, found.typed) == (120, 0, 0, False)


def test_e3_the_same_wages_in_other_months(e2: Book) -> None:
    told = []
    for month in ("2025-06", "2025-07"):
        found, fee = dues.compute(e2, month), dues.fee(e2, month)
        told.append((found.due, found.keep, found.up, fee.due, fee.keep, fee.up))
    assert told == [
        (11440000, 8008000, 3432000, 25272000, 18954000, 6318000),
        (6018000, 4212600, 1805400, 25272000, 18954000, 6318000),
    ]


def test_collecting_makes_one_receipt_and_collecting_again_takes_only_what_is_missing(e2: Book) -> None:
    done = dues.collect(e2, OCTOBER, "Hoa", day=DAY)
    assert done.voucher is not None
    assert (done.count, done.amount, done.voucher.number, done.voucher.month) == (120, 6056000, "PT10/01", OCTOBER)
    assert ledger.item_totals(e2, date(2026, 10, 1), date(2026, 10, 31)) == {"22": (6056000, 0)}
    assert dues.compute(e2, OCTOBER).paid == 6056000
    assert dues.collect(e2, OCTOBER, "Hoa", day=DAY) == dues.Collected(None, 0, 0)
    late = hire(e2, "Hồ Thị An", 7777777)
    again = dues.collect(e2, OCTOBER, "Hoa", "NH", day=DAY)
    assert again.voucher is not None
    assert (again.count, again.amount, again.voucher.number) == (1, 38889, "BC10/01")
    assert again.voucher.party == late.name
    assert len(list(e2.all(Voucher))) == 2
    assert e2.verify().first_fault is None


def test_chosen_members_pay_and_the_rest_still_owe(e2: Book) -> None:
    first, second, *_ = dues.compute(e2, OCTOBER).lines
    done = dues.collect_some(e2, OCTOBER, [first.person, second.person], "Hoa", day=DAY)
    assert (done.count, done.amount) == (2, first.due + second.due)
    assert sum(line.owing for line in dues.compute(e2, OCTOBER).lines) == 6056000 - done.amount
    with pytest.raises(Refused, match="không còn nợ"):
        dues.collect_some(e2, OCTOBER, [first.person], "Hoa", day=DAY)


def test_a_collection_that_is_stopped_leaves_nothing(e2: Book) -> None:
    def stop(done: int, of: int) -> None:
        if done == of // 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        dues.collect(e2, OCTOBER, "Hoa", day=DAY, progress=stop)
    assert dues.compute(e2, OCTOBER).paid == 0
    assert not list(e2.all(Voucher))
    assert e2.verify().first_fault is None


@pytest.mark.parametrize("undo", ["cancel", "reverse"])
def test_a_receipt_taken_back_frees_its_members_to_be_collected_again(e2: Book, undo: str) -> None:
    done = dues.collect(e2, OCTOBER, "Hoa", day=DAY)
    assert done.voucher is not None
    getattr(vouchers, undo)(e2, done.voucher.id, "Ghi nhầm quỹ", "Hoa")
    found = dues.compute(e2, OCTOBER)
    assert (found.paid, found.received) == (0, 0)
    again = dues.collect(e2, OCTOBER, "Hoa", "NH", day=DAY)
    assert again.amount == 6056000
    assert dues.compute(e2, OCTOBER).paid == 6056000


def test_money_already_in_the_books_is_not_taken_twice(e2: Book) -> None:
    receipt(e2, 3400000)
    with pytest.raises(Refused, match=r"3\.400\.000 ₫ đoàn phí chưa có tên"):
        dues.collect(e2, OCTOBER, "Hoa", day=DAY)
    receipt(e2, 2656000)
    assert dues.collect(e2, OCTOBER, "Hoa", day=DAY) == dues.Collected(None, 120, 6056000)
    found = dues.compute(e2, OCTOBER)
    assert (found.paid, found.received, found.unnamed) == (6056000, 6056000, 0)


def test_who_paid_and_left_is_still_named(e2: Book) -> None:
    dues.collect(e2, OCTOBER, "Hoa", day=DAY)
    first = dues.compute(e2, OCTOBER).lines[0]
    members.leave(e2, [first.person], date(2026, 10, 1), "Hoa")
    found = dues.compute(e2, OCTOBER)
    assert (found.members, found.paid, found.unnamed) == (119, 6056000 - first.due, 0)


def test_payers_are_named_for_a_receipt_that_has_no_names(e2: Book) -> None:
    paid_by = receipt(e2, 500000)
    some = [line.person for line in dues.compute(e2, OCTOBER).lines[:5]]
    dues.name_payers(e2, OCTOBER, some, "Hoa")
    assert {row.voucher for row in e2.all(Dues)} == {paid_by.id}
    with pytest.raises(Refused, match="chưa có tên người nộp"):
        dues.name_payers(e2, OCTOBER, [line.person for line in dues.compute(e2, OCTOBER).lines], "Hoa")


def test_a_closed_month_refuses_and_nothing_is_stored(e2: Book) -> None:
    periods.close(e2, OCTOBER, "Hoa")
    with pytest.raises(Refused, match="Kỳ 10/2026 đã khóa sổ"):
        dues.collect(e2, OCTOBER, "Hoa", day=DAY)
    assert not list(e2.all(Voucher))
    assert not list(e2.all(Dues))
    done = dues.collect(e2, OCTOBER, "Hoa", day=date(2026, 11, 5))
    assert done.voucher is not None
    assert (done.voucher.number, done.voucher.month) == ("PT11/01", OCTOBER)


def test_e1_f_a_member_on_maternity_benefit_owes_nothing_until_the_exemption_ends(book: Book) -> None:
    found_union(book)
    mai = hire(book, "Hồ Thị Mai", 9000000)
    reason = "Hưởng trợ cấp BHXH từ 1 tháng trở lên"
    dues.exempt(book, [mai.id], {"from_month": "9/2026", "to_month": "2/2027", "reason": reason}, "Hoa")
    found = dues.compute(book, OCTOBER)
    assert (found.members, found.base, found.due) == (1, 0, 0)
    assert [(line.due, line.exempt) for line in found.lines] == [(0, reason)]
    assert [dues.compute(book, month).due for month in ("2026-08", "2027-02", "2027-03")] == [45000, 0, 45000]
    dues.owe_again(book, [mai.id], OCTOBER, "Hoa")
    assert [dues.compute(book, month).due for month in ("2026-09", OCTOBER)] == [0, 45000]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"from_month": "10/2026", "reason": " "}, "lý do"),
        ({"from_month": "", "reason": "Nghỉ"}, "Từ tháng"),
        ({"from_month": "10/2026", "to_month": "9/2026", "reason": "Nghỉ"}, "Tháng cuối"),
    ],
)
def test_an_exemption_needs_months_and_a_reason(book: Book, values: dict[str, object], told: str) -> None:
    mai = hire(book, "Hồ Thị Mai", 9000000)
    with pytest.raises(Refused, match=told):
        dues.exempt(book, [mai.id], values, "Hoa")


def test_the_fund_is_asked_for_only_when_it_is_unclear(e2: Book) -> None:
    with pytest.raises(Refused, match="mang mã XX"):
        dues.collect(e2, OCTOBER, "Hoa", "XX")
    open_funds(e2)
    with pytest.raises(Refused, match="Có nhiều quỹ: TM, TM"):
        dues.collect(e2, OCTOBER, "Hoa")


def test_without_any_fund_the_sentence_says_where_to_make_one(book: Book) -> None:
    found_union(book)
    hire(book, "Hồ Thị Mai", 9000000)
    with pytest.raises(Refused, match="Thiết lập"):
        dues.collect(book, OCTOBER, "Hoa")


def test_typed_totals_are_collected_as_one_sum(book: Book) -> None:
    found_union(book)
    open_funds(book)
    hire(book, "Hồ Thị Mai")
    with book.transact("payroll.type", "Hoa") as transaction:
        values = {"month": OCTOBER, "workers": 130, "fee_fund": 1271200000, "members": 120, "dues_fund": 1211200000}
        transaction.save(build(Payroll, {"id": new_id(), **values}))
    found = dues.compute(book, OCTOBER)
    assert (found.members, found.due, found.up, found.typed) == (120, 6056000, 1816800, True)
    assert dues.collect(book, OCTOBER, "Hoa", day=DAY).amount == 6056000
    assert dues.collect(book, OCTOBER, "Hoa", day=DAY).amount == 0
    assert dues.fee(book, OCTOBER).due == 25424000


def test_who_has_no_wage_is_told_apart_from_who_owes_nothing(book: Book) -> None:
    found_union(book)
    hire(book, "Hồ Thị Mai")
    (line,) = dues.compute(book, OCTOBER).lines
    assert (line.due, line.wage_known) == (0, False)


def test_e10_the_fee_of_october_its_clock_and_what_came(e2: Book) -> None:
    bank = ledger.fund_of_code(e2, "NH")
    assert bank is not None
    for month, amount in (("2026-09", 1000), (OCTOBER, 19068000)):
        values = {"kind": "BC", "day": "5/11/2026", "month": month, "text": "KPCĐ 75 %",
                  "lines": [{"item": "28.01", "fund": bank.id, "amount_in": amount}]}  # fmt: skip
        vouchers.post(e2, vouchers.draft(e2, values, "Hoa").id, "Hoa")
    found = dues.fee(e2, OCTOBER)
    assert (found.base, found.due, found.keep, found.up) == (1271200000, 25424000, 19068000, 6356000)
    assert (found.received, found.missing) == (19068000, 0)
    assert (found.clock.deadline, found.clock.late_from) == (date(2026, 11, 30), date(2026, 12, 1))
    assert found.clock.unpaid_from == date(2027, 1, 30)


def test_a_delegated_union_looks_at_what_it_collected_and_a_quarterly_one_at_the_quarter(book: Book) -> None:
    found_union(book, delegated=True, delegated_from="1/10/2026", fee_period="Quý")
    hire_e2(book)
    assert [dues.fee(book, month).delegated for month in ("2026-09", OCTOBER)] == [False, True]
    assert dues.fee(book, OCTOBER).expected == 25424000
    assert dues.fee(book, OCTOBER).clock.deadline == date(2027, 1, 31)


def test_the_grid_of_a_year_holds_what_each_member_paid(e2: Book) -> None:
    for month in ("2026-09", OCTOBER):
        dues.collect(e2, month, "Hoa")
    grid = payroll.paid_by_month(e2, 2026)
    assert len(grid) == 120
    assert [sum(column) for column in zip(*grid.values(), strict=True)] == [0] * 8 + [6056000, 6056000, 0, 0]
