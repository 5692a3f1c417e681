"""*Bàn giao tài chính*: asks to whom, by which decision and when; tells what must be settled first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.actions import handover
from desktop_app.domain.amounts import format_amount
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import DayEdit, LineEdit
from desktop_app.ui.widgets.form import Field, Form


def ask_hand_over(desk: Desk, over: QWidget) -> Ask:
    """Ask, and pay every fund out under mã 42."""
    ready = handover.look(desk.book, desk.today())
    held = ", ".join(f"{fund.code} {format_amount(amount)}" for fund, amount in ready.held) or "không quỹ nào còn tiền"
    sentence = (
        "Dùng khi đơn vị sáp nhập, chia tách, giải thể: mọi quỹ được chi hết theo mã 42, mỗi quỹ một phiếu. "
        f"Hôm nay còn {format_amount(ready.total)} đồng ({held})."
    )
    if ready.first:
        sentence += "\n\nCần làm trước:\n" + "\n".join(f"• {each}" for each in ready.first)
    form = Form(
        {
            "day": Field("Ngày bàn giao", DayEdit(), required=True),
            "receiver": Field("Đơn vị nhận bàn giao", LineEdit(longest=200), required=True),
            "document": Field("Quyết định (số, ngày)", LineEdit(longest=100), required=True),
        }
    )
    form.set_values({"day": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        made = handover.hand_over(desk.book, values, desk.by)
        desk.changed({"voucher"})
        numbers = ", ".join(voucher.number for voucher in made)
        desk.say(f"Đã lập {numbers}. Hãy in phiếu, in sổ và khóa sổ.", "Xem phiếu", lambda: desk.go("vouchers", made[0].id))

    asked = Ask("Bàn giao tài chính công đoàn", sentence, form, does, act="Lập phiếu bàn giao", over=over)
    asked.open()
    return asked
