"""Dues and the employer's fee: compute a month, collect what is missing, free members, see what has come.

Collected dues are rows per member plus one receipt, in one transaction; a reversed or cancelled receipt frees its
rows, so that the month can be collected again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.actions import periods, vouchers
from desktop_app.domain import dates
from desktop_app.domain import dues as rule
from desktop_app.domain import fee as fee_rule
from desktop_app.domain.amounts import money
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fee import FeeMonth
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Exemption, Fund, Voucher
from desktop_app.storage import ledger, payroll
from desktop_app.storage.book import Book, Transaction, new_id
from desktop_app.storage.rules import rules

Progress = Callable[[int, int], object]
"""Called with how many members are done and of how many; what it raises stops the work, and nothing is stored."""

_RECEIPTS = {"Tiền mặt": "PT", "Tiền gửi": "BC"}


@dataclass(frozen=True)
class DuesLine:
    """A member of the month, đồng: `exempt` is the reason or "", `wage_known` false where nothing can be counted.

    `above` and `paid_above` are the parts of `due` and `paid` above the rate, by the union's own resolution.
    """

    person: str
    name: str
    team: str
    base: int
    due: int
    exempt: str
    paid: int
    wage_known: bool
    above: int = 0
    paid_above: int = 0

    @property
    def owing_above(self) -> int:
        """The part of what is still to be paid that is above the rate."""
        return min(self.owing, max(0, self.above - self.paid_above))

    @property
    def owing(self) -> int:
        """What is still to be paid."""
        return max(0, self.due - self.paid)


@dataclass(frozen=True)
class DuesMonth:
    """Dues of a month, đồng. `received` is what the ledger has under the dues item for the month, `named` what of it
    stands on somebody's name, members of the month or not.

    `typed`: members, base and due follow typed totals, not the lines. `above` is the part of `due` above the rate: it
    is kept whole.
    """

    month: str
    members: int
    base: int
    due: int
    keep: int
    up: int
    received: int
    named: int
    typed: bool
    lines: tuple[DuesLine, ...]
    above: int = 0

    @property
    def paid(self) -> int:
        """What the members of the month have paid."""
        return sum(line.paid for line in self.lines)

    @property
    def unnamed(self) -> int:
        """What the ledger has received and nobody is named for."""
        return max(0, self.received - self.named)


@dataclass(frozen=True)
class Collected:
    """What a collection did: the receipt (None if none was needed), how many members, how much (đồng)."""

    voucher: Voucher | None
    count: int
    amount: int


def compute(book: Book, month: str) -> DuesMonth:
    """Who owes what for a month, and what has come.

    Raises `Refused` if the union is not entered or the month lies before the rates known.
    """
    terms = payroll.terms(book, month)
    lines = tuple(_line(terms, member) for member in payroll.dues_lines(book, month))
    base, due, members = sum(line.base for line in lines), sum(line.due for line in lines), len(lines)
    above = sum(line.above for line in lines)
    typed = payroll.typed(book, month)
    if typed is not None:
        members, base = typed.members, typed.dues_fund
        due = rule.owed(terms, 0) * members if terms.basis == "fixed" else rule.on(terms, base)
        above = rule.above_on(terms, base)
    keep, up = rule.split(due - above, terms.keep_percent)
    received = payroll.received(book, month, *_items(book, month), by_day=True)
    named = payroll.paid_in(book, month)
    return DuesMonth(month, members, base, due, keep + above, up, received, named, typed is not None, lines, above)


def collect(
    book: Book,
    month: str,
    by: str,
    fund: str | None = None,
    *,
    day: date | None = None,
    progress: Progress | None = None,
) -> Collected:
    """Take the dues of a month from all who owe and have not paid: one receipt into `fund` (a code).

    Without a fund the only cash fund is used; without a day it is today, or the month's last day once that is past.
    If receipts without names already hold exactly what is owed, the members are named for them and no new receipt is
    made. Raises `Refused` if other money without names is there, the month is closed, or the fund is unclear.
    """
    if fund:
        _fund(book, fund)  # a wrong code is told even if nobody owes anything
    with book.transact("dues.collect", by) as transaction:
        found = compute(book, month)
        owing = [line for line in found.lines if line.owing]
        missing, above = _sums(owing)
        if found.typed and not any(line.due for line in found.lines):
            missing = max(0, found.due - found.received)
            above = min(missing, max(0, found.above - _room_above(book, month)))
        elif missing and found.unnamed:
            if found.unnamed != missing:
                raise Refused(
                    f"Tháng {dates.show_month(month)} đã ghi sổ {money(found.unnamed)} đoàn phí chưa có tên người nộp,"
                    f" trong khi còn phải thu {money(missing)}. Hãy chọn những người đã nộp rồi bấm Ghi tên người nộp,"
                    " sau đó thu phần còn lại."
                )
            periods.refuse_closed(book, month)
            _save_dues(transaction, month, _as_booked(book, month, owing), _only_receipt(book, month))
            return Collected(None, len(owing), missing)
        if not missing:
            return Collected(None, 0, 0)
        receipt = _receipt(book, month, (missing, above), _payers(owing), _fund(book, fund))
        return _receive(book, transaction, replace(receipt, day=day or receipt.day), owing, progress)


def collect_some(
    book: Book,
    month: str,
    persons: Collection[str],
    by: str,
    fund: str | None = None,
    *,
    day: date | None = None,
    progress: Progress | None = None,
) -> Collected:
    """The same for some members (ids) only. Raises `Refused` if none of them owes anything."""
    with book.transact("dues.collect", by) as transaction:
        owing = _owing(book, month, persons)
        receipt = _receipt(book, month, _sums(owing), _payers(owing), _fund(book, fund))
        return _receive(book, transaction, replace(receipt, day=day or receipt.day), owing, progress)


def take_listed(
    transaction: Transaction, month: str, paid: Sequence[tuple[str, int, int]], fund: str, how: str = "trừ qua lương"
) -> Voucher | None:
    """What a list says of each member (person, đồng, of it above the rate), as one receipt; `how` it was paid.

    Where the books hold that much without names already, the members are named for it and None is answered. Raises
    `Refused` if they hold less than that.
    """
    book = transaction.book
    total, above = sum(amount for _, amount, _ in paid), sum(part for _, _, part in paid)
    without = unnamed(book, month)
    if without and without < total:
        raise Refused(
            f"Tháng {dates.show_month(month)} đã ghi sổ {money(without)} đoàn phí chưa có tên người nộp, ít hơn"
            f" {money(total)} đã trừ trong tệp. Hãy ghi tên người nộp cho số ấy trước, hoặc chỉ ghi lương."
        )
    if without:
        periods.refuse_closed(book, month)
        made, receipt = None, _only_receipt(book, month)
        if above > _room_above(book, month):
            paid = [(person, amount, 0) for person, amount, _ in paid]
    else:
        who = f"{len(paid)} đoàn viên, {how}"
        made = vouchers.enter(book, transaction, _receipt(book, month, (total, above), who, _fund(book, fund)))
        receipt = made.id
    for person, amount, part in paid:
        transaction.save(Dues(new_id(), person, month, amount, receipt, part))
    return made


def name_payers(book: Book, month: str, persons: Collection[str], by: str) -> Collected:
    """*Ghi tên người nộp*: these members paid the money that receipts hold without names; no new receipt is made.

    Raises `Refused` if they owe more than that.
    """
    with book.transact("dues.name", by) as transaction:
        owing = _owing(book, month, persons)
        missing, unnamed = sum(line.owing for line in owing), compute(book, month).unnamed
        if missing > unnamed:
            raise Refused(
                f"Những người đã chọn còn nợ {money(missing)}, mà sổ chỉ có {money(unnamed)} đoàn phí tháng"
                f" {dates.show_month(month)} chưa có tên người nộp. Hãy chọn ít người hơn, hoặc thu tiền bằng"
                " phiếu mới."
            )
        periods.refuse_closed(book, month)
        _save_dues(transaction, month, _as_booked(book, month, owing), _only_receipt(book, month))
        return Collected(None, len(owing), missing)


def exempt(book: Book, persons: Sequence[str], values: Mapping[str, Any], by: str) -> int:
    """Free members (ids) of dues: `from_month`, `to_month` (empty: without end), `reason`; answers how many.

    Raises `Refused` if a value is missing or wrong.
    """
    if not str(values.get("reason") or "").strip():
        raise Refused([Problem("reason", "Hãy chọn hoặc ghi lý do miễn đoàn phí.")])
    made = [build(Exemption, {"id": new_id(), "person": person, **values}) for person in persons]
    if not made:
        raise Refused("Hãy chọn đoàn viên cần miễn.")
    if made[0].to_month and made[0].to_month < made[0].from_month:
        raise Refused([Problem("to_month", "Tháng cuối phải từ tháng đầu trở đi. Hãy sửa lại hai tháng.")])
    with book.transact("dues.exempt", by) as transaction:
        for exemption in made:
            transaction.save(exemption)
    return len(made)


def owe_again(book: Book, persons: Collection[str], month: str, by: str) -> int:
    """*Bỏ miễn*: exemptions of these members end before `month`; answers how many did."""
    with book.transact("dues.exempt", by) as transaction:
        found = [row for row in payroll.exemptions_in(book, month) if row.person in persons]
        for row in found:
            if row.from_month >= month:
                transaction.retire(row)
            else:
                transaction.save(replace(row, to_month=dates.add_months(month, -1)))
    return len(found)


def terms(book: Book, month: str) -> rule.Terms:
    """How this union counts dues in a month. Raises `Refused` as `compute` does."""
    return payroll.terms(book, month)


def unnamed(book: Book, month: str) -> int:
    """What the ledger has received of a month's dues and nobody is named for, đồng."""
    received = payroll.received(book, month, *_items(book, month), by_day=True)
    return max(0, received - payroll.paid_in(book, month))


