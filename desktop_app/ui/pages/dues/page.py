"""*Thu đoàn phí*: what each member owes and has paid for a month, one key to take it; the fee's clock; the year's grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from desktop_app.actions import dues, dues_papers, members, one_person, vouchers
from desktop_app.actions.dues import Collected, DuesLine, DuesMonth
from desktop_app.domain import dates
from desktop_app.domain.amounts import half_up, money
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fee import FeeMonth
from desktop_app.reports.dues_papers import months_told
from desktop_app.storage import payroll
from desktop_app.storage.book import Book
from desktop_app.storage.payroll import Arrear, YearLine
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.dues.arrears import YearsOwed, arrears_table
from desktop_app.ui.pages.dues.asks import ask_collection, ask_exemption
from desktop_app.ui.pages.dues.more import DuesMore
from desktop_app.ui.pages.dues.words import GRID, MONTH, basis, fee_hint, fee_sentence
from desktop_app.ui.tasks import Cancelled, Progress, Task
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.banner import WorkStrip
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.table import Empty, Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head

_FEW = 3000  # more members are read and collected by a worker
_VIEWS = (("month", "Từng người trong tháng"), ("year", "12 tháng của năm"), ("arrears", "Nợ các tháng"),
          ("years", "Nợ các năm"))  # fmt: skip
_STATES = (("", "Tất cả"), ("owing", "Còn nợ"), ("paid", "Đã nộp"), ("exempt", "Được miễn"), ("wage", "Chưa có lương"))


@dataclass(frozen=True)
class _Read:
    month: DuesMonth
    fee: FeeMonth
    told: str
    year: list[YearLine]
    arrears: list[Arrear]
    unnamed: list[str]
    twice: list[tuple[str, str]]


class DuesPage(Page):
    """The month's list with its cards, and the year's grid behind a chip."""

    key, title, icon, group = "dues", "Thu đoàn phí", "cash-check", "Tài chính"
    reads = frozenset({"person", "wage", "exemption", "payroll", "dues", "voucher", "union", "fund", "dues_term"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: DuesMonth | None = None
        self._fee: FeeMonth | None = None
        self._asked = 0
        self.asking: Ask | None = None
        self._cash = KeyButton("Thu tiền mặt", "F2", tone="primary", clicked=partial(self.ask_collect, "Tiền mặt"))
        self._bank = KeyButton("Thu qua ngân hàng", "F3", clicked=partial(self.ask_collect, "Tiền gửi"))
        self._free = KeyButton("Miễn…", "F4", clicked=self.ask_exempt)
        self.more = DuesMore(self)
        self.head = Head(self.title, self.more.button, self._free, self._bank, self._cash)
        self.column.addWidget(self.head)
        self.column.addWidget(self.banner)
        self.cards = {
            "due": Card("Phải thu"), "paid": Card("Đã thu"), "keep": Card("Được giữ"), "up": Card("Nộp cấp trên"),
            "fee": Card("Kinh phí công đoàn"),
        }  # fmt: skip
        self.cards["due"].clicked.connect(lambda *_: self._states.choose(""))
        self.cards["paid"].clicked.connect(lambda *_: self._states.choose("owing"))
        for key in ("keep", "up"):
            self.cards[key].clicked.connect(lambda *_: self._view("year"))
        self.cards["fee"].clicked.connect(self._tell_fee)
        self.column.addWidget(Cards(*self.cards.values()))
        self.strip = WorkStrip()
        self.column.addWidget(self.strip)
        self.column.addWidget(self._tables(), 1)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._step, step))

    @property
    def team(self) -> str | None:
        """The tổ looked at, None for all."""
        return self._teams.value or None

    @property
    def month(self) -> str:
        """The month looked at."""
        return str(self._months.value)

    # what it shows

    def refresh(self) -> None:
        """Read the month (and the year's grid if that is looked at); many members are read by a worker."""
        self._offer_months()
        self._asked += 1
        read = partial(_read, month=self.month, view=self._views[0].value, today=self.desk.today())
        if self._few():
            try:
                self._show(self._asked, read(self.desk.book))
            except Refused as refused:
                self._failed(refused)
            return
        self.table.when_empty(Empty("Đang tính đoàn phí…"))
        self._run(lambda book, _: read(book), partial(self._show, self._asked))

    def open_at(self, target: object) -> None:
        """Show a month ("2026-10")."""
        self._months.choose(target)

    def _show(self, number: int, read: _Read) -> None:
        if number != self._asked:
            return  # another month is on its way
        self._found, self._fee = found, fee = read.month, read.fee
        self.head.note.setText(read.told)
        owing = sum(line.owing for line in found.lines)
        funds = f"{_count(found.members)} đoàn viên, tổng nhập tay" if found.typed else f"quỹ lương {money(found.base)}"
        self.cards["due"].say(money(found.due), funds)
        share = found.paid / found.due if found.due else None
        self.cards["paid"].say(
            money(found.paid), f"còn nợ {money(owing)}" if owing else "đã thu đủ", tone="warn" if owing else "ok", share=share
        )
        by_rule = found.due - found.above
        up = half_up(100 * found.up, by_rule) if by_rule else 0
        above = f"gồm {money(found.above)} thu cao hơn" if found.above else f"{100 - up if by_rule else 0} % của số phải thu"
        self.cards["keep"].say(money(found.keep), above)
        self.cards["up"].say(money(found.up), f"{up} % của {'mức quy định' if found.above else 'số phải thu'}")
        hint, tone = fee_hint(fee, self.desk.today())
        self.cards["fee"].say(money(fee.due), hint, tone=tone)
        teams = sorted({line.team for line in found.lines if line.team})
        self._teams.offer([("", "Tất cả các tổ"), *((team, team) for team in teams)])
        self._choose()
        self.table.show_column("above", bool(found.above))
        self.grid.show_rows(read.year, same=lambda line: line.person)
        looked = self._views[0].value
        self.arrears.show_rows(read.arrears if looked == "arrears" else [], same=lambda line: line.person)
        self.years_owed.show(read.arrears if looked == "years" else [])
        if read.twice:
            person, name = read.twice[0]
            more = f" (và {len(read.twice) - 1} người nữa)" if len(read.twice) > 1 else ""
            self.banner.say(
                f"{name}{more} nộp đoàn phí tháng {dates.show_month(found.month)} hai lần, ở hai hồ sơ đã gộp. Hãy trả lại"
                " một lần, hoặc lập phiếu điều chỉnh sang tháng khác.",
                "warn", "Mở hồ sơ", lambda: self.desk.go("members", person),
            )  # fmt: skip
        elif read.unnamed:
            self.banner.say(
                f"Tháng {months_told(read.unnamed)} có đoàn phí đã ghi sổ mà chưa ghi tên người nộp. Hãy ghi tên"
                " người nộp trước khi nhắc nợ.",
                "warn", "Mở tháng ấy", lambda: (self._view("month"), self.open_at(read.unnamed[0])),
            )  # fmt: skip
        elif found.unnamed and owing:
            self.banner.say(
                f"Sổ đã có {money(found.unnamed)} đoàn phí tháng {dates.show_month(found.month)} chưa ghi tên người nộp.",
                "warn", "Ghi tên người nộp", self.name_payers,
            )  # fmt: skip
        else:
            self.banner.hide()

    def _choose(self) -> None:
        if self._found is not None:
            team, state = self._teams.value, self._states.value
            rows = [line for line in self._found.lines if (not team or line.team == team) and _passes(line, state)]
            self.table.when_empty(
                Empty("Không có ai khớp với điều đang lọc.", "Bỏ lọc", self._clear_filters)
                if self._found.lines
                else Empty("Tháng này chưa có đoàn viên nào. Hãy thêm đoàn viên trước.", "Mở danh sách", self._open_list)
            )
            self.table.show_rows(rows, same=lambda line: line.person)

    def _clear_filters(self) -> None:
        for chip in (self._teams, self._states):
            chip.choose("")

    def _tell_fee(self) -> None:
        if self._fee is not None:
            self.banner.say(fee_sentence(self._fee))

    # what it does

    def ask_collect(self, kind: str) -> None:
        """F2, F3: take dues in cash or by bank from the chosen members, or from all who owe."""
        if self._found is None:
            return
        owing = [line for line in self._found.lines if line.owing]
        chosen = [line for line in self._chosen() if line.owing]
        if not chosen and self._teams.value:  # a tổ at once
            chosen = [line for line in owing if line.team == self._teams.value]
        typed = self._found.typed and not any(line.due for line in self._found.lines)
        if not owing and not typed:
            self.desk.say(f"Tháng {dates.show_month(self.month)} không còn ai nợ đoàn phí.")
            return
        collect = partial(self._collect, [line.person for line in chosen])
        self.asking = ask_collection(self.desk, self.window(), self.month, kind, owing, chosen, collect)
        self.asking.open()

    def _collect(self, chosen: list[str], values: Mapping[str, Any]) -> None:
        month, by, fund, day = self.month, self.desk.by, str(values["fund"] or ""), values["day"]
        if not isinstance(day, dates.date):
            raise Refused("Hãy nhập ngày thu.")

        def work(book: Book, progress: Progress | None = None) -> Collected:
            step = progress.step if progress is not None else None
            if values["who"] == "chosen":
                return dues.collect_some(book, month, chosen, by, fund, day=day, progress=step)
            return dues.collect(book, month, by, fund, day=day, progress=step)

        if self._few():
            self._collected(work(self.desk.book))
        else:
            self.strip.begin("Đang ghi phiếu thu đoàn phí")
            self.strip.follow(self._run(work, self._collected))

    def _collected(self, done: Collected) -> None:
        self.strip.end()
        who = f"{_count(done.count)} đoàn viên, " if done.count else ""
        if done.voucher is None:
            self.desk.say(f"Đã ghi tên người nộp: {who}{money(done.amount)}. Không cần lập thêm phiếu.")
        else:
            voucher = done.voucher.id
            self.desk.say(
                f"Đã ghi sổ {done.voucher.number}: {who}{money(done.amount)}.", "Hoàn tác", lambda: self._undo(voucher)
            )
        self.desk.changed({"dues", "voucher"})

    def _undo(self, voucher: str) -> None:
        self._do(lambda: vouchers.cancel(self.desk.book, voucher, "Hoàn tác khi vừa thu", self.desk.by), {"voucher"})

    def name_payers(self) -> None:
        """*Ghi tên người nộp*: the chosen (or, if the sum is theirs, all who owe) paid what the books already hold."""
        if self._found is None:
            return
        chosen = [line for line in self._chosen() if line.owing] or [line for line in self._found.lines if line.owing]
        if sum(line.owing for line in chosen) > self._found.unnamed:
            self.desk.say(f"Hãy chọn những người đã nộp, tổng còn nợ không quá {money(self._found.unnamed)}, rồi bấm lại.")
            return
        people = [line.person for line in chosen]
        self._do(lambda: self._collected(dues.name_payers(self.desk.book, self.month, people, self.desk.by)), set())

    def ask_exempt(self) -> None:
        """F4: free the chosen members for some months."""
        chosen = self._chosen()
        if not chosen:
            self.desk.say("Hãy chọn đoàn viên cần miễn trong bảng trước.")
            return
        free = partial(self._exempt, [line.person for line in chosen])
        self.asking = ask_exemption(self.desk, self.window(), self.month, chosen, free)
        self.asking.open()

    def _exempt(self, people: list[str], values: Mapping[str, Any]) -> None:
        count = dues.exempt(self.desk.book, people, values, self.desk.by)
        self.desk.say(f"Đã miễn đoàn phí cho {count} người.")
        self.desk.changed({"exemption"})

    def _owe_again(self, rows: Sequence[DuesLine]) -> None:
        people = [row.person for row in rows]
        self._do(lambda: dues.owe_again(self.desk.book, people, self.month, self.desk.by), {"exemption"})

    def _do(self, deed: Callable[[], object], touched: set[str]) -> None:
        try:
            deed()
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
        else:
            if touched:
                self.desk.changed(touched)

    # how it works

    def _few(self) -> bool:
        return members.entered(self.desk.book) <= _FEW

    def _run(self, work: Callable[[Book, Progress], Any], done: Callable[[Any], None]) -> Task:
        def carry(progress: Progress) -> Any:
            book = self.desk.open_book()
            try:
                return work(book, progress)
            finally:
                book.close()

        return self.desk.tasks.run(carry, done, self._failed, progressed=self.strip.show_step, owner=self)

    def _failed(self, error: Exception) -> None:
        self.strip.end()
        if isinstance(error, Cancelled):
            self.desk.say("Đã dừng, chưa ghi gì vào sổ.")
        else:
            self.banner.say(str(error), "bad")

    def _chosen(self) -> list[DuesLine]:
        return [] if self._stack.currentIndex() else list(self.table.chosen())

    def _offer_months(self) -> None:
        year, today = self.desk.year, dates.month_of(self.desk.today())
        months = [(f"{year}-{n:02}", f"Tháng {n:02}/{year}") for n in range(1, 13)]
        kept = self._months.value
        wanted = kept if str(kept or "")[:4] == str(year) else min(max(today, months[0][0]), months[-1][0])
        self._months.offer(months, wanted)

    def _step(self, by: int) -> None:
        month = dates.add_months(self.month, by)
        if month[:4] == str(self.desk.year):
            self._months.choose(month)

    def _view(self, view: str) -> None:
        self._stack.setCurrentIndex([key for key, _ in _VIEWS].index(view))
        for chip in self._views:
            chip.offer(_VIEWS, view)
        self.refresh()

    def _tables(self) -> Any:
        self._months = Chip("Tháng", [])
        self._months.chosen.connect(lambda _: self.refresh())
        self._teams, self._states = Chip("Tổ", [("", "Tất cả các tổ")]), Chip("Tình trạng", _STATES)
        for chip in (self._teams, self._states):
            chip.chosen.connect(lambda _: self._choose())
        self._views = [Chip("Xem", _VIEWS) for _ in _VIEWS]
        for chip in self._views:
            chip.chosen.connect(self._view)
        self.table = Table(
            MONTH, name="dues", noun="đoàn viên", settings=self.desk.settings,
            verbs=(
                Verb("Thu tiền mặt", lambda _: self.ask_collect("Tiền mặt"), "F2", can=_owe),
                Verb("Thu qua ngân hàng", lambda _: self.ask_collect("Tiền gửi"), "F3", can=_owe),
                Verb("Miễn…", lambda _: self.ask_exempt(), "F4"),
                Verb("Bỏ miễn từ tháng này", self._owe_again, can=lambda rows: any(row.exempt for row in rows)),
            ),
        )  # fmt: skip
        self.table.opened.connect(lambda line: self.desk.go("members", line.person))
        self.table.add_tool(self._months, self._views[0], self._teams, self._states)
        self.grid = Table(
            GRID, name="dues-year", noun="đoàn viên", settings=self.desk.settings, empty=Empty("Năm này chưa có đoàn viên nào.")
        )
        self.grid.opened.connect(lambda line: self.desk.go("members", line.person))
        self.grid.add_tool(self._views[1])
        self.arrears = arrears_table(self.desk.settings)
        self.arrears.opened.connect(lambda line: self.desk.go("members", line.person))
        self.arrears.add_tool(self._views[2])
        self.years_owed = YearsOwed(self.desk.settings)
        self.years_owed.table.opened.connect(lambda line: self.desk.go("members", line.person))
        self.years_owed.table.add_tool(self._views[3], self.years_owed.years)
        self._stack = QStackedWidget()
        for table in (self.table, self.grid, self.arrears, self.years_owed.table):
            self._stack.addWidget(table)
        return TablePanel(self._stack)

    def _open_list(self) -> None:
        self.desk.go("members")


def _read(book: Book, month: str, view: str, today: date) -> _Read:
    year = int(month[:4])
    lines = payroll.grid(book, year) if view == "year" else []
    owing, unnamed = [], []
    if view in ("arrears", "years"):
        of = year if view == "arrears" else None
        owing, unnamed = dues_papers.arrears(book, of, today), dues_papers.unnamed(book, of, today)
    twice = [(person, name) for person, name, of in one_person.paid_twice(book) if of == month]
    return _Read(dues.compute(book, month), dues.fee(book, month), basis(book, month), lines, owing, unnamed, twice)


def _passes(line: DuesLine, state: str) -> bool:
    return {
        "": True,
        "owing": bool(line.owing),
        "paid": bool(line.paid) and not line.owing,
        "exempt": bool(line.exempt),
        "wage": not line.wage_known and not line.exempt,
    }[state]


def _owe(rows: Sequence[DuesLine]) -> bool:
    return any(row.owing for row in rows)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
