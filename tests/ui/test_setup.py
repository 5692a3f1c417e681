"""*Thiết lập*: the union's facts, funds, backups, a new recovery code, another book in place of this one."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop_app.actions import backups, members, overview, setup
from desktop_app.actions.setup import Door
from desktop_app.domain.records import Fund
from desktop_app.storage.book import Book
from desktop_app.storage.secrets import new_recovery_code, wrap
from desktop_app.ui import files, theme, window
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.setup.page import Setup
from desktop_app.ui.window import Window
from tests.conftest import KEY

CODE = new_recovery_code()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, october: Book, monkeypatch: pytest.MonkeyPatch) -> Setup:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    keys = {"version": 1, "recovery": wrap(KEY, CODE), "passphrase": wrap(KEY, "mat khau thu")}
    (october.path.parent / "book.keys").write_text(json.dumps(keys))
    desk.today = lambda: date(2026, 11, 24)
    made = Setup(desk)
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    return made


def test_facts_of_the_union_and_the_user_are_saved_or_refused_under_their_field(page: Setup, desk: Desk) -> None:
    page.union.set_values({"chair": "Phan Đình Ân", "dues_group": "9"})
    page.save()
    assert "dues_group" in page.union.fields
    assert page.union.fields["dues_group"].below()
    page.union.set_values({"dues_group": 2})
    page.user.set_values({"name": "Lê Thị Hường"})
    page.save()
    union = overview.union_of(desk.book)
    assert union is not None
    assert (union.chair, union.dues_group, union.code) == ("Phan Đình Ân", 2, "40-001")
    assert (desk.by, desk.settings.value("user/name")) == ("Lê Thị Hường", "Lê Thị Hường")


def test_a_fund_is_added_once(page: Setup, desk: Desk) -> None:
    ask = page.add_fund()
    ask.form.set_values({"code": "TM", "kind": "Tiền mặt"})
    ask.do()
    assert "Mã quỹ TM đã dùng" in ask.form.fields["code"].below()
    ask.form.set_values({"code": "VTB", "kind": "Tiền gửi", "bank": "VietinBank", "opening": "1tr5"})
    ask.do()
    assert {fund.code: fund.opening for fund in desk.book.all(Fund)}["VTB"] == 1_500_000


def test_a_folder_is_chosen_and_backed_up_to_at_once(
    page: Setup, october: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "usb").mkdir()
    monkeypatch.setattr(files, "folder", lambda *_: tmp_path / "usb")
    page.safety.choose.click()
    assert page.safety.last.text().startswith("Bản gần nhất: 24/11/2026")
    assert len(list((tmp_path / "usb").glob("*.saoluu"))) == 1
    (tmp_path / "usb").rename(tmp_path / "rut ra")
    page.safety.now.click()
    assert "Hãy cắm USB" in page.safety.last.text()


def test_a_new_recovery_code_counts_only_when_its_sheet_is_at_hand(
    qtbot: QtBot, page: Setup, desk: Desk, october: Book
) -> None:
    dialog = page.safety.ask_new_code()
    assert not dialog.take.isEnabled()
    dialog.reject()
    setup.door_by_code(october.path.parent, CODE)
    dialog = page.safety.ask_new_code()
    qtbot.keyClicks(dialog.recovery.back.editor, dialog._code[-5:])
    dialog.take.click()
    assert setup.door_by_code(october.path.parent, dialog._code)
    assert desk.settings.value("recovery/confirmed") == "yes"


def test_a_backup_takes_the_place_of_the_book_and_the_old_one_is_set_aside(
    qtbot: QtBot, page: Setup, desk: Desk, october: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = october.path.parent
    copy = tmp_path / "a.saoluu"
    backups._write(Door(profile, KEY), copy)
    late = {"name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "040190001299"}
    members.add(desk.book, late, "Hoa")
    device = desk.book.device
    monkeypatch.setattr(files, "to_open", lambda *_: copy)
    ask = page.safety.ask_restore()
    ask.form.set_values({"code": "SAI"})
    ask.do()
    assert "không đúng" in ask.form.fields["code"].below()
    with qtbot.waitSignal(desk.reopen_wanted):
        ask.form.set_values({"code": CODE})
        ask.do()
    desk.book.close()
    aside = setup.finish_restore(profile, datetime(2026, 11, 24, 8, 0, 0))
    assert aside is not None
    assert (aside / "book.db").exists()
    assert setup.finish_restore(profile, datetime(2026, 11, 24, 8, 0, 1)) is None
    restored = setup.open_book(profile)
    assert restored.device != device
    assert not members.listed(restored, "Lê Thị Lan")
    assert restored.verify().first_fault is None
    restored.close()


def test_the_window_asks_to_be_opened_again_after_a_restore(qtbot: QtBot, october: Book, settings: QSettings) -> None:
    shown = Window(Door(october.path.parent, KEY), settings)
    qtbot.addWidget(shown.frame, before_close_func=lambda _: shown.close())
    shown.frame.show()
    shown.desk.reopen_wanted.emit()
    assert shown.again
    assert not shown.frame.isVisible()


def test_look_and_letters_change_from_the_page(qtbot: QtBot, october: Book, settings: QSettings) -> None:
    shown = Window(Door(october.path.parent, KEY), settings)
    qtbot.addWidget(shown.frame, before_close_func=lambda _: shown.close())
    page = shown.frame.open("setup")
    page.user.set_values({"look": "dark", "size": 115})
    page._wear()
    qtbot.waitUntil(lambda: (theme.worn().name, theme.worn().percent) == ("dark", 115))
    assert shown.frame.current().key == "setup"


def test_the_days_backup_is_made_when_the_window_is_closed(page: Setup, october: Book, tmp_path: Path) -> None:
    way, stick = Door(october.path.parent, KEY), tmp_path / "usb"
    window.back_up_if_due(way, date(2026, 11, 24))
    stick.mkdir()
    backups.choose(way.profile, stick)
    for _ in range(2):
        window.back_up_if_due(way, date(2026, 11, 24))
    assert [path.name[-17:] for path in stick.iterdir()] == ["2026-11-24.saoluu"]
