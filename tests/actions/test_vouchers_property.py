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

from desktop_app.actions import periods, vouchers
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import VOUCHER_KINDS, Closing, Voucher
from desktop_app.storage import closings, ledger
from desktop_app.storage.book import Book
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
        self.funds = make_funds(self.book)
        self.frozen: dict[str, object] = {}

    def teardown(self) -> None:
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

    @invariant()
    def what_the_funds_gained_is_income_less_spending(self) -> None:
        totals = ledger.item_totals(self.book, START, END).values()
        held = [ledger.fund_book(self.book, fund, START, END) for fund in self.funds]
        assert sum(fund.closing - fund.opening for fund in held) == sum(came - went for came, went in totals)

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
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
