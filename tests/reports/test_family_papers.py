"""The consent sheet and the list of children, as they are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import member_papers, members, person_record
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Union
from desktop_app.reports import family_papers
from desktop_app.storage import payroll, person_more
from desktop_app.storage.book import Book, new_id

HOA, DAY = "Trần Thị Hoa", date(2026, 11, 24)


@pytest.fixture
def yen(book: Book) -> str:
    with book.transact("setup.make", HOA) as transaction:
        transaction.save(build(Union, {"id": new_id(), "code": "40-001", "name": "CĐCS May Hưng Lộc"}))
    values = {"name": "Võ Thị Yến", "birth": "07/1990", "team": "Tổ 1"}
    return members.add(book, values, HOA)[0].id


def test_the_consent_sheet_names_the_person_the_union_and_the_text(book: Book, yen: str, tmp_path: Path) -> None:
    person = members.person_of(book, yen)
    report = family_papers.consent_sheet(payroll.union(book), person, DAY)
    told = [section.paragraphs[0] for section in report.sections]
    assert told[0] == "Tôi là: Võ Thị Yến. Ngày sinh: 07/1990. Số CCCD: ……………………. Tổ công đoàn: Tổ 1."
    assert "CĐCS May Hưng Lộc" in told[1]
    assert report.subtitle == "Bản nội dung 2026-01"
    member_papers.write_consent(book, yen, tmp_path / "a.pdf", DAY)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_the_list_of_children_counts_children_and_parents(book: Book, yen: str, tmp_path: Path) -> None:
    people = members.people(book)
    with pytest.raises(Refused, match="Chưa ghi con nào dưới 16 tuổi"):
        member_papers.write_children(book, people, tmp_path / "a.pdf", DAY)
    rows = [{"name": "Lê Võ An", "birth": "2015"}, {"name": "Lê Võ Bình", "birth": "02/06/2019", "sex": "Nam"}]
    person_record.save(book, yen, {}, HOA, children=rows)
    found = person_more.young_children(book, DAY, 16)
    report = family_papers.children_list(payroll.union(book), found, 16, DAY)
    assert report.title == "DANH SÁCH CON ĐOÀN VIÊN DƯỚI 16 TUỔI"
    assert [row.cells["birth"] for row in report.tables[0].rows] == ["2015", "02/06/2019"]
    assert report.sections[1].paragraphs == ("Danh sách này có 2 cháu, con của 1 đoàn viên.",)
    assert member_papers.write_children(book, people, tmp_path / "a.xlsx", DAY) == 2
