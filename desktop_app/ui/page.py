"""What a page is, and the desk it works at: all that a page is given and all that it may ask of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.storage.book import Book
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.suggestions import Choice

if TYPE_CHECKING:
    from desktop_app.ui.background import Syncs

FOOT = "foot"  # the group at the bottom of the navigation
Finder = Callable[[str], Sequence[Choice]]


class Desk(QObject):
    """Shared by the pages of one window: the book, who sits at it, the year looked at, background tasks, settings.

    `changed` is called with the names of the entities an action has touched (`Changes`); pages that read them refresh.
    """

    touched = Signal(object)  # frozenset of entity names
    wanted = Signal(str, object)  # open this page at this target
    said = Signal(str, str, object)  # sentence, word on the button, what the button does
    year_changed = Signal(int)
    look_wanted = Signal(str, int)  # name of the look ("" as now), size of letters in per cent (0 as now)
    reopen_wanted = Signal()  # the book was replaced: close it and open what lies there now

    book: Book
    by: str
    syncs: Syncs | None = None  # the window's exchanges with the province

    def __init__(
        self,
        *,
        settings: QSettings,
        tasks: Tasks,
        book: Any = None,
        by: str = "",
        year: int = 0,
        opener: Callable[[], Book] | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.settings, self.tasks, self.book, self.by, self.year = settings, tasks, book, by, year
        self.finders: list[Finder] = []
        self.opener, self.today = opener, today

    def open_book(self) -> Book:
        """A second `Book` on the same file for a work on another thread, which closes it when it is done."""
        assert self.opener is not None, "this desk was given no way to open its book again"
        return self.opener()

    def changed(self, entities: Iterable[str]) -> None:
        """Tell every page what has been touched."""
        self.touched.emit(frozenset(entities))

    def go(self, key: str, target: Any = None) -> None:
        """Open a page, at a record if the page knows how."""
        self.wanted.emit(key, target)

    def say(self, sentence: str, act: str = "", does: Callable[[], object] | None = None) -> None:
        """A short word at the foot of the window: "Đã ghi sổ PC10/03." with "Hoàn tác"."""
        self.said.emit(sentence, act, does)

    def look_at_year(self, year: int) -> None:
        if year != self.year:
            self.year = year
            self.year_changed.emit(year)


class Page(QWidget):
    """One screen. A subclass sets the class facts, builds its widgets in `__init__` and fills them in `refresh`.

    `reads` names the entities it shows. The window calls `refresh` before the page is first seen and after a change
    of what it reads: at once if it is visible, else when it is next shown.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    group: ClassVar[str] = ""
    reads: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("page")
        self.setAccessibleName(self.title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 16)
        self.column.setSpacing(12)
        self.banner = Banner()

    def refresh(self) -> None:
        """Read again what is shown."""

    def open_at(self, target: Any) -> None:
        """Show the record a link, a card or the find box leads to."""

    def keep(self) -> None:
        """Put unfinished work on disk now; called when the window closes."""
