"""The messages of the wire, field by field, as both ends read and write them (`PROTOCOL.md` tells them).

A message is a frozen record; `write` makes its envelope, `read` opens one and checks every type and length.
A reading end calls `check` of what it read with the key it knows before it believes a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta

from sync import envelope
from sync.protocol import PROTOCOL, Malformed, canonical
from sync.trust import KeyChange, Offer, RefillReply, RefillRequest, RekeyReply, RekeyRequest
from sync.wire_types import Age, Certificate, Count, Device, Hash, Key, Nonce, Receipt, Signature, Union

__all__ = [
    "Age", "Certificate", "Count", "Device", "Hash", "Key", "KeyChange", "Nonce", "Offer", "Receipt", "RefillReply",
    "RefillRequest", "RekeyReply", "RekeyRequest", "Signature", "Union",
]  # fmt: skip

M = TypeVar("M")


@dataclass(frozen=True, kw_only=True)
class EnrolRequest:
    """A new device asks to belong to a union; signed by the key it brings. `replaces`: a PC of the union that is gone,
    whose place it takes; a PC that is enrolled already may say so, too.
    """

    code: Annotated[str, Meta(max_length=40)]
    device: Device
    key: Key
    age: Age
    union: Union
    time: Count
    nonce: Nonce
    replaces: Annotated[str, Meta(pattern="^([0-9a-f]{16})?$")] = ""
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class EnrolReply:
    """The device is known from now on. `lease` is the number of the posting lease it holds, 0 = none.

    A server that has changed its key tells how often (`anchor`), and the first it had (`root`): the province's own
    devices are named by that one.
    """

    union: Union
    name: str
    device: Device
    certificate: Certificate
    certificate_sig: Signature
    server_key: Key
    server_age: Age
    epoch: Count
    lease: Count
    time: Count
    anchor: Count = 0
    root: bytes = b""
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A PC of the union as the server knows it: its certificate, whom packets for it are sealed to (`age`), the posting
    lease it holds (0 = none), and whether it was revoked; `dropped`: how many entries it sent afterwards the staff did
    not take; `replaced_by`: the PC that took its place, "" none. `contact` and `dseq`: when the server last heard of it
    and how many of its entries count, as of this list.
    """

    certificate: Certificate
    certificate_sig: Signature
    age: Age
    lease: Count
    revoked: bool
    dropped: Count = 0
    replaced_by: str = ""
    contact: Count = 0
    dseq: Count = 0


