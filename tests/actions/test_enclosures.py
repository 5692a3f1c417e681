"""What goes with the settlement of October: the count of E12, a statement, the unpaid, the union's own explanation."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import cash_counts, enclosures, reports
from desktop_app.actions.enclosures import Which
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.reports import pdf
from desktop_app.storage import attachments
from desktop_app.storage.book import Book
from tests.reports.october import october
from tests.unions import found_union, hire_e2

WHICH = Which("B07", Period.parse("2026-10"))
E12 = {500000: 18, 200000: 5, 100000: 2, 50000: 1, 20000: None, 5000: 1}


def words(book: Book) -> dict[str, tuple[bool, str]]:
    return {each.key: (each.there, each.words) for each in enclosures.of(book, WHICH)}


def test_what_is_there_and_what_is_missing_is_told_with_what_to_do(book: Book) -> None:
    october(book)
    hire_e2(book)
    found = words(book)
    assert found["s82"] == (True, "thu 35.127.150, chi 18.930.500.")
    assert found["unpaid"] == (True, "120 người còn nợ 6.056.000 đồng.")
    assert [key for key, (there, _) in found.items() if not there] == ["cash_count", "statement", "explanation"]
    assert "chưa kiểm quỹ TM ngày 31/10/2026" in found["cash_count"][1]
    assert len(enclosures.missing(enclosures.of(book, WHICH))) == 3

    (box,) = cash_counts.boxes(book)
    cash_counts.keep(book, {"fund": box.id, "day": date(2026, 10, 31), "counts": E12, "reason": "Thối nhầm"}, "Hoa")
    assert words(book)["cash_count"] == (True, "đã kiểm ngày 31/10/2026.")
    enclosures.attach(book, WHICH, "statement", ("sao-ke-10.pdf", b"%PDF-1.4 sao ke"), "Hoa")
    assert words(book)["statement"] == (True, "1 tệp: sao-ke-10.pdf")
    enclosures.explain(book, WHICH, "Chi hội thao tăng do có thêm 2 môn.", {"unpaid": True, "s82": False}, "Hoa")
    assert enclosures.missing(enclosures.of(book, WHICH)) == []

    sealed = reports.submit(book, "B07", WHICH.period, "", "Hoa").content
    assert sealed["explanation"] == "Chi hội thao tăng do có thêm 2 môn."
    assert sealed["enclosures"]["Sao kê hoặc xác nhận số dư của ngân hàng"] == "1 tệp: sao-ke-10.pdf"
    made = reports.make(book, "B07", WHICH.period)
    assert "Chi hội thao tăng do có thêm 2 môn." in made.report.sections[2].paragraphs
    assert pdf.draw(made.report)
    book.verify()


def test_a_union_without_cash_or_bank_is_not_asked_for_their_papers(book: Book) -> None:
    found_union(book)
    assert [there for key, (there, _) in words(book).items() if key in ("cash_count", "statement")] == [True, True]


def test_what_does_not_fit_is_refused_and_nothing_is_kept(book: Book) -> None:
    october(book)
    for key, file, sentence in (
        ("photo", ("a.pdf", b"x"), "Hãy chọn loại hồ sơ"), ("statement", ("a.exe", b"x"), "không phải loại tệp"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            enclosures.attach(book, WHICH, key, file, "Hoa")
    with pytest.raises(Refused, match="Thuyết minh"):
        enclosures.explain(book, WHICH, "dài " * 500, {}, "Hoa")
    assert enclosures.explanation(book, WHICH) == ""
    assert attachments.of(book, "report", "00000000-0000-0000-0000-000000000000") == ()
