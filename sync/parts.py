"""What both ends and a book say of a part of the union's history by column (`sync.columns`), with nothing to load."""

from __future__ import annotations

from dataclasses import dataclass

FEW = 2_000
"""Others' entries a PC must lack for parts to be worth while: fewer come sooner by the log."""
SIZE, STEP = 32_768, 4_096
"""Entries of a whole part, and of what a PC takes of it in one commit."""


@dataclass(frozen=True)
class Part:
    """A part as the server signed it: entries `first` to `last` of `top` in an epoch, its size and SHA-256."""

    first: int
    last: int
    size: int
    sha256: bytes
    top: int
    epoch: int


class Moved(Exception):
    """Another window fetches the same part: what is here is not what it was a moment ago."""
