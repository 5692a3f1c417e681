"""The program as it is started: one window a book, help, the find box, bugs told, a broken settings file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.actions import setup
from desktop_app.actions.setup import Door
from desktop_app.storage.book import Book
from desktop_app.ui import bugs, window
from desktop_app.ui.help import text_of
from desktop_app.ui.instance import Instance
from desktop_app.ui.pages import PAGES
from desktop_app.ui.window import Window
from tests.conftest import KEY


@pytest.fixture
def shown(qtbot: QtBot, october: Book, settings: QSettings) -> Window:
    made = Window(Door(october.path.parent, KEY), settings)
    qtbot.addWidget(made.frame, before_close_func=lambda _: made.close())
    made.frame.show()
    return made


def test_the_window_says_whose_book_it_is_and_who_sits_at_it(shown: Window) -> None:
    assert shown.frame.topbar._union.text() == "CĐCS Công ty CP May Hưng Lộc"
    assert shown.frame.topbar.user.text() == "Trần Thị Hoa · Kế toán"
    assert shown.desk.year == 2026
    assert shown.frame.current().key == "overview"


def test_ctrl_k_finds_people_and_vouchers_without_diacritics(qtbot: QtBot, shown: Window) -> None:
    find = shown.frame.topbar.find
    qtbot.keyClicks(find, "nvt")
    assert "Nguyễn Văn Thắng" in find.offered()
    find.clear()
    qtbot.keyClicks(find, "hoi thao")
    assert find.offered() == ["UNC10/02 · Hội thao"]
    find.clear()
    qtbot.keyClicks(find, "pc10/0")
    assert find.offered()[0].startswith("PC10/03")


def test_every_page_has_help_and_its_keys() -> None:
    for page in PAGES:
        text = text_of(page.key)
        assert text.startswith(f"## {page.title}"), page.key
        assert "Ctrl+K" in text


def test_the_navigation_knows_its_pages_without_loading_them() -> None:
    for page in PAGES:
        kind = page.kind()
        told = (kind.key, kind.title, kind.icon, kind.group)
        assert told == (page.key, page.title, page.icon, page.group)
    code = "import sys, desktop_app.ui.window; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    late = ("desktop_app.ui.pages.members.page", "desktop_app.ui.start.wizard", "desktop_app.exchange", "desktop_app.reports",
            "cryptography", "requests", "reportlab", "keyring", "openpyxl")  # fmt: skip
    assert [name for name in loaded if name.startswith(late)] == []


def test_a_worker_opens_its_own_book(shown: Window) -> None:
    own = shown.desk.open_book()
    assert own is not shown.desk.book
    assert own.device == shown.desk.book.device
    own.close()


def test_a_second_start_calls_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = Instance(tmp_path)
    assert first.take()
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from desktop_app.ui.instance import Instance\n"
        "app = QCoreApplication(sys.argv); second = Instance(Path(sys.argv[1]))\n"
        "print(second.take(), second.call())"
    )
    with qtbot.waitSignal(first.called, timeout=20_000):
        other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert other.communicate(timeout=20)[0].strip() == "False True"
    first.release()
    again = Instance(tmp_path)
    assert again.take()
    again.release()


def test_the_program_without_words_is_the_window_and_only_then_loads_qt(tmp_path: Path) -> None:
    environment = {**os.environ, "SOCONGDOAN_PASSPHRASE": "mat khau thu", "QT_QPA_PLATFORM": "offscreen"}
    code = "import sys, desktop_app.__main__; print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "False"


def test_a_damaged_settings_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / window.SETTINGS).write_bytes(b"[look\nname=dark\n\xff\x00[[[")
    settings = window.settings_of(tmp_path)
    settings.setValue("look/name", "dark")
    settings.sync()
    assert window.settings_of(tmp_path).value("look/name") == "dark"
    assert window.percent_of(settings) == 100


def test_a_bug_is_logged_without_anybodys_data_and_told_once(tmp_path: Path, qapp: QApplication) -> None:
    asked: list[str] = []
    told = bugs.Bugs(tmp_path / "log" / "loi.txt", lambda: None)
    told._ask = asked.append  # type: ignore[method-assign]
    for _ in range(2):
        try:
            raise ValueError("Nguyễn Văn Thắng 040085001234")
        except ValueError as error:
            told.caught(type(error), error, error.__traceback__)
    log = (tmp_path / "log" / "loi.txt").read_text("utf-8")
    assert len(asked) == 1
    assert "test_window.py" in log
    assert "Thắng" not in log + asked[0]


def test_a_book_of_a_profile_opens_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    setup.make_book(tmp_path, code="40-001", name="CĐCS May Hưng Lộc", actor="Hoa")
    opened = setup.door(tmp_path)
    one, other = opened(), opened()
    assert one.device == other.device
    one.close()
    other.close()
