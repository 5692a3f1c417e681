"""The columns of the list of vouchers, and a form that is not finished as a row of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain import vouchers as rules
from desktop_app.storage.voucher_rows import VoucherRow
from desktop_app.ui.widgets.columns import Column, Glyph, State

TYPING = "đang gõ"
"""The state of a form that is not stored as a draft yet."""
STATES = {"nháp": "quiet", TYPING: "info", "đã ghi sổ": "ok", "đã đảo": "warn", "đã hủy": "bad"}
"""Every state and its tone."""


def _sent(row: VoucherRow) -> Glyph | None:
    if row.sent is None:
        return None
    return Glyph("cloud-check-outline", "Đã gửi", "ok") if row.sent else Glyph("cloud-upload-outline", "Chờ gửi", "warn")


def _state(row: VoucherRow) -> State:
    if row.booked and row.state == "đã ghi sổ":
        return State(f"Kỳ {row.booked[5:]}/{row.booked[2:4]}", "warn")
    return State(row.state.capitalize(), STATES[row.state])


def _faint(row: VoucherRow) -> str:
    return "" if row.counts else "muted"


COLUMNS = (
    Column("number", "Số", lambda r: r.number or "—", width=88),
    Column("day", "Ngày", lambda r: r.day, "day", width=64, short=True),
    Column("text", "Nội dung", lambda r: r.text, width=122, stretch=True, tone=_faint),
    Column("party", "Người nộp, nhận", lambda r: r.party, "name", width=130, shown=False),
    Column("items", "Mục", lambda r: r.items, width=58, gives_way=2),
    Column("taken", "Thu", lambda r: r.taken or None, "money", width=92, total=True, tone=_faint),
    Column("paid", "Chi", lambda r: r.paid or None, "money", width=92, total=True, tone=_faint),
    Column("moved", "Nội bộ", lambda r: r.moved or None, "money", width=88, gives_way=3, tone=_faint,
           hint="Chuyển giữa các quỹ, tạm ứng, phải thu, phải trả: không tính vào thu, chi"),
    Column("state", "Ghi sổ", _state, "state", width=96, gives_way=1,
           hint="Phiếu đến sau khi kỳ của nó đã khóa thì ghi sổ vào kỳ ghi ở đây"),
    Column("sent", "", _sent, "glyph", width=30, hint="Đã gửi lên cấp trên chưa"),
)  # fmt: skip


def typed_row(id_: str, content: dict[str, Any], period: dates.Period) -> VoucherRow | None:
    """An unfinished form as a row of the list: where its day is not known yet it is shown in every period."""
    kind, amount, day = str(content.get("kind") or ""), content.get("amount"), None
    try:
        day = date.fromisoformat(str(content.get("day")))
    except ValueError:
        day = None
    if day is not None and day not in period:
        return None
    rows = content.get("rows") or ()
    amount = sum(amount for amount in (amount, *(row.get("amount") for row in rows)) if isinstance(amount, int))
    side = "" if content.get("to_fund") else rules.side_of(kind)
    codes = dict.fromkeys(str(code or "") for code in (content.get("item"), *(row.get("item") for row in rows)))
    item = ", ".join(code for code in codes if code.strip("-"))
    return VoucherRow(
        id_, kind, "", day, str(content.get("text") or ""), str(content.get("party") or ""), item,
        amount if side == "in" else 0, amount if side == "out" else 0, 0 if side else amount, TYPING,
    )  # fmt: skip
