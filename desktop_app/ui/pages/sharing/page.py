"""*Đồng bộ*: the truth about the exchange, what waits to go, what the province said, and how this PC is enrolled."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.overview import page_of_form
from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import entities
from desktop_app.ui import files, theme
from desktop_app.ui.background import Syncs
from desktop_app.ui.page import FOOT, Desk, Page
from desktop_app.ui.pages.sharing.lease import LeaseRow
from desktop_app.ui.pages.sharing.machines import Machines
from desktop_app.ui.pages.sharing.network import ask_network
from desktop_app.ui.pages.sharing.packets import PacketRow
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.banner import WorkStrip
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import Head, StatePill, label, panel
from desktop_app.ui.widgets.todo import Todo, TodoList

PROVINCE = "province.json"  # where the first start keeps the province's file
_TONES = {"trả lại": "bad", "đã duyệt": "ok", "đã tiếp nhận": "info"}


class SyncPage(Page):
    """The page behind the sync line. Trouble is a sentence here, never a dialog."""

    key, title, icon, group = "sync", "Đồng bộ", "cloud-sync-outline", FOOT
    reads: ClassVar[frozenset[str]] = frozenset(entities())  # whatever is written waits to be sent

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked, self._paused = 0, False
        self._syncs = desk.syncs or Syncs(desk)
        self.pill, self.told = StatePill(), label("", "", wrap=True)
        self.now = KeyButton("Đồng bộ ngay", "Ctrl+S", tone="primary", glyph="sync", clicked=self._syncs.sync_now)
        self.strip = WorkStrip()
        self.waits = Table(
            (
                Column("label", "Loại", lambda row: row.label, width=150, stretch=True),
                Column("entries", "Thay đổi", lambda row: row.entries, "whole", width=92, total=True),
                Column("size", "Dung lượng", lambda row: _size(row.size), width=96, right=True),
            ),
            name="waiting", noun="loại", settings=desk.settings, find=False, select_many=False,
            empty=Empty("Không có gì chờ gửi."),
        )  # fmt: skip
        self.said = TodoList()
        self.form = Form(
            {
                "server": Field("Địa chỉ máy chủ của tỉnh", LineEdit("https://…", longest=200)),
                "code": Field("Mã đăng ký dùng một lần", LineEdit("10 ký tự do LĐLĐ tỉnh cấp", longest=20)),
                "file": Field("Tệp của tỉnh (nếu có)", LineEdit("Đường dẫn tệp .json")),
            },
            columns=2,
            wide=("file",),
        )
        self.form.finished.connect(self.enrol)
        self.register = KeyButton("Đăng ký máy này", tone="primary", clicked=self.enrol)
        self.again = KeyButton("Đăng ký lại máy này…", tone="link", clicked=lambda: self._show_form(True))
        self.machines = KeyButton("Máy của đơn vị…", tone="link", clicked=lambda: Machines(desk, self).open())
        self.network = KeyButton("Cách vào mạng…", tone="link", clicked=lambda: ask_network(desk, self))
        self.pause = KeyButton("Tạm dừng tệp kèm", tone="link", clicked=self._pause)
        self.lease = LeaseRow(desk)
        self.packets = PacketRow(desk, self.form.values)
        self.packets.refused.connect(self._packet_failed)
        self.packets.took.connect(self.refresh)
        self._syncs.turned.connect(self._turned)
        self._syncs.stepped.connect(self.strip.show_step)
        self._lay_out()

    def refresh(self) -> None:
        """Read the state again, on another thread."""
        self._asked += 1
        asked, desk = self._asked, self.desk

        def work(_: Progress) -> Any:
            from desktop_app.actions import exchange  # the wire's parts load when they are wanted

            book = desk.open_book()
            try:
                return exchange.look(book)
            finally:
                book.close()

        desk.tasks.run(work, lambda found: self._show(found) if asked == self._asked else None, owner=self)

    def enrol(self) -> None:
        """Make this PC known to the province, then exchange at once."""
        values, desk = self.form.values(), self.desk
        if not values["server"] and not values["file"]:
            self.form.show_problems([Problem("server", "Hãy nhập địa chỉ máy chủ, hoặc chọn tệp của tỉnh.")])
            return

        def work(_: Progress) -> Any:
            from desktop_app.actions import sync

            book = desk.open_book()
            try:
                file = Path(values["file"]) if values["file"] else None
                return sync.enrol(book, values["server"], str(values["code"] or ""), file)
            finally:
                book.close()

        self.register.setEnabled(False)
        self.banner.hide()
        desk.tasks.run(work, self._enrolled, self._enrol_failed, owner=self)

    def _enrolled(self, made: Any) -> None:
        self.register.setEnabled(True)
        self.form.clear()
        self.desk.say(f"Đã đăng ký máy này: {made.name}.")
        self.desk.changed({"union"})
        self.refresh()
        self._syncs.sync_now()

    def _enrol_failed(self, error: Exception) -> None:
        self.register.setEnabled(True)
        if isinstance(error, Refused):
            problems = [Problem({"province_file": "file"}.get(p.field, p.field), p.problem) for p in error.problems]
            sentence = " ".join(self.form.show_problems(problems))
        else:
            sentence = str(error)
        if sentence:
            self.banner.say(sentence, "bad")

    def _pause(self) -> None:
        from desktop_app.actions import exchange

        exchange.pause_files(self.desk.book, not self._paused)
        self.refresh()

    def _packet_failed(self, error: Exception) -> None:
        if isinstance(error, Refused) and any(p.field for p in error.problems):
            self._show_form(True)
        self._enrol_failed(error)

    def _show(self, found: Any) -> None:
        self.pill.show_state(found.line, found.tone)
        lines = []
        if found.server:
            lines.append(f"Máy chủ {found.server}; tỉnh ghi đơn vị là {found.name}.")
        elif found.enrolled:
            lines.append(f"Đăng ký bằng gói, không qua mạng; tỉnh ghi đơn vị là {found.name}.")
        if found.synced is not None:
            when = f"{found.synced:%H:%M} ngày {dates.show_day(found.synced.date())}"
            told = f"tỉnh đã xác nhận {format_amount(found.confirmed)}/{format_amount(found.entries)} thay đổi của máy này"
            lines.append(f"Lần đồng bộ trọn vẹn gần nhất: {when}; {told}.")
        if found.reading:
            lines.append(found.reading)
        last = self._syncs.last
        if last is not None:
            lines.append(
                f"Lần này: gửi {format_amount(last.sent)}, nhận {format_amount(last.received)} thay đổi;"
                f" {_size(last.bytes_up)} lên, {_size(last.bytes_down)} xuống."
            )
        if found.adopted:
            lines.append(f"Đã nhận lại {format_amount(found.adopted)} thay đổi của bản sao lưu; không mất gì.")
        trouble = self._syncs.trouble or found.trouble
        if trouble:
            lines.append(trouble)
        if not found.enrolled:
            lines.append("Mọi việc vẫn ghi vào máy này như thường; đăng ký rồi thì tự gửi lên tỉnh.")
        self.told.setText("\n".join(lines))
        self.waits.show_rows(found.waits, same=lambda row: row.label)
        self._conflicts.setText(f"{found.conflicts} mục cần xem lại: hãy chọn ở trang Cần xem lại.")
        self._conflicts.setVisible(bool(found.conflicts))
        self.said.show_todos(
            [self._answer(said) for said in found.said] or [Todo("info", "Tỉnh chưa trả lời báo cáo nào.")]
        )
        self.now.setEnabled(bool(found.server) and not self._syncs.running)
        self._show_form(not found.enrolled)
        self.again.setVisible(found.enrolled)
        self.machines.setVisible(found.enrolled)
        self._paused = found.files_paused
        self.pause.setText("Gửi, nhận tiếp tệp kèm" if self._paused else "Tạm dừng tệp kèm")
        self.pause.setVisible(found.enrolled and (found.files_wait or self._paused))
        self.lease.show_standing(found.lease)
        self.packets.show_state(found.enrolled, found.others)

    def _answer(self, said: Any) -> Todo:
        day = dates.show_day(dates.date.fromisoformat(said.day)) if said.day else ""
        note = f": {said.note}" if said.note else ""
        what = f"{said.form}, {dates.Period.parse(said.period).label}"
        text = f"{what} — {said.state}{f' ngày {day}' if day else ''}{note}"
        target = {"form": said.form, "period": said.period}
        return Todo(_TONES.get(said.state, "info"), text, lambda: self.desk.go(page_of_form(said.form), target))

    def _turned(self) -> None:
        if self._syncs.running:
            self.now.setEnabled(False)
            self.strip.begin("Đang đồng bộ")
            self.strip.follow(self._syncs.task)
            return
        self.strip.end()
        self.refresh()

    def _show_form(self, on: bool) -> None:
        kept = self.desk.book.path.parent / PROVINCE
        if on and not self.form.values()["file"] and kept.is_file():
            self.form.set_values({"file": str(kept)})
        self._enrolment.setVisible(on)

    def _choose_file(self) -> None:
        path = files.to_open(self, "Tệp của tỉnh", "Tệp của tỉnh (*.json);;Mọi tệp (*)")
        if path is not None:
            self.form.set_values({"file": str(path)})

    def _lay_out(self) -> None:
        self.column.addWidget(Head(self.title, self.now))
        self.column.addWidget(self.banner)
        state = QVBoxLayout()
        state.setSpacing(8)
        over = QHBoxLayout()
        over.addWidget(self.pill)
        over.addStretch(1)
        over.addWidget(self.machines)
        over.addWidget(self.network)
        over.addWidget(self.again)
        state.addLayout(over)
        state.addWidget(self.told)
        self._conflicts = label("", "hint", tone="warn", wrap=True)
        state.addWidget(self._conflicts)
        state.addWidget(self.lease)
        self.column.addWidget(_ground(state))
        self.column.addWidget(self.strip)
        inside = QVBoxLayout()
        inside.setSpacing(8)
        inside.addWidget(label("Đăng ký máy này với LĐLĐ tỉnh", "subtitle"))
        inside.addWidget(self.form)
        feet = QHBoxLayout()
        feet.addWidget(self.register)
        feet.addWidget(KeyButton("Chọn tệp của tỉnh…", glyph="file-search-outline", clicked=self._choose_file))
        feet.addStretch(1)
        inside.addLayout(feet)
        self._enrolment = _ground(inside)
        self._enrolment.hide()
        self.column.addWidget(self._enrolment)
        by_hand = QVBoxLayout()
        by_hand.addWidget(self.packets)
        self.column.addWidget(_ground(by_hand))
        left, right = QVBoxLayout(), QVBoxLayout()
        over_left = QHBoxLayout()
        over_left.addWidget(label("Chờ gửi lên tỉnh", "subtitle"))
        over_left.addStretch(1)
        over_left.addWidget(self.pause)
        left.addLayout(over_left)
        left.addWidget(self.waits, 1)
        right.addWidget(label("Tỉnh trả lời", "subtitle"))
        right.addWidget(self.said)
        right.addStretch(1)
        self.waits.setMinimumHeight(theme.worn().px(150))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_ground(left), 1)
        row.addWidget(_ground(right), 1)
        self.column.addLayout(row, 1)


def _ground(inside: QVBoxLayout) -> QWidget:
    ground = panel()
    inside.setContentsMargins(14, 10, 14, 12)
    ground.setLayout(inside)
    return ground


def _size(count: int) -> str:
    """Bytes in words: 640 B, 12 KB, 1,4 MB."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
