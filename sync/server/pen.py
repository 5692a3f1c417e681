"""The province's own hand in a unit's history: what it says there is an op of its own device, as any other op."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from desktop_app.domain import fields, wire
from sync import messages, protocol
from sync.protocol import SCHEMA, Clock
from sync.server import clock, history, keys
from sync.server.models import Device, Installation, Op, Unit


def write(unit: Unit, record: Any, who: str, verb: str) -> Op:
    """Append one record of the province to a unit's history; the unit's head row is locked."""
    device = _pen(unit)
    last = Op.objects.filter(device=device, dseq=device.dseq).first()
    before = protocol.decode(device.device, bytes(last.raw)).hlc if last else 0
    op = protocol.Op(
        device=device.device,
        dseq=device.dseq + 1,
        hlc=Clock(before).tick(clock.now_ms()).last,
        schema=SCHEMA,
        actor=who,
        verb=verb,
        entity=fields.entity_of(type(record)).name,
        record=record.id,
        kind="set",
        fields=wire.to_wire(record),
        base=(),
    )
    raw, _ = protocol.encode(op)
    made = history.entry(device.device, op.dseq, raw, None, bytes(device.hash))
    return Op.objects.get(unit=unit, seq=history.append(unit, device, [made])[0])


def _pen(unit: Unit) -> Device:
    """The province's own device in the unit's history; made when first needed.

    A restored server (a later epoch) takes a new one: PCs may hold more of the old one's chain than the backup did.
    """
    public = keys.root(settings.SERVER_DATA)
    epoch = Installation.objects.get().epoch
    name = messages.province_device(public, unit.code, epoch)
    held = Device.objects.filter(device=name).first()
    if held is not None:
        return held
    return Device.objects.create(
        unit=unit,
        device=name,
        key=public,
        province=True,
        issued=clock.now_ms(),
        hash=protocol.genesis(unit.code, name),
    )
