"""What the server does while it may be killed at any moment: its own code on its database, in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sync import protocol
from sync.server.place import open_place


def begin(data: Path) -> None:
    """Make Django ready; every child opens the database anew."""
    open_place(data, None)
    from django.db import connections

    connections.close_all()


def take(file: str, reply: str) -> dict[str, Any]:
    """A packet, and its reply."""
    from sync.server import packets

    taken = packets.take(Path(file), "Văn phòng")
    return {"ops": taken.ops, "blobs": taken.blobs, "code": packets.reply(taken, Path(reply))}


def watch(data: str) -> list[str]:
    """Two looks into the watched folder; answers what lies where."""
    from sync.server import watching

    for folder in (watching.OUT, watching.IN, f"{watching.IN}/{watching.DONE}", f"{watching.IN}/{watching.REFUSED}"):
        (Path(data) / folder).mkdir(exist_ok=True)
    watching.look(Path(data), watching.look(Path(data), {}))
    return sorted(str(file.relative_to(data)) for file in Path(data).rglob("*.goi"))


def look(union: str) -> dict[str, Any]:
    """What the server holds of a union, proven: every chain from its beginning, seq without a hole."""
    from sync.server.models import Blob, Device, Op, Packet, UnionHead, Unit

    unit = Unit.objects.get(code=union)
    found = list(Op.objects.filter(unit=unit).order_by("seq").values_list("seq", "device__device", "dseq", "raw"))
    fault = "" if [seq for seq, *_ in found] == list(range(1, len(found) + 1)) else "a hole in seq"
    if UnionHead.objects.get(unit=unit).seq != len(found):
        fault = "the head is not the last seq"
    for device in Device.objects.filter(unit=unit):
        own = [(dseq, bytes(raw)) for _, author, dseq, raw in found if author == device.device]
        hash_ = protocol.genesis(union, device.device)
        for number, (dseq, raw) in enumerate(own, 1):
            hash_ = protocol.chain(hash_, raw)
            fault = fault if dseq == number else "a hole in a chain"
        if (device.dseq, bytes(device.hash)) != (len(own), hash_):
            fault = "a chain's head is not its last entry's"
    packets = list(Packet.objects.filter(unit=unit).values_list("ops", flat=True))
    return {"fault": fault, "entries": len(found), "packets": packets, "files": Blob.objects.filter(unit=unit).count()}
