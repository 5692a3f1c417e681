"""How what an import gave back is shown: each refused row with what to do, to be mended in Excel and read again."""

from __future__ import annotations

from desktop_app.ui.widgets.columns import Column

COLUMNS = (
    Column("row", "Dòng", lambda f: f.row, "whole", width=60),
    Column("column", "Cột", lambda f: f.column, width=120),
    Column("value", "Đang ghi", lambda f: f.value, width=140),
    Column("problem", "Cần sửa", lambda f: f.problem, width=300, stretch=True),
)
"""The columns of a table of `Fault`."""
