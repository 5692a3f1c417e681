"""How *Thu đoàn phí* says things: its columns, the basis of the dues, the clock of the employer's fee."""

from __future__ import annotations

from datetime import date
from functools import partial

from desktop_app.actions import dues
from desktop_app.actions.dues import DuesLine
from desktop_app.domain.amounts import format_amount, money
from desktop_app.domain.dates import show_day, show_month
from desktop_app.domain.fee import FeeMonth
from desktop_app.storage import payroll
from desktop_app.storage.book import Book
from desktop_app.storage.payroll import YearLine
from desktop_app.ui.widgets.columns import Column, State


def state(line: DuesLine) -> State:
    """A member's month in one word."""
    if line.exempt:
        return State("Miễn", "quiet")
    if not line.wage_known:
        return State("Chưa có lương", "bad")
    if line.paid > line.due:
        return State("Nộp thừa", "warn")
    if not line.owing:
        return State("Đã nộp", "ok")
    return State("Nộp thiếu" if line.paid else "Chưa nộp", "warn")


def _faint(line: DuesLine) -> str:
    return "muted" if line.exempt else ""


MONTH = (
    Column("name", "Họ và tên", lambda r: r.name, "name", width=170, tone=_faint),
    Column("team", "Tổ", lambda r: r.team, width=90, gives_way=1),
    Column("base", "Lương tính đoàn phí", lambda r: r.base or None, "money", width=136, total=True),
    Column("due", "Phải nộp", lambda r: r.due or None, "money", width=104, total=True),
    Column("above", "Trên mức", lambda r: r.above or None, "money", width=92, total=True, shown=False),
    Column("paid", "Đã nộp", lambda r: r.paid or None, "money", width=104, total=True),
    Column("owing", "Còn nợ", lambda r: r.owing or None, "money", width=104, total=True),
    Column("state", "Tình trạng", state, "state", width=128),
    Column("exempt", "Lý do miễn", lambda r: r.exempt, width=150, gives_way=2, stretch=True),
)  # fmt: skip


def _paid(number: int, line: YearLine) -> int | None:
    return line.months[number] or None


GRID = (
    Column("name", "Họ và tên", lambda r: r.name, "name", width=140, stretch=True),
    Column("team", "Tổ", lambda r: r.team, width=90, shown=False),
    *(Column(f"m{n + 1}", f"T{n + 1}", partial(_paid, n), "money", width=70, total=True) for n in range(12)),
    Column("above", "Trên mức", lambda r: r.above or None, "money", width=86, total=True, shown=False),
    Column("sum", "Cộng", lambda r: sum(r.months) or None, "money", width=92, total=True, bold=lambda _: True),
)


def basis(book: Book, month: str) -> str:
    """What dues of the month are counted on: "Nhóm 3: 0,5 % lương đóng BHXH, nhiều nhất 253.000 ₫"."""
    terms = dues.terms(book, month)
    group = f"Nhóm {payroll.union(book).dues_group}"
    if terms.basis == "fixed":
        return f"{group}: mức cố định {money(terms.floor)} một tháng"
    own = terms.own
    percent = f"{float((own.rate if own else terms.rate) * 100):g}".replace(".", ",")
    what = "lương thực lĩnh" if terms.taken_of == "net" else "lương đóng BHXH"
    cap = (own.most or None) if own else terms.cap
    most = f", nhiều nhất {money(cap)}" if cap is not None else ""
    resolved = " theo nghị quyết của đơn vị" if own else ""
    return f"{group}: {percent} % {what}{most}{resolved}"


def fee_hint(fee: FeeMonth, today: date) -> tuple[str, str]:
    """Under the card of the fee: what came of what should, or what the clock says; with its tone."""
    told = fee.state(today)
    if told == "đã đủ":
        return f"đã nhận {money(fee.received)}", "ok"
    if told == "tạm dừng" and fee.relief:
        return f"tạm dừng đóng đến hết {show_month(fee.relief.until)}", "quiet"
    missing = f"thiếu {format_amount(fee.missing)}"
    if told == "chưa đến hạn":
        return f"hạn {show_day(fee.clock.deadline)[:5]}, {missing}", ""
    return f"{told}, {missing}", "warn" if told == "chậm đóng" else "bad"


def fee_sentence(fee: FeeMonth) -> str:
    """The whole account of a month's fee."""
    whose = "đơn vị thu toàn bộ" if fee.delegated else f"cấp trên cấp về {money(fee.keep)}"
    clock = fee.clock
    unpaid = f", không đóng từ {show_day(clock.unpaid_from)}" if clock.unpaid_from else ""
    relief = fee.relief
    less = f" (đã giảm {relief.percent} %)" if relief and relief.percent else ""
    unpaid += f"; được tạm dừng đóng đến hết {show_month(relief.until)}" if relief and relief.until else ""
    return (
        f"KPCĐ tháng {show_month(fee.month)}: quỹ lương {money(fee.base)}, phải đóng {money(fee.due)}{less}"
        f" ({whose}, phần cấp trên {money(fee.up)}); đã nhận {money(fee.received)}."
        f" Hạn đóng {show_day(clock.deadline)}, chậm đóng từ {show_day(clock.late_from)}{unpaid}."
    )
