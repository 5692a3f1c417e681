"""The drawn parts of a table: figures in tabular digits, state pills, the header with its filter row, the totals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.ui import icons, theme
from desktop_app.ui.widgets.columns import Column, Glyph, State, shown
from desktop_app.ui.widgets.rows import VALUE

_Index = QModelIndex | QPersistentModelIndex
_PAD = 9
_FILTER_HIGH = 30


def draw_figure(painter: QPainter, box: QRect, text: str, font: QFont, ink: QColor) -> None:
    """Draw an amount against the right edge with digits of one width: the window's font has none of its own."""
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QFontMetricsF(font)
    cell = _digit_cell(font.toString())
    right = float(box.right())
    base = box.top() + (box.height() + metrics.ascent() - metrics.descent()) / 2
    for letter in reversed(text):
        own = metrics.horizontalAdvance(letter)
        wide = cell if letter.isdigit() else own
        painter.drawText(QRectF(right - wide + (wide - own) / 2, base - metrics.ascent(), own + 2, metrics.height()), letter)
        right -= wide


def figure_width(text: str, font: QFont) -> float:
    """How wide `draw_figure` draws, in pixels."""
    metrics = QFontMetricsF(font)
    cell = _digit_cell(font.toString())
    return sum(cell if letter.isdigit() else metrics.horizontalAdvance(letter) for letter in text)


@lru_cache(maxsize=32)
def _digit_cell(described: str) -> float:
    font = QFont()
    font.fromString(described)
    return QFontMetricsF(font).horizontalAdvance("0")


