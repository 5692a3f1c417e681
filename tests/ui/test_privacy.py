"""What is private on the screen: locked until a reason is given, users and their rights on *Thiết lập*."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import members, sensitive, users
from desktop_app.domain.records import Person
from desktop_app.storage import sensitive as kept
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.page import Members
from desktop_app.ui.pages.person.record import RecordDialog
from desktop_app.ui.pages.setup.page import Setup


@pytest.fixture
def hoa(desk: Desk) -> Person:
    return next(person for person in desk.book.all(Person) if person.name == "Trần Thị Hoa")


def record_of(qtbot: QtBot, desk: Desk, person: Person) -> RecordDialog:
    made = RecordDialog(desk, person.id)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_reason_opens_what_is_private_and_saving_stores_it(qtbot: QtBot, desk: Desk, hoa: Person) -> None:
    record = record_of(qtbot, desk, hoa)
    part = record.private
    part.unlock()
    assert "Hãy ghi lý do xem" in part.ask.fields["reason"].below()
    assert not part.opened
    part.ask.set_values({"reason": "nhập hồ sơ ban đầu"})
    part.unlock()
    assert part.opened
    assert "Trần Thị Hoa: nhập hồ sơ ban đầu" in part.looks.text()
    part.rows["ethnicity"]["value"].set_value("dan-toc-1979/03")
    part.rows["bank"]["value"].set_value("Agribank 3600205123456")
    part.rows["bank"]["value"].edited.emit()
    record.reject()
    assert "Phần riêng tư chưa lưu" in record.refusal.text()
    part.rows["bank"]["value"].edited.emit()
    record.save()
    facts = kept.of(desk.book, hoa.id)
    assert sensitive.shown(facts["ethnicity"][0]) == "Thái"
    assert facts["bank"][0].basis == "dong-y"
    assert not any("Agribank" in c.new for c in record.history.seen()[1])
    again = record_of(qtbot, desk, hoa)
    assert not again.private.opened


def test_users_are_written_on_the_settings_and_who_has_no_right_is_told(qtbot: QtBot, desk: Desk, hoa: Person) -> None:
    page = Setup(desk)
    qtbot.addWidget(page)
    page.refresh()
    dialog = page.open_users()
    ask = dialog.add()
    assert ask.form.values()["name"] == "Trần Thị Hoa"
    ask.form.set_values({"role": "Kế toán", "password": "hoa mai 88"})
    ask.do()
    ask = dialog.add()
    ask.form.set_values({"name": "Lê Thị Hường", "role": "Chủ tịch"})
    ask.do()
    assert "Hãy nhập mật khẩu riêng" in ask.form.fields["own_password"].below()
    ask.form.set_values({"own_password": "hoa mai 88", "role": "Chủ tịch"})
    ask.do()
    assert [(user.name, user.sees) for user in users.everyone(desk.book)] == [("Trần Thị Hoa", True), ("Lê Thị Hường", False)]
    dialog.reject()
    desk.by = "Lê Thị Hường"
    record = record_of(qtbot, desk, hoa)
    assert not record.private.ask.isVisibleTo(record)


def test_a_list_with_private_facts_is_printed_for_a_reason(
    qtbot: QtBot, desk: Desk, hoa: Person, tmp_path: Path
) -> None:
    sensitive.save(desk.book, hoa.id, {"hardship": {"value": "Nuôi con một mình"}}, "Trần Thị Hoa")
    page = Members(desk)
    qtbot.addWidget(page)
    page.refresh()
    opened: list[Path] = []
    page.printing.show_paper = opened.append
    page.printing.ask_private()
    page.printing.asking.form.set_values({"what": "hardship", "reason": "quà Tết"})
    page.printing.asking.do()
    assert [path.name for path in opened] == ["thong-tin-rieng-tu.pdf"]
    page.printing.print_list(whole=True)
    looks = [(look.what, look.why) for look in kept.accesses(desk.book)]
    assert ("Lập danh sách: Hoàn cảnh khó khăn", "quà Tết") in looks
    assert any(what.startswith("Danh sách có đủ số CCCD") for what, _ in looks)


def test_what_has_expired_is_erased_from_the_settings(qtbot: QtBot, desk: Desk, hoa: Person) -> None:
    sensitive.save(desk.book, hoa.id, {"illness": {"value": "Bệnh thận"}}, "Trần Thị Hoa")
    members.edit(desk.book, hoa.id, {"joined": "01/01/2015", "left": "01/06/2022"}, "Trần Thị Hoa")
    page = Setup(desk)
    qtbot.addWidget(page)
    dialog = page.open_users()
    assert [(one.name, one.whole) for one in dialog.due.seen()[1]] == [("Trần Thị Hoa", False)]
    dialog.erase()
    dialog.asking.do()  # type: ignore[union-attr]
    assert "Hãy gõ đúng chữ" in dialog.asking.form.fields["word"].below()  # type: ignore[union-attr]
    dialog.asking.form.set_values({"word": "XÓA"})  # type: ignore[union-attr]
    dialog.asking.do()  # type: ignore[union-attr]
    assert (kept.of(desk.book, hoa.id), dialog.due.seen()[1]) == ({}, [])
    dialog.reject()
