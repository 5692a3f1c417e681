"""The province's file a union starts from: the server's address and key, and the units to pick from.

JSON, signed by that key (Ed25519 over the tag and the canonical msgpack of everything but the signature), so that a
cut or altered copy is not taken. Whose key it is, the fingerprint read out by the province tells.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import Refused, Trouble
from sync import protocol

_TAG = b"socongdoan province file 1\0"
_MOST_BYTES = 8 << 20


@dataclass(frozen=True)
class ProvinceFile:
    """What the file says; `units` are (code, name), `server` is "" if the province has none on line."""

    server: str
    fingerprint: str
    units: tuple[tuple[str, str], ...]


def read(path: Path) -> ProvinceFile:
    """Read and check a province file. Raises `Trouble` if it cannot be read, `Refused` if it is no such file."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        with open(path, "rb") as file:
            content = json.loads(file.read(_MOST_BYTES))
    except OSError as error:
        raise Trouble(f"Không đọc được tệp {path.name}. Hãy chọn lại tệp.") from error
    except ValueError as error:
        raise Refused(f"{path.name} không phải tệp của tỉnh. Hãy xin lại tệp do LĐLĐ tỉnh cấp.") from error
    try:
        signature = bytes.fromhex(content.pop("signature"))
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(content["key"]))
        key.verify(signature, _TAG + protocol.canonical(content))
        units = tuple((str(unit["code"]), str(unit["name"])) for unit in content["units"])
        return ProvinceFile(str(content["server"] or ""), str(content["fingerprint"]), units)
    except (AttributeError, KeyError, TypeError, ValueError, InvalidSignature) as error:
        raise Refused(f"{path.name} đã bị sửa hoặc không đủ. Hãy xin lại tệp do LĐLĐ tỉnh cấp.") from error
