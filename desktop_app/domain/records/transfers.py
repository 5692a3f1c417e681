"""Transfer cards: what the union that a member leaves has signed, and that another union has taken one."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("transfer", "transfers", "Thẻ chuyển sinh hoạt", private=True, largest=4096)
class Transfer:
    """A card signed for one person and one receiving union; its id is the card's.

    `leaving` is the id of the first card of the same leaving: a card drawn up again after one was withdrawn keeps it,
    so that the province sees that both were taken. `sealed`: the signed card, as the QR code holds it.
    """

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    movement: str = f.ref("Biến động", "movement", required=True, merge="fixed")
    leaving: str = f.ref("Lần chuyển", "transfer", required=True, merge="fixed")
    receiver: str = f.text("Mã đơn vị nhận", required=True, longest=40, merge="fixed")
    receiver_name: str = f.text("Đơn vị nhận", required=True, longest=200, merge="fixed")
    issued: date | None = f.day("Ngày lập", required=True, merge="fixed")
    expires: date | None = f.day("Có giá trị đến", required=True, merge="fixed")
    sealed: str = f.text("Thẻ đã ký", longest=2600, merge="fixed")
    withdrawn: date | None = f.day("Ngày thu hồi")


@entity("reception", "receptions", "Thẻ chuyển đã nhận")
class Reception:
    """This union took a card (its id is the card's): all that the province learns of a transfer, nothing of the person.

    `sender`, `receiver` are codes of unions.
    """

    id: str
    leaving: str = f.ref("Lần chuyển", "transfer", required=True, merge="fixed")
    sender: str = f.text("Mã đơn vị chuyển", required=True, longest=40, merge="fixed")
    receiver: str = f.text("Mã đơn vị nhận", required=True, longest=40, merge="fixed")
    day: date | None = f.day("Ngày nhận", required=True, merge="fixed")
