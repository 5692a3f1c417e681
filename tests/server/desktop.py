"""A desktop of the least kind: it keeps a chain, signs what it sends, and reads what comes back."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field, replace
from typing import Any

import requests
import uuid_utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync import messages, protocol, sealing
from sync.messages import EnrolReply, EnrolRequest, Refusal, SyncReply, SyncRequest


@dataclass
class Desktop:
    """One PC of a unit. `sent` are its ops as they lie in its journal, `cursor` how far it has read."""

    url: str
    union: str
    device: str = field(default_factory=lambda: secrets.token_hex(8))
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    ops: list[tuple[bytes, bytes | None]] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    confirmed: int = 0
    cursor: tuple[int, int] = (0, 0)
    pulled: list[tuple[str, bytes, bytes | None]] = field(default_factory=list)
    server_key: bytes = b""

    def __post_init__(self) -> None:
        self.hashes = self.hashes or [protocol.genesis(self.union, self.device)]

    @property
    def key(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    def enrol(self, code: str) -> Any:
        """Ask to be known."""
        asked = EnrolRequest(
            code=code, device=self.device, key=self.key, age=sealing.recipient(self.seed), union=self.union, time=now(), nonce=secrets.token_bytes(16)
        )
        answer = self.post("/enrol/v1", messages.write(asked, self.seed))
        reply = self._read(EnrolReply, answer, asked.nonce)
        if isinstance(reply, EnrolReply):
            self.server_key = reply.server_key
        return reply

    def write(self, entity: str = "fund", record: str = "", **values: Any) -> str:
        """One more op in the journal; answers the record's id."""
        record = record or str(uuid_utils.uuid7())
        op = protocol.Op(
            device=self.device, dseq=len(self.ops) + 1, hlc=now() << 16, schema=protocol.SCHEMA, actor="Kế toán",
            verb=f"{entity}.save", entity=entity, record=record, kind="set", fields=values, base=(),
        )  # fmt: skip
        self.keep(*protocol.encode(op))
        return record

    def keep(self, raw: bytes, payload: bytes | None = None) -> None:
        """Put an op's bytes at the end of the journal."""
        self.ops.append((raw, payload))
        self.hashes.append(protocol.chain(self.hashes[-1], raw))

    def request(self, first: int | None = None, last: int | None = None, **changed: Any) -> SyncRequest:
        """What it would send: its ops from `first` (default: the first not confirmed) to `last`."""
        first = self.confirmed + 1 if first is None else first
        last = len(self.ops) if last is None else last
        asked = SyncRequest(
            union=self.union, device=self.device, first=first, prev=self.hashes[first - 1], head=self.hashes[last],
            ops=tuple(self.ops[first - 1 : last]), cursor=self.cursor, want=32_768, schema=protocol.SCHEMA,
            time=now(), nonce=secrets.token_bytes(16), whole=True,
        )  # fmt: skip
        return replace(asked, **changed)

    def send(self, asked: SyncRequest | None = None, seed: bytes | None = None) -> Any:
        """One round trip; what it learns is kept."""
        asked = asked or self.request()
        reply = self._read(SyncReply, self.post("/sync/v1", messages.write(asked, seed or self.seed)), asked.nonce)
        if isinstance(reply, SyncReply):
            if reply.receipt is not None:
                assert messages.is_signed(reply.receipt, reply.receipt_sig or b"", self.server_key)
                assert reply.receipt.hash == self.hashes[reply.confirmed]
            self.confirmed, self.cursor = reply.confirmed, reply.cursor
            self.pulled += reply.ops
        return reply

    def sync(self) -> None:
        """Round trips until everything is sent and read."""
        while True:
            reply = self.send()
            assert isinstance(reply, SyncReply), reply
            if reply.confirmed == len(self.ops) and reply.cursor[1] == reply.top:
                return

    def post(self, path: str, body: bytes) -> bytes:
        answer = requests.post(
            self.url + path, data=body, headers={"Content-Type": "application/x-socongdoan"}, timeout=60
        )
        assert answer.headers["Content-Type"] == "application/x-socongdoan", answer.text
        return answer.content

    def _read(self, kind: type[Any], answer: bytes, nonce: bytes) -> Any:
        try:
            read = messages.read(kind, answer)
        except protocol.Malformed:
            read = messages.read(Refusal, answer)
        key = self.server_key or getattr(read.message, "server_key", b"")
        return read.check(key, nonce) if key else read.message


def enrolled(server: Any, union: str = "40-001", name: str = "Công đoàn Công ty May Sông Lam") -> Desktop:
    """A desktop that a running server knows, of a unit that is added if need be."""
    desktop = Desktop(server.url, union)
    reply = desktop.enrol(server.enrolment_code(union, name))
    assert isinstance(reply, EnrolReply), reply
    return desktop


def now() -> int:
    return time.time_ns() // 1_000_000
