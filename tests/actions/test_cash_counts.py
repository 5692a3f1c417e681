"""*Kiểm quỹ*: worked example E12, the count of 31/10 against a book of 10.260.000."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.actions import cash_counts
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import CashCount
from desktop_app.reports.pdf import draw
from desktop_app.storage.book import Book
from tests.reports.october import october

LAST = date(2026, 10, 31)
E12 = {500000: 18, 200000: 5, 100000: 2, 50000: 1, 20000: None, 5000: 1}


def given(book: Book, **more: Any) -> dict[str, Any]:
    (box,) = cash_counts.boxes(book)
    return {"fund": box.id, "day": LAST, "counts": E12, "reason": "Trả thừa tiền lẻ", **more}


def test_e12_the_box_is_short_by_5000(book: Book) -> None:
    october(book)
    kept = cash_counts.keep(book, given(book, decision="Thủ quỹ bồi hoàn"), "Hoa")
    found = cash_counts.compare(book, kept)
    assert (found.counted, found.booked, found.difference) == (10255000, 10260000, -5000)
    assert found.words == "thiếu 5.000"
    minutes = cash_counts.minutes(book, kept)
    (table,) = minutes.tables
    assert [row.cells.get("amount") for row in table.rows] == [
        10260000, 10255000, 9000000, 1000000, 200000, 50000, 5000, 5000,
    ]  # fmt: skip
    told = " ".join(minutes.sections[-1].paragraphs)
    assert "Mười triệu hai trăm năm mươi lăm nghìn đồng" in told
    assert "Thiếu so với sổ: 5.000 đồng (Năm nghìn đồng)" in told
    assert "Trả thừa tiền lẻ" in told
    assert "Thủ quỹ bồi hoàn" in told
    assert draw(minutes).startswith(b"%PDF")


def test_a_difference_needs_a_reason_and_a_box_that_fits_needs_none(book: Book) -> None:
    october(book)
    with pytest.raises(Refused, match=r"thiếu 5\.000 so với sổ"):
        cash_counts.keep(book, given(book, reason=" "), "Hoa")
    assert list(book.all(CashCount)) == []
    kept = cash_counts.keep(book, given(book, counts=E12 | {5000: 2}, reason=""), "Hoa")
    assert cash_counts.compare(book, kept).words == "khớp sổ"
    assert "khớp với sổ quỹ" in cash_counts.minutes(book, kept).sections[-1].paragraphs[-1]


def test_a_second_count_of_the_day_replaces_the_first(book: Book) -> None:
    october(book)
    first = cash_counts.keep(book, given(book), "Hoa")
    again = cash_counts.keep(book, given(book, counts=E12 | {5000: 2}), "Hoa")
    assert [kept.id for kept in book.all(CashCount)] == [again.id]
    assert again.id != first.id
    assert cash_counts.keep(book, given(book, counts=E12 | {5000: 2}, reason=""), "Hoa").id == again.id


def test_bad_counts_are_answered_by_a_sentence(book: Book) -> None:
    october(book)
    for wrong, sentence in (
        ({"counts": dict.fromkeys(E12)}, "ít nhất một mệnh giá"),
        ({"counts": {500000: -1}}, r"loại 500\.000 phải là số nguyên không âm"),
        ({"counts": {500000: "ba"}}, r"loại 500\.000 phải là số nguyên không âm"),
        ({"fund": ""}, "Hãy chọn quỹ tiền mặt"),
        ({"day": date(2999, 1, 1)}, "ở sau hôm nay"),
    ):
        with pytest.raises(Refused, match=sentence):
            cash_counts.keep(book, given(book, **wrong), "Hoa")
    assert list(book.all(CashCount)) == []


def test_the_notes_of_a_day_are_dated() -> None:
    assert cash_counts.denominations(LAST)[:3] == (500000, 200000, 100000)
    assert cash_counts.denominations(date(1999, 1, 1)) == ()
