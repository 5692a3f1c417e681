"""Transfer cards that units took: one leaving taken by two units is a question for the staff."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from desktop_app.domain import records, wire
from desktop_app.domain.errors import Refused
from sync import protocol
from sync.server import audit
from sync.server.models import Reception, Unit

_OPEN = Q(withdrawn=False, settled=False)


@dataclass(frozen=True)
class Double:
    """One member's leaving, taken by several units: the code and name of the union that was left, who took it when."""

    leaving: UUID
    sender: str
    sender_name: str
    taken: tuple[Reception, ...]


def project(unit: Unit, op: protocol.Op) -> None:
    """Make of an op what the province keeps. Raises `ValueError` for values of other types."""
    held = Reception.objects.filter(card=op.record, unit=unit)
    if op.kind == "retire":
        held.update(withdrawn=True)
    elif op.kind == "set" and held.exists():
        held.update(withdrawn=False)
    elif op.kind == "set":
        taken = wire.from_wire(records.Reception, op.record, op.fields or {})
        Reception.objects.create(card=op.record, leaving=UUID(taken.leaving), unit=unit, sender=taken.sender[:40])


def doubles() -> list[Double]:
    """The leavings that several units have taken, the latest first."""
    found = Reception.objects.filter(withdrawn=False).values("leaving").annotate(
        units=Count("unit", distinct=True), waits=Count("pk", filter=_OPEN)
    )
    told = []
    for leaving in found.filter(units__gt=1, waits__gt=0).values_list("leaving", flat=True):
        taken = tuple(
            Reception.objects.filter(leaving=leaving, withdrawn=False).select_related("unit").order_by("received", "pk")
        )
        sender = Unit.objects.filter(code=taken[0].sender).first()
        told.append(Double(leaving, taken[0].sender, sender.name if sender else taken[0].sender, taken))
    return sorted(told, key=lambda one: one.taken[-1].received, reverse=True)


def settle(leaving: UUID, note: str, by: str) -> None:
    """The staff cleared it up with the units; kept with the reason. Raises `Refused` without one."""
    if not note.strip():
        raise Refused("Hãy ghi đã giải quyết thế nào, ví dụ: đơn vị 40-003 đã bỏ tiếp nhận.")
    with transaction.atomic():
        for one in Reception.objects.filter(_OPEN, leaving=leaving).select_related("unit"):
            audit.note(by, "Giải quyết thẻ chuyển nhận hai nơi", one.unit, f"{one.card}: {note.strip()}")
        Reception.objects.filter(_OPEN, leaving=leaving).update(settled=True)
