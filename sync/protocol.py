"""The journal's entries, their chain and their clock: pure, shared by the desktop and the server.

An entry (`Op`) is kept and sent as the exact bytes made here. Field by field, as a msgpack array:

    0 dseq    1, 2, 3 … of this device, without holes
    1 hlc     hybrid logical clock: milliseconds since 1970 << 16 | counter; for ties only
    2 schema  version of the declarations that wrote it
    3 actor   who did it (a name of the book, not of the operating system)
    4 verb    what the user did, e.g. "voucher.post"; the ops of one transaction share it
    5 entity  wire name of the record's declaration
    6 record  16-byte UUID
    7 kind    "set" | "retire" | "erase"
    8 body    {field: value}; for a "set" of a private entity the 32-byte SHA-256(salt ‖ payload) instead
    9 base    heads of each touched field, in the order of the body's sorted names: a head is an int
              (own dseq) or [device, dseq]; [] as a group = the field had no value; [] as a whole = the
              record did not exist
    10 reach  0 = goes wherever the book syncs | 1 = restricted: only these bytes leave the book, the payload never

A private payload is msgpack [{field: value}] or, in a record's first op, [{field: value}, secret] with
8 random bytes; salt = SHA-256(secret ‖ device ‖ dseq). Without the secret no hash can be guessed, so
erasing payloads and secret erases the person while the chain still verifies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

SCHEMA = 1
PROTOCOL = 1
Head = tuple[str, int]
"""(device as 16 hex digits, dseq)."""

_encoder = msgspec.msgpack.Encoder(order="sorted")
_TEXTS = {str}
_decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder()


class Malformed(ValueError):
    """Bytes that are not what the protocol says: a reason code for the other end, a detail for logs."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}" if detail else reason)


@dataclass(frozen=True)
class Op:
    """One journal entry of one device. `fields` is None where a private payload is absent or erased."""

    device: str
    dseq: int
    hlc: int
    schema: int
    actor: str
    verb: str
    entity: str
    record: str
    kind: str
    fields: Mapping[str, Any] | None
    base: tuple[tuple[Head, ...], ...]
    payload_hash: bytes = b""
    reach: int = 0

    @property
    def head(self) -> Head:
        return (self.device, self.dseq)

    def heads_of(self, name: str) -> tuple[Head, ...]:
        """The heads the author saw for one touched field."""
        if self.fields is None or not self.base:
            return ()
        return self.base[sorted(self.fields).index(name)]


def canonical(value: Any) -> bytes:
    """The one msgpack form of a value: map keys sorted, shortest integers."""
    return _encoder.encode(value)


def salt(secret: bytes, device: str, dseq: int) -> bytes:
    """The salt of one private payload."""
    return hashlib.sha256(secret + bytes.fromhex(device) + dseq.to_bytes(8, "big")).digest()


def payload_digest(secret: bytes, device: str, dseq: int, payload: bytes) -> bytes:
    """What the chain holds of a private payload (32 bytes)."""
    return hashlib.sha256(salt(secret, device, dseq) + payload).digest()


def encode(op: Op, secret: bytes | None = None, first: bool = False) -> tuple[bytes, bytes | None]:
    """The op's bytes, and the payload's bytes if the entity is private (`secret` given).

    `first` puts the secret into the payload, once, in the record's creating op.
    """
    payload: bytes | None = None
    body: Any = dict(op.fields or {})
    if secret is not None and op.kind == "set":
        payload = canonical([body, secret] if first else [body])
        body = payload_digest(secret, op.device, op.dseq, payload)
    base = [
        [head[1] if head[0] == op.device else [bytes.fromhex(head[0]), head[1]] for head in heads] for heads in op.base
    ]
    return (
        canonical(
            [
                op.dseq,
                op.hlc,
                op.schema,
                op.actor,
                op.verb,
                op.entity,
                bytes.fromhex(op.record.replace("-", "")),
                op.kind,
                body,
                base,
                op.reach,
            ]
        ),
        payload,
    )


def decode(device: str, raw: bytes, payload: bytes | None = None) -> Op:
    """An op of its bytes. Raises `Malformed`; does not verify hashes (see `chain`, `payload_digest`)."""
    try:
        dseq, hlc, schema, actor, verb, entity, record, kind, body, base, reach = _decoder.decode(raw)
        fields: Mapping[str, Any] | None
        digest = b""
        if isinstance(body, bytes):
            digest = body
            parts = _decoder.decode(payload) if payload else [None]
            if not isinstance(parts, list):
                raise Malformed("op_payload")
            fields = parts[0]
        else:
            fields = body
        heads = tuple(
            tuple((device, h) if isinstance(h, int) else (bytes(h[0]).hex(), int(h[1])) for h in group)
            for group in base
        )
        if not (
            isinstance(dseq, int) and dseq > 0 and isinstance(hlc, int) and 0 <= hlc < 2**64
            and isinstance(schema, int) and isinstance(kind, str) and isinstance(entity, str) and reach in (0, 1)
            and isinstance(actor, str) and isinstance(verb, str)
            and (fields is None or (isinstance(fields, dict) and set(map(type, fields)) <= _TEXTS))
        ):  # fmt: skip
            raise Malformed("op_types")
        if fields is not None and (fields if kind in ("retire", "erase") else base and len(base) != len(fields)):
            raise Malformed("op_base")
        return Op(
            device,
            dseq,
            hlc,
            schema,
            actor,
            verb,
            entity,
            _id_of(record),
            kind,
            fields,
            heads,
            digest,
            reach,
        )
    except Malformed:
        raise
    except (ValueError, TypeError, AttributeError, IndexError, OverflowError, msgspec.MsgspecError) as error:
        raise Malformed("op_bytes") from error


def _id_of(record: bytes) -> str:
    told = record.hex()
    if len(told) != 32:
        raise Malformed("op_record")
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


def reach_of(raw: bytes) -> int:
    """The last element of an op's bytes, without decoding the rest."""
    return raw[-1]


def secret_in(payload: bytes) -> bytes | None:
    """The 8 random bytes a creating payload carries, or None."""
    try:
        parts = _decoder.decode(payload)
    except msgspec.MsgspecError:
        return None
    return parts[1] if isinstance(parts, list) and len(parts) > 1 and isinstance(parts[1], bytes) else None


def genesis(union: str, device: str) -> bytes:
    """Where a device's chain begins (32 bytes): bound to the union's code and the device."""
    return hashlib.sha256(b"socongdoan journal 1\0" + union.encode() + b"\0" + bytes.fromhex(device)).digest()


def chain(previous: bytes, raw: bytes) -> bytes:
    """The hash after one more op: SHA-256(previous ‖ bytes)."""
    return hashlib.sha256(previous + raw).digest()


@dataclass(frozen=True)
class Batch:
    """A stretch of one device's chain: its entries from number `first`, between the hashes `prev` and `head`."""

    first: int
    prev: bytes
    head: bytes
    ops: tuple[tuple[bytes, bytes | None], ...]


@dataclass(frozen=True)
class Clock:
    """A hybrid logical clock that never refuses: remote times move it at most 5 minutes past the wall."""

    last: int = 0

    def tick(self, wall_ms: int) -> Clock:
        """The clock of the next local op."""
        return Clock(max(self.last + 1, wall_ms << 16))

    def seen(self, remote: int, wall_ms: int) -> Clock:
        """The clock after a remote op."""
        return Clock(max(self.last, min(remote, (wall_ms + 300_000) << 16)))
