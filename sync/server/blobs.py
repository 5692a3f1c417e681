"""Contents of files as units send them: one file each under the data folder, named by unit and SHA-256.

What has come of one that is not whole lies beside it as `.part`; it becomes the content when its hash is right.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sync.protocol import Malformed
from sync.server.models import Blob, Unit

FOLDER = "blobs"
LARGEST = 64 << 20
"""Bytes of one content."""


def held(unit: Unit, sha256: str) -> bool:
    """Whether the content is here, whole."""
    return Blob.objects.filter(unit=unit, sha256=sha256).exists()


def file_of(unit: Unit, sha256: str) -> Path | None:
    """Where the content lies, None if it is not here whole."""
    return place(unit, sha256) if held(unit, sha256) else None


def place(unit: Unit, sha256: str) -> Path:
    """Where a content lies, or will."""
    folder: Path = Path(settings.SERVER_DATA) / FOLDER / str(unit.pk) / sha256[:2]
    return folder / sha256


def arrived(unit: Unit, sha256: str) -> int:
    """How many bytes have come of a content that is not whole."""
    part = _part(unit, sha256)
    return part.stat().st_size if part.exists() else 0


def add(unit: Unit, sha256: str, offset: int, piece: bytes) -> int:
    """Bytes of a content from an offset on, down to the disk; answers how many are here now.

    Bytes that are here already are passed over. Raises `Malformed` ("gap") if some before the offset are missing.
    """
    part = _part(unit, sha256)
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as out:
        here = out.seek(0, os.SEEK_END)
        if offset > here:
            raise Malformed("gap", f"{here} bytes are here, {offset} is too far")
        if offset + len(piece) > here:
            out.write(piece[here - offset :])
            out.flush()
            os.fsync(out.fileno())
        return max(here, offset + len(piece))


def finish(unit: Unit, sha256: str, size: int) -> bool:
    """Make the part that came the content; answers whether it was right. A wrong one is thrown away, to come anew."""
    part, whole = _part(unit, sha256), place(unit, sha256)
    with open(part, "rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    if digest != sha256 or part.stat().st_size != size:
        part.unlink()
        return False
    part.replace(whole)
    with transaction.atomic():
        Blob.objects.get_or_create(unit=unit, sha256=sha256, defaults={"size": size})
    return True


def read(file: Path, offset: int) -> Iterator[bytes]:
    """A file from an offset on."""
    with open(file, "rb") as source:
        source.seek(offset)
        while piece := source.read(1 << 16):
            yield piece


def forget(unit: Unit, sha256: str) -> None:
    """Drop a content for good."""
    Blob.objects.filter(unit=unit, sha256=sha256).delete()
    for file in (place(unit, sha256), _part(unit, sha256)):
        file.unlink(missing_ok=True)


def _part(unit: Unit, sha256: str) -> Path:
    return place(unit, sha256).with_suffix(".part")
