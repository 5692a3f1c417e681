"""*Tổng quan*: what waits for you, what is at hand, what the year brought and took; everything opens its page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import overview
from desktop_app.actions.overview import Look, Wait
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount, money
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.charts import MonthBars, Share, ShareBars
from desktop_app.ui.widgets.texts import Head, label, panel
from desktop_app.ui.widgets.todo import Todo, TodoList


class Overview(Page):
    """The first page. It is read on another thread: the window never waits for it."""

    key, title, icon = "overview", "Tổng quan", "view-dashboard-outline"
    reads = frozenset(
        {"voucher", "fund", "person", "wage", "exemption", "dues", "payroll", "union", "closing", "submission", "verdict",
         "backup", "bank_line", "office", "term", "dossier"}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = 0
        self.head = Head(self.title)
        self.money = Card("Tiền hiện có")
        self.dues = Card("Đoàn phí")
        self.members = Card("Đoàn viên")
        self.year = Card("Thu trong năm")
        for card, key in ((self.money, "vouchers"), (self.dues, "dues"), (self.members, "members"), (self.year, "settlement")):
            card.clicked.connect(lambda _=False, key=key: desk.go(key))
        self.waits, self.firsts = TodoList(), TodoList()
        self.months, self.spent = MonthBars(), ShareBars()
        self.months.chosen.connect(lambda month: desk.go("vouchers", {"period": f"{desk.year}-{month:02d}"}))
        self._lay_out()

    def refresh(self) -> None:
        self._asked += 1
        asked, desk, year = self._asked, self.desk, self.desk.year

        def work(_: Progress) -> tuple[Look, list[Wait]]:
            book, today = desk.open_book(), desk.today()
            try:
                backup = overview.backup_wait(book.path.parent, book, today)
                return overview.look(book, year, today), [backup] if backup else []
            finally:
                book.close()

        desk.tasks.run(work, lambda found: self._show(*found) if asked == self._asked else None, owner=self)

    def _show(self, look: Look, more: list[Wait]) -> None:
        year = self.desk.year
        kinds = {"Tiền mặt": "Tiền mặt", "Tiền gửi": "TGNH"}
        sums = {kind: sum(amount for fund, amount in look.funds if fund.kind == kind) for kind in kinds}
        held = " · ".join(f"{short} {format_amount(sums[kind])}" for kind, short in kinds.items() if look.funds)
        low = any(amount < 0 for _, amount in look.funds)
        self.money.say(money(look.at_hand), held or "Chưa ghi quỹ nào", tone="bad" if low else "")
        if look.dues is not None:
            month, due, received, _ = look.dues
            share = received / due if due else None
            enough = received >= due
            self.dues.say(
                money(received), f"Tháng {dates.show_month(month)}: phải thu {format_amount(due)}",
                tone="ok" if enough and due else "", share=share,
            )  # fmt: skip
        else:
            self.dues.say("—", "Chưa có đoàn viên")
        heads = look.heads
        others = heads.workers - heads.members
        self.members.say(
            f"{format_amount(heads.members)} người",
            f"{format_amount(heads.women)} nữ" + (f" · {format_amount(others)} lao động chưa vào" if others else ""),
        )
        self.year.say(money(look.came_in), f"Đã chi {format_amount(look.went_out)} · năm {year}")
        self._show_waits(look, more)
        self._months_title.setText(f"Thu, chi năm {year} theo tháng")
        self._spent_title.setText(f"Chi năm {year} theo mục")
        self.months.show_months([(month.came_in, month.went_out) for month in look.months])
        self.spent.show_shares([Share(f"{item} — {name}" if name else item, amount) for item, name, amount in look.spent])
        self._nothing_spent.setVisible(not look.spent)

    def _show_waits(self, look: Look, more: list[Wait]) -> None:
        waits = [*look.waits, *more]
        if str(self.desk.settings.value("recovery/confirmed", "")) == "no":
            text = "Chưa in phiếu khôi phục: máy hỏng là không mở được sổ nữa. Hãy tạo mã và in phiếu."
            waits.insert(0, Wait("bad", text, "setup", "recovery"))
        order = {"bad": 0, "warn": 1, "info": 2}
        todos = [self._todo(wait, wait.tone) for wait in sorted(waits, key=lambda wait: order[wait.tone])]
        self.waits.show_todos(todos or [Todo("ok", "Không có việc nào đang chờ bạn.")])
        self.firsts.show_todos([self._todo(first, "todo") for first in look.firsts])
        self._firsts_title.setVisible(bool(look.firsts))

    def _todo(self, wait: Wait, tone: str) -> Todo:
        return Todo(tone, wait.text, lambda: self.desk.go(wait.page, wait.target))

    def _lay_out(self) -> None:
        self._firsts_title = label("Những việc đầu tiên", "subtitle")
        self._firsts_title.hide()
        self._months_title, self._spent_title = label("", "subtitle"), label("", "subtitle")
        self._nothing_spent = label("Năm này chưa chi khoản nào.", "muted")
        self._nothing_spent.hide()
        self.column.addWidget(self.head)
        self.column.addWidget(self.banner)
        self.column.addWidget(Cards(self.money, self.dues, self.members, self.year))
        left = _panel(label("Việc đang chờ bạn", "subtitle"), self.waits, self._firsts_title, self.firsts)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(_panel(self._months_title, self.months, grows=self.months), 3)
        right.addWidget(_panel(self._spent_title, self._nothing_spent, self.spent), 2)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 5)
        row.addLayout(right, 6)
        self.column.addLayout(row, 1)


def _panel(*parts: QWidget, grows: QWidget | None = None) -> QWidget:
    ground = panel()
    inside = QVBoxLayout(ground)
    inside.setContentsMargins(14, 12, 14, 12)
    inside.setSpacing(8)
    for part in parts:
        inside.addWidget(part, 1 if part is grows else 0)
    if grows is None:
        inside.addStretch(1)
    inside.setAlignment(Qt.AlignmentFlag(0))
    return ground
