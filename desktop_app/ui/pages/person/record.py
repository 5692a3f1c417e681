"""*Hồ sơ đầy đủ*: everything that is kept of one person, on tabs, and who changed what."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop_app.actions import one_person, person_record
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.extras import shown
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Child, Consent, Language, PersonNumber
from desktop_app.storage import person_file, unfinished
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.person import parts
from desktop_app.ui.pages.person.merged import MergedPart
from desktop_app.ui.pages.person.papers import ConsentPaper
from desktop_app.ui.pages.person.photo import PhotoPart
from desktop_app.ui.pages.person.private import PrivatePart
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import StatePill, label

FORM = "person_record"
_KEEP_MS = 700
_CONSENT = (
    "Người lao động đồng ý để công đoàn lưu và dùng dữ liệu của mình (Luật 91/2025/QH15 Điều 9). Rút lại thì ghi ngày rút,"
    " rồi xóa ở phần Riêng tư những mục giữ vì đồng ý."
)


class RecordDialog(QDialog):
    """The record of a person (an id); `saved` tells that something was stored.

    What is typed is on disk within a second, and waits there until it is saved or thrown away.
    """

    saved = Signal()

    def __init__(self, desk: Desk, id_: str, over: QWidget | None = None) -> None:
        super().__init__(over)
        id_ = one_person.read_as(desk.book, id_)
        self._desk, self._id = desk, id_
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.forms = parts.forms(desk.today)
        self.private = PrivatePart(desk, id_)
        self.numbers, self.children_ = parts.numbers(desk.today), parts.children()
        self.consents = parts.consents(desk.today, person_record.consent_versions())
        self.lines = {"numbers": self.numbers, "children": self.children_, "consents": self.consents}
        self.paper = ConsentPaper(desk, self, id_)
        self._asked = person_record.asked(desk.book)
        self.extras = parts.extras(desk.today, self._asked)
        self.state, self.photo = StatePill(), PhotoPart(desk, id_)
        self.heading = label("", "title")
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.drop_button = KeyButton("Bỏ phần chưa lưu", clicked=self.throw_away)
        self.history = Table(
            (
                Column("when", "Lúc", lambda c: f"{c.when:%d/%m/%Y %H:%M}", width=142),
                Column("who", "Người ghi", lambda c: c.who, width=130),
                Column("what", "Phần", lambda c: c.what, width=130),
                Column("field", "Mục", lambda c: c.field, width=150),
                Column("old", "Trước", lambda c: c.old, width=130),
                Column("new", "Sau", lambda c: c.new, width=130, stretch=True),
            ),
            name="person-history", noun="thay đổi", settings=desk.settings, select_many=False,
            empty=Empty("Chưa có thay đổi nào."),
        )  # fmt: skip
        self.tabs = QTabWidget()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self._lay_out()
        for part in (*self.forms.values(), *self.lines.values(), self.extras):
            part.edited.connect(self._edited)
        self.private.edited.connect(lambda: self._mark(True))
        self.read()

    def read(self) -> None:
        """Show what is kept, and over it what was typed and not saved."""
        record = person_record.read(self._desk.book, self._id)
        person = record.person
        self.setWindowTitle(f"Hồ sơ: {person.name}")
        self.heading.setText(person.name)
        details: dict[str, Any] = {}
        if record.detail is not None:
            details = {name: getattr(record.detail, name) for name in person_record.DETAILS}
            details["languages"] = _rows(Language, record.detail.languages)
        for form in self.forms.values():
            form.clear()
            form.set_values(details)
        self.numbers.set_value(_rows(PersonNumber, record.numbers))
        self.children_.set_value(_rows(Child, record.children))
        self.consents.set_value(_rows(Consent, record.consents))
        self.extras.clear()
        self.extras.set_values({f.code: shown(f.kind, record.extras.get(f.code, "")) for f in self._asked})
        kept = unfinished.kept(self._desk.book, FORM).get(self._id)
        if kept is not None:
            self._type(kept)
        self._mark(kept is not None)
        self._tell([])
        held = person_file.person_file(self._desk.book, self._id)
        self.history.show_rows(tuple(reversed(held.changes)) if held else ())

    def typed(self) -> dict[str, Any]:
        """What stands in every part."""
        details = {name: value for form in self.forms.values() for name, value in form.values().items()}
        told = {name: lines.value() for name, lines in self.lines.items()}
        return {"details": details, "extras": self.extras.values(), **told}

    def save(self) -> None:
        """Store all parts at once; refusals stand under their fields, and the first tab that has one opens."""
        typed = self.typed()
        try:
            changes = person_record.save(
                self._desk.book, self._id, typed["details"], self._desk.by,
                **{name: typed[name] for name in ("extras", *self.lines)},
            )  # fmt: skip
        except Refused as refused:
            self._show_problems(refused.problems)
            return
        except Trouble as trouble:
            self._tell([str(trouble)])
            return
        if self.private.dirty and not self._save_private():
            return
        self._forget()
        self.read()
        self._desk.say(f"Đã lưu hồ sơ {self.heading.text()}.")
        self._desk.changed(changes.entities)
        self.saved.emit()

    def _save_private(self) -> bool:
        try:
            self.private.save()
        except (Refused, Trouble):
            self.tabs.setCurrentIndex(self._tab_of(self.private))
            return False
        return True

    def keep(self) -> None:
        """Put what is typed on disk; while the book is busy it waits here."""
        self._keeping.stop()
        try:
            unfinished.keep(self._desk.book, FORM, self._id, self.typed())
        except Trouble:
            self._keeping.start()

    def throw_away(self) -> None:
        """The record as stored; what is private is locked again."""
        self._forget()
        if self.private.dirty:
            self.private.dirty = False
            self.private.unlock()
        self.read()

    def reject(self) -> None:
        """What is private waits nowhere: it is saved or, closing once more, thrown away."""
        if self.private.dirty:
            self.private.dirty = False
            self._tell(["Phần riêng tư chưa lưu. Bấm Lưu để giữ, hoặc Đóng lần nữa để bỏ."])
            return
        super().reject()

    def done(self, result: int) -> None:
        """Closing loses nothing of what was typed."""
        if self._keeping.isActive():
            self.keep()
        super().done(result)

    def add_part(self, title: str, *widgets: QWidget) -> None:
        """One more tab of these widgets, below each other."""
        self.tabs.addTab(_scrolled(widgets), title)

    def _type(self, kept: dict[str, Any]) -> None:
        for form in self.forms.values():
            form.set_values(kept.get("details", {}))
        self.extras.set_values(kept.get("extras", {}))
        for name, lines in self.lines.items():
            lines.set_value(kept.get(name))

    def _edited(self) -> None:
        self._mark(True)
        if not self._keeping.isActive():
            self._keeping.start()

    def _forget(self) -> None:
        self._keeping.stop()
        with suppress(Trouble):
            unfinished.forget(self._desk.book, FORM, self._id)

    def _mark(self, waits: bool) -> None:
        self.state.show_state("Chưa lưu" if waits else "", "warn")
        self.drop_button.setVisible(waits)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        homeless: list[str] = []
        wrong: list[QWidget] = []
        for form in self.forms.values():
            own = [p for p in problems if p.field.split(".")[0] in form.fields]
            homeless += form.show_problems(own)
            wrong += [form] if own else []
        for name, lines in self.lines.items():
            own = [p for p in problems if p.field.startswith(f"{name}.")]
            homeless += lines.refuse({p.field.partition(".")[2]: p.problem for p in own})
            wrong += [lines] if own else []
        own = [p for p in problems if p.field.startswith("extras.")]
        homeless += self.extras.show_problems(Problem(p.field.removeprefix("extras."), p.problem) for p in own)
        wrong += [self.extras] if own else []
        known = {"extras"} | {name for form in self.forms.values() for name in form.fields} | set(self.lines)
        homeless += [p.problem for p in problems if p.field.split(".")[0] not in known]
        if wrong:
            self.tabs.setCurrentIndex(min(self._tab_of(part) for part in wrong))
        self._tell(homeless)

    def _tab_of(self, part: QWidget) -> int:
        return next(n for n in range(self.tabs.count()) if self.tabs.widget(n).isAncestorOf(part))

    def _tell(self, sentences: Sequence[str]) -> None:
        self.refusal.setText(" ".join(sentences))
        self.refusal.setVisible(bool(sentences))

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        forms = self.forms
        self.add_part("Quê quán, nơi ở", forms["home"])
        self.add_part("Việc làm, trình độ", label("Việc làm", "subtitle"), forms["work"], label("Trình độ", "subtitle"), forms["learnt"])
        self.add_part("Thẻ, giấy tờ", label("Kết nạp và thẻ", "subtitle"), forms["union"], label("Số khác của người này", "subtitle"), self.numbers)
        self.add_part("Gia đình", forms["family"], label("Con (quà 1/6, Trung thu)", "subtitle"), self.children_)
        if self._asked:
            self.add_part("Mục của tỉnh", self.extras)
        self.add_part("Đồng ý", label(_CONSENT, wrap=True), self.consents, self.paper.button)
        self.add_part("Riêng tư", self.private)
        if one_person.merged(self._desk.book, self._id):
            self.merged = MergedPart(self._desk, self._id)
            self.merged.parted.connect(self.read)
            self.add_part("Đã gộp", self.merged)
        self.tabs.addTab(self.history, "Lịch sử")
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.photo)
        feet = QHBoxLayout()
        feet.addWidget(label("Ctrl+Tab: sang phần kế tiếp", "hint"))
        feet.addStretch(1)
        feet.addWidget(self.drop_button)
        feet.addWidget(KeyButton("Đóng", "Esc", clicked=self.reject))
        feet.addWidget(KeyButton("Lưu", "Ctrl+S", tone="primary", clicked=self.save))
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)  # Enter goes to the next field
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.refusal)
        column.addLayout(feet)
        look = theme.worn()
        self.resize(look.px(880), look.px(640))
        self.forms["home"].fields["home"].editor.setFocus()


def _rows(record: Any, held: Sequence[Any]) -> list[dict[str, Any]]:
    """Records or nested rows as the lines of an editor."""
    names = [field.name for field in entity_of(record).fields]
    return [{"id": getattr(one, "id", ""), **{name: getattr(one, name) for name in names}} for one in held]


def _scrolled(widgets: Sequence[QWidget]) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(4, 10, 12, 8)
    column.setSpacing(10)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    return area
