"""*Biến động* as Hoa uses it: records, is refused in a sentence, sees the heads move, takes back, corrects, prints."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions import members, movements, organisation
from desktop_app.domain.dates import Period
from desktop_app.domain.records import Person
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.page import Members
from desktop_app.ui.pages.movements.page import Movements


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Movements:
    made = Movements(desk)
    qtbot.addWidget(made)
    desk.touched.connect(lambda _: made.refresh())
    made.resize(1150, 700)
    made.show()
    made.refresh()
    return made


def person(desk: Desk, name: str) -> str:
    return next(one.id for one in members.people(desk.book, name, everyone=True))


def record(page: Movements, name: str, kind: str, day: date, **values: object) -> None:
    page.open_at(person(page.desk, name))
    page.form.fields["kind"].editor.set_value(kind)
    page._suit()
    page.form.set_values({"day": day, **values})
    page.save()


def figures(page: Movements) -> list[str]:
    return [card.figure() for card in page.cards.values()]


def seen(page: Movements) -> list[tuple[str, str]]:
    return [(row.name, row.kind) for row in page.table.seen()[1]]


def test_the_cards_follow_what_is_recorded_and_undo_brings_it_back(page: Movements, desk: Desk) -> None:
    undo: list[object] = []
    desk.said.connect(lambda _sentence, _act, does: undo.append(does))
    assert figures(page) == ["7", "0", "0", "7"]
    assert "Chưa có biến động nào trong năm 2026" in page.table.empty.sentence()
    record(page, "Bùi Văn Đức", "KN", date(2026, 3, 3), document="05/QĐ-CĐCS")
    record(page, "Võ Thị Yến", "CDI", date(2026, 5, 4), to_unit="CĐCS Bình Minh")
    assert figures(page) == ["7", "+1", "−1", "7"]
    assert page.cards["out"].hint() == "1 chuyển đi"
    assert seen(page) == [("Võ Thị Yến", "CDI"), ("Bùi Văn Đức", "KN")]
    page.cards["in"].click()
    assert seen(page) == [("Bùi Văn Đức", "KN")]
    undo[-1]()  # type: ignore[operator]
    assert figures(page) == ["7", "+1", "0", "8"]


def test_a_refusal_stands_under_its_field_and_nothing_is_stored(page: Movements) -> None:
    page.save()
    assert "Hãy chọn người" in page.form.fields["person"].below()
    record(page, "Bùi Văn Đức", "NH", date(2026, 3, 3))
    assert page.form.fields["kind"].below() == "Bùi Văn Đức chưa là đoàn viên."
    record(page, "Võ Thị Yến", "CNB", date(2026, 3, 3))
    assert page.form.fields["to_unit"].below() == "Hãy ghi tổ chuyển đến."
    assert seen(page) == []


def test_the_form_asks_only_what_the_kind_needs(page: Movements) -> None:
    fields = page.form.fields
    assert not fields["to_unit"].isVisible()
    fields["kind"].editor.set_value("CNB")
    page._suit()
    assert (fields["to_unit"].isVisible(), fields["to_unit"].text()) == (True, "Chuyển đến tổ")
    fields["kind"].editor.set_value("KN")
    page._suit()
    assert fields["document"].below() == "Số quyết định kết nạp"
    fields["kind"].editor.set_value("NH")
    page._suit()
    assert "được tiếp tục sinh hoạt" in fields["day"].below()
    fields["reason"].editor.open_all()
    assert fields["reason"].editor.offered() == ["Nghỉ hưu đúng tuổi", "Nghỉ hưu trước tuổi"]


def test_the_filter_knows_a_section_and_shows_all_that_lies_in_it(page: Movements, desk: Desk) -> None:
    organisation.make_missing(desk.book, desk.by)
    (section,) = organisation.found(desk.book, {"kind": "CDBP", "name": "CĐBP Xưởng may"}, desk.by).made
    for name in ("Tổ may 1", "Tổ may 2"):
        team = organisation.tree(desk.book, desk.today()).named(name)
        assert team is not None
        organisation.move(desk.book, team.id, section.id, {"day": date(2026, 1, 2)}, desk.by)
    record(page, "Võ Thị Yến", "TD", date(2026, 5, 4))
    record(page, "Hồ Thị Ánh", "TD", date(2026, 5, 5))
    record(page, "Võ Thị Yến", "CNB", date(2026, 6, 4), to_unit="tổ may 1")
    page._teams.choose("▸ CĐBP Xưởng may")
    assert seen(page) == [("Võ Thị Yến", "CNB"), ("Hồ Thị Ánh", "TD"), ("Võ Thị Yến", "TD")]
    assert page.told() == "CĐBP Xưởng may"
    page._teams.choose("Tổ may 2")
    assert seen(page) == [("Hồ Thị Ánh", "TD")]


def test_two_pcs_that_wrote_at_once_are_told_and_the_list_follows_the_movements(page: Movements, desk: Desk) -> None:
    record(page, "Võ Thị Yến", "TV", date(2026, 5, 4))
    yen = desk.book.get(Person, person(desk, "Võ Thị Yến"))
    assert yen is not None
    with desk.book.transact("members.edit", "PC 2") as transaction:
        transaction.save(dataclasses.replace(yen, left=None))
    page.refresh()
    assert "nói khác nhau (hai máy cùng ghi): Võ Thị Yến" in page.banner.text()
    page.agree()
    assert desk.book.get(Person, yen.id) == yen
    assert page.banner.isHidden()


def test_what_is_seen_is_printed_and_a_long_suspension_is_said(
    page: Movements, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record(page, "Võ Thị Yến", "TD", date(2025, 5, 4))
    assert "Tạm dừng sinh hoạt đã quá 12 tháng: Võ Thị Yến" in page.banner.text()
    page.printing.print_list()
    assert page.banner.text() == "Không có biến động nào để in. Hãy chọn kỳ khác hoặc bỏ bớt điều kiện lọc."
    page.period.look_at(Period.of_year(2025))
    page.refresh()
    monkeypatch.setattr("desktop_app.ui.files.to_save", lambda *_: tmp_path / "bd.csv")
    page.printing.save_list(".csv")
    assert "Tạm dừng sinh hoạt,Tổ cắt" in (tmp_path / "bd.csv").read_text("utf-8-sig")
    assert [action.text() for action in page.printing.menu().actions()][1] == "Báo cáo đoàn số (PDF)"


def test_what_was_wrong_is_corrected_with_a_reason(page: Movements) -> None:
    record(page, "Võ Thị Yến", "TV", date(2026, 5, 4))
    (row,) = page.table.seen()[1]
    page.correct(row)
    page.asking.do()
    assert "Hãy ghi lý do" in page.asking.refusal.text() or "lý do" in page.asking.form.fields["reason"].below()
    page.asking.form.set_values({"day": date(2026, 6, 1), "reason": "ghi nhầm người"})
    page.asking.do()
    assert seen(page) == [("Võ Thị Yến", "DC"), ("Võ Thị Yến", "TV")]
    assert figures(page) == ["7", "+1", "−1", "7"]
    assert page.cards["in"].hint() == "1 điều chỉnh"
    page.drop(page.table.seen()[1][1])
    assert "Chỉ bỏ được biến động sau cùng" in page.banner.text()


def test_many_people_move_to_another_team_from_the_list(qtbot: QtBot, desk: Desk) -> None:
    people = Members(desk)
    qtbot.addWidget(people)
    desk.touched.connect(lambda _: people.refresh())
    people.refresh()
    rows = [row for row in people.table.seen()[1] if row.team == "Tổ cắt"]
    people.ask_movement("CNB", rows)
    people.asking.form.set_values({"to_unit": "Tổ may 1"})
    people.asking.do()
    assert {desk.book.get(Person, row.id).team for row in rows} == {"Tổ may 1"}  # type: ignore[union-attr]
    people.form.show_person(rows[0].id)
    assert "Chuyển tổ" in people.form.moves.text()
    assert "Kết nạp mới" in people.form.moves.text()


def test_who_left_the_union_and_works_on_is_saved_without_coming_back(qtbot: QtBot, desk: Desk) -> None:
    people = Members(desk)
    qtbot.addWidget(people)
    people.refresh()
    row = next(row for row in people.table.seen()[1] if row.name == "Võ Thị Yến")
    people.ask_movement("TV", [row])
    people.asking.reject()
    movements.record(desk.book, [row.id], {"kind": "XR", "day": date(2026, 5, 4)}, desk.by)
    people.form.show_person(row.id)
    assert people.form.form.values()["member"] is False
    people.form.form.set_values({"note": "đã trả thẻ"})
    people.form.save()
    kept = desk.book.get(Person, row.id)
    assert kept is not None
    assert (kept.note, kept.until) == ("đã trả thẻ", date(2026, 5, 4))
    people.form.form.set_values({"member": True})
    people.form.save()
    assert "trang Biến động" in people.form.form.fields["member"].below()
