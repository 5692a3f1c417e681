"""*Tổ chức* as Hoa uses it: the tổ people have become a tree, one is renamed and taken back, one dragged elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions import members
from desktop_app.domain.records import Person
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.organisation.page import Organisation


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Organisation:
    made = Organisation(desk)
    qtbot.addWidget(made)
    desk.touched.connect(lambda _: made.refresh())
    made.resize(1150, 700)
    made.show()
    made.refresh()
    return made


def shown(page: Organisation) -> list[tuple[str, str]]:
    return [(cells[0], "/".join(cells[3:])) for cells in page.tree.lines()]


def choose(page: Organisation, text: str) -> None:
    next(action for action in page.menu().actions() if action.text() == text).trigger()


def add(page: Organisation, **values: object) -> None:
    page.begin()
    page.asking.form.set_values(values)
    page.asking.do()


def test_the_names_in_the_list_become_a_tree_that_is_renamed_and_taken_back(page: Organisation, desk: Desk) -> None:
    undo: list[object] = []
    desk.said.connect(lambda _sentence, _act, does: undo.append(does))
    assert shown(page) == [("CĐCS Công ty CP May Hưng Lộc", "7/4/8"), ("(Chưa xếp vào đơn vị nào)", "7/4/8")]
    assert "4 tổ trong danh sách đoàn viên chưa có trong sơ đồ: Tổ cắt, Tổ may 1" in page.banner.text()
    page.make_missing()
    assert shown(page)[1:] == [
        ("Tổ cắt", "2/1/3"), ("Tổ may 1", "1/–/1"), ("Tổ may 2", "2/1/2"), ("Văn phòng", "2/2/2"),
    ]  # fmt: skip
    assert page.heading.text() == "Văn phòng"
    page.verbs[0].click()
    page.asking.form.set_values({"name": "Tổ cắt"})
    page.asking.do()
    assert page.asking.form.fields["name"].below() == "Đã có Tổ cắt. Hãy đặt tên khác, ví dụ “Tổ cắt (Xưởng 2)”."
    page.asking.form.set_values({"name": "Tổ văn phòng"})
    page.asking.do()
    assert {p.team for p in desk.book.all(Person) if "phòng" in p.team} == {"Tổ văn phòng"}
    members.add(desk.book, {"name": "Đậu Thị Mai", "team": "Văn phòng", "joined": "01/01/2020"}, desk.by)
    page.refresh()
    assert page.banner.text() == "Còn người ghi ở tổ đã hết: Văn phòng (nay là Tổ văn phòng)."
    page.catch_up()
    assert ("Tổ văn phòng", "3/2/3") in shown(page)
    undo.pop()()  # type: ignore[operator]
    members.edit(desk.book, members.people(desk.book, "Đậu Thị Mai")[0].id, {"team": ""}, desk.by)
    page.day.set_value(date(2026, 10, 1))
    page.refresh()
    assert ("Văn phòng", "2/2/2") in shown(page)
    page.day.set_value(None)
    undo[-1]()  # type: ignore[operator]
    assert {p.team for p in desk.book.all(Person) if "phòng" in p.team} == {"Văn phòng"}


def test_a_section_takes_a_team_that_is_dropped_on_it_and_has_a_head(page: Organisation, desk: Desk) -> None:
    page.make_missing()
    page.tree.pick("")
    page.tree.setCurrentItem(page.tree.topLevelItem(0))
    add(page, name="CĐBP Xưởng may", kind="CDBP", since=date(2026, 1, 1))
    section = page.tree.unit()
    team = next(item for item in page.tree._items() if item.text(0) == "Tổ may 1")
    page.tree.setCurrentItem(team)
    page.tree.put.emit(page.tree.unit(), section)
    page.asking.form.set_values({"day": date(2026, 11, 2)})
    page.asking.do()
    assert [name for name, _ in shown(page)[:3]] == ["CĐCS Công ty CP May Hưng Lộc", "CĐBP Xưởng may", "Tổ may 1"]
    assert shown(page)[1] == ("CĐBP Xưởng may", "1/–/1")
    thang = members.people(desk.book, "Nguyễn Văn Thắng")[0]
    page.form.fields["head"].editor.set_value(thang.id, thang.name)
    page.save()
    assert page.tree.lines()[2][:3] == ("Tổ may 1", "Tổ công đoàn", "Nguyễn Văn Thắng")
    assert page.path.text() == "CĐBP Xưởng may › Tổ may 1"


def test_a_team_is_split_by_ticks_and_one_with_people_does_not_end(page: Organisation, desk: Desk) -> None:
    page.make_missing()
    page.tree.setCurrentItem(next(item for item in page.tree._items() if item.text(0) == "Tổ cắt"))
    choose(page, "Kết thúc…")
    page.asking.do()
    assert "Tổ cắt còn 3 người" in page.asking.refusal.text()
    page.asking.reject()
    page.dissolve()
    assert page.asking.act.text() == "Giải thể (2 người)"
    page.asking.reject()
    choose(page, "Tách…")
    page.asking.form.set_values({"name": "Tổ trải vải", "people": [members.people(desk.book, "Võ Thị Yến")[0].id]})
    page.asking.do()
    assert ("Tổ trải vải", "1/1/1") in shown(page)
    assert ("Tổ cắt", "1/–/2") in shown(page)
