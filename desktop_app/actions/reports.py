"""Reports: type cells, hand in a version, write papers. What was accepted is never handed in again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.actions import enclosures, rates
from desktop_app.domain import amounts
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.formulas import Check, cells_in
from desktop_app.domain.records import FiledReport, Submission
from desktop_app.reports import settlement
from desktop_app.reports.activity import Activity
from desktop_app.reports.activity import activity as made_activity
from desktop_app.reports.forms import Form, form
from desktop_app.reports.make import Made, make
from desktop_app.reports.settlement import Settled, settle
from desktop_app.storage import books, closings, filings, space
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.filings import SETTLEMENT, Filing

__all__ = [
    "SETTLEMENT", "Activity", "Filing", "Settled", "activity", "filing", "make", "parts_of", "settle", "submit",
    "type_cells", "write_pdf", "write_xlsx",
]  # fmt: skip

LARGEST_CONTENT = 8000
"""Bytes of a submission's figures, explanation and note together: it travels before everything else, on any link."""

_LARGEST_REASON = 200
_LARGEST_CELL = 10**15


def submit(book: Book, form_code: str, period: Period, note: str, by: str) -> Submission:
    """Seal the report as it stands as a new version, to go to the level above at the next sync.

    Raises `Refused` for a report that is accepted already, has not changed, or fails a check that must hold.
    """
    with book.transact("report.submit", by) as transaction:
        declared = _handed_in(book, form_code, period)
        held = filings.state(book, declared.code, period.key)
        name = f"{declared.title.capitalize()} {period.label.lower()}"
        if not held.may_submit:
            raise Refused(f"{name} đã được cấp trên duyệt nên không nộp lại được. Sai sót hãy điều chỉnh ở kỳ sau.")
        begun = books.first_day(book)
        if declared.kind == "money" and (begun is None or begun > period.last):
            raise Refused(f"Sổ chưa có số liệu nào của {period.label.lower()}. Hãy chọn kỳ khác.")
        content, checks = _content(book, declared, period)
        broken = [check.text for check in checks if check.severity == "error" and not check.holds]
        if broken:
            raise Refused([Problem("checks", text) for text in broken])
        latest = held.submission
        if latest and held.state in (filings.SENT, filings.RECEIVED) and latest.content == content:
            raise Refused(f"{name} đã nộp lần {latest.version} và số liệu không đổi. Hãy chờ ý kiến của cấp trên.")
        if filings.size(content, note) > LARGEST_CONTENT:
            raise Refused([Problem("note", "Ghi chú và các lý do sửa ô dài quá. Hãy viết ngắn lại rồi nộp.")])
        kept = filings.draft(book, declared.code, period.key)
        if kept is None:
            kept = transaction.save(build(FiledReport, _key(declared, period)))
        values = {
            "id": new_id(), "report": kept.id, "form": declared.code, "period": period.key, "content": content,
            "version": filings.next_version(book, declared.code, period.key), "digest": filings.digest(content),
            "through": _set_of(book, held) if declared.code == filings.SETTLEMENT else {},
            "note": note, "sent": date.today(),  # noqa: DTZ011 - the accountant's own day
        }  # fmt: skip
        return transaction.save(build(Submission, values))


def type_cells(
    book: Book, form_code: str, period: Period, given: Mapping[str, tuple[Any, str]], by: str
) -> FiledReport:
    """Keep typed cells of an activity report, (value, reason) by code; an empty value gives a cell back.

    Raises `Refused` for what is no whole number, and where a computed figure is typed over without a reason.
    """
    with book.transact("report.type", by) as transaction:
        declared = _handed_in(book, form_code, period)
        if declared.kind != "activity":
            raise Refused(f"Số liệu của mẫu {declared.code} lấy từ chứng từ, không nhập tay.")
        made = made_activity(book, declared, period)
        kept = filings.draft(book, declared.code, period.key) or build(FiledReport, _key(declared, period))
        typed, told = dict(kept.typed), dict(kept.reasons)
        problems = []
        for code, (value, reason) in given.items():
            typed.pop(code, None)
            told.pop(code, None)
            row = declared.row(code)
            if row is None or not row.code:
                problems.append(Problem(code, f"Mẫu {declared.code} không có ô {code}."))
                continue
            if value is None or str(value).strip() == "":
                continue
            try:
                number = _cell(value)
            except ValueError as error:
                problems.append(Problem(code, f"{row.text.lstrip('-+ ')}: {error}"))
                continue
            if code in made.computed and number != made.computed[code]:
                if not reason.strip():
                    known = amounts.format_amount(made.computed[code])
                    problems.append(
                        Problem(code, f"Chương trình tính ô {code} được {known}. Muốn ghi số khác, hãy nhập lý do.")
                    )
                    continue
                told[code] = reason.strip()[:_LARGEST_REASON]
            elif code in made.computed:
                continue
            typed[code] = number
        if problems:
            raise Refused(problems)
        return transaction.save(dataclasses.replace(kept, typed=typed, reasons=told))


