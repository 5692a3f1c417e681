"""What a file of an old book or a payroll list does not say itself: its year or month, its fund, the mục where none is
told."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.intake.looking import Looked
from desktop_app.actions.intake.old_books import Options
from desktop_app.domain.records import Fund
from desktop_app.storage.items import items
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import Chip
from desktop_app.ui.widgets.texts import label

_YEARS = 12


class BookOptions(QWidget):
    """Chips in one row; of a grid of dues only the year is asked, of a payroll list its month and whether it paid."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._listed = desk, False
        self.year = Chip("Năm", [(desk.year - back, f"Năm {desk.year - back}") for back in range(-1, _YEARS)], desk.year)
        self.month = Chip("Tháng", [(number, f"Tháng {number:02}") for number in range(1, 13)], desk.today().month)
        self.fund = Chip("Quỹ", [("", "Chọn quỹ")])
        self.item_in = Chip("Mục thu", [("", "Mục thu: theo tệp")])
        self.item_out = Chip("Mục chi", [("", "Mục chi: theo tệp")])
        self.told = label("Mục được nhận ra theo lời diễn giải; dòng không nhận ra thì dùng mục chọn ở đây.", "muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for chip in (self.year, self.month, self.fund, self.item_in, self.item_out):
            row.addWidget(chip)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.told)
        row.addStretch(0)

    def show_looked(self, looked: Looked) -> None:
        """Ask what this file leaves open; the year over its table is taken."""
        self.setVisible(looked.subject != "people")
        cash, listed = looked.subject == "cash", looked.subject == "payroll"
        self._listed = listed
        self.month.setVisible(listed)
        self.fund.setVisible(cash or listed)
        for part in (self.item_in, self.item_out, self.told):
            part.setVisible(cash)
        if looked.year and looked.year != self.year.value:
            self.year.choose(looked.year)
        if not (cash or listed):
            return
        funds = [(fund.code, f"{fund.code} · {fund.name or fund.kind}") for fund in self._desk.book.all(Fund)]
        if listed:
            self.fund.offer([("", "Chỉ ghi lương, chưa ghi thu"), *((code, f"Thu đoàn phí vào {name}") for code, name in funds)])
            return
        if not self.fund.value:
            self.fund.offer([("", "Chọn quỹ"), *funds], funds[0][0] if len(funds) == 1 else "")
        catalogue = items(self._desk.book, date(int(self.year.value), 12, 31))
        for chip, known, name in ((self.item_in, catalogue.posted("in"), "thu"), (self.item_out, catalogue.posted("out"), "chi")):
            chip.offer([("", f"Mục {name}: theo tệp"), *((one.code, f"{one.code} {one.short}") for one in known)])

    def options(self) -> Options:
        """What was chosen."""
        year, month = int(self.year.value), f"{self.year.value}-{self.month.value:02}" if self._listed else ""
        items_of = (self.item_in.value or "", self.item_out.value or "")
        return Options(year, self.fund.value or "", *items_of, month)
