"""`POST /part/v1`: which part of the unit's history a PC reads next; its bytes are fetched as a content's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from sync import messages
from sync.messages import PartRequest
from sync.protocol import Malformed
from sync.server import ingest, snapshots
from sync.server.web import wire


@csrf_exempt
def part(request: HttpRequest) -> HttpResponse:
    """An envelope both ways."""
    return wire.talk(request, _part)


def _part(body: bytes, told: dict[str, str]) -> tuple[Any, bytes]:
    read = messages.read(PartRequest, body)
    told.update(unit=read.message.union, device=read.message.device, nonce=read.message.nonce.hex())
    device = ingest.sender(read.message)
    asked = read.check(bytes(device.key))
    if device.unit.code != asked.union:
        raise Malformed("foreign_union")
    if device.revoked:
        raise Malformed("revoked")
    return snapshots.part_after(asked, device), asked.nonce
