"""Small workbooks for tests: a dict of sheets, each a list of rows, as a user would have typed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from desktop_app.actions.importing import Imported, import_workbook
from desktop_app.storage.book import Book

Rows = Sequence[Sequence[Any]]

UNION: Rows = [["Trường", "Giá trị"], ["Mã đơn vị", "40-001"], ["Tên đơn vị", "CĐCS Công ty May Hưng Lộc"]]
FUNDS: Rows = [
    ["Mã quỹ", "Tên quỹ", "Loại", "Số dư đầu kỳ", "Ngày"],
    ["TM", "Quỹ tiền mặt", "Tiền mặt", 8_500_000, date(2026, 10, 1)],
    ["NH", "Agribank", "Tiền gửi", "42.300.000", "01/10/2026"],
]
PEOPLE_HEAD = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số thẻ đoàn viên", "Đoàn viên", "Lương đóng BHXH", "Từ tháng"]
LAN = ["Lê Thị Lan", "1990", "Nữ", "040190001234", "T01", "Có", 8_200_000, "01/2026"]
THANG = ["Nguyễn Văn Thắng", "05/03/1985", "Nam", "040085001234", "T02", "Có", "6.500.000", date(2026, 1, 1)]
VOUCHER_HEAD = [
    "Loại", "Số", "Ngày", "Nội dung", "Người nộp, nhận", "Mục", "Đối tượng", "Quỹ", "Thu", "Chi", "Quỹ đối ứng",
    "Điều chỉnh cho",
]  # fmt: skip
PT = ["PT", "PT10/01", "10/10/2026", "Đoàn phí nộp tiền mặt", "Tổ 1", "22", "", "TM", 3_400_000, "", "", ""]
PC = ["PC", "PC10/01", date(2026, 10, 15), "Thăm hỏi 3 × 500.000", "Lê Thị Lan", 31, "", "tm", "", "1.500.000", "", ""]


def voucher(**values: Any) -> list[Any]:
    """A row of Chứng từ by heading (the first words, folded by hand): kind, number, day, …"""
    names = ["kind", "number", "day", "text", "party", "item", "debtor", "fund", "in_", "out", "to", "adjusts"]
    return [values.get(name, "") for name in names]


def workbook(path: Path, sheets: Mapping[str, Rows], *, font: str = "") -> Path:
    """Write the sheets; dates as Excel dates, everything else as it is."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    plain = book.add_format({"font_name": font}) if font else None
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell, plain)
                else:
                    sheet.write(number, place, cell)
    book.close()
    return path


def read_in(book: Book, folder: Path, sheets: Mapping[str, Rows]) -> Imported:
    """Write the sheets beside a good Đơn vị and import them."""
    return import_workbook(book, workbook(folder / "so.xlsx", {"Đơn vị": UNION, **sheets}), "Hoa")
