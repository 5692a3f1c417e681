"""What carries a message: MessagePack and a signature in one zstd frame, opened without trusting a byte of it.

    envelope  = zstd frame (level 9, content size, checksum, `sync.dictionary`) of msgpack [body, signature]
    body      = canonical msgpack map of the message's fields (see `sync.messages`)
    signature = Ed25519 over (tag of the message's kind ‖ bound ‖ body), 64 bytes

`bound` ties a reply to the request it answers (the request's nonce); it is not sent. A frame is at most 4 MiB
and says a content size of at most 32 MiB, so that opening it never takes more.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.dictionary import DICTIONARY
from sync.protocol import Malformed, canonical

MEDIA_TYPE = "application/x-socongdoan"
MOST_SENT = 4 << 20
"""The largest envelope, bytes."""
MOST_EXPANDED = 32 << 20
"""The largest content of an envelope, bytes."""

_LARGEST_WINDOW = 8 << 20
_KNOWN = zstandard.ZstdCompressionDict(DICTIONARY, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
_pair = msgspec.msgpack.Decoder(tuple[bytes, bytes])


@dataclass(frozen=True)
class Opened:
    """An envelope's two parts. Nothing is believed before `is_signed` is asked."""

    body: bytes
    signature: bytes

    def is_signed(self, key: bytes, tag: bytes, bound: bytes = b"") -> bool:
        """Whether this public key (32 bytes) signed the body."""
        return signed(key, tag + bound + self.body, self.signature)


def seal(seed: bytes, tag: bytes, body: bytes, bound: bytes = b"") -> bytes:
    """The envelope of a body, signed with a private key (its 32-byte seed). Raises `Malformed` ("too_large")."""
    content = canonical([body, sign(seed, tag + bound + body)])
    if len(content) > MOST_EXPANDED:
        raise Malformed("too_large")
    sent: bytes = zstandard.ZstdCompressor(level=9, write_checksum=True, dict_data=_KNOWN).compress(content)
    if len(sent) > MOST_SENT:
        raise Malformed("too_large")
    return sent


def open_envelope(sent: bytes) -> Opened:
    """The parts of an envelope, whole or not at all. Raises `Malformed` ("too_large" or "malformed")."""
    if len(sent) > MOST_SENT:
        raise Malformed("too_large")
    try:
        frame = zstandard.get_frame_parameters(sent)
        if frame.content_size in (zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR):
            raise Malformed("malformed", "no content size")
        if frame.content_size > MOST_EXPANDED:
            raise Malformed("too_large")
        unpacker = zstandard.ZstdDecompressor(dict_data=_KNOWN, max_window_size=_LARGEST_WINDOW)
        return Opened(*_pair.decode(unpacker.decompress(sent, allow_extra_data=False)))
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise Malformed("malformed", str(error)) from error


def new_seed() -> bytes:
    """A fresh Ed25519 private key (32 bytes)."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(seed: bytes) -> bytes:
    """The public key (32 bytes) of a private one."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, content: bytes) -> bytes:
    """An Ed25519 signature (64 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(content)


def signed(key: bytes, content: bytes, signature: bytes) -> bool:
    """Whether a public key signed this content."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True
