"""What a revoked PC still sends: kept apart, chained, once; the staff reads it and takes it or leaves it.

A PC was stolen, or its accountant left in anger: what it sends afterwards may be honest work or not. Nothing of it
stands in the unit's history, or in any sum, before a person has looked; nothing of it is thrown away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from desktop_app.domain import fields
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Refused
from sync import protocol
from sync.protocol import Malformed, Op
from sync.server import audit, history, projections
from sync.server.history import Entry
from sync.server.models import Device, HeldOp, UnionHead, Unit

_DEEDS = {"voucher.post": "ghi sổ", "voucher.draft": "soạn", "voucher.cancel": "hủy", "voucher.edit": "sửa"}


@dataclass(frozen=True)
class Act:
    """Entries of one deed, one after the other: `last` is the number of the last. `amounts` tells of money, "" none."""

    last: int
    who: str
    when: datetime | None
    deed: str
    entries: int
    amounts: str
    dropped: bool


def last(device: Device) -> int:
    """The number of the last entry that is here, counted or kept apart."""
    found = HeldOp.objects.filter(device=device).order_by("-dseq").values_list("dseq", flat=True).first()
    return device.dseq if found is None else found


def hash_at(device: Device, dseq: int) -> bytes:
    """The device's chain after an entry that is kept apart."""
    return bytes(HeldOp.objects.values_list("hash", flat=True).get(device=device, dseq=dseq))


def dropped(device: Device) -> int:
    """How many entries the staff decided not to take."""
    return HeldOp.objects.filter(device=device, dropped=True).count()


def waiting() -> QuerySet[Unit]:
    """The units with entries on which it is the staff's turn."""
    return Unit.objects.filter(devices__held__dropped=False).distinct().order_by("code")


def keep(device: Device, entries: Sequence[Entry]) -> None:
    """Keep entries that follow those that are here; the unit's head row is locked."""
    HeldOp.objects.bulk_create(
        HeldOp(device=device, dseq=made.dseq, raw=made.raw, payload=made.payload, hash=made.hash) for made in entries
    )


def acts(device: Device) -> list[Act]:
    """What is kept of a PC, deed by deed, in its order."""
    read = [(row, _read(device, row)) for row in HeldOp.objects.filter(device=device).order_by("dseq")]

    def deed(pair: tuple[HeldOp, Op | None]) -> tuple[Any, ...]:
        row, op = pair
        return (row.dropped, op.actor, op.verb, op.entity, op.kind, not op.base) if op else (row.dropped, row.dseq)

    return [_act(list(group)) for _, group in groupby(read, deed)]


def take(device: Device, upto: int, who: str) -> int:
    """Enter what is kept, up to a number, into the unit's history in its order; answers how many entries.

    Those that were left before are taken too: a chain has no holes. Raises `Refused` if there is nothing to take.
    """
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=device.unit_id)
        held = Device.objects.select_related("unit").get(pk=device.pk)
        rows = list(HeldOp.objects.filter(device=held, dseq__lte=upto).order_by("dseq"))
        if not rows:
            raise Refused("Không còn bản ghi nào đang giữ đến mục này. Hãy mở lại trang.")
        contact, entries, previous = held.contact, list[Entry](), bytes(held.hash)
        for row in rows:
            payload = None if row.payload is None else bytes(row.payload)
            entries.append(history.entry(held.device, row.dseq, bytes(row.raw), payload, previous))
            previous = entries[-1].hash
        projections.project(held.unit, history.append(held.unit, held, entries), entries)
        Device.objects.filter(pk=held.pk).update(contact=contact)  # the PC said nothing just now
        HeldOp.objects.filter(pk__in=[row.pk for row in rows]).delete()
        _tell(held, who, "Nhận bản ghi của máy đã thu hồi", f"{len(rows)} bản ghi, đến mục {rows[-1].dseq}")
    return len(rows)


def drop(device: Device, who: str) -> int:
    """Leave what waits: it stays kept, and goes to nobody. Answers how many entries. Raises `Refused` if none waits."""
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=device.unit_id)
        count = HeldOp.objects.filter(device=device, dropped=False).update(dropped=True)
        if not count:
            raise Refused("Không còn bản ghi nào đang chờ. Hãy mở lại trang.")
        _tell(device, who, "Loại bản ghi của máy đã thu hồi", f"{count} bản ghi")
    return count


def _tell(device: Device, who: str, deed: str, what: str) -> None:
    """The other PCs read it in their list of PCs; the log keeps it."""
    Unit.objects.filter(pk=device.unit_id).update(roster=F("roster") + 1)
    audit.note(who, deed, device.unit, f"máy {device.device}, {what}")


def _read(device: Device, row: HeldOp) -> Op | None:
    try:
        return protocol.decode(device.device, bytes(row.raw), None if row.payload is None else bytes(row.payload))
    except Malformed:
        return None


def _act(group: Sequence[tuple[HeldOp, Op | None]]) -> Act:
    row, op = group[-1]
    told = Act(row.dseq, "", None, "bản ghi máy chủ chưa đọc được", len(group), "", row.dropped)
    if op is None:
        return told
    declared = fields.entities().get(op.entity)
    label = declared.label.lower() if declared else op.entity
    made = {"retire": "bỏ", "erase": "xóa dữ liệu của"}.get(op.kind, "sửa" if op.base else "thêm")
    when = datetime.fromtimestamp((op.hlc >> 16) / 1000, UTC) if op.hlc >> 16 < 1 << 42 else None
    amounts = "; ".join(text for _, one in group if one and (text := _money(one)))
    return replace(told, who=op.actor, when=when, deed=f"{_DEEDS.get(op.verb, made)} {label}", amounts=amounts[:300])


def _money(op: Op) -> str:
    """The amounts an entry of money tells: a voucher's number, receipts and payments; any field that is money."""
    told, declared = op.fields or {}, fields.entities().get(op.entity)
    if declared is None:
        return ""
    if op.entity == "voucher":
        lines = [line for line in told.get("lines") or () if isinstance(line, dict)]
        sums = [(sum(_whole(line.get(name)) for line in lines), word) for name, word in
                (("amount_in", "thu"), ("amount_out", "chi"))]  # fmt: skip
        parts = [f"{word} {format_amount(total)}" for total, word in sums if total]
        return " ".join([str(told.get("number") or ""), *parts]).strip()
    named = [(one.label, told[one.name]) for one in declared.fields if one.kind == "money" and one.name in told]
    return ", ".join(f"{label} {format_amount(_whole(value))}" for label, value in named)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0
