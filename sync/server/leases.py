"""The posting lease of a unit: one PC at a time closes months and gives the plain voucher numbers.

Every move gives a higher number, and no number twice: closings of the higher one count wherever they meet. The
caller has the unit's head row locked.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from desktop_app.domain import records, wire
from desktop_app.domain.errors import Refused
from sync import protocol
from sync.server import audit
from sync.server.models import Device, Installation, UnionHead, Unit

DEED = "Chuyển quyền ghi sổ"
_LIFE = 1 << 20
"""A server restored from a backup does not know the numbers it gave since: its next life begins above them all."""


def next_number(unit: Unit) -> int:
    """A number for a lease that was never given before."""
    life = (Installation.objects.get().epoch - 1) * _LIFE
    last = Unit.objects.values_list("leases", flat=True).get(pk=unit.pk)
    number: int = max(last, life) + 1
    Unit.objects.filter(pk=unit.pk).update(leases=number)
    return number


def holder(unit: Unit) -> Device | None:
    """The PC that holds the lease and may still exchange."""
    return Device.objects.filter(unit=unit, province=False, revoked=None, lease__gt=0).order_by("-lease").first()


def move(device: Device, who: str) -> int:
    """Give this PC the lease, whoever held it before; answers its number. The PCs learn it with their next exchange.

    Raises `Refused` if it is revoked.
    """
    if device.revoked or device.province:
        raise Refused(f"Máy {device.device} đã bị thu hồi nên không giữ quyền ghi sổ được. Hãy chọn máy khác.")
    number = next_number(device.unit)
    Device.objects.filter(unit=device.unit_id, lease__gt=0).update(lease=0)
    Device.objects.filter(pk=device.pk).update(lease=number)
    Unit.objects.filter(pk=device.unit_id).update(roster=F("roster") + 1)
    device.lease = number
    audit.note(who, DEED, device.unit, f"sang máy {device.device}, lượt {number}")
    return number


def move_by_staff(device: Device, who: str) -> int:
    """*Chuyển quyền ghi sổ* on the unit's page. Raises `Refused` if it is revoked, or holds it already."""
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=device.unit_id)
        held = Device.objects.select_related("unit").get(pk=device.pk)
        now = holder(held.unit)
        if now is not None and now.pk == held.pk:
            raise Refused(f"Máy {held.device} đang giữ quyền ghi sổ rồi.")
        return move(held, who)


def project(unit: Unit, author: Device, op: protocol.Op) -> None:
    """The holder's own word that it gives the lease to another PC; anybody else's, or a late one, moves nothing.

    Raises `ValueError` if it cannot be read.
    """
    said = wire.from_wire(records.LeaseMove, op.record, op.fields or {})
    to = Device.objects.select_related("unit").filter(unit=unit, device=said.to, province=False, revoked=None).first()
    if to is not None and author.lease == said.lease > 0 and said.giver == author.device and author.revoked is None:
        move(to, f"Máy {author.device}")
