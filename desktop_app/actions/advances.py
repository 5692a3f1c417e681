"""Advances: settle one (spent, given back, paid on top), and set off what is owed both ways, gross on both sides.

A settlement is a voucher without money (KT, paper C43-BB) for what was spent, and a receipt or payment for the
difference; all name the advance they settle. Until then an advance stands in S31-H only, never in S82-TLĐ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop_app.actions import funds, several_amounts
from desktop_app.actions.one_amount import NO_ITEM, amount_given, gather
from desktop_app.actions.open_advances import open_advances
from desktop_app.actions.vouchers import enter
from desktop_app.domain import advances as rules
from desktop_app.domain.advances import Advance, Outcome
from desktop_app.domain.amounts import money
from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage.book import Book, Transaction, new_id

_KINDS: Mapping[str, tuple[str, str]] = {"Tiền mặt": ("PT", "PC"), "Tiền gửi": ("BC", "UNC")}


def advance_of(book: Book, id_: str, last: date = date.max) -> Advance:
    """One open advance. Raises `Refused` if nothing of it is open."""
    found = next((one for one in open_advances(book, last) if one.id == id_), None)
    if found is None:
        raise Refused("Khoản tạm ứng này đã thanh toán hết. Hãy mở lại danh sách tạm ứng.")
    return found


def outcome(advance: Advance, rows: Sequence[Mapping[str, Any]], refund: Any = None) -> Outcome:
    """What a settlement being typed comes to; amounts that are not understood yet count nothing."""
    spent = sum(amount for row in rows if isinstance(amount := row.get("amount"), int))
    given = refund if isinstance(refund, int) else None
    try:
        return rules.settle(advance.open, spent, given)
    except ValueError:
        return rules.settle(advance.open, spent)


def settle(book: Book, id_: str, values: Mapping[str, Any], by: str) -> list[Voucher]:
    """*Thanh toán tạm ứng*: post all its vouchers or none; answers them, the settlement (KT) first.

    `values`: day, text, papers, `rows` of what was spent (as in `several_amounts`; [] if all is given back), `fund`
    that takes the rest back or pays what was spent beyond, `refund` (đồng; all that remains if absent or empty).
    Raises `Refused`.
    """
    with book.transact("advance.settle", by) as transaction:
        advance = advance_of(book, id_)
        problems: list[Problem] = []
        spent = _spent(book, values, advance, problems)
        total = sum(line["amount_out"] for line in spent)
        refund = None
        if values.get("refund") not in (None, ""):
            with gather(problems):
                refund = amount_given(values["refund"]) if values["refund"] != 0 else 0
        if problems:
            raise Refused(problems)
        try:
            comes_to = rules.settle(advance.open, total, refund)
        except ValueError:
            rest = max(advance.open - total, 0)
            raise Refused([Problem("refund", f"Chỉ còn {money(rest)} để hoàn lại. Hãy sửa số tiền hoàn.")]) from None
        day = build(Voucher, {"id": id_, "kind": "KT", "text": "…", "day": values.get("day")}).day
        if day and advance.day and day < advance.day:
            given = show_day(advance.day)
            raise Refused([Problem("day", f"Ngày thanh toán ở trước ngày tạm ứng {given}. Hãy kiểm tra lại.")])
        given_by = book.get(Voucher, id_)
        whose = {"party": advance.party, "address": given_by.address if given_by else ""}
        shared = {"day": day, **whose, "settles": id_, "papers": values.get("papers")}
        text = str(values.get("text") or f"Thanh toán tạm ứng {advance.number}".strip())
        made: list[Voucher] = []
        if spent:
            offset = funds.netting(book, transaction).id
            lines = [*({**line, "fund": offset} for line in spent), _of_party(advance, offset, came_in=total)]
            made.append(_enter(book, transaction, {**shared, "kind": "KT", "text": text, "lines": lines}))
        if comes_to.refund or comes_to.extra:
            fund = _fund(book, values.get("fund"))
            back, on_top = _KINDS[fund.kind]
            words = "Hoàn tạm ứng" if comes_to.refund else "Chi thêm thanh toán tạm ứng"
            line = _of_party(advance, fund.id, came_in=comes_to.refund, went_out=comes_to.extra)
            kind = back if comes_to.refund else on_top
            told = f"{words} {advance.number}".strip()
            made.append(_enter(book, transaction, {**shared, "kind": kind, "text": told, "lines": [line]}))
        if not made:
            raise Refused([Problem("rows.0.item", "Hãy nhập khoản đã chi, hoặc số tiền hoàn lại.")])
        return made


def net(book: Book, values: Mapping[str, Any], by: str) -> Voucher:
    """*Bù trừ*: income and spending that were set off, both booked in full by one voucher.

    `values`: day, text, party, `item_in` and `amount_in` (what was due to the union), `item_out` and `amount_out`
    (what it owed), `fund` that received or paid the difference. Raises `Refused`.
    """
    problems: list[Problem] = []
    amounts = {"amount_in": 0, "amount_out": 0}
    for name in amounts:
        with gather(problems):
            amounts[name] = _above_0(values.get(name), name)
    for name, label in (("item_in", "mục thu"), ("item_out", "mục chi")):
        if not values.get(name):
            problems.append(Problem(name, f"Hãy chọn {label}."))
    if problems:
        raise Refused(problems)
    came, went = amounts["amount_in"], amounts["amount_out"]
    both = min(came, went)
    with book.transact("voucher.net", by) as transaction:
        offset = funds.netting(book, transaction).id
        item_in, item_out = str(values["item_in"]), str(values["item_out"])
        lines: list[dict[str, Any]] = []
        kind = "KT"
        if came != went:
            fund = _fund(book, values.get("fund"))
            kind = _KINDS[fund.kind][came < went]
            side, item = ("amount_in", item_in) if came > went else ("amount_out", item_out)
            lines.append({"item": item, "fund": fund.id, side: abs(came - went)})
        lines.append({"item": item_in, "fund": offset, "amount_in": both})
        lines.append({"item": item_out, "fund": offset, "amount_out": both})
        plain = {name: values.get(name) for name in ("day", "text", "party", "papers", "month")}
        return _enter(book, transaction, {**plain, "kind": kind, "lines": lines})


def _spent(
    book: Book, values: Mapping[str, Any], advance: Advance, problems: list[Problem]
) -> list[dict[str, Any]]:
    """The lines of what was spent, without their fund."""
    rows = list(values.get("rows") or ())
    if not several_amounts.filled(rows):
        return []
    told = {"day": values.get("day"), "text": values.get("text") or "…", "party": advance.party}
    given = {"kind": "PC", **told, "fund": advance.id, "rows": rows}
    lines: list[dict[str, Any]] = []
    with gather(problems):
        lines = several_amounts.values(book, given)["lines"]
    for place, row in several_amounts.filled(rows):
        if row.get("item") == NO_ITEM:
            problems.append(Problem(f"rows.{place}.item", f"Dòng {place + 1}: Hãy chọn mục chi của khoản đã chi."))
    return lines


def _of_party(advance: Advance, fund: str, *, came_in: int = 0, went_out: int = 0) -> dict[str, Any]:
    return {"party": advance.party, "fund": fund, "amount_in": came_in, "amount_out": went_out}


def _fund(book: Book, id_: Any) -> Fund:
    found = next((fund for fund in book.all(Fund) if fund.id == id_ and fund.kind in _KINDS), None)
    if found is None:
        raise Refused([Problem("fund", "Hãy chọn quỹ tiền mặt hoặc tài khoản nhận, chi phần chênh lệch.")])
    return found


def _above_0(given: Any, field: str) -> int:
    try:
        amount = amount_given(given)
    except Refused as refused:
        raise Refused([Problem(field, refused.problems[0].problem)]) from refused
    if amount < 0:
        raise Refused([Problem(field, "Số tiền phải lớn hơn 0.")])
    return amount


def _enter(book: Book, transaction: Transaction, values: Mapping[str, Any]) -> Voucher:
    return enter(book, transaction, build(Voucher, {**values, "id": new_id()}))
