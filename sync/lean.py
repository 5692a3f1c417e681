"""An entry as it travels beside its payload: without the payload's hash, which the reader makes anew.

Those 32 bytes are the only part of a private entry that no compression makes smaller, and whoever has the payload and
the record's secret has them. The reader puts them back before it chains, so that chains, comparisons and what is kept
are of the exact bytes the author wrote. Who cannot (the record was erased meanwhile) asks for whole entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from sync import protocol
from sync.protocol import Malformed

SPARED = 33
"""Bytes an entry is shorter without its payload's hash."""
_WITH, _WITHOUT = b"\xa3set\xc4\x20", b"\xa3set\xc0"
"""Elements 7 and 8 as they stand: neither can lie within a text, for neither is UTF-8."""
_DSEQ, _ENTITY, _RECORD, _BODY = 0, 5, 6, 8
_PARTS = 11
_decode: Callable[[bytes], Any] = msgspec.msgpack.Decoder().decode

Entry = tuple[str, bytes, bytes | None]
"""(device, op, payload)."""
Secrets = Callable[[Mapping[bytes, str]], Mapping[bytes, bytes]]
"""Records (16 bytes) with their entities to the secrets that are held of them."""


class Unrestored(Malformed):
    """Entries without hashes that do not become what their author wrote: they are to be sent whole."""

    def __init__(self, detail: str) -> None:
        super().__init__("bad_chain", detail)


def lean(raw: bytes, payload: bytes | None) -> bytes:
    """An entry without its payload's hash if its payload goes along, else as it is."""
    if payload is None:
        return raw
    at = raw.find(_WITH)
    return raw if at < 0 else raw[:at] + _WITHOUT + raw[at + len(_WITH) + 32 :]


def restored(entries: Sequence[Entry], secrets: Secrets) -> list[bytes]:
    """The exact bytes of entries that came lean or whole, in their order.

    Secrets stand in the payloads of the entries themselves, or are asked for. Raises `Unrestored` if one is unknown.
    """
    made = [raw for _, raw, _ in entries]
    told: dict[bytes, bytes] = {}
    asked: dict[bytes, str] = {}
    bare = []
    for place, dseq, entity, record in _without(entries):
        payload = entries[place][2]
        secret = protocol.secret_in(payload) if payload else None
        if secret is not None:
            told[record] = secret
        elif record not in told:
            asked[record] = entity
        bare.append((place, dseq, record))
    if asked:
        told = {**secrets(asked), **told}
    for place, dseq, record in bare:
        device, raw, payload = entries[place]
        if record not in told or payload is None:
            raise Unrestored(f"the secret of entry {dseq} is not held")
        digest = protocol.payload_digest(told[record], device, dseq, payload)
        made[place] = raw.replace(_WITHOUT, _WITH + digest, 1)
    return made


def _without(entries: Iterable[Entry]) -> Iterable[tuple[int, int, str, bytes]]:
    """Which entries lack the hash: place, dseq, entity, record."""
    for place, (_, raw, payload) in enumerate(entries):
        if payload is None or _WITHOUT not in raw:
            continue
        try:
            parts = _decode(raw)
        except msgspec.MsgspecError:
            continue
        if isinstance(parts, list) and len(parts) == _PARTS and parts[_BODY] is None:
            dseq, entity, record = parts[_DSEQ], parts[_ENTITY], parts[_RECORD]
            if isinstance(dseq, int) and dseq > 0 and isinstance(entity, str) and isinstance(record, bytes):
                yield place, dseq, entity, record

