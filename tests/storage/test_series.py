"""The next number of a series: right for numbers people bring along, and one step away however many there are."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.fields import build
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
