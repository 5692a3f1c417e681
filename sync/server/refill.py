"""`POST /refill/v1`: a server put back to an old backup gets again, from PCs that only read them, the entries it lacks.

A PC cannot speak for another one. But it keeps the receipts with which this server signed what it gave: up to such a
receipt's number the entries are known by its hash, whoever brings them. They come in pages, lie apart until the chain
reaches the hash, then go into the unit's history together.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction

from sync import messages, protocol
from sync.messages import Offer, RefillReply, RefillRequest
from sync.protocol import Malformed
from sync.server import clock, history, keys, projections
from sync.server.history import Entry
from sync.server.models import Device, HeldOp, Installation, RefillOp, UnionHead, Unit

log = logging.getLogger("socongdoan.wire")


def refill(request: RefillRequest, sender: Device) -> RefillReply:
    """Take what is lacking; answers what still is. The request's signature was proven. Raises `Malformed`."""
    if sender.unit.code != request.union:
        raise Malformed("foreign_union")
    if sender.revoked:
        raise Malformed("revoked")
    lacking: list[tuple[str, int]] = []
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=sender.unit_id)
        for offer in request.offers:
            device = _device(sender.unit, offer)
            if device is None or device.dseq >= offer.receipt.dseq:
                continue
            if request.ops and request.of == device.device:
                _stage(sender, device, request, offer)
                device.refresh_from_db()
            here = _staged(sender, device)
            if device.dseq < offer.receipt.dseq and here < offer.receipt.dseq:
                lacking.append((device.device, here))
    return RefillReply(lacking=tuple(lacking), time=clock.now_ms())


def _device(unit: Unit, offer: Offer) -> Device | None:
    """Whose entries are offered, with a receipt that this server signed; None if they are not to be believed."""
    receipt, device = offer.receipt, Device.objects.filter(device=offer.receipt.device).first()
    trusted = keys.all_public(settings.SERVER_DATA)
    if receipt.union != unit.code or not any(
        messages.is_signed(receipt, offer.receipt_sig, key) for key in trusted
    ):
        log.warning("refill of %s: a receipt that is not ours", receipt.device)
        return None
    if device is not None:
        return device if device.unit_id == unit.pk else None
    epochs = range(1, Installation.objects.get().epoch)
    root = keys.root(settings.SERVER_DATA)
    if receipt.device in {messages.province_device(root, unit.code, epoch) for epoch in epochs}:
        return _made(unit, receipt.device, root, province=True)
    told = offer.certificate
    if told is None or (told.union, told.device) != (unit.code, receipt.device):
        return None
    if not any(messages.is_signed(told, offer.certificate_sig or b"", key) for key in trusted):
        return None
    return _made(unit, told.device, told.key, age=offer.age, asleep=True, issued=told.issued)


def _made(unit: Unit, device: str, key: bytes, **facts: object) -> Device:
    genesis = protocol.genesis(unit.code, device)
    return Device.objects.create(unit=unit, device=device, key=key, hash=genesis, **{"issued": clock.now_ms(), **facts})


def _staged(sender: Device, device: Device) -> int:
    """Up to which number this PC's words about a device are here."""
    brought = RefillOp.objects.filter(sender=sender, device=device).order_by("-dseq")
    last = brought.values_list("dseq", flat=True).first()
    return max(device.dseq, last or 0)


def _stage(sender: Device, device: Device, request: RefillRequest, offer: Offer) -> None:
    """Keep one more stretch; if the chain has come to the receipt, it counts. A wrong one is thrown away."""
    here = _staged(sender, device)
    for dseq, (raw, payload) in enumerate(request.ops, start=request.first):
        if dseq == here + 1 and dseq <= offer.receipt.dseq:
            RefillOp.objects.create(sender=sender, device=device, dseq=dseq, raw=raw, payload=payload)
            here = dseq
    if here < offer.receipt.dseq:
        return
    brought = RefillOp.objects.filter(sender=sender, device=device)
    try:
        _count(device, _entries(device, brought.filter(dseq__gt=device.dseq).order_by("dseq")), offer)
    except Malformed as fault:
        log.warning("refill of %s by %s: %s", device.device, sender.device, fault)
    brought.delete()


def _entries(device: Device, rows: object) -> list[Entry]:
    made, previous = list[Entry](), bytes(device.hash)
    for row in rows:  # type: ignore[attr-defined]
        payload = None if row.payload is None else bytes(row.payload)
        made.append(history.entry(device.device, row.dseq, bytes(row.raw), payload, previous))
        previous = made[-1].hash
    return made


def _count(device: Device, entries: list[Entry], offer: Offer) -> None:
    """The entries into the unit's history, if they are what the receipt was given for. Raises `Malformed`."""
    if not entries or entries[-1].hash != offer.receipt.hash:
        raise Malformed("fork", "the chain does not come to the receipt")
    contact = device.contact
    places = history.append(device.unit, device, entries)
    projections.project(device.unit, places, entries, province=device.province)
    Device.objects.filter(pk=device.pk).update(contact=contact)  # it said nothing just now
    HeldOp.objects.filter(device=device, dseq__lte=device.dseq).delete()
