"""The history of a unit in parts by column (`sync.columns`), for a PC that has much to read.

Each part begins at a fixed place, so that an entry is packed once and not for every PC: a file of the data folder,
made when it is first asked for. The last part grows with the history and is made anew once it lacks enough. A part may
hold values of a person, as the entries it is made of: an erasure drops it in its own transaction.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
import os
import secrets
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet

from sync import columns, lean, parts
from sync.columns import Entry, Step
from sync.messages import PartReply, PartRequest
from sync.protocol import Malformed
from sync.server import clock, history
from sync.server.models import Device, Installation, Op, Part, UnionHead, Unit

FOLDER = "parts"
_TRIES = 3
_Found = tuple[str, bytes, bytes | None, bytes]
"""Device, op, payload, and the chain after it."""
log = logging.getLogger("socongdoan.wire")


def part_after(asked: PartRequest, device: Device) -> PartReply:
    """The part that holds what follows a cursor, if there is one and it is worth while."""
    epoch = Installation.objects.get().epoch
    top = UnionHead.objects.values_list("seq", flat=True).get(unit=device.unit_id)
    after = asked.cursor[1] if asked.cursor[0] == epoch and asked.cursor[1] <= top else 0
    part = _found(device.unit, after, top) if top - after - device.dseq >= parts.FEW else None
    return PartReply(
        first=part.first if part else 0,
        last=part.last if part else 0,
        size=part.size if part else 0,
        sha256=bytes.fromhex(part.sha256) if part else bytes(32),
        top=top,
        epoch=epoch,
        time=clock.now_ms(),
    )


def file_of(unit: Unit, sha256: str) -> Path | None:
    """Where the part of this SHA-256 lies; None if there is none."""
    if not Part.objects.filter(unit=unit, sha256=sha256).exists():
        return None
    file = _folder(unit) / sha256
    return file if file.exists() else None


def forget(unit: Unit, places: Collection[int]) -> None:
    """Values of these entries were erased: parts that hold them go, with the transaction of the caller."""
    for part in Part.objects.filter(unit=unit):
        if any(part.first <= place <= part.last for place in places):
            _drop(part)


def sweep() -> None:
    """Remove files that belong to no part: left by a server that ended at the wrong moment."""
    kept = {(str(unit), sha256) for unit, sha256 in Part.objects.values_list("unit_id", "sha256")}
    for file in (Path(settings.SERVER_DATA) / FOLDER).glob("*/*"):
        if (file.parent.name, file.name) not in kept:
            file.unlink(missing_ok=True)


def _found(unit: Unit, after: int, top: int) -> Part | None:
    first = after // parts.SIZE * parts.SIZE + 1
    last = min(top, first + parts.SIZE - 1)
    if not _is_worth(first, after, last):
        return None
    part = _held(unit, first)
    if part is None or (part.last < last and top - part.last >= parts.FEW):
        part = _made(unit, first, last)
    return part if part is not None and _is_worth(first, after, part.last) else None


def _is_worth(first: int, after: int, last: int) -> bool:
    """Whether a part brings enough, and no more that is held already than is new."""
    new = last - after
    return new >= parts.FEW and new >= after - first + 1


def _held(unit: Unit, first: int) -> Part | None:
    part = Part.objects.filter(unit=unit, first=first).first()
    return part if part is not None and (_folder(unit) / part.sha256).exists() else None


def _made(unit: Unit, first: int, last: int) -> Part | None:
    """Pack a part and keep it; whoever writes meanwhile is held up for a moment only. None: the log serves."""
    for _ in range(_TRIES):
        try:
            packed = _packed(unit, first, last)
            _write(_folder(unit) / packed.sha256, packed.content)
        except (OSError, Malformed):
            log.exception("part of %s from %s", unit.code, first)
            return None
        if made := _kept(unit, first, last, packed):
            return made
        (_folder(unit) / packed.sha256).unlink(missing_ok=True)
    return None


class _Packed(NamedTuple):
    """A part's bytes, and how many of its entries have a payload."""

    content: bytes
    payloads: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def _kept(unit: Unit, first: int, last: int, packed: _Packed) -> Part | None:
    """The part in its place; None if a person in it was erased while it was packed."""
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=unit)
        if _range(unit, first, last).exclude(payload=None).count() != packed.payloads:
            return None
        for before in Part.objects.filter(unit=unit, first=first).exclude(sha256=packed.sha256):
            _drop(before)
        told = {"last": last, "size": len(packed.content), "sha256": packed.sha256}
        return Part.objects.get_or_create(unit=unit, first=first, defaults=told)[0]


def _packed(unit: Unit, first: int, last: int) -> _Packed:
    starts = _range(unit, first, last).values_list("device__device").annotate(Min("dseq")).order_by("device__device")
    packer = columns.Packer({device: dseq - 1 for device, dseq in starts})
    found = _range(unit, first, last).order_by("seq").values_list("device__device", "raw", "payload", "hash")
    payloads = 0
    for some in _by(parts.STEP, found.iterator(1000)):
        chains = {device: bytes(hash_) for device, _, _, hash_ in some}
        entries = [(device, bytes(raw), None if said is None else bytes(said)) for device, raw, said, _ in some]
        payloads += sum(said is not None for _, _, said in entries)
        packer.add(Step(tuple(_lean(unit, entries)), chains))
    return _Packed(packer.made(), payloads)


def _lean(unit: Unit, entries: list[Entry]) -> list[Entry]:
    """The entries without the hashes that a reader makes anew; whole, if that would not make them what they are."""
    spared = [(device, lean.lean(raw, payload), payload) for device, raw, payload in entries]
    try:
        made = lean.restored(spared, lambda records: history.secrets_of(unit, records))
    except lean.Unrestored:
        return entries
    pairs = zip(entries, spared, made, strict=True)
    return [less if again == entry[1] else entry for entry, less, again in pairs]


def _by(size: int, found: Iterator[_Found]) -> Iterator[list[_Found]]:
    while some := list(itertools.islice(found, size)):
        yield some


def _range(unit: Unit, first: int, last: int) -> QuerySet[Op]:
    return Op.objects.filter(unit=unit, seq__gte=first, seq__lte=last)


def _drop(part: Part) -> None:
    """A part goes with the caller's transaction, its file after that."""
    file = _folder_of(part.unit_id) / part.sha256
    part.delete()
    transaction.on_commit(lambda: file.unlink(missing_ok=True))


def _write(file: Path, packed: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with open(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(packed)
        out.flush()
        os.fsync(out.fileno())
    making.replace(file)


def _folder(unit: Unit) -> Path:
    return _folder_of(unit.pk)


def _folder_of(unit: int) -> Path:
    return Path(settings.SERVER_DATA) / FOLDER / str(unit)
