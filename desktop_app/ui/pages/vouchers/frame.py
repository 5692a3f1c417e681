"""The frame of the voucher form: head, scrolling fields and buttons, without what they mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.records import Voucher
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.vouchers.fields import TYPED, VoucherFields
from desktop_app.ui.pages.vouchers.files import VoucherFiles
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.texts import StatePill, label

_WIDE, _SEVERAL_WIDE = 318, 394


class VoucherFrame(QFrame):
    """The panel at the right of *Chứng từ*; a subclass gives `save`, `save_draft`, `stored`, `turn`, `_choose_kind`."""

    paper_wanted = Signal(str, str)  # key of a paper, id of the voucher
    wanted = Signal(str)  # "print", "correct", "cancel", "discard" the voucher shown

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "panel")
        self.form = VoucherFields(desk)
        self._lay_out()
        self.fit_width()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def save(self) -> None:
        raise NotImplementedError

    def save_draft(self) -> None:
        raise NotImplementedError

    def stored(self) -> Voucher | None:
        raise NotImplementedError

    def turn(self) -> None:
        raise NotImplementedError

    def _choose_kind(self, kind: str) -> None:
        raise NotImplementedError

    def begin_amount(self) -> None:
        """Stand where the amounts are."""
        (self.form.lines.grid if self.form.several else self.form.fields["amount"].editor).setFocus()

    def fit_width(self) -> None:
        """Wider while there is a grid in it."""
        self.setFixedWidth(theme.worn().px(_SEVERAL_WIDE if self.form.several else _WIDE))

    def show_buttons(self, *, stored: bool, writing: bool, alive: bool, amending: bool) -> None:
        """Only the buttons that mean something now."""
        self.printing.setVisible(stored)
        self.discarding.setVisible(writing)
        self.drafting.setVisible(writing)
        self.correcting.setVisible(alive and not amending)
        self.cancelling.setVisible(alive and not amending)
        self.saving.setVisible(writing or amending)
        self.saving.setText("Ghi sổ" if writing else "Lưu")

    def _lay_out(self) -> None:
        self.chip = Chip("Loại phiếu", TYPED, "PC")
        self.chip.chosen.connect(self._choose_kind)
        self.pill = StatePill("", "quiet")
        self.title, self.number = label("", "subtitle"), label("", "muted")
        self.said, self.lines = label("", "hint", wrap=True), label("", "muted", wrap=True)
        self.hint = label(
            "Chọn một chứng từ để xem, hoặc bấm F2 lập phiếu thu, F3 lập phiếu chi.", "muted", wrap=True
        )
        head, under, feet = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self.turning = KeyButton("Nhiều dòng", "F4", clicked=self.turn)
        for part in (self.title, self.chip, self.turning):
            head.addWidget(part)
        head.addStretch(1)
        under.addWidget(self.number, 1)
        under.addWidget(self.pill)
        self.printing = KeyButton("In", "F9", clicked=lambda: self.wanted.emit("print"))
        self.correcting = KeyButton("Sửa phiếu", "Ctrl+E", clicked=lambda: self.wanted.emit("correct"))
        self.cancelling = KeyButton("Hủy phiếu", tone="danger", clicked=lambda: self.wanted.emit("cancel"))
        self.discarding = KeyButton("Bỏ", clicked=lambda: self.wanted.emit("discard"))
        self.drafting = KeyButton("Lưu nháp", clicked=self.save_draft)
        self.saving = KeyButton("Ghi sổ", "Ctrl+S", tone="primary", clicked=self.save)
        feet.setSpacing(6)
        for part in (self.printing, self.discarding):
            feet.addWidget(part)
        feet.addStretch(1)
        for part in (self.cancelling, self.correcting, self.drafting, self.saving):
            feet.addWidget(part)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        self.files = VoucherFiles(self.desk, self.stored, self.paper_wanted.emit)
        for part in (self.form, self.lines, self.said, self.files):
            inside.addWidget(part)
        inside.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(under)
        column.addWidget(self.hint)
        column.addSpacing(2)
        column.addWidget(self.scroll, 1)
        column.addLayout(feet)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Where letters are large the fields scroll: the one being typed in stays in sight."""
        if now is not None and self.scroll.widget().isAncestorOf(now):
            self.scroll.ensureWidgetVisible(now, 0, theme.worn().px(44))

    def _say(self, sentence: str, tone: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        theme.restyle(self.said, tone=tone)
