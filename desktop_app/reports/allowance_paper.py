"""Bảng thanh toán phụ cấp: who gets which allowance for a month, one post a person, to be signed."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount, in_words
from desktop_app.domain.records import Union
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.member_papers import signatures
from desktop_app.reports.model import Column, Report, Row, Section, Table
from desktop_app.reports.officer_papers import words
from desktop_app.reports.paper import letterhead
from desktop_app.storage import officers, texts
from desktop_app.storage.book import Book
from desktop_app.storage.rules import rules


def allowance_paper(book: Book, unit: Union, month: str, payers: int) -> Report:
    """The allowances of a month ("2026-10") for those who hold posts on its last day.

    `payers`: members who paid dues in the previous year. Raises `Refused` for a month before the rates known.
    """
    day = dates.last_day(month)
    text, rates = texts.of(book, "PHUCAP", words("allowances", day), day), rules(book)
    found = officers.allowances(book, day, payers)
    rows = [
        Row({
            "no": str(number), "name": one.name, "post": one.title, "unit": one.unit,
            "coefficient": _shown(one.coefficient), "amount": one.amount,
        }, code=one.person)
        for number, one in enumerate(found, 1)
    ]  # fmt: skip
    total = sum(one.amount for one in found)
    rows.append(Row({"name": text["total"], "amount": total}, "total"))
    basis = text["basis"].replace("[base]", format_amount(rates.base_salary(day))).replace("[members]", str(payers))
    basis = basis.replace("[law]", rates.entry("allowances", day).law)
    told = text["words"].replace("[words]", in_words(total))
    columns = tuple(Column(**column) for column in text["columns"])
    table = Table(columns, tuple(rows), row_height=text["row_height"])
    return Report(
        "", text["title"], letterhead(unit), subtitle=text["subtitle"].replace("[month]", dates.show_month(month)),
        sections=(Section(table=table), Section(paragraphs=(basis, told))),
        signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY, measure=text["measure"],
    )  # fmt: skip


def _shown(coefficient: Fraction) -> str:
    return f"{float(coefficient):.2f}".replace(".", ",")
