"""Any list of members: its headings guessed, the guess mended and remembered, duplicates merged, the whole undone."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import members
from desktop_app.actions.importing import import_members, undo
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Office, Person, Wage
from desktop_app.exchange.tables import charsets
from desktop_app.storage.book import Book, new_id
from tests.exchange.books import workbook

HEAD = ["STT", "Họ tên", "Năm sinh", "Phái", "Số CMND/CCCD", "Bộ phận", "Mức lương", "Số điện thoại"]
LAN = [1, "Lê Thị Lan", 1990, "Nữ", "040190001234", "Tổ cắt", 8_200_000, "0912000001"]
DUC = [2, "Trần Văn Đức", "05/03/1985", "Nam", 40_085_001_234, "Tổ may", "6.500.000", ""]


def listed(book: Book) -> list[tuple[str, str, str, str, str]]:
    return [(p.name, p.birth, p.sex, p.cccd, p.team) for p in book.all(Person)]


def test_the_columns_of_an_employers_list_are_guessed(book: Book, tmp_path: Path) -> None:
    rows = [["CÔNG TY MAY HƯNG LỘC"], ["Danh sách lao động tháng 10"], [], HEAD, LAN, DUC, LAN]
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"Trang 1": [["x"]], "DS": rows}), "Hoa")
    answer = done.answer()
    assert re.fullmatch(r"[0-9a-f]{16}-1-4", answer.pop("undo"))
    assert answer == {
        "rows": 3, "stored": 2, "merged": 1, "refused": [], "encoding": {},
        "mapping": {"Họ tên": "name", "Năm sinh": "birth", "Phái": "sex", "Số CMND/CCCD": "cccd", "Bộ phận": "team",
                    "Mức lương": "insured", "Số điện thoại": "phone"},
    }  # fmt: skip
    assert listed(book) == [
        ("Lê Thị Lan", "1990", "Nữ", "040190001234", "Tổ cắt"),
        ("Trần Văn Đức", "1985-03-05", "Nam", "040085001234", "Tổ may"),
    ]
    assert sorted(wage.insured for wage in book.all(Wage)) == [6_500_000, 8_200_000]


def test_an_old_tcvn3_list_with_halves_of_names_and_births_under_nam_and_nu(book: Book, tmp_path: Path) -> None:
    rows = [
        ["Họ và tên đệm", "Tên", "Nam", "Nữ", "Số CCCD"],
        ["Lê Thị", "Sương", "", "1990", "040190001234"],
        ["Trần Văn", "Đức", "05/03/1985", "", "040085001234"],
        ["Hồ Thị", "Mận", "", "x", "040192001234"],
    ]
    old = [[charsets().encode(cell, "tcvn3") for cell in row] for row in rows]
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": old}), "Hoa")
    assert done.mapping == {"Họ và tên đệm": "family", "Tên": "given", "Nam": "man", "Nữ": "woman", "Số CCCD": "cccd"}
    assert done.encoding == {"Họ và tên đệm": "tcvn3", "Tên": "tcvn3"}
    assert [(p.name, p.birth, p.sex) for p in book.all(Person)] == [
        ("Lê Thị Sương", "1990", "Nữ"), ("Trần Văn Đức", "1985-03-05", "Nam"), ("Hồ Thị Mận", "", "Nữ"),
    ]  # fmt: skip


def test_births_of_men_and_women_under_a_second_heading_row(book: Book, tmp_path: Path) -> None:
    rows = [["TT", "Họ và tên", "Ngày sinh", "", "CCCD"], ["", "", "Nam", "Nữ", ""], [1, "Lê Thị Lan", "", "05/03/1990", "040190001234"],
            [2, "Trần Văn Đức", 1985, "", "040085001234"]]  # fmt: skip
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": rows}), "Hoa")
    assert (done.rows, done.refused, done.mapping) == (2, (), {"Họ và tên": "name", "Nam": "man", "Nữ": "woman", "CCCD": "cccd"})
    assert [(p.birth, p.sex) for p in book.all(Person)] == [("1990-03-05", "Nữ"), ("1985", "Nam")]


def test_a_mapping_mends_the_guess_and_is_remembered_by_name(book: Book, tmp_path: Path) -> None:
    rows = [["Nhân viên", "Mã thẻ", "Đơn vị", "Ghi chú"], ["Lê Thị Lan", "T01", "Tổ cắt", "bỏ"]]
    path = workbook(tmp_path / "ds.xlsx", {"DS": rows})
    with pytest.raises(Refused, match="không có dòng tiêu đề nào có cột Họ và tên"):
        import_members(book, path, "Hoa")
    told = {"Nhân viên": "name", "Mã thẻ": "card", "Đơn vị": "team", "Ghi chú": ""}
    first = import_members(book, path, "Hoa", profile_map="Công ty May", mapping=told)
    assert first.mapping == {"Nhân viên": "name", "Mã thẻ": "card", "Đơn vị": "team"}
    assert [(p.card, p.team, p.note) for p in book.all(Person)] == [("T01", "Tổ cắt", "")]
    again = import_members(book, workbook(tmp_path / "ds2.xlsx", {"DS": [rows[0], ["Hồ Thị Mận", "T02", "", "bỏ"]]}), "Hoa", profile_map="Công ty May")
    assert again.stored == 1
    assert [p.note for p in book.all(Person)] == ["", ""]


def test_a_mapping_that_fits_nothing_is_refused(book: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "ds.xlsx", {"DS": [HEAD, LAN]})
    with pytest.raises(Refused, match="Không có thông tin “luong”"):
        import_members(book, path, "Hoa", mapping={"Mức lương": "luong"})
    with pytest.raises(Refused, match="không có cột “Thẻ”"):
        import_members(book, path, "Hoa", mapping={"Thẻ": "card"})
    (tmp_path / "mappings.json").write_text("{", "utf-8")
    with pytest.raises(Trouble, match=r"mappings\.json bị hỏng"):
        import_members(book, path, "Hoa", profile_map="x")
    assert list(book.all(Person)) == []


def test_bad_rows_are_told_with_the_lists_own_rows(book: Book, tmp_path: Path) -> None:
    bad = [[3, "Hồ Thị Mận", "2/13/1990", "Nữ", "040190009999", "", "", ""], [4, "Hồ Thị Mơ", 1990, "Nữ", "04019000", "", "", ""]]
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": [[], HEAD, LAN, *bad]}), "Hoa")
    assert [(f.row, f.column, f.value) for f in done.refused] == [(4, "Năm sinh", "2/13/1990"), (5, "Số CMND/CCCD", "04019000")]
    assert (done.rows, done.stored, done.merged, done.nothing) == (3, 1, 0, False)


def test_an_import_is_undone_and_can_be_made_again(book: Book, tmp_path: Path) -> None:
    kept, _ = members.add(book, {"name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "040190001234"}, "Hoa")
    path = workbook(tmp_path / "ds.xlsx", {"DS": [HEAD, LAN, DUC]})
    done = import_members(book, path, "Hoa")
    assert (done.stored, done.merged, len(list(book.all(Person)))) == (2, 0, 2)
    assert done.undo is not None
    undo(book, done.undo, "Hoa")
    assert [p.id for p in book.all(Person)] == [kept.id]
    assert list(book.all(Wage)) == []
    again = import_members(book, path, "Hoa")
    assert {p.name for p in book.all(Person)} == {"Lê Thị Lan", "Trần Văn Đức"}
    assert again.undo != done.undo
    assert import_members(book, path, "Hoa").undo is None
    assert book.verify().first_fault is None


def test_the_undo_empties_the_gaps_it_filled_in_people_already_there(book: Book, tmp_path: Path) -> None:
    values = {"name": "Lê Thị Lan", "birth": "1990", "cccd": "040190001234", "team": "Tổ cắt 2", "phone": "0912000009"}
    lan, _ = members.add(book, values, "Hoa")
    rows = [[*HEAD, "Địa chỉ"], [*LAN[:5], "Tổ cắt", *LAN[6:], "12 Lê Lợi, Vinh"], DUC]
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": rows}), "Hoa")
    filled = book.get(Person, lan.id)
    assert filled is not None
    assert (filled.sex, filled.team, filled.phone, filled.address) == ("Nữ", "Tổ cắt", "0912000001", "12 Lê Lợi, Vinh")
    members.edit(book, lan.id, {"email": "lan@may.vn"}, "Hoa")
    undo(book, done.undo or "", "Hoa")
    (now,) = book.all(Person)
    assert now == dataclasses.replace(lan, email="lan@may.vn")
    assert book.verify().first_fault is None


def test_a_gap_corrected_since_keeps_the_import(book: Book, tmp_path: Path) -> None:
    lan, _ = members.add(book, {"name": "Lê Thị Lan", "birth": "1990", "cccd": "040190001234"}, "Hoa")
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": [HEAD[:5], LAN[:5]]}), "Hoa")
    members.edit(book, lan.id, {"sex": "Nam"}, "Hoa")
    with pytest.raises(Refused, match="1 người của lần nhập này đã được sửa"):
        undo(book, done.undo or "", "Hoa")


def test_an_import_that_was_used_since_is_not_undone(book: Book, tmp_path: Path) -> None:
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": [HEAD, LAN, DUC]}), "Hoa")
    lan = next(p for p in book.all(Person) if p.name == "Lê Thị Lan")
    with book.transact("office", "Hoa") as transaction:
        transaction.save(build(Office, {"id": new_id(), "person": lan.id, "title": "Chủ tịch"}))
    assert done.undo is not None
    with pytest.raises(Refused, match="1 người của lần nhập này đã được sửa"):
        undo(book, done.undo, "Hoa")
    for unknown in ("abc", "0000000000000000-1-9", f"{book.device}-x-y"):
        with pytest.raises(Refused, match="Không tìm thấy lần nhập này"):
            undo(book, unknown, "Hoa")
    assert len(list(book.all(Person))) == 2


@pytest.mark.parametrize("rows", [[], [["Tên hàng", "Giá"], ["Bút", 5]], [[1, 2, 3]]])
def test_a_file_without_a_list_is_refused(book: Book, tmp_path: Path, rows: list[list[Any]]) -> None:
    with pytest.raises(Refused, match="không có dòng tiêu đề nào có cột Họ và tên"):
        import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": rows}), "Hoa")


def test_contacts_come_in_and_a_number_that_is_none_goes_to_the_note(book: Book, tmp_path: Path) -> None:
    head = ["Họ tên", "Năm sinh", "SĐT", "E-mail", "Chức danh", "Ngày vào công ty"]
    rows = [head, ["Lê Thị Lan", 1990, 912345678, "Lan@May.vn", "Công nhân may", "1/4/2020"], ["Hồ An", 1991, "hỏi sau"]]
    done = import_members(book, workbook(tmp_path / "ds.xlsx", {"DS": rows}), "Hoa")
    assert (done.stored, done.refused) == (2, ())
    people = {p.name: p for p in book.all(Person)}
    lan, an = people["Lê Thị Lan"], people["Hồ An"]
    assert (lan.phone, lan.email, lan.job) == ("0912345678", "lan@may.vn", "Công nhân may")
    assert lan.hired is not None
    assert lan.hired.isoformat() == "2020-04-01"
    assert (an.phone, an.note) == ("", "Điện thoại: hỏi sau")
