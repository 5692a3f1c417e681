"""Messages beside the daily ones (`sync.messages`): a restored server is filled again, a device changes its keys."""

from __future__ import annotations

from dataclasses import dataclass

from sync.protocol import PROTOCOL
from sync.wire_types import Age, Certificate, Count, Device, Key, Nonce, Receipt, Signature, Union


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A PC holds the entries of another device up to a receipt of the server. The certificate and `age` make the device
    known; the province's own has none.
    """

    receipt: Receipt
    receipt_sig: Signature
    certificate: Certificate | None = None
    certificate_sig: Signature | None = None
    age: str = ""


@dataclass(frozen=True, kw_only=True)
class RefillRequest:
    """What a restored server may lack of other devices; `ops` are entries of the one named `of`, from `first` on."""

    union: Union
    device: Device
    offers: tuple[Offer, ...]
    time: Count
    nonce: Nonce
    of: str = ""
    first: Count = 0
    ops: tuple[tuple[bytes, bytes | None], ...] = ()
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class RefillReply:
    """After which number the server lacks entries of each device offered; one it lacks nothing of is not named."""

    lacking: tuple[tuple[Device, Count], ...]
    time: Count
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class RekeyRequest:
    """A device takes new keys; signed by the one it had. `proof`: the new key's signature over the rest of what it says
    (`sync.rekey`).
    """

    union: Union
    device: Device
    key: Key
    age: Age
    proof: Signature
    time: Count
    nonce: Nonce
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class RekeyReply:
    """The new keys count from now on, the old ones no more."""

    certificate: Certificate
    certificate_sig: Signature
    time: Count
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class KeyChange:
    """The server signs with another key from now on, its `no`-th change; signed by the key before it."""

    no: Count
    key: Key
    age: Age
