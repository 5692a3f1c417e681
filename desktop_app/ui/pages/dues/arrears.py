"""*Nợ các tháng*: who still owes dues of which months of the year."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from desktop_app.reports.dues_papers import months_told
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.table import Empty, Table

_COLUMNS = (
    Column("name", "Họ và tên", lambda r: r.name, "name", width=190),
    Column("team", "Tổ", lambda r: r.team, width=130, gives_way=1),
    Column("count", "Số tháng", lambda r: len(r.months), "whole", width=84),
    Column("owing", "Còn nợ", lambda r: r.amount, "money", width=110, total=True),
    Column("months", "Các tháng còn nợ", lambda r: months_told(r.months), width=220, stretch=True),
)


def arrears_table(settings: QSettings) -> Table:
    """Rows are `storage.payroll.Arrear`."""
    empty = Empty("Không còn ai nợ đoàn phí trong năm.")
    return Table(_COLUMNS, name="dues-arrears", noun="người còn nợ", settings=settings, empty=empty)
