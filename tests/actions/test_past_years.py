"""Settlements of years before the book: read from any form, turned to today's mã, shown beside the years kept here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.actions import analysis
from desktop_app.actions.importing import BookPlan, Request, carry_out_book, plan_book, undo
from desktop_app.actions.intake.old_books import Options
from desktop_app.domain.records import PastYear
from desktop_app.exchange.lists import Shape
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, post_october
from tests.exchange.books import workbook

OLD: list[list[Any]] = [
    ["LIÊN ĐOÀN LAO ĐỘNG TỈNH"], ["BÁO CÁO QUYẾT TOÁN NĂM 2021"],
    ["STT", "NỘI DUNG", "Mã số", "Dự toán", "Quyết toán", "Duyệt"],
    ["A", "B", "C", 1, 2, 3],
    ["I", "Tài chính công đoàn tích lũy đầu kỳ", 26, "", 10_000_000, ""],
    ["II", "PHẦN THU", "", "", "", ""],
    ["2.1", "Thu kinh phí công đoàn", 22, "", 40_000_000, ""],
    ["2.2", "Thu đoàn phí công đoàn", 23, "", "15.000.000", ""],
    ["2.3", "Các khoản thu khác", 24, "", 5_000_000, ""],
    ["", "Cộng thu", "", "", 60_000_000, ""],
    ["III", "PHẦN CHI", "", "", "", ""],
    ["3.1", "Chi thăm hỏi", 33, "", 20_000_000, ""],
    ["3.2", "Chi hoạt động phong trào", 31, "", 12_000_000, ""],
    ["3.3", "Nộp kinh phí, đoàn phí lên cấp trên", 37, "", 21_000_000, ""],
    ["3.4", "Chi gì đó", 99, "", 1, ""],
    ["3.5", "Chi khác", 35, "", "vài triệu", ""],
    ["IV", "Tài chính công đoàn tích lũy cuối kỳ", "", "", 17_000_000, ""],
]  # fmt: skip
CONVERTED = {"10": 10_000_000, "23": 40_000_000, "22": 15_000_000, "25": 5_000_000, "31": 20_000_000, "32": 12_000_000, "39": 21_000_000, "50": 17_000_000}


def tried(book: Book, path: Path, year: int) -> BookPlan:
    return plan_book(book, Request(path, "b07", Shape(), Options(year)))


def test_a_settlement_of_the_old_codes_is_turned_to_todays(book: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "qt2021.xlsx", {"B07": OLD})
    plan = tried(book, path, 2021)
    assert plan.counts == {"new": 8, "same": 0, "refused": 2}
    assert [(row.row, row.problem[:30]) for row in plan.rows] == [
        (15, "Mã 99 không có trên Mẫu trước "), (16, "Số tiền: “vài triệu” chưa rõ l"),
    ]  # fmt: skip
    assert plan.notes == ("Năm 2021, mẫu trước Hướng dẫn 47/HD-TLĐ, đã đổi mã: đầu kỳ + thu − chi = cuối kỳ.",)
    assert list(book.all(PastYear)) == []
    done = carry_out_book(book, plan, "Hoa").done
    (kept,) = book.all(PastYear)
    assert (kept.year, kept.form, dict(kept.cells), kept.source) == (2021, "truoc-HD47", CONVERTED, "qt2021.xlsx")
    assert tried(book, path, 2021).counts == {"new": 0, "same": 8, "refused": 2}
    undo(book, done.undo or "", "Hoa")
    assert list(book.all(PastYear)) == []


def test_a_settlement_without_codes_or_of_todays_form_is_read_by_its_words(book: Book, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Chỉ tiêu", "Thực hiện"], ["Thu đoàn phí công đoàn", 15_000_000], ["Thu kinh phí công đoàn", 0],
            ["Chi quản lý hành chính", 3_000_000], ["Tổng chi", 3_000_000]]  # fmt: skip
    carry_out_book(book, tried(book, workbook(tmp_path / "a.xlsx", {"QT": rows}), 2024), "Hoa")
    coded: list[list[Any]] = [["Nội dung", "Mã số", "Quyết toán"], ["Thu đoàn phí công đoàn", 22, 9_000_000], ["Thu khác tại đơn vị", "25.02", 4]]
    carry_out_book(book, tried(book, workbook(tmp_path / "b.xlsx", {"QT": coded}), 2020), "Hoa")
    assert {one.year: (one.form, dict(one.cells)) for one in book.all(PastYear)} == {
        2024: ("HD47", {"22": 15_000_000, "23": 0, "33": 3_000_000}), 2020: ("HD47", {"22": 9_000_000, "25.02": 4}),
    }  # fmt: skip


def test_a_closing_balance_that_does_not_follow_is_told(book: Book, tmp_path: Path) -> None:
    rows = [list(row) for row in OLD]
    rows[-1][4] = 16_000_000
    plan = tried(book, workbook(tmp_path / "qt.xlsx", {"B07": rows}), 2021)
    assert plan.doubtful
    assert "lệch -1.000.000 đồng" in plan.notes[0]


def test_imported_years_stand_beside_the_years_of_the_book(book: Book, tmp_path: Path) -> None:
    post_october(book, make_funds(book))
    carry_out_book(book, tried(book, workbook(tmp_path / "qt.xlsx", {"B07": OLD}), 2025), "Hoa")
    found = analysis.years(book, 2026)
    assert [heading.text for heading in found.headings] == ["2026", "2025 (nhập)", "2024", "So 2025"]
    assert found.headings[1].period == ""
    cells = {line.code or line.name: line.cells for line in found.lines}
    assert cells["22"][:3] == (6_056_000, 15_000_000, 0)
    assert (cells["25"][1], cells["31"][1], cells["39"][1]) == (5_000_000, 20_000_000, 21_000_000)
    assert (cells["Tổng thu"][1], cells["Tổng chi"][1]) == (60_000_000, 53_000_000)
    carry_out_book(book, tried(book, workbook(tmp_path / "qt2.xlsx", {"B07": OLD}), 2026), "Hoa")
    assert analysis.years(book, 2026).headings[0].text == "2026"
