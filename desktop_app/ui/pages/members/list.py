"""The table of people: a search answers at the keystroke, everybody is lined up by a worker, rows are read where seen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop_app.domain import dates
from desktop_app.storage import lists, organisation, quality, sieves
from desktop_app.storage.lists import Asked, Listed
from desktop_app.storage.rules import rules
from desktop_app.storage.sieves import branch
from desktop_app.ui import icons, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.sieves import FIRST, Sieves
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.paged import PAGE, PagedRows
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel

FEW = 3000  # so many people are lined up on the spot; more by a worker, and the window stays alive
_LINE_UP_AFTER_MS = 150
_BRANCH = "unit:"  # before the id of a unit whose whole branch is let through
_TONES = {"chưa gia nhập": "info", "đã ra công đoàn": "info", "tạm dừng": "warn", "đã thôi": "quiet"}  # a member in the union is the rule, and needs no pill


class MemberList(TablePanel):
    """The table with its find box and chips; `seen_again` after every answer of the book."""

    lined_up = Signal()

    def __init__(self, desk: Desk, verbs: Sequence[Verb]) -> None:
        self._desk, self._today = desk, desk.today()
        self.find = QLineEdit()
        self.sieves = Sieves(desk.settings)
        columns = _columns(self._today.isoformat())
        self.model = PagedRows(columns, self._read)
        table = Table(
            columns, name="members", noun="người", settings=desk.settings, find=False, verbs=verbs, model=self.model
        )  # fmt: skip
        super().__init__(table, tools=(self.find, *self.sieves.always, self.sieves.button))
        self.table = table
        table.add_row(self.sieves)
        table.bar.setStretchFactor(self.find, 3)
        table.count.setMinimumWidth(theme.worn().px(58))
        self._offer()
        self._asked, self._few = 0, not lists.more_than(desk.book, FEW)
        self._awaited = False  # is a line-up on its way?
        self._wanted, self._everywhere = 0, False  # whom to pick when it comes, and whether filters give way then
        self._when_empty = Empty("Không có ai khớp với điều đang tìm.", "Bỏ tìm và lọc", self.clear)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LINE_UP_AFTER_MS)
        self._later.timeout.connect(lambda: self._line_up_behind(again=False))
        self._dress_find()
        self.find.textChanged.connect(lambda _: self.ask())
        self.sieves.changed.connect(self.ask)
        if order := table.memory.order():
            self.model.order_by(order[0], descending=order[1])
        self.model.wanted.connect(self._order)

    # asking

    def question(self) -> Asked:
        """What find box, chips, heading and filter row ask of the list."""
        order, down = self.model.ordered()
        sieve = self.sieves.value()
        if sieve.get("team", "").startswith(_BRANCH):
            unit = sieve["team"].removeprefix(_BRANCH)
            sieve["team"] = branch(organisation.teams_under(self._desk.book, unit, self._today))
        return Asked(self.find.text(), sieve, self.model.typed(), order, down)

    def ask(self, *, again: bool = False) -> None:
        """Show who is asked for; `again`: because the book has changed, so the picked row is read anew."""
        self._asked += 1
        if again:
            self._few = not lists.more_than(self._desk.book, FEW)
        question = self.question()
        self._later.stop()
        if self._few:
            self._show(self._asked, again, lists.line_up(self._desk.book, question, self._today))
            return
        self._awaited = True
        self.table.when_empty(Empty("Đang tìm…"))
        if again and self.model.whole and self.model.rowCount():
            self.model.forget()
            self._line_up_behind(again=True)
        elif question.quick:
            numbers = lists.first(self._desk.book, question, self._today, PAGE)
            self.table.show_paged(partial(self.model.begin, numbers), again=again)
            self._later.start()
        else:
            self._line_up_behind(again=again)

    def _order(self) -> None:
        self.table.memory.keep_order(self.model.order())
        self.ask()

    def pick(self, id_: str) -> None:
        """Make a person the current row, whatever the filters hide."""
        no = lists.number_of(self._desk.book, id_)
        if not no or self.table.pick_line(self.model.line_of_number(no)):
            return
        self._wanted, self._everywhere = no, True
        if not self._awaited:
            self._let_all_through()

    def look_at(self, sieve: Mapping[str, str], id_: str = "") -> None:
        """Show who passes a sieve, and pick a person among them."""
        self._wanted, self._everywhere = lists.number_of(self._desk.book, id_) if id_ else 0, False
        self.find.clear()
        self.table.clear_filters()
        self.sieves.take(sieve)

    def clear(self) -> None:
        """No search and no filter but the first one."""
        self.find.clear()
        self.table.clear_filters()
        self.sieves.take(FIRST)

    def say_when_empty(self, empty: Empty | None) -> None:
        """What an empty list says: that nobody fits, or this."""
        self._when_empty = empty or Empty("Không có ai khớp với điều đang tìm.", "Bỏ tìm và lọc", self.clear)
        if self.model.whole:
            self.table.when_empty(self._when_empty)

    def numbers(self) -> list[int]:
        """The numbers of those chosen if there are several, else of all that are seen; in the order seen."""
        chosen = self.table.chosen_lines()
        every = self.model.numbers()
        return [every[line] for line in chosen] if len(chosen) > 1 else list(every)

    def _let_all_through(self) -> None:
        self._everywhere = False
        self.find.clear()
        self.table.clear_filters()
        self.sieves.take({"state": "all"})

    def _line_up_behind(self, *, again: bool) -> None:
        question, number, today = self.question(), self._asked, self._today

        def work(_: Progress) -> array[int]:
            book = self._desk.open_book()
            try:
                return lists.line_up(book, question, today)
            finally:
                book.close()

        self._desk.tasks.run(work, partial(self._show, number, again), self._fail, owner=self)

    def _show(self, number: int, again: bool, numbers: array[int]) -> None:
        if number != self._asked:
            return  # a later question is on its way
        self._awaited = False
        self.table.when_empty(self._when_empty)
        self.table.show_paged(partial(self.model.line_up, numbers), again=again)
        if self._wanted:
            if self.table.pick_line(self.model.line_of_number(self._wanted)) or not self._everywhere:
                self._wanted = 0
            else:
                self._let_all_through()
        self.lined_up.emit()

    def _fail(self, error: Exception) -> None:
        self.table.when_empty(Empty(str(error), "Đọc lại", lambda: self.ask(again=True)))

    def _read(self, numbers: Sequence[int]) -> list[Listed]:
        return lists.page(self._desk.book, numbers, self._today)

    # making

    def offer_teams(self, teams: Sequence[str]) -> None:
        """The teams and the branches of the union's tree, for the chip."""
        tree = organisation.tree(self._desk.book, self._today)
        branches = [(f"{_BRANCH}{unit.id}", f"{unit.name} (cả nhánh)") for unit in tree.under("") if tree.children(unit.id)]
        self.sieves.offer_teams(branches, teams)

    def _offer(self) -> None:
        required, marked = quality.definition(self._today).required, quality.indicator(self._today)
        lacking = [(one.field, f"Thiếu {one.name}") for one in required]
        self.sieves.offer("incomplete", [("any", "Chưa đủ thông tin"), *lacking, ("registered", f"Chưa {_registered(marked.name)}")])
        age = rules(self._desk.book).child_gift_age(self._today)
        self.sieves.offer("children", [(str(age), f"Có con dưới {age} tuổi")])

    def _dress_find(self) -> None:
        self.find.setProperty("role", "find")
        self.find.setPlaceholderText("Tìm  Ctrl+F")
        self.find.setAccessibleName("Tìm người")
        self.find.setToolTip("Không cần dấu, thứ tự chữ tùy ý, chữ cái đầu (nvt), số thẻ hoặc CCCD")
        self.find.setClearButtonEnabled(True)
        self.find.addAction(icons.icon("magnify"), QLineEdit.ActionPosition.LeadingPosition)
        self.find.setMinimumWidth(theme.worn().px(96))
        self.find.setMaximumWidth(theme.worn().px(220))
        self.find.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the chips are read whole first

    def take_find_key(self, page: QWidget) -> None:
        """Ctrl+F anywhere on the page goes to the find box."""
        keys = QShortcut(QKeySequence("Ctrl+F"), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(lambda: self.find.setFocus(Qt.FocusReason.ShortcutFocusReason))


def _registered(name: str) -> str:
    return name.removeprefix("Đoàn viên ")


def _columns(today: str) -> tuple[Column, ...]:
    def faint(row: Listed) -> str:
        return "muted" if row.left else ""

    def state(row: Listed) -> State | None:
        told = row.status(today)
        return State(told.capitalize(), _TONES[told]) if told in _TONES else None

    def birth(row: Listed) -> str:
        return "/".join(reversed(row.birth.split("-")))

    day: Callable[[str | None], object] = lambda iso: iso and dates.date.fromisoformat(iso)  # noqa: E731
    return (
        Column("name", "Họ và tên", lambda r: r.name, "name", width=140, stretch=True, tone=faint),
        Column("birth", "Ngày sinh", birth, width=98),
        Column("sex", "Giới", lambda r: r.sex, width=52, gives_way=3),
        Column("cccd", "CCCD", lambda r: f"…{r.cccd[-3:]}" if r.cccd else "", width=60, gives_way=4, hint="Ba số cuối; số đầy đủ ở phần chi tiết"),
        Column("card", "Số thẻ", lambda r: r.card, width=102),
        Column("team", "Tổ", lambda r: r.team, width=78, gives_way=1),
        Column("joined", "Vào CĐ", lambda r: day(r.joined), "day", width=100, shown=False),
        Column("wage", "Lương", lambda r: r.wage or None, "money", width=98, hint="Lương đóng BHXH của tháng này"),
        Column("state", "Trạng thái", state, "state", width=134, gives_way=2),
        Column("gaps", "Còn thiếu", lambda r: r.gaps, width=120, shown=False),
        Column("retires", "Nghỉ hưu", lambda r: sieves.retires(r.birth, r.sex), "month", width=90, shown=False, hint="Tháng đủ tuổi nghỉ hưu ở điều kiện bình thường (NĐ 135/2020)"),
    )  # fmt: skip
