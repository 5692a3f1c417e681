"""The transfer beside the months: amount, receiver, wording to copy, and the QR code a bank's app reads."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.reports.transfer_order import UNCONFIRMED, Order, squares
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import MoneyEdit
from desktop_app.ui.widgets.form import Field
from desktop_app.ui.widgets.texts import label


class QrPicture(QWidget):
    """A QR code, always black on white: readers need the contrast."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Mã QR chuyển tiền")

    def show_code(self, text: str) -> None:
        """Show a code; "" shows nothing."""
        self._rows = squares(text) if text else ()
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.worn().px(200), theme.worn().px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        step = max(1, min(self.width(), self.height()) // len(self._rows))
        wide = step * len(self._rows)
        left, top = (self.width() - wide) // 2, (self.height() - wide) // 2
        painter.fillRect(QRect(left, top, wide, wide), QColor("white"))
        for down, row in enumerate(self._rows):
            for across, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRect(left + across * step, top + down * step, step, step), QColor("black"))


class TransferPanel(QFrame):
    """What to transfer; `changed` asks the page to fill it for the amount that stands in it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setFixedWidth(theme.worn().px(300))
        self.sum = MoneyEdit(in_words=False)
        self.sum.textEdited.connect(lambda _: self.changed.emit())
        self.says = label("", "muted", wrap=True)
        self.receiver = label("", "union", wrap=True)
        self.checked = label("", "note", wrap=True)
        self.wording = label("", wrap=True)
        self.wording.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.qr = QrPicture()
        self.short = label("", "hint", wrap=True)
        self.short.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.copy = KeyButton("Sao chép nội dung", tone="link", glyph="content-copy", clicked=self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(7)
        column.addWidget(label("Chuyển tiền", "subtitle"))
        column.addWidget(Field("Số tiền", self.sum))
        for part in (self.says, self.receiver, self.checked, self.wording, self.copy, self.qr, self.short):
            column.addWidget(part)
        column.addStretch(1)
        self.clear("")

    def amount(self) -> int:
        """The amount in the panel, đồng; 0 while it cannot be read."""
        value = self.sum.value()
        return value if isinstance(value, int) else 0

    def offer(self, amount: int) -> None:
        """Put an amount in, and have the panel filled."""
        self.sum.set_value(amount or None)
        self.changed.emit()

    def clear(self, sentence: str) -> None:
        """Nothing to transfer, and why."""
        self.says.setText(sentence)
        self.says.setVisible(bool(sentence))
        for part in (self.receiver, self.checked, self.wording, self.copy, self.short):
            part.hide()
        self.qr.show_code("")

    def show_order(self, order: Order) -> None:
        """Show a transfer."""
        self.says.hide()
        self.receiver.setText(f"{order.name}\n{order.bank} · {order.account}")
        self.checked.setText(f"Đã xác nhận: {order.confirmed}" if order.confirmed else UNCONFIRMED)
        theme.restyle(self.checked, tone="ok" if order.confirmed else "warn")
        self.wording.setText(order.wording)
        self.short.setText(order.purpose)
        for part in (self.receiver, self.checked, self.wording, self.copy):
            part.show()
        self.short.setVisible(bool(order.code))
        self.qr.show_code(order.code)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.wording.text())
