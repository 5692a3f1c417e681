"""The voucher being written or looked at, at the right of *Chứng từ*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.actions import cautions, one_amount, several_amounts, spending, vouchers
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.records import Voucher
from desktop_app.storage import numbering, unfinished
from desktop_app.storage.book import new_id
from desktop_app.storage.voucher_rows import address_of
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.vouchers.fields import KINDS, MOVE, shape_of
from desktop_app.ui.pages.vouchers.frame import VoucherFrame
from desktop_app.ui.pages.vouchers.list import STATES, TYPING

FORM = "vouchers"
_KEEP_MS = 700
_SEVERAL = ("PT", "PC", "BC", "BN", "UNC")
"""The kinds that may have several rows."""
_TELLING = ("to_fund", "adjusts", "party", "text", "item", "amount", "address", "papers", "rows")
"""Without any of these nothing worth keeping was typed."""
_LINKS = ("replaces", "settles")
_FIELD_OF = {"lines.item": "item", "lines.fund": "fund", "lines": "amount"}


class VoucherForm(VoucherFrame):
    """Shows one voucher: new, unfinished, a draft, or posted and then closed to all but payee, address and papers."""

    posted = Signal(object)  # Voucher
    saved = Signal(str)  # id of a draft or an amended voucher
    kept = Signal()  # what is typed is on disk
    opened = Signal()  # another voucher is shown

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.id, self.kind, self.voucher = "", "", None
        self._links: dict[str, str] = {}  # the voucher it replaces, the advance it settles
        self._dirty, self._last_day = False, None
        self._unkept: dict[str, dict[str, Any]] = {}
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self.form.edited.connect(self._edited)
        self.form.settled.connect(self.look_again)
        self.form.finished.connect(self.saving.setFocus)
        self.saving.setAutoDefault(True)  # Enter posts once it stands there
        self.form.fields["party"].editor.picked.connect(self._payee_picked)
        self.show_nothing()

    # what is shown

    def show_nothing(self) -> None:
        self.keep()
        self.id, self.kind, self.voucher, self._dirty = "", "", None, False
        for part in (self.form, self.chip, self.turning, self.pill, self.number, self.said, self.lines, self.files):
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
        self._links = {name: str(content[name]) for name in _LINKS if content.get(name)}

    def show_voucher(self, voucher: Voucher, state: str) -> None:
        """A draft to go on with, or a posted voucher."""
        given = shape_of(voucher)
        kind = MOVE if given and given["to_fund"] else voucher.kind
        plain = {name: getattr(voucher, name) for name in one_amount.PLAIN}
        self._open(voucher.id, kind, given or plain, voucher, state)

    def _open(
        self, id_: str, kind: str, given: Mapping[str, Any], voucher: Voucher | None, state: str = TYPING
    ) -> None:
        self.keep()
        self.id, self.kind, self.voucher, self._dirty = id_, kind, voucher, False
        self._links = {name: getattr(voucher, name) for name in _LINKS if voucher and getattr(voucher, name)}
        self.hint.hide()
        for part in (self.form, self.pill, self.number):
            part.show()
        self.pill.show_state({"đã ghi sổ": "Đã ghi sổ"}.get(state, state.capitalize()), STATES[state])
        if given.get("rows"):
            self.form.show_several(given["rows"])
        else:
            self.form.show_one()
        self._fit_kind()
        self.form.clear()
        self.form.set_values({name: given.get(name) for name in self.form.fields})
        self._show_adjusted(given.get("adjusts"))
        if voucher is None:
            self.form.fill_only_fund(kind)
        self._show_lines(voucher)
        self.files.show()
        self.files.show_voucher(voucher)
        posted = voucher is not None and voucher.posted
        names = [n for n in self.form.fields if not (posted and n in vouchers.AMENDABLE and not voucher.cancelled)]
        self.form.set_locked(False)
        self.form.set_locked(posted, names)
        self.form.lines.set_locked(posted)
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
            coming = self._own_number() or numbering.next_number(self.desk.book, series, dates.month_of(day))
            self.number.setText(f"số dự kiến {coming}")
        try:
            values = self._read(given)
        except Refused:
            values = {}
        book = self.desk.book
        found = cautions.cautions(book, values, today=self.desk.today())
        notes = [used.words for used in spending.of_values(book, values) if used.percent < cautions.NEARLY_SPENT]
        for name, field in self.form.fields.items():
            field.doubt(" ".join(doubt.problem for doubt in found if doubt.field == name))
        if self.form.several:
            self.form.lines.tell((), [d.problem for d in found if d.field not in self.form.shown()], notes)
        else:
            self.form.fields["item"].note(" ".join(notes))

    # what is done

    def save(self) -> None:
        """Ctrl+S: post what is being written, or keep what may still be corrected on a posted voucher."""
        if not self.kind:
            return
        self.form.lines.settle()
        book, by = self.desk.book, self.desk.by
        if self.voucher is not None and self.voucher.posted:
            values = {name: self.form.values()[name] for name in vouchers.AMENDABLE}
            if self._tried(lambda: vouchers.amend(book, self.id, values, by)):
                self._dirty = False
                self.saved.emit(self.id)
            return
        if self.voucher is not None and shape_of(self.voucher) is None:  # lines that this form does not change
            made = self._tried(lambda: vouchers.post(book, self.id, by))
        else:
            made = self._tried(lambda: vouchers.write(book, self._values(), by))
        if made is not None:
            self._done(made)
            self.posted.emit(made)

    def save_draft(self) -> None:
        """*Lưu nháp*: a draft that counts nowhere yet."""
        self.form.lines.settle()
        made = self._tried(lambda: vouchers.draft(self.desk.book, self._values(), self.desk.by))
        if made is not None:
            self._done(made)
            self.saved.emit(made.id)

    def stored(self) -> Voucher | None:
        """The voucher shown as the book holds it; what is only typed is saved as a draft first, None if refused."""
        if self.voucher is None and self.kind:
            self.save_draft()
        return self.voucher

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
            given = {**self._given(), "id": "", "number": "", **dict.fromkeys((*_LINKS, "adjusts"), "")}
            self.start(self.kind, {**given, "day": self.desk.today()})

    def content(self) -> dict[str, Any]:
        """What stands in the form, as `start` takes it."""
        return {name: value for name, value in self._given().items() if name not in ("id", "number", *_LINKS)}

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
        if self.form.several:
            given = list(problems)
            self.form.lines.tell([p for p in given if p.field.startswith("rows.")], ())
            problems = [p for p in given if not p.field.startswith("rows.")]
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
        return {**given, **self._rows(), "id": self.id, "kind": kind, "number": self._own_number(), **self._links}

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
        return self._read(given)

    def _read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        several = given.get("rows") is not None
        return (several_amounts if several else one_amount).values(self.desk.book, given)

    def _content(self) -> dict[str, Any]:
        return {**self.form.values(), **self._rows(), "kind": self.kind, **self._links}

    def _rows(self) -> dict[str, Any]:
        return {"rows": self.form.lines.rows()} if self.form.several else {}

    def turn(self) -> None:
        """F4: from one amount to several rows, or back while no more than one is filled."""
        if self.kind not in _SEVERAL or (self.voucher is not None and self.voucher.posted):
            return
        if not self.form.several:
            values = self.form.values()
            self.form.show_several([{"item": values["item"], "amount": values["amount"]}])
            focus: QWidget = self.form.lines.grid
        else:
            self.form.lines.settle()
            rows = [row for _, row in several_amounts.filled(self.form.lines.rows())]
            if len(rows) > 1:
                self._say(f"Phiếu đang có {len(rows)} dòng. Hãy bỏ bớt (Ctrl+Delete) để còn một dòng.", "warn")
                return
            self.form.show_one()
            self.form.set_values({name: rows[0][name] for name in ("item", "amount")} if rows else {})
            focus = self.form.fields["item"].editor
        self._fit_kind()
        self._say("", "")
        self._edited()
        self.look_again()
        focus.setFocus()

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

    # what its parts show

    def _show_buttons(self) -> None:
        posted = self.voucher is not None and self.voucher.posted
        alive = posted and not self.voucher.cancelled
        self.show_buttons(
            stored=bool(self.voucher), writing=bool(self.kind) and not posted, alive=alive, amending=alive and self._dirty
        )

    def _choose_kind(self, kind: str) -> None:
        self.kind = kind
        if self.form.several and kind not in _SEVERAL:
            self.form.show_one()
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
        self.turning.setVisible(self.kind in _SEVERAL and not posted)
        self.turning.setText("Một dòng" if self.form.several else "Nhiều dòng")
        self.fit_width()

    def _show_adjusted(self, id_: object) -> None:
        old = self.desk.book.get(Voucher, str(id_)) if id_ else None
        self.form.fields["adjusts"].editor.set_value(old.id if old else None, old.number if old else "")

    def _show_lines(self, voucher: Voucher | None) -> None:
        several = voucher is not None and shape_of(voucher) is None
        self.lines.setText(self.form.lines_of(voucher) if voucher is not None and several else "")
        self.lines.setVisible(several)
