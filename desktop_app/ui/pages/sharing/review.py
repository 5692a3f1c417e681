"""*Cần xem lại*: what waits for a person's word, both sides beside each other, settled by one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from desktop_app.actions import one_person, review
from desktop_app.actions.review.persons import MERGE
from desktop_app.actions.review.task import REASON, Choice, Said, Task
from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import entities
from desktop_app.ui import theme
from desktop_app.ui.page import FOOT, Desk, Page
from desktop_app.ui.pages.sharing.merging import ask_merge
from desktop_app.ui.widgets.ask import ask_reason
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head, label

_KEYS = 3
_OPEN = {"vouchers": "Mở chứng từ", "members": "Mở hồ sơ"}

Asks = Callable[[Task, Choice], Any]
"""A question before a choice is carried out: its answer, None if the user thought better of it."""


class Review(Page):
    """A row a task; the keys 1, 2, 3 do what the buttons say of the picked one."""

    key, title, icon, group = "review", "Cần xem lại", "compare", FOOT
    reads: ClassVar[frozenset[str]] = frozenset(entities())

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.ask: Callable[..., str] = ask_reason
        self.ask_merge: Callable[..., dict[str, int] | None] = ask_merge
        self.asks: Mapping[str, Asks] = {REASON: self._reason, MERGE: self._sides}
        self.buttons = [
            KeyButton("", str(n + 1), clicked=lambda n=n: self.choose(n))
            for n in range(_KEYS)
        ]
        self.column.addWidget(Head(self.title, *self.buttons))
        self.column.addWidget(self.banner)
        told = "Hai máy cùng sửa khi chưa đồng bộ với nhau, hoặc có việc cần bạn quyết định. Bên không được chọn vẫn còn trong lịch sử."
        self.column.addWidget(label(told, "muted", wrap=True))
        self.table = Table(
            (
                Column("what", "Mục", lambda row: row.what, width=170, stretch=True),
                Column("field", "Ô, việc", lambda row: row.label, width=124),
                Column("now", "Đang dùng", lambda row: row.now.text, width=180),
                Column("now_who", "Ai ghi, lúc nào", lambda row: _by(row.now, desk.today()), width=200),
                Column("other", "Bên kia", _others, width=180),
                Column("other_who", "Ai ghi, lúc nào ", lambda row: _by(row.others[0], desk.today()), width=200),
            ),
            name="review",
            noun="mục",
            settings=desk.settings,
            select_many=False,
            empty=Empty("Không có gì cần xem lại: các máy của đơn vị ghi khớp nhau."),
        )
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda task: task.opens and desk.go(*task.opens))
        self.column.addWidget(TablePanel(self.table), 1)

    def refresh(self) -> None:
        """Read the tasks again; the first one is picked, so that a key settles it."""
        self.table.show_rows(review.tasks(self.desk.book), same=lambda task: task.key)
        if self.table.current() is None:
            self.table.pick(lambda _: True)
        self._picked(self.table.current())

    def choose(self, place: int) -> None:
        """Carry out a choice of the picked task, after what it asks."""
        task: Task | None = self.table.current()
        if task is None or place >= len(task.choices):
            return
        choice = task.choices[place]
        given = self.asks[choice.asks](task, choice) if choice.asks else ""
        if given is None:
            return
        if choice.does is None:
            if choice.opens is not None:
                self.desk.go(*choice.opens)
            return
        try:
            done = choice.does(self.desk.book, given, self.desk.by)
        except Refused as refused:
            self.banner.say(str(refused), "warn")
            return
        self.desk.changed(done.entities)
        if not done.entities:
            self.refresh()
        self.desk.say(done.said)
        self.table.view.setFocus()

    def _picked(self, task: Task | None) -> None:
        choices = task.choices if task is not None else ()
        for place, button in enumerate(self.buttons):
            there = place < len(choices)
            button.setVisible(there)
            button.setEnabled(there)
            if task is not None and there:
                theme.restyle(button, tone="primary" if place == task.lead else "")
                button.setText(choices[place].text)
                button.setAccessibleName(choices[place].text)
                button.setToolTip(f"{choices[place].text} ({place + 1})")
        self.table.offer([
            Verb(choice.text, lambda _, place=place: self.choose(place), str(place + 1))
            for place, choice in enumerate(choices[:_KEYS])
        ])  # fmt: skip
        if task is None or not (task.told or task.opens):
            self.banner.hide()
            return
        opens = task.opens
        word = _OPEN.get(opens[0], "Mở") if opens else ""
        self.banner.say(task.told or _USUAL, "info", word, (lambda: self.desk.go(*opens)) if opens else None)

    def _sides(self, task: Task, _: Choice) -> dict[str, int] | None:
        try:
            return self.ask_merge(one_person.compare(self.desk.book, *task.about), self)
        except Refused as refused:
            self.banner.say(str(refused), "warn")
            return None

    def _reason(self, _: Task, choice: Choice) -> str | None:
        return self.ask(choice.text, choice.sentence, choice.text.split(" bên ")[0], self) or None


_USUAL = "Hai máy cùng sửa ô này. 1: giữ giá trị đang dùng. 2: lấy giá trị kia."


def _others(task: Task) -> str:
    """A third value is told over the list: the column stays as narrow as one."""
    more = len(task.others) - 1
    return f"{task.others[0].text}{f' (và {more} giá trị nữa)' if more > 0 else ''}"


def _by(said: Said, today: date) -> str:
    """The year is told only when it is another one: the column stays narrow enough to be read whole."""
    if said.when is None:
        return said.who
    day = f"{said.when:%d/%m}" if said.when.year == today.year else show_day(said.when.date())
    return f"{said.who}, {said.when:%H:%M} {day}"
