"""The bank's statement beside the book: read, matched line by line, what is left on both sides, balances compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from desktop_app.actions import bank_links, bank_rules
from desktop_app.actions.bank_rules import New
from desktop_app.domain import grouping, matching
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import BankLine, BankRule, BankStatement, Fund, Voucher
from desktop_app.domain.statement import gaps, identities
from desktop_app.exchange import statements
from desktop_app.exchange.lists import Mappings
from desktop_app.exchange.source import Source
from desktop_app.storage import bank, ledger
from desktop_app.storage.bank import Line, Moved
from desktop_app.storage.book import Book, new_id

State = Literal["khớp", "khớp một phần", "chắc chắn", "đề xuất", "phiếu mới", "chưa rõ", "để riêng"]
_AROUND = timedelta(days=31)
Unclear = statements.Unclear


@dataclass(frozen=True)
class Brought:
    """What reading a statement did: lines new and known, and where balances tell of missing lines."""

    fund: Fund
    first: date
    last: date
    new: int
    known: int
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A bank line with what is known or proposed: vouchers of the book, or a new one by rule (`new`).

    Several `papers` were moved as one; `beside` are the other lines that one voucher was moved in. With `papers`, `new`
    is the fee that the line is more than its voucher.
    """

    line: Line
    state: State
    papers: tuple[Moved, ...] = ()
    new: New | None = None
    beside: tuple[Line, ...] = ()

    @property
    def match(self) -> Moved | None:
        """The voucher proposed first."""
        return self.papers[0] if self.papers else None

    @property
    def rest(self) -> int:
        """What of the line the proposed vouchers leave, đồng with its sign."""
        taken = sum(moved.amount for moved in self.papers)
        return sum(line.rest for line in (self.line, *self.beside)) - taken

    @property
    def open(self) -> bool:
        """Whether it still wants a voucher."""
        return self.state not in ("khớp", "để riêng")

    @property
    def sure(self) -> bool:
        """Whether it is confirmed with all others at one key."""
        return self.state == "chắc chắn" or (self.state == "phiếu mới" and self.new is not None and self.new.sure)


@dataclass(frozen=True)
class Balances:
    """Bank against book (S12-H) at the end of a day, đồng. `unexplained` is what neither side's leavings explain."""

    day: date
    bank: int
    book: int
    bank_alone: int
    book_alone: int

    @property
    def difference(self) -> int:
        return self.bank - self.book

    @property
    def unexplained(self) -> int:
        return self.difference - (self.bank_alone - self.book_alone)


@dataclass(frozen=True)
class View:
    """Both sides of a period: the bank's lines, what the book has alone, and the balances (None: never told).

    `through`: the last day of the period that a statement tells of, None if none does.
    """

    rows: tuple[Row, ...]
    book_alone: tuple[Moved, ...]
    balances: Balances | None
    through: date | None = None


def accounts(book: Book) -> list[Fund]:
    """The union's bank accounts."""
    return [fund for fund in book.all(Fund) if fund.kind == "Tiền gửi"]


def other_funds(book: Book, fund: str) -> list[Fund]:
    """The funds that money may come from or go to, besides this account."""
    return [held for held in book.all(Fund) if held.kind != "Bù trừ" and held.id != fund]


def bring(book: Book, path: Path, by: str, fund: str = "", *, anew: bool = False) -> Brought:
    """Read a statement into the book; a line that is in it already stays once, whatever file it comes from.

    `fund` is an id; "" = the account that the file names, or the only one. Raises `statements.Unclear` (map the
    columns, see `map_columns`; `anew`: in any case), `Refused`, `Trouble`.
    """
    read = statements.read(Source(path), Mappings(book.path.parent).get, anew=anew)
    held = _account(book, fund, read.account, read.bank)
    told = list(identities(held.id, read.lines))
    known = bank.known(book, (id_ for id_, _ in told))
    closing = read.closing if read.closing is not None else read.lines[-1].balance
    with book.transact("bank.bring", by) as transaction:
        for place, (id_, line) in enumerate(told):
            if id_ in known:
                continue
            facts = {
                "id": id_, "fund": held.id, "day": line.day, "place": place, "amount": line.amount, "text": line.text,
                "reference": line.reference, "party": line.party, "told": line.balance is not None,
                "balance": line.balance or 0,
            }  # fmt: skip
            transaction.save(build(BankLine, facts))
        if len(known) < len(told):
            facts = {
                "id": new_id(), "fund": held.id, "first": read.first, "last": read.last, "told": closing is not None,
                "closing": closing or 0, "name": path.name[:200],
            }  # fmt: skip
            transaction.save(build(BankStatement, facts))
    return Brought(held, read.first, read.last, len(told) - len(known), len(known), tuple(gaps(read)))


