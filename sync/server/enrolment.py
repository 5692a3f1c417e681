"""A new PC joins its unit by a one-time code; a cut answer does not burn the code."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sync import messages, protocol, sealing
from sync.messages import Certificate, EnrolReply, EnrolRequest
from sync.protocol import Malformed
from sync.server import audit, clock, keys, leases, units
from sync.server.models import Device, EnrolCode, Installation, UnionHead, Unit

TRIES = 5
WHO = "Máy của đơn vị"


def enrol(request: EnrolRequest) -> EnrolReply:
    """Register the device, whose signature was proven. Raises `Malformed` with the reason of the refusal."""
    if "\0" in request.union:
        raise Malformed("bad_code", "no such unit")
    if not sealing.is_recipient(request.age):
        raise Malformed("malformed", "age")
    code = EnrolCode.objects.filter(digest=units.digest(request.code)).first()
    unit = Unit.objects.filter(code=request.union).first()
    if code is None:
        if unit is not None:
            _count_wrong_try(unit)
        raise Malformed("bad_code", "no such code")
    if unit is None or code.unit_id != unit.pk:
        raise Malformed("foreign_union", "code of another unit")
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=unit)
        device = _device(unit, request, EnrolCode.objects.filter(pk=code.pk).first())
    return answer(unit, device)


def _device(unit: Unit, request: EnrolRequest, code: EnrolCode | None) -> Device:
    """The device, now known; the unit's head row is locked."""
    if code is None:
        raise Malformed("bad_code", "code withdrawn meanwhile")
    held = Device.objects.filter(device=request.device).first()
    if held is not None and (held.unit_id != unit.pk or bytes(held.key) != request.key):
        raise Malformed("foreign_union", "device id is taken")
    if code.device_id is not None:
        if held is None or held.pk != code.device_id:
            raise Malformed("code_spent", "used by another device")
        return held
    if code.tries >= TRIES:
        raise Malformed("code_spent", "too many wrong tries")
    if code.expires < timezone.now():
        raise Malformed("bad_code", "expired")
    if held is not None and held.revoked:
        raise Malformed("revoked")
    is_new = held is None or held.asleep
    if held is None:
        held = Device.objects.create(
            unit=unit,
            device=request.device,
            key=request.key,
            age=request.age,
            issued=clock.now_ms(),
            hash=protocol.genesis(unit.code, request.device),
        )
    if held.asleep:  # others brought its entries back; now it is here itself
        held.asleep, held.age = False, request.age
        held.save(update_fields=["asleep", "age"])
    if request.replaces:
        _replace(unit, request.replaces, held)
    code.device = held
    code.save(update_fields=["device"])
    Unit.objects.filter(pk=unit.pk).update(contact=timezone.now(), roster=F("roster") + 1)
    if is_new:
        audit.note(WHO, "Kết nối thiết bị", unit, held.device)
    if code.lease or (is_new and leases.holder(unit) is None):
        leases.move(held, WHO)
    return held


def _replace(unit: Unit, device: str, by: Device) -> None:
    """The PC `device` is gone and `by` takes its place; the unit's head row is locked."""
    gone = Device.objects.filter(unit=unit, device=device, province=False).exclude(pk=by.pk).first()
    if gone is None:
        raise Malformed("unknown_replaced")
    if gone.revoked:
        Device.objects.filter(pk=gone.pk).update(replaced_by=by)
    else:
        units.revoke(gone, WHO, by)
    if gone.lease and leases.holder(unit) is None:
        leases.move(by, WHO)


def _count_wrong_try(unit: Unit) -> None:
    """A wrong code counts against the unit's open one: nobody guesses more than five times."""
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=unit)
        for code in EnrolCode.objects.filter(unit=unit, device=None):
            code.tries += 1
            code.save(update_fields=["tries"])


def certificate_of(unit: Unit, device: Device) -> Certificate:
    """What the server says of a PC, to be signed."""
    return Certificate(union=unit.code, device=device.device, key=bytes(device.key), issued=device.issued)


def answer(unit: Unit, device: Device) -> EnrolReply:
    """What an enrolled PC is told."""
    seed, changed = keys.seed(settings.SERVER_DATA), keys.generation(settings.SERVER_DATA)
    certificate = certificate_of(unit, device)
    return EnrolReply(
        union=unit.code,
        name=unit.name,
        device=device.device,
        certificate=certificate,
        certificate_sig=messages.signature_of(certificate, seed),
        server_key=keys.public(seed),
        server_age=sealing.recipient(seed),
        epoch=Installation.objects.get().epoch,
        lease=device.lease,
        time=clock.now_ms(),
        anchor=changed,
        root=keys.root(settings.SERVER_DATA) if changed else b"",
    )
