"""The left side: pages in groups that fold, a count beside those that wait for someone, icons alone when narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import icons, theme
from desktop_app.ui.page import FOOT, Page
from desktop_app.ui.pages import Later
from desktop_app.ui.widgets.texts import label

_WIDE, _NARROW = 213, 56


class Navigation(QFrame):
    """Emits `chosen` with the key of a page."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[type[Page] | Later], settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self._settings, self._narrow = settings, False
        self._buttons: dict[str, _PageButton] = {}
        self._group_of = {page.key: page.group for page in pages}
        self._headings: dict[str, _Heading] = {}
        self._list = QWidget()
        self._list.setObjectName("navigationList")
        self._brand = label("Sổ Công đoàn", "brand")
        self._mark = QLabel()
        self._lay_out(pages)
        self.set_narrow(False)

    def _lay_out(self, pages: Sequence[type[Page] | Later]) -> None:
        brand = QHBoxLayout()
        brand.setContentsMargins(16, 0, 8, 0)
        brand.setSpacing(8)
        brand.addWidget(self._mark)
        brand.addWidget(self._brand, 1)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(8, 0, 7, 4)
        column.setSpacing(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 6, 7, 10)
        foot.setSpacing(1)
        folded = str(self._settings.value("navigation/folded", "") or "").split("|")
        for page in pages:
            button = _PageButton(page.title, page.icon)
            button.clicked.connect(lambda _=False, key=page.key: self.chosen.emit(key))
            self._buttons[page.key] = button
            if page.group == FOOT:
                foot.addWidget(button)
                continue
            if page.group and page.group not in self._headings:
                heading = _Heading(page.group)
                heading.clicked.connect(lambda _=False, group=page.group: self._fold(group))
                heading.folded = page.group in folded
                self._headings[page.group] = heading
                column.addSpacing(5)
                column.addWidget(heading)
            column.addWidget(button)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self._list)
        scroll.setObjectName("navigationScroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 13, 1, 0)
        whole.setSpacing(9)
        whole.addLayout(brand)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        self._show_folds()

    def show_current(self, key: str) -> None:
        """Mark the page that is open; its group unfolds."""
        for own, button in self._buttons.items():
            button.setChecked(own == key)
        heading = self._headings.get(self._group_of.get(key, ""))
        if heading is not None and heading.folded:
            self._fold(heading.group)
        if key in self._buttons:
            self._scroll.ensureWidgetVisible(self._buttons[key], 0, 20)

    def set_badge(self, key: str, count: int, tone: str = "info") -> None:
        """How many things wait on a page; 0 takes the mark away."""
        self._buttons[key].set_badge(count, tone)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, for small windows and large letters."""
        look = theme.worn()
        self._narrow = narrow
        self.setFixedWidth(look.px(_NARROW if narrow else _WIDE))
        self._brand.setVisible(not narrow)
        ratio = self.devicePixelRatioF()
        self._mark.setPixmap(icons.pixmap("book-account", "accent", look.px(22), ratio))
        for button in self._buttons.values():
            button.set_narrow(narrow)
        for heading in self._headings.values():
            heading.set_narrow(narrow)
        self._show_folds()

    def is_narrow(self) -> bool:
        return self._narrow

    def groups_open(self) -> list[str]:
        return [group for group, heading in self._headings.items() if not heading.folded]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def _fold(self, group: str) -> None:
        heading = self._headings[group]
        heading.folded = not heading.folded
        folded = [name for name, each in self._headings.items() if each.folded]
        self._settings.setValue("navigation/folded", "|".join(folded))
        self._show_folds()

    def _show_folds(self) -> None:
        for key, button in self._buttons.items():
            heading = self._headings.get(self._group_of[key])
            button.setVisible(heading is None or not heading.folded or self._narrow)
        for heading in self._headings.values():
            state = "đang thu lại" if heading.folded else "đang mở"
            heading.setAccessibleName(f"Nhóm {heading.group}, {state}")
            heading.update()


class _PageButton(QPushButton):
    def __init__(self, title: str, glyph: str) -> None:
        super().__init__()
        self._title, self._count, self._tone = title, 0, "info"
        self.setProperty("role", "nav")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIcon(icons.icon(glyph))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_narrow(False)
        self.set_badge(0, "info")

    def nextCheckState(self) -> None:
        """The window decides which page is open, not the click."""

    def set_badge(self, count: int, tone: str) -> None:
        self._count, self._tone = count, tone
        self.setAccessibleName(self._title + (f", {count} việc đang chờ" if count else ""))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        look = theme.worn()
        self.setText("" if narrow else f"  {self._title}")
        self.setIconSize(QSize(look.px(16), look.px(16)))
        self.setToolTip(self._title if narrow else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        look = theme.worn()
        if not self.text():
            self._paint_dot(look)
            return
        text = str(self._count) if self._count < 100 else "99+"
        font = look.font(11, QFont.Weight.DemiBold)
        high = look.px(17)
        wide = max(high, QFontMetrics(font).horizontalAdvance(text) + look.px(10))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(self.width() - wide - look.px(8), (self.height() - high) // 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{self._tone}_soft"))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(look.colour(self._tone))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


    def _paint_dot(self, look: theme.Look) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("surface"), 2))
        painter.setBrush(look.colour(self._tone))
        painter.drawEllipse(QPointF(self.width() / 2 + look.px(8), self.height() / 2 - look.px(7)), look.px(5), look.px(5))


class _Heading(QPushButton):
    def __init__(self, group: str) -> None:
        super().__init__(group.upper())
        self.group, self.folded = group, False
        self.setProperty("role", "group")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip("Bấm để mở hoặc thu nhóm này lại")

    def set_narrow(self, narrow: bool) -> None:
        self.setText("" if narrow else self.group.upper())
        self.setEnabled(not narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, painter = theme.worn(), QPainter(self)
        if not self.text():
            painter.setPen(look.colour("border"))
            painter.drawLine(10, self.height() // 2, self.width() - 10, self.height() // 2)
            return
        size = look.px(14)
        place = QRect(self.width() - size - look.px(8), (self.height() - size) // 2, size, size)
        icons.icon("chevron-right" if self.folded else "chevron-down", "border_strong").paint(painter, place)
