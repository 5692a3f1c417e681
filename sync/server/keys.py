"""The server's secrets: its signing keys and Django's secret key, files of the data folder that only it may read.

`server.key` is the key of now. Those before it lie in `server.key.0` (the first), `server.key.1` …: they still sign
what is said to PCs that know no later one, and open packets sealed to them. `server.keys` lists the public keys of all.
One that was stolen is no longer there: it signs nothing and proves nothing.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.domain.errors import Trouble

KEY, NEXT, LIST, SECRET = "server.key", "server.key.next", "server.keys", "secret.key"


def seed(data: Path) -> bytes:
    """The 32 bytes of the Ed25519 key that signs receipts, certificates and verdicts' heads; made at first use."""
    found = _kept(data / KEY, lambda: secrets.token_bytes(32))
    if len(found) != 32:
        raise Trouble(f"Khóa ký {data / KEY} bị hỏng. Hãy lấy lại tệp này từ bản sao lưu của máy chủ.")
    return found


def public(seed_: bytes) -> bytes:
    """The public key of a seed (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(seed_).public_key().public_bytes_raw()


def listed(data: Path) -> list[bytes]:
    """The public keys of all, the first one first; the last is the one of now."""
    file = data / LIST
    if not file.exists():
        return [public(seed(data))]
    return [bytes.fromhex(line) for line in file.read_text("ascii").split()]


def generation(data: Path) -> int:
    """How often the key was changed."""
    return len(listed(data)) - 1


def signing(data: Path, anchor: int) -> bytes:
    """The private key whose signature a PC that knows `anchor` changes believes; that of now if it was stolen."""
    former = data / f"{KEY}.{anchor}"
    return former.read_bytes() if former.exists() else seed(data)


def seeds(data: Path) -> list[bytes]:
    """Every private key that is here, the one of now first."""
    formers = [data / f"{KEY}.{no}" for no in range(generation(data))]
    return [seed(data), *(file.read_bytes() for file in formers if file.exists())]


def all_public(data: Path) -> list[bytes]:
    """The public keys whose signatures are this server's own."""
    return [public(one) for one in seeds(data)]


def root(data: Path) -> bytes:
    """The public key that the names of the province's own devices derive from: the first."""
    return listed(data)[0]


def files(data: Path) -> list[str]:
    """The names of the files that a backup must hold."""
    return [KEY, SECRET, *sorted(file.name for file in (data / LIST, *data.glob(f"{KEY}.[0-9]*")) if file.exists())]


def begin_change(data: Path, *, stolen: bool) -> bytes:
    """A new key on the disk beside the one of now; answers its public part. `finish_change` puts it into its place."""
    fresh = secrets.token_bytes(32)
    remember(data / NEXT, fresh)
    if not stolen:
        remember(data / f"{KEY}.{generation(data)}", seed(data))
    return public(fresh)


def finish_change(data: Path) -> None:
    """The database belongs to the new key: so does everything from now on."""
    fresh = (data / NEXT).read_bytes()
    known = listed(data)
    if known[-1] != public(fresh):
        remember(data / LIST, "".join(f"{key.hex()}\n" for key in [*known, public(fresh)]).encode())
    (data / NEXT).replace(data / KEY)


def fingerprint(public_key: bytes) -> str:
    """What people compare: SHA-256 of the public key in hex."""
    return hashlib.sha256(public_key).hexdigest()


def secret(data: Path) -> str:
    """Django's secret key; made at first use."""
    return _kept(data / SECRET, lambda: secrets.token_urlsafe(48).encode()).decode()


def remember(file: Path, content: bytes) -> None:
    """Write a file only its owner may read, whole or not at all."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _kept(file: Path, make: Callable[[], bytes]) -> bytes:
    if not file.exists():
        remember(file, make())
    return file.read_bytes()
