"""Nobody signs a sheet that says nothing: the last lines of a table go with the signatures to a new page."""

from __future__ import annotations

import dataclasses
import io

import pypdf
import pytest

from desktop_app.reports import pdf
from desktop_app.reports.model import Report, Row, Section
from tests.reports.samples import cash_book


def pages(report: Report) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.draw(report))).pages]


def with_rows(count: int, *, words: bool) -> Report:
    book = cash_book()
    table, paragraphs = book.sections
    assert table.table is not None
    rows = tuple(Row({"text": f"Dòng thứ {number}", "in": 1000}) for number in range(count))
    listed = Section(table=dataclasses.replace(table.table, rows=rows))
    return dataclasses.replace(book, sections=(listed, paragraphs) if words else (listed,))


@pytest.mark.parametrize("words", [False, True])
def test_wherever_a_table_ends_its_last_rows_stand_above_the_signatures(*, words: bool) -> None:
    turned = 0
    for count in range(1, 60):
        made = pages(with_rows(count, words=words))
        assert "THỦ QUỸ" in made[-1]
        assert f"Dòng thứ {count - 1}\n" in made[-1], f"{count} dòng"
        turned += len(made) > 1 and f"Dòng thứ {count - 4}\n" not in made[-1]
    assert turned, "no table ended near the foot of a page"
