"""The days of a book are exactly what its lines say, whatever is posted, changed, cancelled or taken back."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import vouchers
from desktop_app.domain.records import Fund
from desktop_app.storage import book_days
from desktop_app.storage.book import Book
from desktop_app.storage.book_days import ALL_ITEMS
from desktop_app.storage.book_pages import Day, days, place
from tests.actions.october import FIRST, LAST, make_funds, paid, post_october

_DAYS = st.integers(0, 3).map(lambda days: date(2026, 10, 5) + timedelta(days=days))
_LINES = st.lists(st.tuples(st.sampled_from(["31", "33"]), st.integers(0, 1), st.integers(1, 9)), min_size=1, max_size=3)
_STEPS = st.lists(st.tuples(_DAYS, _LINES, st.sampled_from(["keep", "cancel", "reverse", "draft"])), min_size=1, max_size=5)


@given(_STEPS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_vouchers_of_several_lines_and_funds_are_counted_once_in_each_book(
    book: Book, steps: list[tuple[date, list[tuple[str, int, int]], str]]
) -> None:
    funds = [*book.all(Fund)] or [*make_funds(book)]
    for day, lines, end in steps:
        given = [{"item": item, "fund": funds[fund].id, "amount_out": amount * 1000} for item, fund, amount in lines]
        values = {"kind": "PC", "day": day, "text": "Chi", "lines": given}
        if end == "draft":
            vouchers.draft(book, values, "Hoa")
            continue
        written = vouchers.write(book, values, "Hoa")
        if end == "cancel":
            vouchers.cancel(book, written.id, "Nhầm", "Hoa")
        if end == "reverse":
            vouchers.reverse(book, written.id, "Nhầm", "Hoa", today=date(2026, 11, 1))
    assert book_days.fault(book.db) is None


def test_the_cash_book_of_october_by_day_and_where_its_vouchers_stand(book: Book) -> None:
    funds = make_funds(book)
    posted = post_october(book, funds)
    assert days(book, funds[0].id, FIRST, LAST)[-2:] == [
        Day(date(2026, 10, 20), 2, 6_000_000, 5_500_000), Day(date(2026, 10, 25), 1, 0, 640_000),
    ]  # fmt: skip
    assert sum(day.vouchers for day in days(book, ALL_ITEMS, FIRST, LAST)) == 12  # the withdrawal has no mục
    withdrawn = posted[5]
    assert place(book, funds[0].id, withdrawn.id) == (date(2026, 10, 20), 1)
    assert place(book, ALL_ITEMS, withdrawn.id) is None
    assert place(book, ALL_ITEMS, posted[-1].id) == (date(2026, 10, 31), 1)


def test_a_line_changed_in_place_leaves_its_old_day_and_fund(book: Book) -> None:
    funds = make_funds(book)
    vouchers.write(book, paid(funds[0]), "Hoa")
    post_october(book, funds)
    book._writing = 1
    for change in (
        "day = '2026-10-21' WHERE day = '2026-10-20'", f"fund = '{funds[1].id}' WHERE item = '31'",
        "item = '' WHERE item = '32'", "amount_out = amount_out + 5 WHERE item = '33'", "counts = 0 WHERE item = '39'",
    ):  # fmt: skip
        book.db.execute(f"UPDATE vouchers_lines SET {change}")
        assert book_days.fault(book.db) is None
    book._writing = 0


def test_verify_finds_a_day_that_its_lines_do_not_tell(book: Book) -> None:
    post_october(book, make_funds(book))
    book._writing = 1
    book.db.execute("UPDATE book_days SET vouchers = vouchers + 1 WHERE day = '2026-10-20'")
    book._writing = 0
    assert book.verify().first_fault == "Tổng của ngày 2026-10-20 khác với các dòng chứng từ."
