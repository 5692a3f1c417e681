"""`POST /rekey/v1`: a device changes its keys, by the old one's word; asked again it gets the same answer."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F

from sync import envelope, messages, rekey, sealing
from sync.messages import Read, RekeyReply, RekeyRequest
from sync.protocol import Malformed
from sync.server import audit, clock, enrolment, ingest, keys
from sync.server.models import Device, UnionHead, Unit


def proven(read: Read[RekeyRequest]) -> tuple[RekeyRequest, Device]:
    """The request, signed by the key of before the change. Raises `Malformed`."""
    device = ingest.sender(read.message)
    again = bytes(device.key) == read.message.key and device.former_key is not None
    asked = read.check(bytes(device.former_key or b"") if again else bytes(device.key))
    if not envelope.signed(asked.key, rekey.proof_of(asked.union, asked.device, asked.key, asked.age), asked.proof):
        raise Malformed("bad_signature", "the new key did not sign")
    return asked, device


def change(request: RekeyRequest, device: Device) -> RekeyReply:
    """From now on the device signs with the new key, packets for it are sealed to the new one. Raises `Malformed`."""
    if device.unit.code != request.union:
        raise Malformed("foreign_union")
    if not sealing.is_recipient(request.age):
        raise Malformed("malformed", "age")
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=device.unit_id)
        held = Device.objects.select_related("unit").get(pk=device.pk)
        if held.revoked:
            raise Malformed("revoked")
        if bytes(held.key) != request.key:
            if bytes(held.key) != bytes(device.key):
                raise Malformed("bad_signature", "changed meanwhile")
            held.former_key, held.key, held.age, held.issued = held.key, request.key, request.age, clock.now_ms()
            held.save(update_fields=["former_key", "key", "age", "issued"])
            Unit.objects.filter(pk=held.unit_id).update(roster=F("roster") + 1)
            audit.note("Máy của đơn vị", "Đổi khóa thiết bị", held.unit, held.device)
    certificate = enrolment.certificate_of(held.unit, held)
    signature = messages.signature_of(certificate, keys.signing(settings.SERVER_DATA, held.anchor))
    return RekeyReply(certificate=certificate, certificate_sig=signature, time=clock.now_ms())
