"""Contents of files to and from the server, after the entries: resumed at the byte where it broke off.

It knows a `Store` (which contents wait, which are wanted) and a link. What a cut request brought counts: the server
keeps the bytes that came, the store those that went; both are asked, nothing is guessed.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sync import client, messages
from sync.link import Answer, Cut
from sync.messages import BlobReply, BlobRequest

LEAST, FIRST, LARGEST = 16 << 10, 64 << 10, 1 << 20
"""Bytes of one request: at least, at first, at most."""
_ASKED_AT_ONCE = 200
_SETTLES = 0.1
"""Seconds in which the server notices that a connection broke, and keeps what came of it."""
_TRIES = 7


@dataclass(frozen=True)
class Content:
    """A content by SHA-256 (hex) and size, bytes."""

    sha256: str
    size: int


class Store(Protocol):
    """A book as the exchange of contents sees it."""

    union: str
    device: str

    def waiting(self) -> Sequence[Content]: ...
    def wanted(self) -> Sequence[Content]: ...
    def read(self, content: Content, offset: int, most: int) -> bytes: ...
    def here(self, content: Content) -> int: ...
    def add(self, content: Content, offset: int, piece: bytes) -> None: ...
    def sent(self, content: Content) -> None: ...
    def came(self, content: Content) -> None: ...


class Carrier(Protocol):
    """What carries contents (`sync.link.Link`)."""

    sent: int
    received: int

    def post(self, path: str, body: bytes) -> Answer: ...
    def put(self, path: str, message: bytes, body: bytes) -> Answer: ...
    def fetch(self, path: str, message: bytes, take: Callable[[bytes], None]) -> Answer: ...


@dataclass
class Carried:
    """How many contents went and came, and their bytes."""

    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0


Go = Callable[[], bool]
"""Whether to go on, asked before every request: entries go first, the user may pause, the day has its bounds."""


def carry(link: Carrier, store: Store, seed: bytes, server_key: bytes, go: Go) -> Carried:
    """Send what waits, then fetch what is wanted, as long as `go` says so.

    Raises `Trouble` with the truth; what went and came until then stays.
    """
    work = _Work(link, store, seed, server_key, go)
    work.send_all()
    work.fetch_all()
    return work.done


@dataclass
class _Work:
    link: Carrier
    store: Store
    seed: bytes
    server_key: bytes
    go: Go
    page: int = FIRST
    done: Carried = field(default_factory=Carried)
    _failures: int = 0

    def send_all(self) -> None:
        waiting = list(self.store.waiting())
        for start in range(0, len(waiting), _ASKED_AT_ONCE):
            some = waiting[start : start + _ASKED_AT_ONCE]
            if not self.go():
                return
            for content, held in zip(some, self._ask(some), strict=True):
                if not self._send(content, held):
                    return

    def fetch_all(self) -> None:
        wanted, there = list(self.store.wanted()), list[Content]()
        for start in range(0, len(wanted), _ASKED_AT_ONCE):
            some = wanted[start : start + _ASKED_AT_ONCE]
            if not self.go():
                return
            there += [one for one, held in zip(some, self._ask(some), strict=True) if held == one.size]
        for content in there:
            while (here := self.store.here(content)) < content.size:
                if not self.go():
                    return
                if not self._fetch(content, here):
                    break
            else:
                self.store.came(content)
                self.done.received += 1

    def _send(self, content: Content, held: int) -> bool:
        """One content from a byte on; answers whether to go on with others."""
        while held < content.size:
            if not self.go():
                return False
            piece = self.store.read(content, held, self.page)
            if not piece:  # the user took the file away meanwhile
                return True
            started = time.monotonic()
            try:
                request = self._request("put", [content], held)
                answer = self.link.put("/blob/v1/put", messages.write(request, self.seed), piece)
                now = self._held(answer, request)[0]
            except (Cut, client.Denied) as cut:
                self._cut(cut)
                time.sleep(_SETTLES)
                (now,) = self._ask([content])
                if now > held:  # the server kept what came
                    self._failures = 0
                else:
                    self.page = max(LEAST, self.page // 2)
                held = now
                continue
            self.done.bytes_up += max(0, now - held)
            self._learn(time.monotonic() - started, now > held)
            held = now
        self.store.sent(content)
        self.done.sent += 1
        return True

    def _fetch(self, content: Content, here: int) -> bool:
        """Bytes of one content from one on; False if the server has it not."""
        at = here

        def take(piece: bytes) -> None:
            nonlocal at
            self.store.add(content, at, piece)
            at += len(piece)
            self.done.bytes_down += len(piece)

        request = self._request("get", [content], here)
        try:
            answer = self.link.fetch("/blob/v1/get", messages.write(request, self.seed), take)
        except Cut as cut:
            self._failures = 0 if at > here else self._failures
            self._cut(cut)
            return True
        if answer.status == 200:
            return at > here
        try:
            client.read_answer(BlobReply, answer, request.nonce, self.server_key)
        except client.Denied as denied:
            if denied.refusal.reason != "unknown_content":
                raise client.trouble_of(denied.refusal.reason) from denied
        return False

    def _ask(self, some: Sequence[Content]) -> tuple[int, ...]:
        while True:
            request = self._request("ask", some, 0)
            try:
                return self._held(self.link.post("/blob/v1/ask", messages.write(request, self.seed)), request)
            except Cut as cut:
                self._cut(cut)
            except client.Denied as denied:
                raise client.trouble_of(denied.refusal.reason) from denied

    def _request(self, verb: str, some: Sequence[Content], offset: int) -> BlobRequest:
        return BlobRequest(
            union=self.store.union, device=self.store.device, verb=verb,
            contents=tuple((bytes.fromhex(one.sha256), one.size) for one in some), offset=offset,
            time=time.time_ns() // 1_000_000, nonce=secrets.token_bytes(16),
        )  # fmt: skip

    def _held(self, answer: Answer, request: BlobRequest) -> tuple[int, ...]:
        reply = client.read_answer(BlobReply, answer, request.nonce, self.server_key)
        if len(reply.held) != len(request.contents):
            raise Cut("Trả lời không trọn vẹn.")
        return reply.held

    def _learn(self, seconds: float, moved: bool) -> None:
        if moved:
            self._failures = 0
        if seconds < 3:
            self.page = min(LARGEST, self.page * 2)
        elif seconds > 8:
            self.page = max(LEAST, self.page // 2)

    def _cut(self, cut: Exception) -> None:
        self._failures += 1
        if isinstance(cut, client.Denied):
            if cut.refusal.reason != "gap" or self._failures >= _TRIES:
                raise client.trouble_of(cut.refusal.reason) from cut
            return
        assert isinstance(cut, Cut)
        client.rest(self._failures, cut)
