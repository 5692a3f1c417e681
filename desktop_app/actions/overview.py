"""What the first page shows and the bars of the window say: read from the book, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from desktop_app.actions import backups, review
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount, money
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Fund
from desktop_app.storage import (
    bank,
    closings,
    enrolment,
    filings,
    finding,
    items,
    overview,
    payroll,
    quality,
)  # fmt: skip
from desktop_app.storage.book import Book
from desktop_app.storage.overview import Heads, Moved

years = overview.years
union_of = overview.union
funds_of = overview.funds
find_vouchers = finding.vouchers
find_people = finding.people

_DUES_KNOWN_FROM = 25  # until this day last month's dues are looked at, unless this month's have begun to come in
_WARN_DAYS = 10


class Wait(NamedTuple):
    """What waits for the user: tone bad, warn or info, a sentence, and the page (with target) that ends it."""

    tone: str
    text: str
    page: str
    target: object = None


class Month(NamedTuple):
    """Income and spending of a month, đồng; transfers are neither."""

    month: str
    came_in: int
    went_out: int


class Spent(NamedTuple):
    """What was spent under one mục in the year, đồng."""

    item: str
    name: str
    amount: int


class DuesNow(NamedTuple):
    """Dues of the month that is being collected, đồng; `owing` members have not paid in full."""

    month: str
    due: int
    received: int
    owing: int


@dataclass(frozen=True)
class Look:
    """Everything the first page shows of one year, as of today."""

    waits: tuple[Wait, ...]
    firsts: tuple[Wait, ...]
    funds: tuple[tuple[Fund, int], ...]
    months: tuple[Month, ...]
    spent: tuple[Spent, ...]
    heads: Heads
    dues: DuesNow | None

    @property
    def at_hand(self) -> int:
        """Cash and bank together, đồng."""
        return sum(amount for _, amount in self.funds)

    @property
    def came_in(self) -> int:
        """Income of the year, đồng."""
        return sum(month.came_in for month in self.months)

    @property
    def went_out(self) -> int:
        """Spending of the year, đồng."""
        return sum(month.went_out for month in self.months)


def look(book: Book, year: int, today: date) -> Look:
    """Read the first page of a year."""
    moved = overview.moved(book)
    held = overview.funds(book)
    balance = {fund.id: fund.opening for fund in held}
    for move in moved:
        if move.fund in balance:
            balance[move.fund] += move.came_in - move.went_out
    heads = overview.heads(book, min(today, date(year, 12, 31)))
    collected = _dues_now(book, year, today) if heads.members else None
    return Look(
        waits=(
            *_waits(book, moved, collected, today), *_limit_waits(book, year, today), *_officer_waits(book, today),
            *_report_waits(book, today), *_quality_waits(book, today),
        ),
        firsts=tuple(_firsts(book, moved, held, heads)),
        funds=tuple((fund, balance[fund.id]) for fund in held),
        months=_months(moved, year),
        spent=_spent(book, moved, year, today),
        heads=heads,
        dues=collected,
    )  # fmt: skip


def _months(moved: list[Moved], year: int) -> tuple[Month, ...]:
    sums = {f"{year}-{number:02d}": [0, 0] for number in range(1, 13)}
    for move in moved:
        if move.item and move.month in sums:
            sums[move.month][0] += move.came_in
            sums[move.month][1] += move.went_out
    return tuple(Month(month, *pair) for month, pair in sums.items())


def _spent(book: Book, moved: list[Moved], year: int, today: date) -> tuple[Spent, ...]:
    known = items.items(book, min(today, date(year, 12, 31)))
    sums: dict[str, int] = {}
    for move in moved:
        if move.item and move.went_out and move.month[:4] == str(year):
            sums[move.item] = sums.get(move.item, 0) + move.went_out
    largest = sorted(sums.items(), key=lambda pair: -pair[1])
    return tuple(Spent(item, known.name(item), amount) for item, amount in largest)


def _dues_now(book: Book, year: int, today: date) -> DuesNow | None:
    """The month that is being collected; None where dues cannot be reckoned (before the rates known, no union)."""
    from desktop_app.actions import dues  # the first page is read once the window stands: it must not wait for this

    this = dates.month_of(today) if today.year == year else f"{year}-12"
    months = [this]
    if today.year == year and today.day < _DUES_KNOWN_FROM:
        months.append(dates.add_months(this, -1))
    begun = overview.begun(book)
    found = None
    with suppress(Refused):
        for month in months:
            if month < begun and found is not None:
                break
            made = dues.compute(book, month)
            owing = 0 if made.received >= made.due else sum(1 for line in made.lines if line.owing)
            found = DuesNow(month, made.due, made.received, owing)
            if made.received:
                break
    return found


def _waits(book: Book, moved: list[Moved], collected: DuesNow | None, today: date) -> Iterator[Wait]:
    from desktop_app.actions import one_person, open_advances

    for filing in filings.states(book):
        if filing.state == filings.RETURNED:
            why = f": {filing.note}" if filing.note else "."
            text = f"LĐLĐ tỉnh trả lại báo cáo {filing.form}, {dates.Period.parse(filing.period).label}{why}"
            yield Wait("bad", text, page_of_form(filing.form), {"form": filing.form, "period": filing.period})
    yield from _fee_waits(book, moved, today)
    if collected is not None and collected.owing:
        lacking = money(collected.due - collected.received)
        month = dates.show_month(collected.month)
        text = f"Đoàn phí tháng {month}: {collected.owing} đoàn viên chưa nộp đủ, còn thiếu {lacking}."
        yield Wait("warn", text, "dues", collected.month)
    if collected is not None:
        yield from _arrears_waits(book, collected.month)
    if (conflict := conflict_wait(book)) is not None:
        yield conflict
    for person, name, month in one_person.paid_twice(book):
        text = f"{name}: đoàn phí tháng {dates.show_month(month)} thu hai lần, ở hai hồ sơ đã gộp."
        yield Wait("warn", text, "members", person)
    count, oldest = overview.drafts(book)
    if count:
        yield Wait("info", f"{count} phiếu nháp chưa ghi sổ nên chưa tính vào số dư.", "vouchers", oldest)
    if late := open_advances.overdue(book, today):
        held = money(sum(one.open for one in late))
        text = f"{len(late)} khoản tạm ứng đã quá {open_advances.LONG_DAYS} ngày chưa thanh toán, còn {held}."
        yield Wait("warn", text, "advances", late[0].id)
    yield from _bank_waits(book)
    open_months = _open_months(book, moved, today)
    if open_months:
        named = ", ".join(dates.show_month(month) for month in open_months[:3])
        more = f" và {len(open_months) - 3} tháng nữa" if len(open_months) > 3 else ""
        yield Wait("info", f"Chưa khóa sổ tháng {named}{more}.", "vouchers", {"period": open_months[0]})


def _bank_waits(book: Book) -> Iterator[Wait]:
    """Lines of the bank that no voucher stands for."""
    for fund, count, oldest in bank.unmatched(book):
        target = {"period": oldest[:7], "fund": fund, "state": "open"}
        text = f"{count} dòng sao kê ngân hàng chưa có chứng từ, từ tháng {dates.show_month(oldest[:7])}."
        yield Wait("info", text, "bank", target)


def _arrears_waits(book: Book, collected: str) -> Iterator[Wait]:
    """Who still owes dues of the month before the one that is being collected, where it is known who paid."""
    from desktop_app.actions import dues

    month = dates.add_months(collected, -1)
    if month < overview.begun(book) or dues.unnamed(book, month):
        return
    with suppress(Refused):
        owing = payroll.owing(book, month, month)
        if owing:
            lacking, shown = money(sum(one.amount for one in owing)), dates.show_month(month)
            yield Wait("warn", f"Tháng {shown} còn {len(owing)} đoàn viên nợ đoàn phí, {lacking}.", "dues", month)


def _open_months(book: Book, moved: list[Moved], today: date) -> list[str]:
    """Months over for ten days that hold vouchers and are not closed."""
    over = dates.month_of(today - timedelta(days=_WARN_DAYS))
    shut = closings.closed_months(book)
    last = shut[-1] if shut else ""
    return sorted({move.month for move in moved if last < move.month < over})


def _fee_waits(book: Book, moved: list[Moved], today: date) -> Iterator[Wait]:
    """The employer's fee of the last three months: late, or due within ten days (NĐ 105/2026)."""
    from desktop_app.actions import dues

    begun = min((move.month for move in moved), default="9999")
    this = dates.month_of(today)
    for back in (3, 2, 1):
        month = dates.add_months(this, -back)
        if month < begun:
            continue
        with suppress(Refused):
            fee = dues.fee(book, month)
            state, shown = fee.state(today), dates.show_month(month)
            deadline = dates.show_day(fee.clock.deadline)
            if not fee.expected:
                continue
            if state in ("chậm đóng", "không đóng"):
                text = f"KPCĐ tháng {shown} {state}: hạn {deadline}, còn thiếu {money(fee.missing)}."
                yield Wait("bad", text, "dues", month)
            elif state == "chưa đến hạn" and (fee.clock.deadline - today).days <= _WARN_DAYS:
                text = f"Hạn đóng KPCĐ tháng {shown} là {deadline}, còn {money(fee.missing)}."
                yield Wait("warn", text, "dues", month)


