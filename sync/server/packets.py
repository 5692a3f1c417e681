"""Packets that come by stick or e-mail: the same messages through the same door as the wire's, and the reply to them.

All of a packet or nothing: it is read to its last byte, its signatures and chain are proven, then everything is stored
in one transaction. What was held already is passed over, so any packet may come again.
"""

from __future__ import annotations

import itertools
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from desktop_app.domain.errors import Refused, Trouble
from sync import messages, packet, sealing
from sync.messages import EnrolReply, EnrolRequest, Manifest, Read, Refusal, SyncReply, SyncRequest
from sync.protocol import Malformed
from sync.server import audit, blobs, clock, enrolment, held, ingest, keys
from sync.server.models import Packet

REASONS = {
    sealing.FOREIGN_SEAL: "Gói này niêm phong cho nơi khác, máy chủ này không mở được. Hãy hỏi đơn vị gửi.",
    sealing.DAMAGED: "Gói bị hỏng hoặc chép chưa hết. Hãy chép lại từ USB, hoặc xin đơn vị ghi gói mới.",
    "malformed": "Gói bị hỏng hoặc chép chưa hết. Hãy chép lại từ USB, hoặc xin đơn vị ghi gói mới.",
    "too_large": "Gói lớn hơn mức nhận được. Hãy xin đơn vị ghi gói mới.",
    "too_new": "Gói do chương trình mới hơn máy chủ này ghi. Hãy nâng cấp máy chủ rồi nhập lại.",
    "bad_chain": "Nhật ký trong gói không nối nhau. Hãy xin đơn vị ghi gói mới.",
    "bad_signature": "Chữ ký trong gói không phải của máy đã đăng ký. Không nhận gói này.",
    "unknown_device": "Máy ghi gói này chưa đăng ký với tỉnh. Hãy cấp mã đăng ký cho đơn vị.",
    "foreign_union": "Máy ghi gói này đã đăng ký cho đơn vị khác. Không nhận gói này.",
    "revoked": "Mã đăng ký trong gói là cho một máy đã bị thu hồi. Hãy để đơn vị đăng ký lại máy, rồi ghi gói mới.",
    "fork": "Máy này là bản chép của một máy khác nên nhật ký không nối được. Hãy xin đơn vị đăng ký lại máy.",
    "bad_code": "Mã đăng ký trong gói không đúng hoặc đã hết hạn. Hãy cấp mã mới cho đơn vị.",
    "code_spent": "Mã đăng ký trong gói đã dùng cho máy khác. Hãy cấp mã mới cho đơn vị.",
}


class Held(Refused):
    """The packet follows entries that have not come yet: it is kept, and taken when they have."""


@dataclass(frozen=True)
class _Proven:
    """A packet whose signatures hold; `enrols` if it asks to be enrolled first."""

    manifest: Manifest
    enrols: EnrolRequest | None
    syncs: Sequence[SyncRequest]


def take(file: Path, who: str) -> Packet:
    """Store what a packet brings.

    Raises `Refused` (`Held` if it must wait) with nothing stored, `Trouble` for disk or database.
    """
    try:
        code = packet.check_code(file)
        own = [sealing.identity(one) for one in keys.seeds(settings.SERVER_DATA)]
        with open(file, "rb") as source:
            opened = packet.inspect(source, own)
    except OSError as error:
        raise Trouble(f"Không đọc được tệp {file.name}: {error.strerror}. Hãy kiểm tra USB rồi làm lại.") from error
    except Malformed as fault:
        raise Refused(REASONS.get(fault.reason, REASONS["malformed"])) from fault
    try:
        proven = _prove(opened)
        if proven.enrols is not None:
            enrolment.enrol(proven.enrols)
        return _contents(file, own, proven.manifest, _store(proven, code, who))
    except ingest.Gap as gap:
        first = proven.syncs[0].first
        raise Held(
            f"Gói này nối sau bản ghi số {first - 1} của máy, tỉnh mới có đến số {gap.confirmed}."
            " Hãy nhập gói trước đó, hoặc xin đơn vị nhận gói trả lời rồi ghi gói mới."
        ) from gap
    except Malformed as fault:
        raise Refused(REASONS.get(fault.reason, f"Không nhận được gói này ({fault.reason}).")) from fault
    except DatabaseError as error:
        raise Trouble("Cơ sở dữ liệu đang bận. Hãy nhập lại gói sau ít phút.") from error


