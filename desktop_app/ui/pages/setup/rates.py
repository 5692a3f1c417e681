"""*Quy định và định mức*: the dated figures the book counts with and the words its forms are printed with, where each is
from, and the union's own corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.actions import rates
from desktop_app.actions.rates import Known, Table
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import theme
from desktop_app.ui.history import offer_history
from desktop_app.ui.page import FOOT, Desk, Page
from desktop_app.ui.widgets import table as tables
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, LongEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.table import Verb
from desktop_app.ui.widgets.texts import Head, label, panel

_TONES = {"LĐLĐ tỉnh gửi": "ok", "đơn vị tự sửa": "warn", "cần kiểm tra": "warn", "tạm tính, cần hỏi cấp trên": "bad"}


class RatesPage(Page):
    """Above what holds today, below how the chosen figure changed over the years."""

    key, title, icon, group = "rates", "Quy định và định mức", "gavel", FOOT
    reads = frozenset({"rate", "own_rate"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.back = KeyButton("Bỏ bản tự sửa", "Ctrl+Z", glyph="undo", clicked=self.take_back)
        edit = KeyButton("Sửa cho đơn vị…", "F2", tone="primary", glyph="pencil-outline", clicked=self.ask)
        self.column.addWidget(Head(self.title, self.back, edit))
        self.column.addWidget(self.banner)
        forms = [(id_, name) for id_, name, _ in rates.forms()]
        self.of = Chip("Xem", [("", "Định mức, tỷ lệ, danh mục"), *((id_, f"Mẫu {name}") for id_, name in forms)])
        self.of.chosen.connect(lambda _: self.refresh())
        self.table = tables.Table(
            (
                Column("area", "Nhóm", lambda row: row.area, width=140),
                Column("label", "Quy định", lambda row: row.label, width=250),
                Column("value", "Đang áp dụng", lambda row: _short(row.now), width=190, stretch=True),
                Column("since", "Từ ngày", lambda row: row.now.since if row.now else None, "day", width=96),
                Column("law", "Văn bản", lambda row: row.now.law if row.now else "", width=230, gives_way=1),
                Column("sure", "Nguồn", lambda row: row.now.sure if row.now else "", width=160, tone=_tone),
            ),
            name="rates", noun="quy định", settings=desk.settings, select_many=False,
            verbs=(Verb("Sửa cho đơn vị", lambda _: self.ask(), "F2", "pencil-outline"),),
        )  # fmt: skip
        self.table.add_tool(self.of)
        self.table.opened.connect(lambda _: self.ask())
        self.table.picked.connect(lambda _: self._show_history())
        offer_history(self.table, desk, lambda row: ("own_rate", row.name))
        self.history = tables.Table(
            (
                Column("since", "Từ ngày", lambda row: row.since, "day", width=96),
                Column("value", "Giá trị", lambda row: _line(row.text), width=330, stretch=True),
                Column("law", "Văn bản", lambda row: row.law, width=250),
                Column("sure", "Nguồn", lambda row: row.sure, width=160, tone=lambda row: _TONES.get(row.sure, "")),
                Column("reason", "Lý do đơn vị sửa", lambda row: row.reason, width=180),
            ),
            name="rates-history", noun="lần", settings=desk.settings, find=False, select_many=False,
        )  # fmt: skip
        self.history.count.hide()
        self.named = label("", "subtitle")
        self.told = label(rates.refused(), "muted", wrap=True)
        self.told.hide()
        self.column.addWidget(self.told)
        self.column.addWidget(_ground(None, self.table), 3)
        self.column.addWidget(_ground(self.named, self.history), 2)

    def refresh(self) -> None:
        today, form = date.today(), self.of.value  # noqa: DTZ011 - the accountant's own day
        found = rates.words(self.desk.book, form, today) if form else rates.tables(self.desk.book, today)
        self.table.show_column("area", not form)
        self.told.setVisible(bool(form))
        self.table.show_rows(found, same=lambda row: row.name)
        if self.table.current() is None:
            self.table.pick(lambda _: True)
        self._show_history()

    def ask(self) -> Ask | None:
        """F2: another figure from a day on, with the reason."""
        chosen: Table | None = self.table.current()
        if chosen is None:
            return None
        many = chosen.many
        form = Form(
            {
                "since": Field("Áp dụng từ ngày", DayEdit(), required=True),
                "value": Field("Giá trị", LongEdit(9) if many else LineEdit(longest=600), required=True,
                               note="Mỗi dòng một mục; dán được từ Excel." if many else ""),
                "law": Field("Văn bản (nếu có)", LineEdit(longest=300)),
                "reason": Field("Lý do sửa", LineEdit(longest=300), required=True),
            },
        )  # fmt: skip
        form.set_values({"value": chosen.now.text if chosen.now else ""})

        def does(values: Mapping[str, Any]) -> None:
            rates.correct(self.desk.book, {**values, "name": chosen.name}, self.desk.by)
            self._changed(f"Đã sửa: {chosen.label}. Báo cáo nộp cấp trên có ghi chú này.")

        sentence = (
            f"{chosen.label}. Chỉ sửa khi văn bản mới đã có mà chương trình chưa có. Bản tự sửa được ghi rõ trên báo cáo "
            "nộp cấp trên, và hết hiệu lực khi LĐLĐ tỉnh gửi quy định mới."
        )
        asked = Ask("Sửa quy định cho đơn vị", sentence, form, does, act="Lưu", over=self)
        if many:
            asked.setMinimumWidth(theme.worn().px(640))
        asked.open()
        return asked

    def take_back(self) -> None:
        """Ctrl+Z: end the chosen figure's own correction, or the latest one of it."""
        entry = self.history.current()
        own = entry if entry is not None and entry.own else next((e for e in self.history.model.all() if e.own), None)
        if own is None:
            self.desk.say("Quy định này đơn vị không tự sửa.")
            return
        try:
            rates.take_back(self.desk.book, own.own, self.desk.by)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return
        self._changed("Đã bỏ bản đơn vị tự sửa.")

    def _changed(self, sentence: str) -> None:
        # Every figure of the book may read otherwise now.
        self.desk.changed({"rate", "own_rate", "union", "voucher", "dues", "person"})
        self.desk.say(sentence)

    def _show_history(self) -> None:
        chosen: Table | None = self.table.current()
        self.named.setText(f"{chosen.label}: các lần thay đổi" if chosen else "")
        entries = chosen.entries if chosen else ()
        self.history.show_rows(entries, same=lambda row: (row.since, row.own))
        self.back.setEnabled(any(entry.own for entry in entries))


def _short(entry: Known | None) -> str:
    if entry is None:
        return ""
    lines = entry.text.splitlines()
    return lines[0] if len(lines) == 1 else f"{len(lines)} dòng"


def _line(text: str) -> str:
    lines = text.splitlines()
    return " / ".join(lines[1:] if len(lines) > 1 and ";" in lines[0] else lines)


def _tone(row: Table) -> str:
    return _TONES.get(row.now.sure, "") if row.now else ""


def _ground(head: Any, table: tables.Table) -> Any:
    ground = panel()
    inner = QVBoxLayout(ground)
    inner.setContentsMargins(0, 0, 0, 0)
    if head is not None:
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 14, 0)
        row.addWidget(head)
        inner.addLayout(row)
    inner.addWidget(table)
    return ground
