"""The rows of a cash or bank book as those of *Chứng từ*: kind by side and fund, numbers kept, mục told or found."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop_app.actions import bank_rules
from desktop_app.actions.intake.old_codes import OldCodes
from desktop_app.actions.intake.transfer_rows import Transfers
from desktop_app.domain import amounts, dates, vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import BankRule, Fund
from desktop_app.exchange import cells
from desktop_app.exchange.tables import Row, Table
from desktop_app.storage.bank import Line
from desktop_app.storage.book import Book

_CARRIED = re.compile(
    "(?:số )?(?:dư|tồn) (?:quỹ )?(?:đầu|cuối|tháng|kỳ|năm|ngày)|tồn quỹ|cộng(?! tác)|tổng (?:cộng|số|thu|chi)"
    "|mang sang|(?:số )?chuyển sang|lu[ỹy] kế|lũy kế|(?:số )?phát sinh"
)
_SHORT_DAY = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})")


@dataclass(frozen=True)
class Options:
    """What a file of a book does not say: its year, the code of its fund, the mục where none is told.

    Of a payroll list, `month` ("2026-10") is whose wages it holds, and a fund where the deducted dues came.
    """

    year: int
    fund: str = ""
    item_in: str = ""
    item_out: str = ""
    month: str = ""


@dataclass
class CashTable(Table):
    """A table of a cash or bank book that answers values of vouchers; lines of balances and sums are passed over."""

    book: Book = field(kw_only=True)
    fund: Fund = field(kw_only=True)
    options: Options = field(kw_only=True)
    own: list[BankRule] = field(kw_only=True)
    transfers: Transfers = field(kw_only=True)
    old: OldCodes = field(kw_only=True)
    last: date | None = None
    balance: int | None = None
    wrong: list[str] = field(default_factory=list)
    held: int = 0

    @classmethod
    def of(cls, book: Book, table: Table, fund: Fund, options: Options, codes: Iterable[str] = ()) -> CashTable:
        """The table as one of a fund's book; `codes` are the mã that its rows carry."""
        plain = {part.name: getattr(table, part.name) for part in dataclasses.fields(Table)}
        return cls(
            **plain, book=book, fund=fund, options=options, own=list(book.all(BankRule)),
            transfers=Transfers(book, fund), old=OldCodes(codes),
        )  # fmt: skip

    def rows(self) -> Iterator[Row]:
        """The lines that move money."""
        for row in super().rows():
            said, _ = super().values(row)
            moved = {name: _amount(said.get(name)) for name in ("amount_in", "amount_out")}
            text = vietnamese.clean(str(said.get("text", ""))).casefold()
            unread = any(said.get(name) not in (None, "", "-") and moved[name] is None for name in moved)
            begun = any(said.get(name) for name in ("day", "number", "number_in", "number_out"))
            if (any(moved.values()) or (unread and begun)) and not _CARRIED.match(text):
                self._check_balance(row.number, moved, _amount(said.get("balance")), told="balance" in said)
                yield row
            elif "balance" in said and (kept := _amount(said["balance"])) is not None:
                self.balance = kept

    def values(self, row: Row) -> tuple[dict[str, Any], list[Problem]]:
        """The row as a voucher says it: a row without day has the day above."""
        said, problems = super().values(row)
        day = self._day(said.pop("day", None))
        problems = [problem for problem in problems if problem.field not in ("day", "balance") or day is None]
        if day is None and not any(problem.field == "day" for problem in problems):
            problems.append(Problem("day", "Ngày: chưa rõ ngày nào. Hãy ghi đủ ngày/tháng/năm, ví dụ 05/10/2025."))
        income = bool(_amount(said.get("amount_in"))) or not said.get("amount_out")
        side = "amount_in" if income else "amount_out"
        kind = {"Tiền mặt": ("PC", "PT")}.get(self.fund.kind, ("BN", "BC"))[income]
        text, item = str(said.get("text", "")), str(said.get("item", ""))
        try:
            end = None if item else self.transfers.other(text, day, income=income)
        except Refused as refused:
            back = {"kind": kind, "day": day, "text": text, "fund": self.fund.code, "debtor": text, side: said[side]}
            return back, [*problems, *refused.problems]
        if end is not None:
            own = {"Tiền mặt": kind}.get(self.fund.kind, "BC" if income else "UNC")
            number = self._number(said, own, income=income)
            values = self.transfers.values(end, said[side], number, income=income)
            return {**values, "day": day, "text": text, "party": said.get("party", "")}, problems
        if item and day is not None and (today := self.old.today(item, day)):
            item, text = today, f"{text[:270]} (mục cũ {item})"
        item = item or self._item(day, text, _amount(said[side]) or 0, income=income)
        if not item:
            told = "Chưa rõ mục thu, chi. Hãy chọn mục dùng khi tệp không ghi"
            problems.append(Problem("item", f"{told}; nếu là chuyển tiền giữa hai quỹ thì lập phiếu chuyển quỹ."))
        values = {
            "kind": kind, "number": self._number(said, kind, income=income), "day": day, "text": text,
            "party": said.get("party"), "item": item, "fund": self.fund.code, side: said[side],
        }  # fmt: skip
        other = "amount_out" if income else "amount_in"
        if _amount(said.get(other)):
            values[other] = said[other]
        return {name: value for name, value in values.items() if value not in (None, "")}, problems

    def note(self) -> str:
        """What the column of balances tells of the whole, and which mã were turned."""
        told = f"Cột tồn khớp với thu, chi ở cả {self.held} dòng." if self.held else ""
        if self.wrong:
            more = f" (và {len(self.wrong) - 1} dòng nữa)" if len(self.wrong) > 1 else ""
            told = self.wrong[0] + more + ". Hãy xem lại trước khi nhập."
        return " ".join(filter(None, (told, self.old.note())))

    def _check_balance(self, number: int, moved: dict[str, int | None], kept: int | None, *, told: bool) -> None:
        if self.balance is not None:
            self.balance += (moved["amount_in"] or 0) - (moved["amount_out"] or 0)
        if told and kept is not None:
            if self.balance not in (None, kept):
                shown = amounts.format_amount(kept), amounts.format_amount(self.balance or 0)
                self.wrong.append(f"Dòng {number}: tồn trong tệp là {shown[0]}, tính ra {shown[1]}")
            self.held += 1
            self.balance = kept

    def _day(self, said: Any) -> date | None:
        if isinstance(said, cells.Unread):
            found = _SHORT_DAY.fullmatch(said.strip().lstrip("'"))
            if not found:
                return None
            try:
                said = date(self.options.year, int(found[2]), int(found[1]))
            except ValueError:
                return None
        if isinstance(said, dates.PartialDate):
            return None
        if said is not None:
            self.last = said
        return self.last

    def _number(self, said: dict[str, Any], kind: str, *, income: bool) -> str:
        given = str(said.get("number_in" if income else "number_out") or said.get("number") or "").strip()
        return f"{kind}{given}" if given.isdecimal() else given

    def _item(self, day: date | None, text: str, amount: int, *, income: bool) -> str:
        if day is not None:
            moved = amount if income else -amount
            line = Line("", day, moved, text, reference="", party="", told=False, balance=0)
            found = bank_rules.proposal(self.book, line, self.own)
            if found is not None:
                return found.item
        return self.options.item_in if income else self.options.item_out


def _amount(given: Any) -> int | None:
    with suppress(ValueError, TypeError):
        return amounts.parse_amount(given) if given not in (None, "", "-") else None
    return None
