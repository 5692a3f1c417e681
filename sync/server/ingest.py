"""`POST /sync/v1`: a device's new ops are stored in one transaction, then it is told others' ops.

An authentic op is never refused for its content. Only faults of the envelope are refused, and change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sync import lean, messages, protocol, sealing
from sync.messages import (
    BlobRequest,
    KeyChange,
    PartRequest,
    Peer,
    Receipt,
    RefillRequest,
    Refusal,
    RekeyRequest,
    SyncReply,
    SyncRequest,
)
from sync.protocol import Malformed
from sync.server import clock, enrolment, held, history, keys, projections, publishing
from sync.server.history import Entry
from sync.server.models import Device, Installation, Op, UnionHead, Unit

LARGEST_PAGE = 2 * 1024 * 1024
"""Bytes of others' ops in one reply, whatever is wanted."""

CONTACT_EVERY = timedelta(minutes=1)


class Revoked(Malformed):
    """A revoked PC is told what became of its entries: up to `confirmed` they count, up to `held` they are kept."""

    def __init__(self, device: Device) -> None:
        super().__init__("revoked", f"kept up to {held.last(device)}")
        self.confirmed, self.held, self.dropped = device.dseq, held.last(device), held.dropped(device)

    def refusal(self) -> Refusal:
        """The same as a message of a packet."""
        return Refusal(
            reason=self.reason, time=clock.now_ms(), confirmed=self.confirmed, held=self.held, dropped=self.dropped
        )


class Gap(Malformed):
    """Ops are missing before the first one sent; `confirmed` is the last that is held."""

    def __init__(self, confirmed: int) -> None:
        super().__init__("gap", f"held up to {confirmed}")
        self.confirmed = confirmed


def sender(request: SyncRequest | BlobRequest | RefillRequest | PartRequest | RekeyRequest) -> Device:
    """Who says it sent this; its signature is not proven yet. Raises `Malformed`."""
    device = Device.objects.select_related("unit").filter(device=request.device, province=False, asleep=False).first()
    if device is None:
        raise Malformed("unknown_device")
    return device


def exchange(request: SyncRequest, device: Device) -> SyncReply:
    """Store what is new, durably, then answer. The request's signature was proven. Raises `Malformed`.

    A revoked PC may push, but not pull: `Revoked` is raised after its entries were kept.
    """
    device = receive(request, device)
    if device.revoked:
        raise Revoked(device)
    reply = answer(device.unit, device, request.cursor, request.want, request.roster, whole=request.whole)
    if request.prove and reply.cursor[1] == reply.top:
        others = Device.objects.filter(unit=device.unit_id, dseq__gt=0).exclude(pk=device.pk)
        ends = {one.device: (one.dseq, bytes(one.hash)) for one in others}
        reply = replace(reply, proofs=_proofs(device, ends, reply.epoch, reply.time))
    if not request.ops and request.first == device.dseq + 1:  # it has the receipt, or the chain would not fit
        return replace(reply, receipt=None, receipt_sig=None)
    return reply


def receive(request: SyncRequest, device: Device) -> Device:
    """Store what is new (of a revoked PC: apart, see `held`); answers the device as it stands then.

    Raises `Malformed` with nothing stored.
    """
    unit = device.unit
    if unit.code != request.union:
        raise Malformed("foreign_union")
    entries = _entries(unit, request)
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=unit)
        device = Device.objects.select_related("unit").get(pk=device.pk)
        _put_back(device, request)
        if device.anchor != request.anchor:
            device.anchor = request.anchor
            device.save(update_fields=["anchor"])
        _store(unit, device, request, entries)
        publishing.catch_up(Unit.objects.get(pk=unit.pk))
        _remember_contact(unit)
    return device


def _put_back(device: Device, request: SyncRequest) -> None:
    """A receipt of this life for more than is held: the database was put back to an older state, so a new life begins.

    Whoever restores by `backup.restore` has begun it already; this is for copies of a disk and dumps of a database.
    """
    receipt = request.given
    if receipt is None or (receipt.union, receipt.device) != (request.union, device.device):
        return
    trusted = keys.all_public(settings.SERVER_DATA)
    if not any(messages.is_signed(receipt, request.given_sig or b"", key) for key in trusted):
        return
    installation = Installation.objects.select_for_update().get()
    if receipt.dseq > device.dseq and receipt.epoch == installation.epoch:
        installation.epoch += 1
        installation.save(update_fields=["epoch"])


def _entries(unit: Unit, request: SyncRequest) -> list[Entry]:
    """The ops sent, whole again and chained from `prev`.

    Raises `Malformed` ("bad_chain") unless the chain ends at `head`.
    """
    if request.first < 1:
        raise Malformed("malformed", "first is 0")
    previous, entries = request.prev, []
    sent = [(request.device, raw, payload) for raw, payload in request.ops]
    whole = lean.restored(sent, lambda records: history.secrets_of(unit, records))
    for dseq, (raw, (_, _, payload)) in enumerate(zip(whole, sent, strict=True), start=request.first):
        entries.append(history.entry(request.device, dseq, raw, payload, previous))
        previous = entries[-1].hash
    if previous != request.head:
        raise Malformed("bad_chain", "the chain does not end at head")
    return entries


def _store(unit: Unit, device: Device, request: SyncRequest, entries: Sequence[Entry]) -> None:
    """Append what is not held yet; the unit's head row is locked.

    Raises `Gap`, or `Malformed` ("fork") if the device's history is another than the one held.
    """
    here = held.last(device) if device.revoked else device.dseq
    if request.first > here + 1:
        raise Gap(here)
    if _hash_at(unit, device, request.first - 1) != request.prev:
        raise Malformed("fork", f"another history before {request.first}")
    known = min(here - request.first + 1, len(entries))
    if known and _hash_at(unit, device, entries[known - 1].dseq) != entries[known - 1].hash:
        raise Malformed("fork", f"another history up to {entries[known - 1].dseq}")
    fresh = entries[known:]
    if fresh and device.revoked:
        held.keep(device, fresh)
    elif fresh:
        projections.project(unit, history.append(unit, device, fresh), fresh)


