"""*Tổ chức*: the union's tree with the heads in every unit on a day, the picked unit at the side, and the unions above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from desktop_app.actions import members, organisation, overview
from desktop_app.actions.organisation import Reorganised
from desktop_app.actions.organisation_picture import Picture, picture
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Unit
from desktop_app.ui import theme
from desktop_app.ui.history import KEY, open_history
from desktop_app.ui.page import Desk, Page
from desktop_app.ui.pages.organisation import asks
from desktop_app.ui.pages.organisation.unit_tree import UnitTree
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.texts import Head, label, line, panel

Verb = tuple[str, Callable[[], object]]
_SHOWN = 3  # verbs that have a button of their own
_FEW = 3000  # more people are counted by a worker


class Organisation(Page):
    """The tree, the picked unit, the unions above."""

    key, title, icon, group = "organisation", "Tổ chức", "sitemap-outline", "Đoàn viên"
    reads = frozenset({"person", "movement", "unit", "upper_union", "union"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = 0
        self.asking: Ask | None = None
        self.fill = KeyButton("Tạo tổ còn thiếu", "F4", glyph="auto-fix", clicked=self.make_missing)
        self.day = DayEdit(desk.today)
        self.day.set_value(desk.today())
        self.day.setFixedWidth(theme.worn().px(140))
        self.day.setAccessibleName("Xem sơ đồ của ngày")
        self.day.setToolTip("Xem sơ đồ của một ngày đã qua")
        self.day.editingFinished.connect(self.refresh)
        new = KeyButton("Thêm đơn vị", "F2", tone="primary", clicked=self.begin)
        self.column.addWidget(Head(self.title, label("Ngày", "muted"), self.day, self.fill, new))
        self.column.addWidget(self.banner)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._tree_panel(), 1)
        row.addWidget(self._side())
        self.column.addLayout(row, 1)

    # what it shows

    def refresh(self) -> None:
        """Read the tree again; many people are counted by a worker."""
        self._asked += 1
        number, day = self._asked, self._day()
        if members.entered(self.desk.book) <= _FEW:
            self._show(number, picture(self.desk.book, day))
            return

        def work(_: Progress) -> Picture:
            book = self.desk.open_book()
            try:
                return picture(book, day)
            finally:
                book.close()

        self.desk.tasks.run(work, partial(self._show, number), owner=self)

    def open_at(self, target: object) -> None:
        """Pick a unit (an id)."""
        self.tree.pick(str(target))

    def begin(self) -> None:
        """F2: a new unit in the picked one."""
        picked = self._unit()
        within = picked.id if picked and self._may_hold(picked) else picked.parent if picked else ""
        self._ask(asks.ask_new(self.desk, self.window(), within, self._did))

    def make_missing(self) -> None:
        """*Tạo tổ còn thiếu*: one click."""
        try:
            done = organisation.make_missing(self.desk.book, self.desk.by)
        except (Refused, Trouble) as error:
            self.desk.say(str(error))
            return
        self._did(f"Đã tạo {len(done.made)} tổ.", done)

    def catch_up(self) -> None:
        """*Chuyển theo*: those under an old name go to the new one."""
        try:
            done = organisation.catch_up(self.desk.book, self.desk.by)
        except (Refused, Trouble) as error:
            self.desk.say(str(error))
            return
        self._did(f"Đã chuyển {len(done.moved)} người.", done)

    def save(self) -> None:
        """Ctrl+S: what stands beside the tree."""
        unit = self._unit()
        if unit is None:
            return
        head = self.form.fields["head"].editor.choice()
        values = {**self.form.values(), "head": head.value if head else ""}
        try:
            done = organisation.edit(self.desk.book, unit.id, values, self.desk.by)
        except Refused as refused:
            self._tell(" ".join(self.form.show_problems(refused.problems)))
        except Trouble as trouble:
            self._tell(str(trouble))
        else:
            self._did(f"Đã lưu {unit.name}.", done)

    def act(self, ask: Callable[..., Ask], *facts: Any) -> None:
        """One of the verbs that ask, for the picked unit."""
        unit = self._unit()
        if unit is None:
            self.desk.say("Hãy chọn một đơn vị trong sơ đồ trước.")
            return
        self._ask(ask(self.desk, self.window(), unit, *facts, self._did))

    def dissolve(self) -> None:
        """*Giải thể*: the picked unit, or the whole union where that is picked."""
        self._ask(asks.ask_dissolve(self.desk, self.window(), self._unit(), self._did))

    def menu(self, verbs: Sequence[Verb] = ()) -> QMenu:
        """The verbs of the picked unit, all unless told which."""
        menu = QMenu(self)
        for text, does in verbs or self._verbs():
            action = menu.addAction(text)
            action.setEnabled(self._unit() is not None or does == self.dissolve)
            action.triggered.connect(lambda _=False, does=does: does())
        return menu

    def _verbs(self) -> tuple[Verb, ...]:
        return (
            ("Đổi tên…", partial(self.act, asks.ask_name)),
            ("Chuyển chỗ…", partial(self.act, asks.ask_place, None)),
            ("Nhập vào…", partial(self.act, asks.ask_merge)),
            ("Tách…", partial(self.act, asks.ask_split)),
            ("Kết thúc…", partial(self.act, asks.ask_end)),
            ("Giải thể…", self.dissolve),
            ("Lịch sử (Ctrl+H)", self.show_history),
        )

    def show_history(self) -> None:
        """Ctrl+H: who wrote what of the picked unit."""
        if (unit := self._unit()) is not None:
            open_history(self.desk, self, "unit", unit.id)

    def _ask(self, asking: Ask) -> None:
        self.asking = asking
        asking.open()

    def _did(self, sentence: str, done: Reorganised) -> None:
        self.desk.say(sentence, "Hoàn tác", partial(self._undo, done))
        self.desk.changed(done.changes.entities)
        if done.made:
            self.tree.pick(done.made[-1].id)

    def _undo(self, done: Reorganised) -> None:
        try:
            self.desk.changed(organisation.undo(self.desk.book, done, self.desk.by).entities)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "warn")

    def _show(self, number: int, shown: Picture) -> None:
        if number != self._asked:
            return  # another day is on its way
        union = overview.union_of(self.desk.book)
        self.tree.show_picture(union.name if union else "Công đoàn cơ sở", shown)
        self.fill.setVisible(bool(shown.missing))
        if shown.missing:
            few = ", ".join(shown.missing[:4]) + ("…" if len(shown.missing) > 4 else "")
            told = f"{format_amount(len(shown.missing))} tổ trong danh sách đoàn viên chưa có trong sơ đồ: {few}."
            self.banner.say(told, "info", "Tạo tổ còn thiếu", self.make_missing)
        elif shown.stray:
            few = ", ".join(f"{old} (nay là {new})" for old, new in shown.stray[:3])
            told = f"Còn người ghi ở tổ đã hết: {few}."
            self.banner.say(told, "warn", "Chuyển theo", self.catch_up)
        else:
            self.banner.hide()
        above = [
            f"{one.kind}: {one.name}" + (f" (từ {show_day(one.since)})" if one.since else "")
            for one in organisation.uppers(self.desk.book)
            if one.until is None
        ]
        self.above.setText("\n".join(above) or "Chưa ghi.")
        self._picked(self.tree.unit())

    def _picked(self, id_: str) -> None:
        unit = self.desk.book.get(Unit, id_) if id_ else None
        self.form.setVisible(unit is not None)
        self.keep_button.setVisible(unit is not None)
        self._tell("")
        for button in self.verbs:
            button.setEnabled(unit is not None)
        if unit is None:
            self.heading.setText("Toàn công đoàn cơ sở")
            self.path.setText("Chọn một đơn vị để xem và sửa. Kéo đơn vị vào đơn vị khác để chuyển chỗ.")
            return
        now = organisation.tree(self.desk.book, self._day())
        self.heading.setText(unit.name)
        self.path.setText(now.path(unit) if now.parent(unit) else "Trực thuộc công đoàn cơ sở")
        self.form.set_values({"kind": unit.kind, "code": unit.code, "since": unit.since})
        name = members.person_of(self.desk.book, unit.head).name if unit.head else ""
        self.form.fields["head"].editor.set_value(unit.head or None, name)

    def _unit(self) -> Unit | None:
        id_ = self.tree.unit()
        return self.desk.book.get(Unit, id_) if id_ else None

    def _may_hold(self, unit: Unit) -> bool:
        known = organisation.kinds(self.desk.today())
        return unit.kind in known.kinds[known.first].under

    def _day(self) -> date:
        given = self.day.value()
        return given if isinstance(given, date) else self.desk.today()

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.exec(self.tree.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _open_more(self) -> None:
        menu = self.menu(self._verbs()[_SHOWN:])
        menu.exec(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
        menu.deleteLater()

    # making

    def _tree_panel(self) -> QFrame:
        self.tree = UnitTree()
        self.tree.picked.connect(self._picked)
        self.tree.put.connect(lambda _, target: self.act(asks.ask_place, target))
        self.tree.customContextMenuRequested.connect(self._open_menu)
        history = QShortcut(QKeySequence(KEY), self.tree, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        history.activated.connect(self.show_history)
        self.verbs = [KeyButton(text, clicked=does) for text, does in self._verbs()[:_SHOWN]]
        self.more = KeyButton("Khác…", clicked=self._open_more)
        self.more.setToolTip("Tách, kết thúc, giải thể")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 10, 12, 8)
        bar.setSpacing(6)
        for button in (*self.verbs, self.more):
            bar.addWidget(button)
        bar.addStretch(1)
        ground = panel()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(1, 0, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(bar)
        inside.addWidget(self.tree)
        return ground

    def _side(self) -> QFrame:
        self.heading, self.path = label("", "subtitle", wrap=True), label("", "muted", wrap=True)
        self.form = Form(
            {
                "kind": Field("Loại", PickEdit(asks.kinds(self.desk)), required=True),
                "head": Field("Người phụ trách", asks.leader(self.desk)),
                "code": Field("Mã", LineEdit(longest=40)),
                "since": Field("Có từ ngày", DayEdit(self.desk.today), note="Bỏ trống nếu có từ trước"),
            }
        )
        self.form.finished.connect(self.save)
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.keep_button = KeyButton("Lưu", "Ctrl+S", tone="primary", clicked=self.save)
        self.above = label("", wrap=True)
        side = QFrame()
        side.setProperty("role", "panel")
        side.setFixedWidth(theme.worn().px(290))
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(self.keep_button)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        for part in (self.heading, self.path, self.form, self.refusal):
            column.addWidget(part)
        column.addLayout(feet)
        column.addStretch(1)
        column.addWidget(line())
        over = QHBoxLayout()
        over.addWidget(label("Công đoàn cấp trên", "label"))
        over.addStretch(1)
        over.addWidget(KeyButton("Thay đổi…", tone="link", clicked=lambda: self._ask(asks.ask_upper(self.desk, self.window(), self.refresh))))
        column.addLayout(over)
        column.addWidget(self.above, 0, Qt.AlignmentFlag.AlignTop)
        return side
