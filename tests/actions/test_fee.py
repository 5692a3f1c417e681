"""KPCĐ reduced or paused by a decision (NĐ 105/2026 art. 6, 12, 13), and its two papers. Figures of E2, E4 and E10."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from desktop_app.actions import dues, fee, paying, periods
from desktop_app.domain.errors import Refused
from desktop_app.storage.book import Book
from tests.unions import found_union, hire_e2, open_funds

OCTOBER, TODAY = "2026-10", date(2026, 12, 5)
REDUCED = {"kind": "Giảm mức đóng", "from_month": "10/2026", "to_month": "12/2026", "percent": "20", "document": "QĐ 12/QĐ-LĐLĐ"}
PAUSED = {"kind": "Tạm dừng đóng", "from_month": "9/2026", "to_month": "11/2026", "document": "QĐ 13/QĐ-LĐLĐ"}


@pytest.fixture
def e2(book: Book) -> Book:
    found_union(book, tax_code="2900123456")
    open_funds(book)
    hire_e2(book)
    return book


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_e10_the_largest_reduction(e2: Book) -> None:
    assert fee.told(fee.relieve(e2, REDUCED, "Hoa")) == (
        "Giảm mức đóng 20 % từ 10/2026 đến hết 12/2026 (QĐ 12/QĐ-LĐLĐ)"
    )
    found = dues.fee(e2, OCTOBER)
    assert (found.due, found.keep, found.up, found.expected) == (20_339_200, 15_254_400, 5_084_800, 15_254_400)
    assert (dues.fee(e2, "2026-09").due, found.clock.deadline) == (25_424_000, date(2026, 11, 30))
    assert found.state(date(2026, 12, 1)) == "chậm đóng"


def test_a_pause_is_never_late_and_is_caught_up_after_it(e2: Book) -> None:
    held = fee.relieve(e2, PAUSED, "Hoa")
    found = dues.fee(e2, OCTOBER)
    assert (found.due, found.clock.deadline, found.clock.late_from) == (25_424_000, date(2026, 12, 31), date(2027, 1, 1))
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 1), date(2027, 3, 2))
    assert [found.state(day) for day in days] == [
        "tạm dừng", "chưa đến hạn", "chưa đến hạn", "chậm đóng", "chậm đóng", "không đóng",
    ]  # fmt: skip
    fee.take_back(e2, held.id, "Hoa")
    assert dues.fee(e2, OCTOBER).state(date(2026, 12, 1)) == "chậm đóng"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({**REDUCED, "percent": "21"}, "từ 1 đến 20 %"),
        ({**REDUCED, "percent": ""}, "từ 1 đến 20 %"),
        ({**REDUCED, "to_month": "4/2027"}, "nhiều nhất 6 tháng, ở đây là 7"),
        ({**PAUSED, "to_month": "9/2027"}, "nhiều nhất 12 tháng, ở đây là 13"),
        ({**PAUSED, "percent": "10"}, "để trống mức giảm"),
        ({**PAUSED, "to_month": "8/2026"}, "Tháng cuối"),
        ({**PAUSED, "document": ""}, "Quyết định"),
    ],
)
def test_what_may_not_be_decided_is_refused(e2: Book, given: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        fee.relieve(e2, given, "Hoa")
    assert not fee.reliefs(e2)


def test_two_decisions_of_one_month_and_closed_months_are_refused(e2: Book) -> None:
    fee.relieve(e2, REDUCED, "Hoa")
    with pytest.raises(Refused, match="quyết định khác"):
        fee.relieve(e2, PAUSED, "Hoa")
    periods.close(e2, "2026-09", "Hoa")
    with pytest.raises(Refused, match="khóa sổ"):
        fee.relieve(e2, {**PAUSED, "to_month": "9/2026"}, "Hoa")


def test_the_employer_is_asked_and_both_confirm(e2: Book) -> None:
    fee.relieve(e2, REDUCED, "Hoa")
    asked = text(fee.request(e2, 2026, TODAY, "Hoa"))
    months = [row for row in paying.fee_months(e2, 2026, TODAY) if row.missing]
    assert f"{sum(row.due for row in months):,}".replace(",", ".") in asked
    for part in ("GIẤY ĐỀ NGHỊ ĐÓNG KINH PHÍ CÔNG ĐOÀN", "20.339.200", "Giảm 20 %", "30/11/2026", "đóng KPCĐ tháng 01–12/2026"):
        assert part in asked
    both = text(fee.confirmation(e2, 2026, TODAY, "Hoa"))
    for part in ("BẢN XÁC NHẬN ĐÓNG KINH PHÍ CÔNG ĐOÀN", "2900123456", "15.254.400", "Chậm đóng"):
        assert part in both


def test_without_a_fee_there_is_nothing_to_print(book: Book) -> None:
    found_union(book)
    with pytest.raises(Refused, match="không còn tháng nào thiếu"):
        fee.request(book, 2026, TODAY, "Hoa")
    with pytest.raises(Refused, match="chưa có KPCĐ"):
        fee.confirmation(book, 2026, TODAY, "Hoa")
