"""The transfer order: to whom, how much, the required wording, and a QR code a bank's app reads; one A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.amounts import in_words, money
from desktop_app.domain.records import Union
from desktop_app.reports.fonts import BOLD, ITALIC, PLAIN, Face, width
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.model import Signature
from desktop_app.reports.paper import letterhead, plain_name
from desktop_app.reports.pdf import draw_signatures, draw_unit
from desktop_app.reports.sheet import MM, Sheet

UNCONFIRMED = "CHƯA XÁC NHẬN: hãy đối chiếu tên và số tài khoản với văn bản mới nhất của cấp trên trước khi chuyển."
_QR_SIZE = 48 * MM
_QUIET = 4
_SIZE = 13.0


@dataclass(frozen=True)
class Order:
    """A transfer to make; `code` is the text of its QR code ("" none), `confirmed` who checked the account, when.

    `own`: the union pays and its officers sign; else it is made out for the employer.
    """

    unit: Union
    what: str
    name: str
    bank: str
    account: str
    amount: int
    wording: str
    purpose: str
    code: str
    confirmed: str
    own: bool = True


def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark squares of a QR code, row by row, with the quiet rim every reader needs."""
    import segno

    made = segno.make(text, error="m", micro=False)
    return tuple(tuple(bool(dark) for dark in row) for row in made.matrix_iter(border=_QUIET))


def draw(order: Order) -> bytes:
    """The order as PDF."""
    sheet = Sheet(footer=f"Lệnh chuyển tiền · {order.what} · {order.unit.code}")
    draw_unit(sheet, letterhead(order.unit), (sheet.left, sheet.left + sheet.room * 0.62), 12, centred=False)
    sheet.gap(8 * MM)
    sheet.lines("LỆNH CHUYỂN TIỀN", 16, BOLD, align="centre")
    sheet.lines(f"({order.what})", _SIZE, ITALIC, align="centre")
    sheet.gap(6 * MM)
    facts: Sequence[tuple[str, str, Face]] = (
        ("Đơn vị chuyển", plain_name(order.unit), PLAIN),
        ("Người nhận", order.name, BOLD),
        ("Ngân hàng", order.bank, PLAIN),
        ("Số tài khoản", order.account, BOLD),
        ("Số tiền", money(order.amount).replace("₫", "đồng"), BOLD),
        ("Bằng chữ", f"{in_words(order.amount)}.", ITALIC),
        ("Nội dung", order.wording, BOLD),
    )
    for name, value, face in facts:
        _fact(sheet, name, value, face)
    sheet.gap(2 * MM)
    checked = f"Tài khoản đã xác nhận: {order.confirmed}." if order.confirmed else UNCONFIRMED
    sheet.lines(checked, 12, ITALIC if order.confirmed else BOLD)
    if order.code:
        _code(sheet, order)
    sheet.gap(4 * MM)
    accountant, chair = (order.unit.accountant, order.unit.chair) if order.own else ("", "")
    holder = Signature("CHỦ TÀI KHOẢN", chair, "(Ký, họ tên, đóng dấu)")
    draw_signatures(sheet, (Signature("KẾ TOÁN", accountant), holder), UNSIGNED_DAY)
    return sheet.pdf(f"Lệnh chuyển tiền {order.what}", order.unit.name)


def _fact(sheet: Sheet, name: str, value: str, face: Face) -> None:
    start = sheet.left + width("Đơn vị chuyển:   ", PLAIN, _SIZE)
    sheet.words(sheet.left, sheet.y - _SIZE * 0.95, f"{name}:", _SIZE)
    sheet.lines(value or "………………", _SIZE, face, within=(start, sheet.right))
    sheet.gap(1.2 * MM)


def _code(sheet: Sheet, order: Order) -> None:
    """The QR code in the middle with what it says under it."""
    rows = squares(order.code)
    step = _QR_SIZE / len(rows)
    sheet.gap(4 * MM)
    sheet.need(_QR_SIZE + 12 * MM)
    left, top = (sheet.left + sheet.right - _QR_SIZE) / 2, sheet.y
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            run = across
            while run < len(row) and row[run]:
                run += 1
            if run > across:
                sheet.block(left + across * step, top - (down + 1) * step, (run - across) * step, step)
            across = max(run, across) + 1
    sheet.y = top - _QR_SIZE
    told = f"Quét bằng ứng dụng ngân hàng (VietQR). Nội dung trong mã: {order.purpose}"
    sheet.lines(told, 11, ITALIC, align="centre")
