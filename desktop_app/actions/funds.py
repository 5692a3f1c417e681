"""The union's own facts and its funds: cash and bank accounts with what they held when the book began."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Union
from desktop_app.domain.vouchers import NO_MONEY
from desktop_app.storage import closings, ledger, overview, payroll
from desktop_app.storage.book import Book, Changes, Transaction, new_id

GROUPS: Mapping[int, str] = {
    1: "Đơn vị sự nghiệp công lập",
    2: "Doanh nghiệp nhà nước, có cổ phần chi phối của Nhà nước",
    3: "Doanh nghiệp ngoài nhà nước, đơn vị ngoài công lập, hợp tác xã",
    4: "Nghiệp đoàn; nơi khó xác định tiền lương",
}
"""Groups of unions by how their members' dues are reckoned (QĐ 61/QĐ-TLĐ, from 01/07/2025)."""


def add(book: Book, funds: Iterable[Mapping[str, Any]], by: str) -> Changes:
    """Add funds, all or none. Raises `Refused` for wrong values and for a code that is taken."""
    with book.transact("fund.add", by) as transaction:
        for values in funds:
            fund = build(Fund, {**values, "id": new_id()})
            _refuse_taken(book, fund)
            transaction.save(fund)
        return transaction.changes


def change(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Changes:
    """Change a fund's name, bank, account or opening. Its code and kind stay once vouchers name it.

    Raises `Refused`, for the opening too as soon as it lies in a closed month's figures.
    """
    with book.transact("fund.change", by) as transaction:
        known = book.get(Fund, id_)
        if known is None:
            raise Refused("Không tìm thấy quỹ này. Hãy mở lại trang Thiết lập.")
        fund = build(Fund, {**_values(known), **values, "id": id_})
        _refuse_taken(book, fund)
        if overview.fund_is_used(book, id_) and fund.kind != known.kind:
            raise Refused([Problem("kind", f"Quỹ {known.code} đã có chứng từ nên không đổi loại được.")])
        if (fund.opening, fund.opened) != (known.opening, known.opened) and closings.shut_through(book):
            sentence = "Đã có kỳ khóa sổ nên không đổi số dư đầu kỳ được. Hãy mở lại các kỳ đã khóa trước."
            raise Refused([Problem("opening", sentence)])
        transaction.save(fund)
        return transaction.changes


def step_now(book: Book, today: date) -> tuple[int, str]:
    """To how many đồng dues are rounded now, and from which month a resolution says so ("" if none does)."""
    own = payroll.own_terms(book, dates.month_of(today))
    return (max(1, own.step), own.from_month) if own else (payroll.union(book).dues_step, "")


def change_union(book: Book, values: Mapping[str, Any], by: str, *, today: date | None = None) -> Changes:
    """Change what the book says of the union: name, signers, dues group … Raises `Refused`. The code never changes,
    nor does here a rounding step that a dated resolution has in force."""
    with book.transact("union.change", by) as transaction:
        known = next(book.all(Union))
        given = dict(values)
        step, since = step_now(book, today or date.today())  # noqa: DTZ011 - the accountant's own day
        if since and "dues_step" in given and int(given.pop("dues_step") or step) != step:
            told = f"Đoàn phí đang làm tròn theo mức đóng từ tháng {dates.show_month(since)}"
            raise Refused([Problem("dues_step", f"{told}. Hãy đổi ở Thu đoàn phí, Việc khác, Mức đóng, làm tròn.")])
        union = build(Union, {**_values(known), **given, "id": known.id, "code": known.code})
        if union.dues_group not in GROUPS:
            raise Refused([Problem("dues_group", "Hãy chọn nhóm đoàn phí 1, 2, 3 hoặc 4.")])
        transaction.save(union)
        return transaction.changes


def netting(book: Book, transaction: Transaction) -> Fund:
    """The fund through which what is set off runs and which always holds 0; made when first wanted."""
    known = next((fund for fund in book.all(Fund) if fund.kind == NO_MONEY), None)
    named = {"id": new_id(), "code": NO_MONEY, "name": f"{NO_MONEY} (không có tiền)", "kind": NO_MONEY}
    return known or transaction.save(build(Fund, named))


def _values(record: Any) -> dict[str, Any]:
    return {part.name: getattr(record, part.name) for part in dataclasses.fields(record) if part.name != "id"}


def _refuse_taken(book: Book, fund: Fund) -> None:
    taken = ledger.fund_of_code(book, fund.code)
    if taken is not None and taken.id != fund.id:
        raise Refused([Problem("code", f"Mã quỹ {fund.code} đã dùng cho {taken.name or taken.kind}. Hãy đặt mã khác.")])

