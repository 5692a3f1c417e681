"""Vouchers: draft, post, reverse, correct, cancel, amend. A posted one is never edited (Luật Kế toán art. 27(1)(c))."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.actions import periods
from desktop_app.actions.cautions import cautions
from desktop_app.domain import dates
from desktop_app.domain import vouchers as rules
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import VOUCHER_KINDS, Fund, Voucher
from desktop_app.storage import closings, ledger, numbering
from desktop_app.storage.book import Book, Transaction, new_id
from desktop_app.storage.items import items

AMENDABLE = ("party", "address", "papers")
"""What is corrected in place on a posted voucher; the old value stays in history."""


def draft(book: Book, values: Mapping[str, Any], by: str) -> Voucher:
    """Store a draft, new or known by its `id`: it counts in no balance. Raises `Refused`, a sentence per field."""
    voucher = _built(book, values)
    with book.transact("voucher.draft", by) as transaction:
        return transaction.save(voucher)


def post(book: Book, id_: str, by: str) -> Voucher:
    """Post a draft and give it the next number of its series.

    Raises `Refused` if it is posted already, its month is closed, or its number is taken.
    """
    with book.transact("voucher.post", by) as transaction:
        voucher = _voucher(book, id_)
        if voucher.posted:
            raise Refused(f"Phiếu {voucher.number} đã ghi sổ rồi.")
        return enter(book, transaction, voucher)


def post_all(book: Book, ids: Iterable[str], by: str) -> list[Voucher]:
    """Post these drafts in order of their days, all or none; answers them in that order.

    Raises `Refused` with a sentence for every draft that cannot be posted: then none is.
    """
    with book.transact("voucher.post", by) as transaction:
        drafts = [_voucher(book, id_) for id_ in dict.fromkeys(ids)]
        drafts.sort(key=lambda one: (one.day or date.min, one.id))
        made, problems = [], list[Problem]()
        for voucher in drafts:
            told = f"{dates.show_day(voucher.day) if voucher.day else 'Chưa có ngày'}, “{voucher.text}”"
            try:
                if voucher.posted:
                    raise Refused(f"Phiếu {voucher.number} đã ghi sổ rồi.")
                made.append(enter(book, transaction, voucher))
            except Refused as refused:
                problems += [Problem(voucher.id, f"{told}: {problem.problem}") for problem in refused.problems]
        if problems:
            raise Refused(problems)
        if not made:
            raise Refused("Hãy chọn ít nhất một phiếu nháp.")
        return made


def write(book: Book, values: Mapping[str, Any], by: str) -> Voucher:
    """Draft and post at once, in one transaction: what *Ghi sổ* does with a form. Raises `Refused`."""
    voucher = _built(book, values)
    with book.transact("voucher.post", by) as transaction:
        return enter(book, transaction, voucher)


def enter(book: Book, transaction: Transaction, voucher: Voucher) -> Voucher:
    """Post a voucher inside an open transaction (importers write many in one).

    A given number is kept, else the next of its series is given; so too the number of a transfer's other half.
    Raises `Refused` for bad lines, a closed month or a number already used in that year.
    """
    refuse_unfit(book, voucher)
    assert voucher.day is not None
    month = dates.month_of(voucher.day)
    periods.refuse_closed(book, month)
    number = voucher.number or numbering.next_number(book, voucher.kind, month)
    counterpart = voucher.counterpart
    if not counterpart and (kind := rules.counterpart_kind(voucher, _funds(book))):
        counterpart = numbering.next_number(book, kind, month)
    half = next((kind for kind in VOUCHER_KINDS if voucher.counterpart.startswith(kind)), "")
    for field, kind, given in (("number", voucher.kind, voucher.number), ("counterpart", half, voucher.counterpart)):
        if given and kind and ledger.is_taken(book, kind, given, voucher.day.year, but=voucher.id):
            raise Refused([Problem(field, f"Số {given} đã có trong năm {voucher.day.year}. Hãy chọn số khác.")])
    return transaction.save(dataclasses.replace(voucher, number=number, counterpart=counterpart, posted=True))


def reverse(book: Book, id_: str, reason: str, by: str, *, today: date | None = None) -> Voucher:
    """Take a posted voucher back by an adjusting one (ĐC) with its amounts negated; answers that one.

    It is dated as the original if that month is open, else today or the first open day after. Raises `Refused` for
    a voucher that is not posted, is cancelled, reversed or adjusted already, or is a reversal itself.
    """
    with book.transact("voucher.reverse", by) as transaction:
        return _reverse(book, transaction, _voucher(book, id_), reason, today)


def correct(book: Book, id_: str, reason: str, by: str, *, today: date | None = None) -> tuple[Voucher, Voucher]:
    """*Sửa phiếu*: the reversal and a draft filled in like the old voucher, linked to it; one transaction."""
    with book.transact("voucher.correct", by) as transaction:
        old = _voucher(book, id_)
        reversing = _reverse(book, transaction, old, reason or "Sửa phiếu", today)
        again = dataclasses.replace(
            old, id=new_id(), number="", counterpart="", day=reversing.day, replaces=old.id, posted=False
        )
        return reversing, transaction.save(again)


def cancel(book: Book, id_: str, reason: str, by: str) -> Voucher:
    """*Hủy phiếu*: the voucher keeps its number and counts no more.

    Raises `Refused` without a reason, in a closed month, or while another voucher reverses or adjusts it.
    """
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy nhập lý do hủy phiếu.")])
    with book.transact("voucher.cancel", by) as transaction:
        voucher = _voucher(book, id_)
        if voucher.cancelled or not voucher.posted:
            raise Refused(f"Phiếu {voucher.number or 'nháp này'} không ở trạng thái đã ghi sổ nên không hủy được.")
        _refuse_followed(book, voucher, "hủy")
        assert voucher.day is not None
        periods.refuse_closed(book, dates.month_of(voucher.day))
        return transaction.save(dataclasses.replace(voucher, cancelled=True, reason=reason.strip()))


def amend(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Voucher:
    """Correct payee, address or papers of a voucher in place. Raises `Refused` for any other field."""
    foreign = [name for name in values if name not in AMENDABLE]
    if foreign:
        raise Refused([Problem(name, "Phiếu đã ghi sổ chỉ sửa được tên, địa chỉ và chứng từ gốc.") for name in foreign])
    with book.transact("voucher.amend", by) as transaction:
        voucher = _voucher(book, id_)
        given = {name: str(value or "") for name, value in values.items()}
        checked = build(Voucher, {"id": id_, "kind": voucher.kind, "day": voucher.day, "text": voucher.text, **given})
        return transaction.save(dataclasses.replace(voucher, **{name: getattr(checked, name) for name in given}))


def discard(book: Book, id_: str, by: str) -> None:
    """Put a draft away. Raises `Refused` for a posted voucher."""
    with book.transact("voucher.discard", by) as transaction:
        voucher = _voucher(book, id_)
        if voucher.posted:
            raise Refused(f"Phiếu {voucher.number} đã ghi sổ nên không xóa được. Hãy dùng Hủy phiếu.")
        transaction.retire(voucher)


def warnings(book: Book, values: Mapping[str, Any], *, today: date | None = None) -> list[str]:
    """What looks wrong with a voucher but does not hinder it, a sentence each (see `cautions`)."""
    return [caution.problem for caution in cautions(book, values, today=today)]


def state(voucher: Voucher, *, reversed_: bool) -> str:
    """ "nháp", "đã ghi sổ", "đã đảo" or "đã hủy"; `reversed_` as `ledger.reversed_ids` answers."""
    if not voucher.posted:
        return "nháp"
    if voucher.cancelled:
        return "đã hủy"
    return "đã đảo" if reversed_ else "đã ghi sổ"


def refuse_unfit(book: Book, voucher: Voucher) -> None:
    """Raise `Refused` if the lines, funds, mục or links of a voucher make no sense."""
    assert voucher.day is not None
    found = rules.problems(voucher, _funds(book), items(book, voucher.day))
    if voucher.adjusts:
        target = book.get(Voucher, voucher.adjusts)
        if target is None or not target.posted or target.cancelled:
            found.append(Problem("adjusts", "Phiếu được điều chỉnh phải là phiếu đã ghi sổ và chưa hủy."))
    if found:
        raise Refused(found)


def _built(book: Book, values: Mapping[str, Any]) -> Voucher:
    voucher = build(Voucher, {**values, "id": values.get("id") or new_id(), "posted": False, "cancelled": False})
    refuse_unfit(book, voucher)
    return voucher


def _reverse(book: Book, transaction: Transaction, old: Voucher, reason: str, today: date | None) -> Voucher:
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy nhập lý do đảo phiếu.")])
    if old.cancelled or not old.posted:
        raise Refused(f"Phiếu {old.number or 'nháp này'} không ở trạng thái đã ghi sổ nên không đảo được.")
    if old.reverses:
        raise Refused(f"{old.number} là phiếu đảo nên không đảo lại. Hãy lập phiếu mới thay cho phiếu đã đảo.")
    _refuse_followed(book, old, "đảo")
    made = rules.reversal(old, new_id(), _open_day(book, old, today), reason.strip())
    assert made.day is not None
    number = numbering.next_number(book, made.kind, dates.month_of(made.day))
    return transaction.save(dataclasses.replace(made, number=number, posted=True))


def _refuse_followed(book: Book, voucher: Voucher, verb: str) -> None:
    """A voucher whose effect another one already corrects is not taken back a second time."""
    for follower in ledger.followers(book, voucher.id):
        if follower.reverses:
            raise Refused(f"{voucher.number} đã được đảo bằng phiếu {follower.number} nên không {verb} được nữa.")
        other = follower.number
        if follower.settles == voucher.id:
            raise Refused(
                f"{voucher.number} đã được thanh toán bằng phiếu {other}. Hãy hủy hoặc đảo {other} trước khi {verb}."
            )
        raise Refused(f"{voucher.number} có phiếu điều chỉnh {other}. Hãy hủy hoặc đảo {other} trước khi {verb}.")


def _open_day(book: Book, old: Voucher, today: date | None) -> date:
    """The day of a reversal: the original's if its month is open, else today, else the first open day after."""
    assert old.day is not None
    if not closings.is_closed(book, dates.month_of(old.day)):
        return old.day
    now = today or date.today()  # noqa: DTZ011 - the accountant's own day
    if not closings.is_closed(book, dates.month_of(now)):
        return now
    return dates.first_day(dates.add_months(closings.shut_through(book), 1))


def _voucher(book: Book, id_: str) -> Voucher:
    found = book.get(Voucher, id_)
    if found is None:
        raise Refused("Không tìm thấy phiếu này. Hãy mở lại danh sách chứng từ.")
    return found


def _funds(book: Book) -> dict[str, Fund]:
    return {fund.id: fund for fund in book.all(Fund)}
