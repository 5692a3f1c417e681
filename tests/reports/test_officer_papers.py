"""Papers of officers: the list a recognition dossier needs, the list of posts, one officer's file; PDF and Excel alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import officer_files, officer_papers, officers
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Person
from desktop_app.reports import officer_papers as papers
from desktop_app.storage import officers as asked
from desktop_app.storage import payroll
from desktop_app.storage.book import Book
from tests.unions import found_union, hire

DAY = date(2026, 11, 24)


@pytest.fixture
def committee(book: Book) -> list[Person]:
    found_union(book, chair="Lê Thị Lan")
    facts = {"birth": "1979-07", "sex": "Nữ", "education": "Đại học", "job": "Kế toán viên", "workplace": "Phòng Tài vụ"}
    people = [hire(book, "Lê Thị Lan", **facts), hire(book, "Hồ Văn Minh", sex="Nam", birth="1985-03-05", team="Tổ 1")]
    for since, posts in ((date(2020, 3, 1), ("UVBCH",)), (date(2025, 9, 15), ("CT", "UVBCH"))):
        rows = [{"person": one.id, "post": post, "votes": "98,5"} for one, post in zip(people, posts, strict=False)]
        officers.elect(book, "BCH", {"since": since}, rows, "Hoa")
    officers.appoint(book, {"person": people[0].id, "post": "KT", "since": "01/10/2025", "full_time": True}, "Hoa")
    return people


def test_a_roster_tells_who_was_elected_and_leaves_what_is_sensitive_empty(book: Book, committee: list[Person]) -> None:
    report = papers.roster(book, payroll.union(book), asked.terms(book)[0], DAY)
    first, second = (row.cells for row in report.tables[0].rows)
    shown = ("name", "born_man", "born_woman", "post", "work", "education", "years", "again", "votes", "ethnic")
    assert [first[key] for key in shown] == [
        "Lê Thị Lan", "", "07/1979", "Chủ tịch", "Kế toán viên, Phòng Tài vụ", "Đại học", 6, "Tái cử", "98,5", "",
    ]  # fmt: skip
    assert [second[key] for key in shown] == [
        "Hồ Văn Minh", "05/03/1985", "", "Ủy viên Ban Chấp hành", "Tổ 1", "", 1, "Mới", "98,5", "",
    ]  # fmt: skip
    assert report.subtitle == "Ban Chấp hành, nhiệm kỳ 2025–2030 (từ ngày 15/09/2025)"
    assert report.sections[1].paragraphs[0].startswith("Danh sách có 2 người, 1 nữ.")


def test_a_file_tells_posts_and_course_and_what_is_missing(book: Book, committee: list[Person]) -> None:
    lan = committee[0]
    line = {"kind": "CT", "since": "09/2008", "what": "Kế toán viên", "document": "12/QĐ", "document_day": "01/09/2008"}
    officer_files.keep_career(book, lan.id, line, "Hoa")
    (kept,) = asked.careers(book, lan.id)
    officer_files.keep_career(book, lan.id, {**line, "what": "Kế toán trưởng"}, "Hoa", kept.id)
    report = papers.officer_file(book, payroll.union(book), lan, DAY)
    assert [section.heading for section in report.sections] == [
        "1. Bản thân", "2. Chức vụ công đoàn", "3. Quá trình công tác", "4. Đào tạo, bồi dưỡng", "",
    ]  # fmt: skip
    assert [row.cells["title"] for row in report.tables[1].rows] == [
        "Kế toán (chuyên trách)", "Chủ tịch", "Ủy viên Ban Chấp hành",
    ]  # fmt: skip
    course = report.tables[2].rows[0].cells
    assert (course["span"], course["what"], course["document"]) == ("09/2008 – nay", "Kế toán trưởng", "12/QĐ, 01/09/2008")
    assert report.sections[-1].paragraphs[0].startswith("Hồ sơ cán bộ chuyên trách còn thiếu: số CCCD, ")
    officer_files.drop_career(book, kept.id, "Hoa")
    assert asked.careers(book, lan.id) == []


def test_papers_are_written_as_pdf_and_excel_or_refused(book: Book, committee: list[Person], tmp_path: Path) -> None:
    term, held = asked.terms(book)[0], asked.held(book, DAY)
    for ending in ("pdf", "xlsx"):
        officer_papers.write_roster(book, term.id, tmp_path / f"a.{ending}", DAY)
        officer_papers.write_list(book, held, tmp_path / f"b.{ending}", DAY)
        officer_papers.write_file(book, committee[0].id, tmp_path / f"c.{ending}", DAY)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".xlsx")) == [
        "a.pdf", "a.xlsx", "b.pdf", "b.xlsx", "c.pdf", "c.xlsx"
    ]  # fmt: skip
    for refused in (
        lambda: officer_papers.write_roster(book, "", tmp_path / "d.pdf", DAY),
        lambda: officer_papers.write_list(book, [], tmp_path / "d.pdf", DAY),
        lambda: officer_papers.write_file(book, term.id, tmp_path / "d.pdf", DAY),
    ):
        with pytest.raises(Refused):
            refused()
    assert not (tmp_path / "d.pdf").exists()
