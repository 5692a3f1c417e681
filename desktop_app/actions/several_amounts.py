"""A voucher of several amounts of one fund, as the grid of a form gives it: a mục, đồng and a party a row.

`rows` of what is given is a list of {"item", "amount", "party"}; the rest is named as in `one_amount`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.actions.one_amount import NO_ITEM, PLAIN, amount_given, column_of, gather, only_fund
from desktop_app.domain import vouchers as rules
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Voucher
from desktop_app.storage.book import Book


def values(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """What `vouchers.draft` takes. Empty rows are passed over.

    A row without party has that of the voucher where its mục is `NO_ITEM`. Raises `Refused`; what is wrong in a row
    has the field "rows.2.item" (counted from 0) and says which row (from 1).
    """
    kind, problems = str(given.get("kind") or ""), list[Problem]()
    plain = {name: given[name] for name in PLAIN if given.get(name)}
    with gather(problems):
        build(Voucher, {"id": "", **plain})
    fund = given.get("fund") or ""
    if not fund:
        with gather(problems):
            fund = only_fund(book, kind)
    rows = filled(given.get("rows") or ())
    if not rows:
        problems.append(Problem("rows.0.item", "Hãy nhập ít nhất một dòng có mục và số tiền."))
    lines = []
    for place, row in rows:
        found: list[Problem] = []
        lines.append({"fund": fund, **_line(book, kind, row, given, found)})
        problems += [Problem(f"rows.{place}.{one.field}", f"Dòng {place + 1}: {one.problem}") for one in found]
    if problems:
        raise Refused(problems)
    return {**plain, "lines": lines}


def filled(rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    """The rows in which something stands, each with its place."""
    names = ("item", "amount", "party")
    return [(place, row) for place, row in enumerate(rows) if any(row.get(name) for name in names)]


def given_of(voucher: Voucher) -> dict[str, Any] | None:
    """The inverse: what the grid shows of a voucher; None where its lines are of several funds, or of both columns."""
    lines = voucher.lines
    one_column = all(line.amount_in for line in lines) or all(line.amount_out for line in lines)
    if len(lines) < 2 or len({line.fund for line in lines}) > 1 or not one_column or rules.moves(voucher):
        return None
    if voucher.kind == "ĐC":
        return None
    rows = [
        {"item": line.item or NO_ITEM, "amount": line.amount_in or line.amount_out, "party": line.party}
        for line in lines
    ]
    return {**{name: getattr(voucher, name) for name in PLAIN}, "fund": lines[0].fund, "to_fund": "", "rows": rows}


def _line(
    book: Book, kind: str, row: Mapping[str, Any], given: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Any]:
    item, party = str(row.get("item") or ""), str(row.get("party") or "")
    amount, column = 0, rules.side_of(kind)
    with gather(problems):
        amount = amount_given(row.get("amount"))
    if not item:
        problems.append(Problem("item", "Hãy chọn mục, hoặc “không có mục” cho tạm ứng, phải thu, phải trả."))
    if item == NO_ITEM and not party:
        party = str(given.get("party") or "")
        if not party:
            problems.append(Problem("party", "Hãy ghi tên người tạm ứng, phải thu hoặc phải trả."))
    with gather(problems):
        column = column or column_of(book, item, given.get("day"), None)
    return {"item": item.replace(NO_ITEM, ""), "party": party, f"amount_{column or 'out'}": amount}
