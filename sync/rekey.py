"""New keys of a device: asked for with the old key and the new one, so that neither can be put in another's place.

The new private key is on the PC's disk before this is sent. A cut answer is asked for again, with the same keys: the
server that has changed them already says so once more.
"""

from __future__ import annotations

import itertools
import secrets
import time

from desktop_app.domain.errors import Trouble
from sync import client, envelope, messages, protocol, sealing
from sync.link import Cut
from sync.messages import RekeyReply, RekeyRequest

PATH = "/rekey/v1"
_TAG = b"socongdoan new key 1\0"


def proof_of(union: str, device: str, key: bytes, age: str) -> bytes:
    """What the new key signs."""
    return _TAG + protocol.canonical([union, device, key, age])


def change(link: client.Carrier, whom: tuple[str, str], old: bytes, new: bytes, server_key: bytes) -> RekeyReply:
    """Let the server know the new key of a device instead of the old one (both private). Raises `Trouble`.

    `whom`: union and device.
    """
    union, device = whom
    key, age = envelope.public_key(new), sealing.recipient(new)
    proof = envelope.sign(new, proof_of(union, device, key, age))
    for failures in itertools.count(1):
        request = RekeyRequest(
            union=union, device=device, key=key, age=age, proof=proof, time=time.time_ns() // 1_000_000,
            nonce=secrets.token_bytes(16),
        )  # fmt: skip
        try:
            answer = link.post(PATH, messages.write(request, old))
            reply = client.read_answer(RekeyReply, answer, request.nonce, server_key)
            break
        except Cut as cut:
            client.rest(failures, cut)
        except client.Denied as denied:
            raise client.trouble_of(denied.refusal.reason) from denied
    told = reply.certificate
    if (told.union, told.device, told.key) != (union, device, key):
        raise Trouble(client.FOREIGN)
    if not messages.is_signed(told, reply.certificate_sig, server_key):
        raise Trouble(client.FOREIGN)
    return reply
