"""Worked examples E5 and E11: the vouchers of October 2026, what the books say of them, and how they are corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desktop_app.actions import periods, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book, new_id
from tests.actions.october import FIRST, LAST, Funds, make_funds, paid, post_october


@pytest.fixture
def funds(book: Book) -> Funds:
    return make_funds(book)


def written(book: Book, fund: Fund, **more: Any) -> Voucher:
    return vouchers.write(book, paid(fund, **more), "Hoa")


def cash_at_end(book: Book, funds: Funds, last: date = LAST) -> int:
    return ledger.fund_book(book, funds[0], FIRST, last).closing


def test_e5_numbers_balances_and_items(book: Book, funds: Funds) -> None:
    posted = post_october(book, funds)
    assert [v.number for v in posted] == [
        "BC10/01", "PT10/01", "BC10/02", "PC10/01", "PC10/02", "UNC10/01", "BC10/03", "UNC10/02", "PC10/03",
        "UNC10/03", "UNC10/04", "BN10/01", "BC10/04",
    ]  # fmt: skip
    assert [v.counterpart for v in posted if v.counterpart] == ["PT10/02"]
    cash, bank = (ledger.fund_book(book, fund, FIRST, LAST) for fund in funds)
    assert [entry.balance for entry in cash.entries] == [11900000, 10400000, 4900000, 10900000, 10260000]
    assert [entry.number for entry in cash.entries] == ["PT10/01", "PC10/01", "PC10/02", "PT10/02", "PC10/03"]
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


def test_e11_an_adjusting_voucher_carries_the_difference_in_the_same_column(book: Book, funds: Funds) -> None:
    posted = post_october(book, funds)
    gifts = next(v for v in posted if v.number == "PC10/02")
    line = {"item": "31", "fund": funds[0].id, "amount_out": -500000}
    adjusting = vouchers.write(
        book,
        {"kind": "ĐC", "day": "31/10/2026", "text": "Quà 20/10: thực chi 50 suất", "lines": [line], "adjusts": gifts.id},
        "Hoa",
    )
    assert adjusting.number == "ĐC10/01"
    assert ledger.item_totals(book, FIRST, LAST)["31"] == (0, 6500000)
    assert cash_at_end(book, funds) == 10760000
    assert book.get(Voucher, gifts.id) == gifts
    assert [v.number for v in ledger.followers(book, gifts.id)] == ["ĐC10/01"]
    with pytest.raises(Refused, match=r"PC10/02 có phiếu điều chỉnh ĐC10/01\. Hãy hủy hoặc đảo ĐC10/01 trước khi hủy"):
        vouchers.cancel(book, gifts.id, "Ghi nhầm", "Hoa")
    vouchers.reverse(book, adjusting.id, "Nhầm", "Hoa")
    assert cash_at_end(book, funds) == 10260000
    vouchers.reverse(book, gifts.id, "Nhầm", "Hoa")


def test_only_an_adjusting_voucher_adjusts_and_only_what_counts(book: Book, funds: Funds) -> None:
    first = written(book, funds[0])
    with pytest.raises(Refused, match="Chỉ phiếu điều chỉnh"):
        written(book, funds[0], adjusts=first.id)
    vouchers.cancel(book, first.id, "Ghi nhầm", "Hoa")
    with pytest.raises(Refused, match="đã ghi sổ và chưa hủy"):
        written(book, funds[0], kind="ĐC", adjusts=first.id)


def test_a_draft_counts_in_no_balance_and_a_cancelled_number_is_not_used_again(book: Book, funds: Funds) -> None:
    first = vouchers.draft(book, paid(funds[0]), "Hoa")
    assert cash_at_end(book, funds) == 8500000
    vouchers.post(book, first.id, "Hoa")
    vouchers.cancel(book, first.id, "Ghi nhầm", "Hoa")
    assert cash_at_end(book, funds) == 8500000
    again = written(book, funds[0])
    assert again.number == "PC10/02"
    with pytest.raises(Refused, match="PC10/02 đã ghi sổ rồi"):
        vouchers.post(book, again.id, "Hoa")
    with pytest.raises(Refused, match="PC10/01 không ở trạng thái đã ghi sổ nên không đảo được"):
        vouchers.reverse(book, first.id, "Nhầm", "Hoa")


def test_numbers_restart_each_month_and_imported_ones_are_kept(book: Book, funds: Funds) -> None:
    assert written(book, funds[0], number="PC-CĐ-2026-001").number == "PC-CĐ-2026-001"
    assert written(book, funds[0], number="PC10/07").number == "PC10/07"
    assert written(book, funds[0]).number == "PC10/08"
    assert written(book, funds[0], day="02/11/2026").number == "PC11/01"
    assert written(book, funds[0], day="15/10/2025", number="PC10/07").number == "PC10/07"
    with pytest.raises(Refused, match="Số PC10/07 đã có trong năm 2026"):
        written(book, funds[0], number="PC10/07")
    assert {v.number for v in (ledger.with_number(book, text, date(2026, 12, 1)) for text in ("PC10/07", "PC10/08")) if v} == {
        "PC10/07", "PC10/08",
    }  # fmt: skip
    latest, exact = (ledger.with_number(book, text, date(2027, 1, 5)) for text in ("PC10/07", "PC10/07/2025"))
    assert latest is not None
    assert exact is not None
    assert (latest.day, exact.day) == (date(2026, 10, 15), date(2025, 10, 15))
    assert ledger.with_number(book, "PC99/01", date(2027, 1, 5)) is None


def test_sua_phieu_reverses_and_leaves_a_filled_in_draft(book: Book, funds: Funds) -> None:
    gifts = written(book, funds[0], amount=5500000, item="31", party="Lê Thị Lan")
    reversing, again = vouchers.correct(book, gifts.id, "Thực chi 50 suất", "Hoa")
    assert (reversing.number, reversing.reverses, reversing.reason) == ("ĐC10/01", gifts.id, "Thực chi 50 suất")
    assert reversing.lines[0].amount_out == -5500000
    assert (again.number, again.posted, again.replaces, again.party) == ("", False, gifts.id, "Lê Thị Lan")
    assert cash_at_end(book, funds) == 8500000
    changed = {"id": again.id, "replaces": gifts.id, **paid(funds[0], amount=5000000, item="31")}
    assert vouchers.write(book, changed, "Hoa").number == "PC10/02"
    assert cash_at_end(book, funds) == 3500000
    with pytest.raises(Refused, match="PC10/01 đã được đảo bằng phiếu ĐC10/01 nên không đảo được nữa"):
        vouchers.reverse(book, gifts.id, "Lần nữa", "Hoa")
    with pytest.raises(Refused, match="ĐC10/01 là phiếu đảo nên không đảo lại"):
        vouchers.reverse(book, reversing.id, "Lần nữa", "Hoa")


def test_a_cancelled_reversal_lets_the_voucher_count_again(book: Book, funds: Funds) -> None:
    first = written(book, funds[0])
    reversing = vouchers.reverse(book, first.id, "Nhầm", "Hoa")
    assert ledger.reversed_ids(book, FIRST, LAST) == {first.id}
    vouchers.cancel(book, reversing.id, "Đảo nhầm", "Hoa")
    assert ledger.reversed_ids(book, FIRST, LAST) == frozenset()
    assert cash_at_end(book, funds) == 7860000
    assert vouchers.reverse(book, first.id, "Nhầm thật", "Hoa").number == "ĐC10/02"


def test_what_is_posted_changes_in_payee_address_and_papers_only(book: Book, funds: Funds) -> None:
    first = written(book, funds[0])
    amended = vouchers.amend(book, first.id, {"party": "Trần Văn Bình", "papers": "02"}, "Hoa")
    assert (amended.party, amended.papers, amended.number) == ("Trần Văn Bình", "02", first.number)
    with pytest.raises(Refused, match="chỉ sửa được tên, địa chỉ"):
        vouchers.amend(book, first.id, {"text": "Khác"}, "Hoa")
    with pytest.raises(Refused, match="PC10/01 đã ghi sổ nên không sửa được"):
        vouchers.draft(book, {"id": first.id, **paid(funds[0], amount=1)}, "Hoa")
    with pytest.raises(Refused, match="không xóa được"):
        vouchers.discard(book, first.id, "Hoa")


def test_a_discarded_draft_is_gone(book: Book, funds: Funds) -> None:
    vouchers.discard(book, vouchers.draft(book, paid(funds[0]), "Hoa").id, "Hoa")
    assert list(book.all(Voucher)) == []
    assert written(book, funds[0]).number == "PC10/01"


CLOSED = r"Kỳ 10/2026 đã khóa sổ. Hãy lập phiếu điều chỉnh ở kỳ đang mở, hoặc mở lại kỳ 10/2026\."


def test_a_closed_month_refuses_to_post_and_to_cancel(book: Book, funds: Funds) -> None:
    first, waiting = written(book, funds[0]), vouchers.draft(book, paid(funds[0]), "Hoa")
    closed = periods.close(book, "2026-10", "Hoa")
    assert closed.drafts == 1
    assert closed.notice.startswith("Kỳ 10/2026 còn 1 phiếu nháp")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: vouchers.post(book, waiting.id, "Hoa"),
        lambda: vouchers.write(book, paid(funds[0]), "Hoa"),
        lambda: vouchers.cancel(book, first.id, "Nhầm", "Hoa"),
        lambda: written(book, funds[0], day="30/09/2026"),
    )
    for refused in attempts:
        with pytest.raises(Refused, match=CLOSED.replace("10/2026", "(10|09)/2026")):
            refused()
    assert written(book, funds[0], day="02/11/2026").number == "PC11/01"
    periods.reopen(book, "2026-10", "Bổ sung hóa đơn", "Hoa")
    assert vouchers.post(book, waiting.id, "Hoa").number == "PC10/02"


def test_a_reversal_is_dated_in_the_original_month_while_that_is_open_else_today_or_later(
    book: Book, funds: Funds
) -> None:
    one, two, three = (written(book, funds[0], amount=amount) for amount in (1000, 2000, 3000))
    assert vouchers.reverse(book, one.id, "Nhầm", "Hoa", today=date(2026, 11, 24)).day == date(2026, 10, 15)
    periods.close(book, "2026-10", "Hoa")
    late = vouchers.reverse(book, two.id, "Nhầm", "Hoa", today=date(2026, 11, 24))
    assert (late.day, late.number) == (date(2026, 11, 24), "ĐC11/01")
    periods.close(book, "2026-11", "Hoa")
    _, again = vouchers.correct(book, three.id, "Nhầm", "Hoa", today=date(2026, 11, 24))
    assert again.day == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("kind", "lines", "sentence"),
    [
        ("PC", [], "ít nhất một dòng"),
        ("PC", [{"item": "31"}], "đúng một cột"),
        ("PC", [{"item": "31", "amount_in": 5, "amount_out": 5}], "đúng một cột"),
        ("PC", [{"item": "31", "amount_out": -5}], "Số tiền âm"),
        ("PC", [{"amount_out": 5}], "chọn mục"),
        ("PC", [{"item": "99", "amount_out": 5}], "Không có mục 99"),
        ("PC", [{"item": "34", "amount_out": 5}], "Mục 34 là mục tổng. Hãy chọn mục chi tiết: 34.01, 34.02"),
        ("PC", [{"item": "22", "amount_out": 5}], "Mục 22 là mục thu"),
        ("PT", [{"item": "31", "amount_in": 5}], "Mục 31 là mục chi"),
        ("PT", [{"item": "31", "amount_out": 5}], "Phiếu thu .PT. ghi số tiền ở cột Thu"),
        ("BN", [{"item": "22", "amount_in": 5}], "Giấy báo nợ .BN. ghi số tiền ở cột Chi"),
        ("UNC", [{"amount_out": 5}, {"amount_in": 5}], "Quỹ chuyển đi và quỹ nhận là một"),
        ("PC", [{"item": "31", "amount_out": 5, "fund": new_id()}], "Không tìm thấy quỹ"),
    ],
)
def test_a_voucher_whose_lines_make_no_sense_is_refused(
    book: Book, funds: Funds, kind: str, lines: list[dict[str, object]], sentence: str
) -> None:
    given = [{"fund": funds[0].id, **line} for line in lines]
    with pytest.raises(Refused, match=sentence):
        vouchers.draft(book, {"kind": kind, "day": "15/10/2026", "text": "Chi", "lines": given}, "Hoa")
    assert list(book.all(Voucher)) == []


def test_a_voucher_before_its_fund_was_opened_is_refused(book: Book) -> None:
    fund = build(Fund, {"id": new_id(), "code": "TM", "kind": "Tiền mặt", "opened": "01/10/2026"})
    with book.transact("fund.add", "Hoa") as transaction:
        transaction.save(fund)
    with pytest.raises(Refused, match="Quỹ TM mở sổ từ 01/10/2026"):
        written(book, fund, day="30/09/2026")
    assert written(book, fund, day="01/10/2026").number == "PC10/01"


def test_an_advance_and_an_offset_move_no_income(book: Book, funds: Funds) -> None:
    offset = build(Fund, {"id": new_id(), "code": "BT", "kind": "Bù trừ"})
    with book.transact("fund.add", "Hoa") as transaction:
        transaction.save(offset)
    advance = {"party": "Lê Thị Lan", "fund": funds[0].id, "amount_out": 2000000}
    vouchers.write(book, {"kind": "PC", "day": "05/10/2026", "text": "Tạm ứng", "lines": [advance]}, "Hoa")
    assert ledger.item_totals(book, FIRST, LAST) == {}
    assert cash_at_end(book, funds) == 6500000
    gross = [
        {"item": "28.01", "fund": funds[1].id, "amount_in": 17251200},
        {"item": "28.01", "fund": offset.id, "amount_in": 1816800},
        {"item": "39", "fund": offset.id, "amount_out": 1816800},
    ]
    vouchers.write(book, {"kind": "BC", "day": "06/10/2026", "text": "KPCĐ trừ đoàn phí", "lines": gross}, "Hoa")
    assert ledger.item_totals(book, FIRST, LAST) == {"28.01": (19068000, 0), "39": (0, 1816800)}


def test_one_bad_voucher_of_an_import_leaves_nothing(book: Book, funds: Funds) -> None:
    good = build(Voucher, {"id": new_id(), **paid(funds[0])})
    bad = build(Voucher, {"id": new_id(), **paid(funds[0], item="99")})

    def bring_in() -> None:
        with book.transact("import", "Hoa") as transaction:
            assert vouchers.enter(book, transaction, good).number == "PC10/01"
            vouchers.enter(book, transaction, bad)

    with pytest.raises(Refused, match="Không có mục 99"):
        bring_in()
    assert list(book.all(Voucher)) == []
