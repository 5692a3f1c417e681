"""*Bầu khóa mới*: a body, the days of its term, and those elected, entered one after the other by keyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import officers
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.fields import entity_of
from desktop_app.domain.officers import Held
from desktop_app.domain.records import Term
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.officers.asks import person_edit, picked, post_choices
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, Tick
from desktop_app.ui.widgets.form import Field, Form, fields_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Empty, Table, Verb
from desktop_app.ui.widgets.texts import label


@dataclass(frozen=True)
class Elected:
    """One line of the list."""

    person: str
    name: str
    post: str
    title: str
    votes: str = ""
    full_time: bool = False


class Election(QDialog):
    """Stores nothing until *Ghi*; refusals stand under their fields or under the list."""

    def __init__(self, desk: Desk, over: QWidget, held: list[Held]) -> None:
        super().__init__(over)
        self._desk, self._held, self._known = desk, held, officers.catalogue(desk.today())
        self.elected: list[Elected] = []
        self.setWindowTitle("Bầu khóa mới")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bodies = [Choice(body.code, body.name) for body in self._known.bodies.values() if body.term]
        days = {name: DayEdit(desk.today) for name in ("since", "until", "congress", "first_meeting")}
        self.form = Form(
            {
                "body": Field("Ban được bầu", PickEdit(bodies), required=True),
                **fields_of(entity_of(Term), ("since", "until", "planned", "congress", "first_meeting"), days),
            },
            columns=3,
        )
        self.form.fields["until"].note("Bỏ trống: 5 năm")
        self.form.fields["body"].editor.picked.connect(lambda _: self._offer_posts())
        self.line = Form(
            {
                "person": Field("Người trúng cử", person_edit(desk), required=True),
                "post": Field("Chức vụ", PickEdit(()), required=True),
                "votes": Field("Tỷ lệ phiếu", LineEdit("98,5 %", longest=10)),
                "full_time": Field("Chuyên trách", Tick()),
            },
            columns=4,
        )
        self.line.finished.connect(self.add)
        self.table = Table(
            (
                Column("no", "STT", lambda one: self.elected.index(one) + 1, "whole", width=48),
                Column("name", "Họ và tên", lambda one: one.name, "name", width=180, stretch=True),
                Column("title", "Chức vụ", lambda one: one.title, width=210),
                Column("votes", "Tỷ lệ phiếu", lambda one: one.votes, width=92),
                Column("full", "Chuyên trách", lambda one: one.full_time, "flag", width=100),
            ),
            name="election", noun="người", find=False,
            empty=Empty("Chọn người và chức vụ ở trên, Enter để thêm vào danh sách."),
            verbs=(Verb("Bỏ khỏi danh sách", self.drop, "Del"),),
        )  # fmt: skip
        QShortcut(QKeySequence("Del"), self.table).activated.connect(lambda: self.drop(self.table.chosen()))
        self._again = KeyButton("Lấy ban đương nhiệm", glyph="account-multiple-plus-outline", clicked=self.take_present)
        self.table.add_tool(self._again)
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.refusal.hide()
        feet = QHBoxLayout()
        feet.addWidget(label("Những chức vụ cùng ban đang giữ tự thôi vào hôm trước ngày bắt đầu.", "hint"))
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(KeyButton("Ghi khóa mới", "Ctrl+S", tone="primary", clicked=self.save))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (self.form, self.line, self.table, self.refusal):
            column.addWidget(part, 1 if part is self.table else 0)
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)  # Enter goes to the next field
        self.form.set_values({"body": bodies[0].value, "since": desk.today()})
        self._offer_posts()
        self.resize(theme.worn().px(820), theme.worn().px(560))

    def add(self) -> None:
        """Take the line into the list and begin the next one."""
        person, post = self.line.fields["person"].editor.choice(), self.line.fields["post"].editor.choice()
        lacking = [Problem(name, told) for name, told, there in (
            ("person", "Hãy chọn người.", person), ("post", "Hãy chọn chức vụ.", post)) if there is None]  # fmt: skip
        if person is not None and any(one.person == person.value for one in self.elected):
            lacking.append(Problem("person", f"{person.text} đã có trong danh sách."))
        if lacking or person is None or post is None:
            self.line.show_problems(lacking)
            return
        values = self.line.values()
        self.elected.append(
            Elected(person.value, person.text, post.value, post.text, values["votes"] or "", bool(values["full_time"]))
        )
        self._show()
        self.line.clear()
        self.line.fields["post"].editor.set_value(post.value if not self._known.posts[post.value].one else None)
        self.line.fields["person"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self, rows: list[Elected]) -> None:
        """Take lines out of the list."""
        self.elected = [one for one in self.elected if one not in rows]
        self._show()

    def take_present(self) -> None:
        """Begin from those who sit in the body now: most are elected again."""
        body, today = picked(self.form, "body"), self._desk.today()
        there = {one.person for one in self.elected}
        for one in self._held:
            if one.on(today) and one.post and one.post.body == body and one.office.person not in there:
                there.add(one.office.person)
                self.elected.append(
                    Elected(one.office.person, one.name, one.post.code, one.post.name, full_time=one.full_time)
                )
        self._show()

    def save(self) -> None:
        """One transaction: the old term's posts end, the new ones begin."""
        self.refusal.hide()
        rows = [
            {"person": one.person, "post": one.post, "votes": one.votes, "full_time": one.full_time} for one in self.elected
        ]
        try:
            done = officers.elect(self._desk.book, picked(self.form, "body"), self.form.values(), rows, self._desk.by)
        except Refused as refused:
            self._tell(" ".join(self.form.show_problems(refused.problems)))
        except Trouble as trouble:
            self._tell(str(trouble))
        else:
            self._desk.say(f"Đã ghi {len(done.offices)} người của khóa mới.")
            self._desk.changed(done.changes.entities)
            self.accept()

    def _show(self) -> None:
        self.table.show_rows(self.elected)

    def _offer_posts(self) -> None:
        body = picked(self.form, "body")
        self.line.fields["post"].editor.offer(post_choices(self._desk, body))
        kept = [one for one in self.elected if self._known.posts[one.post].body == body]
        if kept != self.elected:
            self.elected = [replace(one) for one in kept]
            self._show()

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
