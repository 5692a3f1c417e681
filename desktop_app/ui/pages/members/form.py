"""The side panel of the list of members: one person to add or to change, and the history of the wage."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

import resources
from desktop_app.actions import members, movements
from desktop_app.domain import cccd, dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Person, Wage
from desktop_app.storage import unfinished
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.kept_data import MemberData
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, MoneyEdit, MonthEdit, Tick
from desktop_app.ui.widgets.form import Field, Form, fields_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import StatePill, label

if TYPE_CHECKING:
    from desktop_app.ui.pages.person.record import RecordDialog

_OWN = ("name", "birth", "sex", "cccd", "card", "team", "joined")
_MORE = ("phone", "email", "address", "workplace", "job", "contract", "hired", "education", "registered")
_PAY = ("wage", "net", "from_month")
FORM = "members"
_KEEP_MS = 700


class MemberForm(QFrame):
    """Shows one person, or an empty form for a new one; `saved` carries the id.

    What is typed is on disk within a second, and waits there until it is saved or thrown away.
    """

    saved = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id = ""
        self._shown: dict[str, Any] = {}
        self._wage: Wage | None = None
        # Typed and not saved, by person ("" = the new one), and which of it is not on disk yet.
        self._waiting = unfinished.kept(desk.book, FORM)
        self._unkept: set[str] = set()
        self.setProperty("role", "panel")
        self.setFixedWidth(theme.worn().px(326))
        self.heading, self.state = label("Người mới", "subtitle"), StatePill()
        self.team = PickEdit((), free=True)
        self.form = Form(self._fields(), columns=2, wide=("name", "note"))
        self.more = Form(self._more_fields(), columns=2, wide=("address",))
        self.more.hide()
        self.unfold = KeyButton("Liên hệ, việc làm ▾", tone="link", clicked=self.show_more)
        self.whole = KeyButton("Hồ sơ đầy đủ…", "F4", tone="link", clicked=self.open_record)
        self.whole.setToolTip("Quê quán, trình độ, giấy tờ, con, lịch sử thay đổi (F4)")
        self.history = label("", "hint", wrap=True)
        self.moves = label("", "hint", wrap=True)
        self.drop = KeyButton("Bỏ mức lương đang hiện", tone="link", clicked=self.drop_wage)
        self.drop.setToolTip("Bỏ mức lương ghi nhầm; mức trước đó lại có hiệu lực")
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.save_button = KeyButton("Lưu", "Ctrl+S", tone="primary", clicked=self.save)
        self.drop_button = KeyButton("Bỏ", clicked=self.throw_away)
        self.drop_button.setToolTip("Bỏ phần chưa lưu")
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self.data = MemberData(desk, self, lambda: self._id, self._erased)
        self._lay_out()
        for form in (self.form, self.more):
            form.edited.connect(self._edited)
        self.more.finished.connect(self.save)
        self.form.finished.connect(self.save)
        self._go_on()

    def _go_on(self) -> None:
        """After a power cut: what was being typed is open again."""
        last = next(reversed(self._waiting), "")
        self._show_again(last)

    def begin(self) -> None:
        """An empty form for a new person; what was typed for one before is still there."""
        self._wage = None
        self._show("", {"member": True})
        self.heading.setText("Người mới")
        if self.isVisible():
            self.form.fields["name"].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_person(self, id_: str) -> None:
        """Show a person with the wage in force and its history."""
        person = self._desk.book.get(Person, id_)
        if person is None:
            self.begin()
            return
        id_ = person.id
        values = {field.name: getattr(person, field.name) for field in entity_of(person).fields}
        values["birth"] = dates.parse_partial(person.birth).display if person.birth else ""
        values["member"] = person.member and person.until is None
        wages = members.wages_of(self._desk.book, id_)
        month = dates.month_of(self._desk.today())
        now = next((wage for wage in wages if wage.from_month <= month), wages[0] if wages else None)
        self._wage = now
        if now is not None:
            values |= {"wage": now.insured or None, "net": now.net or None, "from_month": now.from_month}
        self._show(id_, values)
        self.heading.setText(person.name)
        told = [
            f"{'Từ ' + dates.show_month(w.from_month) if w.from_month else 'Từ đầu'}: {format_amount(w.insured)} ₫"
            + (f", thực lĩnh {format_amount(w.net)} ₫" if w.net else "")
            for w in wages
        ]
        self._tell_history(told)
        self._tell_moves(person)

    def _erased(self) -> None:
        """The person shown was erased: nothing typed for them may stay either."""
        self._forget(self._id)
        self.begin()

    def _tell_history(self, told: list[str]) -> None:
        """One wage is in the fields already; more of them are a history."""
        self.history.setText("Lịch sử lương\n" + "\n".join(told) if len(told) > 1 else "")
        for part in (self.history, self.drop):
            part.setVisible(len(told) > 1)

    def _tell_moves(self, person: Person) -> None:
        """What happened to the person, the latest first."""
        known = movements.kinds(self._desk.today())
        told = []
        for step in reversed(movements.history(self._desk.book, person)):
            moved = step.movement
            more = [part for part in (moved.document, moved.to_unit or moved.from_unit, moved.reason) if part]
            day = dates.show_day(moved.day) if moved.day else ""
            told.append(" · ".join([f"{day} {known.name(moved.kind)}", *more]))
        self.moves.setText("Biến động\n" + "\n".join(told) if told else "")
        self.moves.setVisible(bool(told))

    def show_more(self) -> None:
        """Unfold or fold how to reach the person and what the work is."""
        folded = self.more.isHidden()
        self.more.setVisible(folded)
        self.unfold.setText("Liên hệ, việc làm ▴" if folded else "Liên hệ, việc làm ▾")
        if folded:
            self.more.fields["phone"].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QTimer.singleShot(0, self.more, lambda: self._scroll.ensureWidgetVisible(self.more))

    def open_record(self) -> RecordDialog | None:
        """F4: everything else that is kept of the person shown; a new one is saved first."""
        from desktop_app.ui.pages.person.record import RecordDialog  # many editors: built when they are wanted

        if not self._id:
            self._desk.say("Hãy lưu người này trước, rồi mở hồ sơ đầy đủ.")
            return None
        self.record = RecordDialog(self._desk, self._id, self.window())
        self.record.open()
        return self.record

    def values(self) -> dict[str, Any]:
        """What stands in both parts of the form."""
        return {**self.form.values(), **self.more.values()}

    def offer_teams(self, teams: list[str]) -> None:
        """The teams to pick from; a new one may be typed."""
        self.team.offer([Choice(team, team) for team in teams])

    def keep(self) -> None:
        """Put what is typed on disk, if it is not there yet; while the book is busy it waits here."""
        self._keeping.stop()
        try:
            for id_ in tuple(self._unkept):
                unfinished.keep(self._desk.book, FORM, id_, self._waiting[id_])
                self._unkept.discard(id_)
        except Trouble:
            self._keeping.start()

    def throw_away(self) -> None:
        """*Bỏ*: the person as stored, or an empty form; *Hoàn tác* brings it back."""
        id_, typed = self._id, self._waiting[self._id]
        self._forget(id_)
        self._show_again(id_)
        self._desk.say("Đã bỏ phần chưa lưu.", "Hoàn tác", lambda: self._type_again(id_, typed))

    def _type_again(self, id_: str, typed: dict[str, Any]) -> None:
        self._waiting[id_] = typed
        self._unkept.add(id_)
        self.keep()
        self._show_again(id_)

    def _show_again(self, id_: str) -> None:
        if id_:
            self.show_person(id_)
        else:
            self.begin()

    def _forget(self, id_: str) -> None:
        self._waiting.pop(id_, None)
        self._unkept.discard(id_)
        with suppress(Trouble):
            unfinished.forget(self._desk.book, FORM, id_)

    def save(self) -> None:
        """Store what stands in the form; refusals stand under their fields and nothing is stored."""
        values = self.values()
        self.refusal.hide()
        try:
            if self._id:
                person, changes = members.edit(self._desk.book, self._id, self._changed_pay(values), self._desk.by)
            else:
                person, changes = members.add(self._desk.book, values, self._desk.by)
        except Refused as refused:
            further = [problem for problem in refused.problems if problem.field in _MORE]
            if further and self.more.isHidden():
                self.show_more()
            self.more.show_problems(further)
            self._tell(" ".join(self.form.show_problems(p for p in refused.problems if p not in further)))
            return
        except Trouble as trouble:
            self._tell(str(trouble))
            return
        new = not self._id
        self._forget(self._id)
        self._id = person.id
        twins = members.namesakes(self._desk.book, person) if new else []
        said = f"Đã thêm {person.name}." if new else f"Đã lưu {person.name}."
        if twins:
            said += f" Trùng tên và ngày sinh với {', '.join(twins)}: hãy kiểm tra."
        self._desk.say(said)
        self._desk.changed(changes.entities)
        self.saved.emit(person.id)

    def drop_wage(self) -> None:
        """Take back the wage shown; *Hoàn tác* sets it again."""
        wage = self._wage
        if wage is None:
            return
        members.drop_wage(self._desk.book, wage.id, self._desk.by)
        self._forget(self._id)
        since = f"từ {dates.show_month(wage.from_month)}" if wage.from_month else "từ đầu"
        self._desk.say(f"Đã bỏ mức lương {format_amount(wage.insured)} ₫ {since}.", "Hoàn tác", lambda: self._set_again(wage))
        self._desk.changed({"wage"})
        self.show_person(wage.person)

    def _set_again(self, wage: Wage) -> None:
        values = {"from_month": wage.from_month, "insured": wage.insured, "net": wage.net}
        members.set_wage(self._desk.book, wage.person, values, self._desk.by)
        self._desk.changed({"wage"})
        self.show_person(wage.person)

    def _changed_pay(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values to store: pay only where it was changed, so that no history is made by saving a name."""
        same = all(values[name] == (self._shown.get(name) or ("" if name == "from_month" else None)) for name in _PAY)
        return {name: value for name, value in values.items() if not (same and name in _PAY)}

    def _show(self, id_: str, values: Mapping[str, Any]) -> None:
        self._id, self._shown = id_, dict(values)
        self._tell_history([])
        self.moves.hide()
        self.refusal.hide()
        for form in (self.form, self.more):
            form.clear()
            form.set_values(values)
            if id_ in self._waiting:
                form.set_values(self._waiting[id_])
        self._mark()
        self._doubt()

    def _edited(self) -> None:
        self._waiting[self._id] = self.values()
        self._unkept.add(self._id)
        if not self._keeping.isActive():
            self._keeping.start()
        self._mark()
        self._doubt()

    def _mark(self) -> None:
        waits = self._id in self._waiting
        self.state.show_state("Chưa lưu" if waits else "", "warn")
        self.drop_button.setVisible(waits)
        self.data.button.setVisible(bool(self._id) and not waits)
        self.whole.setVisible(bool(self._id))

    def _doubt(self) -> None:
        values = self.form.values()
        try:
            birth = dates.parse_partial(values["birth"]).iso if values["birth"] else ""
        except ValueError:
            birth = ""
        self.form.fields["cccd"].note(cccd.doubt(str(values["cccd"]), str(values["sex"] or ""), birth), "warn")

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _fields(self) -> dict[str, Field]:
        fields = fields_of(entity_of(Person), _OWN, {"team": self.team})
        fields["joined"] = Field("Ngày vào CĐ", DayEdit(self._desk.today))
        fields |= {
            "wage": Field("Lương đóng BHXH", MoneyEdit(in_words=False)),
            "net": Field("Lương thực lĩnh", MoneyEdit(in_words=False)),
            "from_month": Field("Lương từ tháng", MonthEdit()),
            "member": Field("Đoàn viên", Tick()),
            "note": Field("Ghi chú", LineEdit(longest=1000)),
        }
        fields["from_month"].editor.setToolTip("Đổi tháng để ghi mức lương mới; mức cũ được giữ trong lịch sử")
        return fields

    def _more_fields(self) -> dict[str, Field]:
        offered = resources.read("catalogues/work.toml")["catalogue"][-1]
        picked = {
            name: PickEdit([Choice(word, word) for word in offered[name]], free=True) for name in ("contract", "education")
        }
        fields = fields_of(entity_of(Person), _MORE, picked)
        for name, text in (("hired", "Ngày vào làm"), ("registered", "Cập nhật phần mềm TLĐ")):
            fields[name] = Field(text, DayEdit(self._desk.today))
        return fields

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.state)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 16, 0)
        column.setSpacing(10)
        column.addWidget(self.form)
        further = QHBoxLayout()
        further.addWidget(self.unfold)
        further.addStretch(1)
        further.addWidget(self.whole)
        column.addLayout(further)
        column.addWidget(self.more)
        column.addWidget(self.history)
        column.addWidget(self.drop)
        column.addWidget(self.moves)
        column.addWidget(self.refusal)
        column.addStretch(1)
        self.refusal.hide()
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        feet = QHBoxLayout()
        feet.setContentsMargins(16, 0, 16, 0)
        feet.addWidget(self.drop_button)
        feet.addWidget(self.data.button)
        feet.addStretch(1)
        feet.addWidget(self.save_button)
        head.setContentsMargins(16, 0, 12, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 12, 1, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        whole.addLayout(feet)
