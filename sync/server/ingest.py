"""`POST /sync/v1`: a device's new ops are stored in one transaction, then it is told others' ops.

An authentic op is never refused for its content. Only faults of the envelope are refused, and change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sync import messages, protocol
from sync.messages import BlobRequest, Peer, Receipt, SyncReply, SyncRequest
from sync.protocol import Malformed
from sync.server import clock, enrolment, history, keys, projections, publishing
from sync.server.history import Entry
from sync.server.models import Device, Installation, Op, UnionHead, Unit

LARGEST_PAGE = 2 * 1024 * 1024
"""Bytes of others' ops in one reply, whatever is wanted."""

CONTACT_EVERY = timedelta(minutes=1)


class Gap(Malformed):
    """Ops are missing before the first one sent; `confirmed` is the last that is held."""

    def __init__(self, confirmed: int) -> None:
        super().__init__("gap", f"held up to {confirmed}")
        self.confirmed = confirmed


def sender(request: SyncRequest | BlobRequest) -> Device:
    """Who says it sent this; its signature is not proven yet. Raises `Malformed`."""
    device = Device.objects.select_related("unit").filter(device=request.device, province=False).first()
    if device is None:
        raise Malformed("unknown_device")
    return device


def exchange(request: SyncRequest, device: Device) -> SyncReply:
    """Store what is new, durably, then answer. The request's signature was proven. Raises `Malformed`."""
    device = receive(request, device)
    reply = answer(device.unit, device, request.cursor, request.want, request.roster)
    if not request.ops and request.first == device.dseq + 1:  # it has the receipt, or the chain would not fit
        return replace(reply, receipt=None, receipt_sig=None)
    return reply


def receive(request: SyncRequest, device: Device) -> Device:
    """Store what is new; answers the device as it stands then. Raises `Malformed` with nothing stored."""
    unit = device.unit
    if unit.code != request.union:
        raise Malformed("foreign_union")
    if device.revoked:
        raise Malformed("revoked")
    entries = _entries(request)
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=unit)
        device = Device.objects.select_related("unit").get(pk=device.pk)
        if device.revoked:
            raise Malformed("revoked")
        _store(unit, device, request, entries)
        publishing.catch_up(Unit.objects.get(pk=unit.pk))
        _remember_contact(unit)
    return device


def _entries(request: SyncRequest) -> list[Entry]:
    """The ops sent, chained from `prev`. Raises `Malformed` ("bad_chain") unless the chain ends at `head`."""
    if request.first < 1:
        raise Malformed("malformed", "first is 0")
    previous, entries = request.prev, []
    for dseq, (raw, payload) in enumerate(request.ops, start=request.first):
        entries.append(history.entry(request.device, dseq, raw, payload, previous))
        previous = entries[-1].hash
    if previous != request.head:
        raise Malformed("bad_chain", "the chain does not end at head")
    return entries


def _store(unit: Unit, device: Device, request: SyncRequest, entries: Sequence[Entry]) -> None:
    """Append what is not held yet; the unit's head row is locked.

    Raises `Gap`, or `Malformed` ("fork") if the device's history is another than the one held.
    """
    if request.first > device.dseq + 1:
        raise Gap(device.dseq)
    if _hash_at(unit, device, request.first - 1) != request.prev:
        raise Malformed("fork", f"another history before {request.first}")
    known = min(device.dseq - request.first + 1, len(entries))
    if known and _hash_at(unit, device, entries[known - 1].dseq) != entries[known - 1].hash:
        raise Malformed("fork", f"another history up to {entries[known - 1].dseq}")
    fresh = entries[known:]
    if fresh:
        projections.project(unit, history.append(unit, device, fresh), fresh)


def _hash_at(unit: Unit, device: Device, dseq: int) -> bytes:
    """The device's chain after `dseq`, which is held."""
    if dseq == device.dseq:
        return bytes(device.hash)
    if dseq == 0:
        return protocol.genesis(unit.code, device.device)
    return bytes(Op.objects.values_list("hash", flat=True).get(device=device, dseq=dseq))


def _remember_contact(unit: Unit) -> None:
    """When the unit was last heard of, to the minute: a quiet sync writes nothing."""
    now = timezone.now()
    if unit.contact is None or now - unit.contact > CONTACT_EVERY:
        Unit.objects.filter(pk=unit.pk).update(contact=now)


def answer(unit: Unit, device: Device, cursor: tuple[int, int], want: int, roster: int) -> SyncReply:
    """State as committed. `top` is read before the ops: what is at or below it is all there."""
    seed = keys.seed(settings.SERVER_DATA)
    epoch, now = Installation.objects.get().epoch, clock.now_ms()
    receipt = None
    if device.dseq:
        receipt = Receipt(
            union=unit.code,
            device=device.device,
            dseq=device.dseq,
            hash=bytes(device.hash),
            epoch=epoch,
            time=now,
        )
    top = UnionHead.objects.values_list("seq", flat=True).get(unit=unit)
    after = cursor[1] if cursor[0] == epoch and cursor[1] <= top else 0
    ops, reached = _page(unit, device, after, top, min(want, LARGEST_PAGE))
    listed = Unit.objects.values_list("roster", flat=True).get(pk=unit.pk)
    return SyncReply(
        confirmed=device.dseq,
        receipt=receipt,
        receipt_sig=messages.signature_of(receipt, seed) if receipt else None,
        ops=tuple(ops),
        cursor=(epoch, reached),
        top=top,
        epoch=epoch,
        time=now,
        roster=listed if listed != roster else 0,
        peers=_peers(unit, seed) if listed != roster else (),
    )


def _peers(unit: Unit, seed: bytes) -> tuple[Peer, ...]:
    """Every PC of the unit, with a certificate that others may be shown."""
    peers = []
    for device in Device.objects.filter(unit=unit, province=False).order_by("pk"):
        certificate = enrolment.certificate_of(unit, device)
        signature = messages.signature_of(certificate, seed)
        peers.append(
            Peer(
                certificate=certificate,
                certificate_sig=signature,
                age=device.age,
                lease=device.lease,
                revoked=device.revoked is not None,
            )
        )
    return tuple(peers)


def _page(
    unit: Unit, device: Device, after: int, top: int, want: int
) -> tuple[list[tuple[str, bytes, bytes | None]], int]:
    """Others' ops after a place, up to about `want` bytes but at least one, and the place reached."""
    page: list[tuple[str, bytes, bytes | None]] = []
    size, reached = 0, after
    others = Op.objects.filter(unit=unit, seq__gt=after, seq__lte=top).exclude(device=device).order_by("seq")
    for seq, author, raw, payload in others.values_list("seq", "device__device", "raw", "payload").iterator(200):
        size += len(raw) + len(payload or b"")
        if page and size > want:
            return page, reached
        page.append((author, bytes(raw), None if payload is None else bytes(payload)))
        reached = seq
    return page, top
