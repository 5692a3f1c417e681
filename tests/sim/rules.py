"""What can be broken on purpose, to see that the simulator finds it; and envelopes that cost nothing."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import msgspec

from sync import client, envelope, merge
from sync.protocol import Malformed, canonical

CURSOR, ACK, DELETION, FORK, LOST, TWICE = (
    "cursor past unapplied data", "ack before commit", "deletion beats edit", "fork accepted", "payload lost",
    "held entry counted twice",
)  # fmt: skip
RULES = (CURSOR, ACK, DELETION, FORK, LOST, TWICE)
IN_PROGRAM = RULES[:-1]
"""Those that the program's own code can be made to break: no row of its database counts twice."""

_resolve = merge.resolve


def _deletion_wins(ops: Any) -> merge.State:
    told = list(ops)
    state = _resolve(told)
    ended = any(op.kind == "retire" for op in told)
    return merge.State(state.values, state.heads, state.retired or ended, state.erased, state.overlaps)


@contextmanager
def broken_in_both(rule: str) -> Iterator[None]:
    """Those rules that stand in what model and program share."""
    with ExitStack() as more:
        if rule == DELETION:
            more.enter_context(patch.object(merge, "resolve", _deletion_wins))
        if rule == FORK:  # by both ends: else the receipt's hash tells the client
            more.enter_context(patch.object(client, "check_receipt", lambda *_: None))
        yield


@contextmanager
def quick_envelopes() -> Iterator[None]:
    """For ten thousand schedules: who knows a key can sign for it, and nothing is packed; but a changed byte, another
    key, or an end that was cut off still shows. (The real ones are met by `tests.sim.real`.)
    """

    def public_key(seed: bytes) -> bytes:
        return hashlib.sha256(b"key" + seed).digest()

    def sign(seed: bytes, content: bytes) -> bytes:
        return hashlib.sha512(public_key(seed) + content).digest()

    def signed(key: bytes, content: bytes, signature: bytes) -> bool:
        return hashlib.sha512(key + content).digest() == signature

    def seal(seed: bytes, tag: bytes, body: bytes, bound: bytes = b"") -> bytes:
        content = canonical([body, sign(seed, tag + bound + body)])
        return zlib.crc32(content).to_bytes(4, "big") + content

    def open_envelope(sent: bytes) -> envelope.Opened:
        if zlib.crc32(sent[4:]).to_bytes(4, "big") != sent[:4]:
            raise Malformed("malformed")
        return envelope.Opened(*_pair.decode(sent[4:]))

    with ExitStack() as more:
        for stand_in in (public_key, sign, signed, seal, open_envelope):
            more.enter_context(patch.object(envelope, stand_in.__name__, stand_in))
        yield


_pair = msgspec.msgpack.Decoder(tuple[bytes, bytes])
