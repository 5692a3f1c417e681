"""Closing and opening months."""

from __future__ import annotations

import pytest

from desktop_app.actions import periods, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Closing
from desktop_app.storage import closings
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, paid


def test_closing_freezes_how_far_each_device_had_written(book: Book) -> None:
    funds = make_funds(book)
    vouchers.write(book, paid(funds[0]), "Hoa")
    changes = periods.close(book, "10/2026", "Hoa").changes
    assert (changes.entities, changes.entries) == (frozenset({"closing"}), 1)
    kept = next(book.all(Closing))
    assert (kept.month, kept.closed, kept.lease, kept.through) == ("2026-10", True, 0, {book.device: 3})
    assert book.verify().first_fault is None


def test_closing_takes_earlier_open_months_along_and_they_open_one_by_one_from_the_last(book: Book) -> None:
    funds = make_funds(book)
    vouchers.write(book, paid(funds[0], day="05/08/2026"), "Hoa")
    assert periods.before_closing(book, "2026-10") == "Các kỳ 08/2026 còn mở cũng khóa theo."
    assert periods.close(book, "2026-10", "Hoa").with_it == ("2026-08",)
    assert closings.closed_months(book) == ["2026-08", "2026-10"]
    assert closings.is_closed(book, "2026-09")
    with pytest.raises(Refused, match=r"Kỳ 10/2026 khóa sau kỳ 08/2026\. Hãy mở lại kỳ 10/2026 trước"):
        periods.reopen(book, "2026-08", "Bổ sung", "Hoa")
    periods.reopen(book, "2026-10", "Bổ sung", "Hoa")
    assert closings.closed_months(book) == ["2026-08"]
    periods.close(book, "2026-10", "Hoa")
    assert closings.closed_months(book) == ["2026-08", "2026-10"]


def test_what_cannot_be_closed_or_opened_says_why(book: Book) -> None:
    periods.close(book, "2026-10", "Hoa")
    for words, sentence in (
        (lambda: periods.close(book, "2026-10", "Hoa"), "đã khóa sổ rồi"),
        (lambda: periods.close(book, "2026-13", "Hoa"), "Không có tháng 13"),
        (lambda: periods.reopen(book, "2026-10", " ", "Hoa"), "lý do"),
        (lambda: periods.reopen(book, "2026-11", "Bổ sung", "Hoa"), "Kỳ 11/2026 đang mở"),
    ):
        with pytest.raises(Refused, match=sentence):
            words()