def reasons(book: Book, month: str) -> tuple[str, ...]:
    """The reasons of exemption that the rules of a month know."""
    return rules(book).exempt_reasons(month)


def purses(book: Book, kind: str) -> list[Fund]:
    """The funds that can take dues as cash ("Tiền mặt") or by bank ("Tiền gửi")."""
    return [fund for fund in book.all(Fund) if fund.kind == kind]


def fee(book: Book, month: str) -> FeeMonth:
    """The employer's fee of a month: due on all insured wages, and received by the vouchers of that *Kỳ*."""
    ours, ruled = payroll.union(book), rules(book)
    delegated = ours.delegated and (ours.delegated_from is None or ours.delegated_from <= dates.last_day(month))
    came = payroll.received(book, month, ruled.fee_item(month, delegated=delegated))
    fund = payroll.month_base(book, month).fee_fund
    quarterly, relief = ours.fee_period == "Quý", payroll.relief_in(book, month)
    return fee_rule.of_month(ruled, month, fund, came, delegated=delegated, quarterly=quarterly, relief=relief)


def _line(terms: rule.Terms, member: payroll.MemberMonth) -> DuesLine:
    person, name, team, insured, net, freed, paid, paid_above = member
    known = terms.basis == "fixed" or bool(rule.base(terms, insured, net))
    if freed:
        return DuesLine(person, name, team, 0, 0, freed, paid, known, 0, paid_above)
    return DuesLine(
        person, name, team, rule.base(terms, insured, net), rule.owed(terms, insured, net), "", paid, known,
        rule.above(terms, insured, net), paid_above,
    )  # fmt: skip


