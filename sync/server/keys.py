"""The server's secrets: its signing key and Django's secret key, files of the data folder that only it may read."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.domain.errors import Trouble


def seed(data: Path) -> bytes:
    """The 32 bytes of the Ed25519 key that signs receipts, certificates and verdicts' heads; made at first use."""
    found = _kept(data / "server.key", lambda: secrets.token_bytes(32))
    if len(found) != 32:
        raise Trouble(f"Khóa ký {data / 'server.key'} bị hỏng. Hãy lấy lại tệp này từ bản sao lưu của máy chủ.")
    return found


def public(seed_: bytes) -> bytes:
    """The public key of a seed (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(seed_).public_key().public_bytes_raw()


def all_public(data: Path) -> list[bytes]:
    """The public keys whose signatures are this server's own."""
    return [public(seed(data))]


def root(data: Path) -> bytes:
    """The public key that the names of the province's own devices derive from."""
    return public(seed(data))


def fingerprint(public_key: bytes) -> str:
    """What people compare: SHA-256 of the public key in hex."""
    return hashlib.sha256(public_key).hexdigest()


def secret(data: Path) -> str:
    """Django's secret key; made at first use."""
    return _kept(data / "secret.key", lambda: secrets.token_urlsafe(48).encode()).decode()


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
