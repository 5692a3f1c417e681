"""What the fields of messages may hold, and the server's two statements that are kept and shown by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

Device = Annotated[str, Meta(pattern="^[0-9a-f]{16}$", max_length=16)]
Union = Annotated[str, Meta(min_length=1, max_length=40)]
Key = Annotated[bytes, Meta(min_length=32, max_length=32)]
Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]
Nonce = Annotated[bytes, Meta(min_length=16, max_length=16)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
Age = Annotated[str, Meta(pattern="^age1[0-9a-z]+$", max_length=100)]
"""Whom a packet is sealed to: an age recipient."""
Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""Sequence numbers, sizes, and times in milliseconds since 1970 (UTC)."""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The server's word that this key is a device of this union."""

    union: Union
    device: Device
    key: Key
    issued: Count


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The server holds this device's ops up to `dseq`, durably; `hash` is the chain there."""

    union: Union
    device: Device
    dseq: Count
    hash: Hash
    epoch: Count
    time: Count
