"""The same verdicts for scripts: JSON over HTTP as signed-in staff.

`POST /api/v1/sign-in` answers a token that every later POST carries as `X-CSRFToken`, beside the session cookie.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.csrf import csrf_exempt

from desktop_app.domain.errors import Refused, Trouble
from sync.server import extra_fields, inbox, rates, verdicts
from sync.server.web import guard, packets

P = ParamSpec("P")
Answer = Callable[Concatenate[HttpRequest, P], dict[str, Any]]


class _Unsuited(Exception):
    """The request as such is wrong: an HTTP status and why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def _json(method: str, open_door: bool = False) -> Callable[[Answer[P]], Callable[Concatenate[HttpRequest, P], Any]]:
    """Answer JSON; refusals in the shape the commands have. Staff only, unless the door is open."""

    def made(answer: Answer[P]) -> Callable[Concatenate[HttpRequest, P], JsonResponse]:
        @wraps(answer)
        def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
            try:
                if request.method != method:
                    raise _Unsuited(405, f"Địa chỉ này chỉ nhận {method}.")
                if not (open_door or guard.is_staff(request)):
                    raise _Unsuited(401, "Hãy đăng nhập trước.")
                return _reply(200, answer(request, *args, **kwargs))
            except Refused as refused:
                problems = [{"field": p.field, "problem": p.problem} for p in refused.problems]
                missing = [p.field for p in refused.problems] == ["id"]
                return _error(404 if missing else 409, problems, str(refused))
            except _Unsuited as unsuited:
                return _error(unsuited.status, [], str(unsuited))

        return view

    return made


@csrf_exempt  # another site cannot send this content type without asking first
@_json("POST", open_door=True)
def sign_in(request: HttpRequest) -> dict[str, Any]:
    """`{"user", "password"}` -> `{"user", "csrf"}` and a session cookie."""
    if request.content_type != "application/json":
        raise _Unsuited(400, "Hãy gửi application/json.")
    given = _body(request)
    guard.sign_in(request, str(given.get("user", "")), str(given.get("password", "")))
    return {"user": guard.who(request), "csrf": get_token(request)}


@_json("GET")
def list_inbox(request: HttpRequest) -> dict[str, Any]:
    """`{"submissions": […]}`, as the command `inbox`."""
    return {"submissions": inbox.entries(request.GET.get("state"))}


@_json("GET")
def show(request: HttpRequest, id_: str) -> dict[str, Any]:
    """One submission with its content and verdicts."""
    return inbox.whole(inbox.find(id_))


@_json("POST")
def accept(request: HttpRequest, id_: str) -> dict[str, Any]:
    """-> `{"id", "state"}`"""
    decided = verdicts.accept(inbox.find(id_), guard.who(request))
    return {"id": str(decided.pk), "state": decided.state}


@_json("POST")
def send_back(request: HttpRequest, id_: str) -> dict[str, Any]:
    """`{"note", "cells": {code: note}}` -> `{"id", "state"}`"""
    given = _body(request)
    cells = given.get("cells") or {}
    if not isinstance(cells, dict):
        raise _Unsuited(400, "cells phải là {mã ô: ghi chú}.")
    notes = {str(code): str(note) for code, note in cells.items()}
    decided = verdicts.send_back(inbox.find(id_), str(given.get("note", "")), notes, guard.who(request))
    return {"id": str(decided.pk), "state": decided.state}


@_json("POST")
def send_rate(request: HttpRequest, name: str) -> dict[str, Any]:
    """`{"since", "value", "law"}`, the value as staff types it -> `{"id", "since"}`"""
    given = _body(request)
    since, value, law = (str(given.get(key, "")) for key in ("since", "value", "law"))
    sent = rates.send(name, since, value, law, guard.who(request))
    return {"id": sent.id, "since": str(sent.since)}


@_json("POST")
def bring_packet(request: HttpRequest) -> dict[str, Any]:
    """A packet as the file "packet" of a form -> `{"id", "unit", "device", "ops", "blobs", "check_code"}`; its reply is
    at `/api/v1/packets/ID/reply`.
    """
    try:
        taken = packets.bring(request)
    except Trouble as trouble:
        raise _Unsuited(503, str(trouble)) from trouble
    return {
        "id": taken.pk, "unit": taken.unit.code, "device": taken.device.device, "ops": taken.ops,
        "blobs": taken.blobs, "check_code": taken.code,
    }  # fmt: skip


@_json("POST")
def define_field(request: HttpRequest) -> dict[str, Any]:
    """`{"code", "label", "kind", "choices": […], "since", "until", "sensitive", "law"}` -> `{"id", "code"}`"""
    made = extra_fields.define(_body(request), guard.who(request))
    return {"id": made.id, "code": made.code}


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise _Unsuited(400, "Nội dung gửi lên không phải JSON.")
    return given


def _error(status: int, problems: list[dict[str, str]], message: str) -> JsonResponse:
    return _reply(status, {"error": {"kind": "refused", "problems": problems, "message": message}})


def _reply(status: int, answer: dict[str, Any]) -> JsonResponse:
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})
