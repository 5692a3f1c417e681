"""*Danh sách đoàn viên*: everybody the union knows, found at once, one person at the side to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desktop_app.actions import members
from desktop_app.domain import amounts, dates
from desktop_app.storage.book import Book
from desktop_app.storage.members import Census, Listed
from desktop_app.ui import icons, theme
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.member_form import MemberForm
from desktop_app.ui.pages.member_print import MemberPrint
from desktop_app.ui.pages.movement_asks import VERBS, ask_movement, take_back
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.editors import DayEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.table import Empty, Table, Verb
from desktop_app.ui.widgets.texts import Head, panel

if TYPE_CHECKING:
    from desktop_app.ui.pages.import_wizard import ImportWizard

_FIND_AFTER_MS = 150
_FEW = 3000  # so many rows are read on the spot; more are read by a worker, and the window stays alive
_TONES = {"chưa gia nhập": "info", "đã ra công đoàn": "info", "tạm dừng": "warn", "đã thôi": "quiet"}  # a member in the union is the rule, and needs no pill
_STATES = (
    ("now", "Đang làm việc"),
    ("đang sinh hoạt", "Đoàn viên"),
    ("tạm dừng", "Tạm dừng sinh hoạt"),
    ("chưa gia nhập", "Chưa gia nhập"),
    ("gaps", "Đoàn viên thiếu thông tin"),
    ("đã thôi", "Đã thôi"),
    ("all", "Tất cả"),
)


@dataclass(frozen=True)
class _Read:
    census: Census
    teams: list[str]
    rows: list[Listed]


class Members(Page):
    """The list with its search and filters, and the form of the picked person."""

    key, title, icon, group = "members", "Danh sách đoàn viên", "account-group-outline", "Đoàn viên"
    reads = frozenset({"person", "wage", "movement"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: Sequence[Listed] = ()
        self._asked = 0
        self._wanted = ""
        self._today = desk.today().isoformat()
        self.printing = MemberPrint(self, lambda: self.table)
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
        row.addWidget(self._table_panel(), 1)
        row.addWidget(self.form)
        self.column.addLayout(row, 1)

    # what it shows

    def refresh(self) -> None:
        """Read the list again; many rows are read by a worker."""
        self._finding.stop()
        self._asked += 1
        query, number = self.find.text(), self._asked
        if members.entered(self.desk.book) <= _FEW:
            self._show(number, _read(self.desk.book, query))
            return

        self.table.when_empty(Empty("Đang đọc danh sách…"))

        def work(_: Progress) -> _Read:
            book = self.desk.open_book()
            try:
                return _read(book, query)
            finally:
                book.close()

        self.desk.tasks.run(work, partial(self._show, number), owner=self)

    def open_at(self, target: object) -> None:
        """Pick a person (an id), whatever the filters hide."""
        self._wanted = str(target)
        self._clear_filters()

    def keep(self) -> None:
        """What stands in the form is on disk."""
        self.form.keep()

    def begin(self) -> None:
        """F2: a new person."""
        self.table.view.clearSelection()
        self.form.begin()

    def import_list(self) -> ImportWizard:
        """*Nhập từ Excel…*: any list of people, in four steps."""
        from desktop_app.ui.pages.import_wizard import ImportWizard  # reads Excel: loaded when it is wanted

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

    def _leave(self, chosen: list[Listed], values: Mapping[str, Any]) -> None:
        ids, by = [row.id for row in chosen], self.desk.by
        moved = members.leave(self.desk.book, ids, values["day"], by)
        who = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} người"
        self.desk.say(f"Đã ghi {who} thôi.", "Hoàn tác", lambda: take_back(self.desk, [one.id for one in moved]))
        self.desk.changed({"person", "movement"})

    def _show(self, number: int, read: _Read) -> None:
        if number != self._asked:
            return  # a later search is on its way
        self._rows = read.rows
        heads = read.census
        share = amounts.half_up(100 * heads.women, heads.members) if heads.members else 0
        self._cards["đang sinh hoạt"].say(_count(heads.members), "đang sinh hoạt")
        self._cards["women"].say(_count(heads.women), f"{share} % đoàn viên")
        self._cards["chưa gia nhập"].say(_count(heads.outside), "người lao động")
        gaps = heads.gaps
        self._cards["gaps"].say(
            _count(gaps), "CCCD, ngày sinh, giới tính, lương" if gaps else "đủ để tính đoàn phí", tone="warn" if gaps else "ok"
        )
        self._teams.offer([("", "Tất cả các tổ"), *((team, team) for team in read.teams)])
        self.form.offer_teams(read.teams)
        self.table.when_empty(
            Empty("Không có ai khớp với điều đang tìm.", "Bỏ tìm và lọc", self._clear_filters)
            if members.entered(self.desk.book)
            else Empty("Chưa có ai trong danh sách. Hãy nhập từ Excel, hoặc thêm từng người (F2).", "Nhập từ Excel…", self.import_list)
        )
        self._choose()

    def _choose(self) -> None:
        """Show the rows that pass the chips."""
        team, sex, state, today = self._teams.value, self._sexes.value, self._states.value, self._today
        rows = [
            row
            for row in self._rows
            if (not team or row.team == team) and (not sex or row.sex == sex) and _passes(row, state, today)
        ]
        self.table.show_rows(rows, same=lambda row: row.id)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.table.pick(lambda row: row.id == wanted)

    def _open_card(self, key: str) -> None:
        self.find.clear()
        self._teams.choose("")
        self._sexes.choose("Nữ" if key == "women" else "")
        self._states.choose("đang sinh hoạt" if key == "women" else key)

    def _clear_filters(self) -> None:
        self.find.clear()
        for chip, value in ((self._teams, ""), (self._sexes, ""), (self._states, "all" if self._wanted else "now")):
            chip.choose(value)
        self.refresh()

    def _saved(self, id_: str) -> None:
        if not self.table.pick(lambda row: row.id == id_):
            self.open_at(id_)

    def _picked(self, row: Listed | None) -> None:
        if row is not None:
            self.form.show_person(row.id)

    # making

    def _table_panel(self) -> Any:
        self.table = Table(
            self._columns(), name="members", noun="người", settings=self.desk.settings, find=False,
            verbs=tuple(Verb(text, partial(self.ask_movement, code)) for code, text in VERBS),
        )  # fmt: skip
        self.find = QLineEdit()
        self.find.setProperty("role", "find")
        self.find.setPlaceholderText("Tìm  Ctrl+F")
        self.find.setAccessibleName("Tìm người")
        self.find.setToolTip("Không cần dấu, thứ tự chữ tùy ý, chữ cái đầu (nvt), số thẻ hoặc CCCD")
        self.find.setClearButtonEnabled(True)
        self.find.addAction(icons.icon("magnify"), QLineEdit.ActionPosition.LeadingPosition)
        self.find.setMinimumWidth(theme.worn().px(110))
        self.find.setMaximumWidth(theme.worn().px(220))
        self._finding = QTimer(self)
        self._finding.setSingleShot(True)
        self._finding.setInterval(_FIND_AFTER_MS)
        self._finding.timeout.connect(self.refresh)
        self.find.textChanged.connect(lambda _: self._finding.start())
        keys = QShortcut(QKeySequence("Ctrl+F"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(lambda: self.find.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._states = Chip("Trạng thái", _STATES)
        self._teams = Chip("Tổ", [("", "Tất cả các tổ")])
        self._sexes = Chip("Giới tính", [("", "Nam, nữ"), ("Nam", "Nam"), ("Nữ", "Nữ")])
        for chip in (self._states, self._teams, self._sexes):
            chip.chosen.connect(lambda _: self._choose())
        self.table.add_tool(self.find, self._states, self._teams, self._sexes)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda row: self.form.form.fields["name"].editor.setFocus())
        ground = panel()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table)
        return ground

    def _columns(self) -> tuple[Column, ...]:
        def faint(row: Listed) -> str:
            return "muted" if row.left else ""

        def state(row: Listed) -> State | None:
            told = row.status(self._today)
            return State(told.capitalize(), _TONES[told]) if told in _TONES else None

        return (
            Column("name", "Họ và tên", lambda r: r.name, "name", width=140, stretch=True, tone=faint),
            Column("birth", "Ngày sinh", lambda r: _birth(r.birth), width=98),
            Column("sex", "Giới", lambda r: r.sex, width=52, gives_way=3),
            Column("cccd", "CCCD", lambda r: f"…{r.cccd[-3:]}" if r.cccd else "", width=60, gives_way=4, hint="Ba số cuối; số đầy đủ ở phần chi tiết"),
            Column("card", "Số thẻ", lambda r: r.card, width=102),
            Column("team", "Tổ", lambda r: r.team, width=78, gives_way=1),
            Column("joined", "Vào CĐ", lambda r: r.joined and dates.date.fromisoformat(r.joined), "day", width=100, shown=False),
            Column("wage", "Lương", lambda r: r.wage or None, "money", width=98, hint="Lương đóng BHXH của tháng này"),
            Column("state", "Trạng thái", state, "state", width=134, gives_way=2),
            Column("gaps", "Còn thiếu", lambda r: r.gaps, width=120, shown=False),
        )  # fmt: skip


def _read(book: Book, query: str) -> _Read:
    return _Read(members.census(book), members.teams(book), members.people(book, query, everyone=True))


def _passes(row: Listed, state: str, today: str) -> bool:
    if state == "all":
        return True
    told = row.status(today)
    if state == "now":
        return told != "đã thôi"
    if state == "gaps":
        return told in ("đang sinh hoạt", "tạm dừng") and bool(row.gaps)
    if state == "đang sinh hoạt":
        return told in ("đang sinh hoạt", "tạm dừng")
    return told == state or (state == "chưa gia nhập" and told == "đã ra công đoàn")


def _birth(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