@dataclass(frozen=True, kw_only=True)
class SyncRequest:
    """A device's ops from `first` on, and how far it has read. `prev`, `head`: its chain before and after them.

    `want` is how many bytes of others' ops the reply may hold (at least one op comes if there is one). `roster` is
    the number of the list of PCs that the device has. Private entries may come without their payload's hash
    (`sync.lean`); `whole`: they are to be sent with it. `given` is the server's receipt for more than it said to hold:
    it has been put back to an older state.
    """

    union: Union
    device: Device
    first: Count
    prev: Hash
    head: Hash
    ops: tuple[tuple[bytes, bytes | None], ...]
    cursor: tuple[Count, Count]
    want: Count
    schema: Count
    time: Count
    nonce: Nonce
    roster: Count = 0
    anchor: Count = 0
    prove: bool = False
    whole: bool = False
    given: Receipt | None = None
    given_sig: Signature | None = None
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class SyncReply:
    """What the server holds of the device, and others' ops after the cursor, in order.

    The device repeats until `confirmed` is its own last number and `cursor[1]` is `top`. `peers` are all the PCs of
    the union if the device has not the list of this number (`roster`, 0 = it has). `chains` are the chains of the
    devices in `ops`, each after its last entry there: private entries may come without their payload's hash. `proofs`
    tell of the same entries their numbers, the time, and the signature of the receipt that says so: kept by the reader,
    who can give the entries back to a restored server. `changes` are the changes of the server's key since `anchor`,
    each signed by the key before it.
    """

    confirmed: Count
    receipt: Receipt | None
    receipt_sig: Signature | None
    ops: tuple[tuple[Device, bytes, bytes | None], ...]
    cursor: tuple[Count, Count]
    top: Count
    epoch: Count
    time: Count
    chains: tuple[tuple[Device, Hash], ...] = ()
    notices: tuple[str, ...] = ()
    roster: Count = 0
    peers: tuple[Peer, ...] = ()
    proofs: tuple[tuple[Device, Count, Count, Signature], ...] = ()
    changes: tuple[tuple[KeyChange, Signature], ...] = ()
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class BlobRequest:
    """About contents of files, by SHA-256 and size: `verb` "ask" (how much is held), "put" (bytes of one follow from
    `offset` on) or "get" (send them from there on).
    """

    union: Union
    device: Device
    verb: str
    contents: tuple[tuple[Hash, Count], ...]
    time: Count
    nonce: Nonce
    offset: Count = 0
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class BlobReply:
    """How many bytes of each content are held durably; its size = all of it, and its hash is right."""

    held: tuple[Count, ...]
    time: Count
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class PartRequest:
    """A PC that has much to read asks for a part of the union's history by column (`sync.snapshot`) after a place."""

    union: Union
    device: Device
    cursor: tuple[Count, Count]
    time: Count
    nonce: Nonce
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class PartReply:
    """The part holds the entries from `first` to `last`, those of the PC itself too; it is fetched as a content is.

    `size` 0: there is none, what is left comes by the log. `top` is the last seq.
    """

    first: Count
    last: Count
    size: Count
    sha256: Hash
    top: Count
    epoch: Count
    time: Count
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Nothing was changed, and why (`STATUS` lists the reasons). With "gap": send again after `confirmed`.

    With "revoked": the entries up to `confirmed` count, those up to `held` are kept apart until the staff has decided;
    `dropped` of them it did not take.
    """

    reason: str
    time: Count
    confirmed: Count | None = None
    held: Count = 0
    dropped: Count = 0
    v: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What lies in a packet, signed by its sender (`sync.packet`).

    `kind` is "province", "reply" or "device" (to other PCs); `messages` names what the messages are, in their order,
    `digest` is the SHA-256 of them all; `blobs` are the contents of files that follow, by SHA-256 and size.
    `nonce` is what the messages of a reply are bound to; `after` where the reader of a reply must have come to;
    `answers` the nonce of the packet a reply answers, `have` the contents it brought.
    """

    kind: str
    union: Union
    device: Device
    messages: tuple[str, ...]
    digest: Hash
    blobs: tuple[tuple[Hash, Count], ...]
    time: Count
    nonce: Nonce
    after: tuple[Count, Count] = (0, 0)
    answers: bytes = b""
    have: tuple[Hash, ...] = ()
    certificate: Certificate | None = None
    certificate_sig: Signature | None = None
    v: int = PROTOCOL


STATUS: Mapping[str, int] = {
    "malformed": 400, "bad_chain": 400, "too_new": 400,
    "bad_signature": 401, "unknown_device": 401,
    "foreign_union": 403, "revoked": 403, "bad_code": 403, "code_spent": 403,
    "unknown_content": 404, "unknown_replaced": 404, "gap": 409, "fork": 409, "too_large": 413, "busy": 429,
    "full": 507,
}  # fmt: skip
"""Every reason of a refusal, with its HTTP status."""

TAGS: Mapping[type[Any], bytes] = {
    EnrolRequest: b"socongdoan enrolment request 1\0",
    EnrolReply: b"socongdoan enrolment reply 1\0",
    SyncRequest: b"socongdoan request 1\0",
    SyncReply: b"socongdoan reply 1\0",
    Refusal: b"socongdoan refusal 1\0",
    Receipt: b"socongdoan receipt 1\0",
    Certificate: b"socongdoan certificate 1\0",
    KeyChange: b"socongdoan server key 1\0",
    Manifest: b"socongdoan packet 1\0",
    BlobRequest: b"socongdoan file request 1\0",
    BlobReply: b"socongdoan file reply 1\0",
    RefillRequest: b"socongdoan refill request 1\0",
    RefillReply: b"socongdoan refill reply 1\0",
    PartRequest: b"socongdoan part request 1\0",
    PartReply: b"socongdoan part reply 1\0",
    RekeyRequest: b"socongdoan rekey request 1\0",
    RekeyReply: b"socongdoan rekey reply 1\0",
}
"""What stands before the signed bytes, so that no signature of one kind is taken for another."""


