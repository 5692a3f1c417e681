"""The recovery sheet: one A4 to print and keep away from the PC, with the code that opens the book anywhere."""

from __future__ import annotations

import itertools
from datetime import date

from desktop_app.domain.dates import show_day
from desktop_app.reports.fonts import BOLD, ITALIC, width
from desktop_app.reports.sheet import MM, Sheet

_GROUP_SIZE, _BOX_HIGH, _GAP = 26.0, 17 * MM, 5 * MM
_STEPS = (
    "Cài chương trình Sổ Công đoàn trên máy mới rồi mở lên.",
    "Ở màn hình đầu tiên, chọn “Mở sổ từ bản sao lưu”, rồi chọn bản sao lưu mới nhất (tệp có đuôi .saoluu).",
    ("Nhập mã khôi phục theo thứ tự ô 1 đến ô 6. Chữ hoa hay chữ thường, có gạch nối hay không đều được; "
    "mã không có số 0, số 1, chữ I và chữ O."),
    "Nếu máy cũ còn dùng được nhưng quên mật khẩu mở sổ: chọn “Quên mật khẩu?” khi mở sổ rồi nhập mã này.",
)


def draw(*, union: str, union_code: str, code: str, place: str, backups: str, by: str, day: date) -> bytes:
    """The sheet as PDF. `place` is the folder of the book, `backups` where its copies go ("" not chosen yet)."""
    sheet = Sheet(footer=f"Sổ Công đoàn · phiếu khôi phục · {union_code} · lập ngày {show_day(day)}")
    sheet.lines(union.upper(), 13, BOLD, align="centre")
    sheet.lines(f"Mã đơn vị: {union_code}", 12, align="centre")
    sheet.gap(7 * MM)
    sheet.lines("PHIẾU KHÔI PHỤC SỔ CÔNG ĐOÀN", 18, BOLD, align="centre")
    sheet.lines("Cất nơi khô ráo, ngoài máy tính", 13, ITALIC, align="centre")
    sheet.gap(7 * MM)
    sheet.lines(
        "Sổ được mã hóa: nếu máy hỏng, cài lại Windows hoặc quên mật khẩu, chỉ mã dưới đây mở được sổ. "
        "Không ai khác giữ mã này, kể cả cấp trên và người viết chương trình. Ai có tờ này và một bản sao lưu thì "
        "xem được toàn bộ sổ: hãy giữ như giữ chìa khóa két.",
        13,
    )
    sheet.gap(5 * MM)
    _groups(sheet, code)
    sheet.gap(6 * MM)
    sheet.lines("Cách mở lại sổ", 14, BOLD)
    sheet.gap(1 * MM)
    for number, step in enumerate(_STEPS, 1):
        _step(sheet, f"{number}.", step)
    sheet.gap(5 * MM)
    sheet.lines("Sổ và bản sao lưu ở đâu", 14, BOLD)
    sheet.gap(1 * MM)
    _step(sheet, "–", f"Sổ trên máy: {place}")
    _step(sheet, "–", f"Bản sao lưu: {backups or '(ghi tay) ……………………………………………………………'}")
    sheet.gap(6 * MM)
    sheet.lines(f"Người lập: {by}, ngày {show_day(day)}.", 13)
    sheet.gap(3 * MM)
    sheet.lines("Người giữ phiếu: ………………………… Nơi cất: …………………………", 13)
    return sheet.pdf("Phiếu khôi phục Sổ Công đoàn", union)


def _groups(sheet: Sheet, code: str) -> None:
    """The groups of the code three in a row, each in a box and numbered in the order of typing."""
    groups = code.split("-")
    wide = (sheet.room - 2 * _GAP) / 3
    for start in range(0, len(groups), 3):
        sheet.need(_BOX_HIGH + _GAP)
        top, foot = sheet.y, sheet.y - _BOX_HIGH
        for place, group in enumerate(groups[start : start + 3]):
            left = sheet.left + place * (wide + _GAP)
            corners = ((left, top), (left + wide, top), (left + wide, foot), (left, foot), (left, top))
            for (x1, y1), (x2, y2) in itertools.pairwise(corners):
                sheet.stroke(x1, y1, x2, y2, 1)
            sheet.words(left + 1.5 * MM, top - 4 * MM, str(start + place + 1), 9, grey=0.4)
            spaced = " ".join(group)
            size = _fitting(spaced, wide - 8 * MM)
            sheet.words(left + wide / 2 + 1 * MM, foot + 5 * MM, spaced, size, BOLD, align="centre")
        sheet.y = foot - _GAP


def _fitting(text: str, room: float) -> float:
    return min(_GROUP_SIZE, _GROUP_SIZE * room / width(text, BOLD, _GROUP_SIZE))


def _step(sheet: Sheet, mark: str, text: str) -> None:
    sheet.need(2 * 13 * 1.2)
    y = sheet.y
    sheet.lines(text, 13, within=(sheet.left + 7 * MM, sheet.right))
    sheet.words(sheet.left, y - 13 * 1.2 + 0.25 * 13, mark, 13)
    sheet.gap(0.8 * MM)
