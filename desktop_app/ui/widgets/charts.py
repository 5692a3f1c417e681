"""Light charts, painted: twelve months of income and spending, and shares of a sum as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.domain.amounts import format_amount, money
from desktop_app.ui import theme


class MonthBars(QWidget):
    """Twelve months, two bars each; a click or Enter on a month emits its number."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[tuple[int, int]] = [(0, 0)] * 12
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_months(self, pairs: Sequence[tuple[int, int]]) -> None:
        """(income, spending) of each of the twelve months, đồng."""
        self._pairs = pairs
        told = [f"tháng {n}: thu {money(i)}, chi {money(o)}" for n, (i, o) in enumerate(pairs, 1) if i or o]
        self.setAccessibleName("Thu, chi từng tháng")
        self.setAccessibleDescription("; ".join(told) or "Chưa có thu, chi.")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.worn().px(420), theme.worn().px(180))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.worn().px(260), theme.worn().px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = look.font(11)
        if not any(map(any, self._pairs)):
            painter.setFont(look.font(13))
            painter.setPen(look.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, "Năm này chưa có thu, chi.")
            return
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        top = max([1, *(max(pair) for pair in self._pairs)])
        step, lines = _step(top)
        legend = metrics.height() + look.px(8)
        left = max(metrics.horizontalAdvance(_short(step * n)) for n in range(lines + 1)) + look.px(10)
        ground = QRectF(left, legend, self.width() - left, self.height() - legend - metrics.height() - look.px(6))
        self._legend(painter, metrics)
        for number in range(lines + 1):
            y = ground.bottom() - ground.height() * number / lines
            painter.setPen(QPen(look.colour("border"), 1))
            painter.drawLine(QPointF(left, y), QPointF(ground.right(), y))
            painter.setPen(look.colour("muted"))
            box = QRectF(0, y - metrics.height() / 2, left - look.px(8), metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _short(step * number))
        wide = ground.width() / 12
        for number, pair in enumerate(self._pairs):
            x = ground.left() + wide * number
            if number == self._at:
                painter.fillRect(QRectF(x, ground.top(), wide, ground.height()), look.colour("hover"))
            for place, (amount, token) in enumerate(zip(pair, ("accent", "warn"), strict=True)):
                high = max(0.0, ground.height() * amount / (step * lines))
                bar = QRectF(x + wide * (0.16 + 0.36 * place), ground.bottom() - high, wide * 0.32, high)
                painter.fillRect(bar, look.colour(token))
            painter.setPen(look.colour("text" if any(pair) else "muted"))
            under = QRectF(x, ground.bottom() + look.px(4), wide, metrics.height())
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, f"T{number + 1}")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._month_at(event.position().x()))
        if self._at >= 0:
            came, went = self._pairs[self._at]
            told = f"Tháng {self._at + 1}\nThu {money(came)}\nChi {money(went)}"
            QToolTip.showText(event.globalPosition().toPoint(), told, self)

    def leaveEvent(self, event: object) -> None:
        self._point(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (month := self._month_at(event.position().x())) >= 0:
            self.chosen.emit(month + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self._point((self._at - 1) % 12 if self._at >= 0 else 11)
        elif event.key() == Qt.Key.Key_Right:
            self._point((self._at + 1) % 12)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._at + 1)
        else:
            super().keyPressEvent(event)

    def _legend(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        look, x = theme.worn(), float(self.width())
        for word, token in (("Chi", "warn"), ("Thu", "accent")):
            x -= metrics.horizontalAdvance(word)
            painter.setPen(look.colour("muted"))
            painter.drawText(QPointF(x, metrics.ascent()), word)
            x -= look.px(14)
            painter.fillRect(QRectF(x, metrics.ascent() - look.px(8), look.px(9), look.px(9)), look.colour(token))
            x -= look.px(14)

    def _month_at(self, x: float) -> int:
        look = theme.worn()
        metrics = QFontMetricsF(look.font(11))
        step, lines = _step(max([1, *(max(pair) for pair in self._pairs)]))
        left = max(metrics.horizontalAdvance(_short(step * n)) for n in range(lines + 1)) + look.px(10)
        month = int((x - left) // max(1.0, (self.width() - left) / 12))
        return month if 0 <= month < 12 else -1

    def _point(self, month: int) -> None:
        if month != self._at:
            self._at = month
            self.update()


class Share(NamedTuple):
    """One bar: what it is and how much, đồng."""

    text: str
    amount: int


class ShareBars(QWidget):
    """The largest shares of a sum, one under the other; the rest together in the last.

    With `opens` a click or Enter on one emits its place among the shares given; the rest together opens nothing.
    """

    chosen = Signal(int)

    def __init__(self, most: int = 6, *, opens: bool = False) -> None:
        super().__init__()
        self._most, self._opens, self._single, self._at = most, opens, 0, -1
        self._shares: Sequence[Share] = ()
        if opens:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these, largest first."""
        rest = shares[self._most - 1 :]
        self._single = self._most - 1 if len(rest) > 1 else len(shares)
        if len(rest) > 1:
            shares = [*shares[: self._most - 1], Share("Các mục khác", sum(share.amount for share in rest))]
        self._shares = tuple(shares)
        self.setAccessibleName("Chi theo mục")
        self.setAccessibleDescription("; ".join(f"{share.text}: {money(share.amount)}" for share in shares))
        self.setMinimumHeight(self._row() * max(1, len(self._shares)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.worn().px(300), self._row() * self._most)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, strong = look.font(12), look.font(12, QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        most = max([1, *(share.amount for share in self._shares)])
        for number, share in enumerate(self._shares):
            top = float(self._row() * number)
            shown = format_amount(share.amount)
            taken = QFontMetricsF(strong).horizontalAdvance(shown)
            text = metrics.elidedText(share.text, Qt.TextElideMode.ElideRight, self.width() - taken - look.px(14))
            box = QRectF(0, top, self.width(), metrics.height())
            if number == self._at and self.hasFocus():
                painter.fillRect(QRectF(0, top, self.width(), self._row() - 4), look.colour("hover"))
            painter.setFont(font)
            painter.setPen(look.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)
            painter.setFont(strong)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, shown)
            track = QRectF(0, top + metrics.height() + look.px(2), self.width(), look.px(5))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("quiet_soft"))
            painter.drawRoundedRect(track, 2, 2)
            track.setWidth(max(look.px(3), track.width() * max(0, share.amount) / most))
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(track, 2, 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._open(int(event.position().y() // self._row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._at = max(0, min(len(self._shares) - 1, self._at + step))
            self.update()
        elif self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._at)
        else:
            super().keyPressEvent(event)

    def _open(self, place: int) -> None:
        if self._opens and 0 <= place < self._single:
            self.chosen.emit(place)

    def _row(self) -> int:
        return theme.worn().px(34)


def _step(top: int) -> tuple[int, int]:
    """A round step and how many of it cover `top`: 35.127.150 -> (10.000.000, 4)."""
    power = 10 ** (len(str(top)) - 1)
    for step in (power // 5 or 1, power // 2 or 1, power, power * 2, power * 5):
        lines = -(-top // step)
        if lines <= 5:
            return step, lines
    return power * 10, 1


def _short(amount: int) -> str:
    """An amount as one says it: 10 tr, 1,5 tỷ, 500 k."""
    for size, word in ((1_000_000_000, "tỷ"), (1_000_000, "tr"), (1_000, "k")):
        if amount >= size:
            return f"{amount / size:.1f}".removesuffix(".0").replace(".", ",") + f" {word}"
    return str(amount)
