"""B07-TLĐ and B14-TLĐ as papers: parts A to D, with who signs at the union and above."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain import amounts
from desktop_app.domain.dates import Period
from desktop_app.domain.formulas import told
from desktop_app.reports.forms import Form
from desktop_app.reports.model import Cell, Column, Row, Section, Table
from desktop_app.reports.paper import Made, paper, signatures
from desktop_app.reports.settlement import Settled, budget, settle
from desktop_app.storage import filings, payroll
from desktop_app.storage.book import Book

_DOTS = "…" * 32
_BASICS = (
    Column("no", "TT", 10, centred=True),
    Column("text", "Chỉ tiêu", 90),
    Column("measure", "Đơn vị tính", 25, centred=True),
    Column("value", "Số liệu", 35, "count", zero="-"),
)

Figures = Mapping[str, Mapping[str, int]]
"""Amounts by column key, then by mã or key of the row."""


def settlement_paper(book: Book, declared: Form, period: Period) -> Made:
    """B07-TLĐ of a period; marked a draft while vouchers of the period are not posted."""
    settled = settle(book, period)
    figures = {"actual": settled.cells, "budget": settled.budget, "approved": settled.approved}
    kept = filings.draft(book, declared.code, period.key)
    own = tuple(kept.explanation.splitlines()) if kept else ()
    parts = _sections(book, settled, figures, (*_notes(settled), *own))
    mark = "BẢN NHÁP" if settled.facts["drafts"] else ""
    report = paper(book, declared, period.label, parts, mark=mark)
    return Made(report, settled.answer(filings.version_now(book, declared.code, period.key)))


def budget_paper(book: Book, declared: Form, period: Period) -> Made:
    """B14-TLĐ of the year a period ends in."""
    year = Period.of_year(period.last.year)
    settled = budget(book, declared, year)
    figures = {"budget": settled.budget, "last_year": settled.last_year, "approved": settled.approved}
    notes = (*_kept_whole(settled), _DOTS, _DOTS, _DOTS)
    report = paper(book, declared, year.label, _sections(book, settled, figures, notes))
    return Made(report, settled.answer(filings.version_now(book, declared.code, year.key)))


def _sections(book: Book, settled: Settled, figures: Figures, notes: tuple[str, ...]) -> tuple[Section, ...]:
    declared, heads = settled.form, settled.form.headings
    basics = tuple(
        Row({"no": row.no, "text": row.text, "measure": row.measure, "value": settled.basics[row.key]})
        for row in declared.basics
    )
    rows = []
    for row in declared.rows:
        if row.printed:
            cells: dict[str, Cell] = {"no": row.no, "text": row.text, "code": row.printed_code}
            cells |= {column: of[row.key] for column, of in figures.items() if row.key in of}
            rows.append(Row(cells, row.style, row.code or row.key))
    return (
        Section(heads[0], table=Table(_BASICS, basics)),
        Section(heads[1], table=Table(declared.table_columns(), tuple(rows), number_row=True)),
        Section(heads[2], notes, signatures=signatures(declared.signers, payroll.union(book))),
        Section(heads[3], (_DOTS, _DOTS, _DOTS)),
    )


def _notes(settled: Settled) -> tuple[str, ...]:
    """Part C: what makes up mã 50, who owes and is owed, what is still to go up, what does not hold."""
    cells = {**settled.cells, **settled.facts}
    found = [
        told(
            "Tài chính công đoàn tích lũy cuối kỳ [50] đồng gồm: tiền mặt [cash] đồng; tiền gửi [bank] đồng; tạm ứng,"
            " phải thu [receivable] đồng; trừ phải trả [payable] đồng.",
            cells,
        ),
        f"Bằng chữ: {amounts.in_words(settled.cells['50'])}.",
    ]
    if settled.parties.by_party:
        listed = "; ".join(
            f"{party} {'còn giữ' if amount > 0 else 'được giữ hộ'} {amounts.format_amount(abs(amount))} đồng"
            for party, amount in settled.parties.by_party.items()
        )
        found.append(f"Chi tiết tạm ứng, phải thu, phải trả: {listed}.")
    found += _kept_whole(settled)
    if settled.cells["V.d"]:
        found.append(told("Còn phải nộp công đoàn cấp trên [V.d] đồng.", cells))
    found += [check.text for check in settled.checks if not check.holds and check.severity == "error" and check.text]
    return tuple(found)


def _kept_whole(settled: Settled) -> tuple[str, ...]:
    """Dues above the rate, said apart (QĐ 61/QĐ-TLĐ)."""
    if not settled.facts["dues_above"]:
        return ()
    sentence = (
        "Đoàn phí thu cao hơn mức quy định theo nghị quyết của Ban Chấp hành: [dues_above] đồng, nằm trong mã 22, được"
        " để lại 100 % tại đơn vị."
    )
    return (told(sentence, settled.facts),)
