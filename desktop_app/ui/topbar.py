"""The top bar: the union, the year, the find box (Ctrl+K), one truthful line about sync, the user."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy

from desktop_app.ui import icons, theme
from desktop_app.ui.page import Finder
from desktop_app.ui.widgets.buttons import Chip
from desktop_app.ui.widgets.suggestions import Choice, Suggestions
from desktop_app.ui.widgets.texts import Elided, fit_hint

_SYNC_GLYPHS = {"ok": "cloud-check-outline", "warn": "cloud-off-outline", "bad": "cloud-alert-outline", "info": "cloud-sync-outline"}
_MOST_FOUND = 12
_FIND_HINTS = ("Tìm đoàn viên, phiếu…  Ctrl+K", "Tìm mọi thứ  Ctrl+K", "Tìm  Ctrl+K")


class TopBar(QFrame):
    """Emits `year_chosen`, `sync_clicked` and `found` (the value of the `Choice` that was taken)."""

    year_chosen = Signal(object)
    sync_clicked = Signal()
    found = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._told, self._snug = "", False
        self.setFixedHeight(theme.worn().px(53))
        self._union = Elided("", "union")
        self.year = Chip("Năm", [])
        self.year.chosen.connect(self.year_chosen)
        self.year.hide()
        self.find = FindBox()
        self.find.found.connect(self.found)
        self.sync = QPushButton()
        self.sync.setProperty("role", "sync")
        self.sync.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.sync.clicked.connect(self.sync_clicked)
        self.user = QPushButton()
        self.user.setProperty("role", "plain")
        self.user.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.user.setIcon(icons.icon("chevron-down"))
        self.user.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._union)
        row.addWidget(self.year)
        row.addWidget(self.find, 6)
        row.addStretch(1)
        row.addWidget(self.sync)
        row.addWidget(self.user)
        self.show_sync("Chưa đồng bộ lần nào", "quiet")

    def show_union(self, name: str) -> None:
        self._union.setText(name)
        self._union.setAccessibleName(f"Đơn vị: {name}")
        self._union.updateGeometry()

    def show_years(self, years: Sequence[int], current: int) -> None:
        """The years that have a book; the chip is not a filter and so never looks set."""
        self.year.offer([(year, f"Năm {year}") for year in years], current)
        theme.restyle(self.year, set="")
        self.year.setToolTip("Chọn năm để xem")
        self.year.setMinimumWidth(self.year.sizeHint().width())
        self.year.setVisible(bool(years))

    def show_sync(self, text: str, tone: str = "ok") -> None:
        """The state of sync in one line; tones: ok, warn (offline), bad (returned, refused), info (running)."""
        look = theme.worn()
        self._told = text
        self.sync.setText(self._fitting())
        self.sync.setIcon(icons.icon(_SYNC_GLYPHS.get(tone, "cloud-outline"), tone))
        self.sync.setIconSize(QSize(look.px(16), look.px(16)))
        self.sync.setToolTip(f"{text}\nBấm để mở trang Đồng bộ")
        self.sync.setAccessibleName(f"Đồng bộ: {text}")
        theme.restyle(self.sync, tone=tone)

    def show_user(self, name: str, role: str, menu: QMenu) -> None:
        self.user.setText(f"{name} · {role}" if role and role != name else name)
        self.user.setAccessibleName(f"Người dùng {name}, {role}")
        self.user.setToolTip("Giao diện, cỡ chữ, mật khẩu, trợ giúp")
        self.user.setMenu(menu)

    def set_snug(self, snug: bool) -> None:
        """Less room: the sync line keeps its first half, so that the union's name can be read."""
        self._snug = snug
        self.sync.setText(self._fitting())

    def _fitting(self) -> str:
        return self._told.split(" · ", maxsplit=1)[0] if self._snug else self._told

    def set_tight(self, tight: bool) -> None:
        """Little room: the sync line keeps its picture only, the name gives way."""
        self.user.setVisible(not tight)
        self.sync.setMaximumWidth(theme.worn().px(40) if tight else 16777215)


class FindBox(QLineEdit):
    """Finds anything: asks each finder as one types and offers what they answer."""

    found = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.finders: list[Finder] = []
        self.setProperty("role", "find")
        self.setPlaceholderText(_FIND_HINTS[0])
        self.setAccessibleName("Tìm mọi thứ (Ctrl+K)")
        self.setMinimumWidth(theme.worn().px(150))
        self.setMaximumWidth(theme.worn().px(340))
        self.addAction(icons.icon("magnify"), QLineEdit.ActionPosition.LeadingPosition)
        self._list = Suggestions(self)
        self._list.taken.connect(self._take)
        self.textEdited.connect(self._typed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_hint(self, _FIND_HINTS)

    def begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def offered(self) -> list[str]:
        return self._list.offered()

    def _typed(self, text: str) -> None:
        answers: list[Choice] = []
        if text.strip():
            for finder in self.finders:
                answers += list(finder(text))[: max(3, _MOST_FOUND - len(answers))]
        if text.strip() and not answers:
            answers = [Choice(None, f"Không tìm thấy “{text.strip()}”", "thử ít chữ hơn", "magnify-close")]
        self._list.offer(answers[:_MOST_FOUND])

    def _take(self, choice: Choice) -> None:
        if choice.value is None:
            return
        self.clear()
        self.clearFocus()
        self.found.emit(choice.value)
