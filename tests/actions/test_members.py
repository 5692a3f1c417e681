"""Members and workers: what the accountant types is kept, what cannot be is said in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import members, movements
from desktop_app.domain import cccd
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Person, Wage
from desktop_app.storage import lists
from desktop_app.storage import members as asked
from desktop_app.storage.book import Book
from tests.unions import hire

LAN = {"name": "Lê Thị Lan", "birth": "05/03/1990", "sex": "Nữ", "cccd": "040190001234", "card": "NA001"}


def names(book: Book, query: str = "", *, everyone: bool = False) -> list[str]:
    return [one.name for one in lists.people(book, query, everyone=everyone)]


def test_a_member_is_added_with_a_wage_and_edited(book: Book) -> None:
    lan, _ = members.add(book, {**LAN, "wage": "8tr2", "net": "7.400.000", "from_month": "1/2026"}, "Hoa")
    (wage,) = book.all(Wage)
    assert (wage.person, wage.from_month, wage.insured, wage.net) == (lan.id, "2026-01", 8200000, 7400000)
    edited, changes = members.edit(book, lan.id, {"team": "Tổ may 2", "joined": "1/4/2020"}, "Hoa")
    assert edited == book.get(Person, lan.id)
    assert (edited.name, edited.team, edited.joined) == ("Lê Thị Lan", "Tổ may 2", date(2020, 4, 1))
    assert changes.entities == {"person"}
    assert book.verify().first_fault is None


def test_a_lost_zero_of_a_cccd_is_asked_about_and_nothing_is_stored(book: Book) -> None:
    with pytest.raises(Refused, match="Có phải là 040190001234"):
        members.add(book, {**LAN, "cccd": "40190001234", "wage": "8tr2"}, "Hoa")
    with pytest.raises(Refused) as refused:
        members.add(book, {**LAN, "birth": "31/2/1990", "wage": "tám triệu"}, "Hoa")
    assert [problem.field for problem in refused.value.problems] == ["birth", "wage"]
    with pytest.raises(Refused, match="Lương đóng BHXH"):
        members.add(book, {**LAN, "wage": "tám triệu"}, "Hoa")
    assert not list(book.all(Person))


def test_one_cccd_and_one_card_belong_to_one_person(book: Book) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    with pytest.raises(Refused) as refused:
        members.add(book, {**LAN, "name": "Lê Thị Lân"}, "Hoa")
    assert [problem.field for problem in refused.value.problems] == ["cccd", "card"]
    other, _ = members.add(book, {**LAN, "cccd": "040190001235", "card": ""}, "Hoa")
    with pytest.raises(Refused, match="Số thẻ NA001 đã là của Lê Thị Lan"):
        members.edit(book, other.id, {"card": "NA001"}, "Hoa")
    assert members.edit(book, lan.id, {"note": "tổ trưởng"}, "Hoa")[0].card == "NA001"
    assert asked.namesakes(book, other) == ["Lê Thị Lan"]


def test_a_wage_of_the_same_month_is_corrected_another_month_is_history(book: Book) -> None:
    lan, _ = members.add(book, {**LAN, "wage": "8tr"}, "Hoa")
    members.set_wage(book, lan.id, {"from_month": "7/2026", "insured": "9tr"}, "Hoa")
    last = members.set_wage(book, lan.id, {"from_month": "07/2026", "insured": "9tr5"}, "Hoa")
    assert [(w.from_month, w.insured) for w in asked.wages_of(book, lan.id)] == [("2026-07", 9500000), ("", 8000000)]
    members.drop_wage(book, last.id, "Hoa")
    assert [wage.insured for wage in asked.wages_of(book, lan.id)] == [8000000]
    assert book.verify().first_fault is None


def test_a_wage_of_nothing_is_a_wage(book: Book) -> None:
    lan, _ = members.add(book, {**LAN, "wage": "8tr"}, "Hoa")
    members.edit(book, lan.id, {"wage": 0, "from_month": "7/2026"}, "Hoa")
    assert [wage.insured for wage in asked.wages_of(book, lan.id)] == [0, 8000000]


def test_who_leaves_is_shown_as_gone_and_can_come_back(book: Book) -> None:
    lan, _ = members.add(book, {**LAN, "joined": "1/4/2020"}, "Hoa")
    (left,) = members.leave(book, [lan.id], date(2026, 10, 1), "Hoa")
    assert members.listed(book)[0]["status"] == "đã thôi"
    movements.take_back(book, [left.id], "Hoa")
    assert members.listed(book)[0]["status"] == "đang sinh hoạt"
    with pytest.raises(Refused, match="Ngày thôi phải sau ngày vào"):
        members.leave(book, [lan.id], date(2019, 1, 1), "Hoa")


def test_search_forgives_and_puts_exact_diacritics_first(book: Book) -> None:
    for name in ("Nguyễn Văn Thắng", "Nguyễn Văn Thăng", "Trần Thị Thu", "Hoàng Thị Thang"):
        hire(book, name)
    members.add(book, LAN, "Hoa")
    assert names(book, "thăng") == ["Nguyễn Văn Thăng", "Hoàng Thị Thang", "Nguyễn Văn Thắng"]
    assert names(book, "thang van nguyen") == ["Nguyễn Văn Thăng", "Nguyễn Văn Thắng"]
    assert names(book, "nvt") == ["Nguyễn Văn Thăng", "Nguyễn Văn Thắng"]
    assert names(book, "190001234") == names(book, "na001") == names(book, "LAN lê") == ["Lê Thị Lan"]
    assert names(book, "100%_") == []


def test_names_stand_in_vietnamese_order_and_workers_only_when_asked(book: Book) -> None:
    for name in ("Vi Văn Đức", "Lê Thị Yến", "Hồ Văn An", "Trần Thị Ánh"):
        hire(book, name)
    hire(book, "Cao Thị Ba", member=False)
    assert names(book) == ["Hồ Văn An", "Trần Thị Ánh", "Vi Văn Đức", "Lê Thị Yến"]
    assert "Cao Thị Ba" in names(book, everyone=True)
    assert members.listed(book, "ba", everyone=True)[0]["status"] == "chưa gia nhập"


def test_teams_are_ordered_as_people_count(book: Book) -> None:
    for team in ("Tổ 10", "Tổ 2", "Kho", ""):
        hire(book, "Hồ Văn An", team=team)
    assert asked.teams(book) == ["Kho", "Tổ 2", "Tổ 10"]


def test_a_cccd_that_does_not_go_with_sex_or_birth_is_doubted_never_refused() -> None:
    assert cccd.doubt("040190001234", "Nữ", "1990-03") == ""
    assert "giới tính" in cccd.doubt("040190001234", "Nam", "1990")
    assert "1990" in cccd.doubt("040190001234", "Nữ", "1991")
    assert cccd.doubt("040301001234", "Nữ", "2001") == ""
    assert cccd.doubt("", "Nữ", "2001") == ""
