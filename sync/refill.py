"""Giving a restored server back what it lacks of other devices: this PC read it, and holds the server's receipt for it.

After the entries are level. The server says after which number it lacks entries of each device that is offered; they
go in pages, and count there when the chain has come to the receipt.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sync import client, messages
from sync.link import Cut
from sync.messages import Offer, RefillReply, RefillRequest
from sync.pace import LEAST_PAGE

PATH = "/refill/v1"
Entries = tuple[tuple[bytes, bytes | None], ...]


class Store(Protocol):
    """A book as the refill sees it. `page`: bytes of entries in one request."""

    union: str
    device: str
    page: int

    def offers(self) -> Sequence[Offer]: ...
    def entries(self, device: str, after: int, upto: int, most: int) -> Entries: ...
    def settle(self, devices: Iterable[str]) -> None: ...


def bring(link: client.Carrier, store: Store, seed: bytes, server_key: bytes) -> int:
    """Offer what is held, and send what is lacking; answers how many entries went. Raises `Trouble`."""
    offers = store.offers()
    if not offers:
        return 0
    talk = _Talk(link, store, seed, server_key)
    lacking = dict(talk.say(tuple(offers)).lacking)
    store.settle(offer.receipt.device for offer in offers if offer.receipt.device not in lacking)
    for offer in offers:
        if offer.receipt.device in lacking:
            talk.send(offer, lacking[offer.receipt.device])
            store.settle([offer.receipt.device])
    return talk.sent


@dataclass
class _Talk:
    link: client.Carrier
    store: Store
    seed: bytes
    server_key: bytes
    sent: int = 0

    def send(self, offer: Offer, after: int) -> None:
        """The entries of a device after a number, until the server lacks none, or does not want what it is given."""
        device, page, failures = offer.receipt.device, self.store.page, 0
        while ops := self.store.entries(device, after, offer.receipt.dseq, page):
            try:
                reply = self.say((offer,), of=device, first=after + 1, ops=ops)
            except Cut as cut:
                failures, page = failures + 1, max(LEAST_PAGE, page // 2)
                client.rest(failures, cut)
                continue
            here = dict(reply.lacking).get(device, offer.receipt.dseq)
            if here <= after:
                return
            self.sent, after, failures = self.sent + here - after, here, 0

    def say(self, offers: tuple[Offer, ...], of: str = "", first: int = 0, ops: Entries = ()) -> RefillReply:
        """One round trip. Raises `Cut` if it is worth another try and entries went along, else `Trouble`."""
        for failures in range(1, 99):
            request = RefillRequest(
                union=self.store.union, device=self.store.device, offers=offers, of=of, first=first, ops=ops,
                time=time.time_ns() // 1_000_000, nonce=secrets.token_bytes(16),
            )  # fmt: skip
            try:
                answer = self.link.post(PATH, messages.write(request, self.seed))
                return client.read_answer(RefillReply, answer, request.nonce, self.server_key)
            except Cut as cut:
                if ops:
                    raise
                client.rest(failures, cut)
            except client.Denied as denied:
                raise client.trouble_of(denied.refusal.reason) from denied
        raise AssertionError("rest raises before")