def _limit_waits(book: Book, year: int, today: date) -> Iterator[Wait]:
    """The spending limits a year went beyond; what must at least be spent only once the year is over."""
    from desktop_app.actions import limits

    for mine in limits.of_year(book, year):
        if mine.base and not mine.holds and (mine.limit.most or today.year > year):
            said = "vượt mức" if mine.limit.most else "chưa đạt"
            yield Wait("warn", f"{limits.told(book, mine, year)}: {said}.", "settlement", {"period": f"{year}"})


def _officer_waits(book: Book, today: date) -> Iterator[Wait]:
    """Terms of office, dossiers and posts that wait for something."""
    from desktop_app.actions import officers

    for doubt in officers.waits(book, today):
        yield Wait(doubt.tone, doubt.text, "officers", doubt.person or {"term": doubt.term})


def _report_waits(book: Book, today: date) -> Iterator[Wait]:
    """The settlement and the budget that are to be handed in."""
    from desktop_app.actions import report_clock

    for due in report_clock.waiting(book, today):
        target = {"form": due.form, "period": str(due.year)}
        yield Wait("bad" if due.left < 0 else "warn", due.words, page_of_form(due.form), target)


def _quality_waits(book: Book, today: date) -> Iterator[Wait]:
    """Members to bring up to date in the Confederation's software (target 5), with numerator and denominator."""
    share, target = quality.registered(book, today), quality.indicator(today).target
    if 100 * share.having < target * share.of:
        having, every = format_amount(share.having), format_amount(share.of)
        text = f"Đã cập nhật phần mềm TLĐ {having}/{every} đoàn viên, mục tiêu {target} %."
        yield Wait("info", text, "quality", {"field": "registered"})


