"""*Danh sách đoàn viên* as Hoa uses it: finds, adds, corrects, lets somebody leave; refusals stand under their field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from desktop_app.actions import members
from desktop_app.domain.records import Person, Wage
from desktop_app.storage import unfinished
from desktop_app.storage.book import Book
from desktop_app.storage.lists import Listed
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members import bulk as member_bulk
from desktop_app.ui.pages.members.page import Members
from tests.conftest import KEY


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Members:
    made = Members(desk)
    qtbot.addWidget(made)
    desk.touched.connect(lambda _: made.refresh())
    made.resize(1150, 700)
    made.show()
    made.refresh()
    return made


def names(page: Members) -> list[str]:
    return [row.name for row in page.table.seen()[1]]


def pick(page: Members, name: str) -> Listed:
    assert page.table.pick(lambda row: row.name == name)
    row = page.table.current()
    assert isinstance(row, Listed)
    return row


def test_the_list_is_in_vietnamese_order_and_the_cards_count(page: Members) -> None:
    assert names(page) == [
        "Hồ Thị Ánh", "Phan Đình Ân", "Đặng Quốc Bảo", "Bùi Văn Đức", "Trần Thị Hoa", "Lê Thị Hường",
        "Nguyễn Văn Thắng", "Võ Thị Yến",
    ]  # fmt: skip
    assert [card.figure() for card in page._cards.values()] == ["7", "4", "1", "0"]
    page._cards["women"].click()
    assert len(names(page)) == 4
    page._cards["chưa gia nhập"].click()
    assert names(page) == ["Bùi Văn Đức"]


def test_the_list_shows_three_digits_of_a_cccd_and_the_form_all(page: Members) -> None:
    row = pick(page, "Nguyễn Văn Thắng")
    shown = next(column for column in page.table.model.columns if column.key == "cccd")
    assert shown.value(row) == "…234"
    assert page.form.form.values()["cccd"] == "040085001234"


def test_typing_in_the_search_finds_without_diacritics(page: Members, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.list.find, "hoa")
    qtbot.waitUntil(lambda: names(page) == ["Trần Thị Hoa"])
    page.list.find.setText("khong co ai")
    qtbot.waitUntil(lambda: names(page) == [])
    assert "khớp" in page.table.empty.sentence()
    page.table.empty.act.click()
    assert len(names(page)) == 8


def test_a_new_member_is_added_and_a_lost_zero_is_asked_about(page: Members, desk: Desk) -> None:
    page.begin()
    page.form.form.set_values(
        {"name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "40190001299", "wage": 8_200_000}
    )
    page.form.save()
    assert "Có phải là 040190001299" in page.form.form.fields["cccd"].below()
    page.form.form.set_values({"cccd": "040190001299"})
    page.form.save()
    assert "Lê Thị Lan" in names(page)
    row = page.table.current()
    assert (row.name, row.wage) == ("Lê Thị Lan", 8_200_000)
    assert page.form.heading.text() == "Lê Thị Lan"


def test_saving_a_name_makes_no_wage_history_and_a_new_month_does(page: Members, desk: Desk) -> None:
    row = pick(page, "Trần Thị Hoa")
    page.form.form.set_values({"team": "Tổ may 1"})
    page.form.save()
    assert [wage.insured for wage in members.wages_of(desk.book, row.id)] == [8_200_000]
    pick(page, "Trần Thị Hoa")
    page.form.form.set_values({"wage": 9_000_000, "from_month": "2026-07"})
    page.form.save()
    assert [(w.from_month, w.insured) for w in members.wages_of(desk.book, row.id)] == [("2026-07", 9_000_000), ("", 8_200_000)]
    assert "Từ 07/2026: 9.000.000 ₫" in page.form.history.text()
    undo: list[object] = []
    desk.said.connect(lambda _sentence, _act, does: undo.append(does))
    page.form.drop.click()
    assert page.form.form.values()["wage"] == 8_200_000
    undo[-1]()  # type: ignore[operator]
    assert page.form.form.values()["wage"] == 9_000_000


def test_what_was_typed_for_one_person_waits_while_another_is_looked_at(page: Members) -> None:
    pick(page, "Trần Thị Hoa")
    page.form.form.set_values({"note": "tổ trưởng"})
    page.form.form.edited.emit()
    pick(page, "Võ Thị Yến")
    assert page.form.form.values()["note"] == ""
    pick(page, "Trần Thị Hoa")
    assert page.form.form.values()["note"] == "tổ trưởng"
    assert page.form.state.text() == "Chưa lưu"


def test_what_was_typed_is_on_disk_within_a_second_and_open_again_after_a_power_cut(
    qtbot: QtBot, page: Members, desk: Desk
) -> None:
    row = pick(page, "Trần Thị Hoa")
    page.form.form.set_values({"note": "tổ trưởng", "joined": date(2021, 3, 5)})
    page.form.form.edited.emit()
    qtbot.waitUntil(lambda: row.id in unfinished.kept(desk.book, "members"), timeout=1500)
    desk.book, before = Book(desk.book.path, KEY), desk.book  # the power went: another start reads the disk
    again = Members(desk)
    qtbot.addWidget(again)
    assert again.form.heading.text() == "Trần Thị Hoa"
    assert again.form.form.values()["note"] == "tổ trưởng"
    assert again.form.form.values()["joined"] == date(2021, 3, 5)
    again.form.save()
    assert unfinished.kept(desk.book, "members") == {}
    assert desk.book.get(Person, row.id).note == "tổ trưởng"  # type: ignore[union-attr]
    desk.book.close()
    desk.book = before


def test_what_was_typed_is_thrown_away_and_comes_back_by_undo(page: Members, desk: Desk) -> None:
    undo: list[object] = []
    desk.said.connect(lambda _sentence, _act, does: undo.append(does))
    page.begin()
    page.form.form.set_values({"name": "Cao Thị Mơ"})
    page.form.form.edited.emit()
    page.keep()
    assert unfinished.kept(desk.book, "members")[""]["name"] == "Cao Thị Mơ"
    page.form.drop_button.click()
    assert (page.form.form.values()["name"], page.form.state.text()) == ("", "")
    assert unfinished.kept(desk.book, "members") == {}
    undo[-1]()  # type: ignore[operator]
    assert page.form.form.values()["name"] == "Cao Thị Mơ"
    pick(page, "Võ Thị Yến")
    page.form.form.set_values({"note": "tổ phó"})
    page.form.save()
    page.begin()
    assert page.form.form.values()["name"] == "Cao Thị Mơ"  # saving one person loses nothing of another


def test_who_leaves_goes_from_the_list_and_comes_back_by_undo(page: Members, desk: Desk) -> None:
    undo: list[object] = []
    desk.said.connect(lambda _sentence, _act, does: undo.append(does))
    row = pick(page, "Võ Thị Yến")
    page.ask_leave()
    page.asking.form.set_values({"day": date(2019, 1, 1)})
    page.asking.do()
    assert "Ngày thôi phải sau ngày vào" in page.asking.form.fields["day"].below()
    page.asking.form.set_values({"day": date(2026, 10, 1)})
    page.asking.do()
    assert "Võ Thị Yến" not in names(page)
    undo[-1]()  # type: ignore[operator]
    assert "Võ Thị Yến" in names(page)
    assert desk.book.get(Person, row.id).left is None  # type: ignore[union-attr]


def test_the_find_box_opens_a_person_whatever_is_filtered(page: Members) -> None:
    gone = pick(page, "Võ Thị Yến")
    members.leave(page.desk.book, [gone.id], date(2026, 10, 1), "Hoa")
    page.list.sieves.take({"state": "chưa gia nhập"})
    page.open_at(gone.id)
    assert page.table.current().name == "Võ Thị Yến"


def test_an_empty_book_says_what_to_do_first(page: Members, desk: Desk) -> None:
    with desk.book.transact("members.remove", "Hoa") as transaction:
        for person in list(desk.book.all(Person)):
            transaction.retire(person)
        for wage in list(desk.book.all(Wage)):
            transaction.retire(wage)
    page.refresh()
    assert "Chưa có ai" in page.table.empty.sentence()
    assert page.table.empty.act.text() == "Nhập từ Excel…"


def test_the_import_opens_from_the_list_and_what_came_in_is_shown(page: Members, tmp_path: Path) -> None:
    path = tmp_path / "danh sach.xlsx"
    written = Workbook(str(path))
    sheet = written.add_worksheet("DS")
    for number, row in enumerate((("Họ và tên", "Ngày sinh"), ("Cao Thị Ba", "1990"))):
        sheet.write_row(number, 0, row)
    written.close()
    wizard = page.import_list()
    wizard.take_file(path)
    for _ in range(3):
        wizard.go_on()
    assert wizard.result.said.text() == "Đã ghi 1 người vào sổ."
    assert "Cao Thị Ba" in names(page)
    wizard.undo()
    assert "Cao Thị Ba" not in names(page)
    wizard.accept()


def test_papers_are_of_the_rows_seen_and_open_when_written(page: Members, qtbot: QtBot) -> None:
    opened: list[Path] = []
    page.printing.show_paper = opened.append
    page.list.sieves.chips["sex"].choose("Nữ")
    assert [one.sex for one in page.printing.people()] == ["Nữ"] * 4
    for make in (page.printing.print_list, page.printing.print_cards, page.printing.print_labels):
        make()
    pick(page, "Trần Thị Hoa")
    page.printing.print_sheet()
    page.printing.ask_signing()
    page.printing.asking.do()
    assert "Hãy ghi nội dung nhận" in page.printing.asking.form.fields["title"].below()
    page.printing.asking.form.set_values({"title": "Quà 20/10", "amount": 100_000})
    page.printing.asking.do()
    names_ = ["danh-sach", "the-doan-vien", "nhan", "phieu-ca-nhan", "ky-nhan"]
    assert [path.name for path in opened] == [f"{name}.pdf" for name in names_]
    assert all(path.read_bytes().startswith(b"%PDF") for path in opened)
    assert "4 người đang hiện" in page.printing.menu().actions()[0].text()


def test_a_person_gets_their_data_and_is_erased_only_when_the_time_has_come(
    page: Members, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, data = pick(page, "Võ Thị Yến"), page.form.data
    monkeypatch.setattr(files, "folder", lambda *_: tmp_path)
    data.ask_file()
    data.asking.do()  # type: ignore[union-attr]
    assert sorted(path.suffix for path in tmp_path.glob("du-lieu-ca-nhan-*")) == [".json", ".pdf"]
    data.ask_erase()
    assert not data.asking.act.isEnabled()  # type: ignore[union-attr]
    data.asking.reject()  # type: ignore[union-attr]
    members.edit(desk.book, row.id, {"joined": "01/01/2005", "left": "01/06/2012"}, "Hoa")
    page.open_at(row.id)
    data.ask_erase()
    data.asking.form.set_values({"reason": "hết thời hạn", "word": "xoa"})  # type: ignore[union-attr]
    data.asking.do()  # type: ignore[union-attr]
    assert "Hãy gõ đúng chữ" in data.asking.form.fields["word"].below()  # type: ignore[union-attr]
    data.asking.form.set_values({"word": "XÓA"})  # type: ignore[union-attr]
    data.asking.do()  # type: ignore[union-attr]
    assert desk.book.get(Person, row.id) is None
    assert (page.form.heading.text(), page.form.form.values()["name"]) == ("Người mới", "")

def test_contacts_are_unfolded_kept_in_one_form_and_refused_in_their_place(page: Members, desk: Desk) -> None:
    row = pick(page, "Trần Thị Hoa")
    page.form.more.set_values({"phone": "123", "job": "Kế toán"})
    page.form.save()
    assert not page.form.more.isHidden()
    assert "không phải số điện thoại" in page.form.more.fields["phone"].below()
    page.form.more.set_values({"phone": "+84 912 345 678"})
    page.form.save()
    kept = desk.book.get(Person, row.id)
    assert kept is not None
    assert (kept.phone, kept.job) == ("0912345678", "Kế toán")
    assert page.form.more.values()["phone"] == "0912345678"


@pytest.mark.parametrize("few", [300, 2], ids=["on the spot", "by a worker"])
def test_many_are_changed_at_once_and_ctrl_z_gives_the_old_values_back(
    page: Members, desk: Desk, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_bulk, "_FEW", few)
    page.table.view.selectAll()
    page.bulk.ask(page.table.chosen())
    asking = page.bulk.asking
    asking.form.set_values({"field": "education", "education": "Đại học"})
    asking.do()
    assert "đánh dấu để xác nhận" in asking.form.fields["sure"].below()
    asking.form.set_values({"sure": True})
    asking.do()
    assert {person.education for person in desk.book.all(Person)} == {"Đại học"}
    page.bulk.put_back()
    assert {person.education for person in desk.book.all(Person)} == {""}
    members.edit(desk.book, page.table.model.row(0).id, {"joined": "2020-01-01", "left": "2022-01-01"}, "Hoa")
    page.bulk.ask(page.table.chosen())
    asking = page.bulk.asking
    asking.form.set_values({"field": "joined", "joined": date(2023, 1, 1), "sure": True})
    asking.do()
    told = asking.form.fields["joined"].below() if few == 300 else page.banner.text()
    assert "Hồ Thị Ánh: Ngày thôi phải sau ngày vào công đoàn" in told


def test_filters_are_called_in_combined_and_kept_by_name(qtbot: QtBot, desk: Desk) -> None:
    desk.today = lambda: date(2026, 11, 25)
    page = Members(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    sieves = page.list.sieves
    assert not sieves.isVisible()
    sieves.chips["age"].choose("30-39")
    sieves.chips["sex"].choose("Nữ")
    assert (names(page), sieves.isVisible()) == (["Hồ Thị Ánh", "Trần Thị Hoa", "Lê Thị Hường"], True)
    assert page.printing.told() == "Nữ · 30–39 tuổi"
    sieves.ask_name()
    sieves.asking.do()
    sieves.take({"state": "now"})
    assert len(names(page)) == 8
    again = Members(desk)
    qtbot.addWidget(again)
    again.refresh()
    kept = next(action for action in again.list.sieves.menu().actions() if action.text() == "Nữ · 30–39 tuổi")
    kept.trigger()
    assert len(names(again)) == 3
    again.list.sieves.forget("Nữ · 30–39 tuổi")
    assert again.list.sieves.kept() == {}
