"""The window wired: one process a profile, the look, the book, the desk, the frame with its pages and bars."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.actions import backups, overview, setup, sync_state
from desktop_app.actions.setup import Door
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import theme, words
from desktop_app.ui.background import Backups, Syncs
from desktop_app.ui.bugs import Bugs
from desktop_app.ui.finders import finders
from desktop_app.ui.frame import Frame
from desktop_app.ui.help import Help
from desktop_app.ui.instance import Instance
from desktop_app.ui.page import Desk
from desktop_app.ui.pages import PAGES
from desktop_app.ui.tasks import Tasks

SETTINGS = "window.ini"
_AFTER_PAINT_MS = 300  # a timer of 0 would come before the first paint


def run(profile: Path, key: Callable[[], bytes] | None = None) -> int:
    """Show the book of a profile folder until its window is closed; answers the exit code.

    `key` is the `secrets.fetch_ahead` of the same profile, if it was begun.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Sổ Công đoàn")
    words.speak_vietnamese(app)
    try:
        instance = Instance(profile)
    except OSError:
        instance = None
    if instance is None or not instance.take():
        if instance is None or instance.is_barred():
            tell(f"Không ghi được vào thư mục {profile}. Hãy kiểm tra quyền của thư mục hoặc ổ đĩa rồi mở lại.")
            return 3
        if instance.call():
            return 0
        tell("Sổ này đang mở ở một cửa sổ khác. Hãy dùng cửa sổ đó, hoặc đóng nó rồi mở lại.")
        return 3
    instance.called.connect(lambda: come_forward(app))
    bugs = Bugs(profile / "log" / "loi.txt", app.activeWindow)
    bugs.listen()
    settings = settings_of(profile)
    theme.wear(app, theme.wished(str(settings.value("look/name", "light")), percent_of(settings)))
    try:
        code = _show_books(app, profile, settings, instance, partial(setup.door, profile, key=key))
    except Trouble as trouble:
        tell(str(trouble))
        code = 3
    finally:
        instance.release()
    return code


def _show_books(
    app: QApplication, profile: Path, settings: QSettings, instance: Instance, first: Callable[[], Door]
) -> int:
    """Show the window, again if the book was replaced by a backup; the day's backup is made when it is closed."""
    while True:
        if _finish_restore(profile):
            first = partial(setup.door, profile)  # what was begun has the key of the book before
        way = open_door(profile, settings, first)
        if way is None:
            return 0
        window = Window(way, settings)
        window.frame.show()
        code = app.exec()
        window.close()
        if not window.again:
            instance.release()
            with suppress(Trouble):  # the state of backups tells it at the next start
                back_up_if_due(way, window.desk.today())
            return code
        first = partial(setup.door, profile)


def _finish_restore(profile: Path) -> bool:
    """Whether a restore that was cut had to be finished."""
    try:
        if setup.finish_restore(profile, datetime.now().astimezone()) is None:
            return False
        backups.begin_anew(profile)
    except OSError as error:
        raise Trouble("Chưa thay được sổ bằng bản sao lưu. Hãy đóng các chương trình đang mở sổ rồi mở lại.") from error
    return True


def back_up_if_due(way: Door, today: date) -> None:
    """At the end of a day's work: one backup if anything changed and none was made today."""
    if backups.state(way.profile).folder:
        book = way()
        try:
            wanted = backups.due(way.profile, book, today)
        finally:
            book.close()
        if wanted:
            backups.run(way, today)


def open_door(profile: Path, settings: QSettings, first: Callable[[], Door] | None = None) -> Door | None:
    """The way into the book of a profile: made or restored if there is none, unlocked if it is locked.

    None if the user turned away. Raises `Trouble`.
    """
    if not setup.has_book(profile):
        return _first_start(profile, settings)
    if setup.needs_passphrase(profile):
        return _unlock(profile)
    try:
        return first() if first else setup.door(profile)
    except (Refused, Trouble) as error:
        return _unlock(profile, by_code=True, why=str(error))


def _unlock(profile: Path, **how: Any) -> Door | None:
    from desktop_app.ui.start.unlock import Unlock  # loaded when a door must be asked for

    unlock = Unlock(profile, **how)
    return unlock.way if unlock.exec() == Unlock.DialogCode.Accepted else None


