"""One value for many people: all or nobody, with the checks of the form, and the way back spares later changes."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import bulk_edit, members
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Person
from desktop_app.storage.book import Book
from tests.unions import hire


@pytest.fixture
def three(book: Book) -> list[str]:
    return [hire(book, f"Lê Thị {name}", team=team).id for name, team in (("An", "Tổ 1"), ("Bé", "Tổ 2"), ("Chi", ""))]


def teams(book: Book) -> list[str]:
    return [person.team for person in book.all(Person)]


def test_many_get_one_value_and_get_their_old_ones_back(book: Book, three: list[str]) -> None:
    done = bulk_edit.change(book, three, "team", "Tổ 2", "Hoa")
    assert teams(book) == ["Tổ 2"] * 3
    assert bulk_edit.told(done) == "Đã ghi Tổ công đoàn cho 2 người."
    members.edit(book, three[2], {"team": "Tổ 9"}, "Hoa")
    assert bulk_edit.put_back(book, done, "Hoa") == 1
    assert teams(book) == ["Tổ 1", "Tổ 2", "Tổ 9"]
    assert book.verify().first_fault is None


def test_a_day_is_read_as_in_the_form_and_nothing_empties_the_field(book: Book, three: list[str]) -> None:
    bulk_edit.change(book, three, "registered", "5/3/2026", "Hoa")
    assert {person.registered for person in book.all(Person)} == {date(2026, 3, 5)}
    done = bulk_edit.change(book, three, "registered", None, "Hoa")
    assert {person.registered for person in book.all(Person)} == {None}
    assert bulk_edit.told(done) == "Đã bỏ trống Ngày cập nhật phần mềm TLĐ của 3 người."


def test_what_does_not_go_with_one_record_changes_nobody(book: Book, three: list[str]) -> None:
    members.edit(book, three[1], {"joined": "2020-01-01", "left": "2022-01-01"}, "Hoa")
    with pytest.raises(Refused, match="Lê Thị Bé: Ngày thôi phải sau ngày vào"):
        bulk_edit.change(book, three, "joined", date(2023, 1, 1), "Hoa")
    with pytest.raises(Refused, match="Không có 31/02/2026"):
        bulk_edit.change(book, three, "hired", "31/2/2026", "Hoa")
    with pytest.raises(Refused, match="Hãy chọn thông tin"):
        bulk_edit.change(book, three, "member", True, "Hoa")
    assert [person.joined for person in book.all(Person)] == [None, date(2020, 1, 1), None]


def test_so_much_of_the_list_is_asked_about() -> None:
    assert [bulk_edit.asks(many, 100) for many in (1, 10, 11)] == [False, False, True]
    assert not bulk_edit.asks(1, 3)
