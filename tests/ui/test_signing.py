"""Under a settlement that was handed in stand its signers; each signs with a password of their own."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions import reports, signing
from desktop_app.domain.dates import Period
from desktop_app.domain.records import SignOff
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.filing.settlement import Settlement

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def page(settlement: Settlement) -> Settlement:
    return settlement


def choices(page: Settlement) -> list[str]:
    menu = page.signatures.menu()
    return [action.text() for action in menu.actions() if action.text()]


def test_the_chair_makes_a_key_signs_and_changes_the_password(qtbot: QtBot, desk: Desk, page: Settlement) -> None:
    assert page.signatures.isHidden()
    reports.submit(desk.book, "B07", OCTOBER, "", desk.by)
    desk.changed({"submission"})
    qtbot.waitUntil(lambda: len(page.signatures.places) == 2)
    assert choices(page) == ["Kế toán Trần Thị Hoa ký…", "Chủ tịch Nguyễn Văn Thắng ký…"]
    chair = page.signatures.places[1]
    page.signatures.ask(chair)
    asked = page.signatures.asking
    assert asked is not None
    assert asked.windowTitle() == "Lập khóa ký"
    asked.form.set_values({"password": "mat khau chu tich", "again": "mat khau chu tick"})
    asked.do()
    assert asked.isVisible()
    assert list(desk.book.all(SignOff)) == []
    asked.form.set_values({"again": "mat khau chu tich"})
    asked.do()
    qtbot.waitUntil(lambda: page.signatures.places[1].able)

    page.signatures.ask(page.signatures.places[1])
    asked = page.signatures.asking
    assert asked is not None
    assert asked.windowTitle() == "Ký số"
    asked.form.set_values({"password": "sai mat khau"})
    asked.do()
    assert asked.isVisible()
    asked.form.set_values({"password": "mat khau chu tich"})
    asked.do()
    qtbot.waitUntil(lambda: page.signatures.places[1].day is not None)
    assert choices(page) == ["Kế toán Trần Thị Hoa ký…", "Đổi mật khẩu ký của chủ tịch…"]
    found = signing.places(desk.book, reports.filing(desk.book, "B07", OCTOBER))
    assert signing.unsigned(found) == "Chưa có chữ ký số của Kế toán."
