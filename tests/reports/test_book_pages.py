"""A book read by pages is the whole book, whatever period is asked and however large a page is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import vouchers
from desktop_app.domain.dates import Period
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Union, Voucher
from desktop_app.reports.book_pages import BookPages, pages
from desktop_app.reports.make import make
from desktop_app.reports.model import Row
from desktop_app.storage.book import Book, new_id
from tests.actions.october import make_funds, paid, post_october

_BOOKS = (("S11", "TM"), ("S12", "NH"), ("S82", None))
_BEGUN = date(2026, 8, 20)
_DAYS = st.integers(0, 100).map(lambda days: _BEGUN + timedelta(days=days))


@pytest.fixture
def full(book: Book) -> Book:
    """October, with vouchers of several lines, transfers and corrections in the months around it."""
    with book.transact("setup.make", "Hoa") as transaction:
        transaction.save(build(Union, {"id": new_id(), "code": "40-001", "name": "CĐCS May Hưng Lộc", "first_year": 2026}))
    funds = make_funds(book)
    posted = post_october(book, funds)
    for number in range(30):
        day = date(2026, 9, 1) + timedelta(days=number // 4 * 9)
        lines = [
            {"item": ("31", "33")[(number + n) % 2], "fund": funds[n % 2].id, "amount_out": 1000 * (number + n + 1)}
            for n in range(1 + number % 3)
        ]
        vouchers.write(book, {"kind": "PC", "day": day, "text": f"Chi {number}", "lines": lines}, "Hoa")
    vouchers.reverse(book, posted[3].id, "Nhầm", "Hoa")
    vouchers.cancel(book, posted[8].id, "Nhầm", "Hoa")
    vouchers.draft(book, paid(funds[0]), "Hoa")
    return book


@given(_DAYS, st.integers(0, 80), st.integers(1, 70), st.lists(st.integers(0, 60), max_size=8))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_one_after_the_other_are_the_whole_book(
    full: Book, first: date, days: int, size: int, some: list[int]
) -> None:
    period = Period.parse(f"{first}..{first + timedelta(days=days)}")
    for form, fund in _BOOKS:
        whole = make(full, form, period, fund)
        rows = whole.report.tables[0].rows
        found = pages(full, form, period, fund)
        assert len(found) == len(rows)
        read = [row for at in range(0, len(rows), size) for row in found.read(full, range(at, min(at + size, len(rows))))]
        assert [(row.cells, row.style, row.code) for row in read] == [(row.cells, row.style, row.code) for row in rows]
        assert [row.no for row in read] == list(range(len(rows)))
        picked = [at for at in some if at < len(rows)]
        assert [row.cells for row in found.read(full, picked)] == [rows[at].cells for at in picked]
        answer = whole.answer
        assert found.sums == (answer["opening"], answer["closing"], answer["totals"])
        assert found.columns == whole.report.tables[0].columns
        assert {key for row in rows for key, cell in row.cells.items() if cell} <= found.used


def test_every_voucher_is_found_in_its_place(full: Book) -> None:
    period = Period.of_year(2026)
    for form, fund in _BOOKS:
        found = pages(full, form, period, fund)
        rows = found.read(full, range(len(found)))
        for row in rows:
            assert found.line_of(full, row) == row.no
    assert found.line_of(full, Row({}, code="không có")) == -1


def test_books_of_parties_and_dues_are_made_whole(full: Book) -> None:
    for form in ("S81", "S31"):
        found = pages(full, form, Period.of_year(2026))
        assert type(found) is BookPages
        assert found.read(full, range(len(found)))[-1].no == len(found) - 1


def test_a_row_that_went_meanwhile_is_empty(full: Book) -> None:
    period = Period.of_year(2026)
    found = pages(full, "S11", period, "TM")
    cash = next(fund for fund in full.all(Fund) if fund.code == "TM")
    last = [one for one in full.all(Voucher) if one.posted and not one.cancelled and one.lines[0].fund == cash.id][-1]
    vouchers.cancel(full, last.id, "Nhầm", "Hoa")
    assert len(found.read(full, range(len(found)))) == len(found)