def _items(book: Book, month: str) -> tuple[str, str]:
    """The mục of dues, and the local one under it for what is above the rate."""
    ruled = rules(book)
    return ruled.dues_item(month), ruled.dues_above_item(month)


def _room_above(book: Book, month: str) -> int:
    """What the ledger has received above the rate and nobody is named for, đồng."""
    received = payroll.received(book, month, _items(book, month)[1], by_day=True)
    return received - sum(payroll.above_by_person(book, [month]).values())


def _as_booked(book: Book, month: str, owing: list[DuesLine]) -> list[DuesLine]:
    """Of money that is in the books already only that is above the rate which stands under its mục."""
    if _sums(owing)[1] <= _room_above(book, month):
        return owing
    return [replace(line, above=0) for line in owing]


def _sums(owing: Sequence[DuesLine]) -> tuple[int, int]:
    """What these owe, and the part of it above the rate."""
    return sum(line.owing for line in owing), sum(line.owing_above for line in owing)


def _owing(book: Book, month: str, persons: Collection[str]) -> list[DuesLine]:
    chosen = set(persons)
    owing = [line for line in compute(book, month).lines if line.owing and line.person in chosen]
    if not owing:
        raise Refused(f"Những người đã chọn không còn nợ đoàn phí tháng {dates.show_month(month)}.")
    return owing


