"""*Tài sản, công cụ*: what the union has, since when and where; taken in, let go, counted once a year (S26-H)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app.actions import assets
from desktop_app.actions.assets import Held
from desktop_app.domain.amounts import money
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Asset, AssetOut
from desktop_app.ui import files
from desktop_app.ui.history import offer_history
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.filing.parts import Papers
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Form, fields_of
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.table_panel import TablePanel
from desktop_app.ui.widgets.texts import Head

_IN = ("name", "kind", "measure", "quantity", "price", "day", "document", "approval", "place", "note")
_OUT = ("day", "quantity", "reason", "document")


class Assets(Page):
    """The assets there are today; what is gone stays in S26-H."""

    key, title, icon, group = "assets", "Tài sản, công cụ", "archive-outline", "Tài chính"
    reads = frozenset({"asset", "asset_out"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._papers = Papers(desk, self, lambda sentence: self.banner.say(sentence, "bad"))
        self.column.addWidget(
            Head(
                self.title,
                KeyButton("Sổ S26-H", "F9", glyph="file-pdf-box", clicked=self.print_book),
                KeyButton("Biên bản kiểm kê", glyph="clipboard-list-outline", clicked=self.print_inventory),
                KeyButton("Ghi giảm", "F3", clicked=self.let_go),
                KeyButton("Ghi tăng", "F2", tone="primary", clicked=self.take_in),
            )
        )
        self.column.addWidget(self.banner)
        self.cards = {"count": Card("Đang dùng"), "value": Card("Giá trị ghi sổ"), "fixed": Card("Tài sản cố định")}
        self.column.addWidget(Cards(*self.cards.values()))
        self.table = Table(
            (
                Column("name", "Tên tài sản, công cụ", lambda row: row.asset.name, width=240, stretch=True),
                Column("kind", "Loại", lambda row: row.asset.kind, width=140, gives_way=1),
                Column("day", "Ngày ghi tăng", lambda row: row.asset.day, "day", width=112),
                Column("left", "Số lượng", lambda row: row.left, "whole", width=80),
                Column("measure", "ĐVT", lambda row: row.asset.measure, width=70),
                Column("price", "Đơn giá", lambda row: row.asset.price, "money", width=110),
                Column("amount", "Giá trị", lambda row: row.amount, "money", width=120, total=True),
                Column("place", "Nơi dùng, người giữ", lambda row: row.asset.place, width=170, gives_way=2),
                Column("document", "Chứng từ", lambda row: row.asset.document, width=100, gives_way=3),
            ),
            name="assets", noun="dòng", settings=desk.settings, select_many=False,
            empty=Empty("Chưa ghi tài sản nào. Ghi những gì đơn vị đang giữ: loa, bàn ghế, máy tính, cờ…", "Ghi tăng", self.take_in),
            verbs=(
                Verb("Sửa thông tin…", lambda rows: self.change(rows[0]), "Enter", "pencil-outline"),
                Verb("Ghi giảm…", lambda _: self.let_go(), "F3"),
            ),
        )  # fmt: skip
        self.table.opened.connect(self.change)
        offer_history(self.table, desk, lambda row: ("asset", row.asset.id))
        self.column.addWidget(TablePanel(self.table), 1)

    def refresh(self) -> None:
        found = [each for each in assets.held(self.desk.book, self.desk.today()) if each.left]
        self.table.show_rows(found, same=lambda row: row.asset.id)
        fixed = [each for each in found if each.asset.kind == "Tài sản cố định"]
        self.cards["count"].say(str(sum(each.left for each in found)), f"{len(found)} dòng")
        self.cards["value"].say(money(sum(each.amount for each in found)), "theo giá ghi tăng")
        self.cards["fixed"].say(money(sum(each.amount for each in fixed)), f"{len(fixed)} dòng")

    def open_at(self, target: Any) -> None:
        """Stand on an asset (its id)."""
        self.table.pick(lambda row: row.asset.id == target)

    def take_in(self) -> Ask:
        """F2: write an asset into the book."""
        form = Form(fields_of(entity_of(Asset), _IN), columns=2, wide=("name", "note"))
        form.set_values({"quantity": 1, "kind": "Công cụ, dụng cụ", "measure": "cái", "day": self.desk.today()})
        kind = form.fields["kind"].editor
        kind.picked.connect(lambda _: form.fields["approval"].doubt(assets.caution(form.values())))

        def does(values: Mapping[str, Any]) -> None:
            made = assets.take_in(self.desk.book, values, self.desk.by)
            self._changed(f"Đã ghi tăng {made.name}.")

        return self._ask("Ghi tăng tài sản, công cụ", "Giá mua và ngày đã ghi không sửa được, hãy xem kỹ.", form, does, "Ghi sổ")

    def change(self, row: Held | None) -> Ask | None:
        """Enter: correct what is said of an asset."""
        if row is None:
            return None
        form = Form(fields_of(entity_of(Asset), assets.CHANGEABLE), columns=2, wide=("name", "note"))
        form.set_values({name: getattr(row.asset, name) for name in assets.CHANGEABLE})

        def does(values: Mapping[str, Any]) -> None:
            assets.change(self.desk.book, row.asset.id, values, self.desk.by)
            self._changed("Đã lưu.")

        return self._ask("Sửa thông tin tài sản", row.asset.name, form, does, "Lưu")

    def let_go(self) -> Ask | None:
        """F3: so many of the chosen asset leave the book."""
        chosen: Held | None = self.table.current()
        if chosen is None:
            self.desk.say("Hãy chọn tài sản cần ghi giảm.")
            return None
        form = Form(fields_of(entity_of(AssetOut), _OUT), columns=2, wide=("reason",))
        form.set_values({"day": self.desk.today(), "quantity": chosen.left})

        def does(values: Mapping[str, Any]) -> None:
            assets.let_go(self.desk.book, chosen.asset.id, values, self.desk.by)
            self._changed(f"Đã ghi giảm {chosen.asset.name}.")

        sentence = f"{chosen.asset.name}: còn {chosen.left} {chosen.asset.measure}. Tiền bán (nếu có) hãy lập phiếu thu mục 25.02."
        return self._ask("Ghi giảm tài sản, công cụ", sentence, form, does, "Ghi giảm")

    def print_book(self) -> None:
        """F9: S26-H of the year."""
        self._papers.pdf("S26", Period.of_year(self.desk.year))

    def print_inventory(self) -> None:
        """The sheet to go round with."""
        day = self.desk.today()

        def work(_: Any) -> Path:
            from desktop_app.reports.pdf import draw  # a page without paper need not wait for it

            book = self.desk.open_book()
            try:
                path = Path(tempfile.mkdtemp(prefix="so-cong-doan-")) / f"kiem-ke-tai-san-{day.isoformat()}.pdf"
                path.write_bytes(draw(assets.inventory(book, day)))
            except OSError as error:
                raise Trouble("Không ghi được tệp tạm. Hãy kiểm tra chỗ trống trên đĩa.") from error
            finally:
                book.close()
            return path

        self.desk.tasks.run(work, files.show, lambda error: self.banner.say(str(error), "bad"), owner=self)

    def _ask(self, title: str, sentence: str, form: Form, does: Any, act: str) -> Ask:
        asked = Ask(title, sentence, form, does, act=act, over=self)
        asked.open()
        return asked

    def _changed(self, sentence: str) -> None:
        self.desk.changed(set(self.reads))
        self.desk.say(sentence)
