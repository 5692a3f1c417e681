"""*Xuất Excel theo mẫu*: which columns, in which order, under which headings; the profile is kept by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.actions import list_profiles, users
from desktop_app.actions.list_profiles import MemberField
from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import ListProfile
from desktop_app.domain.records.profiles import DAYS
from desktop_app.storage.book import Book
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.banner import Banner, WorkStrip
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.texts import label

_EXCEL = "Tệp Excel (*.xlsx)"
_NEW = ""


class MemberExport(QDialog):
    """The dialog for these people (ids, in the order they go into the file)."""

    def __init__(self, desk: Desk, people: Sequence[str], over: QWidget | None = None) -> None:
        super().__init__(over)
        self._desk, self._people = desk, list(people)
        self._fields = {field.key: field for field in list_profiles.fields(desk.book)}
        self._id = ""
        self.wrote: Callable[[Path], object] = self._tell_written
        self.setWindowTitle("Xuất Excel theo mẫu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.banner, self.strip = Banner(), WorkStrip()
        self.profile = Chip("Mẫu", [(_NEW, "Mẫu mới")])
        self.profile.chosen.connect(self._take)
        self.days = Chip("Ngày", [(days, f"Ngày: {days[:1].lower()}{days[1:]}") for days in DAYS])
        self.find = LineEdit("Tìm cột")
        self.find.setAccessibleName("Tìm cột")
        self.find.textChanged.connect(lambda _: self._sift())
        self.name = LineEdit("Đặt tên để dùng lại, ví dụ Mẫu của LĐLĐ tỉnh", longest=80)
        self.name.setAccessibleName("Tên mẫu")
        self.reason = LineEdit("Lý do lấy thông tin riêng tư (được ghi lại)", longest=300)
        self.reason.setAccessibleName("Lý do")
        self.password = SecretEdit(f"Mật khẩu riêng của {desk.by}")
        self.password.setAccessibleName("Mật khẩu riêng")
        self.grid = self._grid()
        self._lay_out()
        self._offer()
        self._take(self.profile.value)

    # what is chosen

    def values(self) -> dict[str, Any]:
        """The profile as it stands in the dialog."""
        columns = []
        for at in range(self.grid.rowCount()):
            if self.grid.item(at, 0).checkState() == Qt.CheckState.Checked:
                field = self._field(at)
                columns.append({"field": field.key, "heading": self.grid.item(at, 1).text().strip() or field.heading})
        return {"name": self.name.value() or "", "days": self.days.value, "columns": columns}

    def check(self, key: str, *, on: bool = True) -> None:
        """Take a column in, or out."""
        at = next(at for at in range(self.grid.rowCount()) if self._field(at).key == key)
        self.grid.item(at, 0).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def move(self, step: int) -> None:
        """The current column one place up (-1) or down (1)."""
        at = self.grid.currentRow()
        if at < 0 or not 0 <= at + step < self.grid.rowCount():
            return
        self.grid.blockSignals(True)
        for place in range(self.grid.columnCount()):
            one, other = self.grid.takeItem(at, place), self.grid.takeItem(at + step, place)
            self.grid.setItem(at, place, other)
            self.grid.setItem(at + step, place, one)
        self.grid.blockSignals(False)
        self.grid.setCurrentCell(at + step, self.grid.currentColumn())

    # verbs

    def keep(self) -> bool:
        """Keep the profile under its name; False (and said why) if it cannot be."""
        values = {**self.values(), **({"id": self._id} if self._id else {})}
        try:
            kept, changes = list_profiles.save(self._desk.book, values, self._desk.by)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return False
        self._desk.changed(changes.entities)
        self._id = kept.id
        self._offer()
        self.banner.say(f"Đã lưu mẫu “{kept.name}”.", "ok")
        return True

    def forget(self) -> None:
        """Put the profile away."""
        if self._id:
            self._desk.changed(list_profiles.drop(self._desk.book, self._id, self._desk.by).entities)
            self._id = ""
            self._offer()
            self._take(self.profile.value)

    def write(self) -> None:
        """Ask where, and write the file."""
        values, desk = self.values(), self._desk
        if not values["columns"]:
            self.banner.say("Hãy chọn ít nhất một cột.", "bad")
            return
        profile = list_profiles.made(values)
        if list_profiles.private(profile) and not self.reason.value():
            self.banner.say("Mẫu có cột thông tin riêng tư. Hãy ghi lý do.", "bad")
            self.reason.setFocus()
            return
        path = files.to_save(self, "Xuất Excel", f"{vietnamese.fold(profile.name or 'danh sach').replace(' ', '-')}.xlsx", _EXCEL)
        if path is None:
            return
        people, by, today = self._people, desk.by, desk.today()
        reason, password = str(self.reason.value() or ""), str(self.password.value() or "")

        def work(_: object) -> Path:
            book: Book = desk.open_book()
            try:
                list_profiles.export(book, profile, people, path, by, today=today, reason=reason, password=password)
            finally:
                book.close()
            return path

        def done(path: Path) -> None:
            self.strip.end()
            self.wrote(path)
            self.accept()

        def failed(error: Exception) -> None:
            self.strip.end()
            self.banner.say(str(error), "bad")

        self.banner.hide()
        self.strip.begin(f"Đang ghi {path.name}")
        desk.tasks.run(work, done, failed, owner=self)

    def _tell_written(self, path: Path) -> None:
        self._desk.say(f"Đã ghi {len(self._people)} người vào {path.name}.", "Mở tệp", lambda: files.show(path))

    # looks

    def _offer(self) -> None:
        kept = list_profiles.profiles(self._desk.book)
        names = [(one.id, one.name) for one in kept]
        self.profile.offer([*names, (_NEW, "Mẫu mới")], self._id or (names[0][0] if names else _NEW))
        self.drop.setEnabled(bool(self._id))

    def _take(self, id_: str) -> None:
        """Show a kept profile, or begin a new one."""
        known = self._desk.book.get(ListProfile, id_) if id_ else None
        self._id = known.id if known else ""
        shown = known or list_profiles.usual()
        self.name.set_value(shown.name)
        self.days.choose_quietly(shown.days)
        chosen = {column.field: column.heading for column in shown.columns if column.field in self._fields}
        rows = [*chosen, *(key for key in self._fields if key not in chosen)]
        self.grid.blockSignals(True)
        self.grid.setRowCount(len(rows))
        for at, key in enumerate(rows):
            self._set_row(at, self._fields[key], chosen)
        self.grid.blockSignals(False)
        self.grid.setCurrentCell(0, 0)
        self.drop.setEnabled(bool(self._id))
        self._sift()
        self._asks()

    def _set_row(self, at: int, field: MemberField, chosen: Mapping[str, str]) -> None:
        first = QTableWidgetItem(field.label)
        first.setData(Qt.ItemDataRole.UserRole, field.key)
        first.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        first.setCheckState(Qt.CheckState.Checked if field.key in chosen else Qt.CheckState.Unchecked)
        group = QTableWidgetItem(field.group)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        if field.private:
            group.setForeground(theme.worn().colour("warn"))
        for place, item in enumerate((first, QTableWidgetItem(chosen.get(field.key, field.heading)), group)):
            self.grid.setItem(at, place, item)

    def _field(self, at: int) -> MemberField:
        return self._fields[self.grid.item(at, 0).data(Qt.ItemDataRole.UserRole)]

    def _sift(self) -> None:
        """Hide the columns that the search does not name; chosen ones stay in sight without a search."""
        asked = str(self.find.value() or "")
        for at in range(self.grid.rowCount()):
            field = self._field(at)
            self.grid.setRowHidden(at, bool(asked) and not vietnamese.matches(asked, f"{field.label} {field.group}"))

    def _asks(self) -> None:
        """Reason and password are asked only where a chosen column is sensitive."""
        private = any(self._fields[column["field"]].private for column in self.values()["columns"])
        self.reason.setVisible(private)
        self.password.setVisible(private and users.needs_password(self._desk.book, self._desk.by))

    def _grid(self) -> QTableWidget:
        made = QTableWidget(0, 3)
        made.setAccessibleName("Các cột của danh sách")
        made.setHorizontalHeaderLabels(["Cột (đánh dấu để lấy)", "Tiêu đề trong tệp", "Phần"])
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(theme.worn().px(30))
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setTabKeyNavigation(False)
        for place, width in enumerate((260, 280, 110)):
            made.setColumnWidth(place, theme.worn().px(width))
        made.horizontalHeader().setSectionResizeMode(1, made.horizontalHeader().ResizeMode.Stretch)
        made.itemChanged.connect(lambda _: self._asks())
        return made

    def _lay_out(self) -> None:
        self.drop = KeyButton("Xóa mẫu", glyph="delete-outline", clicked=self.forget)
        up = KeyButton("Lên Alt+↑", clicked=lambda: self.move(-1))
        down = KeyButton("Xuống Alt+↓", clicked=lambda: self.move(1))
        top, middle, feet = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for widget in (self.profile, self.days):
            top.addWidget(widget)
        top.addWidget(self.name, 1)
        top.addWidget(KeyButton("Lưu mẫu", "Ctrl+S", glyph="content-save-outline", clicked=self.keep))
        top.addWidget(self.drop)
        middle.addWidget(self.find, 1)
        middle.addWidget(up)
        middle.addWidget(down)
        feet.addWidget(self.reason, 2)
        feet.addWidget(self.password, 1)
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(KeyButton("Xuất Excel", "F9", tone="primary", glyph="microsoft-excel", clicked=self.write))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        told = f"{len(self._people)} người đang hiện trong danh sách. Mẫu đã lưu dùng lại được, và cũng dùng để nhập tệp cùng tiêu đề."
        for part in (label(told, "muted", wrap=True), self.banner, self.strip):
            column.addWidget(part)
        column.addLayout(top)
        column.addLayout(middle)
        column.addWidget(self.grid, 1)
        column.addLayout(feet)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        for keys, does in (
            ("Ctrl+F", self.find.setFocus), ("Alt+Up", lambda: self.move(-1)), ("Alt+Down", lambda: self.move(1)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(does)
        self.resize(theme.worn().px(860), theme.worn().px(600))
