"""Sums by month answer exactly what the lines say, whatever is posted, cancelled or taken back."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import vouchers
from desktop_app.domain.records import Fund
from desktop_app.storage import books, ledger, money_sums
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, paid, post_october

_BEGUN = date(2025, 11, 20)
_DAYS = st.integers(0, 70).map(lambda days: _BEGUN + timedelta(days=days))
_STEPS = st.lists(
    st.tuples(_DAYS, st.sampled_from(["31", "33", "34.02"]), st.integers(1_000, 9_000_000),
              st.sampled_from(["keep", "keep", "cancel", "reverse", "draft"])), min_size=1, max_size=6)  # fmt: skip


@given(_STEPS, st.lists(st.tuples(_DAYS, st.integers(0, 60)), min_size=4, max_size=4))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_period_is_exact_even_where_it_cuts_months(
    book: Book, steps: list[tuple[date, str, int, str]], periods: list[tuple[date, int]]
) -> None:
    fund = next(iter(book.all(Fund)), None) or make_funds(book)[0]
    for day, item, amount, end in steps:
        _go(book, paid(fund, amount, f"{day:%d/%m/%Y}", item=item), end)
    assert money_sums.fault(book.db) is None
    for first, days in periods:
        last = first + timedelta(days=days)
        assert {(f.item, f.fund): f[2:] for f in books.flows(book, first, last)} == _flows(book, first, last)
        held = fund.opening + sum(before + within_in - within_out for (_, of), (before, within_in, within_out)
                                  in _flows(book, first, last).items() if of == fund.id)  # fmt: skip
        assert ledger.balances(book, last)[fund.id] == held
        assert ledger.item_totals(book, first, last) == _items(book, first, last)
        years = books.by_year(book, ["31", "33"], first, last)
        both = [f for (item, _), f in _flows(book, first, last).items() if item in ("31", "33")]
        assert sum(f.before for f in years) == sum(before for before, _, _ in both)
        assert sum(f.within for f in years) == sum(came - went for _, came, went in both)


def _go(book: Book, values: object, end: str) -> None:
    if end == "draft":
        vouchers.draft(book, values, "Hoa")  # type: ignore[arg-type]
        return
    written = vouchers.write(book, values, "Hoa")  # type: ignore[arg-type]
    if end == "cancel":
        vouchers.cancel(book, written.id, "Nhầm", "Hoa")
    if end == "reverse":
        vouchers.reverse(book, written.id, "Nhầm", "Hoa", today=date(2026, 2, 1))


def _lines(book: Book) -> list[tuple[str, str, date, int, int]]:
    found = book.db.execute("SELECT item, fund, day, amount_in, amount_out FROM vouchers_lines WHERE counts = 1")
    return [(item, fund, date.fromisoformat(day), *both) for item, fund, day, *both in found]


def _flows(book: Book, first: date, last: date) -> dict[tuple[str, str], tuple[int, int, int]]:
    made: dict[tuple[str, str], tuple[int, int, int]] = {}
    for item, fund, day, came, went in _lines(book):
        if day <= last:
            before, all_in, all_out = made.get((item, fund), (0, 0, 0))
            made[item, fund] = (before + came - went, all_in, all_out) if day < first else (before, all_in + came, all_out + went)  # fmt: skip
    return made


def _items(book: Book, first: date, last: date) -> dict[str, tuple[int, int]]:
    made: dict[str, tuple[int, int]] = {}
    for item, _, day, came, went in _lines(book):
        if item and first <= day <= last:
            made[item] = (made.get(item, (0, 0))[0] + came, made.get(item, (0, 0))[1] + went)
    return made


def test_verify_finds_a_sum_that_its_lines_do_not_tell(book: Book) -> None:
    post_october(book, make_funds(book))
    assert book.verify().first_fault is None
    book._writing = 1
    book.db.execute("UPDATE money_sums SET amount_out = amount_out + 1 WHERE item = '31'")
    book._writing = 0
    assert book.verify().first_fault == "Tổng của mục 31 tháng 2026-10 khác với các dòng chứng từ."


def test_a_line_changed_in_place_leaves_its_old_month(book: Book) -> None:
    post_october(book, make_funds(book))
    book._writing = 1
    book.db.execute("UPDATE vouchers_lines SET day = '2026-11-02', amount_out = amount_out + 5 WHERE item = '31'")
    book._writing = 0
    assert money_sums.fault(book.db) is None
    assert book.db.execute("SELECT count(*) FROM money_sums WHERE item = '31' AND month = '2026-10'").fetchone()[0] == 0
