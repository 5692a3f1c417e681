"""*Sửa nhiều người…*: one value of one field for the chosen rows of the list; *Hoàn tác* and Ctrl+Z give the old ones back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

import resources
from desktop_app.actions import bulk_edit, members
from desktop_app.actions.bulk_edit import Done
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.fields import Field as Declared
from desktop_app.storage import lists
from desktop_app.storage.book import Book
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.tasks import Cancelled, Progress
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.banner import WorkStrip
from desktop_app.ui.widgets.editors import DayEdit, Tick
from desktop_app.ui.widgets.form import Field, Form, editor_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

_T = TypeVar("_T")
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_FEW = 300  # so many people are changed on the spot; more by a worker that says how far it is


class MemberBulk:
    """Asks and changes for a page, whose list tells who is `chosen`."""

    def __init__(self, page: Page, chosen: Callable[[], Sequence[lists.Listed]]) -> None:
        self._page, self._desk = page, page.desk
        self._last: Done | None = None
        self.strip = WorkStrip()
        for keys, does in (("Ctrl+Z", self.put_back), ("Ctrl+E", lambda: self.ask(chosen()))):
            QShortcut(QKeySequence(keys), page, context=_HERE).activated.connect(does)

    def ask(self, rows: Sequence[lists.Listed]) -> None:
        """Which field and which value for these people."""
        if not rows:
            self._desk.say("Hãy chọn những người cần sửa trong danh sách trước.")
            return
        desk, many = self._desk, len(rows)
        everybody = members.entered(desk.book)
        declared = bulk_edit.fields()
        which = PickEdit([Choice(field.name, field.label) for field in declared])
        fields = {"field": Field("Thông tin cần sửa", which, required=True)}
        for field in declared:
            fields[field.name] = Field("Ghi thành", _editor(desk, field), note="Bỏ trống là xóa thông tin này.")
            fields[field.name].hide()
        if bulk_edit.asks(many, everybody):
            fields["sure"] = Field(f"Tôi muốn sửa {format_amount(many)} trong {format_amount(everybody)} người", Tick())
        form = Form(fields)
        which.picked.connect(lambda _: [fields[one.name].setVisible(one.name == which.value()) for one in declared])
        who = rows[0].name if many == 1 else f"{format_amount(many)} người đã chọn"
        does = partial(self._do, [row.id for row in rows])
        sentence = f"Ghi cùng một giá trị cho {who}. Việc vào, ra công đoàn ghi ở Biến động, không sửa ở đây."
        self.asking = Ask("Sửa nhiều người", sentence, form, does, act="Ghi", over=self._page.window())
        self.asking.open()

    def put_back(self) -> None:
        """The old values again, of who was not changed since."""
        done, self._last = self._last, None
        if done is None:
            return
        if len(done.changed) <= _FEW:
            try:
                self._returned(done, bulk_edit.put_back(self._desk.book, done, self._desk.by))
            except (Refused, Trouble) as error:
                self._failed(error)
            return
        by = self._desk.by
        self._behind(
            "Đang trả lại", lambda book, step: bulk_edit.put_back(book, done, by, step=step), partial(self._returned, done)
        )

    def _do(self, persons: Sequence[str], values: Mapping[str, Any]) -> None:
        if "sure" in values and not values["sure"]:
            raise Refused([Problem("sure", "Hãy đánh dấu để xác nhận, vì việc này sửa một phần lớn danh sách.")])
        name, by = str(values["field"] or ""), self._desk.by
        value = bulk_edit.checked(name, values.get(name))
        if len(persons) <= _FEW:
            self._done(bulk_edit.change(self._desk.book, persons, name, value, by))
            return
        self._behind(
            "Đang sửa", lambda book, step: bulk_edit.change(book, persons, name, value, by, step=step), self._done
        )

    def _behind(
        self, what: str, does: Callable[[Book, Callable[[int, int], object]], _T], done: Callable[[_T], None]
    ) -> None:
        """Do it on another thread, told in the strip; *Dừng lại* leaves the book as it was."""

        def work(progress: Progress) -> _T:
            book = self._desk.open_book()
            try:
                return does(book, progress.step)
            finally:
                book.close()

        self.strip.begin(what)
        tasks = self._desk.tasks
        self.strip.follow(tasks.run(work, done, self._failed, progressed=self.strip.show_step, owner=self._page))

    def _returned(self, done: Done, back: int) -> None:
        self.strip.end()
        self._desk.say(f"Đã trả lại {done.field.label} của {format_amount(back)} người.")
        self._desk.changed({"person", "movement"})

    def _done(self, done: Done) -> None:
        self._last = done
        self.strip.end()
        self._page.banner.hide()
        self._desk.say(bulk_edit.told(done), "Hoàn tác", self.put_back)
        self._desk.changed({"person", "movement"})

    def _failed(self, error: Exception) -> None:
        self.strip.end()
        if isinstance(error, Cancelled):
            self._desk.say("Đã dừng. Chưa đổi gì cả.")
            return
        told = " ".join(problem.problem for problem in error.problems) if isinstance(error, Refused) else str(error)
        self._page.banner.say(f"Chưa đổi gì cả. {told}", "bad" if isinstance(error, Trouble) else "warn")


def _editor(desk: Desk, field: Declared) -> Any:
    """Days by the desk's today, tổ and work by what is known already, the rest by its kind."""
    if field.kind == "day":
        return DayEdit(desk.today)
    offered = resources.read("catalogues/work.toml")["catalogue"][-1]
    words = members.teams(desk.book) if field.name == "team" else offered.get(field.name, ())
    return PickEdit([Choice(word, word) for word in words], free=True) if words else editor_of(field)
