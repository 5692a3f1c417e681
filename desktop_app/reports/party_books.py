"""S31-H, what others owe the union, and S18-TLĐ, what it holds for others: each party with its moves and balance.

A party stands in the book of the side it is on at the period's end (settled: of the side it began on), so that the
closing balances are the receivables and payables of the control identity of mã 50.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.domain.dates import Period
from desktop_app.domain.settlement import positions
from desktop_app.reports.forms import Form
from desktop_app.reports.model import Cell, Row, Section, Table
from desktop_app.reports.paper import Made, paper
from desktop_app.storage import books
from desktop_app.storage.book import Book


@dataclass
class _Account:
    """A party: what it owed when the period began (below 0: what it was owed), and its moves in the period."""

    name: str
    before: int = 0
    first: int = 0
    moves: list[books.Move] = field(default_factory=list)

    @property
    def after(self) -> int:
        return self.before + sum(move.went_out - move.came_in for move in self.moves)

    def count(self, amount: int) -> None:
        """Take a sum of before the period in."""
        self.before += amount
        self.first = self.first or amount


def party_book(book: Book, form: Form, period: Period) -> Made:
    """S31-H or S18-TLĐ of a period; parties that were settled before it are left out."""
    sign = 1 if form.code == "S31" else -1
    accounts = [account for account in _accounts(book, period) if _side(account) == sign]
    rows: list[Row] = []
    answers: list[dict[str, Cell]] = []
    totals = {"up": 0, "down": 0}
    for account in accounts:
        balance = sign * account.before
        rows.append(Row({"text": f"{account.name} – số dư đầu kỳ", "balance": balance}, "bold"))
        for move in account.moves:
            out, back = (move.went_out, move.came_in) if sign > 0 else (move.came_in, move.went_out)
            balance += out - back
            totals["up"] += out
            totals["down"] += back
            figures: dict[str, Cell] = {"up": out, "down": back, "balance": balance}
            words: dict[str, Cell] = {"number": move.number, "text": move.text}
            rows.append(Row({"day": move.day, **words, **figures}, code=move.voucher))
            answers.append({"date": move.day.isoformat(), **words, "party": account.name, **figures})
    opening = sign * sum(account.before for account in accounts)
    closing = sign * sum(account.after for account in accounts)
    rows.append(Row({"text": "Cộng", **totals, "balance": closing}, "total"))
    table = Table(form.table_columns(), tuple(rows), number_row=True)
    report = paper(book, form, period.label, (Section(table=table),))
    return Made(report, {"opening": opening, "rows": answers, "closing": closing, "totals": totals})


def _accounts(book: Book, period: Period) -> list[_Account]:
    """Every party with something open in the period, by its name as first written."""
    found: dict[str, _Account] = {}

    def account(party: str) -> _Account:
        return found.setdefault(" ".join(party.split()).casefold(), _Account(party))

    began = books.opening(book, period.last)
    for party, amount in positions(began.balances, ()).by_party.items():
        account(party).count(amount)
    for move in books.moves(book, period.last):
        if move.day < period.first:
            account(move.party).count(move.went_out - move.came_in)
        else:
            account(move.party).moves.append(move)
    return [held for held in found.values() if held.before or held.moves]


def _side(account: _Account) -> int:
    """1 owes the union, -1 is owed."""
    weight = account.after or account.first
    if not weight and account.moves:
        weight = account.moves[0].went_out - account.moves[0].came_in
    return 1 if weight > 0 else -1
