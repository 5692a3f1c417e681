"""The addresses the desktops speak to. Everything refused is logged with its reason and nothing of a person."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from sync import messages
from sync.messages import EnrolRequest, RefillRequest, Refusal, RekeyRequest, SyncRequest
from sync.protocol import Malformed
from sync.server import clock, enrolment, ingest, keys
from sync.server import refill as refilling
from sync.server import rekey as rekeying
from sync.server.models import Device
from sync.server.settings import BODY_LIMIT

CONTENT_TYPE = "application/x-socongdoan"
log = logging.getLogger("socongdoan.wire")

Talk = Callable[[bytes, dict[str, str]], tuple[Any, bytes]]
"""A request's body to the answer's message and the nonce it is bound to; notes for the log go into the dict."""


@csrf_exempt
def enrol(request: HttpRequest) -> HttpResponse:
    """`POST /enrol/v1`"""
    return talk(request, _enrol)


@csrf_exempt
def sync(request: HttpRequest) -> HttpResponse:
    """`POST /sync/v1`"""
    return talk(request, _sync)


@csrf_exempt
def refill(request: HttpRequest) -> HttpResponse:
    """`POST /refill/v1`"""
    return talk(request, _refill)


@csrf_exempt
def rekey(request: HttpRequest) -> HttpResponse:
    """`POST /rekey/v1`"""
    return talk(request, _rekey)


def _enrol(body: bytes, told: dict[str, str]) -> tuple[Any, bytes]:
    read = messages.read(EnrolRequest, body)
    told.update(unit=read.message.union, device=read.message.device, nonce=read.message.nonce.hex())
    told["anchor"] = str(keys.generation(settings.SERVER_DATA))
    asked = read.check(read.message.key)
    return enrolment.enrol(asked), asked.nonce


def _sync(body: bytes, told: dict[str, str]) -> tuple[Any, bytes]:
    read = messages.read(SyncRequest, body)
    told.update(unit=read.message.union, device=read.message.device, nonce=read.message.nonce.hex())
    told["anchor"] = str(read.message.anchor)
    device = ingest.sender(read.message)
    asked = read.check(bytes(device.key))
    return ingest.exchange(asked, device), asked.nonce


def _refill(body: bytes, told: dict[str, str]) -> tuple[Any, bytes]:
    read = messages.read(RefillRequest, body)
    told.update(unit=read.message.union, device=read.message.device, nonce=read.message.nonce.hex())
    device = ingest.sender(read.message)
    asked = read.check(bytes(device.key))
    return refilling.refill(asked, device), asked.nonce


def _rekey(body: bytes, told: dict[str, str]) -> tuple[Any, bytes]:
    read = messages.read(RekeyRequest, body)
    told.update(unit=read.message.union, device=read.message.device, nonce=read.message.nonce.hex())
    asked, device = rekeying.proven(read)
    return rekeying.change(asked, device), asked.nonce


def talk(request: HttpRequest, work: Talk, verb: str = "POST") -> HttpResponse:
    """Answer a message by a message, or by a signed refusal."""
    if request.method != verb:
        return HttpResponse(status=405, headers={"Allow": verb})
    told: dict[str, str] = {}
    try:
        answer, bound = work(_body(request), told)
    except Malformed as fault:
        return refuse(request, fault, told)
    except (DatabaseError, OSError) as fault:  # locked too long, full, or gone; nothing was stored
        log.exception("database")
        return refuse(request, Malformed("full" if _is_full(fault) else "busy", type(fault).__name__), told)
    return HttpResponse(_sealed(answer, bound, told), content_type=CONTENT_TYPE)


def _is_full(fault: Exception) -> bool:
    """Whether the disk is full, as SQLite, PostgreSQL or the system says it."""
    return getattr(fault, "errno", 0) == errno.ENOSPC or any(
        sign in str(fault) for sign in ("disk is full", "No space left", "could not extend")
    )


def _body(request: HttpRequest) -> bytes:
    """The body, its size known before it is read. Raises `Malformed` ("too_large" or "malformed")."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if not length.isdecimal():
        raise Malformed("malformed", "no length")
    if int(length) > BODY_LIMIT:
        raise Malformed("too_large", f"{length} bytes")
    body = request.read(BODY_LIMIT + 1)
    if len(body) != int(length):
        raise Malformed("malformed", "shorter than its length")
    return body


def refuse(request: HttpRequest, fault: Malformed, told: dict[str, str]) -> HttpResponse:
    """The signed refusal, and a line of the log."""
    nonce = bytes.fromhex(told.pop("nonce", ""))
    log.warning("refused %s %s (%.120r) of %r", request.path, fault.reason, fault.detail, told)
    facts = {name: getattr(fault, name) for name in ("confirmed", "held", "dropped") if hasattr(fault, name)}
    refusal = Refusal(reason=fault.reason, time=clock.now_ms(), **facts)
    return HttpResponse(
        _sealed(refusal, nonce, told), status=messages.STATUS.get(fault.reason, 400), content_type=CONTENT_TYPE
    )


def _sealed(answer: Any, bound: bytes, told: dict[str, str]) -> bytes:
    """Signed by the key that the PC knows: it said so, or was last seen to."""
    anchor: int | None = int(told["anchor"]) if "anchor" in told else None
    if anchor is None and keys.generation(settings.SERVER_DATA):
        known = Device.objects.filter(device=told.get("device", "")).values_list("anchor", flat=True)
        anchor = known.first()
    if anchor is None:
        return messages.write(answer, keys.seed(settings.SERVER_DATA), bound)
    return messages.write(answer, keys.signing(settings.SERVER_DATA, anchor), bound)
