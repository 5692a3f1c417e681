"""S11-H, S12-H, S82-TLĐ and S81-TLĐ: the books of E5, row by row, and that no book can disagree with another."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues
from desktop_app.reports.make import FundNeeded, make
from desktop_app.reports.pdf import draw
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.items import shipped
from tests.conftest import KEY
from tests.reports.october import Money, non_zero, october
from tests.unions import found_union, hire

OCTOBER = Period.parse("2026-10")


def test_s11_is_the_cash_book_of_e5(book: Book) -> None:
    october(book)
    answer = make(book, "S11", OCTOBER).answer
    assert list(answer) == ["opening", "rows", "closing", "totals"]
    assert [(row["number"], row["balance"]) for row in answer["rows"]] == [
        ("PT10/01", 11900000), ("PC10/01", 10400000), ("PC10/02", 4900000), ("PT10/02", 10900000),
        ("PC10/03", 10260000),
    ]  # fmt: skip
    assert answer["rows"][0] == {
        "date": "2026-10-10", "number": "PT10/01", "text": "Đoàn phí nộp tiền mặt", "in": 3400000, "out": 0,
        "balance": 11900000,
    }  # fmt: skip
    assert (answer["opening"], answer["closing"]) == (8500000, 10260000)
    assert answer["totals"] == {"in": 9400000, "out": 7640000}


def test_s12_is_the_bank_book_of_e5(book: Book) -> None:
    october(book)
    answer = make(book, "S12", OCTOBER).answer
    assert [row["number"] for row in answer["rows"]] == [
        "BC10/01", "BC10/02", "UNC10/01", "BC10/03", "UNC10/02", "UNC10/03", "UNC10/04", "BN10/01", "BC10/04",
    ]  # fmt: skip
    assert [row["balance"] for row in answer["rows"]] == [
        61368000, 64024000, 58024000, 68024000, 60824000, 58572300, 56755500, 56733500, 56736650,
    ]  # fmt: skip
    assert (answer["opening"], answer["closing"]) == (42300000, 56736650)


def test_s82_has_every_item_and_no_transfer(book: Book) -> None:
    october(book)
    answer = make(book, "S82", OCTOBER).answer
    assert len(answer["rows"]) == 12
    assert all(row["number"] != "UNC10/01" for row in answer["rows"])
    assert answer["rows"][0]["cells"] == {"28.01": 19068000}
    assert non_zero(answer["totals"]) == {
        "22": 6056000, "25.01": 10000000, "25.02": 3150, "28.01": 19068000, "31": 7000000, "32": 7200000,
        "33": 662000, "34.02": 2251700, "39": 1816800, "in": 35127150, "out": 18930500,
    }  # fmt: skip
    assert (answer["opening"], answer["closing"]) == (50800000, 66996650)


def test_a_voucher_of_two_lines_is_one_row(book: Book) -> None:
    money = october(book)
    money.post(date(2026, 10, 30), "Quà và nước", ("31", "TM", 0, 200000), ("33", "TM", 0, 50000), ("31", "NH", 0, 1000))
    assert make(book, "S82", OCTOBER).answer["rows"][-3]["cells"] == {"31": 201000, "33": 50000}
    assert make(book, "S11", OCTOBER).answer["rows"][-1]["out"] == 250000


def test_of_two_bank_accounts_one_must_be_named(book: Book) -> None:
    october(book)
    Money(book, NH2=("Tiền gửi", 700000, "01/10/2026"))
    with pytest.raises(FundNeeded, match="NH, NH2"):
        make(book, "S12", OCTOBER)
    assert make(book, "S12", OCTOBER, "nh2").answer["closing"] == 700000
    with pytest.raises(Refused, match="Không có quỹ tiền mặt nào mang mã NH2"):
        make(book, "S11", OCTOBER, "NH2")
    with pytest.raises(Refused, match="không theo từng quỹ"):
        make(book, "B07", OCTOBER, "NH2")


def test_a_longer_book_is_added_up_at_each_months_end(book: Book) -> None:
    money = october(book)
    money.post(date(2026, 11, 5), "Nước họp", ("33", "TM", 0, 60000))
    report = make(book, "S11", Period.parse("2026-Q4")).report
    added = [row.cells["text"] for row in report.tables[0].rows if row.style == "total"]
    assert added == ["Cộng tháng 10/2026", "Cộng tháng 11/2026", "Cộng phát sinh trong kỳ"]


def test_the_books_are_drawn(book: Book) -> None:
    october(book)
    for form in ("S11", "S12", "S82", "S81", "S31", "S18", "S26", "B07", "B14", "1-HDCD", "BDDV"):
        assert draw(make(book, form, OCTOBER).report).startswith(b"%PDF")


def test_s81_lists_members_with_what_they_paid(book: Book) -> None:
    found_union(book)
    lan = hire(book, "Lê Thị Lan", 8200000, team="Tổ may 1")
    hire(book, "Trần Văn An", 6500000)
    hire(book, "Hồ Văn Khách", 6000000, member=False)
    with book.transact("dues.collect", "Hoa") as transaction:
        for month, amount in (("2026-09", 41000), ("2026-10", 41000), ("2025-10", 82000)):
            values = {"id": new_id(), "person": lan.id, "month": month, "amount": amount}
            transaction.save(build(Dues, values))
    answer = make(book, "S81", Period.parse("2026")).answer
    assert [(row["name"], row["total"]) for row in answer["rows"]] == [("Trần Văn An", 0), ("Lê Thị Lan", 82000)]
    assert answer["rows"][1]["months"] == [0] * 8 + [41000, 41000, 0, 0]
    assert answer["totals"] == {"months": [0] * 8 + [41000, 41000, 0, 0], "total": 82000}
    assert make(book, "S81", OCTOBER).answer["closing"] == 41000


def test_who_owes_the_union_and_whom_it_owes(book: Book) -> None:
    money = october(book)
    money.owe("Phải trả", "Quỹ xã hội", 3000000)
    money.owe("Tạm ứng", "Lê Văn Tám", 500000)
    money.post(date(2026, 10, 6), "Tạm ứng hội thao", ("@Nguyễn Thị Hà", "TM", 0, 2000000))
    money.post(date(2026, 10, 7), "Trả quỹ xã hội", ("@quỹ xã hội", "NH", 0, 1000000))
    money.post(date(2026, 10, 29), "Hà trả lại", ("@Nguyễn Thị Hà", "TM", 2000000, 0))
    receivable, payable = (make(book, form, OCTOBER).answer for form in ("S31", "S18"))
    assert (receivable["opening"], receivable["closing"], receivable["totals"]) == (500000, 500000, {"up": 2000000, "down": 2000000})
    assert [(row["party"], row["balance"]) for row in receivable["rows"]] == [("Nguyễn Thị Hà", 2000000), ("Nguyễn Thị Hà", 0)]
    assert (payable["opening"], payable["closing"]) == (3000000, 2000000)
    assert payable["rows"][0]["down"] == 1000000
    november = make(book, "S31", Period.parse("2026-11")).answer
    assert (november["opening"], november["rows"]) == (500000, [])


ITEMS = [(item.code, item.side) for item in shipped(date(2026, 1, 1)).posted()]
AMOUNT = st.integers(-5_000_000, 50_000_000).filter(bool)
DAYS = st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(n))
POSTED = st.tuples(DAYS, st.sampled_from(ITEMS), st.sampled_from(["TM", "NH"]), AMOUNT)
ADVANCE = st.tuples(DAYS, st.sampled_from(["@An", "@Bình"]), st.sampled_from(["TM", "NH"]), AMOUNT)
TRANSFER = st.tuples(DAYS, st.just(""), st.sampled_from(["TM", "NH"]), AMOUNT)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(POSTED, ADVANCE, TRANSFER), max_size=12), DAYS, st.integers(0, 200), st.integers(-9, 9))
def test_whatever_is_posted_books_and_settlement_agree(
    vouchers: list[tuple[date, object, str, int]], first: date, length: int, owed: int
) -> None:
    with TemporaryDirectory() as folder:
        book = Book.create(Path(folder) / "book.db", KEY, "40-001")
        money = Money(book, TM=("Tiền mặt", 1_000_000, ""), NH=("Tiền gửi", 2_000_000, ""))
        money.owe("Phải trả" if owed < 0 else "Tạm ứng", "An", abs(owed) * 100_000)
        for day, what, fund, amount in vouchers:
            other = "NH" if fund == "TM" else "TM"
            if what == "":
                money.post(day, "Chuyển quỹ", ("", fund, 0, amount), ("", other, amount, 0))
            elif isinstance(what, str):
                money.post(day, "Tạm ứng", (what, fund, 0, amount))
            else:
                code, side = what
                money.post(day, "Phát sinh", (code, fund, *((amount, 0) if side == "in" else (0, amount))))
        period = Period.parse(f"{first}..{first + timedelta(length)}")
        b07, s82 = make(book, "B07", period).answer, make(book, "S82", period).answer
        funds = [make(book, form, period).answer["closing"] for form in ("S11", "S12")]
        receivable, payable = (make(book, form, period).answer["closing"] for form in ("S31", "S18"))
        book.close()
    assert (s82["opening"], s82["closing"]) == (b07["cells"]["10"], b07["cells"]["50"])
    assert (s82["totals"]["in"], s82["totals"]["out"]) == (b07["totals"]["tong_thu"], b07["totals"]["tong_chi"])
    for code, _ in ITEMS:
        assert s82["totals"][code] == b07["cells"][code] == sum(row["cells"].get(code, 0) for row in s82["rows"])
    identity = b07["checks"][0]
    assert identity["holds"]
    assert identity["left"] == s82["opening"] + s82["totals"]["in"] - s82["totals"]["out"]
    parties = owed * 100_000 + sum(
        amount for day, what, _, amount in vouchers if isinstance(what, str) and what and day <= period.last
    )
    assert identity["right"] == sum(funds) + parties == sum(funds) + receivable - payable
