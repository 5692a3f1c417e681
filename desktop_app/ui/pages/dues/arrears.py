"""*Nợ các tháng*, *Nợ các năm*: who still owes dues of which months of the year, or of every year since the book began."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings

from desktop_app.actions import dues_papers
from desktop_app.domain.amounts import money
from desktop_app.reports.dues_papers import months_told
from desktop_app.storage.payroll import Arrear
from desktop_app.ui.widgets.buttons import Chip
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.table import Empty, Table

_COLUMNS = (
    Column("name", "Họ và tên", lambda r: r.name, "name", width=190),
    Column("team", "Tổ", lambda r: r.team, width=130, gives_way=1),
    Column("count", "Số tháng", lambda r: len(r.months), "whole", width=84),
    Column("owing", "Còn nợ", lambda r: r.amount, "money", width=110, total=True),
    Column("months", "Các tháng còn nợ", lambda r: months_told(r.months), width=220, stretch=True),
)
_YEAR = Column("year", "Năm", lambda r: next(iter(r.months))[:4], "code", width=70)


def arrears_table(settings: QSettings) -> Table:
    """Rows are `storage.payroll.Arrear`."""
    empty = Empty("Không còn ai nợ đoàn phí trong năm.")
    return Table(_COLUMNS, name="dues-arrears", noun="người còn nợ", settings=settings, empty=empty)


class YearsOwed:
    """The arrears of all years in one list, a row a person and year; a chip tells the sum of each year and picks one."""

    def __init__(self, settings: QSettings) -> None:
        empty = Empty("Không còn ai nợ đoàn phí của năm nào.")
        self.table = Table((_YEAR, *_COLUMNS), name="dues-years-owed", noun="dòng nợ", settings=settings, empty=empty)
        self.years = Chip("Năm", [("", "Tất cả các năm")])
        self.years.chosen.connect(lambda _: self._fill())
        self._rows: list[Arrear] = []

    def show(self, owing: Sequence[Arrear]) -> None:
        """Show who owes what, of every year."""
        sums = dues_papers.sums_of_years(owing)
        self._rows = dues_papers.year_by_year(owing)
        told = [(year, f"{year}: {money(amount)}") for year, amount in sums.items()]
        self.years.offer([("", f"Tất cả các năm: {money(sum(sums.values()))}"), *told])
        self._fill()

    def _fill(self) -> None:
        wanted = self.years.value
        rows = [row for row in self._rows if not wanted or next(iter(row.months)).startswith(wanted)]
        self.table.show_rows(rows, same=lambda row: (row.person, next(iter(row.months))[:4]))
