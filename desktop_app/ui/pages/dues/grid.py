"""*Nhập bảng 12 tháng*: dues of a year typed as in Excel (F2, Tab, Enter, Ctrl+V), then stored at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from desktop_app.actions import dues_grid
from desktop_app.actions.dues_grid import Stored
from desktop_app.domain import dates
from desktop_app.domain.amounts import money
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Fund
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.dues.grid_model import FIRST, LAST, GridModel
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.texts import label

_MANY = 3000  # more cells are stored by a worker
_BEFORE = "Đã nộp trước khi dùng sổ, không lập phiếu"
_HINT = (
    "Gõ thẳng vào ô; Enter xuống dòng, Tab sang tháng sau, F2 sửa, Delete xóa, Ctrl+V dán cả khối từ Excel. Ô mờ đã có"
    " phiếu thu; ô đậm chưa ghi."
)


class DuesGrid(QDialog):
    """The grid over the page; nothing is stored before *Ghi sổ*."""

    def __init__(self, desk: Desk, over: QWidget | None = None) -> None:
        super().__init__(over)
        self._desk, self._year = desk, desk.year
        self.setWindowTitle(f"Nhập đoàn phí 12 tháng năm {desk.year}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.model = GridModel(dues_grid.grid(desk.book, desk.year), desk.year)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("Bảng đoàn phí 12 tháng")
        self.view.setAlternatingRowColors(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )  # fmt: skip
        self.view.verticalHeader().setDefaultSectionSize(theme.worn().px(28))
        for column, width in enumerate((150, 84, *[78] * 12, 88)):
            self.view.setColumnWidth(column, theme.worn().px(width))
        self.view.installEventFilter(self)
        self.banner = Banner()
        teams = sorted({line.team for line in self.model.lines if line.team})
        self.team = Chip("Tổ", [("", "Tất cả các tổ"), *((team, team) for team in teams)])
        self.team.chosen.connect(self.model.show_team)
        funds = [(fund.code, f"Lập phiếu thu vào {fund.name or fund.code}") for fund in desk.book.all(Fund) if fund.kind != "Bù trừ"]
        self.fund = Chip("Ghi vào", [("", _BEFORE), *funds])
        self.fill = KeyButton("Điền số còn phải nộp", "F4", clicked=self.fill_owed)
        self.save = KeyButton("Ghi sổ", "Ctrl+S", tone="primary", clicked=self.store)
        self.says = label("", "muted")
        self.model.edited.connect(self._tell)
        self.model.wrong.connect(lambda told: self.banner.say(told, "bad"))
        self._lay_out()
        self._tell()
        room = over.window().size() if over is not None else None
        wide, high = theme.worn().px(1344), theme.worn().px(690)
        self.resize(min(wide, room.width() - 20) if room else wide, min(high, room.height() - 40) if room else high)
        if self.model.lines:
            self.view.setCurrentIndex(self.model.index(0, FIRST))
        self.view.setFocus()

    def fill_owed(self) -> None:
        """F4: put what is still owed into the chosen cells, those of months to come left out."""
        places = [index for index in self.view.selectedIndexes() if FIRST <= index.column() <= LAST]
        now = dates.month_of(self._desk.today())
        months = sorted({self.model.cell(at.row(), at.column())[1] for at in places})
        months = [month for month in months if month <= now]
        if not months:
            self.banner.say("Hãy chọn các ô của những tháng đã tới trước.", "warn")
            return
        try:
            owed = dues_grid.owed(self._desk.book, months[0], months[-1])
        except Refused as refused:
            self.banner.say(str(refused), "bad")
            return
        for at in places:
            if amount := owed.get(self.model.cell(at.row(), at.column())):
                self.model.put(at.row(), at.column(), str(amount))
        self.model.tell()

    def store(self) -> None:
        """Ctrl+S: everything typed, in one transaction; a refusal leaves the grid as it is."""
        self.view.setFocus()  # ends the typing of a cell
        typed, fund, by, year = dict(self.model.typed), str(self.fund.value or ""), self._desk.by, self._year
        if len(typed) > _MANY:
            self.banner.say("Đang ghi vào sổ, xin chờ…")
            self.setEnabled(False)
            opened = self._desk.open_book

            def work(_: object) -> Stored:
                book = opened()
                try:
                    return dues_grid.store(book, year, typed, fund, by)
                finally:
                    book.close()

            self._desk.tasks.run(work, self._stored, self._failed, owner=self)
            return
        try:
            self._stored(dues_grid.store(self._desk.book, year, typed, fund, by))
        except (Refused, Trouble) as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        self.banner.say(str(error), "bad")

    def _stored(self, done: Stored) -> None:
        papers = f": {', '.join(done.numbers)}" if done.numbers else ""
        self._desk.changed({"dues", "voucher"})
        self._desk.say(f"Đã ghi {done.count} ô, {money(done.amount)}{papers}.")
        self.accept()

    def paste(self) -> None:
        """Ctrl+V: the clipboard, from the current cell on."""
        at = self.view.currentIndex()
        if at.isValid():
            self.banner.hide()
            self.model.paste(at.row(), at.column(), QGuiApplication.clipboard().text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            at = self.view.currentIndex()
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste()
                return True
            if event.key() == Qt.Key.Key_Delete:
                for place in self.view.selectedIndexes():
                    self.model.put(place.row(), place.column(), "")
                self.model.tell()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.view.setCurrentIndex(self.model.index(min(at.row() + 1, self.model.rowCount() - 1), at.column()))
                return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        typed = self.model.typed
        count = f"{len(typed):,}".replace(",", ".")
        self.says.setText(f"{count} ô mới, {money(sum(typed.values()))}" if typed else "Chưa nhập ô nào.")
        self.save.setEnabled(bool(typed))

    def _lay_out(self) -> None:
        tools, feet = QHBoxLayout(), QHBoxLayout()
        for chip in (self.team, self.fund):
            tools.addWidget(chip)
        tools.addStretch(1)
        tools.addWidget(self.fill)
        feet.addWidget(self.says)
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(self.save)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(_HINT, "muted", wrap=True))
        column.addLayout(tools)
        column.addWidget(self.banner)
        column.addWidget(self.view, 1)
        column.addLayout(feet)