def filing(book: Book, form_code: str, period: Period) -> Filing:
    """Where the report of a form and period stands: state, version, notes of the level above."""
    return filings.state(book, form(form_code, period.last, book).code, period.key)


def activity(book: Book, form_code: str, period: Period) -> Activity:
    """An activity report as it stands now: computed, typed and overridden cells, checks, state."""
    return made_activity(book, _handed_in(book, form_code, period), period)


def parts_of(settled: Settled, key: str) -> list[str]:
    """The mục whose vouchers make up a figure of the settlement: "28" -> 28.01, 28.02; all of a total's; none of a
    balance, which every voucher moves."""
    row = settled.form.row(key)
    if row is None or not row.formula:
        return [row.code] if row and row.code and row.code != "10" else []
    cells = cells_in(row.formula)
    return [] if "10" in cells else [part for cell in cells for part in parts_of(settled, cell)]


def write_pdf(made: Made, path: Path) -> None:
    """Write a report as PDF, whole or not at all. Raises `Trouble`."""
    from desktop_app.reports.pdf import draw  # a question without paper need not wait for it

    partial = path.with_name(path.name + ".moi")
    try:
        partial.write_bytes(draw(made.report))
        partial.replace(path)
    except OSError as error:
        told = f"Không ghi được {path.name}. Nếu tệp đang mở, hãy đóng lại rồi thử lại."
        trouble = space.trouble_of(error, path, f"chưa ghi được {path.name}", told)
        partial.unlink(missing_ok=True)
        raise trouble from error


def write_xlsx(made: Made, path: Path) -> None:
    """Write a report as an Excel file, whole or not at all. Raises `Trouble`."""
    from desktop_app.reports import xlsx

    xlsx.write(made.report, path)


def _set_of(book: Book, held: Filing) -> dict[str, Any]:
    """The set of entries that a settlement counts: while a version is with the level above its set stays what it is."""
    signed = held.submission if held.state in (filings.SENT, filings.RECEIVED) else None
    return dict(signed.through) if signed is not None else closings.through(book)


def _handed_in(book: Book, form_code: str, period: Period) -> Form:
    declared = form(form_code, period.last, book)
    if not declared.rows:
        raise Refused(f"{declared.code} là sổ kế toán, giữ tại đơn vị và không nộp. Hãy nộp B07, B14 hoặc 1-HDCD.")
    return declared


def _key(declared: Form, period: Period) -> dict[str, Any]:
    return {"id": new_id(), "form": declared.code, "period": period.key}


def _content(book: Book, declared: Form, period: Period) -> tuple[dict[str, Any], tuple[Check, ...]]:
    """The whole report as handed in, compact: of the checks only what does not hold, and the control identity."""
    if declared.kind == "activity":
        made = made_activity(book, declared, period)
        answer = made.answer() | {"day": made.day.isoformat()}
        del answer["state"]
        checks = made.checks
    else:
        budget = declared.code == "B14"
        settled = settlement.budget(book, declared, period) if budget else settle(book, period)
        answer, checks = settled.answer(0), settled.checks
        del answer["version"]
    told = [check for place, check in enumerate(checks) if not check.holds or (declared.code == "B07" and place == 0)]
    content = {**answer, "checks": [check.answer() for check in told]}
    if corrected := rates.own_in(book, period, declared):
        content["own_rates"] = corrected
    which = enclosures.Which(declared.code, period)
    if going := enclosures.of(book, which):
        content["enclosures"] = {each.text: each.words if each.there else f"thiếu ({each.words})" for each in going}
    if told_of := enclosures.explanation(book, which):
        content["explanation"] = told_of
    return content, checks


def _cell(given: Any) -> int:
    number = amounts.parse_amount(given)
    if not 0 <= number < _LARGEST_CELL:
        raise ValueError("hãy nhập một số không âm.")
    return number
