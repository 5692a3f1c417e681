"""Vouchers: draft, post, cancel. A posted voucher is never edited (Luật Kế toán 88/2015 art. 27(1)(c))."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book, new_id


def draft(book: Book, values: Mapping[str, Any], by: str) -> Voucher:
    """Store a draft: it counts in no balance. Raises `Refused` with a sentence per field."""
    voucher = build(Voucher, {**values, "id": values.get("id") or new_id(), "posted": False})
    _refuse_bad_lines(voucher)
    with book.transact("voucher.draft", by) as transaction:
        return transaction.save(voucher)


def post(book: Book, id_: str, by: str) -> Voucher:
    """Post a draft and give it the next number of its series. Raises `Refused` if it is posted already."""
    with book.transact("voucher.post", by) as transaction:
        voucher = _voucher(book, id_)
        if voucher.posted:
            raise Refused(f"Phiếu {voucher.number} đã ghi sổ rồi.")
        assert voucher.day is not None
        number = voucher.number or ledger.next_number(book, voucher.kind, dates.month_of(voucher.day))
        return transaction.save(dataclasses.replace(voucher, number=number, posted=True))


def cancel(book: Book, id_: str, reason: str, by: str) -> Voucher:
    """*Hủy phiếu*: the voucher keeps its number and counts no more. Raises `Refused` without a reason."""
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy nhập lý do hủy phiếu.")])
    with book.transact("voucher.cancel", by) as transaction:
        voucher = _voucher(book, id_)
        if voucher.cancelled or not voucher.posted:
            raise Refused(f"Phiếu {voucher.number or 'nháp này'} không ở trạng thái đã ghi sổ nên không hủy được.")
        return transaction.save(dataclasses.replace(voucher, cancelled=True, reason=reason.strip()))


def _voucher(book: Book, id_: str) -> Voucher:
    found = book.get(Voucher, id_)
    if found is None:
        raise Refused("Không tìm thấy phiếu này. Hãy mở lại danh sách chứng từ.")
    return found


def _refuse_bad_lines(voucher: Voucher) -> None:
    """Every line moves money one way; a transfer between funds has no item and takes out what it brings in."""
    if not voucher.lines:
        raise Refused([Problem("lines", "Hãy nhập ít nhất một dòng có số tiền.")])
    if any(bool(line.amount_in) == bool(line.amount_out) for line in voucher.lines):
        raise Refused([Problem("lines", "Mỗi dòng phải có số tiền ở đúng một cột, Thu hoặc Chi.")])
    if voucher.kind != "ĐC" and any(line.amount_in < 0 or line.amount_out < 0 for line in voucher.lines):
        raise Refused([Problem("lines", "Số tiền âm chỉ dùng trong phiếu điều chỉnh (ĐC).")])
    bare = [line for line in voucher.lines if not line.item and not line.party]
    if sum(line.amount_in for line in bare) != sum(line.amount_out for line in bare):
        raise Refused([Problem("lines", "Hãy chọn mục, hoặc ghi đủ hai quỹ của phiếu chuyển giữa các quỹ.")])