@dataclass(frozen=True)
class Read(Generic[M]):
    """A message that came, and its still unproven signature."""

    message: M
    opened: envelope.Opened

    def check(self, key: bytes, bound: bytes = b"") -> M:
        """The message, proven to be of this public key. Raises `Malformed` ("bad_signature")."""
        if not self.is_signed(key, bound):
            raise Malformed("bad_signature")
        return self.message

    def is_signed(self, key: bytes, bound: bytes = b"") -> bool:
        """Whether this public key signed the message, as an answer to the request of nonce `bound`."""
        return self.opened.is_signed(key, TAGS[type(self.message)], bound)


def write(message: Any, seed: bytes, bound: bytes = b"") -> bytes:
    """The envelope of a message. `bound` is, in every reply and refusal, the nonce of the request.

    (Empty where the request could not be read.) Raises `Malformed` ("too_large").
    """
    return envelope.seal(seed, TAGS[type(message)], body_of(message), bound)


def body_of(message: Any) -> bytes:
    """The signed bytes of a message: its canonical map, without the keys of `_SPARED` that say nothing."""
    told = {one.name: getattr(message, one.name) for one in fields(message)}
    return canonical({name: value for name, value in told.items() if value or name not in _SPARED})


def read(kind: type[M], sent: bytes) -> Read[M]:
    """Open an envelope as a message of a kind. Raises `Malformed` ("malformed", "too_large" or "too_new")."""
    opened = envelope.open_envelope(sent)
    return Read(_typed(kind, opened.body), opened)


def signature_of(statement: Receipt | Certificate | KeyChange, seed: bytes) -> bytes:
    """The signature of a statement that is kept and shown to others by itself."""
    return envelope.sign(seed, TAGS[type(statement)] + canonical(statement))


def is_signed(statement: Receipt | Certificate | KeyChange, signature: bytes, key: bytes) -> bool:
    """Whether this public key signed the statement."""
    return envelope.signed(key, TAGS[type(statement)] + canonical(statement), signature)


def plain_code(typed: str) -> str:
    """An enrolment code without what a hand may add to it: case, dashes, dots, blanks."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def province_device(server_key: bytes, union: str, epoch: int = 1) -> str:
    """The device id under which the province writes its own records (verdicts) for one union.

    A server restored from a backup (a later epoch) writes under another: PCs may hold more of the old one's chain.
    """
    union = union if epoch == 1 else f"{union}\0{epoch}"
    return hashlib.sha256(b"province" + server_key + union.encode()).hexdigest()[:16]


def _typed(kind: type[M], body: bytes) -> M:
    try:
        if kind in _VERSIONED and _version.decode(body).v > PROTOCOL:
            raise Malformed("too_new")
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Malformed("malformed", str(error)) from error


class _Version(msgspec.Struct):
    v: int


_version = msgspec.msgpack.Decoder(_Version)
_VERSIONED = frozenset({
    EnrolRequest, EnrolReply, SyncRequest, SyncReply, Refusal, Manifest, BlobRequest, BlobReply, RefillRequest,
    RefillReply, PartRequest, PartReply, RekeyRequest, RekeyReply,
})  # fmt: skip
_SPARED = frozenset(
    {"roster", "whole", "peers", "chains", "notices", "answers", "have", "certificate", "certificate_sig", "held",
     "dropped", "proofs", "replaces", "anchor", "root", "changes", "prove", "given", "given_sig"}
)  # fmt: skip
"""Keys that are left out where they are 0, false, empty or nil."""
