"""The network between PCs and the province, and the clock, as one seed would have them."""

from __future__ import annotations

import random
from typing import Protocol

from sync.link import Answer, Cut


class Killed(Exception):
    """The power went."""


class Answers(Protocol):
    """A server: a request's body, said at a path, to an answer."""

    def answer(self, body: bytes, path: str = "/sync/v1") -> Answer: ...


class BadLine:
    """It is the `client.Carrier` and what `sync.client` takes for `time`; while it storms nothing can be relied on."""

    dice: random.Random
    server: Answers
    storm: bool
    now: int
    old: tuple[bytes, str] = (b"", "")

    def may_die(self) -> None:
        if self.storm and self.dice.random() < 0.05:
            raise Killed

    def post(self, path: str, body: bytes) -> Answer:
        """Bytes there and back, or what a bad line makes of them."""
        luck = self.dice.random() if self.storm else 1.0
        if luck < 0.05:
            raise Cut("dropped")
        if luck < 0.10:
            self.server.answer(body[: self.dice.randrange(len(body))], path)
            raise Cut("half a request")
        if luck < 0.15 and self.old[0]:
            self._quietly(*self.old)  # an old request comes late
        if 0.29 < luck < 0.31:
            return self.server.answer(self._altered(body), path)
        self.old = (body, path)
        if luck > 0.95 and self.storm:
            self._quietly(body, path)  # twice
        try:
            answer = self.server.answer(body, path)
        except Killed as killed:
            raise Cut("the server died") from killed
        if 0.15 < luck < 0.22:
            raise Cut("the reply was lost after the commit")
        if 0.22 < luck < 0.27:
            return Answer(answer.status, answer.body[: self.dice.randrange(len(answer.body))])
        if 0.27 < luck < 0.29:
            return Answer(answer.status, self._altered(answer.body))
        return answer

    def _altered(self, body: bytes) -> bytes:
        place = self.dice.randrange(len(body))
        return body[:place] + bytes([body[place] ^ 1 << self.dice.randrange(8)]) + body[place + 1 :]

    def _quietly(self, body: bytes, path: str) -> None:
        try:
            self.server.answer(body, path)
        except Killed:
            return

    # -- the clock, as `sync.client` reads it

    def time_ns(self) -> int:
        return self.now * 1_000_000

    def monotonic(self) -> float:
        return self.now / 1000

    def sleep(self, seconds: float) -> None:
        self.now += int(seconds * 1000)
