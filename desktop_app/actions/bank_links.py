"""Which vouchers stand for which lines of the bank: written, linked in whole or in part, matched by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from desktop_app.actions import vouchers
from desktop_app.actions.bank_rules import New
from desktop_app.domain import grouping
from desktop_app.domain.amounts import money
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import BankLine, Fund, LinePaper, Voucher
from desktop_app.storage import bank, payroll
from desktop_app.storage.bank import Line, Moved
from desktop_app.storage.book import Book, Transaction, new_id


def waiting(book: Book, fund: str, first: date, last: date) -> list[Moved]:
    """The vouchers and drafts of an account that a line between two days may be matched with."""
    return bank.moved(book, fund, first, last, drafts=True)


def match(
    book: Book, lines: Sequence[Line], papers: Sequence[str], by: str, *, item: str = "", text: str = ""
) -> Voucher | None:
    """Match lines with vouchers (by id) that a person picked; what they differ by becomes a voucher of its own under
    `item` (a fee that the bank took), which is answered.

    Without `item` one voucher may be more than its lines: the rest waits for another line. Raises `Refused` where
    amounts differ otherwise, or a voucher is matched already.
    """
    if not lines or not papers:
        raise Refused("Hãy chọn ít nhất một phiếu của dòng này.")
    held = line_of(book, lines[0])
    free = {moved.id: moved for moved in waiting(book, held.fund, date.min, date.max)}
    if not all(id_ in free for id_ in papers):
        raise Refused("Phiếu này đã khớp dòng khác, hoặc không còn trong sổ. Hãy chọn phiếu khác.")
    picked = [free[id_] for id_ in dict.fromkeys(papers)]
    sums = sum(line.rest for line in lines), sum(moved.amount for moved in picked)
    rest = sums[0] - sums[1]
    waits = len(picked) == 1 and sums[0] * sums[1] > 0 and abs(sums[1]) > abs(sums[0])
    if rest and not item and not waits:
        told = f"Các phiếu cộng lại là {money(sums[1])}, sao kê là {money(sums[0])}: chênh lệch {money(rest)}."
        raise Refused([Problem("item", f"{told} Hãy chọn thêm phiếu, hoặc chọn mục của phần chênh lệch.")])
    with book.transact("bank.match", by) as transaction:
        made = None
        if item and rest:
            made = write(book, transaction, lines[-1], New(item, text or lines[-1].text, "", sure=True), rest)
        link(book, transaction, lines, picked, made)
        return made


def link(
    book: Book, transaction: Transaction, lines: Sequence[Line], papers: Sequence[Moved], more: Voucher | None = None
) -> None:
    """Let lines stand for vouchers, each as far as it reaches; drafts are posted on the day of the last line.

    `more` is a voucher just written for what they differ by.
    """
    lines = [_fresh(book, line) for line in lines]
    for moved in papers:
        paper = voucher_of(book, moved.id)
        if not paper.posted:
            vouchers.enter(book, transaction, dataclasses.replace(paper, day=max(line.day for line in lines)))
    amounts = [(moved.id, moved.amount) for moved in papers]
    if more is not None:
        amounts.append((more.id, _moves(more, line_of(book, lines[0]).fund)))
    parts = grouping.spread([(line.id, line.rest) for line in lines], amounts)
    for line in lines:
        held = tuple(LinePaper(part.voucher, part.amount) for part in line.papers)
        new = tuple(LinePaper(voucher, amount) for id_, voucher, amount in parts if id_ == line.id)
        transaction.save(dataclasses.replace(line_of(book, line), papers=(*held, *new), aside=""))


def write(book: Book, transaction: Transaction, line: Line, new: New, amount: int) -> Voucher:
    """The voucher of a line, or of the part of it that `amount` (đồng with its sign) is."""
    known = line_of(book, line)
    fund = book.get(Fund, known.fund)
    assert fund is not None
    upper = payroll.union(book).upper
    party = line.party or (upper if new.item in ("28.01", "28.02", "39") else fund.bank or fund.name)
    side, back = ("amount_in", "amount_out") if amount > 0 else ("amount_out", "amount_in")
    kind, lines = "BC" if amount > 0 else "BN", [{"item": new.item, "fund": fund.id, side: abs(amount)}]
    if new.other:
        kind, party = "PC" if amount > 0 else "UNC", line.party
        lines.append({"fund": new.other, back: abs(amount)})
    values = {
        "id": new_id(), "kind": kind, "day": line.day, "month": new.month, "text": new.text[:300],
        "party": party[:200], "papers": line.reference[:100], "lines": lines,
    }  # fmt: skip
    return vouchers.enter(book, transaction, build(Voucher, values))


def line_of(book: Book, line: Line) -> BankLine:
    """The record of a line."""
    found = book.get(BankLine, line.id)
    if found is None:
        raise Refused("Không tìm thấy dòng sao kê này. Hãy đọc lại trang đối chiếu.")
    return found


def voucher_of(book: Book, id_: str) -> Voucher:
    """A voucher by id. Raises `Refused` if it is gone."""
    found = book.get(Voucher, id_)
    if found is None:
        raise Refused("Không tìm thấy phiếu này. Hãy đọc lại trang đối chiếu.")
    return found


def _fresh(book: Book, line: Line) -> Line:
    """The line as it stands now. Raises `Refused` if vouchers stand for it already."""
    held = line_of(book, line)
    found = next(each for each in bank.lines(book, held.fund, line.day, line.day) if each.id == line.id)
    if not found.rest:
        raise Refused(f"Dòng này đã khớp {found.numbers}. Hãy đọc lại trang đối chiếu.")
    return found


def _moves(paper: Voucher, fund: str) -> int:
    return sum(line.amount_in - line.amount_out for line in paper.lines if line.fund == fund)
