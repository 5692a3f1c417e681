"""The voucher being written or looked at, at the right of *Chứng từ*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions import cautions, one_amount, vouchers
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.records import Voucher
from desktop_app.storage import ledger, unfinished
from desktop_app.storage.book import new_id
from desktop_app.storage.voucher_rows import address_of
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.voucher_fields import KINDS, MOVE, VoucherFields
from desktop_app.ui.pages.voucher_list import STATES, TYPING
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.texts import StatePill, label

FORM = "vouchers"
_KEEP_MS, _WIDE = 700, 318
_TELLING = ("to_fund", "adjusts", "party", "text", "item", "amount", "address", "papers")
"""Without any of these nothing worth keeping was typed."""
_FIELD_OF = {"lines.item": "item", "lines.fund": "fund", "lines": "amount"}


class VoucherForm(QFrame):
    """Shows one voucher: new, unfinished, a draft, or posted and then closed to all but payee, address and papers."""

    posted = Signal(object)  # Voucher
    saved = Signal(str)  # id of a draft or an amended voucher
    kept = Signal()  # what is typed is on disk
    opened = Signal()  # another voucher is shown
    wanted = Signal(str)  # "print", "correct", "cancel", "discard" the voucher shown

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.id, self.kind, self.voucher = "", "", None
        self._replaces, self._dirty, self._last_day = "", False, None
        self._unkept: dict[str, dict[str, Any]] = {}
        self.setProperty("role", "panel")
        self.setFixedWidth(theme.worn().px(_WIDE))
        self.form = VoucherFields(desk)
        self._lay_out()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self.form.edited.connect(self._edited)
        self.form.settled.connect(self.look_again)
        self.form.finished.connect(self.saving.setFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self.saving.setAutoDefault(True)  # Enter posts once it stands there
        self.form.fields["party"].editor.picked.connect(self._payee_picked)
        self.show_nothing()

    # what is shown

    def show_nothing(self) -> None:
        self.keep()
        self.id, self.kind, self.voucher, self._dirty = "", "", None, False
        for part in (self.form, self.chip, self.pill, self.number, self.said, self.lines):
            part.hide()
        self.hint.show()
        self._show_buttons()

    def forget(self) -> None:
        """Show nothing, and keep nothing of what was typed: it is stored, or thrown away."""
        self._dirty = False
        self.show_nothing()

    def start(self, kind: str, values: Mapping[str, Any] | None = None) -> None:
        """A new voucher; `values` as `one_amount` names them fill it in beforehand."""
        given = {"day": self._last_day or self.desk.today(), **(values or {})}
        self._open(new_id(), MOVE if given.get("to_fund") else kind, given, None)
        if values:
            self._edited()
        self.form.fields["day"].editor.setFocus()

    def show_unfinished(self, id_: str, content: Mapping[str, Any], voucher: Voucher | None) -> None:
        """A form as it was left."""
        self._open(id_, str(content.get("kind") or "PC"), content, voucher)
        self._replaces = str(content.get("replaces") or "")

    def show_voucher(self, voucher: Voucher, state: str) -> None:
        """A draft to go on with, or a posted voucher."""
        given = one_amount.given_of(voucher)
        kind = MOVE if given and given["to_fund"] else voucher.kind
        plain = {name: getattr(voucher, name) for name in one_amount.PLAIN}
        self._open(voucher.id, kind, given or plain, voucher, state)

    def _open(
        self, id_: str, kind: str, given: Mapping[str, Any], voucher: Voucher | None, state: str = TYPING
    ) -> None:
        self.keep()
        self.id, self.kind, self.voucher, self._dirty = id_, kind, voucher, False
        self._replaces = voucher.replaces if voucher else ""
        self.hint.hide()
        for part in (self.form, self.pill, self.number):
            part.show()
        self.pill.show_state({"đã ghi sổ": "Đã ghi sổ"}.get(state, state.capitalize()), STATES[state])
        self._fit_kind()
        self.form.clear()
        self.form.set_values({name: given.get(name) for name in self.form.fields})
        self._show_adjusted(given.get("adjusts"))
        if voucher is None:
            self.form.fill_only_fund(kind)
        self._show_lines(voucher)
        posted = voucher is not None and voucher.posted
        names = [n for n in self.form.fields if not (posted and n in vouchers.AMENDABLE and not voucher.cancelled)]
        self.form.set_locked(False)
        self.form.set_locked(posted, names)
        self.chip.setVisible(not posted)
        for field in self.form.fields.values():
            field.doubt("")
        self._say(voucher.reason if voucher and voucher.reason else "", "" if not posted else "warn")
        self.look_again()
        self._show_buttons()
        self.scroll.verticalScrollBar().setValue(0)
        self.opened.emit()

    def look_again(self) -> None:
        """Say what is doubtful, and the number it will get."""
        if not self.kind or (self.voucher and self.voucher.posted):
            self.number.setText(self.voucher.number if self.voucher else "")
            return
        given = self._given()
        day = given.get("day")
        series = given.get("kind")
        if isinstance(day, date) and series:
            coming = self._own_number() or ledger.next_number(self.desk.book, series, dates.month_of(day))
            self.number.setText(f"số dự kiến {coming}")
        found: list[Problem] = []
        try:
            found = cautions.cautions(self.desk.book, one_amount.values(self.desk.book, given), today=self.desk.today())
        except Refused:
            found = []
        for name, field in self.form.fields.items():
            field.doubt(" ".join(doubt.problem for doubt in found if doubt.field == name))

    # what is done

    def save(self) -> None:
        """Ctrl+S: post what is being written, or keep what may still be corrected on a posted voucher."""
        if not self.kind:
            return
        book, by = self.desk.book, self.desk.by
        if self.voucher is not None and self.voucher.posted:
            values = {name: self.form.values()[name] for name in vouchers.AMENDABLE}
            if self._tried(lambda: vouchers.amend(book, self.id, values, by)):
                self._dirty = False
                self.saved.emit(self.id)
            return
        made = self._tried(lambda: vouchers.write(book, self._values(), by))
        if made is not None:
            self._done(made)
            self.posted.emit(made)

    def save_draft(self) -> None:
        """*Lưu nháp*: a draft that counts nowhere yet."""
        made = self._tried(lambda: vouchers.draft(self.desk.book, self._values(), self.desk.by))
        if made is not None:
            self._done(made)
            self.saved.emit(made.id)

    def keep(self) -> None:
        """Put what is typed on disk, if it is not there yet; while the book is busy it waits here."""
        posted = self.voucher is not None and self.voucher.posted
        if self._dirty and self.kind and not posted:
            content = self._content()
            if any(content.get(name) for name in _TELLING):
                self._dirty = False
                self._unkept[self.id] = content
        if not self._unkept:
            return
        try:
            for id_ in list(self._unkept):
                unfinished.keep(self.desk.book, FORM, id_, self._unkept[id_])
                del self._unkept[id_]
        except Trouble:
            self._keeping.start()
            return
        self.kept.emit()

    def duplicate(self) -> None:
        """Ctrl+D: a new voucher filled in like this one."""
        if self.kind:
            given = {**self._given(), "id": "", "number": "", "replaces": "", "adjusts": ""}
            self.start(self.kind, {**given, "day": self.desk.today()})

    def content(self) -> dict[str, Any]:
        """What stands in the form, as `start` takes it."""
        return {name: value for name, value in self._given().items() if name not in ("id", "number", "replaces")}

    def _done(self, made: Voucher) -> None:
        self._dirty, self._last_day = False, made.day
        self.forget_typed()

    def forget_typed(self) -> None:
        """What was typed is stored or thrown away; where the book is busy it is passed over at the next start."""
        self._unkept.pop(self.id, None)
        with suppress(Trouble):
            unfinished.forget(self.desk.book, FORM, self.id)

    def _tried(self, act: Any) -> Voucher | None:
        try:
            made: Voucher = act()
        except Refused as refused:
            self._refuse(refused.problems)
            return None
        except Trouble as trouble:
            self._say(str(trouble), "bad")
            return None
        self._say("", "")
        return made

    def _refuse(self, problems: Iterable[Problem]) -> None:
        under = [Problem(_FIELD_OF.get(p.field, p.field.removeprefix("lines.").split("_")[0]), p.problem) for p in problems]
        homeless = self.form.show_problems(
            [Problem(p.field, p.problem) for p in under if p.field in self.form.shown()]
        ) + [p.problem for p in under if p.field not in self.form.shown()]
        for problem in under:
            if problem.field in self.form.shown():
                self.form.fields[problem.field].doubt("")
        self._say(" ".join(homeless), "bad")

    # what stands in it

    def _given(self) -> dict[str, Any]:
        """The form as `one_amount` names it; of a transfer the kind follows the fund that pays."""
        given = {name: value for name, value in self.form.values().items() if name in self.form.shown()}
        kind = self.kind
        if kind == MOVE:
            paying = next((fund for fund in self.form.funds() if fund.id == given.get("fund")), None)
            kind = "PC" if paying is None or paying.kind == "Tiền mặt" else "UNC"
        return {**given, "id": self.id, "kind": kind, "number": self._own_number(), "replaces": self._replaces}

    def _values(self) -> dict[str, Any]:
        given = self._given()
        missing = [
            Problem(name, f"“{self.form.fields[name].editor.text().strip()}” không có trong danh sách. Hãy chọn một dòng.")
            for name in self.form.unknown_picks()
        ]
        if self.kind == MOVE and not given.get("to_fund"):
            missing.append(Problem("to_fund", "Hãy chọn quỹ nhận."))
        if missing:
            raise Refused(missing)
        return one_amount.values(self.desk.book, given)

    def _content(self) -> dict[str, Any]:
        return {**self.form.values(), "kind": self.kind, "replaces": self._replaces}

    def _own_number(self) -> str:
        return self.voucher.number if self.voucher else ""

    def _edited(self) -> None:
        self._dirty = True
        if self.voucher is not None and self.voucher.posted:
            self._show_buttons()
            return
        if not self._keeping.isActive():
            self._keeping.start()

    def _payee_picked(self, name: object) -> None:
        address = self.form.fields["address"].editor
        if not address.value():
            address.set_value(address_of(self.desk.book, str(name)))

    # making

    def _lay_out(self) -> None:
        self.chip = Chip("Loại phiếu", KINDS, "PC")
        self.chip.chosen.connect(self._choose_kind)
        self.pill = StatePill("", "quiet")
        self.title, self.number = label("", "subtitle"), label("", "muted")
        self.said, self.lines = label("", "hint", wrap=True), label("", "muted", wrap=True)
        self.hint = label(
            "Chọn một chứng từ để xem, hoặc bấm F2 lập phiếu thu, F3 lập phiếu chi.", "muted", wrap=True
        )
        head, feet = QHBoxLayout(), QHBoxLayout()
        for part in (self.title, self.chip):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.pill)
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
        for part in (self.form, self.lines, self.said):
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
        for part in (self.number, self.hint):
            column.addWidget(part)
        column.addSpacing(2)
        column.addWidget(self.scroll, 1)
        column.addLayout(feet)

    def _show_buttons(self) -> None:
        posted = self.voucher is not None and self.voucher.posted
        writing = bool(self.kind) and not posted
        alive = posted and not self.voucher.cancelled
        self.printing.setVisible(bool(self.voucher))
        self.discarding.setVisible(writing)
        self.drafting.setVisible(writing)
        amending = alive and self._dirty
        self.correcting.setVisible(bool(alive and not amending))
        self.cancelling.setVisible(bool(alive and not amending))
        self.saving.setVisible(bool(writing or amending))
        self.saving.setText("Lưu" if posted else "Ghi sổ")

    def _choose_kind(self, kind: str) -> None:
        self.kind = kind
        self._fit_kind()
        self.form.fill_only_fund(kind)
        self._edited()
        self.look_again()

    def _fit_kind(self) -> None:
        self.chip.choose_quietly(self.kind)
        posted = self.voucher is not None and self.voucher.posted
        self.title.setText(f"{dict(KINDS).get(self.kind, '')} {self.voucher.number}" if posted else "")
        self.title.setVisible(posted)
        self.number.setVisible(not posted)
        self.form.fit(self.kind, self.voucher)

    def _show_adjusted(self, id_: object) -> None:
        old = self.desk.book.get(Voucher, str(id_)) if id_ else None
        self.form.fields["adjusts"].editor.set_value(old.id if old else None, old.number if old else "")

    def _show_lines(self, voucher: Voucher | None) -> None:
        several = voucher is not None and one_amount.given_of(voucher) is None
        self.lines.setText(self.form.lines_of(voucher) if voucher is not None and several else "")
        self.lines.setVisible(several)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Where letters are large the fields scroll: the one being typed in stays in sight."""
        if now is not None and self.scroll.widget().isAncestorOf(now):
            self.scroll.ensureWidgetVisible(now, 0, theme.worn().px(44))

    def _say(self, sentence: str, tone: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        theme.restyle(self.said, tone=tone)
