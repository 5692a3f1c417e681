"""A packet: the wire's own messages, and contents of files, sealed in one file that a stick or an e-mail carries.

Opened (see `sync.sealing`) it is a row of frames, each 4 bytes of length (big-endian) and that many bytes:

    the manifest's envelope · every message's envelope · the contents, each in pieces of at most 256 KiB

Nothing of a packet is believed before `inspect` has read it to its last byte: signature, digest, every content's hash
and size, and the seal's own end. Then `contents` reads it again and hands the pieces over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sync import envelope, messages, sealing
from sync.messages import Manifest, Read
from sync.protocol import Malformed

PROVINCE, REPLY, DEVICE = "province", "reply", "device"
SUFFIX = ".goi"
PIECE = 256 << 10
LARGEST_PART = 1_900_000_000
"""Bytes of contents in one packet: a stick of the FAT kind holds no file of 4 GB, older ones none of 2."""

_MOST_MESSAGES = 128 << 20
Piece = Callable[[bytes, int, bytes], None]
"""(SHA-256 of the content, number of the piece, its bytes)."""


@dataclass(frozen=True)
class Opened:
    """A packet that is whole. Its manifest, and its messages, are not proven yet: ask them with the sender's key."""

    manifest: Read[Manifest]
    messages: tuple[bytes, ...]


def digest_of(sent: Iterable[bytes]) -> bytes:
    """What a manifest says of the messages: the SHA-256 of their frames."""
    return hashlib.sha256(b"".join(map(_frame, sent))).digest()


def write(
    out: IO[bytes], recipients: Sequence[str], manifest: bytes, sent: Sequence[bytes], pieces: Iterable[bytes]
) -> None:
    """Seal a packet into a file. `pieces` are those of the manifest's contents, in their order."""

    def frames() -> Iterator[bytes]:
        for part in (manifest, *sent):
            yield _frame(part)
        for piece in pieces:
            yield _frame(piece)

    sealing.seal(frames(), out, recipients)


def inspect(source: IO[bytes], own: str | Sequence[str]) -> Opened:
    """Read a packet to its end. Raises `Malformed` unless every byte is what the manifest says."""
    inside = _Inside()
    sealing.unseal(source, own, _Frames(inside.take).feed)
    return inside.whole()


def contents(source: IO[bytes], own: str | Sequence[str], take: Piece) -> None:
    """Read an inspected packet again, and hand its pieces over."""
    inside = _Inside(take)
    sealing.unseal(source, own, _Frames(inside.take).feed)
    inside.whole()


def check_code(file: Path) -> str:
    """Six digits that both ends see of the same file."""
    with open(file, "rb") as source:
        digest = hashlib.file_digest(source, "sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"


def _frame(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


class _Frames:
    """Bytes as they come, cut into frames."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take, self._held = take, bytearray()

    def feed(self, piece: bytes) -> None:
        self._held += piece
        while len(self._held) >= 4:
            length = int.from_bytes(self._held[:4], "big")
            if length > envelope.MOST_SENT:
                raise Malformed(sealing.DAMAGED, "a frame too large")
            if len(self._held) < 4 + length:
                return
            content = bytes(self._held[4 : 4 + length])
            del self._held[: 4 + length]
            self._take(content)


@dataclass
class _Inside:
    """The frames of a packet, met one after the other."""

    piece: Piece | None = None
    manifest: Read[Manifest] | None = None
    sent: list[bytes] = field(default_factory=list)
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    _size: int = 0
    _blob: int = 0
    _blob_size: int = 0
    _no: int = 0
    _blob_digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def take(self, content: bytes) -> None:
        if self.manifest is None:
            self.manifest = messages.read(Manifest, content)
        elif len(self.sent) < len(self.manifest.message.messages):
            self._message(content)
        elif self._blob < len(self.manifest.message.blobs):
            self._piece(content, *self.manifest.message.blobs[self._blob])
        else:
            raise Malformed(sealing.DAMAGED, "more than the manifest says")

    def whole(self) -> Opened:
        if self.manifest is None:
            raise Malformed(sealing.DAMAGED, "nothing inside")
        told = self.manifest.message
        if len(self.sent) != len(told.messages) or self._blob != len(told.blobs):
            raise Malformed(sealing.DAMAGED, "less than the manifest says")
        if self._digest.digest() != told.digest:
            raise Malformed(sealing.DAMAGED, "other messages than the manifest says")
        return Opened(self.manifest, tuple(self.sent))

    def _message(self, content: bytes) -> None:
        self._size += len(content)
        if self._size > _MOST_MESSAGES:
            raise Malformed("too_large")
        self._digest.update(_frame(content))
        self.sent.append(content)

    def _piece(self, content: bytes, sha256: bytes, size: int) -> None:
        if len(content) > PIECE or not content:
            raise Malformed(sealing.DAMAGED, "a piece too large")
        self._blob_digest.update(content)
        self._blob_size += len(content)
        if self.piece is not None:
            self.piece(sha256, self._no, content)
        self._no += 1
        if self._blob_size < size:
            if len(content) != PIECE:
                raise Malformed(sealing.DAMAGED, "a piece too small")
            return
        if self._blob_size > size or self._blob_digest.digest() != sha256:
            raise Malformed(sealing.DAMAGED, "a content is not what its name says")
        self._blob, self._blob_size, self._no, self._blob_digest = self._blob + 1, 0, 0, hashlib.sha256()
