"""What the province says to all units: kept once, written into a unit's history when it is next heard of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from django.db import transaction

from desktop_app.domain import fields, wire
from sync import protocol
from sync.server import audit, pen
from sync.server.models import Installation, Op, Published, Unit


def publish(record: Any, who: str, deed: str, about: str) -> Published:
    """Say a record of a `province` entity to every unit, also to those added later; a line of the log tells it."""
    with transaction.atomic():
        # The one row is the lock: numbers are given in the order in which they become visible.
        place = Installation.objects.select_for_update().get()
        place.published += 1
        place.save(update_fields=["published"])
        said = Published.objects.create(
            no=place.published,
            entity=fields.entity_of(type(record)).name,
            record=record.id,
            content=protocol.canonical(wire.to_wire(record)),
            by=who,
        )
        audit.note(who, deed, None, about)
    return said


def told(entity: str) -> Iterator[Any]:
    """The records of an entity that were said, in order."""
    for said in Published.objects.filter(entity=entity).order_by("no"):
        yield _record(said)


def catch_up(unit: Unit) -> None:
    """Write into a unit's history what was said since it was last heard of; its head row is locked."""
    waiting = Published.objects.filter(no__gt=unit.published).order_by("no")
    for said in waiting:
        if not Op.objects.filter(unit=unit, entity=said.entity, record=str(said.record)).exists():
            pen.write(unit, _record(said), said.by, f"{said.entity}.publish")
        unit.published = said.no
    if waiting:
        unit.save(update_fields=["published"])


def said_before(op: protocol.Op) -> None:
    """What was said to all in a former life of the database, and came back by one unit: the others hear it again.

    Raises `ValueError` for a kind that is not said to all.
    """
    if not op.verb.endswith(".publish") or Published.objects.filter(record=op.record).exists():
        return
    place = Installation.objects.select_for_update().get()
    place.published += 1
    place.save(update_fields=["published"])
    Published.objects.create(
        no=place.published, entity=op.entity, record=op.record, content=protocol.canonical(dict(op.fields or {})),
        by=op.actor,
    )  # fmt: skip


def _record(said: Published) -> Any:
    kind: type[Any] = fields.entities()[said.entity].record
    return wire.from_wire(kind, str(said.record), msgspec.msgpack.decode(bytes(said.content)))
