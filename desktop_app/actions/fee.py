"""The employer's fee: what the level above decided of it, and the papers it is asked for and confirmed with."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.actions import paying, periods
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import FeeRelief
from desktop_app.domain.records.fee_relief import PAUSED, REDUCED
from desktop_app.reports import fee_papers, pdf
from desktop_app.reports.dues_papers import months_told
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.rules import rules

KINDS = (REDUCED, PAUSED)


def reliefs(book: Book) -> tuple[FeeRelief, ...]:
    """What was decided, the latest first."""
    return tuple(sorted(book.all(FeeRelief), key=lambda held: (held.from_month, held.id), reverse=True))


def relieve(book: Book, values: Mapping[str, Any], by: str) -> FeeRelief:
    """Keep a decision: `kind`, `from_month`, `to_month`, `percent` (of a reduction), `document`.

    Raises `Refused`: more or longer than may be decided, over another decision, a closed month.
    """
    with book.transact("fee.relieve", by) as transaction:
        made = build(FeeRelief, {**values, "id": new_id()})
        if made.to_month < made.from_month:
            raise Refused([Problem("to_month", "Tháng cuối phải từ tháng đầu trở đi. Hãy sửa lại hai tháng.")])
        may, months = rules(book).fee_relief(made.from_month), _months(made)
        longest = may["pause_months"] if made.kind == PAUSED else may["reduce_months"]
        if months > longest:
            told = f"{made.kind} nhiều nhất {longest} tháng, ở đây là {months} tháng (NĐ 105/2026)."
            raise Refused([Problem("to_month", told)])
        if made.kind == REDUCED and not 0 < made.percent <= may["reduce_percent"]:
            raise Refused([Problem("percent", f"Mức giảm từ 1 đến {may['reduce_percent']} % (NĐ 105/2026).")])
        if made.kind == PAUSED and made.percent:
            raise Refused([Problem("percent", "Tạm dừng đóng thì để trống mức giảm.")])
        if any(held.from_month <= made.to_month and made.from_month <= held.to_month for held in reliefs(book)):
            raise Refused("Đã có quyết định khác cho một trong các tháng này. Hãy bỏ quyết định cũ trước.")
        periods.refuse_closed(book, made.from_month)
        return transaction.save(made)


def take_back(book: Book, id_: str, by: str) -> None:
    """The decision counts no more. Raises `Refused` if it is gone or its first month is closed."""
    with book.transact("fee.relieve", by) as transaction:
        held = next((each for each in reliefs(book) if each.id == id_), None)
        if held is None:
            raise Refused("Quyết định này đã được bỏ.")
        periods.refuse_closed(book, held.from_month)
        transaction.retire(held)


def told(held: FeeRelief) -> str:
    """ "Giảm mức đóng 20 % từ 10/2026 đến hết 12/2026 (QĐ 12)"."""
    percent = f" {held.percent} %" if held.kind == REDUCED else ""
    months = f"từ {dates.show_month(held.from_month)} đến hết {dates.show_month(held.to_month)}"
    return f"{held.kind}{percent} {months} ({held.document})"


def request(book: Book, year: int, today: date, by: str) -> bytes:
    """*Giấy đề nghị đóng KPCĐ* for the months of a year of which something is missing. Raises `Refused` if none is."""
    months = [fee for fee in paying.fee_months(book, year, today) if fee.missing and fee.state(today) != "tạm dừng"]
    if not months:
        raise Refused(f"Năm {year} không còn tháng nào thiếu KPCĐ.")
    order = paying.order(book, "fee", sum(fee.due for fee in months), months[-1].month)
    if len(months) > 1:
        year_, last = months[-1].month.split("-")
        every = f"tháng {months_told(fee.month for fee in months)}"
        order = dataclasses.replace(order, wording=order.wording.replace(f"tháng {int(last)} năm {year_}", every))
    return pdf.draw(fee_papers.request(book, months, order, by))


def confirmation(book: Book, year: int, today: date, by: str) -> bytes:
    """*Bản xác nhận đóng KPCĐ* of a year. Raises `Refused` if nothing was due yet."""
    months = paying.fee_months(book, year, today)
    if not months:
        raise Refused(f"Năm {year} chưa có KPCĐ phải đóng hay đã nhận.")
    return pdf.draw(fee_papers.confirmation(book, months, today, by))


def _months(held: FeeRelief) -> int:
    years = int(held.to_month[:4]) - int(held.from_month[:4])
    return 12 * years + int(held.to_month[5:]) - int(held.from_month[5:]) + 1