def map_columns(book: Book, form: statements.Grid, columns: Mapping[str, str]) -> None:
    """Keep which heading of a bank's form gives which field. Raises `Refused` where day or amounts are missing."""
    told = {field: heading for field, heading in columns.items() if heading and field in statements.FIELDS}
    if "day" not in told:
        raise Refused([Problem("day", "Hãy chỉ cột ngày giao dịch.")])
    if not ({"in", "out"} <= told.keys() or "amount" in told):
        raise Refused([Problem("in", "Hãy chỉ cột tiền vào và cột tiền ra, hoặc một cột số tiền có dấu.")])
    Mappings(book.path.parent).keep(form.signature, told)


def view(book: Book, fund: str, first: date, last: date) -> View:
    """Both sides of an account between two days, with a proposal for each open line."""
    lines = bank.lines(book, fund, first, last)
    unmatched = {line.id: line for line in lines if line.rest and not line.aside}
    around = bank_links.waiting(book, fund, first - _AROUND, last + _AROUND) if unmatched else []
    proposed = _proposals(unmatched, around)
    own = list(book.all(BankRule))
    rows = tuple(proposed.get(line.id) or _row(book, line, own) for line in lines)
    alone = tuple(bank.moved(book, fund, first, last))
    return View(rows, alone, balances(book, fund, last), bank.through(book, fund, first, last))


def balances(book: Book, fund: str, last: date) -> Balances | None:
    """The statement's balance against the book's (S12-H) on the last day by `last` that the bank told one."""
    held, since = bank.held(book, fund, last), bank.since(book, fund)
    if held is None or since is None:
        return None
    alone = bank.outstanding(book, fund, _begun(book, fund, since), held[0])
    return Balances(held[0], held[1], ledger.balances(book, held[0])[fund], *alone)


def confirm(book: Book, rows: Sequence[Row], by: str) -> int:
    """Confirm what is proposed for these rows, all in one transaction: drafts are posted on the bank's day, new
    vouchers written. Answers how many lines were matched. Raises `Refused` (nothing is stored then)."""
    done: set[str] = set()
    with book.transact("bank.match", by) as transaction:
        for row in rows:
            lines = [row.line, *row.beside]
            if done & {line.id for line in lines}:
                continue
            if not row.papers and row.new is None:
                raise Refused("Dòng này chưa có phiếu đề xuất. Hãy chọn mục để lập phiếu, hoặc để riêng.")
            made = bank_links.write(book, transaction, row.line, row.new, row.rest) if row.new is not None else None
            bank_links.link(book, transaction, lines, row.papers, made)
            done |= {line.id for line in lines}
    return len(done)


def book_line(book: Book, line: Line, item: str, text: str, by: str, *, other: str = "") -> Voucher:
    """Write the voucher of a line under a mục that the user chose, and match it; without mục money that moves between
    the account and another fund (its id). Raises `Refused`."""
    with book.transact("bank.match", by) as transaction:
        month = bank_rules.month_in(line.text, line.day) if item else ""
        new = New(item, text or line.text, month, sure=True, other=other)
        paper = bank_links.write(book, transaction, line, new, line.rest)
        bank_links.link(book, transaction, [line], (), paper)
        return paper


def undo(book: Book, line: Line, by: str) -> None:
    """*Bỏ khớp*: the line is open again; its vouchers stay in the books."""
    with book.transact("bank.unmatch", by) as transaction:
        transaction.save(dataclasses.replace(bank_links.line_of(book, line), papers=(), aside=""))


def set_aside(book: Book, line: Line, reason: str, by: str) -> None:
    """*Để riêng*: the line needs no voucher (a wrong transfer that came back). Raises `Refused` without a reason."""
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy ghi vì sao dòng này không cần phiếu.")])
    with book.transact("bank.aside", by) as transaction:
        known = bank_links.line_of(book, line)
        transaction.save(dataclasses.replace(known, papers=(), aside=reason.strip()[:200]))


