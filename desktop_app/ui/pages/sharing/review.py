"""*Cần xem lại*: what two PCs wrote differently, both values side by side, settled by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from desktop_app.actions import renumbering, review
from desktop_app.actions.review import Question, Said
from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import entities
from desktop_app.ui.page import FOOT, Desk, Page
from desktop_app.ui.widgets.ask import ask_reason
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head, label


class Review(Page):
    """A row for each value that stands beside the one in use."""

    key, title, icon, group = "review", "Cần xem lại", "compare", FOOT
    reads: ClassVar[frozenset[str]] = frozenset(entities())

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.ask: Callable[..., str] = ask_reason
        self.keep_now = KeyButton("Giữ giá trị đang dùng", "1", clicked=lambda: self._settle(other=False))
        self.take_other = KeyButton("Lấy giá trị kia", "2", tone="primary", clicked=lambda: self._settle(other=True))
        self.column.addWidget(Head(self.title, self.keep_now, self.take_other))
        self.column.addWidget(self.banner)
        told = "Hai máy cùng sửa một ô khi chưa đồng bộ với nhau. Chọn giá trị đúng; giá trị kia vẫn còn trong lịch sử."
        self.column.addWidget(label(told, "muted", wrap=True))
        self.table = Table(
            (
                Column("what", "Mục", lambda row: row.what, width=180, stretch=True),
                Column("field", "Ô", lambda row: row.label, width=105),
                Column("now", "Đang dùng", lambda row: row.now.text, width=180),
                Column("now_who", "Ai ghi, lúc nào", lambda row: _by(row.now, desk.today()), width=186),
                Column("other", "Giá trị kia", lambda row: row.other.text, width=180),
                Column("other_who", "Ai ghi, lúc nào ", lambda row: _by(row.other, desk.today()), width=186),
            ),
            name="review",
            noun="mục",
            settings=desk.settings,
            select_many=False,
            empty=Empty("Không có gì cần xem lại: các máy của đơn vị ghi khớp nhau."),
            verbs=(
                Verb("Giữ giá trị đang dùng", lambda _: self._settle(other=False), "1"),
                Verb("Lấy giá trị kia", lambda _: self._settle(other=True), "2"),
            ),
        )
        self.table.picked.connect(self._picked)
        self.column.addWidget(TablePanel(self.table), 1)

    def refresh(self) -> None:
        """Read the questions again; the first one is picked, so that a key settles it."""
        self.table.show_rows(review.questions(self.desk.book), same=lambda row: (row.record, row.field, row.other.text, row.pair))
        if self.table.current() is None:
            self.table.pick(lambda _: True)
        self._picked(self.table.current())

    def _picked(self, question: Question | None) -> None:
        can = question is not None and not question.money
        self.keep_now.setEnabled(can)
        self.take_other.setEnabled(can)
        if question is not None and question.money:
            self.banner.say(
                "Phiếu đã ghi sổ không sửa bằng cách chọn: hãy dùng Sửa phiếu, Hủy phiếu hoặc phiếu điều chỉnh.",
                "info", "Mở chứng từ", lambda: self.desk.go("vouchers", question.record),
            )  # fmt: skip
        elif question is not None and question.pair:
            self.banner.say(
                f"Hai máy cùng cấp số {question.now.wire}. Phím nào thì phiếu ấy nhận số mới:\n"
                f"1 (trái): {question.now.text[:80]}, {question.now.who}\n"
                f"2 (phải): {question.other.text[:80]}, {question.other.who}",
                "info", "Mở chứng từ", lambda: self.desk.go("vouchers", question.record),
            )  # fmt: skip
        else:
            self.banner.hide()
        doubled = question is not None and bool(question.pair)
        self.keep_now.setText("Đổi số bên trái" if doubled else "Giữ giá trị đang dùng")
        self.take_other.setText("Đổi số bên phải" if doubled else "Lấy giá trị kia")

    def _settle(self, *, other: bool) -> None:
        question: Question | None = self.table.current()
        if question is None:
            return
        if question.pair:
            self._renumber(question, other=other)
            return
        chosen = question.other if other else question.now
        try:
            changes = review.settle(self.desk.book, question, chosen, self.desk.by)
        except Refused as refused:
            self.banner.say(str(refused), "warn")
            return
        self.desk.changed(changes.entities)
        self.desk.say(f"{question.what}: {question.label} là {chosen.text}.")
        self.table.view.setFocus()

    def _renumber(self, question: Question, *, other: bool) -> None:
        """Ask why, then give one of the two vouchers the next number."""
        told = question.other if other else question.now
        reason = self.ask("Đổi số phiếu", f"Phiếu được cấp số tiếp theo: {told.text}.", "Đổi số", self)
        if not reason:
            return
        try:
            made = renumbering.renumber(self.desk.book, question.pair[int(other)], reason, self.desk.by)
        except Refused as refused:
            self.banner.say(str(refused), "warn")
            return
        self.desk.changed(frozenset({"voucher"}))
        self.desk.say(f"Phiếu {question.now.wire} nay có số {made.number}.")
        self.table.view.setFocus()


def _by(said: Said, today: date) -> str:
    """The year is told only when it is another one: the column stays narrow enough to be read whole."""
    day = f"{said.when:%d/%m}" if said.when.year == today.year else show_day(said.when.date())
    return f"{said.who}, {said.when:%H:%M} {day}"
