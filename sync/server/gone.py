"""What the province knows of a PC that is gone: the last voucher numbers it handed in."""

from __future__ import annotations

from desktop_app.domain import numbering
from sync import protocol
from sync.protocol import Malformed
from sync.server.models import Device, Op

SHOWN = 8


def last_numbers(device: Device) -> list[str]:
    """The last number of each series that this PC counted in, the latest written last; the unit looks for later ones.

    Numbers of a pattern of the unit's own are shown as they are, where they cannot be told apart by series.
    """
    written, last = numbering.read(numbering.DEFAULT), dict[str, tuple[int, str]]()
    entries = Op.objects.filter(device=device, entity="voucher").order_by("dseq").values_list("raw", "payload")
    for raw, payload in entries.iterator(500):
        try:
            told = protocol.decode(device.device, bytes(raw), None if payload is None else bytes(payload)).fields or {}
        except Malformed:
            continue
        for number in (told.get("number"), told.get("counterpart")):
            if isinstance(number, str) and number:
                series, count = numbering.place(written, number)
                series = series or number.rstrip("0123456789")
                before = last.pop(series, (0, ""))
                last[series] = max(before, (count, number))
    return [number for _, number in last.values()][-SHOWN:]
