"""Close a month and open it again. A closed month refuses to post, cancel and reverse (Luật Kế toán art. 26–27)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.actions import lease
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Closing
from desktop_app.storage import closings, filings
from desktop_app.storage.book import Book, Changes, Transaction, new_id


@dataclass(frozen=True)
class Closed:
    """A month that was closed: the earlier months closed with it, and the drafts it leaves outside every balance."""

    month: str
    with_it: tuple[str, ...]
    drafts: int
    changes: Changes

    @property
    def notice(self) -> str:
        """What the accountant should know, "" if nothing."""
        return _said(self.month, self.with_it, self.drafts)


def close(book: Book, month: str, by: str) -> Closed:
    """Close a month, and with it every earlier one that holds vouchers and is still open.

    What it held is frozen as {device: last sequence number}. Drafts do not hinder it (they count nowhere), but
    they are told: `notice`. Raises `Refused` if the month is closed already, or another PC holds the posting lease.
    """
    month = _month(month)
    with book.transact("period.close", by) as transaction:
        held = lease.must_hold(book, "khóa sổ")
        already = closings.closed_months(book)
        if month in already:
            raise Refused(f"Kỳ {dates.show_month(month)} đã khóa sổ rồi.")
        earlier = [
            m for m in closings.months_with_vouchers(book, month) if m not in already and m > max(already, default="")
        ]
        frozen = closings.through(book)
        for each in (*earlier, month):
            made = {"id": new_id(), "month": each, "closed": True, "lease": held, "through": frozen}
            transaction.save(build(Closing, made))
        return Closed(month, tuple(earlier), closings.drafts_in(book, month), transaction.changes)


def before_closing(book: Book, month: str) -> str:
    """What closing this month would do beside it, as a sentence to ask with; "" if nothing."""
    already = closings.closed_months(book)
    earlier = [m for m in closings.months_with_vouchers(book, month) if m > max(already, default="")]
    return _said(month, earlier, closings.drafts_in(book, month))


def reopen(book: Book, month: str, reason: str, by: str) -> str:
    """Open a closed month again; answers it as "2026-10".

    Raises `Refused` without a reason, while a later month is closed, or if another PC holds the posting lease.
    """
    month = _month(month)
    with book.transact("period.open", by) as transaction:
        return _open(book, transaction, month, reason)


def reopen_through(book: Book, month: str, reason: str, by: str) -> list[str]:
    """Open a month and with it every later closed one, the last first: a voucher that came late goes home. Answers the
    months. Raises `Refused` as `reopen` does.
    """
    with book.transact("period.open", by) as transaction:
        shut = [closed for closed in reversed(closings.closed_months(book)) if closed >= month]
        if not shut:
            raise Refused(f"Kỳ {dates.show_month(month)} đang mở.")
        return [_open(book, transaction, each, reason) for each in shut]


def refuse_closed(book: Book, month: str) -> None:
    """Raise `Refused` if vouchers dated in this month may not be written any more."""
    held = filings.lock(book)
    if held and month <= held[0]:
        raise Refused([Problem("day", _held(held[1]))])
    if closings.is_closed(book, month):
        shown = dates.show_month(month)
        sentence = f"Kỳ {shown} đã khóa sổ. Hãy lập phiếu điều chỉnh ở kỳ đang mở, hoặc mở lại kỳ {shown}."
        raise Refused([Problem("day", sentence)])


def _open(book: Book, transaction: Transaction, month: str, reason: str) -> str:
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy nhập lý do mở lại kỳ.")])
    held = lease.must_hold(book, "mở lại kỳ")
    closed = closings.closed_months(book)
    if not any(month <= each for each in closed):
        raise Refused(f"Kỳ {dates.show_month(month)} đang mở.")
    if (filed := filings.lock(book)) and month <= filed[0]:
        raise Refused(_held(filed[1]))
    if closed[-1] > month:
        last = dates.show_month(closed[-1])
        raise Refused(f"Kỳ {last} khóa sau kỳ {dates.show_month(month)}. Hãy mở lại kỳ {last} trước.")
    opened = {"id": new_id(), "month": month, "closed": False, "lease": held, "reason": reason}
    transaction.save(build(Closing, opened))
    return month


def _held(filing: filings.Filing) -> str:
    """Why a settlement that was handed in holds its months shut (Luật Kế toán art. 27: correct in the next period)."""
    named = dates.Period.parse(filing.period).label.lower()
    if filing.may_submit:
        return f"Quyết toán {named} {filing.state}. Hãy lập phiếu điều chỉnh ở kỳ sau, hoặc chờ cấp trên trả lại."
    return f"Quyết toán {named} đã được duyệt. Hãy lập phiếu điều chỉnh ở kỳ sau."


def _said(month: str, earlier: list[str] | tuple[str, ...], drafts: int) -> str:
    said = []
    if earlier:
        said.append(f"Các kỳ {', '.join(dates.show_month(m) for m in earlier)} còn mở cũng khóa theo.")
    if drafts:
        said.append(
            f"Kỳ {dates.show_month(month)} còn {drafts} phiếu nháp: phiếu nháp không tính vào sổ, "
            "muốn ghi sổ hãy đổi ngày sang kỳ đang mở."
        )
    return " ".join(said)


def _month(given: str) -> str:
    try:
        return dates.parse_month(given)
    except ValueError as error:
        raise Refused([Problem("month", str(error))]) from error
