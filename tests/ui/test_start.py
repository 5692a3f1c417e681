"""From nothing to a book in four steps, back to it from a backup, and through a locked door."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

import resources
from desktop_app.actions import backups, setup
from desktop_app.actions.setup import Door
from desktop_app.domain.errors import Trouble
from desktop_app.domain.records import Fund, Union
from desktop_app.exchange import province_file
from desktop_app.ui import files, window
from desktop_app.ui.start.unlock import Unlock
from desktop_app.ui.start.wizard import Start
from desktop_app.ui.tasks import Tasks
from sync import protocol

DAY = date(2026, 11, 24)
NAME = "CĐCS Công ty CP May Hưng Lộc"


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOCONGDOAN_PASSPHRASE", raising=False)
    monkeypatch.setattr("desktop_app.storage.secrets._keyring", lambda: None)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def start(qtbot: QtBot, profile: Path, settings: QSettings) -> Start:
    made = Start(profile, settings, Tasks(in_place=True), lambda: DAY)
    qtbot.addWidget(made)
    made.show()
    return made


def answer(start: Start, **values: object) -> None:
    start.step.form.set_values(values)
    start.go_on()


def make_book(start: Start) -> None:
    answer(start, code="40-001", name=NAME, upper="LĐLĐ tỉnh Nghệ An")
    answer(start, actor="Trần Thị Hoa", passphrase="mat khau dai", again="mat khau dai")


def test_a_new_union_comes_to_its_book_with_cash_bank_backup_and_sheet(
    qtbot: QtBot, start: Start, tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Door] = []
    start.opened.connect(opened.append)
    make_book(start)
    answer(start, cash=8_500_000, bank="Agribank", deposit=42_300_000)
    (tmp_path / "usb").mkdir()
    monkeypatch.setattr(files, "folder", lambda *_: tmp_path / "usb")
    start.step.choose()
    start.go_on()
    sheet, shown = tmp_path / "phieu.pdf", []
    monkeypatch.setattr(files, "to_save", lambda *_: sheet)
    monkeypatch.setattr(files, "show", shown.append)
    recovery = start.step.recovery
    recovery.save.click()
    assert sheet.read_bytes().startswith(b"%PDF")
    assert shown == [sheet]
    assert not start.next.isEnabled()
    qtbot.keyClicks(recovery.back.editor, "SAIXX")
    assert recovery.back.below().startswith("Chưa khớp")
    recovery.back.editor.clear()
    qtbot.keyClicks(recovery.back.editor, recovery._groups[-1].lower())
    start.next.click()
    book = opened[0]()
    union = next(book.all(Union))
    assert (union.code, union.name, union.accountant, union.first_year) == ("40-001", NAME, "Trần Thị Hoa", 2026)
    assert [(f.code, f.opening, f.opened) for f in book.all(Fund)] == [
        ("TM", 8_500_000, date(2026, 1, 1)), ("NH", 42_300_000, date(2026, 1, 1)),
    ]  # fmt: skip
    book.close()
    assert start.settings.value("user/name") == "Trần Thị Hoa"
    assert start.settings.value("recovery/confirmed") == "yes"
    assert backups.state(profile).folder == str(tmp_path / "usb")


def test_what_is_missing_is_said_under_its_field_and_nothing_is_made(start: Start, profile: Path) -> None:
    start.go_on()
    assert start.step.form.fields["code"].below() == "Hãy nhập Mã đơn vị."
    answer(start, code="40-001", name=NAME)
    answer(start, actor="", passphrase="ngan", again="khac")
    assert start.step.form.fields["actor"].below() == "Hãy nhập họ và tên của bạn."
    assert "8 ký tự" in start.step.form.fields["passphrase"].below()
    answer(start, actor="Hoa", passphrase="mat khau dai", again="mat khau dia")
    assert "không giống nhau" in start.step.form.fields["again"].below()
    assert not setup.has_book(profile)


def test_the_unions_workbook_is_brought_in_and_counted(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_book(start)
    panel = start.step.panel
    monkeypatch.setattr(files, "to_open", lambda *_: resources.path("sample/cong-doan-may-hung-loc-10-2026.xlsx"))
    panel.choose.click()
    assert "Người lao động: 130" in panel.said.text()
    assert "Chứng từ: 13" in panel.said.text()
    panel.choose.click()
    assert panel.said.text().startswith("Không có gì mới để nhập")
    (tmp_path / "hong.xlsx").write_bytes(b"PK khong phai Excel")
    panel.bring(tmp_path / "hong.xlsx")
    assert "hong.xlsx" in panel.said.text()
    start.go_on()
    assert start.step.title == "Nơi sao lưu"


def test_everything_may_wait_but_the_book_is_there_and_reminds(start: Start, profile: Path) -> None:
    make_book(start)
    start.leave_for_later()
    start.leave_for_later()
    start.close()
    assert setup.has_book(profile)
    assert start.settings.value("recovery/confirmed") == "no"


def test_the_union_is_picked_from_the_provinces_file(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = province(tmp_path)
    monkeypatch.setattr(files, "to_open", lambda *_: file)
    start.step.read_province()
    start.step.pick.setText("mam non")
    start.step.pick._typed("mam non")
    start.step.pick.take_offered()
    assert start.step.form.values()["code"] == "40-002"
    assert start.step.form.values()["name"] == "CĐCS Trường Mầm non Hoa Sen"


def test_an_altered_province_file_is_refused_in_a_sentence(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = province(tmp_path)
    file.write_text(file.read_text("utf-8").replace("Hoa Sen", "Hoa Hồng"), "utf-8")
    monkeypatch.setattr(files, "to_open", lambda *_: file)
    start.step.read_province()
    assert "đã bị sửa" in start.step.banner.text()
    file.write_bytes(b"\xd0\xcf\x11\xe0")
    start.step.read_province()
    assert "không phải tệp của tỉnh" in start.step.banner.text()


def province(folder: Path) -> Path:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    units = [{"code": "40-001", "name": NAME}, {"code": "40-002", "name": "CĐCS Trường Mầm non Hoa Sen"}]
    content = {"v": 1, "server": None, "key": key.public_key().public_bytes(*raw).hex(), "fingerprint": "ab12-cd34",
               "made": "2026-11-01T08:00:00+07:00", "units": units}  # fmt: skip
    signature = key.sign(b"socongdoan province file 1\0" + protocol.canonical(content)).hex()
    path = folder / "tinh.json"
    path.write_text(json.dumps({**content, "signature": signature}, ensure_ascii=False), "utf-8")
    assert province_file.read(path).units[1][0] == "40-002"
    return path


def test_a_new_pc_opens_the_backup_with_the_recovery_code(
    qtbot: QtBot, start: Start, tmp_path: Path, settings: QSettings
) -> None:
    made = setup.make_book(tmp_path / "cu", code="40-001", name=NAME, actor="Hoa", passphrase="mat khau cu")
    copy = tmp_path / "a.saoluu"
    backups._write(setup.door(tmp_path / "cu", "mat khau cu"), copy)
    opened: list[Door] = []
    start.opened.connect(opened.append)
    start._begin_restore()
    answer(start, file=str(copy), code="SAI-MA", passphrase="mat khau moi", again="mat khau moi")
    assert "Mã khôi phục không đúng" in start.step.form.fields["code"].below()
    answer(start, file=str(tmp_path / "khong co"), code=made.recovery_code)
    assert "không phải bản sao lưu" in start.step.banner.text()
    answer(start, file=str(copy))
    assert opened[0]().device != made.device


def test_a_locked_book_asks_until_the_passphrase_is_right(qtbot: QtBot, profile: Path) -> None:
    made = setup.make_book(profile, code="40-001", name=NAME, actor="Hoa", passphrase="mat khau dai")
    asked = Unlock(profile)
    qtbot.addWidget(asked)
    asked.passphrase.set_values({"passphrase": "sai"})
    asked.try_open()
    assert "không đúng" in asked.passphrase.fields["passphrase"].below()
    assert asked.way is None
    asked.other.click()
    asked.code.set_values({"code": made.recovery_code, "passphrase": "mat khau moi", "again": "mat khau moi"})
    asked.act.click()
    assert asked.way is not None
    asked.way().close()
    assert setup.door(profile, "mat khau moi")


def test_damaged_keys_are_trouble_that_says_what_to_do(profile: Path, settings: QSettings) -> None:
    setup.make_book(profile, code="40-001", name=NAME, actor="Hoa", passphrase="mat khau dai")
    (profile / "book.keys").write_bytes(b"{")
    with pytest.raises(Trouble, match="Hãy khôi phục từ bản sao lưu"):
        window.open_door(profile, settings)
