"""Who may close months, and what was decided of vouchers that came after a month was closed."""

from __future__ import annotations

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("lease_move", "lease_moves", "Giao quyền ghi sổ")
class LeaseMove:
    """The PC that holds the posting lease gives it up for another: the server then gives `to` the next number.

    `giver` and `to` are device ids; `lease` is the number given up, which nobody holds from this entry on.
    """

    id: str
    lease: int = f.whole("Lượt ghi sổ", merge="fixed")
    giver: str = f.text("Máy giao", required=True, longest=16, merge="fixed")
    to: str = f.text("Máy nhận", required=True, longest=16, merge="fixed")


@entity("late_entry", "late_entries", "Chứng từ đến sau khóa sổ")
class LateEntry:
    """The union's word that a voucher which came after its month was closed stays in the month it was booked in.

    `what` is what came late of it ("ghi sổ", "hủy", "đổi").
    """

    id: str
    voucher: str = f.ref("Phiếu", "voucher", required=True)
    booked: str = f.month("Kỳ ghi sổ", required=True)
    what: str = f.text("Việc", required=True, longest=20)
