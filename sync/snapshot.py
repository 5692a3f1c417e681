"""A PC that has much to read gets the union's history in a few large parts by column, resumed at the byte.

The log brings the same entries page by page; by parts they take a third fewer bytes and wait for no round trips. A part
is named by its SHA-256, which the server signs. What follows the last part, or what a part cannot bring, comes by the
log: a PC is never worse off for having asked.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from desktop_app.domain.errors import Trouble
from sync import client, messages
from sync.columns import LARGEST_PACKED
from sync.link import Answer, Cut
from sync.messages import BlobReply, BlobRequest, PartReply, PartRequest
from sync.parts import Moved, Part
from sync.protocol import Malformed


class Store(Protocol):
    """A book as the reading by parts sees it."""

    union: str
    device: str

    def cursor(self) -> tuple[int, int]: ...
    def under_way(self) -> Part | None: ...
    def begin(self, part: Part) -> None: ...
    def here(self) -> int: ...
    def add(self, part: Part, offset: int, piece: bytes) -> None: ...
    def keep(self) -> None: ...
    def take(self, part: Part) -> Iterator[int]: ...
    def end(self, *, log_to: int = 0) -> None: ...


class Carrier(Protocol):
    """What carries messages and contents (`sync.link.Link`)."""

    sent: int
    received: int

    def post(self, path: str, body: bytes) -> Answer: ...
    def fetch(self, path: str, message: bytes, take: Callable[[bytes], None]) -> Answer: ...


Watch = Callable[[], None]
"""Called whenever bytes have come or were taken; it may raise to stop."""


def gather(link: Carrier, store: Store, seed: bytes, server_key: bytes, watch: Watch) -> tuple[int, int]:
    """Read part after part, as long as the server has one that is worth while.

    Answers how many entries were new, and round trips.

    Raises `Trouble` with the truth about the network; what came until then stays, to the byte.
    """
    work, entries, wrong = _Work(link, store, seed, server_key, watch), 0, 0
    while (part := work.under_way() or work.ask()) is not None:
        while store.here() < part.size:
            if not work.fetch(part):
                store.end()
                break
        else:
            try:
                for new in store.take(part):
                    entries += new
                    watch()
                store.end()
            except Malformed:  # altered; or of a person who was erased here: the log brings what is missing
                wrong += 1
                store.end(log_to=part.last if wrong > 1 else 0)
                if wrong > 1:
                    break
    return entries, work.trips


@dataclass
class _Work:
    link: Carrier
    store: Store
    seed: bytes
    server_key: bytes
    watch: Watch
    trips: int = 0
    _failures: int = 0

    def under_way(self) -> Part | None:
        """The part that was begun before, unless the server was put back to a backup since."""
        part = self.store.under_way()
        if part is not None and self.store.cursor()[0] not in (0, part.epoch):
            self.store.end()
            return None
        return part

    def ask(self) -> Part | None:
        """Which part comes next?"""
        while True:
            request = PartRequest(
                union=self.store.union, device=self.store.device, cursor=self.store.cursor(),
                time=time.time_ns() // 1_000_000, nonce=secrets.token_bytes(16),
            )  # fmt: skip
            self.trips += 1
            try:
                answer = self.link.post("/part/v1", messages.write(request, self.seed))
                told = client.read_answer(PartReply, answer, request.nonce, self.server_key)
            except Cut as cut:
                self._cut(cut)
                continue
            except client.Denied as denied:
                raise client.trouble_of(denied.refusal.reason) from denied
            if not told.size or told.epoch != self.store.cursor()[0]:  # put back to a backup: the log goes first
                return None
            part = Part(told.first, told.last, told.size, told.sha256, told.top, told.epoch)
            if not 0 < part.first <= part.last <= part.top or part.size > LARGEST_PACKED:
                raise Trouble(client.FOREIGN)
            self.store.begin(part)
            return part

    def fetch(self, part: Part) -> bool:
        """More bytes of a part; False if the server has it no more."""
        here = at = self.store.here()
        self.watch()

        def take(piece: bytes) -> None:
            nonlocal at
            if at + len(piece) > part.size:
                raise Trouble(client.FOREIGN)
            self.store.add(part, at, piece)
            at += len(piece)
            self.watch()

        request = BlobRequest(
            union=self.store.union, device=self.store.device, verb="get", contents=((part.sha256, part.size),),
            offset=here, time=time.time_ns() // 1_000_000, nonce=secrets.token_bytes(16),
        )  # fmt: skip
        try:
            answer = self._fetched(messages.write(request, self.seed), take)
            if answer.status == 200 and at > here:
                return True
            client.read_answer(BlobReply, answer, request.nonce, self.server_key)
        except Cut as cut:
            self._failures = 0 if at > here else self._failures
            self._cut(cut)
        except client.Denied as denied:
            if denied.refusal.reason != "unknown_content":
                raise client.trouble_of(denied.refusal.reason) from denied
            return False
        except Moved:
            pass
        return True

    def _fetched(self, message: bytes, take: Callable[[bytes], None]) -> Answer:
        """The answer; what came of its bytes is kept, whatever broke off."""
        self.trips += 1
        try:
            return self.link.fetch("/blob/v1/get", message, take)
        finally:
            self.store.keep()

    def _cut(self, cut: Cut) -> None:
        self._failures += 1
        client.rest(self._failures, cut)
