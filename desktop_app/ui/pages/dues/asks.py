"""What *Thu đoàn phí* asks before it writes: who pays into which fund on which day, who is freed and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.actions import dues
from desktop_app.actions.dues import DuesLine
from desktop_app.domain import dates
from desktop_app.domain.amounts import money
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import DayEdit, MonthEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

Does = Callable[[Mapping[str, Any]], object]


def ask_collection(
    desk: Desk,
    over: QWidget,
    month: str,
    kind: str,
    owing: Sequence[DuesLine],
    chosen: Sequence[DuesLine],
    does: Does,
) -> Ask:
    """Who pays (`who`: "chosen" or "all"), into which `fund` (code) and on which `day`."""
    people = [Choice("all", f"Tất cả còn nợ: {_who(owing)}, {_sum(owing)}")]
    if chosen:
        people.insert(0, Choice("chosen", f"Đang chọn: {_who(chosen)}, {_sum(chosen)}"))
    funds = [Choice(fund.code, fund.name or fund.code) for fund in dues.purses(desk.book, kind)]
    form = Form(
        {
            "who": Field("Thu của", PickEdit(people)),
            "fund": Field("Vào quỹ", PickEdit(funds), required=True),
            "day": Field("Ngày thu", DayEdit(desk.today), required=True),
        },
        columns=2,
        wide=("who",),
    )
    day = min(desk.today(), dates.last_day(month))
    form.set_values({"who": people[0].value, "fund": funds[0].value if funds else "", "day": day})
    title = "Thu tiền mặt" if kind == "Tiền mặt" else "Thu qua ngân hàng"
    sentence = f"Lập một phiếu thu đoàn phí tháng {dates.show_month(month)} và ghi sổ ngay."
    return Ask(title, sentence, form, does, act="Ghi sổ phiếu thu", over=over)


def ask_exemption(desk: Desk, over: QWidget, month: str, chosen: Sequence[DuesLine], does: Does) -> Ask:
    """For which months (`from_month`, `to_month`) and for which `reason` the chosen owe nothing."""
    form = Form(
        {
            "from_month": Field("Từ tháng", MonthEdit(), required=True),
            "to_month": Field("Đến hết tháng", MonthEdit(), note="Để trống: đến khi bỏ miễn"),
            "reason": Field(
                "Lý do",
                PickEdit([Choice(reason, reason) for reason in dues.reasons(desk.book, month)], free=True),
                required=True,
            ),
        },
        columns=2,
        wide=("reason",),
    )
    form.set_values({"from_month": month, "to_month": month})
    return Ask("Miễn đoàn phí", f"Miễn đoàn phí cho {_who(chosen)}.", form, does, act="Miễn", over=over)


def _who(lines: Sequence[DuesLine]) -> str:
    return lines[0].name if len(lines) == 1 else f"{len(lines):,} đoàn viên".replace(",", ".")


def _sum(lines: Sequence[DuesLine]) -> str:
    return money(sum(line.owing for line in lines))
