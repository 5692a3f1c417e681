"""A person's own signature under a report that was handed in: what is signed, and whether it is true.

Sitting at the PC is not enough: the key is opened by the person's own password (`desktop_app.actions.signing`).
"""

from __future__ import annotations

from dataclasses import dataclass

from sync import envelope
from sync.protocol import canonical

TAG = b"socongdoan sign-off 1\0"


@dataclass(frozen=True)
class Signed:
    """What stands above a signature: the union's code, the version handed in, and who signs it as what."""

    union: str
    submission: str
    form: str
    period: str
    version: int
    digest: str
    who: str
    name: str

    def words(self) -> bytes:
        """The bytes that are signed: the tag and the canonical list of all of these, in their order."""
        said = [self.union, self.submission, self.form, self.period, self.version, self.digest, self.who, self.name]
        return TAG + canonical(said)


def sign(seed: bytes, signed: Signed) -> str:
    """The signature, 128 hex digits, by a private key (its 32-byte seed)."""
    return envelope.sign(seed, signed.words()).hex()


def is_true(public: str, signature: str, signed: Signed) -> bool:
    """Whether this key (hex) signed this. Bytes that are no key or no signature did not."""
    try:
        return envelope.signed(bytes.fromhex(public), signed.words(), bytes.fromhex(signature))
    except ValueError:
        return False


def fingerprint(public: str) -> str:
    """A key as people compare it: the first 16 hex digits of its public half in fours."""
    return "-".join(public[place : place + 4] for place in range(0, 16, 4))
