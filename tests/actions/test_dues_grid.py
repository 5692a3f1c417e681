"""A year's dues typed into a grid: one receipt a month, or paid before the book; one transaction or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import dues, dues_grid, periods
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Dues, Voucher
from desktop_app.storage.book import Book
from tests.unions import found_union, hire, open_funds


@pytest.fixture
def two(book: Book) -> tuple[str, str]:
    found_union(book)
    open_funds(book)
    return hire(book, "Hồ Thị An", 8_200_000).id, hire(book, "Lô Văn Bình", 6_500_000).id


def months(book: Book) -> dict[str, list[int]]:
    return {line.name: line.months[:4] for line in dues_grid.grid(book, 2026).lines}


def test_each_month_becomes_one_receipt_or_none(book: Book, two: tuple[str, str]) -> None:
    an, binh = two
    dues_grid.store(book, 2026, {(an, "2026-01"): 41_000, (binh, "2026-01"): 32_500}, "", "Hoa")
    assert list(book.all(Voucher)) == []
    typed = {(an, "2026-02"): 41_000, (binh, "2026-02"): 32_500, (an, "2026-03"): 40_000, (an, "2026-01"): 41_500}
    done = dues_grid.store(book, 2026, {cell: typed[cell] for cell in list(typed)[:3]}, "TM", "Hoa")
    assert (done.count, done.amount, done.numbers) == (3, 113_500, ("PT02/01", "PT03/01"))
    dues_grid.store(book, 2026, {(an, "2026-01"): 41_500, (binh, "2026-01"): 0}, "", "Hoa")
    assert months(book) == {"Hồ Thị An": [41_500, 41_000, 40_000, 0], "Lô Văn Bình": [0, 32_500, 0, 0]}
    assert [(v.day, v.party) for v in book.all(Voucher)] == [
        (date(2026, 2, 28), "2 đoàn viên, theo bảng 12 tháng"), (date(2026, 3, 31), "1 đoàn viên, theo bảng 12 tháng"),
    ]  # fmt: skip
    assert dues_grid.owed(book, "2026-03", "2026-04")[an, "2026-03"] == 1_000
    assert book.verify().first_fault is None


def test_a_refusal_leaves_nothing(book: Book, two: tuple[str, str]) -> None:
    an, binh = two
    dues.collect_some(book, "2026-02", [an], "Hoa", "TM", day=date(2026, 2, 10))
    periods.close(book, "2026-01", "Hoa")
    before = len(list(book.all(Dues)))
    for typed, told in (
        ({}, "Chưa có ô nào"),
        ({(an, "2026-03"): -1}, "không được âm"),
        ({(binh, "2026-03"): 1, (an, "2026-02"): 1}, "Tháng 02/2026 có người đã nộp theo phiếu thu"),
        ({(binh, "2026-03"): 32_500, (binh, "2026-01"): 32_500}, "01/2026 đã khóa sổ"),
    ):
        with pytest.raises(Refused, match=told):
            dues_grid.store(book, 2026, typed, "TM", "Hoa")
    assert len(list(book.all(Dues))) == before
    assert len(list(book.all(Voucher))) == 1