def reply(taken: Packet, file: Path) -> str:
    """Write the reply to a packet (receipt, others' entries, the list of PCs) into a file; answers its check code.

    A revoked PC is told only what became of its entries.
    """
    device, nonce = taken.device, secrets.token_bytes(16)
    seed = keys.signing(settings.SERVER_DATA, device.anchor)
    sent: list[tuple[str, EnrolReply | SyncReply | Refusal]] = []
    cursor, after = (taken.epoch, taken.cursor), None
    if device.revoked:
        sent.append(("refusal", ingest.Revoked(device).refusal()))
    elif taken.enrolled:
        sent.append(("enrol", enrolment.answer(taken.unit, device)))
    while not device.revoked:
        page = ingest.answer(taken.unit, device, cursor, ingest.LARGEST_PAGE, taken.roster)
        after = after or (page.epoch, cursor[1] if cursor[0] == page.epoch else 0)
        sent.append(("sync", page))
        cursor = page.cursor
        if cursor[1] == page.top:
            break
    bodies = [messages.write(message, seed, nonce) for _, message in sent]
    manifest = Manifest(
        kind=packet.REPLY, union=taken.unit.code, device=device.device, messages=tuple(kind for kind, _ in sent),
        digest=packet.digest_of(bodies), blobs=(), time=clock.now_ms(), nonce=nonce, after=after or (0, 0),
        answers=bytes.fromhex(taken.nonce), have=tuple(bytes.fromhex(one) for one in taken.have),
    )  # fmt: skip
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(fresh, "wb") as out:
            packet.write(out, [device.age], messages.write(manifest, seed), bodies, ())
            out.flush()
            os.fsync(out.fileno())
        code = packet.check_code(fresh)
        fresh.replace(file)
    except OSError as error:
        raise Trouble(f"Không ghi được {file}: {error.strerror}. Hãy chọn nơi khác.") from error
    finally:
        fresh.unlink(missing_ok=True)
    return code


def _prove(opened: packet.Opened) -> _Proven:
    """The messages, proven to be of one PC, one after the other. Raises `Malformed`."""
    told = opened.manifest.message
    if told.kind != packet.PROVINCE:
        raise Malformed(sealing.FOREIGN_SEAL)
    enrols: EnrolRequest | None = None
    read: list[Read[SyncRequest]] = []
    for number, (kind, body) in enumerate(zip(told.messages, opened.messages, strict=True)):
        if kind == "enrol" and number == 0:
            asked = messages.read(EnrolRequest, body)
            enrols = asked.check(asked.message.key)
        elif kind == "sync":
            read.append(messages.read(SyncRequest, body))
        else:
            raise Malformed("malformed", f"a {kind} message")
    if not read or any((one.message.union, one.message.device) != (told.union, told.device) for one in read):
        raise Malformed("malformed", "messages of others")
    if enrols is not None and (enrols.union, enrols.device) != (told.union, told.device):
        raise Malformed("malformed", "enrols another")
    key = enrols.key if enrols is not None else bytes(ingest.sender(read[0].message).key)
    syncs = [one.check(key) for one in read]
    for before, following in itertools.pairwise(syncs):
        if (following.first, following.prev) != (before.first + len(before.ops), before.head):
            raise Malformed("bad_chain", "messages do not continue one another")
    opened.manifest.check(key)
    return _Proven(told, enrols, syncs)


def _store(proven: _Proven, code: str, who: str) -> Packet:
    told, first = proven.manifest, proven.syncs[0]
    with transaction.atomic():
        device = ingest.sender(first)
        before, kept = device.dseq, held.last(device)
        for request in proven.syncs:
            device = ingest.receive(request, device)
        waits = held.last(device) - kept if device.revoked else 0
        if proven.enrols is not None:  # it started from a file of now
            device.anchor = keys.generation(settings.SERVER_DATA)
            device.save(update_fields=["anchor"])
        made = Packet.objects.create(
            unit=device.unit, device=device, nonce=told.nonce.hex(), code=code, ops=device.dseq - before, blobs=0,
            epoch=first.cursor[0], cursor=first.cursor[1], roster=first.roster, enrolled=proven.enrols is not None,
            held=waits, have=[], by=who,
        )  # fmt: skip
        apart = f", {waits} bản ghi giữ riêng vì máy đã bị thu hồi" if waits else ""
        audit.note(who, "Nhận gói", device.unit, f"máy {device.device}, {made.ops} bản ghi mới{apart}, mã {code}")
    return made


def _contents(file: Path, own: Sequence[str], told: Manifest, taken: Packet) -> Packet:
    """The contents of files that the packet brought and that were not here; the reply says which are here now."""
    sizes = {sha256.hex(): size for sha256, size in told.blobs if size <= blobs.LARGEST}
    wanted = {sha256 for sha256 in sizes if not blobs.held(taken.unit, sha256)}

    def keep(sha256: bytes, no: int, piece: bytes) -> None:
        if sha256.hex() in wanted:
            blobs.add(taken.unit, sha256.hex(), no * packet.PIECE, piece)

    if wanted:
        with open(file, "rb") as source:
            packet.contents(source, own, keep)
    taken.blobs = sum(blobs.finish(taken.unit, sha256, sizes[sha256]) for sha256 in wanted)
    taken.have = [sha256 for sha256 in sizes if blobs.held(taken.unit, sha256)]
    taken.save(update_fields=["blobs", "have"])
    return taken


def file_name(taken: Packet) -> str:
    """What the reply to a packet is called."""
    union = "".join(letter if letter.isalnum() else "-" for letter in taken.unit.code)
    return f"tra-loi-{union}-{taken.device.device[:4]}-{taken.pk}{packet.SUFFIX}"