def _first_start(profile: Path, settings: QSettings) -> Door | None:
    from desktop_app.ui.start.wizard import Start  # loaded at a first start only

    start, found, loop = Start(profile, settings, Tasks(), date.today), [], QEventLoop()
    start.opened.connect(found.append)
    start.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    start.destroyed.connect(loop.quit)
    start.show()
    loop.exec()
    return found[0] if found else None


def come_forward(app: QApplication) -> None:
    """Another start asked for the window: whatever is open is shown in front."""
    for shown in app.topLevelWidgets():
        if shown.isVisible() or shown.isMinimized():
            if shown.isMinimized():
                shown.showNormal()
            shown.raise_()
            shown.activateWindow()


def tell(sentence: str) -> None:
    """A sentence before there is a window to say it in."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Sổ Công đoàn", sentence)
    box.addButton(QMessageBox.StandardButton.Close)
    box.exec()


def settings_of(profile: Path) -> QSettings:
    """How the window of a profile was left. A damaged file is set aside: its loss must not keep the book shut."""
    file = profile / SETTINGS
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    if settings.status() is QSettings.Status.FormatError:
        file.replace(file.with_suffix(".hong"))
        settings = QSettings(str(file), QSettings.Format.IniFormat)
    return settings


def percent_of(settings: QSettings) -> int:
    """The size of letters in per cent, 100 if what is kept makes no sense."""
    kept = str(settings.value("look/percent", 100))
    return int(kept) if kept.isdigit() and int(kept) in theme.SIZES else 100


class Window(QObject):
    """The frame on one open book, with everything that fills its bars."""

    def __init__(self, opener: Door, settings: QSettings) -> None:
        super().__init__()
        self.again = False
        self._ended = False
        book = opener()
        union = overview.union_of(book)
        by = str(settings.value("user/name", "")) or (union.accountant if union else "") or "Kế toán"
        self.desk = Desk(settings=settings, tasks=Tasks(), book=book, by=by, opener=opener)
        self.desk.year = self._first_year()
        self.desk.finders += finders(self.desk)
        self.syncs = self.desk.syncs = Syncs(self.desk)
        self.frame = Frame(self.desk, PAGES)
        self.frame.help_wanted.connect(self._help)
        self.desk.touched.connect(self._touched)
        self.desk.reopen_wanted.connect(self._reopen)
        self._backups = Backups(self.desk, opener)
        self.syncs.turned.connect(self._show_sync)
        self.syncs.stepped.connect(lambda _: self._show_sync())
        self._show_facts()
        QTimer.singleShot(_AFTER_PAINT_MS, self, self._show_sync)
        self.syncs.begin()

    def close(self) -> None:
        """End the background work and close the book."""
        if self._ended:
            return
        self._ended = True
        self.syncs.end()
        self._backups.end()
        self.desk.tasks.close()
        self.desk.settings.sync()
        self.desk.book.close()

    def _show_sync(self) -> None:
        if self._ended:
            return  # a signal that was on its way when the book was closed
        if self.syncs.running:
            self.frame.show_sync("Đang đồng bộ…", "info")
        else:
            self.frame.show_sync(*sync_state.line(self.desk.book))
            back = Counter(overview.page_of_form(report["form"]) for report in sync_state.returned(self.desk.book))
            for key in ("settlement", "activity"):
                self.frame.navigation.set_badge(key, back[key], "bad")

    def _touched(self, entities: frozenset[str]) -> None:
        self._show_sync()
        if entities & {"voucher", "union", "user"}:
            self._show_facts()

    def _reopen(self) -> None:
        """The book was replaced: end here, the program opens what lies in its place now."""
        self.again = True
        self.frame.close()

    def _first_year(self) -> int:
        """This year, unless the vouchers end before it."""
        this = self.desk.today().year
        return min(this, (overview.years(self.desk.book) or [this])[-1])

    def _show_facts(self) -> None:
        union = overview.union_of(self.desk.book)
        years = sorted({*overview.years(self.desk.book), self.desk.today().year, self.desk.year})
        self.frame.show_unit(union.name if union else "", years, self.desk.year)
        self.frame.show_user(self.desk.by, str(self.desk.settings.value("user/role", "Kế toán")))

    def _help(self, key: str) -> None:
        page = next(page for page in PAGES if page.key == key)
        Help(key, page.title, self.frame).exec()

