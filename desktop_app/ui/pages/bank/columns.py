"""The tables of *Đối chiếu ngân hàng*: what the bank says, what the book has alone, and vouchers to choose from."""

from __future__ import annotations

from desktop_app.actions.bank import Row
from desktop_app.domain.amounts import format_amount
from desktop_app.storage.bank import Moved
from desktop_app.ui.widgets.columns import Column, State

_TONES = {"khớp": "ok", "khớp một phần": "bad", "chắc chắn": "info", "đề xuất": "warn", "phiếu mới": "info", "chưa rõ": "bad", "để riêng": "quiet"}
_WORDS = {"khớp": "Đã khớp", "khớp một phần": "Khớp một phần", "chắc chắn": "Có phiếu", "đề xuất": "Có thể là", "phiếu mới": "Lập phiếu mới", "chưa rõ": "Chưa rõ",
          "để riêng": "Để riêng"}  # fmt: skip
STATES = (("", "Tất cả"), ("open", "Chưa khớp"), ("sure", "Chắc chắn"), ("chưa rõ", "Chưa rõ"), ("khớp", "Đã khớp"))


def state_of(row: Row) -> State:
    """The state of a line as its pill says it: amber for what needs a look."""
    tone = "warn" if row.state == "phiếu mới" and not row.sure else _TONES[row.state]
    return State(_WORDS[row.state], tone)


def paper_of(row: Row) -> str:
    """The voucher of a line, or the one proposed."""
    if row.state == "khớp":
        return " · ".join(part for part in (row.line.numbers, row.line.items and f"mục {row.line.items}") if part)
    if row.state == "để riêng":
        return row.line.aside
    if row.match is not None and (len(row.papers) > 1 or row.new is not None):
        named = [moved.number or f"Nháp {moved.kind}" for moved in row.papers]
        if row.new is not None:
            named.append(f"phí {format_amount(abs(row.rest))} (mục {row.new.item})")
        return " + ".join(named)
    if row.match is not None:
        beside = f" · cùng {len(row.beside)} dòng khác" if row.beside else ""
        day = row.match.day.strftime("%d/%m")
        return f"{row.match.number or f'Nháp {row.match.kind}'}{beside} · {day} · {row.match.text}"
    if row.state == "khớp một phần":
        return f"{row.line.numbers} · còn {format_amount(abs(row.line.rest))}: bấm F4"
    if row.new is None:
        return "Bấm F4 để chọn mục"
    return f"Mục {row.new.item} · {row.new.text}" if row.new.item else f"Chuyển quỹ · {row.new.text}"


LINES = (
    Column("day", "Ngày", lambda row: row.line.day, "day", width=72, short=True),
    Column("text", "Ngân hàng ghi", lambda row: row.line.text, width=180, stretch=True),
    Column("in", "Tiền vào", lambda row: row.line.amount if row.line.amount > 0 else None, "money", width=104, total=True),
    Column("out", "Tiền ra", lambda row: -row.line.amount if row.line.amount < 0 else None, "money", width=104, total=True),
    Column("state", "Tình trạng", state_of, "state", width=130),
    Column("paper", "Chứng từ", paper_of, width=250, hint="Phiếu đã khớp, hoặc phiếu đề xuất: Enter để khớp"),
    Column("balance", "Số dư", lambda row: row.line.balance if row.line.told else None, "money", width=110, gives_way=1),
    Column("party", "Đối ứng", lambda row: row.line.party, width=150, shown=False),
    Column("reference", "Số tham chiếu", lambda row: row.line.reference, width=110, shown=False),
)  # fmt: skip


def _in(row: Moved) -> int | None:
    return row.amount if row.amount > 0 else None


def _out(row: Moved) -> int | None:
    return -row.amount if row.amount < 0 else None


ALONE = (
    Column("number", "Số", lambda row: row.number, width=96),
    Column("day", "Ngày", lambda row: row.day, "day", width=104),
    Column("text", "Nội dung", lambda row: row.text, width=200, stretch=True),
    Column("party", "Người nộp, nhận", lambda row: row.party, width=180, gives_way=1),
    Column("in", "Tiền vào", _in, "money", width=120, total=True),
    Column("out", "Tiền ra", _out, "money", width=120, total=True),
)

CHOICES = (
    Column("number", "Số", lambda row: row.number or f"Nháp {row.kind}", width=96),
    Column("day", "Ngày", lambda row: row.day, "day", width=104),
    Column("text", "Nội dung", lambda row: row.text, width=200, stretch=True),
    Column("party", "Người nộp, nhận", lambda row: row.party, width=150, gives_way=1),
    Column("in", "Tiền vào", _in, "money", width=112),
    Column("out", "Tiền ra", _out, "money", width=112),
)
