"""The next number of a series: right for numbers people bring along, and one step away however many there are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import numbering as choosing
from desktop_app.domain.fields import build
from desktop_app.domain.numbering import read
from desktop_app.domain.records import Fund, Line, Voucher
from desktop_app.storage import numbering
from desktop_app.storage.book import Book, new_id


def _numbered(book: Book, *numbers: str, day: date = date(2026, 10, 5), counterpart: str = "") -> None:
    fund = build(Fund, {"id": new_id(), "code": "TM", "name": "Tiền mặt", "kind": "Tiền mặt"})
    with book.transact("test", "Trần Thị Hoa") as transaction:
        transaction.save(fund)
        for number in numbers:
            transaction.save(
                Voucher(id=new_id(), kind="PC", number=number, counterpart=counterpart, day=day, text="Chi", posted=True,
                        lines=(Line(item="33", fund=fund.id, amount_out=1000),))
            )  # fmt: skip


def test_numbers_padded_or_marked_by_hand_are_counted_as_numbers(book: Book) -> None:
    _numbered(book, "PC10/0009", "PC10/10", "PC10/07-bs", "PC1/99")
    assert numbering.next_number(book, "PC", "2026-10") == "PC10/11"
    assert numbering.next_number(book, "PC", "2027-10") == "PC10/01"


def test_the_other_half_of_a_transfer_stands_in_its_series(book: Book) -> None:
    _numbered(book, "UNC10/01", counterpart="PT10/04")
    assert numbering.next_number(book, "PT", "2026-10") == "PT10/05"


def test_no_voucher_is_read_to_find_the_next_number(book: Book) -> None:
    asked: list[str] = []
    book.db.conn.set_trace_callback(asked.append)
    numbering.next_number(book, "PC", "2026-10")
    book.db.conn.set_trace_callback(None)
    (query,) = [sql for sql in asked if sql.startswith("SELECT max")]
    steps = [row[3] for row in book.db.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
    reads = [step for step in steps if "vouchers" in step]
    assert len(reads) == 2
    assert all("vouchers_series (<expr>=? AND" in step or "vouchers_halves (<expr>=? AND" in step for step in reads)


_PATTERNS = ("{kind}-{nnn}/{yyyy}", "{kind}-CĐ-{yyyy}-{nnn}", "{kind}-{MM}-{n}/{yy}", "{kind}{MM}/{nn}")


@given(
    st.lists(st.tuples(st.sampled_from(_PATTERNS), st.integers(1, 1200), st.sampled_from(["PC", "PT", "PC.B"]),
                       st.sampled_from(["2026-10", "2026-09", "2025-10"])), max_size=12),
    st.sampled_from(_PATTERNS),
)  # fmt: skip
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_next_number_is_one_more_than_the_largest_of_its_series_and_year(
    book: Book, given_: list[tuple[str, int, str, str]], pattern: str
) -> None:
    for written, count, series, month in given_:
        _numbered(book, read(written).number(series, month, count), day=date(int(month[:4]), int(month[5:]), 5))
    choosing.change(book, {"pattern": pattern, "volumes": "", "volume_size": 100, "series": ""}, "Hoa")
    known = [voucher.number for voucher in book.all(Voucher) if voucher.day and voucher.day.year == 2026]
    largest = max((read(pattern).count("PC", "2026-10", number) for number in known), default=0)
    assert numbering.next_number(book, "PC", "2026-10") == read(pattern).number("PC", "2026-10", largest + 1)


@pytest.mark.parametrize("pattern", _PATTERNS[:3])
def test_no_pattern_reads_through_the_vouchers_of_a_year(book: Book, pattern: str) -> None:
    _numbered(book, "PC-007/2026", "PC-CĐ-2026-0012", "PC-10-3/26", "PC-010-bs/2026")
    _numbered(book, "UNC-001/2026", counterpart="PC-008/2026")
    choosing.change(book, {"pattern": pattern, "volumes": "", "volume_size": 100, "series": ""}, "Hoa")
    assert numbering.next_number(book, "PC", "2026-10") in ("PC-009/2026", "PC-CĐ-2026-013", "PC-10-4/26")
    asked: list[str] = []
    book.db.conn.set_trace_callback(asked.append)
    numbering.next_number(book, "PC", "2026-10")
    book.db.conn.set_trace_callback(None)
    queries = [sql for sql in asked if "length(" in sql]
    steps = [row[3] for sql in queries for row in book.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert queries
    assert all("vouchers_lengths (<expr>=? AND" in step or "vouchers_half_lengths (<expr>=? AND" in step for step in steps)
