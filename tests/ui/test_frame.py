"""The frame builds a page when it is opened, refreshes what has changed, and finds its way by keyboard."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ui import theme
from desktop_app.ui.frame import Frame
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.suggestions import Choice
from tests.ui import showcase


def shown(qtbot: QtBot, desk: Desk) -> Frame:
    made = showcase.frame(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def test_only_opened_pages_are_built(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    assert frame.built() == ["home"]
    frame.open("vouchers")
    assert frame.built() == ["home", "vouchers"]
    assert frame.windowTitle().startswith("Chứng từ")


def test_a_visible_page_refreshes_at_once_and_a_hidden_one_when_it_is_next_shown(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    books, dues = frame.open("books"), frame.open("dues")
    before = (books.refreshed, dues.refreshed)
    desk.changed({"dues", "voucher"})
    assert (books.refreshed, dues.refreshed) == (before[0], before[1] + 1)
    frame.open("books")
    assert books.refreshed == before[0] + 1


def test_a_page_that_reads_nothing_of_it_stays_as_it_is(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk).open("dues")
    before = page.refreshed
    desk.changed({"voucher"})
    assert page.refreshed == before


def test_another_year_refreshes_every_page(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    budget = frame.open("budget")
    frame.open("home")
    frame.topbar.year.choose(2025)
    frame.open("budget")
    assert desk.year == 2025
    assert budget.refreshed == 2


def test_ctrl_k_finds_a_page_and_a_record(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    desk.finders.append(lambda text: [Choice(("vouchers", "PC10/02"), "PC10/02 · Quà 20/10", "5.500.000 ₫")])
    frame.topbar.find.begin()
    qtbot.keyClicks(frame.topbar.find, "quyet toan")
    assert frame.topbar.find.offered() == ["Quyết toán", "PC10/02 · Quà 20/10"]
    qtbot.keyClick(frame.topbar.find, Qt.Key.Key_Down)
    qtbot.keyClick(frame.topbar.find, Qt.Key.Key_Return)
    page = frame.current()
    assert page.key == "vouchers"
    assert page.table.current().number == "PC10/02"


def test_nothing_found_is_said(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    qtbot.keyClicks(frame.topbar.find, "qqq")
    assert frame.topbar.find.offered() == ["Không tìm thấy “qqq”"]


def test_the_sync_line_opens_its_page_and_groups_stay_folded(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    frame.topbar.sync.click()
    assert frame.current().key == "sync"
    heading = next(b for b in frame.navigation.findChildren(QPushButton) if b.accessibleName().startswith("Nhóm Hoạt động"))
    heading.click()
    assert "Hoạt động" not in frame.navigation.groups_open()
    assert "Hoạt động" not in showcase.frame(desk).navigation.groups_open()
    frame.open("petitions")
    assert "Hoạt động" in frame.navigation.groups_open()


def test_the_window_opens_where_it_was(qtbot: QtBot, desk: Desk) -> None:
    shown(qtbot, desk).open("fee")
    assert shown(qtbot, desk).current().key == "fee"


def test_a_deed_can_be_taken_back_from_the_foot_of_the_window(qtbot: QtBot, desk: Desk) -> None:
    frame, undone = shown(qtbot, desk), []
    desk.say("Đã ghi sổ PC10/03.", "Hoàn tác", lambda: undone.append("PC10/03"))
    assert frame.toast() == "Đã ghi sổ PC10/03."
    next(b for b in frame.findChildren(QPushButton) if b.text() == "Hoàn tác").click()
    assert undone == ["PC10/03"]
    assert frame.toast() == ""


def test_letters_and_look_change_on_the_spot(qtbot: QtBot, desk: Desk, qapp: QApplication) -> None:
    frame = shown(qtbot, desk)
    frame.open("vouchers")
    frame.dress(name="dark", percent=130)
    assert (theme.worn().name, theme.worn().px(10)) == ("dark", 13)
    assert frame.current().key == "vouchers"
    frame.larger(-1)
    assert theme.worn().percent == 115
    assert desk.settings.value("look/name") == "dark"


def test_a_small_window_keeps_icons_only(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    assert not frame.navigation.is_narrow()
    frame.resize(900, 600)
    qtbot.waitUntil(frame.navigation.is_narrow)


def test_everything_one_can_touch_has_a_name_for_those_who_cannot_see(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    frame.open("vouchers")
    touched = [*frame.findChildren(QAbstractButton), *frame.findChildren(QLineEdit)]
    own = [w for w in touched if w.isVisible() and not w.objectName().startswith("qt_")]
    nameless = [w for w in own if not (w.accessibleName() or (isinstance(w, QAbstractButton) and (w.text() or w.toolTip())))]
    inner = [w for w in nameless if isinstance(w.parent(), QLineEdit)]  # Qt names these after their action
    assert [type(w).__name__ for w in nameless if w not in inner] == []
    assert len(own) > 30


def test_nothing_is_cut_at_the_size_of_the_office_screen(qtbot: QtBot, desk: Desk) -> None:
    frame = shown(qtbot, desk)
    page = frame.open("vouchers")
    qtbot.waitUntil(lambda: page.height() > 300)
    assert page.minimumSizeHint().width() <= 1366 - 213
    assert page.minimumSizeHint().height() <= 768 - 53


def test_the_window_does_not_wait_for_heavy_parts() -> None:
    code = "import sys, desktop_app.ui.frame, desktop_app.ui.widgets.table, desktop_app.ui.widgets.form; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"reportlab", "requests", "keyring", "openpyxl", "python_calamine", "cryptography", "django", "qtawesome"}
