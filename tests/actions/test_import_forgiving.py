"""What an employer's list says in its own way is understood: cut headings, days half known, lost zeros, more fields."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions.importing import Choices, carry_out, import_members, plan_members, undo
from desktop_app.domain.records import Person, PersonDetail
from desktop_app.exchange import cells
from desktop_app.exchange.source import Cell
from desktop_app.storage import person_more
from desktop_app.storage.book import Book
from tests.exchange.books import workbook

MORE: list[list[Any]] = [
    ["Họ và tên", "Ngày sinh", "Căn cước công dân", "", "", "Công đoàn", "", "Lương", "Quê quán", "Mã số BHXH", "Hôn nhân"],
    ["", "", "Số", "Ngày cấp", "Nơi cấp", "Ngày vào", "Số thẻ", "BHXH", "", "", ""],
    ["Lê Thị Lan", "5/3/85", "40185001234", "10/5/2021", "Cục CSQLHC", "6/2015", "T01", 8_200_000, "Đô Lương, Nghệ An", 123456789, "đã kết hôn"],
    ["Hồ Văn Mận", "'05.03.1990", 40_090_001_234, "hôm nào", "", 2016, "T02", 7_000_000, "", "12", "có"],
]  # fmt: skip


def test_headings_cut_by_merged_cells_give_the_details_of_a_person(book: Book, tmp_path: Path) -> None:
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": MORE}), "Hoa")
    assert done.refused == ()
    assert list(done.mapping.values()) == [
        "name", "birth", "cccd", "cccd_day", "cccd_place", "joined", "card", "insured", "home", "insurance", "married",
    ]  # fmt: skip
    lan, man = book.all(Person)
    assert (lan.birth, lan.cccd, lan.joined, lan.card) == ("1985-03-05", "040185001234", date(2015, 6, 1), "T01")
    assert lan.note == "Ngày vào công đoàn: danh sách chỉ ghi 06/2015"
    detail = person_more.detail(book, lan.id)
    assert detail is not None
    assert (detail.cccd_day, detail.home, detail.insurance) == (date(2021, 5, 10), "Đô Lương, Nghệ An", "0123456789")
    assert detail.married == "Đã kết hôn"
    assert (man.cccd, man.birth, man.joined) == ("040090001234", "1990-03-05", date(2016, 1, 1))
    assert man.note == (
        "Ngày cấp CCCD: hôm nào; Ngày vào công đoàn: danh sách chỉ ghi 2016; Số sổ BHXH: 12; Hôn nhân: có"
    )
    assert list(book.all(PersonDetail)) == [detail]
    undo(book, done.undo or "", "Hoa")
    assert [*book.all(Person), *book.all(PersonDetail)] == []


def test_details_are_merged_and_replaced_as_the_rest_is(book: Book, tmp_path: Path) -> None:
    head = ["Họ tên", "Năm sinh", "Số CCCD", "Quê quán", "Tin học"]
    lan = ["Lê Thị Lan", 1990, "040190001234"]
    import_members(book, workbook(tmp_path / "1.xlsx", {"DS": [head, [*lan, "Vinh", ""]]}), "Hoa")
    second = workbook(tmp_path / "2.xlsx", {"DS": [head, [*lan, "Đô Lương", "B"]]})
    plan = plan_members(book, second)
    (row,) = plan.rows
    assert (row.kind, row.differs) == ("differs", (("Quê quán", "Vinh", "Đô Lương"), ("Tin học", "", "B")))

    def kept() -> tuple[str, str]:
        (detail,) = book.all(PersonDetail)
        return detail.home, detail.computing

    carry_out(book, plan, Choices(), "Hoa")
    assert kept() == ("Vinh", "B")
    done = carry_out(book, plan_members(book, second), Choices(differs="replace"), "Hoa").done
    assert kept() == ("Đô Lương", "B")
    assert plan_members(book, second).counts["same"] == 1
    undo(book, done.undo or "", "Hoa")
    assert kept() == ("Vinh", "B")


@pytest.mark.parametrize(
    ("kind", "cell", "read"),
    [
        ("day", "5/3/2015", date(2015, 3, 5)), ("day", "05-03-2015", date(2015, 3, 5)), ("day", "5.3.2015", date(2015, 3, 5)),
        ("day", "'05/03/2015", date(2015, 3, 5)), ("day", "2015-03-05", date(2015, 3, 5)), ("day", 42068, date(2015, 3, 5)),
        ("day", "05032015", date(2015, 3, 5)), ("birth", 31111, date(1985, 3, 5)), ("birth", "'1985", "1985"),
        ("birth", "03/1985", "03/1985"), ("birth", "5/3/85", "5/3/1985"), ("birth", "5-3-09", "5-3-2009"),
        ("cccd", "40185001234", "040185001234"), ("cccd", 1_185_001_234, "001185001234"),
    ],
)  # fmt: skip
def test_every_way_a_day_or_a_number_is_written(kind: Any, cell: Cell, read: object) -> None:
    assert cells.read(kind, cell, loose=True) == read


@pytest.mark.parametrize("cell", ["13/13/2015", "5/3", "hôm nay", "-1", 12])
def test_a_day_that_has_no_one_reading_is_none(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        cells.read("day", cell, loose=True)
