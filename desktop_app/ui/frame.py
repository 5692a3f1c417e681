"""The main window: navigation, top bar, and pages built when first opened and refreshed when what they read changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain import vietnamese
from desktop_app.ui import theme
from desktop_app.ui.navigation import Navigation
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages import Later
from desktop_app.ui.topbar import TopBar
from desktop_app.ui.widgets.banner import Toast
from desktop_app.ui.widgets.suggestions import Choice

_SNUG_BELOW, _NARROW_BELOW, _TIGHT_BELOW = 1200, 1000, 820


class Frame(QMainWindow):
    """Shows the pages of `pages`; asks for help with `help_wanted` (key of the open page)."""

    help_wanted = Signal(str)

    def __init__(self, desk: Desk, pages: Sequence[type[Page] | Later]) -> None:
        super().__init__()
        self.desk = desk
        self._kinds = {page.key: page for page in pages}
        self._built: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._key = ""
        self._narrow_wish: bool | None = None
        self.setWindowTitle("Sổ Công đoàn")
        self.navigation = Navigation(pages, desk.settings)
        self.topbar = TopBar()
        self._stack = QStackedWidget()
        self._stack.setObjectName("stack")
        self._lay_out()
        self._toast = Toast(self._stack)
        self._connect()
        self._restore(pages[0].key)

    # pages

    def open(self, key: str, target: Any = None) -> Page:
        """Show a page (building it the first time), refreshed if what it reads has changed, at `target` if given."""
        page = self._built.get(key)
        if page is None:
            page = self._build(key)
        self._key = key
        self._stack.setCurrentIndex(list(self._built).index(key))
        self.navigation.show_current(key)
        self.desk.settings.setValue("frame/page", key)
        self.setWindowTitle(f"{page.title} · Sổ Công đoàn")
        if key in self._stale:
            self._refresh(key)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        if target is not None:
            page.open_at(target)
        return page

    def current(self) -> Page:
        return self._built[self._key]

    def built(self) -> list[str]:
        """The keys of the pages that have been opened so far."""
        return list(self._built)

    def changed(self, entities: frozenset[str]) -> None:
        """Refresh what reads one of these entities: the visible page now, the others when they are next shown."""
        self._stale |= {key for key, page in self._built.items() if page.reads & entities}
        if self._key in self._stale:
            self._refresh(self._key)

    def _go(self, key: str, target: Any) -> None:
        if key in self._kinds:
            self.open(key, target)

    def _build(self, key: str) -> Page:
        page = self._kinds[key](self.desk)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        self._built[key] = page
        self._stack.addWidget(scroll)
        self._stale.add(key)
        return page

    def _refresh(self, key: str) -> None:
        self._stale.discard(key)
        self._built[key].refresh()

    def _year_changed(self, _: int) -> None:
        self._stale |= set(self._built)
        self._refresh(self._key)

    # what the bars show

    def show_unit(self, union: str, years: Sequence[int], year: int) -> None:
        self.topbar.show_union(union)
        self.topbar.show_years(years, year)

    def show_user(self, name: str, role: str, verbs: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Who is at work; `verbs` come first in the menu behind the name, looks and letters after them."""
        menu = QMenu(self)
        for text, does in verbs:
            menu.addAction(text).triggered.connect(lambda _=False, does=does: does())
        if verbs:
            menu.addSeparator()
        self._add_choices(menu, "Giao diện", theme.LOOKS, "look/name", "light", lambda name: self.dress(name=name))
        self._add_choices(menu, "Cỡ chữ", theme.SIZES, "look/percent", 100, lambda size: self.dress(percent=size))
        menu.addSeparator()
        helped = menu.addAction("Trợ giúp trang này")
        helped.setShortcut(QKeySequence("F1"))
        helped.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        helped.triggered.connect(lambda *_: self.help_wanted.emit(self._key))
        self.topbar.show_user(name, role, menu)

    def show_sync(self, text: str, tone: str = "ok") -> None:
        self.topbar.show_sync(text, tone)

    def toast(self) -> str:
        """The word at the foot now, "" if none."""
        return self._toast.text()

    def dress(self, name: str | None = None, percent: int | None = None) -> None:
        """Change look or letters, remember it, and build the pages anew so that every size follows."""
        settings = self.desk.settings
        name = name or str(settings.value("look/name", "light"))
        percent = percent or int(str(settings.value("look/percent", 100)))
        settings.setValue("look/name", name)
        settings.setValue("look/percent", percent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.wear(app, theme.wished(name, percent))
        self.topbar.setFixedHeight(theme.worn().px(53))
        for page in self._built.values():
            page.keep()
        while self._stack.count():
            old = self._stack.widget(0)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._built.clear()
        self._stale.clear()
        self._fit()
        self.open(self._key)

    def larger(self, by: int) -> None:
        """The next larger (1) or smaller (-1) letters."""
        sizes = list(theme.SIZES)
        now = min(sizes, key=lambda size: abs(size - theme.worn().percent))
        self.dress(percent=sizes[max(0, min(len(sizes) - 1, sizes.index(now) + by))])

    # the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._built.values():
            page.keep()
        self.desk.settings.setValue("frame/geometry", self.saveGeometry())
        self.desk.tasks.close()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1366, 768)

    def _fit(self) -> None:
        room = self.width() * 100 / theme.worn().percent
        narrow = room < _NARROW_BELOW if self._narrow_wish is None else self._narrow_wish
        self.navigation.set_narrow(narrow)
        self.topbar.set_snug(room < _SNUG_BELOW)
        self.topbar.set_tight(room < _TIGHT_BELOW)

    def _toggle_navigation(self) -> None:
        self._narrow_wish = not self.navigation.is_narrow()
        self._fit()

    def _lay_out(self) -> None:
        whole, work = QWidget(), QWidget()
        work.setObjectName("work")
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.topbar)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(work, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(640, 420)

    def _connect(self) -> None:
        desk, topbar = self.desk, self.topbar
        self.navigation.chosen.connect(self.open)
        desk.touched.connect(self.changed)
        desk.wanted.connect(self._go)
        desk.said.connect(self._toast.say)
        desk.look_wanted.connect(lambda name, percent: self.dress(name or None, percent or None))
        desk.year_changed.connect(self._year_changed)
        topbar.year_chosen.connect(desk.look_at_year)
        topbar.sync_clicked.connect(lambda: self.open("sync") if "sync" in self._kinds else None)
        topbar.found.connect(lambda place: self._go(*place))
        topbar.find.finders = [self._find_pages, self._find_records]
        for keys, does in (
            ("Ctrl+K", topbar.find.begin),
            ("Ctrl+B", self._toggle_navigation),
            ("F1", lambda: self.help_wanted.emit(self._key)),
            ("F5", lambda: self._refresh(self._key)),
            ("Ctrl+=", lambda: self.larger(1)),
            ("Ctrl++", lambda: self.larger(1)),
            ("Ctrl+-", lambda: self.larger(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)

    def _restore(self, first: str) -> None:
        kept = self.desk.settings.value("frame/geometry")
        if kept is None or not self.restoreGeometry(kept):
            self.resize(self.sizeHint())
        wanted = str(self.desk.settings.value("frame/page", first))
        self.open(wanted if wanted in self._kinds else first)

    def _find_pages(self, text: str) -> list[Choice]:
        return [
            Choice((key, None), page.title, page.group if page.group != "foot" else "", page.icon)
            for key, page in self._kinds.items()
            if vietnamese.matches(text, page.title)
        ]

    def _find_records(self, text: str) -> list[Choice]:
        return [choice for finder in self.desk.finders for choice in finder(text)]

    def _add_choices(
        self, menu: QMenu, title: str, choices: Any, key: str, first: Any, does: Callable[[Any], object]
    ) -> None:
        sub = menu.addMenu(title)
        group = QActionGroup(sub)
        now = str(self.desk.settings.value(key, first))
        for value, text in choices.items():
            action = sub.addAction(text)
            action.setCheckable(True)
            action.setChecked(str(value) == now)
            group.addAction(action)
            action.triggered.connect(lambda _=False, value=value: does(value))