class Figures(QStyledItemDelegate):
    """Amounts, right aligned, digit under digit; a figure that does not fit shows ### as Excel does."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        drawn, text = _ground(self, painter, option, index)
        pad = theme.worn().px(_PAD)
        box = drawn.rect.adjusted(pad, 0, -pad, 0)
        if text and figure_width(text, drawn.font) > box.width() + 2:
            text = "###"
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        draw_figure(painter, box, text, drawn.font, tone or theme.worn().colour("bad" if text[:1] == "-" else "text"))


class States(QStyledItemDelegate):
    """A state as a pill with a dot."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        drawn, text = _ground(self, painter, option, index)
        value = index.data(VALUE)
        if not text:
            return
        look = theme.worn()
        tone = value.tone if isinstance(value, State) else "quiet"
        font = look.font(12, QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        room = drawn.rect.width() - look.px(2 * _PAD - 4)
        shown_text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - look.px(26))
        wide, high = metrics.horizontalAdvance(shown_text) + look.px(26), look.px(21)
        pill = QRectF(drawn.rect.left() + look.px(_PAD - 4), drawn.rect.center().y() - high / 2 + 0.5, wide, high)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{tone}_soft"))
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setBrush(look.colour(tone))
        painter.drawEllipse(QRectF(pill.left() + look.px(8), pill.center().y() - look.px(3), look.px(6), look.px(6)))
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(pill.adjusted(look.px(18), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown_text)
        painter.restore()


class Glyphs(QStyledItemDelegate):
    """A small picture in the middle of its cell; its word is the tooltip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        drawn, _ = _ground(self, painter, option, index)
        value = index.data(VALUE)
        if isinstance(value, Glyph):
            size = theme.worn().px(16)
            middle = drawn.rect.center()
            place = QRect(middle.x() - size // 2, middle.y() - size // 2 + 1, size, size)
            icons.icon(value.name, value.tone).paint(painter, place)


def _ground(
    delegate: QStyledItemDelegate, painter: QPainter, option: QStyleOptionViewItem, index: _Index
) -> tuple[QStyleOptionViewItem, str]:
    drawn = QStyleOptionViewItem(option)
    delegate.initStyleOption(drawn, index)
    text, drawn.text = drawn.text, ""
    style = drawn.widget.style() if drawn.widget else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, drawn.widget)
    return drawn, text


class FilterHeader(QHeaderView):
    """A header that can show a filter line under each heading; `filtered` says column and text."""

    filtered = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lines: list[QLineEdit] = []
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.sectionResized.connect(lambda *_: self._place())
        self.sectionMoved.connect(lambda *_: self._place())

    @property
    def filtering(self) -> bool:
        return bool(self._lines)

    def set_filtering(self, on: bool) -> None:
        """Show or take away the filter lines; taking them away clears what they hold."""
        if on == self.filtering:
            return
        lines, self._lines = self._lines, []
        for line in lines:
            if line.text():
                self.filtered.emit(lines.index(line), "")
            line.hide()
            line.deleteLater()
        if on:
            for column in range(self.count()):
                heading = str(self.model().headerData(column, Qt.Orientation.Horizontal))
                line = QLineEdit(self)
                line.setProperty("role", "filter")
                line.setPlaceholderText("lọc…")
                line.setAccessibleName(f"Lọc cột {heading}")
                line.textChanged.connect(lambda text, column=column: self.filtered.emit(column, text))
                self._lines.append(line)
        self.updateGeometries()
        self._place()
        if on and self._lines:
            self._lines[self.logicalIndexAt(5)].setFocus()

    def line(self, column: int) -> QLineEdit:
        return self._lines[column]

    def clear(self) -> None:
        for line in self._lines:
            line.clear()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        look = theme.worn()
        return QSize(hint.width(), look.px(34) + (look.px(_FILTER_HIGH) if self._lines else 0))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        if not self._lines:
            super().paintSection(painter, rect, logicalIndex)
            return
        look = theme.worn()
        painter.fillRect(rect, look.colour("surface"))
        super().paintSection(painter, QRect(rect.left(), rect.top(), rect.width(), look.px(30)), logicalIndex)
        painter.setPen(look.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place()

    def _place(self) -> None:
        look = theme.worn()
        for column, line in enumerate(self._lines):
            line.setVisible(not self.isSectionHidden(column))
            left = self.sectionViewportPosition(column)
            line.setGeometry(left + 3, look.px(33), max(20, self.sectionSize(column) - 6), look.px(24))


class Totals(QWidget):
    """The totals at the foot, each under its column, moving with it."""

    def __init__(self, view: QTableView, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self._view, self._columns = view, columns
        self._sums: Mapping[str, int | str] = {}
        self._word: Callable[[], str] = lambda: "Cộng"
        header = view.horizontalHeader()
        header.sectionResized.connect(lambda *_: self.update())
        header.sectionMoved.connect(lambda *_: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def say(self, sums: Mapping[str, int | str], word: str = "Cộng") -> None:
        """Show these totals by column key; a text stands as it is."""
        self._sums, self._word = sums, lambda: word
        spoken = ", ".join(f"{c.heading} {shown(c, sums[c.key])}" for c in self._columns if c.key in sums)
        self.setAccessibleName(f"{word}: {spoken}")
        self.updateGeometry()
        self.update()

    def width_of(self, column: Column, value: int | None) -> int:
        """The width the column needs for this total, in pixels."""
        look = theme.worn()
        if value is None:
            return 0
        return math.ceil(figure_width(shown(column, value), look.font(13, QFont.Weight.DemiBold))) + 2 * look.px(_PAD)

    def sums(self) -> Mapping[str, int | str]:
        return self._sums

    def sizeHint(self) -> QSize:
        return QSize(100, theme.worn().px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.worn()
        painter = QPainter(self)
        painter.setPen(look.colour("border"))
        painter.drawLine(QPoint(0, 0), QPoint(self.width(), 0))
        font = look.font(13, QFont.Weight.DemiBold)
        header = self._view.horizontalHeader()
        origin = self._view.viewport().mapTo(self._view, QPoint(0, 0)).x() + self._view.x() - self.x()
        pad = look.px(_PAD)
        first_sum = min((header.visualIndex(n) for n, c in enumerate(self._columns) if c.key in self._sums), default=1)
        for number, column in enumerate(self._columns):
            if header.isSectionHidden(number):
                continue
            left = origin + header.sectionViewportPosition(number)
            box = QRect(left + pad, 1, header.sectionSize(number) - 2 * pad, self.height() - 1)
            value = self._sums.get(column.key)
            if isinstance(value, int):
                text = shown(column, value)
                if figure_width(text, font) > box.width() + 2:
                    text = "###"
                draw_figure(painter, box, text, font, look.colour("text"))
            elif value:
                painter.setFont(font)
                painter.setPen(look.colour("text"))
                painter.drawText(box, column.align, str(value))
        if first_sum > 0:
            painter.setFont(font)
            painter.setPen(look.colour("muted"))
            painter.drawText(QRect(origin + pad, 1, 240, self.height() - 1), Qt.AlignmentFlag.AlignVCenter, self._word())