def discard(book: Book, lines: Sequence[Line], by: str) -> None:
    """*Bỏ khỏi sao kê*: lines that were read wrong leave the list; read again they come back. Raises `Refused` for a
    line that is matched."""
    with book.transact("bank.discard", by) as transaction:
        funds = set()
        for line in lines:
            if line.papers:
                raise Refused(f"Dòng đã khớp {line.numbers} thì không bỏ được. Hãy bỏ khớp trước.")
            known = bank_links.line_of(book, line)
            funds.add(known.fund)
            transaction.retire(known)
        for fund in funds:
            for statement in bank.empty_statements(book, fund):
                transaction.retire(statement)


def _begun(book: Book, fund: str, since: date) -> date:
    """From which day on a voucher without line is one that the bank has not moved yet: a statement from the 1st may
    have its first line on the 5th. The bank's own opening tells, where it is what the book held before that day."""
    opening = bank.opening(book, fund)
    for day in (since, since.replace(day=1), since - _AROUND):
        if opening == ledger.balances(book, day - timedelta(days=1)).get(fund):
            return day
    return since


def _proposals(lines: Mapping[str, Line], around: Sequence[Moved]) -> dict[str, Row]:
    """What vouchers of the book may stand for open lines: one of the same amount, else the only sum, else one and a
    fee."""
    wanted = [matching.Wanted(line.id, line.day, line.rest, f"{line.text} {line.party}") for line in lines.values()]
    offered = [
        matching.Candidate(m.id, m.number, m.day, m.amount, m.text, m.party, draft=not m.posted) for m in around
    ]
    by_id = {moved.id: moved for moved in around}
    made = {}
    singles = matching.match(wanted, offered)
    for id_, found in singles.items():
        made[id_] = Row(lines[id_], "chắc chắn" if found.sure == "sure" else "đề xuất", (by_id[found.voucher],))
    wanted = [line for line in wanted if line.id not in made]
    taken = {found.voucher for found in singles.values()}
    offered = [voucher for voucher in offered if voucher.id not in taken]
    for id_, group in grouping.groups(wanted, offered).items():
        taken |= set(group.vouchers)
        beside = tuple(lines[other] for other in group.lines if other != id_)
        made[id_] = Row(lines[id_], "đề xuất", tuple(by_id[each] for each in group.vouchers), None, beside)
    offered = [voucher for voucher in offered if voucher.id not in taken]
    for line in wanted:
        fee = bank_rules.fee(line.day)
        if line.id not in made and (lone := grouping.with_fee(line, offered, fee.most)):
            new = New(fee.item, fee.text, "", sure=False)
            made[line.id] = Row(lines[line.id], "đề xuất", (by_id[lone.id],), new)
            offered.remove(lone)
    return made


def _row(book: Book, line: Line, own: list[BankRule]) -> Row:
    if line.aside:
        return Row(line, "để riêng")
    if not line.rest:
        return Row(line, "khớp")
    if line.papers:
        return Row(line, "khớp một phần")
    new = bank_rules.proposal(book, line, own)
    return Row(line, "phiếu mới" if new else "chưa rõ", (), new)


def _account(book: Book, fund: str, number: str, bank_name: str) -> Fund:
    """Which account a statement is of. Raises `Refused` where that is not clear, or the file is of another one."""
    own = accounts(book)
    if not own:
        raise Refused("Sổ chưa có tài khoản tiền gửi nào. Hãy thêm ở trang Thiết lập rồi nhập sao kê.")
    named = [held for held in own if number and _digits(held.account) == number]
    if fund:
        chosen = next(held for held in own if held.id == fund)
        if number and chosen.account and _digits(chosen.account) != number:
            other = f" Số này là của quỹ {named[0].code}." if named else ""
            raise Refused(f"Sao kê là của tài khoản {number}, không phải {chosen.account} ({chosen.code}).{other}")
        return chosen
    if named:
        return named[0]
    unnumbered = [held for held in own if not (number and held.account)]
    likely = [held for held in unnumbered if bank_name and bank_name in f"{held.bank} {held.name}"] or unnumbered
    if len(likely) == 1:
        return likely[0]
    if not unnumbered:
        raise Refused(f"Không có quỹ nào mang số tài khoản {number}. Hãy xem lại số tài khoản ở trang Thiết lập.")
    raise Refused([Problem("fund", "Có nhiều tài khoản. Hãy chọn tài khoản của sao kê này trước khi nhập.")])


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
