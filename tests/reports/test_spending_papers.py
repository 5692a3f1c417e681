"""The papers of finance.md §3.1 that go with a voucher, filled in from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.actions import vouchers
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person, Union, Voucher
from desktop_app.reports import spending_papers
from desktop_app.reports.model import Report
from desktop_app.storage.book import Book, new_id
from tests.actions.october import Funds, make_funds


@pytest.fixture
def funds(book: Book) -> Funds:
    unit = {"name": "CĐCS Công ty May Hưng Lộc", "chair": "Nguyễn Văn Thắng", "accountant": "Trần Thị Hoa"}
    with book.transact("setup", "Hoa") as transaction:
        transaction.save(build(Union, {"id": new_id(), "code": "40-001", **unit}))
        transaction.save(build(Person, {"id": new_id(), "name": "Lê Thị Lan", "team": "Tổ may 1"}))
    return make_funds(book)


def paid(book: Book, funds: Funds, item: str, *rows: tuple[str, int], **more: Any) -> Voucher:
    lines = [{"item": item, "party": party, "fund": funds[0].id, "amount_out": amount} for party, amount in rows]
    values = {"kind": "PC", "day": date(2026, 10, 26), "text": "Ốm đau dài ngày", "lines": lines, **more}
    return vouchers.write(book, values, "Hoa")


def text(report: Report) -> str:
    return "\n".join(line for section in report.sections for line in section.paragraphs)


def test_a_visit_names_who_is_visited_why_and_how_much(book: Book, funds: Funds) -> None:
    made = paid(book, funds, "31", ("", 500_000), party="Lê Thị Lan", address="Tổ may 1", papers="2")
    said = text(spending_papers.make(book, "TH", made, "Trần Thị Hoa"))
    for part in ("Người được thăm hỏi: Lê Thị Lan", "Lý do thăm hỏi: Ốm đau dài ngày", "500.000 đồng (viết bằng chữ: Năm trăm",
                 "2 chứng từ gốc"):  # fmt: skip
        assert part in said
    decision = spending_papers.make(book, "QDTC", made, "Trần Thị Hoa")
    assert (decision.title, decision.national) == ("QUYẾT ĐỊNH", True)
    assert "cho ông (bà) Lê Thị Lan, Tổ may 1, số tiền 500.000 đồng" in text(decision)
    assert decision.signatures[1].name == "Nguyễn Văn Thắng"


def test_money_for_many_is_signed_for_one_by_one(book: Book, funds: Funds) -> None:
    made = paid(book, funds, "31", ("Lê Thị Lan", 100_000), ("Hồ Thị Ánh", 100_000))
    (table,) = spending_papers.make(book, "BK", made, "Hoa").tables
    assert [(row.cells.get("name"), row.cells.get("unit"), row.cells.get("amount")) for row in table.rows] == [
        ("Lê Thị Lan", "Tổ may 1", 100_000), ("Hồ Thị Ánh", "", 100_000), ("Cộng", None, 200_000),
    ]  # fmt: skip
    (empty,) = spending_papers.make(book, "BK", paid(book, funds, "32", ("", 900_000)), "Hoa").tables
    assert len(empty.rows) == 13


def test_a_handover_says_what_is_left_and_what_is_not_known_is_dotted(book: Book, funds: Funds) -> None:
    made = paid(book, funds, "42", ("", 2_000_000), text="Bàn giao", party="CĐCS May Sông Lam")
    paper = spending_papers.make(book, "BG", made, "Hoa")
    assert [row.cells["amount"] for row in paper.tables[0].rows] == [2_000_000, 6_500_000, 42_300_000, 0, 0]
    assert "Bên giao: ……" in text(paper)


def test_a_receipt_for_cash_is_c45_and_words_are_those_of_the_day(book: Book, funds: Funds) -> None:
    line = {"item": "22", "fund": funds[0].id, "amount_in": 41_000}
    values = {"kind": "PT", "day": date(2026, 10, 5), "text": "Đoàn phí tháng 10", "party": "Lê Thị Lan", "lines": [line]}
    made = vouchers.write(book, values, "Hoa")
    assert spending_papers.offered(made) == [("C45-BB", "Biên lai thu tiền")]
    paper = spending_papers.make(book, "C45-BB", made, "Hoa")
    assert paper.form_note[0] == "Mẫu số C45-BB"
    assert "Số: PT10/01" in paper.period_label
    assert spending_papers.words(book, "C45-BB", date(2010, 1, 1))["title"] == "BIÊN LAI THU TIỀN"
