"""Vouchers that come again: templates by name, and chosen vouchers repeated as drafts of another month."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.domain import dates, vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Voucher, VoucherTemplate
from desktop_app.storage import officers
from desktop_app.storage.book import Book, Changes, new_id

_NOT_KEPT = ("id", "day", "number", "counterpart", "adjusts", "replaces", "month")


def templates(book: Book) -> list[VoucherTemplate]:
    """The templates by name, in Vietnamese order."""
    return sorted(book.all(VoucherTemplate), key=lambda one: vietnamese.sort_key(one.name))


def keep(book: Book, name: str, content: Mapping[str, Any], by: str) -> VoucherTemplate:
    """Keep what stands in a form of a voucher under a name; a template of that name is replaced. Raises `Refused`.

    `content` is as `one_amount` or `several_amounts` name it, with the kind.
    """
    kept = {key: value for key, value in content.items() if key not in _NOT_KEPT and value not in (None, "", [])}
    if not kept.get("kind"):
        raise Refused([Problem("name", "Hãy mở một phiếu rồi lưu thành mẫu.")])
    with book.transact("template.keep", by) as transaction:
        folded = vietnamese.fold(name)
        known = next((one for one in templates(book) if vietnamese.fold(one.name) == folded), None)
        values = {"id": known.id if known else new_id(), "name": name, "content": kept}
        return transaction.save(build(VoucherTemplate, values))


def remove(book: Book, id_: str, by: str) -> Changes:
    """Put a template away; vouchers made from it stay. Raises `Refused` if there is none of this id."""
    with book.transact("template.remove", by) as transaction:
        known = book.get(VoucherTemplate, id_)
        if known is None:
            raise Refused("Không tìm thấy mẫu này. Hãy mở lại danh sách mẫu.")
        transaction.retire(known)
        return transaction.changes


def filled_in(template: VoucherTemplate, today: date) -> tuple[str, dict[str, Any]]:
    """The kind and the values a new form begins with; "{tháng}" in the text becomes this month ("10/2026")."""
    content = dict(template.content)
    month = dates.show_month(dates.month_of(today))
    content["text"] = re.sub(r"\{tháng\}", month, str(content.get("text") or ""))
    return str(content.pop("kind")), content


def allowances(book: Book, today: date) -> dict[str, Any]:
    """What a form of this month's allowances begins with: a row an officer, the highest post of each (mục 34.02).

    Raises `Refused` where nobody holds a post with an allowance, or where last year's number of members is not known.
    """
    day = dates.last_day(dates.month_of(today))
    payers = officers.dues_payers(book, day.year - 1) or officers.dues_payers(book, day.year)
    paid = officers.allowances(book, day, payers) if payers else []
    if not paid:
        raise Refused(
            "Chưa có cán bộ hưởng phụ cấp, hoặc chưa có đoàn phí đã thu để biết số đoàn viên."
            " Hãy ghi ở trang Cán bộ công đoàn."
        )
    rows = [{"item": "34.02", "amount": one.amount, "party": one.name} for one in paid]
    return {"text": f"Phụ cấp cán bộ công đoàn tháng {dates.show_month(dates.month_of(today))}", "rows": rows}


def repeat(book: Book, ids: Iterable[str], month: str, by: str) -> list[Voucher]:
    """Drafts in `month` ("2026-11") like these vouchers: the same day of the month, the month named in the text too.

    Without number, link and papers. Raises `Refused` for no voucher, and for one that only corrects another.
    """
    with book.transact("voucher.repeat", by) as transaction:
        made = []
        for id_ in ids:
            old = book.get(Voucher, id_)
            if old is None or old.day is None:
                raise Refused("Không tìm thấy một phiếu đã chọn. Hãy mở lại danh sách chứng từ.")
            if old.kind in ("ĐC", "KT") or old.settles:
                raise Refused(f"{old.number} là phiếu điều chỉnh hoặc thanh toán nên không lặp lại. Hãy bỏ chọn.")
            day = old.day.replace(year=int(month[:4]), month=int(month[5:]), day=1)
            day = day.replace(day=min(old.day.day, dates.last_day(month).day))
            again = dataclasses.replace(
                old, id=new_id(), number="", counterpart="", day=day, month=_moved(old, month), papers="", replaces="",
                text=_of_month(old.text, dates.month_of(old.day), month), posted=False, cancelled=False, reason="",
            )  # fmt: skip
            made.append(transaction.save(again))
        if not made:
            raise Refused("Hãy chọn ít nhất một phiếu để lặp lại.")
        return made


def _moved(old: Voucher, month: str) -> str:
    """The month the money is for, as many months on as the voucher itself."""
    if not old.month or old.day is None:
        return ""
    on = (int(month[:4]) - old.day.year) * 12 + int(month[5:]) - old.day.month
    return dates.add_months(old.month, on)


def _of_month(text: str, old: str, new: str) -> str:
    """ "Phụ cấp tháng 10" in October as "Phụ cấp tháng 11" in November."""
    text = text.replace(dates.show_month(old), dates.show_month(new))
    own = re.compile(rf"(tháng\s+)0?{int(old[5:])}(?![\d/])", re.IGNORECASE)
    return own.sub(lambda found: f"{found[1]}{int(new[5:])}", text)
