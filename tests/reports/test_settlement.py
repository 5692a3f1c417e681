"""B07-TLĐ of the worked examples E5, E6 and E11, and of what unions meet besides: advances, netting, delegation."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Budget
from desktop_app.reports import fonts, pdf
from desktop_app.reports.make import make
from desktop_app.storage import payroll
from desktop_app.storage.book import Book, new_id
from tests.reports.october import Money, non_zero, october, year_2026
from tests.unions import found_union, hire_e2

OCTOBER = Period.parse("2026-10")
YEAR = Period.parse("2026")
CODES = ["10", "22", "23", "24", "25", "25.01", "25.02", "28", "28.01", "28.02", "40",
         "31", "32", "33", "34", "34.01", "34.02", "37", "39", "42", "50"]  # fmt: skip


def b07(book: Book, period: Period) -> dict[str, Any]:
    return make(book, "B07", period).answer


def held(answer: dict[str, Any], rule: str) -> tuple[bool, int, int]:
    found = next(check for check in answer["checks"] if check["rule"].startswith(rule))
    return found["holds"], found["left"], found["right"]


def test_e5_the_settlement_of_october(book: Book) -> None:
    found_union(book)
    hire_e2(book)
    october(book)
    answer = b07(book, OCTOBER)
    assert list(answer) == ["form", "period", "version", "cells", "totals", "basics", "checks"]
    assert (answer["form"], answer["period"], answer["version"]) == ("B07", "2026-10", 1)
    assert list(answer["cells"]) == CODES
    assert non_zero(answer["cells"]) == {
        "10": 50800000, "22": 6056000, "25": 10003150, "25.01": 10000000, "25.02": 3150, "28": 19068000,
        "28.01": 19068000, "31": 7000000, "32": 7200000, "33": 662000, "34": 2251700, "34.02": 2251700,
        "39": 1816800, "50": 66996650,
    }  # fmt: skip
    assert answer["totals"] == {
        "cong_thu": 16059150, "tong_thu": 35127150, "cong_chi": 17113700, "tong_chi": 18930500,
        "V.a": 0, "V.b": 1816800, "V.c": 1816800, "V.d": 0,
    }  # fmt: skip
    assert answer["basics"] == {
        "workers": 130, "fee_fund": 1271200000, "members": 120, "dues_fund": 1211200000, "full_time": 0,
    }  # fmt: skip
    assert held(answer, "50 =") == (True, 66996650, 66996650)
    assert [check["rule"] for check in answer["checks"] if not check["holds"]] == ["đã khóa sổ cả kỳ"]
    assert all(set(check) == {"rule", "severity", "holds", "left", "right"} for check in answer["checks"])


def test_e6_the_settlement_of_the_year(book: Book) -> None:
    found_union(book)
    hire_e2(book)
    year_2026(book)
    answer = b07(book, YEAR)
    assert non_zero(answer["cells"]) == {
        "10": 64500000, "22": 72444000, "25": 30041300, "25.01": 30000000, "25.02": 41300, "28": 233018000,
        "28.01": 228018000, "28.02": 5000000, "31": 150000000, "32": 48000000, "33": 22500000, "34": 26005800,
        "34.02": 26005800, "37": 1200000, "39": 19916400, "50": 132381100,
    }  # fmt: skip
    assert answer["totals"] == {
        "cong_thu": 102485300, "tong_thu": 335503300, "cong_chi": 247705800, "tong_chi": 267622200,
        "V.a": 0, "V.b": 21733200, "V.c": 19916400, "V.d": 1816800,
    }  # fmt: skip
    assert held(answer, "R3") == (True, 26005800, 83618640)
    assert held(answer, "R2.31") == (True, 150000000, 136810800)
    assert held(answer, "R2.32") == (True, 48000000, 57004500)
    assert held(answer, "R2.33") == (True, 22500000, 34202700)
    assert answer["basics"]["dues_fund"] == 6 * 1203600000 + 6 * 1211200000
    november = b07(book, Period.parse("2026-11"))
    assert november["totals"] | {} == {**november["totals"], "V.a": 0, "V.b": 1816800, "V.d": 0}
    december = b07(book, Period.parse("2026-12"))
    assert (december["cells"]["10"], december["cells"]["50"]) == (november["cells"]["50"], 132381100)
    assert december["totals"]["V.d"] == 1816800


def test_e11_an_adjusting_voucher_corrects_the_month(book: Book) -> None:
    money = october(book)
    money.post(date(2026, 10, 31), "Điều chỉnh PC10/02", ("31", "TM", 0, -500000), kind="ĐC", number="ĐC10/01")
    answer = b07(book, OCTOBER)
    assert (answer["cells"]["31"], answer["cells"]["50"]) == (6500000, 67496650)
    assert held(answer, "50 =") == (True, 67496650, 67496650)
    assert make(book, "S11", OCTOBER).answer["closing"] == 10760000


def test_an_advance_is_no_spending_until_it_is_settled(book: Book) -> None:
    money = october(book)
    money.post(date(2026, 10, 6), "Tạm ứng hội thao", ("@Nguyễn Thị Hà", "TM", 0, 2000000))
    answer = b07(book, OCTOBER)
    assert (answer["totals"]["tong_chi"], answer["cells"]["50"]) == (18930500, 66996650)
    assert held(answer, "50 =") == (True, 66996650, 66996650)
    money.funds |= Money(book, BT=("Bù trừ", 0, "")).funds
    settled = (("31", "BT", 0, 1800000), ("@nguyễn thị  hà", "BT", 1800000, 0), ("@Nguyễn Thị Hà", "TM", 200000, 0))
    money.post(date(2026, 10, 29), "Thanh toán tạm ứng", *settled)
    answer = b07(book, OCTOBER)
    assert (answer["cells"]["31"], answer["cells"]["50"]) == (8800000, 65196650)
    assert held(answer, "50 =") == (True, 65196650, 65196650)
    assert held(answer, "quỹ Bù trừ") == (True, 0, 0)


def test_money_held_for_others_is_not_the_unions(book: Book) -> None:
    money = october(book)
    money.owe("Phải trả", "Quỹ xã hội", 3000000)
    money.owe("Tạm ứng", "Lê Văn Tám", 500000)
    money.owe("Phải nộp cấp trên", "LĐLĐ tỉnh", 777000)
    answer = b07(book, OCTOBER)
    assert answer["cells"]["10"] == 50800000 - 3000000 + 500000
    assert held(answer, "50 =") == (True, 64496650, 64496650)
    assert (answer["totals"]["V.a"], answer["totals"]["V.d"]) == (777000, 777000)
    notes = make(book, "B07", OCTOBER).report.sections[2].paragraphs
    assert "Quỹ xã hội được giữ hộ 3.000.000 đồng; Lê Văn Tám còn giữ 500.000 đồng" in notes[2]


def test_an_offset_is_booked_gross_and_must_net_to_zero(book: Book) -> None:
    money = october(book)
    money.funds |= Money(book, BT=("Bù trừ", 0, "")).funds
    money.post(date(2026, 10, 30), "KPCĐ tháng 10 trừ 30 % đoàn phí", ("28.01", "NH", 17251200, 0), ("28.01", "BT", 1816800, 0))
    half = b07(book, OCTOBER)
    assert held(half, "quỹ Bù trừ") == (False, 1816800, 0)
    assert not held(half, "50 =")[0]
    money.post(date(2026, 10, 30), "Nộp 30 % đoàn phí, bù trừ", ("39", "BT", 0, 1816800))
    whole = b07(book, OCTOBER)
    assert (whole["cells"]["28.01"], whole["cells"]["39"]) == (2 * 19068000, 2 * 1816800)
    assert held(whole, "quỹ Bù trừ")[0]
    assert held(whole, "50 =")[0]


def test_a_delegated_union_owes_a_quarter_of_the_fee_too(book: Book) -> None:
    found_union(book, delegated=True, delegated_from="01/10/2026")
    money = Money(book, NH=("Tiền gửi", 0, ""))
    money.post(date(2026, 9, 30), "KPCĐ thu trước khi phân cấp", ("23", "NH", 10000000, 0), kind="BC")
    money.post(date(2026, 10, 20), "KPCĐ tháng 9", ("23", "NH", 25424000, 0), kind="BC")
    money.post(date(2026, 10, 21), "Đoàn phí", ("22", "NH", 6056000, 0), kind="BC")
    money.post(date(2026, 10, 25), "Nộp 25 % KPCĐ", ("39", "NH", 0, 6356000), kind="UNC")
    totals = b07(book, OCTOBER)["totals"]
    assert (totals["V.a"], totals["V.b"], totals["V.c"], totals["V.d"]) == (0, 6356000 + 1816800, 6356000, 1816800)


def test_months_before_the_book_began_need_no_closing(book: Book) -> None:
    found_union(book)
    october(book)
    assert held(b07(book, YEAR), "đã khóa sổ cả kỳ") == (False, 3, 0)


def test_a_book_begun_inside_the_period_begins_with_its_opening(book: Book) -> None:
    october(book)
    assert b07(book, YEAR)["cells"]["10"] == 50800000
    assert b07(book, Period.parse("2026-Q4"))["cells"]["50"] == 66996650
    assert b07(book, Period.parse("2026-10-15..2026-10-31"))["cells"]["10"] == 50800000 + 19068000 + 3400000 + 2656000
    assert non_zero(b07(book, Period.parse("2026-09"))["cells"]) == {}
    assert b07(book, Period.parse("2026-11"))["cells"]["10"] == 66996650


def test_months_add_up_to_the_year_whatever_the_odd_dong(book: Book) -> None:
    found_union(book)
    money = Money(book, NH=("Tiền gửi", 0, ""))
    for month in range(1, 13):
        money.post(date(2026, month, 9), "Đoàn phí", ("22", "NH", 38889 + month, 0), kind="BC")
    months = [b07(book, Period.parse(f"2026-{month:02}"))["totals"] for month in range(1, 13)]
    whole = b07(book, YEAR)["totals"]
    assert sum(month["V.b"] for month in months) == whole["V.b"] == 140024
    assert [month["V.a"] for month in months[1:]] == [month["V.d"] for month in months[:-1]]


def test_drafts_and_cancelled_vouchers_do_not_count(book: Book) -> None:
    money = october(book)
    money.post(date(2026, 10, 30), "Nháp", ("31", "TM", 0, 1000000), posted=False)
    money.post(date(2026, 10, 30), "Đã hủy", ("31", "TM", 0, 1000000), cancelled=True)
    made = make(book, "B07", OCTOBER)
    assert made.answer["cells"]["31"] == 7000000
    assert held(made.answer, "không còn phiếu nháp") == (False, 1, 0)
    assert made.report.mark == "BẢN NHÁP"


def test_a_local_item_counts_in_the_one_above_and_an_unknown_one_is_an_error(book: Book) -> None:
    money = october(book)
    money.post(date(2026, 10, 30), "Thăm hỏi", ("31.05", "TM", 0, 300000))
    assert b07(book, OCTOBER)["cells"]["31"] == 7300000
    money.post(date(2026, 10, 30), "Mục của mẫu cũ", ("29", "TM", 0, 40000))
    answer = b07(book, OCTOBER)
    assert held(answer, "mọi khoản chi có trên mẫu") == (False, 19270500, 19230500)


def test_e9_the_budget_of_2027_begins_with_the_closing_of_2026(book: Book) -> None:
    year_2026(book)
    planned = {"22": 76668000, "25.01": 30000000, "28.01": 241452000, "31": 171518400, "32": 90363000, "33": 36217800,
               "34.02": 27020400, "39": 23000400}  # fmt: skip
    with book.transact("budget.add", "Hoa") as transaction:
        for item, amount in planned.items():
            transaction.save(build(Budget, {"id": new_id(), "year": 2027, "item": item, "amount": amount}))
    answer = make(book, "B14", Period.parse("2027")).answer
    assert (answer["totals"]["tong_thu"], answer["totals"]["tong_chi"]) == (348120000, 348120000)
    assert (answer["cells"]["10"], answer["cells"]["50"]) == (132381100, 132381100)
    assert (answer["cells"]["34"], answer["totals"]["V.b"], answer["totals"]["V.d"]) == (27020400, 23000400, 0)
    assert answer["checks"][0]["holds"]
    row = next(row for row in make(book, "B07", Period.parse("2027")).report.tables[1].rows if row.code == "31")
    assert row.cells["budget"] == 171518400


def test_an_unknown_form_is_told_which_there_are(book: Book) -> None:
    with pytest.raises(Refused, match=r"Chưa có mẫu B99.*B07"):
        make(book, "B99", OCTOBER)


def test_the_settlement_stands_on_two_pages_with_the_unions_names_whole(book: Book) -> None:
    """Part D with the signatures above follows on the second page; "LĐLĐ tỉnh / Nghệ An" is not torn."""
    found_union(book)
    hire_e2(book)
    october(book)
    pages = PdfReader(io.BytesIO(pdf.draw(make(book, "B07", OCTOBER).report))).pages
    first, second = (page.extract_text() for page in pages)
    assert "D. NHẬN XÉT CỦA CÔNG ĐOÀN CẤP TRÊN" in second
    assert "TM. BAN THƯỜNG VỤ" in second
    assert f"CÔNG ĐOÀN CẤP TRÊN: {payroll.union(book).upper}" in first


def test_centred_lines_are_about_equally_long() -> None:
    note = "(Ban hành kèm theo Thông tư 107/2017/TT-BTC ngày 10/10/2017 của Bộ Tài chính)"
    lines = fonts.balanced(note, fonts.ITALIC, 11, 330)
    assert " ".join(lines) == note
    assert len(lines) == 2
    long, short = sorted((fonts.width(line, fonts.ITALIC, 11) for line in lines), reverse=True)
    assert long <= 330
    assert short > 0.7 * long
