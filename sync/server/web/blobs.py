"""`/blob/v1/…`: how much of a content is held, more of it, and all of it back; the signed message may be in a header.

A PUT that is cut is no loss: what came of its body is kept like the body of a whole one (`keep_cut`).
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from sync import messages
from sync.link import CONTENT_TYPE, MESSAGE_HEADER
from sync.messages import BlobReply, BlobRequest
from sync.protocol import Malformed
from sync.server import blobs, clock, ingest, snapshots
from sync.server.models import Device
from sync.server.settings import BODY_LIMIT
from sync.server.web import wire

HEADER = "HTTP_" + MESSAGE_HEADER.upper().replace("-", "_")
MOST_ASKED = 1000


@csrf_exempt
def ask(request: HttpRequest) -> HttpResponse:
    """`POST /blob/v1/ask`: an envelope both ways."""
    return wire.talk(request, _ask)


@csrf_exempt
def put(request: HttpRequest) -> HttpResponse:
    """`PUT /blob/v1/put`: bytes of one content."""

    def work(body: bytes, told: dict[str, str]) -> tuple[Any, bytes]:
        asked, device = _proven(_message(str(request.META.get(HEADER, ""))), "put", told)
        return BlobReply(held=(_keep(asked, device, body),), time=clock.now_ms()), asked.nonce

    return wire.talk(request, work, "PUT")


@csrf_exempt
def get(request: HttpRequest) -> HttpResponseBase:
    """`GET /blob/v1/get`: bytes of one content, or of a part of the history, from an offset on, as they are."""
    told: dict[str, str] = {}
    try:
        asked, device = _proven(_message(str(request.META.get(HEADER, ""))), "get", told)
        sha256, size = asked.contents[0][0].hex(), asked.contents[0][1]
        file = blobs.file_of(device.unit, sha256) or snapshots.file_of(device.unit, sha256)
        if file is None or asked.offset > size:
            raise Malformed("unknown_content")
    except Malformed as fault:
        return wire.refuse(request, fault, told)
    answer = StreamingHttpResponse(blobs.read(file, asked.offset), content_type=CONTENT_TYPE)
    answer["Content-Length"] = str(size - asked.offset)
    return answer


def keep_cut(header: str, body: bytes) -> None:
    """Keep what came of a PUT before it was cut. Raises `Malformed`."""
    asked, device = _proven(_message(header), "put", {})
    _keep(asked, device, body[:BODY_LIMIT])


def _ask(body: bytes, told: dict[str, str]) -> tuple[Any, bytes]:
    asked, device = _proven(body, "ask", told)
    held = (_held(device, sha256.hex(), size) for sha256, size in asked.contents[:MOST_ASKED])
    return BlobReply(held=tuple(held), time=clock.now_ms()), asked.nonce


def _proven(body: bytes, verb: str, told: dict[str, str]) -> tuple[BlobRequest, Device]:
    read = messages.read(BlobRequest, body)
    told.update(unit=read.message.union, device=read.message.device, nonce=read.message.nonce.hex())
    device = ingest.sender(read.message)
    asked = read.check(bytes(device.key))
    if device.unit.code != asked.union:
        raise Malformed("foreign_union")
    if device.revoked:
        raise Malformed("revoked")
    if asked.verb != verb or not asked.contents:
        raise Malformed("malformed", f"{asked.verb} at {verb}")
    return asked, device


def _keep(asked: BlobRequest, device: Device, body: bytes) -> int:
    """More of a content; answers how much of it is held now, 0 if what came was not what its name says."""
    sha256, size = asked.contents[0][0].hex(), asked.contents[0][1]
    if not 0 < size <= blobs.LARGEST or asked.offset + len(body) > size:
        raise Malformed("too_large")
    if blobs.held(device.unit, sha256):
        return size
    here = blobs.add(device.unit, sha256, asked.offset, body)
    if here < size:
        return here
    return size if blobs.finish(device.unit, sha256, size) else 0


def _held(device: Device, sha256: str, size: int) -> int:
    return size if blobs.held(device.unit, sha256) else min(blobs.arrived(device.unit, sha256), size - 1)


def _message(header: str) -> bytes:
    try:
        return base64.b64decode(header, validate=True)
    except binascii.Error:
        raise Malformed("malformed", "no message") from None
