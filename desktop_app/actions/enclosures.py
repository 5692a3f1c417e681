"""What goes with a report to the level above: what is there, what is missing; the union's own explanation of it.

Which papers a form wants is dated data (`resources/forms`). Missing ones warn and never block.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop_app.actions import cash_counts
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import Period, month_of, show_day
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Attachment, FiledReport
from desktop_app.reports.forms import Wanted, form
from desktop_app.reports.settlement import settle
from desktop_app.storage import attachments, books, filings, payroll
from desktop_app.storage.book import Book, new_id

REPORT = "report"


class Which(NamedTuple):
    """A report: the code of its form, and its period."""

    form: str
    period: Period


@dataclass(frozen=True)
class Enclosure:
    """One paper: whether it is there, and in words what is or what to do. `files` are those kept with the report."""

    key: str
    text: str
    there: bool
    words: str
    paper: bool
    files: tuple[Attachment, ...]


def of(book: Book, which: Which) -> tuple[Enclosure, ...]:
    """The papers that go with a report of a period, in the order of the form."""
    period = which.period
    declared = form(which.form, period.last, book)
    kept = filings.draft(book, declared.code, period.key)
    files = attachments.of(book, REPORT, kept.id) if kept else ()
    return tuple(_look(book, period, wanted, kept, files) for wanted in declared.enclosures)


def missing(found: tuple[Enclosure, ...]) -> list[str]:
    """What is missing, a sentence each."""
    return [f"{each.text}: {each.words}" for each in found if not each.there]


def explanation(book: Book, which: Which) -> str:
    """The union's own words on a report, "" if none."""
    kept = filings.draft(book, form(which.form, which.period.last, book).code, which.period.key)
    return kept.explanation if kept else ""


def explain(book: Book, which: Which, words: str, on_paper: Mapping[str, bool], by: str) -> FiledReport:
    """Keep the explanation of a report, and which papers go with it outside the program.

    Raises `Refused` for words that are too long, or once the report is accepted.
    """
    with book.transact("report.explain", by) as transaction:
        kept = _open(book, which)
        enclosed = {key: True for key, ticked in on_paper.items() if ticked}
        changed = build(FiledReport, {**_values(kept), "explanation": words, "enclosed": enclosed})
        return transaction.save(changed)


def attach(book: Book, which: Which, key: str, file: tuple[str, bytes], by: str) -> Attachment:
    """Keep a file (its name, its content) as one of the papers of a report. Raises `Refused`."""
    with book.transact("report.attach", by) as transaction:
        kept = _open(book, which)
        if all(wanted.key != key for wanted in form(which.form, which.period.last, book).enclosures):
            raise Refused([Problem("key", "Hãy chọn loại hồ sơ kèm theo.")])
        transaction.save(kept)
        held = attachments.keep(transaction, REPORT, kept.id, *file)
        return transaction.save(dataclasses.replace(held, note=key))


def _open(book: Book, which: Which) -> FiledReport:
    period = which.period
    declared = form(which.form, period.last, book)
    if not filings.state(book, declared.code, period.key).may_submit:
        raise Refused(f"Báo cáo {declared.code} {period.label.lower()} đã được duyệt nên không sửa được nữa.")
    kept = filings.draft(book, declared.code, period.key)
    return kept or build(FiledReport, {"id": new_id(), "form": declared.code, "period": period.key})


def _values(kept: FiledReport) -> dict[str, object]:
    return {field.name: getattr(kept, field.name) for field in dataclasses.fields(kept)}


def _look(
    book: Book, period: Period, wanted: Wanted, kept: FiledReport | None, files: tuple[Attachment, ...]
) -> Enclosure:
    own = tuple(file for file in files if file.note == wanted.key)
    paper = bool(kept and kept.enclosed.get(wanted.key))
    known = _KNOWN.get(wanted.key)
    there, words = known(book, period) if known else (False, "chưa có.")
    if wanted.key == "explanation" and kept and kept.explanation.strip():
        there, words = True, "đã viết."
    if own:
        there, words = True, f"{len(own)} tệp: {', '.join(file.name for file in own)}"
    elif paper and not there:
        there, words = True, "gửi bản giấy."
    return Enclosure(wanted.key, wanted.text, there, words, paper, own)


def _cash_count(book: Book, period: Period) -> tuple[bool, str]:
    boxes = cash_counts.boxes(book)
    if not boxes:
        return True, "không có quỹ tiền mặt."
    day = show_day(period.last)
    for box in boxes:
        counted = cash_counts.of_day(book, box.id, period.last)
        if counted is None:
            return False, f"chưa kiểm quỹ {box.code} ngày {day}. Hãy mở Sổ sách, Kiểm quỹ."
        if cash_counts.compare(book, counted).difference and not counted.reason:
            return False, f"quỹ {box.code} ngày {day} có chênh lệch chưa ghi lý do. Hãy mở Sổ sách, Kiểm quỹ."
    return True, f"đã kiểm ngày {day}."


def _statement(book: Book, period: Period) -> tuple[bool, str]:
    if not books.funds_of_kind(book, "Tiền gửi"):
        return True, "không có tài khoản tiền gửi."
    return False, f"chưa có bản ngày {show_day(period.last)}. Hãy đính kèm tệp, hoặc đánh dấu gửi bản giấy."


def _totals(book: Book, period: Period) -> tuple[bool, str]:
    cells = settle(book, period).cells
    return True, f"thu {format_amount(cells['tong_thu'])}, chi {format_amount(cells['tong_chi'])}."


def _unpaid(book: Book, period: Period) -> tuple[bool, str]:
    now = month_of(date.today())  # noqa: DTZ011 - the accountant's own day
    owed = payroll.owing(book, period.months[0], min(now, period.months[-1]))
    if not owed:
        return True, "không ai còn nợ."
    return True, f"{len(owed)} người còn nợ {format_amount(sum(each.amount for each in owed))} đồng."


def _explanation(_: Book, __: Period) -> tuple[bool, str]:
    return False, "chưa viết. Hãy ghi lý do tăng, giảm so với dự toán."


_KNOWN: Mapping[str, Callable[[Book, Period], tuple[bool, str]]] = {
    "cash_count": _cash_count,
    "statement": _statement,
    "s82": _totals,
    "unpaid": _unpaid,
    "explanation": _explanation,
}
