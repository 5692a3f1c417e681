"""*Biến động*: who came, went, paused or moved in a period, one movement at the side to record, and the count of heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions import members, movements, organisation, overview, transfers
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.movements import Kinds
from desktop_app.domain.records import Transfer
from desktop_app.storage.book import Book
from desktop_app.storage.movements import Happened
from desktop_app.storage.organisation import Branch
from desktop_app.ui import theme
from desktop_app.ui.history import offer_history
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.filing.parts import PeriodChip
from desktop_app.ui.pages.movements.asks import ask_correction, fields, suit, take_back, tell
from desktop_app.ui.pages.movements.printing import MovementPrint
from desktop_app.ui.pages.movements.transfer_cards import GiveCard, TakeCard, ask_issue
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Empty, Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head, label

_FEW = 3000  # more people are counted by a worker
_MOST_FOUND = 12
_TONES = {"in": "ok", "out": "warn", "pause": "info", "resume": "info", "correct": "bad"}
_GROUPS = (("", "Mọi loại"), ("in", "Tăng"), ("out", "Giảm"), ("pause", "Tạm dừng, khôi phục"), ("move", "Chuyển tổ"),
           ("correct", "Điều chỉnh"), ("hire", "Vào làm, nghỉ việc"))  # fmt: skip
_BRANCH = "▸ "  # a bộ phận among the tổ of the filter: all that lie in it
_ALIKE = {"resume": "pause", "quit": "hire"}


@dataclass(frozen=True)
class _Read:
    rows: list[Happened]
    heads: movements.Heads
    teams: list[str]
    branches: list[Branch]
    paused: list[str]
    unlike: list[str]


class Movements(Page):
    """The list of a period with its cards, and the form that records."""

    key, title, icon, group = "movements", "Biến động", "account-switch-outline", "Đoàn viên"
    reads = frozenset({"person", "movement", "unit"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: Sequence[Happened] = ()
        self._branches: dict[str, set[str]] = {}
        self._asked = 0
        self._kinds: Kinds = movements.kinds(desk.today())
        self.asking: Ask | None = None
        self.card: GiveCard | TakeCard | None = None
        self.printing = MovementPrint(self)
        self.column.addWidget(
            Head(
                self.title,
                KeyButton("Nhận thẻ chuyển…", "F4", glyph="account-arrow-left-outline", clicked=self.take_card),
                KeyButton("Chuyển đi có thẻ…", "F3", glyph="account-arrow-right-outline", clicked=self.give_card),
                self.printing.button,
                KeyButton("Ghi biến động", "F2", tone="primary", clicked=self.begin),
            )
        )
        self.column.addWidget(self.banner)
        self.cards = {"B": Card("Đầu kỳ"), "in": Card("Tăng"), "out": Card("Giảm"), "E": Card("Cuối kỳ")}
        for key, card in self.cards.items():
            card.clicked.connect(lambda _=False, key=key: self._groups.choose(key if key in ("in", "out") else ""))
        self.column.addWidget(Cards(*self.cards.values()))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._list(), 1)
        row.addWidget(self._side())
        self.column.addLayout(row, 1)
        desk.year_changed.connect(self._turn_year)

    # what it shows

    def refresh(self) -> None:
        """Read the period again; many people are counted by a worker."""
        self._asked += 1
        number, period = self._asked, self.period.period
        if members.entered(self.desk.book) <= _FEW:
            self._show(number, _read(self.desk.book, period, self.desk.today()))
            return
        today = self.desk.today()

        def work(_: Progress) -> _Read:
            book = self.desk.open_book()
            try:
                return _read(book, period, today)
            finally:
                book.close()

        self.desk.tasks.run(work, partial(self._show, number), owner=self)

    def open_at(self, target: object) -> None:
        """Begin a movement of a person (an id)."""
        self.begin()
        self.form.fields["person"].editor.set_value(str(target), members.person_of(self.desk.book, str(target)).name)

    def begin(self) -> None:
        """F2: an empty form; the kind and the day stay, for the next person of the same paper."""
        kept = self.form.values()
        self.form.clear()
        self.form.set_values({"kind": kept["kind"], "day": kept["day"] or self.desk.today()})
        self._suit()
        self.refusal.hide()
        self.form.fields["person"].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Record what stands in the form; refusals stand under their fields and nothing is stored."""
        values = self.form.values()
        self.refusal.hide()
        person, kind = self.form.fields["person"].editor.choice(), self.form.fields["kind"].editor.choice()
        try:
            done = movements.record(
                self.desk.book, [person.value] if person else [], {**values, "kind": kind.value if kind else ""}, self.desk.by
            )
        except Refused as refused:
            self._tell(" ".join(self.form.show_problems(refused.problems)))
        except Trouble as trouble:
            self._tell(str(trouble))
        else:
            assert person is not None
            assert kind is not None
            tell(self.desk, f"Đã ghi {kind.text.lower()}: {person.text}.", done)
            self.begin()

    def agree(self) -> None:
        """*Làm khớp*: what the list says of these people follows their movements."""
        changes = movements.agree(self.desk.book, self.desk.by)
        self.banner.hide()
        self.desk.say("Đã làm khớp danh sách theo biến động.")
        self.desk.changed(changes.entities)

    def give_card(self) -> None:
        """F3: a leaving with its card; whoever stands in the form is meant."""
        who = self.form.fields["person"].editor.choice()
        person = (str(who.value), who.text) if who else None
        self.asking = ask_issue(self.desk, self.window(), person, self._hand_out)
        self.asking.open()

    def take_card(self) -> None:
        """F4: a card of another union."""
        self.card = TakeCard(self.desk, self.window())
        self.card.open()

    def open_card(self, row: Happened) -> None:
        """The card of a leaving; who has none is asked to which union."""
        if card := transfers.of_movement(self.desk.book, row.id):
            self._hand_out(card)
            return
        self.asking = ask_issue(self.desk, self.window(), (row.person, row.name), self._hand_out)
        self.asking.form.set_values({"receiver_name": row.to_unit, "day": date.fromisoformat(row.day), "document": row.document})
        self.asking.open()

    def _hand_out(self, card: Transfer) -> None:
        self.card = GiveCard(self.desk, self.window(), card)
        self.card.open()

    def correct(self, row: Happened) -> None:
        """*Điều chỉnh…*: a counter-entry with its reason."""
        self.asking = ask_correction(self.desk, self.window(), row.id, row.name, self._kinds.name(row.kind))
        self.asking.open()

    def drop(self, row: Happened) -> None:
        """*Bỏ biến động*: as if it had not been recorded; only the last one of a person."""
        try:
            take_back(self.desk, [row.id])
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "warn")
        else:
            self.banner.hide()
            self.desk.say(f"Đã bỏ {self._kinds.name(row.kind).lower()} của {row.name}.")

    def _show(self, number: int, read: _Read) -> None:
        if number != self._asked:
            return  # another period is on its way
        self._rows, heads = read.rows, read.heads
        label_ = self.period.period.label.lower()
        self.cards["B"].say(str(heads.begin), f"nữ {heads.begin_women}")
        self.cards["in"].say(f"+{heads.came}" if heads.came else "0", heads.came_words or label_, tone="ok" if heads.came else "")
        self.cards["out"].say(f"−{heads.went}" if heads.went else "0", heads.went_words or label_, tone="warn" if heads.went else "")
        self.cards["E"].say(str(heads.end), f"nữ {heads.end_women} · tạm dừng {heads.paused}")
        self._branches = {f"{_BRANCH}{one.name}": one.teams for one in read.branches}
        branches = ((key, f"{key.removeprefix(_BRANCH)} (cả nhánh)") for key in self._branches)
        self._teams.offer([("", "Tất cả các tổ"), *branches, *((team, team) for team in read.teams)])
        self._known_teams = read.teams
        if read.unlike:
            told = f"Danh sách và biến động nói khác nhau (hai máy cùng ghi): {_few(read.unlike)}."
            self.banner.say(told, "warn", "Làm khớp theo biến động", self.agree)
        elif read.paused:
            months = self._kinds.pause_months
            told = f"Tạm dừng sinh hoạt đã quá {months} tháng: {_few(read.paused)}."
            self.banner.say(f"{told} Hãy ghi Khôi phục hoặc Thôi việc.", "warn")
        self._choose()

    def _choose(self) -> None:
        team, group = self._teams.value, self._groups.value
        within = self._branches.get(team, {team})
        rows = [
            row for row in self._rows
            if (not team or row.team in within or row.from_unit in within) and (not group or self._group(row.kind) == group)
        ]  # fmt: skip
        self.table.when_empty(
            Empty("Không có biến động nào khớp với điều đang lọc.", "Bỏ lọc", self._clear_filters)
            if self._rows
            else Empty(f"Chưa có biến động nào trong {self.period.period.label.lower()}.", "Ghi biến động", self.begin)
        )
        self.table.show_rows(rows, same=lambda row: (row.id, row.person, row.kind))

    def told(self) -> str:
        """What the filters leave: "Tổ may 2 · Giảm"; "" for all of it."""
        group = next((text for key, text in _GROUPS if key == self._groups.value), "")
        return " · ".join(part for part in (str(self._teams.value).removeprefix(_BRANCH), group if self._groups.value else "") if part)

    def _group(self, code: str) -> str:
        does = self._kinds.kinds[code].does if code in self._kinds.kinds else ""
        return _ALIKE.get(does, does)

    def _clear_filters(self) -> None:
        for chip in (self._teams, self._groups):
            chip.choose("")

    def _turn_year(self, year: int) -> None:
        self.period.look_at(Period.of_year(year))
        self.refresh()

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _suit(self) -> None:
        chosen = self.form.fields["kind"].editor.choice()
        suit(self.form, self._kinds.kinds.get(chosen.value) if chosen else None, self._known_teams)

    # making

    def _list(self) -> Any:
        self.period = PeriodChip(self.desk.year)
        self.period.period_chosen.connect(lambda _: self.refresh())
        self._groups, self._teams = Chip("Loại", _GROUPS), Chip("Tổ", [("", "Tất cả các tổ")])
        for chip in (self._groups, self._teams):
            chip.chosen.connect(lambda _: self._choose())
        self.table = Table(
            self._columns(), name="movements", noun="biến động", settings=self.desk.settings,
            verbs=(
                Verb("Mở người này", lambda rows: self.desk.go("members", rows[0].person), "Enter"),
                Verb("Thẻ chuyển sinh hoạt…", lambda rows: self.open_card(rows[0]), can=_left),
                Verb("Điều chỉnh…", lambda rows: self.correct(rows[0]), can=_can_correct),
                Verb("Bỏ biến động", lambda rows: self.drop(rows[0]), can=_can_correct),
            ),
        )  # fmt: skip
        self.table.opened.connect(lambda row: self.desk.go("members", row.person))
        offer_history(self.table, self.desk, lambda row: ("movement", row.id) if row.id else None)
        self.table.add_tool(self.period, self._groups, self._teams)
        return TablePanel(self.table)

    def _columns(self) -> tuple[Column, ...]:
        def state(row: Happened) -> State:
            does = self._kinds.kinds[row.kind].does if row.kind in self._kinds.kinds else ""
            return State(self._kinds.name(row.kind), "quiet" if row.corrected else _TONES.get(does, "quiet"))

        return (
            Column("day", "Ngày", lambda r: date.fromisoformat(r.day), "day", width=108),
            Column("name", "Họ và tên", lambda r: r.name, "name", width=140, stretch=True),
            Column("kind", "Biến động", state, "state", width=168),
            Column("team", "Tổ", lambda r: r.team, width=84, gives_way=2),
            Column("note", "Nội dung", _note, width=160, gives_way=1, hint="Nơi chuyển, lý do, và biến động đã được điều chỉnh"),
            Column("document", "Số văn bản", lambda r: r.document, width=112, gives_way=3),
            Column("document_day", "Ngày văn bản", lambda r: r.document_day and date.fromisoformat(r.document_day), "day", width=100, shown=False),
        )  # fmt: skip

    def _side(self) -> Any:
        self._known_teams: list[str] = []
        kinds = [Choice(kind.code, kind.name) for kind in self._kinds.kinds.values() if kind.does != "correct"]
        self.form = Form(
            {
                "person": Field("Người", PickEdit(self._find, placeholder="Tên, số thẻ, CCCD"), required=True),
                "kind": Field("Loại biến động", PickEdit(kinds), required=True),
                **fields(self.desk),
            }
        )
        self.form.fields["kind"].editor.picked.connect(lambda _: self._suit())
        self.form.finished.connect(self.save)
        self.form.set_values({"day": self.desk.today()})
        self._suit()
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.refusal.hide()
        side = QFrame()
        side.setProperty("role", "panel")
        side.setFixedWidth(theme.worn().px(300))
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(KeyButton("Ghi", "Ctrl+S", tone="primary", clicked=self.save))
        feet.setContentsMargins(16, 0, 16, 0)
        heading = label("Ghi biến động", "subtitle")
        heading.setContentsMargins(16, 0, 16, 0)
        inside = QWidget()
        fields_ = QVBoxLayout(inside)
        fields_.setContentsMargins(16, 4, 16, 0)
        fields_.addWidget(self.form)
        fields_.addWidget(self.refusal)
        fields_.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(side)
        column.setContentsMargins(1, 12, 1, 12)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(scroll, 1)
        column.addLayout(feet)
        return side

    def _find(self, text: str) -> list[Choice]:
        found = overview.find_people(self.desk.book, text, _MOST_FOUND)
        return [Choice(id_, name, " · ".join(part for part in (team, card) if part)) for id_, name, team, card in found]


def _read(book: Book, period: Period, today: date) -> _Read:
    rows = movements.happened(book, period.first, period.last)
    branches = organisation.branches(book, today)
    unlike = [name for _, name in movements.unlike(book, today)]
    paused = movements.paused_long(book, today)
    return _Read(rows, movements.heads(book, period), members.teams(book), branches, paused, unlike)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" và {len(names) - 3} người nữa" if len(names) > 3 else "")


def _can_correct(rows: Sequence[Happened]) -> bool:
    return len(rows) == 1 and bool(rows[0].id) and not rows[0].corrected


def _left(rows: Sequence[Happened]) -> bool:
    return _can_correct(rows) and rows[0].kind == "CDI"


def _note(row: Happened) -> str:
    parts = [
        f"{row.from_unit} → {row.to_unit}" if row.from_unit and row.to_unit else row.to_unit or row.from_unit,
        row.reason,
        "đã điều chỉnh" if row.corrected else "",
    ]
    return " · ".join(part for part in parts if part)