def _firsts(book: Book, moved: list[Moved], held: list[Fund], heads: Heads) -> Iterator[Wait]:
    """The check-list of a new book: what is still to be done, in order."""
    union = overview.union(book)
    if not held:
        yield Wait("info", "Ghi quỹ tiền mặt và tài khoản ngân hàng, với số dư đầu kỳ", "setup", "funds")
    if not heads.workers:
        yield Wait("info", "Nhập danh sách đoàn viên, người lao động từ Excel", "members")
    if union is not None and not (union.chair and union.accountant):
        yield Wait("info", "Ghi tên người ký: chủ tịch, kế toán, thủ quỹ", "setup", "union")
    if not moved:
        yield Wait("info", "Lập phiếu thu hoặc phiếu chi đầu tiên", "vouchers")
    if not moved and enrolment.last_known(book) is None:
        yield Wait("info", "Đăng ký máy này với LĐLĐ tỉnh, khi đã có mã đăng ký", "sync")


def page_of_form(form: str) -> str:
    """The page that shows a form: *Quyết toán* for B07, *Dự toán* for B14, else *Báo cáo định kỳ*."""
    return {"B07": "settlement", "B14": "budget"}.get(form, "activity")


def conflict_wait(book: Book) -> Wait | None:
    """Records that two PCs wrote differently and nobody has looked at yet."""
    count = review.count(book)
    text = f"Cần xem lại {count} mục: hai máy ghi khác nhau, hoặc cần bạn quyết định."
    return Wait("warn", text, "review") if count else None


def backup_wait(profile: Path, book: Book, today: date) -> Wait | None:
    """What is wrong with backups, if anything is."""
    told = backups.concern(profile, book, today)
    return Wait("warn", told, "setup", "backup") if told else None
