"""What a PC of the model holds durably; it is copied before each change and put in place whole."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sync import adoption, pace, protocol
from sync.protocol import Op

UNION = "40-001"


class Entry(NamedTuple):
    """An entry's bytes, its payload, and its device's chain after it."""

    raw: bytes
    payload: bytes | None
    hash: bytes


@functools.lru_cache(maxsize=4096)
def decode(device: str, raw: bytes, payload: bytes | None) -> Op:
    """Every end of the model reads the same entries again and again."""
    return protocol.decode(device, raw, payload)


@functools.lru_cache(maxsize=256)
def genesis(device: str) -> bytes:
    return protocol.genesis(UNION, device)


def secret_of(record: str) -> bytes:
    """What salts the payloads of a record: here the same whoever makes it first."""
    return hashlib.sha256(record.encode()).digest()[:8]


@dataclass
class Disk:
    """A PC's journal and how far it has come."""

    device: str
    chains: dict[str, list[Entry]]
    confirmed: dict[str, int] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    cursor: tuple[int, int] = (0, 0)
    page: int = pace.LEAST_PAGE
    clock: int = 0

    def copy(self) -> Disk:
        chains = {device: list(entries) for device, entries in self.chains.items()}
        return Disk(self.device, chains, dict(self.confirmed), set(self.own), self.cursor, self.page, self.clock)

    def ops(self) -> Iterator[Op]:
        for device, entries in self.chains.items():
            for raw, payload, _ in entries:
                yield decode(device, raw, payload)

    def held(self) -> set[tuple[str, bytes, bytes | None]]:
        """Every entry with its author and payload."""
        return {(device, raw, payload) for device, entries in self.chains.items() for raw, payload, _ in entries}

    def hash_at(self, device: str, dseq: int) -> bytes:
        """A chain after an entry; b"" if there is no such entry."""
        if dseq == 0:
            return genesis(device)
        return self.chains[device][dseq - 1].hash if dseq <= len(self.chains[device]) else b""

    def append(self, device: str, raw: bytes, payload: bytes | None) -> None:
        chain = self.chains[device]
        chain.append(Entry(raw, payload, protocol.chain(self.hash_at(device, len(chain)), raw)))

    def tails(self) -> dict[str, int]:
        """Former devices and how many of their entries are known to be held, where that is not all."""
        return {
            device: self.confirmed.get(device, 0)
            for device in sorted(self.own - {self.device})
            if len(self.chains[device]) > self.confirmed.get(device, 0)
        }

    def adopt(self) -> None:
        """Former devices' entries that the server lacks go over to the present one, as `storage.adopting` does it."""
        tails = self.tails()
        late = [
            ((op.hlc, device == self.device), (device, dseq), entry, op.record)
            for device, first in [*tails.items(), (self.device, 0)]
            for dseq, entry in enumerate(self.chains[device][first:], first + 1)
            for op in [decode(device, entry.raw, entry.payload)]
        ]
        if not tails:
            return
        for device, first in [*tails.items(), (self.device, 0)]:
            del self.chains[device][first:]
        moved: dict[protocol.Head, protocol.Head] = {}
        for number, (_, old, entry, record) in enumerate(sorted(late), 1):
            moved[old] = (self.device, number)
            private = (entry.payload, secret_of(record))
            self.append(self.device, adoption.say_again(old, moved[old], entry.raw, private, moved), entry.payload)
