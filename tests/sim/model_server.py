"""The province of the model: ingest as `sync.server.ingest` does it, on a list that commits whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from sync import envelope, messages, protocol
from sync.link import Answer
from sync.messages import Receipt, Refusal, SyncReply, SyncRequest
from sync.protocol import Malformed
from tests.sim.disk import UNION, Entry, genesis
from tests.sim.rules import ACK, FORK, LOST, TWICE

if TYPE_CHECKING:
    from tests.sim.world import World

SEED = bytes(32)
Log = list[tuple[str, Entry]]
PAGE = 3
"""Entries in one reply."""


class Server:
    """`log` is what it holds durably, in order of seq."""

    def __init__(self, world: World, key: bytes) -> None:
        self.world, self.key, self.epoch, self.full = world, key, 1, False
        self.log: Log = []
        self.backup: Log = []
        self.keys: dict[str, bytes] = {}
        self.revoked: set[str] = set()
        self.apart: Log = []
        """What revoked PCs sent since, until the staff takes it."""

    def admit(self, device: str, seed: bytes) -> None:
        self.keys[device] = envelope.public_key(seed)

    def revoke(self, device: str) -> None:
        self.revoked.add(device)

    def held(self) -> set[tuple[str, bytes, bytes | None]]:
        return {(device, entry.raw, entry.payload) for device, entry in self.log}

    def chain(self, device: str, log: Log | None = None) -> list[bytes]:
        """A device's chain: where it begins, and after each of its entries."""
        return [genesis(device), *(entry.hash for author, entry in (self.log if log is None else log) if author == device)]

    def fall_back(self) -> None:
        self.log, self.epoch = list(self.backup), self.epoch + 1

    def let_in(self, dice: Random | None = None) -> None:
        """The staff takes what lies apart, all of it or the first so many."""
        count = len(self.apart) if dice is None else dice.randint(0, len(self.apart))
        taken, left = self.apart[:count], self.apart[count:]
        if self.world.broken == TWICE and self.world.dice.random() < 0.5:
            left = self.apart
        self.log, self.apart = [*self.log, *taken], left

    # -- by wire

    def answer(self, body: bytes, path: str = "/sync/v1") -> Answer:
        nonce, device = b"", ""
        try:
            request = self._proven(body)
            nonce, device = request.nonce, request.device
            log = self._with(request, self._before(device))
            reply = self._commit(request, log)
            return Answer(200, messages.write(reply, SEED, nonce))
        except Malformed as fault:
            counted = len(self.chain(device)) - 1 if fault.reason in ("gap", "revoked") else None
            here = len(self.chain(device, self._before(device))) - 1 if fault.reason == "revoked" else 0
            confirmed = here if fault.reason == "gap" and device in self.revoked else counted
            refusal = Refusal(reason=fault.reason, time=self.world.now, confirmed=confirmed, held=here)
            return Answer(messages.STATUS[fault.reason], messages.write(refusal, SEED, nonce))

    # -- by packet

    def take(self, bodies: Sequence[bytes]) -> SyncReply:
        """All of a packet or nothing; the reply says everything after its cursor. Raises `Malformed`."""
        requests = [self._proven(body) for body in bodies]
        log = self._before(requests[0].device)
        for request in requests:
            log = self._with(request, log)
        self.world.may_die()
        self._full()
        self._keep(requests[0], log)
        return self._reply(requests[0], log, len(log))

    def _proven(self, body: bytes) -> SyncRequest:
        read = messages.read(SyncRequest, body)
        key = self.keys.get(read.message.device)
        if key is None:
            raise Malformed("unknown_device")
        return read.check(key)

    def _before(self, device: str) -> Log:
        """What new entries of a device follow: those that count, and of a revoked one those that lie apart."""
        return [*self.log, *self.apart] if device in self.revoked else self.log

    def _keep(self, request: SyncRequest, log: Log) -> None:
        """Raises `Malformed` ("revoked") when a revoked PC's entries were kept."""
        if request.device in self.revoked:
            self.apart = log[len(self.log) :]
            raise Malformed("revoked")
        self.log = log

    def _with(self, request: SyncRequest, log: Log) -> Log:
        """The log with what a request brings. Raises `Malformed`."""
        hashes, sent = self.chain(request.device, log), [request.prev]
        for raw, _ in request.ops:
            sent.append(protocol.chain(sent[-1], raw))
        if sent[-1] != request.head:
            raise Malformed("bad_chain")
        if request.first > len(hashes):
            raise Malformed("gap")
        known = hashes[request.first - 1 :]
        if self.world.broken != FORK and any(a != b for a, b in zip(known, sent, strict=False)):
            raise Malformed("fork")
        start = max(0, len(known) - 1)
        loses = self.world.broken == LOST and self.world.dice.random() < 0.05
        fresh = [
            (request.device, Entry(raw, None if loses else payload, hash_))
            for (raw, payload), hash_ in zip(request.ops[start:], sent[start + 1 :], strict=True)
        ]
        return [*log, *fresh]

    def _commit(self, request: SyncRequest, log: Log) -> SyncReply:
        if self.world.broken == ACK and self.world.dice.random() < 0.2 and request.device not in self.revoked:
            return self._reply(request, log, PAGE)
        self.world.may_die()
        self._full()
        self._keep(request, log)
        return self._reply(request, log, PAGE)

    def _full(self) -> None:
        if self.full:  # the database's error, which the PC hears of as this
            raise Malformed("busy")

    def _reply(self, request: SyncRequest, log: Log, most: int) -> SyncReply:
        hashes, receipt = self.chain(request.device, log), None
        if len(hashes) > 1:
            receipt = Receipt(union=UNION, device=request.device, dseq=len(hashes) - 1, hash=hashes[-1],
                              epoch=self.epoch, time=self.world.now)  # fmt: skip
        epoch, seq = request.cursor
        after = seq if epoch == self.epoch and seq <= len(log) else 0
        page: list[tuple[str, bytes, bytes | None]] = []
        reached = after
        for author, entry in log[after:]:
            if len(page) == most:
                break
            reached += 1
            if author != request.device:
                page.append((author, entry.raw, entry.payload))
        return SyncReply(
            confirmed=len(hashes) - 1, receipt=receipt,
            receipt_sig=messages.signature_of(receipt, SEED) if receipt else None,
            ops=tuple(page), cursor=(self.epoch, reached), top=len(log), epoch=self.epoch, time=self.world.now,
        )  # fmt: skip
