"""The dry run of a list: what each row would do, the choices, and the storing that keeps to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import members
from desktop_app.actions.importing import Choices, carry_out, import_members, plan_members, undo
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Person
from desktop_app.exchange.lists import Shape
from desktop_app.storage.book import Book
from tests.exchange.books import workbook

HEAD = ["Họ và tên", "Ngày sinh", "Số CCCD", "Số thẻ", "Tổ", "Ghi chú"]
LAN = {"name": "Lê Thị Lan", "birth": "05/03/1990", "cccd": "040190001234", "team": "Tổ cắt"}
DUC = {"name": "Trần Văn Đức", "birth": "1985", "team": "Tổ may"}
ROWS: list[list[Any]] = [
    ["Lê Thị Lan", "05/03/1990", "040190001234", "", "Tổ cắt", ""],
    ["Lê Thị Lan", "05/03/1990", "040190001234", "T01", "Tổ may", ""],
    ["Tran Van Duc", "1985", "040085001234", "T02", "Tổ là", "mới"],
    ["Hồ Thị Mận", "1979", "040179001111", "T03", "Tổ là", ""],
    ["Hồ Thị Mận", "1979", "040179002222", "T04", "Tổ cắt", ""],
    ["", "1979", "", "", "Tổ là", ""],
]


@pytest.fixture
def held(book: Book) -> Book:
    for person in (LAN, DUC):
        members.add(book, person, "Hoa")
    return book


def here(book: Book) -> dict[str, tuple[str, str]]:
    return {p.cccd or p.name: (p.card, p.team) for p in book.all(Person)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook(tmp_path / "ds.xlsx", {"DS": [HEAD, *ROWS]})


def test_the_dry_run_says_of_each_row_what_it_would_do_and_stores_nothing(held: Book, path: Path) -> None:
    before = here(held)
    plan = plan_members(held, path)
    assert [(row.row, row.kind, row.advice) for row in plan.rows] == [
        (2, "same", "merge"), (3, "differs", "merge"), (4, "twin", "skip"), (5, "new", "merge"), (6, "twin", "add"), (7, "refused", "merge"),
    ]  # fmt: skip
    assert plan.counts == {"new": 1, "same": 1, "fills": 0, "differs": 1, "twin": 2, "refused": 1}
    assert plan.rows[1].differs == (("Số thẻ đoàn viên", "", "T01"), ("Tổ công đoàn", "Tổ cắt", "Tổ may"))
    assert plan.rows[2].known == "Trần Văn Đức, sinh 1985, Tổ may"
    assert plan.rows[5].problem == "Hãy nhập Họ và tên."
    assert here(held) == before


def test_what_is_advised_fills_gaps_and_leaves_doubts(held: Book, path: Path) -> None:
    carried = carry_out(held, plan_members(held, path), Choices(), "Hoa")
    assert here(held) == {
        "040190001234": ("T01", "Tổ cắt"), "Trần Văn Đức": ("", "Tổ may"),
        "040179001111": ("T03", "Tổ là"), "040179002222": ("T04", "Tổ cắt"),
    }  # fmt: skip
    assert (carried.done.stored, carried.done.merged, len(carried.done.refused)) == (3, 2, 1)
    back = plan_members(held, carried.returned or path)
    assert [(row.row, row.kind) for row in back.rows] == [(2, "refused")]
    assert back.table.headings == [*HEAD, "Lỗi"]


@pytest.mark.parametrize(
    ("choices", "lan", "duc"),
    [
        (Choices(differs="replace", twins="replace"), ("T01", "Tổ may"), ("T02", "Tổ là")),
        (Choices(differs="skip", twins="merge"), ("", "Tổ cắt"), ("T02", "Tổ may")),
        (Choices(twins="skip", rows={4: "merge"}), ("T01", "Tổ cắt"), ("T02", "Tổ may")),
        (Choices(rows={3: "replace", 4: "replace"}), ("T01", "Tổ may"), ("T02", "Tổ là")),
    ],
)  # fmt: skip
def test_choices_for_all_and_one_by_one(
    held: Book, path: Path, choices: Choices, lan: tuple[str, str], duc: tuple[str, str]
) -> None:
    carry_out(held, plan_members(held, path), choices, "Hoa")
    found = here(held)
    assert (found["040190001234"], found["040085001234"]) == (lan, duc)


def test_another_person_of_the_same_name_is_entered_when_told_so(held: Book, path: Path) -> None:
    carried = carry_out(held, plan_members(held, path), Choices(rows={4: "add"}), "Hoa")
    assert here(held)["040085001234"] == ("T02", "Tổ là")
    assert here(held)["Trần Văn Đức"] == ("", "Tổ may")
    assert carried.done.undo is not None


def test_a_plan_carried_out_twice_changes_nothing_and_new_people_go_back(book: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "ds.xlsx", {"DS": [HEAD, *ROWS[:1], *ROWS[3:4]]})
    first = carry_out(book, plan_members(book, path), Choices(), "Hoa").done
    assert plan_members(book, path).counts["same"] == 2
    assert carry_out(book, plan_members(book, path), Choices(), "Hoa").done.undo is None
    undo(book, first.undo or "", "Hoa")
    assert list(book.all(Person)) == []


def test_stopped_half_way_nothing_is_stored(book: Book, tmp_path: Path) -> None:
    rows = [[f"Hồ Thị Mận {n}", "", "", f"T{n}", "", ""] for n in range(120)]
    plan = plan_members(book, workbook(tmp_path / "ds.xlsx", {"DS": [HEAD, *rows]}))

    def stop(done: int, of: int, text: str) -> None:
        if done == 100:
            raise Refused("dừng")

    with pytest.raises(Refused, match="dừng"):
        carry_out(book, plan, Choices(), "Hoa", stop)
    assert list(book.all(Person)) == []


def test_sheet_heading_row_and_columns_can_be_told(book: Book, tmp_path: Path) -> None:
    rows = [["Biểu số 2"], ["A", "B", "C"], ["x", "Lê Thị Lan", "Tổ cắt"]]
    path = workbook(tmp_path / "ds.xlsx", {"DS": [["Họ và tên"], ["Hồ Thị Mận"]], "Biểu": rows})
    plan = plan_members(book, path, shape=Shape("Biểu", 2, {1: "name", 2: "team"}))
    assert [(row.row, row.kind, row.name) for row in plan.rows] == [(3, "new", "Lê Thị Lan")]
    with pytest.raises(Refused, match="Không có thông tin"):
        plan_members(book, path, shape=Shape("Biểu", 2, {1: "tên"}))


def test_headings_under_a_merged_one_and_the_row_that_counts_columns(book: Book, tmp_path: Path) -> None:
    rows = [
        ["TT", "Họ và tên", "Ngày sinh", "", "Công đoàn", "", ""],
        ["", "", "Nam", "Nữ", "Ngày vào CĐ", "Số thẻ", "Tổ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        [1, "Lê Thị Lan", "", "05/03/1990", "1/5/2015", "T01", "Tổ cắt"],
    ]
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": rows}), "Hoa")
    assert (done.rows, done.stored) == (1, 1)
    (lan,) = book.all(Person)
    assert (lan.sex, lan.birth, str(lan.joined), lan.card, lan.team) == ("Nữ", "1990-03-05", "2015-05-01", "T01", "Tổ cắt")


def test_an_old_identity_number_is_kept_in_the_note(book: Book, tmp_path: Path) -> None:
    rows = [["Họ tên", "Số CMND/CCCD"], ["Lê Thị Lan", "182345678"], ["Trần Văn Đức", 40_085_001_234]]
    import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": rows}), "Hoa")
    assert [(p.cccd, p.note) for p in book.all(Person)] == [("", "CMND cũ 182345678"), ("040085001234", "")]
