"""What a file of an old book does not say itself: its year, its fund, the mục where none is told."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.actions.intake.looking import Looked
from desktop_app.actions.intake.old_books import Options
from desktop_app.domain.records import Fund
from desktop_app.storage.items import items
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import Chip
from desktop_app.ui.widgets.texts import label

_YEARS = 12


class BookOptions(QWidget):
    """Chips in one row; of a grid of dues only the year is asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.year = Chip("Năm", [(desk.year - back, f"Năm {desk.year - back}") for back in range(-1, _YEARS)], desk.year)
        self.fund = Chip("Quỹ", [("", "Chọn quỹ")])
        self.item_in = Chip("Mục thu", [("", "Mục thu: theo tệp")])
        self.item_out = Chip("Mục chi", [("", "Mục chi: theo tệp")])
        self.told = label("Mục được nhận ra theo lời diễn giải; dòng không nhận ra thì dùng mục chọn ở đây.", "muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for chip in (self.year, self.fund, self.item_in, self.item_out):
            row.addWidget(chip)
        row.addWidget(self.told, 1)

    def show_looked(self, looked: Looked) -> None:
        """Ask what this file leaves open; the year over its table is taken."""
        self.setVisible(looked.subject != "people")
        cash = looked.subject == "cash"
        for part in (self.fund, self.item_in, self.item_out, self.told):
            part.setVisible(cash)
        if looked.year and looked.year != self.year.value:
            self.year.choose(looked.year)
        if not cash:
            return
        funds = [(fund.code, f"{fund.code} · {fund.name or fund.kind}") for fund in self._desk.book.all(Fund)]
        if not self.fund.value:
            self.fund.offer([("", "Chọn quỹ"), *funds], funds[0][0] if len(funds) == 1 else "")
        catalogue = items(self._desk.book, date(int(self.year.value), 12, 31))
        for chip, known, name in ((self.item_in, catalogue.posted("in"), "thu"), (self.item_out, catalogue.posted("out"), "chi")):
            chip.offer([("", f"Mục {name}: theo tệp"), *((one.code, f"{one.code} {one.short}") for one in known)])

    def options(self) -> Options:
        """What was chosen."""
        return Options(int(self.year.value), self.fund.value or "", self.item_in.value or "", self.item_out.value or "")
