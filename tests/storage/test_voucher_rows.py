"""The list of vouchers, and forms that are not finished."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.actions import vouchers
from desktop_app.storage import unfinished
from desktop_app.storage import voucher_rows as listed
from desktop_app.storage.book import Book
from desktop_app.storage.voucher_rows import Asked, VoucherRow, address_of, last_month
from tests.actions.october import FIRST, LAST, make_funds, paid, post_october


def voucher_rows(book: Book, first: date, last: date, **more: Any) -> list[VoucherRow]:
    """The list as it is read at once; the same by pages, with its sums, is no other."""
    asked = Asked(first, last, **more)
    rows, numbers = list(listed.voucher_rows(book, asked)), listed.line_up(book, asked)
    assert [row.no for row in rows] == list(numbers)
    paged = [listed.page(book, numbers[at : at + 4], listed.waiting(book)) for at in range(0, len(numbers), 4)]
    assert [row for page in paged for row in page] == rows
    assert listed.last_numbers(book, asked, 3) == list(numbers)[-3:]
    assert listed.more_than(book, asked, 0) == bool(rows or more)
    counting = [row for row in rows if row.counts]
    assert listed.sums(book, asked) == listed.Sums(
        sum(row.taken for row in counting), sum(row.paid for row in counting),
        sum(row.taken != 0 for row in counting), sum(row.paid != 0 for row in counting),
    )  # fmt: skip
    told = listed.add_up(book, numbers)
    assert (told.taken, told.paid) == (sum(row.taken for row in rows), sum(row.paid for row in rows))
    assert [listed.number_of(book, row.id) for row in rows] == list(numbers)
    return rows


def test_the_list_of_october_keeps_transfers_out_of_income_and_spending(book: Book) -> None:
    funds = make_funds(book)
    posted = post_october(book, funds)
    rows = voucher_rows(book, FIRST, LAST)
    assert [row.id for row in rows] == [v.id for v in posted]
    assert (sum(row.taken for row in rows), sum(row.paid for row in rows)) == (35127150, 18930500)
    assert [(row.number, row.moved, row.items) for row in rows if row.moved] == [("UNC10/01", 6000000, "")]
    assert {row.sent for row in rows} == {None}
    assert [row.number for row in voucher_rows(book, FIRST, LAST, items=("31",))] == ["PC10/01", "PC10/02"]
    assert len(voucher_rows(book, FIRST, LAST, items=("25.01", "25.02"))) == 2
    assert len(voucher_rows(book, FIRST, LAST, items=("34",))) == 1
    assert len(voucher_rows(book, FIRST, LAST, side="in")) == 5
    assert len(voucher_rows(book, FIRST, LAST, side="out", fund=funds[0].id)) == 3
    assert voucher_rows(book, date(2026, 11, 1), date(2026, 11, 30)) == []
    assert (last_month(book, 2026), last_month(book, 2025)) == ("2026-10", "")


def test_states_and_what_counts(book: Book) -> None:
    funds = make_funds(book)
    vouchers.draft(book, paid(funds[0]), "Hoa")
    taken_back, gone = (vouchers.write(book, paid(funds[0], address="Tổ 2", party="Lan"), "Hoa") for _ in range(2))
    vouchers.reverse(book, taken_back.id, "Nhầm", "Hoa")
    vouchers.cancel(book, gone.id, "Nhầm", "Hoa")
    advance = {"party": "Lê Thị Lan", "fund": funds[0].id, "amount_out": 2000000}
    vouchers.write(book, {"kind": "PC", "day": "16/10/2026", "text": "Tạm ứng", "lines": [advance]}, "Hoa")
    rows = voucher_rows(book, FIRST, LAST)
    assert [row.state for row in rows] == ["nháp", "đã đảo", "đã hủy", "đã ghi sổ", "đã ghi sổ"]
    assert sum(row.paid for row in rows if row.counts) == 0
    assert (rows[-1].moved, rows[-1].paid) == (2000000, 0)
    assert (address_of(book, "Lan"), address_of(book, "Bình")) == ("Tổ 2", "")


def test_what_the_server_has_confirmed_is_told_from_what_waits(book: Book) -> None:
    funds = make_funds(book)
    first = vouchers.write(book, paid(funds[0]), "Hoa")
    book.db.execute("UPDATE devices SET confirmed = dseq")
    second = vouchers.write(book, paid(funds[0]), "Hoa")
    assert {row.id: row.sent for row in voucher_rows(book, FIRST, LAST)} == {first.id: True, second.id: False}


def test_an_unfinished_form_is_kept_until_it_is_forgotten_and_enters_no_journal(book: Book) -> None:
    unfinished.keep(book, "vouchers", "a", {"kind": "PC", "amount": "1tr2x", "day": date(2026, 10, 5)})
    unfinished.keep(book, "vouchers", "a", {"kind": "PC", "amount": "1tr25", "day": date(2026, 10, 5)})
    assert unfinished.kept(book, "vouchers") == {"a": {"kind": "PC", "amount": "1tr25", "day": "2026-10-05"}}
    assert book.verify().entries == 0
    unfinished.forget(book, "vouchers", "a")
    assert unfinished.kept(book, "vouchers") == {}
