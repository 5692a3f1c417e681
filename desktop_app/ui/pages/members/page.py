"""*Danh sách đoàn viên*: everybody the union knows, found at once, one person at the side to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop_app.actions import members, one_person
from desktop_app.domain import amounts
from desktop_app.domain.errors import Refused
from desktop_app.storage import lists
from desktop_app.storage.book import Book
from desktop_app.storage.lists import Listed
from desktop_app.storage.members import Census
from desktop_app.ui.history import offer_history
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.members.bulk import MemberBulk
from desktop_app.ui.pages.members.form import MemberForm
from desktop_app.ui.pages.members.list import FEW, MemberList
from desktop_app.ui.pages.members.printing import MemberPrint
from desktop_app.ui.pages.movements.asks import VERBS, ask_movement, take_back
from desktop_app.ui.pages.sharing.merging import ask_merge
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.editors import DayEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.table import Empty, Verb
from desktop_app.ui.widgets.texts import Head

if TYPE_CHECKING:
    from desktop_app.ui.pages.importing.wizard import ImportWizard



@dataclass(frozen=True)
class _Read:
    census: Census
    teams: list[str]
    entered: int


class Members(Page):
    """The list with its search and filters, and the form of the picked person."""

    key, title, icon, group = "members", "Danh sách đoàn viên", "account-group-outline", "Đoàn viên"
    reads = frozenset({"person", "wage", "movement"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = 0
        self.ask_merge: Callable[..., dict[str, int] | None] = ask_merge
        self.bulk = MemberBulk(self, self._chosen)
        movements = [Verb(text, partial(self.ask_movement, code)) for code, text in VERBS]
        self.list = MemberList(desk, [*movements, Verb("Sửa nhiều người…", self.bulk.ask, "Ctrl+E"), Verb("Gộp hai hồ sơ của một người…", self.merge, can=_two)])
        self.table = self.list.table
        self.table.picked.connect(self._picked)
        offer_history(self.table, desk, lambda row: ("person", row.id))
        self.table.opened.connect(lambda _: self.form.form.fields["name"].editor.setFocus())
        self.list.take_find_key(self)
        self.printing = MemberPrint(self, self.list)
        self.column.addWidget(
            Head(
                self.title,
                KeyButton("Nhập từ Excel…", glyph="microsoft-excel", clicked=self.import_list),
                self.printing.button,
                KeyButton("Ghi thôi…", glyph="account-arrow-right-outline", clicked=self.ask_leave),
                KeyButton("Thêm người", "F2", tone="primary", clicked=self.begin),
            )
        )
        self.column.addWidget(self.banner)
        self.column.addWidget(self.bulk.strip)
        self._cards = {
            "đang sinh hoạt": Card("Đoàn viên"),
            "women": Card("Nữ đoàn viên"),
            "chưa gia nhập": Card("Chưa gia nhập"),
            "gaps": Card("Thiếu thông tin"),
        }
        for key, card in self._cards.items():
            card.clicked.connect(lambda _=False, key=key: self._open_card(key))
        self.column.addWidget(Cards(*self._cards.values()))
        self.form = MemberForm(desk)
        self.form.saved.connect(self._saved)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list, 1)
        row.addWidget(self.form)
        self.column.addLayout(row, 1)

    # what it shows

    def refresh(self) -> None:
        """Read list and cards again; many people are counted by a worker."""
        self._asked += 1
        self.list.ask(again=True)
        if not lists.more_than(self.desk.book, FEW):
            self._show(self._asked, _read(self.desk.book))
            return

        def work(_: Progress) -> _Read:
            book = self.desk.open_book()
            try:
                return _read(book)
            finally:
                book.close()

        self.desk.tasks.run(work, partial(self._show, self._asked), owner=self)

    def open_at(self, target: object) -> None:
        """Pick a person (an id), whatever the filters hide; or show who passes a `sieve`, pick a `person` among them
        and go to a `field` of the form."""
        if not isinstance(target, Mapping):
            self.list.pick(str(target))
            return
        self.list.look_at(target["sieve"], str(target.get("person", "")))
        if "person" in target:
            self.form.show_person(str(target["person"]))
        if "field" in target:
            self._go_to(str(target["field"]))

    def _go_to(self, field: str) -> None:
        """Focus a field of the form, unfolding what hides it."""
        further = self.form.more.fields
        if field in further and self.form.more.isHidden():
            self.form.show_more()
        fields = {**self.form.form.fields, **further}
        if field in fields:
            fields[field].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """What stands in the form is on disk."""
        self.form.keep()

    def begin(self) -> None:
        """F2: a new person."""
        self.table.view.clearSelection()
        self.form.begin()

    def import_list(self) -> ImportWizard:
        """*Nhập từ Excel…*: any list of people, in four steps."""
        from desktop_app.ui.pages.importing.wizard import ImportWizard  # reads Excel: loaded when it is wanted

        wizard = ImportWizard(self.desk, self.window())
        wizard.open()
        return wizard

    def ask_leave(self) -> None:
        """*Thôi*: since which day the chosen people are out."""
        chosen = [row for row in self.table.chosen() if not row.left]
        if not chosen:
            self.desk.say("Hãy chọn người thôi trong danh sách trước.")
            return
        who = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} người đã chọn"
        form = Form({"day": Field("Ngày thôi (ngày đầu tiên không còn sinh hoạt)", DayEdit(self.desk.today), required=True)})
        form.set_values({"day": self.desk.today()})
        sentence = f"Ghi {who} thôi sinh hoạt. Người thôi sau ngày mồng 1 vẫn đóng đoàn phí của tháng đó."
        self.asking = Ask("Thôi", sentence, form, partial(self._leave, chosen), act="Ghi thôi", over=self.window())
        self.asking.open()

    def ask_movement(self, code: str, rows: Sequence[Listed]) -> None:
        """A movement of one kind for the chosen people, all of them or nobody."""
        self.asking = ask_movement(self.desk, self.window(), code, [(row.id, row.name) for row in rows])
        self.asking.open()

    def merge(self, rows: Sequence[Listed]) -> None:
        """Two chosen records are one person: beside each other, then one."""
        first, second = (row.id for row in rows)
        sides = self.ask_merge(one_person.compare(self.desk.book, first, second), self.window())
        if sides is None:
            return
        try:
            changes = one_person.merge(self.desk.book, first, second, sides, self.desk.by)
        except Refused as refused:
            self.banner.say(str(refused), "warn")
            return
        self.desk.say(f"Đã gộp thành một người: {rows[0].name}.")
        self.desk.changed(changes.entities)

    def _leave(self, chosen: list[Listed], values: Mapping[str, Any]) -> None:
        ids, by = [row.id for row in chosen], self.desk.by
        moved = members.leave(self.desk.book, ids, values["day"], by)
        who = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} người"
        self.desk.say(f"Đã ghi {who} thôi.", "Hoàn tác", lambda: take_back(self.desk, [one.id for one in moved]))
        self.desk.changed({"person", "movement"})

    def _show(self, number: int, read: _Read) -> None:
        if number != self._asked:
            return  # a later reading is on its way
        heads = read.census
        share = amounts.half_up(100 * heads.women, heads.members) if heads.members else 0
        self._cards["đang sinh hoạt"].say(_count(heads.members), "đang sinh hoạt")
        self._cards["women"].say(_count(heads.women), f"{share} % đoàn viên")
        self._cards["chưa gia nhập"].say(_count(heads.outside), "người lao động")
        gaps = heads.gaps
        self._cards["gaps"].say(
            _count(gaps), "hồ sơ chưa đủ thông tin" if gaps else "hồ sơ đã đủ", tone="warn" if gaps else "ok"
        )
        self.list.offer_teams(read.teams)
        self.form.offer_teams(read.teams)
        first = "Chưa có ai trong danh sách. Hãy nhập từ Excel, hoặc thêm từng người (F2)."
        self.list.say_when_empty(None if read.entered else Empty(first, "Nhập từ Excel…", self.import_list))

    def _open_card(self, key: str) -> None:
        self.list.find.clear()
        sieves = {"women": {"state": "đang sinh hoạt", "sex": "Nữ"}, "gaps": {"state": "now", "incomplete": "any"}}
        self.list.sieves.take(sieves.get(key, {"state": key}))

    def _saved(self, id_: str) -> None:
        self.list.pick(id_)

    def _chosen(self) -> list[Listed]:
        return self.table.chosen()

    def _picked(self, row: Listed | None) -> None:
        if row is not None:
            self.form.show_person(row.id)


def _two(rows: Sequence[Listed]) -> bool:
    return len(rows) == 2


def _read(book: Book) -> _Read:
    return _Read(members.census(book), members.teams(book), members.entered(book))


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
