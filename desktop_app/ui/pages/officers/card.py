"""The side of *Cán bộ công đoàn*: what looks wrong, and below it the officer one stands on: posts, file, career."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions import officer_files, officers
from desktop_app.domain import dates
from desktop_app.domain.dates import show_day
from desktop_app.domain.officer_doubts import Doubt
from desktop_app.domain.officers import Held
from desktop_app.domain.records import Career
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.officers.asks import ask_career
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label, panel
from desktop_app.ui.widgets.todo import Todo, TodoList


class OfficerSide(QWidget):
    """Two panels one over the other."""

    doubt_pressed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._person, self._name = desk, "", ""
        self.asking: Ask | None = None
        self.doubts, self.lines = TodoList(), TodoList()
        self.setFixedWidth(theme.worn().px(320))
        self._name_label, self._posts = label("", "subtitle", wrap=True), label("", "muted", wrap=True)
        self.gaps = label("", "hint", wrap=True)
        self._add = KeyButton("Thêm quá trình…", tone="link", clicked=lambda: self.ask(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(_ground(label("Cần xem", "subtitle"), scrolled=self.doubts), 4)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        column.addWidget(_ground(self._name_label, self._posts, self.gaps, scrolled=self.lines, foot=foot), 6)
        self.show_person("", [], ())

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """The sentences; pressing one goes to the person, the body or the term it is about."""
        todos = [Todo(one.tone, one.text, lambda one=one: self.doubt_pressed.emit(one)) for one in doubts]
        self.doubts.show_todos(todos or [Todo("ok", "Không có điều gì cần xem.")])

    def show_person(self, person: str, held: Sequence[Held], missing: Sequence[str] | None) -> None:
        """An officer's posts, latest first, what the file lacks (None: not full time), and the career."""
        self._person, self._name = person, held[0].name if held else ""
        self._name_label.setText(self._name or "Chọn một cán bộ để xem")
        latest = sorted(held, key=lambda one: str(one.office.since or ""), reverse=True)
        self._posts.setText("\n".join(_told(one) for one in latest))
        self._posts.setVisible(bool(held))
        complete = missing is not None and not missing
        said = "Hồ sơ chuyên trách đã đủ." if complete else f"Hồ sơ chuyên trách còn thiếu: {', '.join(missing or ())}."
        self.gaps.setText(said)
        theme.restyle(self.gaps, tone="ok" if complete else "warn")
        self.gaps.setVisible(bool(person) and missing is not None)
        self._add.setVisible(bool(person))
        kinds = officers.catalogue(self._desk.today()).careers
        found = officer_files.careers(self._desk.book, person) if person else []
        self.lines.show_todos([
            Todo("todo", _line(kinds.get(one.kind, one.kind), one), lambda one=one: self.ask(one)) for one in found
        ])  # fmt: skip

    def ask(self, line: Career | None) -> None:
        """*Thêm quá trình…*, or a line to put right."""
        self.asking = ask_career(self._desk, self.window(), self._person, self._name, line)
        self.asking.open()


def _told(one: Held) -> str:
    office = one.office
    where = f" {one.unit}" if one.unit else ""
    since = f"từ {show_day(office.since)}" if office.since else ""
    until = f"đến {show_day(office.until)}" if office.until else ""
    paper = f"QĐ {office.decision}" if office.decision else ""
    parts = [" ".join(part for part in (since, until) if part), paper, office.tasks, office.ended]
    return " · ".join([f"{office.title}{where}", *(part for part in parts if part)])


def _line(kind: str, one: Career) -> str:
    span = "–".join(dates.parse_partial(day).display for day in (one.since, one.until) if day)
    if one.since and not one.until:
        span = f"Từ {span}" if kind == "Quá trình công tác" else span
    return " · ".join(part for part in (kind, span, one.what, one.place, one.result) if part)


def _ground(*parts: QWidget, scrolled: QWidget, foot: QHBoxLayout | None = None) -> QFrame:
    ground = panel()
    inside = QVBoxLayout(ground)
    inside.setContentsMargins(12, 10, 6, 8)
    inside.setSpacing(4)
    for part in parts:
        inside.addWidget(part)
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 4, 0)
    column.addWidget(scrolled)
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(held)
    held.setAutoFillBackground(False)
    inside.addWidget(scroll, 1)
    if foot is not None:
        inside.addLayout(foot)
    return ground


