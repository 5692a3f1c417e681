"""A union that ends hands October's money over: 66.996.650 đồng under mã 42, nothing left, the identity holds."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import handover, vouchers
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Voucher
from desktop_app.reports.make import make
from desktop_app.storage.book import Book
from tests.reports.october import Money, october

LAST = date(2026, 10, 31)
GIVEN = {"day": LAST, "receiver": "CĐCS Công ty May Sông Lam", "document": "QĐ 15/QĐ-LĐLĐ ngày 20/10/2026"}


def test_every_fund_is_paid_out_and_the_year_ends_at_nothing(book: Book) -> None:
    october(book)
    ready = handover.look(book, LAST)
    assert ([fund.code for fund, _ in ready.held], ready.total, ready.first) == (["TM", "NH"], 66996650, ())
    made = handover.hand_over(book, GIVEN, "Hoa")
    assert [voucher.number for voucher in made] == ["PC10/04", "UNC10/05"]
    answer = make(book, "B07", Period.parse("2026-10")).answer
    assert (answer["cells"]["42"], answer["cells"]["50"]) == (66996650, 0)
    assert all(check["holds"] for check in answer["checks"] if check["severity"] == "error")
    with pytest.raises(Refused, match="Không còn tiền"):
        handover.hand_over(book, GIVEN, "Hoa")


def test_what_is_owed_is_settled_first_and_nothing_is_half_done(book: Book) -> None:
    money = october(book)
    money.post(date(2026, 10, 31), "Tạm ứng hội nghị", ("@Lê Thị Lan", "TM", 0, 500000))
    before = len(list(book.all(Voucher)))
    with pytest.raises(Refused, match=r"Lê Thị Lan còn giữ tạm ứng, còn nợ 500\.000 đồng"):
        handover.hand_over(book, GIVEN, "Hoa")
    with pytest.raises(Refused, match="đơn vị nhận bàn giao"):
        handover.hand_over(book, GIVEN | {"receiver": " "}, "Hoa")
    assert len(list(book.all(Voucher))) == before


def test_the_union_that_takes_over_books_it_under_40(book: Book) -> None:
    money = Money(book, TM=("Tiền mặt", 0, ""))
    money.post(date(2026, 11, 1), "Nhận bàn giao của CĐCS cũ", ("40", "TM", 10260000, 0))
    cells = make(book, "B07", Period.parse("2026-11")).answer["cells"]
    assert (cells["40"], cells["50"]) == (10260000, 10260000)


def test_e11_a_correction_after_the_year_is_noted_at_the_end_of_the_years_book(book: Book) -> None:
    money = october(book)
    gifts = next(voucher for voucher in book.all(Voucher) if voucher.number == "PC10/02")
    line = {"item": "31", "fund": money.funds["TM"].id, "amount_out": -500000}
    given = {"kind": "ĐC", "day": "15/01/2027", "text": "Quà 20/10 thực chi 50 suất", "lines": [line], "adjusts": gifts.id}
    vouchers.write(book, given, "Hoa")
    made = make(book, "S82", Period.parse("2026"))
    (note,) = made.report.sections[1].paragraphs
    told = "Quà 20/10 thực chi 50 suất (tăng quỹ 500.000 đồng)."
    assert note == f"- Phiếu PC10/02 được điều chỉnh bằng phiếu ĐC01/01 ngày 15/01/2027: {told}"
    assert made.answer["totals"]["31"] == 7000000
    assert make(book, "S82", Period.parse("2027")).answer["totals"]["31"] == -500000
    assert make(book, "S82", Period.parse("2027")).report.sections[1].paragraphs == ()
