"""A bank's statement from its spreadsheet: the bank told by its words, each column by its heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import Any

import resources
from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Refused
from desktop_app.domain.statement import Statement, StatementLine, ordered
from desktop_app.exchange import cells
from desktop_app.exchange.layout import key
from desktop_app.exchange.source import Cell, Source
from desktop_app.exchange.statement_cells import day_of, money_of

FIELDS = ("day", "out", "in", "amount", "side", "balance", "text", "reference", "party")
"""What a column may give; with "amount" alone its sign, or the column "side", says which way the money went."""

_HEAD_ROWS = 60
_MOST_LINES = 50_000
_ACCOUNT = re.compile(r"\d[\d .-]{5,24}\d")
_OPENING = ("so du dau", "opening balance", "du dau ky", "beginning balance")
_CLOSING = ("so du cuoi", "closing balance", "du cuoi ky", "ending balance")
_OUT_SIDES = ("no", "d", "dr", "debit", "ghi no", "chi", "rut", "tien ra", "c out")


@dataclass(frozen=True)
class Grid:
    """The sheet that holds the statement: its rows, the place of the heading row, and the headings by column."""

    rows: list[list[Cell]]
    head: int
    headings: tuple[str, ...]

    @property
    def signature(self) -> str:
        """The same for every file of this form: under it a mapping by hand is kept."""
        return "sao kê: " + " | ".join(key(heading) for heading in self.headings if heading)


class Unclear(Refused):
    """Which column is which is for the user to say: `grid` shows the table, `guess` {field: heading} what is likely."""

    def __init__(self, grid: Grid, guess: Mapping[str, str] | None = None) -> None:
        told = "Hãy chỉ từng cột một lần, chương trình sẽ nhớ."
        super().__init__(told if guess else f"Chưa nhận ra các cột của sao kê này. {told}")
        self.grid, self.guess = grid, guess or {}


def read(
    source: Source, by_hand: Callable[[str], Mapping[str, str]] = lambda _: {}, *, anew: bool = False
) -> Statement:
    """The statement in a file. `by_hand` answers the columns kept for a form's signature, {field: heading}; with
    `anew` the form is shown to be mapped again, whatever is known of it.

    Raises `Unclear` where columns are not recognised, `Refused` where there are no lines or an amount makes no sense.
    """
    best: tuple[int, Grid, dict[str, int], str] | None = None
    unknown: Grid | None = None
    for sheet in source.sheets[:8]:
        rows = [row for _, row in islice(source.read(sheet).rows, _MOST_LINES)]
        bank = _bank_of(rows[:_HEAD_ROWS])
        unknown = unknown or _strange(rows)
        for number, row in enumerate(rows[:_HEAD_ROWS]):
            found = _columns(row, bank)
            grid = Grid(rows, number, tuple(cells.shown(cell).strip() for cell in row))
            kept = by_hand(grid.signature) if sum(map(bool, grid.headings)) > 2 else {}
            if kept and anew:
                raise Unclear(grid, kept)
            if kept:
                places = {name: grid.headings.index(told) for name, told in kept.items() if told in grid.headings}
                return _statement(source, grid, places, bank)
            if found and (best is None or len(found) > best[0]):
                best = len(found), grid, found, bank
    if best is None and unknown is not None:
        raise Unclear(unknown)
    if best is None:
        told = f"Tệp {source.path.name} không có bảng nào giống sao kê"
        raise Refused(f"{told}. Hãy chọn tệp Excel hoặc CSV của ngân hàng.")
    _, grid, places, bank = best
    if anew:
        raise Unclear(grid, {name: grid.headings[place] for name, place in places.items()})
    if "day" not in places or not ("amount" in places or {"in", "out"} <= places.keys()):
        raise Unclear(grid)
    return _statement(source, grid, places, bank)


def _statement(source: Source, grid: Grid, places: Mapping[str, int], bank: str) -> Statement:
    lines: list[StatementLine] = []
    for number, row in enumerate(grid.rows[grid.head + 1 :], grid.head + 2):
        try:
            line = _line(row, places)
        except ValueError as error:
            where = f"{source.path.name}, dòng {number}"
            raise Refused(f"{where}: “{error}” không phải là số tiền. Hãy xem lại tệp.") from None
        if line is not None:
            lines.append(line)
    if not lines:
        raise Refused(f"Sao kê {source.path.name} không có dòng giao dịch nào.")
    around = grid.rows[: grid.head] + [row for row in grid.rows[grid.head + 1 :] if _line_or_none(row, places) is None]
    return Statement(
        ordered(lines), bank, _account(grid.rows[: grid.head]), _balance(around, _OPENING), _balance(around, _CLOSING)
    )


def _strange(rows: list[list[Cell]]) -> Grid | None:
    """A table whose headings nobody knows: the row of texts over the first one that has a day and an amount."""
    for number, (above, row) in enumerate(pairwise(rows[: _HEAD_ROWS + 1])):
        figures = [cell for cell in row if isinstance(cell, (int, float)) or (cell and _is_money(cell))]
        named = [cell for cell in above if isinstance(cell, str) and cell.strip()]
        if len(named) > 2 and figures and any(day_of(cell) for cell in row if cell != ""):
            return Grid(rows, number, tuple(cells.shown(cell).strip() for cell in above))
    return None


def _is_money(cell: Cell) -> bool:
    try:
        return money_of(cell) is not None
    except ValueError:
        return False


def _line(row: Sequence[Cell], places: Mapping[str, int]) -> StatementLine | None:
    """A row as a line, None for sums, balances and what is between. Raises ValueError for an amount that is none."""
    at = {name: row[place] for name, place in places.items() if place < len(row)}
    day = day_of(at.get("day", ""))
    if day is None:
        return None
    if "in" in places and "out" in places:
        amount = abs(money_of(at.get("in", "")) or 0) - abs(money_of(at.get("out", "")) or 0)
    else:
        amount = money_of(at.get("amount", "")) or 0
        if key(cells.shown(at.get("side", ""))) in _OUT_SIDES or cells.shown(at.get("side", "")).strip() == "-":
            amount = -abs(amount)
    if not amount:
        return None
    text = _words(at.get("text", ""))
    if _labelled(text, _OPENING + _CLOSING):
        return None
    balance = money_of(at["balance"]) if "balance" in at else None
    reference = _words(at.get("reference", "")) or day[1]
    return StatementLine(day[0], amount, text[:1000], reference[:100], _words(at.get("party", ""))[:200], balance)


def _line_or_none(row: Sequence[Cell], places: Mapping[str, int]) -> StatementLine | None:
    try:
        return _line(row, places)
    except ValueError:
        return None


def _columns(row: Sequence[Cell], bank: str) -> dict[str, int]:
    """Which column gives which field, by its heading; a row of no headings gives less than two."""
    headings = [key(cells.shown(cell)) if isinstance(cell, str) else "" for cell in row]
    found: dict[str, int] = {}
    names = _names(bank)
    for field in FIELDS:
        ranked = [
            (rank, place)
            for place, heading in enumerate(headings)
            if heading and place not in found.values()
            for rank, name in enumerate(names[field])
            if heading == name or heading.startswith(f"{name} ")
        ]
        if ranked:
            found[field] = min(ranked)[1]
    return found if len(found) > 1 else {}


@cache
def _names(bank: str) -> Mapping[str, tuple[str, ...]]:
    """The headings of each field, those of the bank before the general ones."""
    declared: Mapping[str, Any] = resources.read("catalogues/banks.toml")
    own: Mapping[str, Any] = next((entry for entry in declared["bank"] if entry["name"] == bank), {})
    return {field: (*own.get(field, ()), *declared["general"][field]) for field in FIELDS}


def _bank_of(rows: Sequence[Sequence[Cell]]) -> str:
    """Whose file it is: the bank whose mark stands first above the lines; "" if none does."""
    marks = [(mark, bank["name"]) for bank in resources.read("catalogues/banks.toml")["bank"] for mark in bank["marks"]]
    for row in rows[:25]:
        told = vietnamese.fold(" ".join(cell for cell in row if isinstance(cell, str)))
        for mark, name in marks:
            if mark in told:
                return str(name)
    return ""


def _account(rows: Sequence[Sequence[Cell]]) -> str:
    """The number of the account, from the rows above the table."""
    for row in rows:
        texts = [cells.shown(cell) for cell in row]
        for place, text in enumerate(texts):
            told = key(text)
            if told.startswith(("so tai khoan", "tai khoan", "account no", "account number")):
                found = _ACCOUNT.search(" ".join((text, *texts[place + 1 : place + 4])))
                if found:
                    return re.sub(r"\D", "", found[0])
    return ""


def _balance(rows: Sequence[Sequence[Cell]], labels: Sequence[str]) -> int | None:
    """The balance that stands after one of these labels, in the same cell or right of it."""
    for row in rows:
        for place, cell in enumerate(row):
            if not isinstance(cell, str) or not _labelled(cell, labels):
                continue
            for given in (cell.rpartition(":")[2], *row[place + 1 :]):
                try:
                    amount = money_of(given)
                except ValueError:
                    continue
                if amount is not None:
                    return amount
    return None


def _labelled(text: str, labels: Sequence[str]) -> bool:
    return key(text).startswith(tuple(labels))


def _words(cell: Cell) -> str:
    return vietnamese.clean(" ".join(cells.shown(cell).split()))
