"""*Cán bộ công đoàn*: who holds which post, by body and term; what looks wrong; whose file is complete."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout

from desktop_app.actions import officers
from desktop_app.domain.dates import show_day
from desktop_app.domain.officer_doubts import Doubt
from desktop_app.domain.officers import Held
from desktop_app.domain.records import Term
from desktop_app.ui.history import offer_history
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.officers import asks as officer_asks
from desktop_app.ui.pages.officers.card import OfficerSide
from desktop_app.ui.pages.officers.printing import OfficerPrint
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.table import Empty, Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head

_KINDS = (("", "Mọi cán bộ"), ("full", "Chuyên trách"), ("gaps", "Hồ sơ chưa đủ"))
_NOW, _EVER = "now", "ever"


class Officers(Page):
    """The list with its cards and chips, and at the side the doubts and the officer one stands on."""

    key, title, icon, group = "officers", "Cán bộ công đoàn", "account-tie-outline", "Đoàn viên"
    reads = frozenset({"office", "term", "dossier", "career", "person", "person_detail", "movement", "union"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._look = officers.Look([], [], [], [], 0)
        self._today = desk.today()
        self.asking: QDialog | None = None
        self.printing = OfficerPrint(self)
        self.column.addWidget(
            Head(
                self.title,
                self.printing.button,
                KeyButton("Nhiệm kỳ, hồ sơ…", glyph="file-document-check-outline", clicked=self.ask_term),
                KeyButton("Bầu khóa mới…", "F3", glyph="account-group-outline", clicked=self.elect),
                KeyButton("Thêm chức vụ", "F2", tone="primary", clicked=self.begin),
            )
        )
        self.column.addWidget(self.banner)
        self.cards = {
            "": Card("Cán bộ đương nhiệm"), "term": Card("Nhiệm kỳ Ban Chấp hành"),
            "gaps": Card("Hồ sơ cán bộ chuyên trách"), "doubts": Card("Cần xem"),
        }  # fmt: skip
        self.cards[""].clicked.connect(lambda: self._open_card(""))
        self.cards["term"].clicked.connect(self.ask_term)
        self.cards["gaps"].clicked.connect(lambda: self._open_card("gaps"))
        self.cards["doubts"].clicked.connect(lambda: self.side.doubts.press(0))
        self.column.addWidget(Cards(*self.cards.values()))
        self.side = OfficerSide(desk)
        self.side.doubt_pressed.connect(self.open_doubt)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._list(), 1)
        row.addWidget(self.side)
        self.column.addLayout(row, 1)

    # what it shows

    def refresh(self) -> None:
        """Read officers, terms and doubts again."""
        self._today = self.desk.today()
        self._look = look = officers.look(self.desk.book, self._today)
        now = [one for one in look.held if one.on(self._today)]
        people = {one.office.person: one for one in now if self._counts(one)}
        women = sum(one.sex == "Nữ" for one in people.values())
        self.cards[""].say(str(len(people)), f"nữ {women} · {len(now)} chức vụ" if people else "Chưa ghi ai")
        self._say_term(officers.current_term(look.terms, "BCH", self._today))
        whole, part = len(look.files), sum(not one.missing for one in look.files)
        self.cards["gaps"].say(
            f"{part}/{whole}" if whole else "Không phát sinh",
            "Chỉ tiêu 12: đủ hồ sơ trên phần mềm" if part == whole else f"Còn {whole - part} hồ sơ chưa đủ",
            tone="ok" if part == whole else "warn", share=part / whole if whole else None,
        )  # fmt: skip
        grave = sum(one.tone != "info" for one in look.doubts)
        self.cards["doubts"].say(
            str(len(look.doubts)), f"{grave} điều cần xử lý" if grave else "Không có điều gì phải xử lý",
            tone="warn" if grave else "ok",
        )  # fmt: skip
        self.side.show_doubts(look.doubts)
        known = officers.catalogue(self._today)
        self._bodies.offer([("", "Mọi ban"), *((body.code, body.name) for body in known.bodies.values())])
        named = [(one.id, self.named(one)) for one in look.terms]
        self._terms.offer([(_NOW, "Đương nhiệm"), *named, (_EVER, "Cả những người đã thôi")])
        self._choose()

    def open_at(self, target: Any) -> None:
        """Pick a person (an id), show a term ({"term": id}) or the full-time officers whose file has gaps ("gaps")."""
        self.refresh()
        if target == "gaps":
            self._open_card("gaps")
        elif isinstance(target, dict):
            term = next((one for one in self._look.terms if one.id == target.get("term")), None)
            if term is not None:
                self._show_term(term)
        else:
            self._pick_person(str(target))

    def open_doubt(self, doubt: Doubt) -> None:
        """Go to what a doubt is about."""
        term = next((one for one in self._look.terms if one.id == doubt.term), None)
        if doubt.signers:
            self._open(officer_asks.ask_signers(self.desk, self.window()))
        elif doubt.person:
            self._pick_person(doubt.person)
        elif term is not None:
            self._open_term(term)
        else:
            self._clear_filters()
            self._bodies.choose(doubt.body)

    def rosters(self) -> list[Term]:
        """The terms whose list can be printed: the one looked at, else the last one of each body."""
        chosen = [one for one in self._look.terms if one.id == self._terms.value]
        return chosen or list({one.body: one for one in reversed(self._look.terms)}.values())

    def named(self, term: Term) -> str:
        """A term as it is called: "Ban Chấp hành 2025–2030"."""
        bodies = officers.catalogue(self._today).bodies
        return f"{bodies[term.body].name if term.body in bodies else term.body} {term.name}"

    def begin(self) -> None:
        """F2: somebody takes a post."""
        self._open(officer_asks.ask_office(self.desk, self.window(), None, self._added))

    def elect(self) -> None:
        """F3: a body is elected for a term."""
        from desktop_app.ui.pages.officers.election import Election

        self._open(Election(self.desk, self.window(), self._look.held))

    def ask_term(self) -> None:
        """The term one looks at, else the running one of the committee, with its recognition dossier."""
        chosen = next((one for one in self._look.terms if one.id == self._terms.value), None)
        term = chosen or officers.current_term(self._look.terms, "BCH", self._today) or next(iter(self._look.terms), None)
        if term is None:
            self.desk.say("Chưa ghi nhiệm kỳ nào. Hãy bấm Bầu khóa mới (F3).")
            return
        self._open_term(term)

    def change(self, row: Held) -> None:
        """Put right what was written of an office."""
        self._open(officer_asks.ask_office(self.desk, self.window(), row, self._told))

    def replace(self, row: Held) -> None:
        """*Thay người…*"""
        self._open(officer_asks.ask_replace(self.desk, self.window(), row, self._told))

    def end(self, rows: Sequence[Held]) -> None:
        """*Thôi chức vụ…*"""
        self._open(officer_asks.ask_end(self.desk, self.window(), list(rows), self._told))

    def drop(self, rows: Sequence[Held]) -> None:
        """*Bỏ dòng ghi nhầm*"""
        officer_asks.drop(self.desk, self.banner, list(rows))

    def _open(self, asking: QDialog) -> None:
        self.asking = asking
        asking.open()

    def _open_term(self, term: Term) -> None:
        self._open(officer_asks.ask_term(self.desk, self.window(), term))

    def _told(self, sentence: str, done: officers.Done) -> None:
        self.desk.say(" ".join([sentence, *(one.text for one in done.doubts if one.tone == "bad")]))
        self.desk.changed(done.changes.entities)

    def _added(self, sentence: str, done: officers.Done) -> None:
        said = " ".join([sentence, *(one.text for one in done.doubts if one.tone == "bad")])
        self.desk.say(said, "Hoàn tác", partial(officer_asks.take_back, self.desk, done))
        self.desk.changed(done.changes.entities)
        self._pick_person(done.offices[0].person)

    def _say_term(self, term: Term | None) -> None:
        card = self.cards["term"]
        if term is None or term.until is None:
            card.say(term.name if term else "Chưa ghi", "Bấm Bầu khóa mới (F3)" if term is None else "")
            return
        left = (term.until - self._today).days
        if left < 0:
            card.say(term.name, f"đã hết từ {show_day(term.until)}", tone="bad")
        elif left <= self._look.notice_days:
            card.say(term.name, f"đến {show_day(term.until)} · còn {left} ngày", tone="warn")
        else:
            card.say(term.name, f"đến {show_day(term.until)}")

    def _counts(self, one: Held) -> bool:
        """Is it a post of a cán bộ công đoàn?"""
        return one.post is None or officers.catalogue(self._today).bodies[one.post.body].officer

    def _missing(self, person: str) -> Sequence[str] | None:
        return next((one.missing for one in self._look.files if one.person == person), None)

    def _choose(self) -> None:
        """Show the rows that pass the chips."""
        body, term, kind = self._bodies.value, self._terms.value, self._kinds.value
        rows = [
            one for one in self._look.held
            if (not body or (one.post and one.post.body == body)) and self._in_term(one, term)
            and (not kind or (one.full_time and (kind == "full" or bool(self._missing(one.office.person)))))
        ]  # fmt: skip
        self.table.when_empty(
            Empty("Không có cán bộ nào khớp với điều đang lọc.", "Bỏ lọc", self._clear_filters)
            if self._look.held
            else Empty("Chưa ghi cán bộ nào. Hãy ghi khóa đương nhiệm (F3), hoặc từng chức vụ (F2).", "Bầu khóa mới…", self.elect)
        )
        self.table.show_rows(rows, same=lambda one: one.office.id)
        self._picked(self.table.current())

    def _in_term(self, one: Held, term: str) -> bool:
        if term == _NOW:
            return one.office.until is None or one.office.until >= self._today
        return term in (_EVER, one.office.term)

    def _open_card(self, kind: str) -> None:
        self._clear_filters()
        self._kinds.choose(kind)

    def _show_term(self, term: Term) -> None:
        self._clear_filters()
        self._terms.choose(term.id)

    def _clear_filters(self) -> None:
        self.table.clear_filters()
        self._bodies.choose("")
        self._kinds.choose("")
        self._terms.choose(_NOW)

    def _pick_person(self, person: str) -> None:
        if not self.table.pick(lambda one: one.office.person == person):
            self._clear_filters()
            if not self.table.pick(lambda one: one.office.person == person):
                self._terms.choose(_EVER)
                self.table.pick(lambda one: one.office.person == person)

    def _picked(self, row: Held | None) -> None:
        person = row.office.person if row else ""
        mine = [one for one in self._look.held if person and one.office.person == person]
        self.side.show_person(person, mine, self._missing(person))

    # making

    def _list(self) -> Any:
        self._bodies, self._terms = Chip("Ban", [("", "Mọi ban")]), Chip("Nhiệm kỳ", [(_NOW, "Đương nhiệm")])
        self._kinds = Chip("Loại", _KINDS)
        for chip in (self._bodies, self._terms, self._kinds):
            chip.chosen.connect(lambda _: self._choose())
        self.table = Table(
            self._columns(), name="officers", noun="chức vụ", settings=self.desk.settings,
            verbs=(
                Verb("Sửa…", lambda rows: self.change(rows[0]), "Enter", can=_one),
                Verb("Thay người…", lambda rows: self.replace(rows[0]), can=lambda rows: _one(rows) and self._sits(rows)),
                Verb("Thôi chức vụ…", self.end, can=self._sits),
                Verb("Mở hồ sơ đoàn viên", lambda rows: self.desk.go("members", rows[0].office.person), can=_one),
                Verb("Bỏ dòng ghi nhầm", self.drop),
            ),
        )  # fmt: skip
        self.table.opened.connect(self.change)
        offer_history(self.table, self.desk, lambda one: ("office", one.office.id))
        self.table.picked.connect(self._picked)
        return TablePanel(self.table, tools=(self._terms, self._bodies, self._kinds))

    def _sits(self, rows: Sequence[Held]) -> bool:
        return all(row.office.until is None or row.office.until >= self._today for row in rows)

    def _columns(self) -> tuple[Column, ...]:
        def state(one: Held) -> State | None:
            office = one.office
            if office.until and office.until < self._today:
                return State(office.ended or "Đã thôi", "quiet")
            if one.left and one.left <= self._today:
                return State("Đã thôi việc", "bad")
            if office.since and office.since > self._today:
                return State("Chưa đến ngày", "info")
            return State("Hồ sơ thiếu", "warn") if one.full_time and self._missing(office.person) else None

        def faint(one: Held) -> str:
            return "muted" if one.office.until and one.office.until < self._today else ""

        def named(one: Held) -> str:
            return next((term.name for term in self._look.terms if term.id == one.office.term), "")

        return (
            Column("name", "Họ và tên", lambda one: one.name, "name", width=140, stretch=True, tone=faint),
            Column("title", "Chức vụ", lambda one: one.office.title, width=190),
            Column("unit", "Tổ, bộ phận", lambda one: one.unit, width=96, gives_way=2),
            Column("since", "Từ", lambda one: one.office.since, "day", width=104),
            Column("until", "Đến", lambda one: one.office.until, "day", width=104, gives_way=4),
            Column("term", "Nhiệm kỳ", named, width=88, gives_way=5),
            Column("full", "C.trách", lambda one: one.full_time, "flag", width=66, gives_way=3, hint="Chuyên trách"),
            Column("state", "Trạng thái", state, "state", width=120, gives_way=1),
            Column("votes", "Phiếu", lambda one: one.office.votes, width=70, shown=False),
            Column("means", "Hình thức", lambda one: one.office.means, width=120, shown=False),
            Column("decision", "Quyết định", lambda one: one.office.decision, width=110, shown=False),
            Column("tasks", "Phụ trách", lambda one: one.office.tasks, width=120, shown=False),
        )  # fmt: skip


def _one(rows: Sequence[Any]) -> bool:
    return len(rows) == 1

