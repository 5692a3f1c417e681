"""An entry of a former device said again under a new one: the same act, at another number of another chain.

Person, moment, values and payload stay; only what names entries by their numbers is rewritten: its own number, its
base, the set a closing or settlement froze, and the hash of its payload (whose salt is made of device and number).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sync import protocol
from sync.protocol import Head

Moved = Mapping[Head, Head]
"""Where entries of former devices stand now: old (device, dseq) -> new."""

_DSEQ, _ENTITY, _BODY, _BASE = 0, 5, 8, 9


def say_again(old: Head, new: Head, raw: bytes, private: tuple[bytes | None, bytes], moved: Moved) -> bytes:
    """The bytes of the entry `old` as the entry `new`; `moved` tells of all entries said again before it.

    `private`: its payload, if it has one, and the secret of its record.
    A private entry whose payload is erased keeps the old hash: nothing is left that it could be compared with.
    An entry of bytes that are no array (a later schema's) is said again as it is.
    """
    payload, secret = private
    parts: Any = msgspec.msgpack.decode(raw)
    if not isinstance(parts, list) or len(parts) <= _BASE:
        return raw
    parts[_DSEQ] = new[1]
    if isinstance(parts[_BODY], bytes):
        if payload is not None:
            parts[_BODY] = protocol.payload_digest(secret, *new, payload)
    elif isinstance(parts[_BODY], dict) and parts[_ENTITY] in ("closing", "submission"):
        parts[_BODY] = _frozen_again(parts[_BODY], moved)
    parts[_BASE] = [[_head(_seen(head, old[0]), new[0], moved) for head in group] for group in parts[_BASE]]
    return protocol.canonical(parts)


def _seen(head: Any, author: str) -> Head:
    return (author, head) if isinstance(head, int) else (bytes(head[0]).hex(), int(head[1]))


def _head(head: Head, author: str, moved: Moved) -> int | list[Any]:
    device, dseq = moved.get(head, head)
    return dseq if device == author else [bytes.fromhex(device), dseq]


def _frozen_again(body: dict[str, Any], moved: Moved) -> dict[str, Any]:
    """A frozen set, {device: last number}, that goes as far in the new chain as it went in the old ones."""
    if not isinstance(body.get("through"), dict):
        return body
    through: dict[str, int] = {}
    for device, last in body["through"].items():
        stayed = last
        while stayed and (device, stayed) in moved:
            stayed -= 1
        if stayed:
            through[device] = max(stayed, through.get(device, 0))
        if stayed < last:
            new, dseq = moved[device, last]
            through[new] = max(dseq, through.get(new, 0))
    return {**body, "through": through}
