"""Whatever allowed verbs come in whatever order: money balances, numbers have no gap, closed months stand still."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop_app.actions import advances, open_advances, periods, vouchers
from desktop_app.actions.reports import make
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import VOUCHER_KINDS, Closing, Fund, Union, Voucher
from desktop_app.storage import books, closings, ledger
from desktop_app.storage.book import Book, new_id
from tests.actions.october import make_funds

START, END = date(2026, 9, 1), date(2026, 12, 31)
days = st.integers(1, 28).map(lambda day: date(2026, 10, day)) | st.integers(1, 28).map(lambda day: date(2026, 11, day))
amounts = st.integers(1, 9_000_000)
picks = st.integers(0, 10**6)


class Accountant(RuleBasedStateMachine):
    """One accountant at one book, in October and November."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.book = Book.create(Path(self.folder) / "book.db", bytes(32), "40-001")
        with self.book.transact("setup", "Hoa") as transaction:
            transaction.save(build(Union, {"id": new_id(), "code": "40-001", "name": "CĐCS May Hưng Lộc"}))
        self.funds = make_funds(self.book)
        self.frozen: dict[str, object] = {}

    def teardown(self) -> None:
        b07, s82 = (make(self.book, form, dates.Period.parse("2026"), None).answer for form in ("B07", "S82"))
        assert [check for check in b07["checks"] if check["severity"] == "error" and not check["holds"]] == []
        assert b07["totals"]["tong_thu"] == sum(came for came, _ in self._totals())
        assert b07["totals"]["tong_chi"] == sum(went for _, went in self._totals())
        assert b07["cells"]["50"] == s82["closing"]
        assert self.book.verify().first_fault is None
        self.book.close()
        shutil.rmtree(self.folder)

    def _some(self, pick: int) -> Voucher:
        found = list(self.book.all(Voucher))
        return found[pick % len(found)]

    def _has(self) -> bool:
        return next(self.book.all(Voucher), None) is not None

    def _try(self, verb: object, *given: object) -> None:
        with suppress(Refused):
            verb(*given, "Hoa")  # type: ignore[operator]

    @rule(day=days, amount=amounts, kind=st.sampled_from(VOUCHER_KINDS[:5]), posted=st.booleans())
    def write(self, day: date, amount: int, kind: str, posted: bool) -> None:
        taking = kind in ("PT", "BC")
        line = {"fund": self.funds[kind not in ("PT", "PC")].id, "item": "22" if taking else "31",
                "amount_in" if taking else "amount_out": amount}  # fmt: skip
        values = {"kind": kind, "day": day, "text": "Thử", "lines": [line]}
        self._try(vouchers.write if posted else vouchers.draft, self.book, values)

    @rule(day=days, amount=amounts, there=st.booleans())
    def move(self, day: date, amount: int, there: bool) -> None:
        first, second = self.funds if there else self.funds[::-1]
        lines = [{"fund": first.id, "amount_out": amount}, {"fund": second.id, "amount_in": amount}]
        values = {"kind": "PC" if there else "UNC", "day": day, "text": "Chuyển quỹ", "lines": lines}
        self._try(vouchers.write, self.book, values)

    @rule(day=days, amount=amounts, party=st.sampled_from(("Lan", "Yến")))
    def advance(self, day: date, amount: int, party: str) -> None:
        line = {"party": party, "fund": self.funds[0].id, "amount_out": amount}
        self._try(vouchers.write, self.book, {"kind": "PC", "day": day, "text": "Tạm ứng", "lines": [line]})

    @precondition(_has)
    @rule(pick=picks, day=days, spent=amounts, refund=st.none() | st.integers(0, 10**6))
    def settle(self, pick: int, day: date, spent: int, refund: int | None) -> None:
        found = open_advances.open_advances(self.book, END)
        if found:
            rows = [{"item": "32", "amount": spent}]
            values = {"day": day, "rows": rows, "refund": refund, "fund": self.funds[pick % 2].id}
            self._try(advances.settle, self.book, found[pick % len(found)].id, values)

    @rule(day=days, came=amounts, went=amounts)
    def set_off(self, day: date, came: int, went: int) -> None:
        values = {"day": day, "text": "Bù trừ", "fund": self.funds[1].id, "item_in": "28.01", "amount_in": came,
                  "item_out": "39", "amount_out": went}  # fmt: skip
        self._try(advances.net, self.book, values)

    @precondition(_has)
    @rule(pick=picks, change=st.integers(-10**6, 10**6).filter(bool), day=days)
    def adjust(self, pick: int, change: int, day: date) -> None:
        old = self._some(pick)
        if old.posted and old.lines[0].item and old.lines[0].fund in {fund.id for fund in self.funds}:
            side = "amount_in" if old.lines[0].amount_in else "amount_out"
            line = {"item": old.lines[0].item, "fund": old.lines[0].fund, side: change}
            values = {"kind": "ĐC", "day": day, "text": "Điều chỉnh", "adjusts": old.id, "lines": [line]}
            self._try(vouchers.write, self.book, values)

    @precondition(_has)
    @rule(pick=picks, verb=st.sampled_from(("post", "discard", "reverse", "cancel", "correct")))
    def touch(self, pick: int, verb: str) -> None:
        given = ("Nhầm",) if verb in ("reverse", "cancel", "correct") else ()
        self._try(getattr(vouchers, verb), self.book, self._some(pick).id, *given)

    @rule(month=st.sampled_from(("2026-10", "2026-11")), opened=st.booleans())
    def close(self, month: str, opened: bool) -> None:
        if opened:
            self._try(periods.reopen, self.book, month, "Bổ sung")
        else:
            self._try(periods.close, self.book, month)
        closed = closings.closed_months(self.book)
        self.frozen = {m: self.frozen.get(m) or self._figures(m) for m in closed}

    def _figures(self, month: str) -> object:
        first, last = dates.first_day(month), dates.last_day(month)
        return (
            [ledger.fund_book(self.book, fund, first, last) for fund in self.funds],
            ledger.item_totals(self.book, first, last),
        )

    def _totals(self) -> list[tuple[int, int]]:
        return list(ledger.item_totals(self.book, START, END).values())

    @invariant()
    def what_the_funds_gained_and_others_owe_is_income_less_spending(self) -> None:
        held = [ledger.fund_book(self.book, fund, START, END) for fund in self.funds]
        owed = sum(amount for _, amount in books.party_moves(self.book, END))
        gained = sum(came - went for came, went in self._totals())
        assert sum(fund.closing - fund.opening for fund in held) + owed == gained

    @invariant()
    def nothing_hangs_between_income_and_spending_that_were_set_off(self) -> None:
        offset = [fund for fund in self.book.all(Fund) if fund.kind == "Bù trừ"]
        assert sum(ledger.fund_book(self.book, fund, START, END).closing for fund in offset) == 0

    @invariant()
    def an_open_advance_is_part_of_what_its_party_owes(self) -> None:
        owed = dict(books.party_moves(self.book, END))
        for party in ("Lan", "Yến"):
            opened = [one.open for one in open_advances.open_advances(self.book, END) if one.party == party]
            assert sum(opened) <= max(owed.get(party, 0), 0)

    @invariant()
    def numbers_run_without_gap(self) -> None:
        given = [n for v in self.book.all(Voucher) for n in (v.number, v.counterpart) if n]
        for kind in VOUCHER_KINDS:
            for month in ("10", "11"):
                own = sorted(number for number in given if number.startswith(f"{kind}{month}/"))
                assert own == [f"{kind}{month}/{n:02d}" for n in range(1, len(own) + 1)]

    @invariant()
    def a_closed_month_stands_still(self) -> None:
        for month, figures in self.frozen.items():
            assert self._figures(month) == figures
        assert {c.month for c in self.book.all(Closing)} >= set(closings.closed_months(self.book))


TestAccountant = Accountant.TestCase
TestAccountant.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
