"""*Chất lượng dữ liệu*: how many records are complete, by field and by tổ; who lacks what, one click from the field."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.domain import amounts
from desktop_app.storage import lists, quality
from desktop_app.storage.lists import Asked
from desktop_app.storage.quality import Gap, Quality, Share
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.paged import PagedRows
from desktop_app.ui.widgets.table import Empty, Table
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head

_REGISTERED = "registered"


class Line(NamedTuple):
    """A field (or the indicator) with how many records have it."""

    field: str
    name: str
    share: Share


class TeamLine(NamedTuple):
    """A tổ: complete records and those brought up to date in the Confederation's software."""

    team: str
    complete: Share
    registered: Share


class QualityPage(Page):
    """The meter at the left, the list to fill at the right; a line of the meter narrows the list."""

    key, title, icon, group = "quality", "Chất lượng dữ liệu", "clipboard-check-outline", "Đoàn viên"
    reads = frozenset({"person", "wage", "movement"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked, self._today = 0, desk.today()
        self._names = {one.field: one.name for one in self._required()}
        self._field, self._team = "any", ""
        self.open = KeyButton("Mở trong danh sách", "F4", glyph="account-edit-outline", clicked=self.open_list)
        self.column.addWidget(Head(self.title, self.open, note="Theo thông tin bắt buộc của hồ sơ đoàn viên"))
        self.column.addWidget(self.banner)
        self.cards = {"any": Card("Hồ sơ đủ thông tin"), _REGISTERED: Card("Cập nhật phần mềm TLĐ"), "left": Card("Còn phải điền")}
        for key, card in self.cards.items():
            card.clicked.connect(lambda _=False, key=key: self.narrow("any" if key == "left" else key))
        self.column.addWidget(Cards(*self.cards.values()))
        self.fields = Table(_FIELDS, name="quality-fields", noun="thông tin", settings=desk.settings, find=False, select_many=False)
        self.teams = Table(_TEAMS, name="quality-teams", noun="tổ", settings=desk.settings, find=False, select_many=False)
        self.fields.picked.connect(lambda row: row and self.narrow(row.field, self._team))
        self.teams.picked.connect(lambda row: row and self.narrow(self._field, row.team))
        self.model = PagedRows(self._columns(), self._read)
        self.table = Table(
            self._columns(), name="quality", noun="người còn thiếu", settings=desk.settings, find=False, model=self.model
        )  # fmt: skip
        self.table.view.clicked.connect(self._clicked)
        self.table.opened.connect(self.fill)
        self.all = KeyButton("Mọi chỗ thiếu", tone="link", clicked=lambda: self.narrow("any"))
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(TablePanel(self.fields, title="Theo thông tin"), 13)
        left.addWidget(TablePanel(self.teams, title="Theo tổ"), 10)
        for table in (self.fields, self.teams):
            table.count.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 5)
        row.addWidget(TablePanel(self.table, title="Cần điền", tools=(self.all,)), 6)
        self.column.addLayout(row, 1)

    # what it shows

    def refresh(self) -> None:
        """Count again and line up who lacks something, on another thread."""
        self._asked += 1
        number, today, asked = self._asked, self._today, self._question()

        def work(_: Progress) -> tuple[Quality, array[int]]:
            book = self.desk.open_book()
            try:
                return quality.measure(book, today), lists.line_up(book, asked, today)
            finally:
                book.close()

        self.desk.tasks.run(work, partial(self._show, number), owner=self)

    def open_at(self, target: object) -> None:
        """Narrow the list to who lacks a field ("registered": the indicator)."""
        if isinstance(target, Mapping):
            self.narrow(str(target["field"]))

    def narrow(self, field: str, team: str = "") -> None:
        """The list holds who lacks this ("any": something), of one tổ or of all."""
        if (field, team) != (self._field, self._team):
            self._field, self._team = field, team
            self.refresh()

    def fill(self, gap: Gap) -> None:
        """Open the record at the first field that lacks, or at the one looked at."""
        field = self._field if self._field in gap.fields else next(iter(gap.fields), "name")
        self.desk.go("members", {"person": gap.id, "field": field, "sieve": self._sieve()})

    def open_list(self) -> None:
        """*Danh sách đoàn viên* with the same people, to fill one after the other."""
        self.desk.go("members", {"sieve": self._sieve()})

    def _show(self, number: int, found: tuple[Quality, array[int]]) -> None:
        if number != self._asked:
            return
        told, numbers = found
        marked = quality.indicator(self._today)
        for key, share, goal in (("any", told.complete, 100), (_REGISTERED, told.registered, marked.target)):
            whole = share.of and share.having == share.of
            hint = f"{percent(share)} đoàn viên · mục tiêu {goal} %" if share.of else "không phát sinh: chưa có đoàn viên"
            tone = "ok" if whole or not share.of else "warn"
            self.cards[key].say(_of(share), hint, tone=tone, share=share.having / share.of if share.of else None)
        left = told.complete.of - told.complete.having
        self.cards["left"].say(f"{amounts.format_amount(left)} người", "thiếu ít nhất một thông tin" if left else "không còn ai thiếu")
        lines = [Line(one.field, one.name[:1].upper() + one.name[1:], share) for one, share in told.fields]
        lines.append(Line(_REGISTERED, "Cập nhật phần mềm TLĐ", told.registered))
        self.fields.show_rows(lines)
        self.teams.show_rows([TeamLine(*row) for row in told.teams])
        self.all.setVisible(self._field != "any" or bool(self._team))
        self.table.when_empty(
            Empty("Không còn ai thiếu thông tin này.") if told.complete.of
            else Empty("Chưa có đoàn viên nào.", "Mở danh sách", lambda: self.desk.go("members"))
        )  # fmt: skip
        self.table.show_paged(partial(self.model.line_up, numbers), again=False)

    def _sieve(self) -> dict[str, str]:
        team = {"team": self._team} if self._team else {}
        return {"state": "now", "incomplete": self._field, **team}

    def _question(self) -> Asked:
        return Asked(sieve=self._sieve())

    def _read(self, numbers: Sequence[int]) -> list[Gap]:
        return quality.gaps(self.desk.book, numbers, self._today)

    def _clicked(self, index: QModelIndex) -> None:
        if self.model.columns[index.column()].key == "gaps":
            self.fill(self.model.row(index.row()))

    # making

    def _required(self) -> list[quality.Required]:
        return [*quality.definition(self._today).required, *quality.indicator(self._today).required]

    def _columns(self) -> tuple[Column, ...]:
        def lacking(gap: Gap) -> str:
            return ", ".join(self._names[field] for field in gap.fields)

        return (
            Column("name", "Họ và tên", lambda gap: gap.name, "name", width=150),
            Column("team", "Tổ", lambda gap: gap.team, width=90),
            Column("gaps", "Còn thiếu", lacking, width=180, stretch=True, tone=lambda _: "accent", hint="Bấm để mở hồ sơ đúng ô cần điền"),
        )  # fmt: skip


def percent(share: Share) -> str:
    """The share in whole per cent, never rounded up to 100: "99 %"."""
    return f"{100 * share.having // share.of} %" if share.of else ""


def _of(share: Share) -> str:
    return f"{amounts.format_amount(share.having)}/{amounts.format_amount(share.of)}"


def _lacks(share: Share) -> int | None:
    return share.of - share.having or None


_FIELDS = (
    Column("name", "Thông tin", lambda line: line.name, width=120, stretch=True),
    Column("having", "Đã có", lambda line: _of(line.share), width=76, right=True),
    Column("percent", "Tỷ lệ", lambda line: percent(line.share), width=62, right=True, gives_way=1),
    Column("lacking", "Còn thiếu", lambda line: _lacks(line.share), "whole", width=80, tone=lambda line: "warn" if _lacks(line.share) else ""),
)  # fmt: skip
_TEAMS = (
    Column("team", "Tổ", lambda line: line.team or "(Chưa xếp tổ)", width=90, stretch=True),
    Column("complete", "Hồ sơ đủ", lambda line: _of(line.complete), width=84, right=True),
    Column("percent", "Tỷ lệ", lambda line: percent(line.complete), width=62, right=True, gives_way=1),
    Column("registered", "Phần mềm TLĐ", lambda line: _of(line.registered), width=110, right=True),
)