def _receive(
    book: Book, transaction: Transaction, receipt: Voucher, owing: Sequence[DuesLine], progress: Progress | None
) -> Collected:
    voucher = vouchers.enter(book, transaction, receipt)
    _save_dues(transaction, receipt.month, owing, voucher.id, progress)
    return Collected(voucher, len(owing), sum(line.amount_in for line in voucher.lines))


def _receipt(book: Book, month: str, sums: tuple[int, int], party: str, fund: Fund) -> Voucher:
    """An unposted receipt of dues, dated today; for a month that is past its last day, as it belongs to its book.

    `sums`: the whole amount, and the part above the rate, which stands on a line of its own.
    """
    amount, above = sums
    parts = zip(_items(book, month), (amount - above, above), strict=True)
    values = {
        "id": new_id(),
        "kind": _RECEIPTS[fund.kind],
        "day": min(date.today(), dates.last_day(month)),  # noqa: DTZ011
        "month": month,
        "text": f"Thu đoàn phí tháng {dates.show_month(month)}",
        "party": party,
        "lines": [{"item": item, "fund": fund.id, "amount_in": part} for item, part in parts if part],
    }
    return build(Voucher, values)


def _payers(owing: Sequence[DuesLine]) -> str:
    if not owing:
        return "Đoàn viên công đoàn"
    if len(owing) == 1:
        return owing[0].name
    team = owing[0].team if len({line.team for line in owing}) == 1 else ""
    return f"{team}: {len(owing)} đoàn viên" if team else f"{len(owing)} đoàn viên theo danh sách"


def _save_dues(
    transaction: Transaction, month: str, owing: Sequence[DuesLine], voucher: str, progress: Progress | None = None
) -> None:
    for done, line in enumerate(owing, 1):
        transaction.save(Dues(new_id(), line.person, month, line.owing, voucher, line.owing_above))
        if progress is not None:
            progress(done, len(owing))


def _fund(book: Book, code: str | None) -> Fund:
    if code:
        fund = ledger.fund_of_code(book, code)
        if fund is None or fund.kind not in _RECEIPTS:
            raise Refused([Problem("fund", f"Không có quỹ tiền mặt hay tài khoản nào mang mã {code}. Hãy chọn lại.")])
        return fund
    funds = list(book.all(Fund))
    for kind in _RECEIPTS:
        of_kind = [fund for fund in funds if fund.kind == kind]
        if len(of_kind) == 1:
            return of_kind[0]
        if of_kind:
            codes = ", ".join(fund.code for fund in of_kind)
            raise Refused([Problem("fund", f"Có nhiều quỹ: {codes}. Hãy chọn quỹ nhận tiền.")])
    raise Refused([Problem("fund", "Sổ chưa có quỹ nào. Hãy thêm quỹ tiền mặt hoặc tài khoản ở trang Thiết lập.")])


def _only_receipt(book: Book, month: str) -> str:
    """The id of the month's one receipt of dues; "" where there are several and nobody can say who paid by which."""
    found = payroll.receipts(book, month, *_items(book, month))
    return found[0] if len(found) == 1 else ""