def _hash_at(unit: Unit, device: Device, dseq: int) -> bytes:
    """The device's chain after `dseq`, which is held."""
    if dseq == device.dseq:
        return bytes(device.hash)
    if dseq > device.dseq:
        return held.hash_at(device, dseq)
    if dseq == 0:
        return protocol.genesis(unit.code, device.device)
    return bytes(Op.objects.values_list("hash", flat=True).get(device=device, dseq=dseq))


def _remember_contact(unit: Unit) -> None:
    """When the unit was last heard of, to the minute: a quiet sync writes nothing."""
    now = timezone.now()
    if unit.contact is None or now - unit.contact > CONTACT_EVERY:
        Unit.objects.filter(pk=unit.pk).update(contact=now)


def answer(
    unit: Unit, device: Device, cursor: tuple[int, int], want: int, roster: int, *, whole: bool = True
) -> SyncReply:
    """State as committed. `top` is read before the ops: what is at or below it is all there.

    `whole`: others' entries with the hashes of their payloads.
    """
    seed = keys.signing(settings.SERVER_DATA, device.anchor)
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
    page = _page(device, after, top, min(want, LARGEST_PAGE), whole=whole)
    ends = _ends(unit, page.last)
    listed = Unit.objects.values_list("roster", flat=True).get(pk=unit.pk)
    return SyncReply(
        confirmed=device.dseq,
        receipt=receipt,
        receipt_sig=messages.signature_of(receipt, seed) if receipt else None,
        ops=tuple(page.ops),
        cursor=(epoch, page.reached),
        top=top,
        epoch=epoch,
        time=now,
        chains=tuple((author, hash_) for author, (_, hash_) in ends.items()),
        roster=listed if listed != roster else 0,
        peers=_peers(unit, seed) if listed != roster else (),
        changes=_changes(device.anchor),
        proofs=_proofs(device, ends, epoch, now),
    )


def _proofs(
    reader: Device, ends: Mapping[str, tuple[int, bytes]], epoch: int, now: int
) -> tuple[tuple[str, int, int, bytes], ...]:
    """Receipts for others' entries, which their reader keeps: each device's number and chain, signed."""
    seed, made = keys.signing(settings.SERVER_DATA, reader.anchor), []
    for author, (dseq, hash_) in ends.items():
        receipt = Receipt(union=reader.unit.code, device=author, dseq=dseq, hash=hash_, epoch=epoch, time=now)
        made.append((author, dseq, now, messages.signature_of(receipt, seed)))
    return tuple(made)


def _changes(anchor: int) -> tuple[tuple[KeyChange, bytes], ...]:
    """The changes of the server's key after one, each signed by the key before it; none where that one was stolen."""
    data = settings.SERVER_DATA
    changed = keys.generation(data)
    made = []
    for no in range(anchor + 1, changed + 1):
        before, seed = keys.signing(data, no - 1), keys.signing(data, no)
        if keys.public(before) != keys.listed(data)[no - 1]:
            return ()
        told = KeyChange(no=no, key=keys.public(seed), age=sealing.recipient(seed))
        made.append((told, messages.signature_of(told, before)))
    return tuple(made)


def _peers(unit: Unit, seed: bytes) -> tuple[Peer, ...]:
    """Every PC of the unit, with a certificate that others may be shown."""
    peers = []
    for device in Device.objects.filter(unit=unit, province=False).select_related("replaced_by").order_by("pk"):
        certificate = enrolment.certificate_of(unit, device)
        signature = messages.signature_of(certificate, seed)
        peers.append(
            Peer(
                certificate=certificate,
                certificate_sig=signature,
                age=device.age,
                lease=device.lease,
                revoked=device.revoked is not None,
                dropped=held.dropped(device) if device.revoked else 0,
                replaced_by=device.replaced_by.device if device.replaced_by else "",
                contact=int(device.contact.timestamp() * 1000) if device.contact else 0,
                dseq=device.dseq,
            )
        )
    return tuple(peers)


@dataclass
class _Page:
    """Others' ops after a place, the place reached, and each device's last place among them."""

    reached: int
    ops: list[tuple[str, bytes, bytes | None]] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)


def _page(device: Device, after: int, top: int, want: int, *, whole: bool) -> _Page:
    """Others' ops after a place, up to about `want` bytes but at least one."""
    page, size = _Page(after), 0
    others = Op.objects.filter(unit=device.unit_id, seq__gt=after, seq__lte=top).exclude(device=device).order_by("seq")
    for seq, author, raw, payload in others.values_list("seq", "device__device", "raw", "payload").iterator(500):
        payload = None if payload is None else bytes(payload)
        sent = bytes(raw) if whole else lean.lean(bytes(raw), payload)
        size += len(sent) + len(payload or b"")
        if page.ops and size > want:
            return page
        page.ops.append((author, sent, payload))
        page.last[author] = page.reached = seq
    page.reached = top
    return page


def _ends(unit: Unit, last: Mapping[str, int]) -> dict[str, tuple[int, bytes]]:
    """The number and chain of each device's op at a place."""
    columns = Op.objects.filter(unit=unit, seq__in=last.values()).values_list("seq", "dseq", "hash")
    found = {seq: (dseq, bytes(hash_)) for seq, dseq, hash_ in columns}
    return {device: found[seq] for device, seq in last.items()}
