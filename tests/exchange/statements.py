"""Statements of the main banks as their files look: invented accounts, October's movements."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

# day, in, out, text, balance after: the bank side of E5 with a fee and the interest
OCTOBER = (
    (5, 19_068_000, 0, "LDLD TINH NGHE AN CHUYEN 75% KPCD THANG 9", 61_368_000),
    (12, 2_656_000, 0, "CTY CP MAY HUNG LOC DOAN PHI THANG 10 QUA LUONG", 64_024_000),
    (20, 0, 6_000_000, "RUT TIEN MAT SEC AB123", 58_024_000),
    (22, 10_000_000, 0, "CHUYEN MON HO TRO HOAT DONG CONG DOAN", 68_024_000),
    (24, 0, 7_200_000, "CHI HOI THAO", 60_824_000),
    (28, 0, 2_251_700, "PHU CAP CAN BO CONG DOAN T10", 58_572_300),
    (30, 0, 1_816_800, "40-001 nop doan phi cong doan thang 10 nam 2026", 56_755_500),
    (31, 0, 22_000, "Phi quan ly tai khoan", 56_733_500),
    (31, 3_150, 0, "Tra lai tien gui", 56_736_650),
)


def _day(day: int) -> str:
    return f"{day:02}/10/2026"


def _grouped(amount: int, sign: str = ",") -> str:
    return f"{amount:,}".replace(",", sign) if amount else ""


def book(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def vietcombank(path: Path) -> Path:
    """Text amounts with commas, the day and the reference in one cell, two languages in a heading."""
    rows: list[Sequence[Any]] = [
        ["NGÂN HÀNG TMCP NGOẠI THƯƠNG VIỆT NAM"], ["SAO KÊ TÀI KHOẢN / STATEMENT OF ACCOUNT"],
        ["Số tài khoản/Account No:", "0101000123456"], ["Số dư đầu kỳ/Opening balance", "42,300,000"], [],
        ["STT\nNo.", "Ngày giao dịch\nTNX Date/ Số CT/ Doc No", "Số tiền ghi nợ\nDebit", "Số tiền ghi có\nCredit", "Số dư\nBalance", "Nội dung chi tiết\nTransactions in detail"],
    ]  # fmt: skip
    rows += [
        [n, f"{_day(day)}\n5243.{n}", _grouped(out), _grouped(came), _grouped(held), text]
        for n, (day, came, out, text, held) in enumerate(OCTOBER, 1)
    ]
    return book(path, [*rows, ["", "Tổng số/Total", "17,290,500", "31,727,150"], ["Số dư cuối kỳ/Closing balance: 56,736,650"]])


def bidv(path: Path) -> Path:
    """The latest first, amounts as numbers."""
    head = ["STT", "Ngày giao dịch", "Ngày hiệu lực", "Phát sinh nợ", "Phát sinh có", "Số dư", "Số chứng từ", "Diễn giải"]
    rows = [
        [n, _day(day), _day(day), out or "", came or "", held, f"CT{n:03}", text]
        for n, (day, came, out, text, held) in enumerate(OCTOBER, 1)
    ]
    return book(path, [["BIDV - Sao kê tài khoản tiền gửi"], ["Tài khoản: 51010000123456 VND"], head, *rows[::-1]])


def vietinbank(path: Path) -> Path:
    """Headings of one word, and the name of the other side."""
    head = ["Ngày giao dịch", "Mô tả giao dịch", "Nợ/ Debit", "Có/ Credit", "Số dư/ Balance", "Số giao dịch", "Tên tài khoản đối ứng"]
    rows = [
        [_day(day), text, out, came, held, f"S{n}", "LĐLĐ tỉnh Nghệ An" if n == 1 else ""]
        for n, (day, came, out, text, held) in enumerate(OCTOBER, 1)
    ]
    return book(path, [["Vietinbank eFAST"], ["Số tài khoản", "110000123456"], [], head, *rows])


def agribank_csv(path: Path) -> Path:
    """A text file, amounts with points, no balances."""
    lines = ["Agribank;;;;", "Số tài khoản: 3601205123456;;;;", "Ngày hạch toán;Số bút toán;Ghi nợ;Ghi có;Nội dung"]
    lines += [
        f"{_day(day)};B{n};{_grouped(out, '.')};{_grouped(came, '.')};{text}"
        for n, (day, came, out, text, _) in enumerate(OCTOBER, 1)
    ]
    path.write_text("\n".join(lines), "utf-8-sig")
    return path


def signed_csv(path: Path) -> Path:
    """A bank of none known: one column of amounts with a sign."""
    lines = ["Date,Description,Amount,Balance"]
    lines += [
        f'2026-10-{day:02},{text},{"+" if came else "-"}{came or out},{held}'
        for day, came, out, text, held in OCTOBER
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def strange(path: Path) -> Path:
    """Headings nobody knows."""
    rows: list[list[Any]] = [["Khi nào", "Việc gì", "Vô", "Ra"]]
    rows += [[_day(day), text, came or "", out or ""] for day, came, out, text, _ in OCTOBER]
    return book(path, rows)
