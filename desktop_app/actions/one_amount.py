"""A voucher of one amount, as a form or a command gives it: which fund, which mục, how much; made into lines.

Names: `fund` pays or is paid, `to_fund` receives (only between funds), `adjusts` is the id of the corrected one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from desktop_app.domain import amounts, dates
from desktop_app.domain import vouchers as rules
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Line, Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book
from desktop_app.storage.items import items

NO_ITEM = "-"
"""The mục of money that is neither income nor spending."""
PLAIN = ("id", "kind", "number", "day", "month", "text", "party", "address", "papers", "adjusts", "replaces", "settles")


def values(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """What `vouchers.draft` takes, of one amount in đồng (text or number; negative only to adjust).

    Without a fund the only fitting one is taken. An adjusting voucher takes fund, mục and column of the voucher it
    adjusts where they are not given. `item` is `NO_ITEM` for an advance, a receivable or a payable of `party`.
    Raises `Refused` with a sentence for every field that is missing or wrong.
    """
    kind, to_fund = str(given.get("kind") or ""), given.get("to_fund")
    old = _adjusted(book, given)
    plain = {name: given[name] for name in PLAIN if given.get(name)}
    problems: list[Problem] = []
    with gather(problems):
        build(Voucher, {"id": "", **plain})
    fund, amount = given.get("fund") or (old.fund if old else ""), 0
    if not fund:
        with gather(problems):
            fund = only_fund(book, kind, to_fund)
    with gather(problems):
        amount = amount_given(given.get("amount"))
    item = str(given.get("item") or (old.item if old else ""))
    party = str(given.get("party") or (old.party if old else ""))
    column = rules.side_of(kind)
    if to_fund and str(given.get("item") or NO_ITEM) != NO_ITEM:
        problems.append(Problem("item", "Phiếu chuyển giữa hai quỹ không có mục. Hãy bỏ mục hoặc bỏ quỹ nhận."))
    if to_fund:
        lines = [{"fund": fund, "amount_out": amount}, {"fund": to_fund, "amount_in": amount}]
    else:
        if kind != "ĐC" and not item:
            problems.append(Problem("item", "Hãy chọn mục, hoặc “không có mục” cho tạm ứng, phải thu, phải trả."))
        if item == NO_ITEM and not party:
            problems.append(Problem("party", "Hãy ghi tên người tạm ứng, phải thu hoặc phải trả."))
        with gather(problems):
            column = column or column_of(book, item, given.get("day"), old)
        bare = item.replace(NO_ITEM, "")
        lines = [{"item": bare, "party": "" if bare else party, "fund": fund, f"amount_{column}": amount}]
    if problems:
        raise Refused(problems)
    return {**plain, "lines": lines}


@contextmanager
def gather(problems: list[Problem]) -> Iterator[None]:
    """Go on after a refusal, so that every field gets its sentence at once."""
    try:
        yield
    except Refused as refused:
        problems += refused.problems


def given_of(voucher: Voucher) -> dict[str, Any] | None:
    """The inverse: what a form of one amount shows of a voucher; None if it has more lines than that."""
    plain = {name: getattr(voucher, name) for name in PLAIN}
    if len(voucher.lines) == 1:
        line = voucher.lines[0]
        amount = line.amount_in or line.amount_out
        return {**plain, "fund": line.fund, "to_fund": "", "item": line.item or NO_ITEM, "amount": amount}
    paying = [line for line in voucher.lines if line.amount_out]
    taking = [line for line in voucher.lines if line.amount_in]
    if rules.moves(voucher) and len(paying) == len(taking) == 1:
        return {
            **plain, "fund": paying[0].fund, "to_fund": taking[0].fund, "item": "", "amount": paying[0].amount_out,
        }  # fmt: skip
    return None


def only_fund(book: Book, kind: str, to_fund: object = None) -> str:
    """The id of the one fund that suits a kind of voucher (cash for PT and PC, bank for BC, BN and UNC).

    Raises `Refused` if there is none, or more than one to choose from.
    """
    wanted = rules.FITTING.get(kind, "")
    funds = [f for f in book.all(Fund) if (f.kind == wanted if wanted else f.kind != "Bù trừ") and f.id != to_fund]
    if len(funds) == 1:
        return funds[0].id
    if not funds:
        lacking = wanted.lower() or "nào"
        raise Refused([Problem("fund", f"Sổ chưa có quỹ {lacking}. Hãy thêm quỹ trước khi lập phiếu.")])
    raise Refused([Problem("fund", f"Có nhiều quỹ: {', '.join(fund.code for fund in funds)}. Hãy chọn một quỹ.")])


def fund_of_code(book: Book, code: str) -> str:
    """The id of the fund of a code. Raises `Refused`, naming those there are."""
    found = ledger.fund_of_code(book, code)
    if found is None:
        known = ", ".join(fund.code for fund in book.all(Fund)) or "chưa có quỹ nào"
        raise Refused([Problem("fund", f"Không có quỹ {code}. Các quỹ của sổ: {known}.")])
    return found.id


def _adjusted(book: Book, given: Mapping[str, Any]) -> Line | None:
    """The only line of the voucher that is adjusted, else None."""
    old = book.get(Voucher, str(given["adjusts"])) if given.get("adjusts") else None
    return old.lines[0] if old is not None and len(old.lines) == 1 else None


def amount_given(given: Any) -> int:
    """đồng of what was typed. Raises `Refused` if nothing, 0 or something unclear was."""
    if given is None or given == "":
        raise Refused([Problem("amount", "Hãy nhập Số tiền.")])
    try:
        amount = amounts.parse_amount(given)
    except ValueError as error:
        raise Refused([Problem("amount", str(error))]) from error
    if not amount:
        raise Refused([Problem("amount", "Số tiền phải khác 0.")])
    return amount


def column_of(book: Book, item: str, day: Any, old: Line | None) -> str:
    """The column of an adjusting voucher, "in" or "out": that of its mục, else of the line it adjusts."""
    try:
        when = day if isinstance(day, date) else dates.parse_day(str(day), date.today())  # noqa: DTZ011
    except ValueError:
        when = date.today()  # noqa: DTZ011 - the day itself is refused by the strict door
    catalogue = items(book, when)
    found = catalogue.get(item) or catalogue.get(catalogue.of_form(item)) if item else None
    if found is not None and found.side in ("in", "out"):
        return found.side
    if old is None:
        raise Refused([Problem("adjusts", "Hãy chọn mục, hoặc ghi số phiếu được điều chỉnh.")])
    return "in" if old.amount_in else "out"
