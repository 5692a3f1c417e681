"""Sealing a packet for those who may open it: the age format (`pyrage`), keys derived from the Ed25519 ones.

Every end has one 32-byte secret to keep. Its age identity is HKDF-SHA256(secret, info "socongdoan age 1") in age's own
spelling; the public half ("age1…") is registered at enrolment, and told to the other PCs of the union.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

from sync.protocol import Malformed

_INFO = b"socongdoan age 1"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)

FOREIGN_SEAL, DAMAGED = "not_for_us", "damaged"
"""Reasons of `Malformed`: sealed to others; not whole, altered, or no packet at all."""


def identity(seed: bytes) -> str:
    """The age identity (private) of an end, from its 32-byte secret."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return _bech32("age-secret-key-", HKDF(SHA256(), 32, salt=None, info=_INFO).derive(seed)).upper()


def recipient(seed: bytes) -> str:
    """The age recipient (public, "age1…") of an end, from its 32-byte secret."""
    import pyrage

    return str(pyrage.x25519.Identity.from_str(identity(seed)).to_public())


def is_recipient(text: str) -> bool:
    """Whether a text is an age recipient that can be sealed to."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def seal(parts: Iterable[bytes], out: IO[bytes], recipients: Sequence[str]) -> None:
    """Write the parts, one after the other, as one age file that each recipient can open.

    What `parts` or `out` raise (a full disk) comes through.
    """
    import pyrage

    reader, writer = _Reader(iter(parts)), _Writer(out.write)
    try:
        pyrage.encrypt_io(reader, writer, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    except pyrage.EncryptError as error:
        raise reader.failed or writer.failed or OSError(str(error)) from error


def unseal(source: IO[bytes], own: str | Sequence[str], take: Callable[[bytes], None]) -> None:
    """Open an age file piece by piece by an identity, or one of several; only a return without an error says that it
    was whole.

    What `take` raises comes through. Raises `Malformed` (`FOREIGN_SEAL` or `DAMAGED`).
    """
    import pyrage

    sink = _Writer(take)
    try:
        identities = [own] if isinstance(own, str) else own
        pyrage.decrypt_io(source, sink, [pyrage.x25519.Identity.from_str(one) for one in identities])
    except pyrage.DecryptError as error:
        if sink.failed:
            raise sink.failed from error
        raise Malformed(FOREIGN_SEAL if "No matching keys" in str(error) else DAMAGED) from error
    except OSError as error:
        if sink.failed:
            raise
        raise Malformed(DAMAGED) from error


class _Reader:
    """An iterator of bytes as a file that `pyrage` reads from."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._left = parts, b""
        self.failed: Exception | None = None

    def read(self, count: int = -1) -> bytes:
        while not self._left:
            try:
                following = next(self._parts, None)
            except Exception as error:
                self.failed = error
                raise
            if following is None:
                return b""
            self._left = following
        given = self._left if count < 0 else self._left[:count]
        self._left = self._left[len(given) :]
        return given


class _Writer:
    """A function as a file that `pyrage` writes to."""

    def __init__(self, take: Callable[[bytes], Any]) -> None:
        self._take = take
        self.failed: Exception | None = None

    def write(self, piece: bytes) -> int:
        try:
            self._take(piece)
        except Exception as error:
            self.failed = error
            raise
        return len(piece)

    def flush(self) -> None:
        """Nothing is kept back."""


def _bech32(prefix: str, data: bytes) -> str:
    """The Bech32 spelling (BIP 173) of bytes, as age writes its keys."""
    bits = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    count = -(-len(data) * 8 // 5)
    values = [(bits >> 5 * place) & 31 for place in reversed(range(count))]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = 1
    for value in [*spread, *values, 0, 0, 0, 0, 0, 0]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate(_GENERATOR):
            check ^= part if (top >> place) & 1 else 0
    check ^= 1
    values += [(check >> 5 * place) & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_LETTERS[value] for value in values)
