"""A list by a kept profile: its columns, headings and days; the same profile reads it back; what is sensitive is asked."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop_app.actions import list_profiles, members, person_record, sensitive, users
from desktop_app.actions.importing import import_members
from desktop_app.actions.intake import looking
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import ListProfile, Person, PersonDetail
from desktop_app.storage.book import Book

TODAY = date(2026, 11, 24)
COLUMNS = [("no", "TT"), ("name", "Nhân viên"), ("birth", "Ngày"), ("card", "Mã ĐV"), ("home", "Quê"), ("insured", "Lương")]


def profile(book: Book, columns: list[tuple[str, str]] = COLUMNS, **values: Any) -> ListProfile:
    rows = [{"field": field, "heading": heading} for field, heading in columns]
    return list_profiles.save(book, {"name": "Mẫu TLĐ", "columns": rows, **values}, "Hoa")[0]


@pytest.fixture
def two(book: Book) -> list[str]:
    lan, _ = members.add(book, {"name": "Lê Thị Lan", "birth": "05/03/1990", "sex": "Nữ", "card": "T01", "wage": 8_200_000, "cccd": "040190001234"}, "Hoa")
    duc, _ = members.add(book, {"name": "Trần Văn Đức", "birth": "1985", "sex": "Nam", "card": "T02"}, "Hoa")
    person_record.save(book, lan.id, {"home": "Đô Lương"}, "Hoa")
    return [duc.id, lan.id]


def written(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_the_list_has_the_profiles_columns_order_and_headings(book: Book, two: list[str], tmp_path: Path) -> None:
    path = tmp_path / "ra.xlsx"
    assert list_profiles.export(book, profile(book), two, path, "Hoa", today=TODAY) == 2
    assert written(path) == [
        ["TT", "Nhân viên", "Ngày", "Mã ĐV", "Quê", "Lương"],
        [1, "Trần Văn Đức", "1985", "T02", "", ""],
        [2, "Lê Thị Lan", date(1990, 3, 5), "T01", "Đô Lương", 8_200_000],
    ]


@pytest.mark.parametrize(("days", "shown"), [("Chữ 05/03/1985", "05/03/1990"), ("Chữ 1985-03-05", "1990-03-05")])
def test_days_are_written_as_the_profile_says(book: Book, two: list[str], tmp_path: Path, days: str, shown: str) -> None:
    made = profile(book, [("given", "Tên"), ("birth", "Ngày sinh"), ("woman", "Nữ"), ("state", "Tình trạng")], days=days)
    list_profiles.export(book, made, two[1:], tmp_path / "ra.xlsx", "Hoa", today=TODAY)
    assert written(tmp_path / "ra.xlsx")[1] == ["Lan", shown, shown, "Đang sinh hoạt"]


def test_the_same_profile_reads_the_list_into_another_book(book: Book, two: list[str], tmp_path: Path) -> None:
    path, made = tmp_path / "ra.xlsx", profile(book)
    list_profiles.export(book, made, two, path, "Hoa", today=TODAY)
    for one in [*book.all(Person), *book.all(PersonDetail)]:
        with book.transact("x", "Hoa") as transaction:
            transaction.retire(one)
    seen = looking.look(book, path)
    assert [column.field for column in seen.columns] == ["", "name", "birth", "card", "home", "insured"]
    assert import_members(book, path, "Hoa", profile_map="Mẫu TLĐ").stored == 2
    assert sorted((p.name, p.birth, p.card) for p in book.all(Person)) == [
        ("Lê Thị Lan", "1990-03-05", "T01"), ("Trần Văn Đức", "1985", "T02"),
    ]  # fmt: skip


def test_every_field_of_a_person_is_offered_and_the_sensitive_ones_are_not_usual() -> None:
    offered = {field.key: field for field in list_profiles.fields()}
    declared = [field.name for record in (Person, PersonDetail) for field in entity_of(record).fields if field.name != "person"]
    assert set(declared) <= set(offered)
    assert {field.key.removeprefix("+") for field in offered.values() if field.private} == {kind.key for kind in sensitive.kinds()}
    assert not list_profiles.private(list_profiles.usual())


def test_a_sensitive_column_wants_the_right_and_a_reason_and_is_noted(book: Book, two: list[str], tmp_path: Path) -> None:
    users.save(book, {"name": "Hoa", "role": "Kế toán", "sees": True}, "Hoa")
    kind = next(kind for kind in sensitive.kinds() if kind.kind == "text")
    sensitive.save(book, two[1], {kind.key: {"value": "Bệnh thận", "basis": kind.basis}}, "Hoa")
    made, path = profile(book, [("name", "Họ tên"), ("cccd", "CCCD"), (f"+{kind.key}", "Bệnh")]), tmp_path / "ra.xlsx"
    assert list_profiles.private(made)
    with pytest.raises(Refused):
        list_profiles.export(book, made, two, path, "Hoa", today=TODAY)
    with pytest.raises(Refused, match="không có quyền"):
        list_profiles.export(book, made, two, path, "Lạ", today=TODAY, reason="thăm ốm")
    assert not path.exists()
    list_profiles.export(book, made, two, path, "Hoa", today=TODAY, reason="thăm ốm")
    assert written(path)[1:] == [["Trần Văn Đức", "", ""], ["Lê Thị Lan", "040190001234", "Bệnh thận"]]
    assert len(list(sensitive.accesses(book))) == 2


def test_a_profile_is_changed_refused_and_put_away(book: Book) -> None:
    made = profile(book)
    list_profiles.save(book, {**vars(made), "name": "Mẫu tỉnh"}, "Hoa")
    assert list_profiles.profiles(book) == [dataclasses.replace(made, name="Mẫu tỉnh")]
    for values, told in (
        ({"name": "mau tinh", "columns": made.columns}, "Đã có mẫu tên"),
        ({"name": "B", "columns": []}, "ít nhất một cột"),
        ({"name": "C", "columns": [{"field": "name", "heading": "Tên"}, {"field": "given", "heading": "TÊN"}]}, "Hai cột cùng"),
    ):
        with pytest.raises(Refused, match=told):
            list_profiles.save(book, values, "Hoa")
    list_profiles.drop(book, made.id, "Hoa")
    assert list_profiles.profiles(book) == []
    assert book.verify().first_fault is None
