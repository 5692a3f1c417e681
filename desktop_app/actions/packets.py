"""Packets by stick, e-mail or Zalo: to the province, its reply, and from PC to PC of one union.

A packet holds everything since the last receipt, so a lost stick costs nothing and any packet may come twice. It is
written beside its place, down to the disk, read again and renamed; of a packet that comes in all is taken or nothing.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.actions import forwarding, keys, sync
from desktop_app.actions.replica import Replica
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.storage import adopting, carrying, enrolment, incoming, peers, proofs, space
from desktop_app.storage.book import Book
from sync import client, messages, packet, protocol, sealing
from sync.messages import EnrolReply, Manifest, Refusal, SyncReply, SyncRequest
from sync.pace import LARGEST_PAGE
from sync.protocol import Malformed

PROVINCE, DEVICE = packet.PROVINCE, packet.DEVICE
_BATCH = 1 << 20
_DAMAGED = "Gói bị hỏng hoặc chép chưa hết. Không có gì được ghi. Hãy chép lại gói, hoặc xin nơi gửi ghi gói mới."
_SENTENCES = {
    sealing.FOREIGN_SEAL: "Gói này niêm phong cho nơi khác nên máy này không mở được. Hãy xem lại đúng gói chưa.",
    "too_new": "Gói do chương trình mới hơn ghi. Hãy cập nhật chương trình rồi nhận lại.",
    "bad_signature": "Chữ ký trong gói không đúng nên gói không được nhận. Hãy báo cho LĐLĐ tỉnh.",
}


_HELD = (
    "Máy {device} đã bị LĐLĐ tỉnh thu hồi: những gì gói này mang không vào sổ ngay, máy này giữ lại và chuyển cho tỉnh"
    " xem xét ở lần đồng bộ tới."
)


@dataclass(frozen=True)
class Packed:
    """What went into a packet: entries, contents of files, and the six digits that both ends see."""

    ops: int
    blobs: int
    check_code: str
    files: tuple[Path, ...]

    def answer(self) -> dict[str, Any]:
        """As the command line answers it."""
        return {"ops": self.ops, "blobs": self.blobs, "check_code": self.check_code}


@dataclass(frozen=True)
class Taken(Packed):
    """What a packet brought that was new; `entities` were touched; `note` is a sentence about what was kept apart."""

    entities: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class _Sender:
    """Who writes: the device's private key, whom to seal for, and what the union's code is."""

    seed: bytes
    recipients: tuple[str, ...]
    kind: str
    enrols: bytes = b""


def export(
    book: Book, file: Path, to: str = PROVINCE, *, files: bool = True, largest: int = packet.LARGEST_PART
) -> Packed:
    """Write a packet to the province, to every other PC of the union ("device"), or to one (its 16 digits).

    `files`: with the contents of files that the server lacks; where they are more than `largest` bytes in all, several
    packets are written, which may be taken in any order. Raises `Refused` if the book is not enrolled or nobody
    is there to write to, `Trouble` for the disk.
    """
    known, seed = enrolment.of(book), enrolment.seed(book)
    if known is None or seed is None:
        raise Refused(
            "Máy này chưa đăng ký với LĐLĐ tỉnh nên chưa ghi được gói. Hãy nhập mã đăng ký và tệp của tỉnh trước."
        )
    if to == PROVINCE:
        sender = _Sender(seed, (known.server_age,), PROVINCE)
    else:
        sender = _Sender(seed, _recipients(book, to), DEVICE)
    return _write(book, file, sender, files, largest)


def export_to_enrol(book: Book, file: Path, code: str, province_file: Path) -> Packed:
    """Write a packet that asks the province to enrol this PC, for where there is no network at all.

    The reply packet makes it known. Raises `Refused` for a missing code or a file that is not the province's.
    """
    if not code.strip():
        raise Refused([Problem("code", "Hãy nhập mã đăng ký của LĐLĐ tỉnh.")])
    province = sync.read_province_file(province_file)
    if province.key is None or not sealing.is_recipient(province.age):
        raise Refused([Problem("province_file", f"{province_file.name} là tệp cũ. Hãy xin LĐLĐ tỉnh tệp mới.")])
    seed = enrolment.seed(book) or enrolment.make_seed(book)
    asked = client.asking(book.union_code, book.device, seed, code)
    made = _write(
        book, file, _Sender(seed, (province.age,), PROVINCE, messages.write(asked, seed)), False
    )
    book.note("enrolling", protocol.canonical([province.key, province.url, asked]))
    return made


def take(book: Book, file: Path) -> Taken:
    """Take a packet in: the province's reply, or what another PC of the union wrote. What is known is passed over.

    Raises `Refused` with nothing stored if it is damaged, altered, of another union, or follows one that is missing.
    """
    seed = enrolment.seed(book)
    if seed is None:
        raise Refused("Máy này chưa đăng ký với LĐLĐ tỉnh nên chưa mở được gói nào.")
    own = [sealing.identity(one) for one in (seed, enrolment.former_seed(book)) if one is not None]
    try:
        code = packet.check_code(file)
        with open(file, "rb") as source:
            opened = packet.inspect(source, own)
        told = opened.manifest.message
        if told.union != book.union_code:
            raise Refused(f"Gói này của đơn vị mã {told.union}, sổ này của đơn vị mã {book.union_code}. Không nhận.")
        ops, touched = (_take_reply if told.kind == packet.REPLY else _take_others)(book, opened)
        blobs = _take_contents(book, file, own, told) if told.blobs else 0
    except Malformed as fault:
        raise Refused(_SENTENCES.get(fault.reason, _DAMAGED)) from fault
    except OSError as error:
        raise Trouble(f"Không đọc được tệp {file.name}. Hãy kiểm tra USB rồi nhận lại.") from error
    note = _HELD.format(device=told.device) if told.kind == DEVICE and _is_revoked(book, told.device) else ""
    return Taken(ops, blobs, code, (file,), touched, note)


def _recipients(book: Book, to: str) -> tuple[str, ...]:
    others = peers.others(book)
    if to != DEVICE:
        others = tuple(peer for peer in others if peer.certificate.device == to)
    if not others:
        raise Refused(
            "Chưa biết máy nào khác của đơn vị để gửi. Hãy đồng bộ một lần, hoặc nhận gói trả lời của tỉnh,"
            " rồi ghi lại."
        )
    return tuple(peer.age for peer in others)


def _write(book: Book, file: Path, sender: _Sender, files: bool, largest: int = packet.LARGEST_PART) -> Packed:
    sent, count = _messages(book, sender)
    waiting = carrying.waiting(book) if files else []
    parts = _parts(waiting, largest)
    written: list[Path] = []
    for number, contents in enumerate(parts):
        target = file if number == 0 else file.with_name(f"{file.stem}-{number + 1}{file.suffix}")
        frames = [messages.write(_manifest(book, sender, sent, contents), sender.seed), *sent]
        pieces = (piece for one in contents for piece in carrying.pieces_of(book, one.sha256))
        _write_file(target, sender.recipients, frames, pieces)
        written.append(target)
    return Packed(count, len(waiting), packet.check_code(file), tuple(written))


def _messages(book: Book, sender: _Sender) -> tuple[list[bytes], int]:
    """The requests that say everything the province did not confirm (to PCs: everything), and how many entries."""
    replica = Replica(book)
    place, count = replica.place(), 0
    sent = [sender.enrols] if sender.enrols else []
    after = place.confirmed if sender.kind == PROVINCE else 0
    want = LARGEST_PAGE if sender.kind == PROVINCE else 0
    while True:
        batch = replica.pending(after, _BATCH)
        sent.append(messages.write(client.sending(replica, batch, place.cursor, want), sender.seed))
        count, after = count + len(batch.ops), after + len(batch.ops)
        if after >= place.head or not batch.ops:
            return sent, count


def _parts(waiting: Sequence[carrying.Content], largest: int) -> list[list[carrying.Content]]:
    """Contents by packets of a size that any stick holds."""
    parts: list[list[carrying.Content]] = [[]]
    for content in waiting:
        if parts[-1] and sum(one.size for one in parts[-1]) + content.size > largest:
            parts.append([])
        parts[-1].append(content)
    return parts


def _manifest(book: Book, sender: _Sender, sent: Sequence[bytes], contents: Sequence[carrying.Content]) -> Manifest:
    made = Manifest(
        kind=sender.kind, union=book.union_code, device=book.device,
        messages=("enrol",) * bool(sender.enrols) + ("sync",) * (len(sent) - bool(sender.enrols)),
        digest=packet.digest_of(sent), blobs=tuple((bytes.fromhex(one.sha256), one.size) for one in contents),
        time=time.time_ns() // 1_000_000, nonce=secrets.token_bytes(16),
    )  # fmt: skip
    own = next((peer for peer in peers.known(book) if peer.certificate.device == book.device), None)
    if sender.kind == DEVICE and own is not None:
        return replace(made, certificate=own.certificate, certificate_sig=own.certificate_sig)
    return made


def _write_file(file: Path, recipients: Sequence[str], frames: Sequence[bytes], pieces: Iterator[bytes]) -> None:
    fresh = file.with_name(f"{file.name}.moi")
    try:
        with open(fresh, "w+b") as out:
            packet.write(out, recipients, frames[0], frames[1:], pieces)
            out.flush()
            os.fsync(out.fileno())
        code = packet.check_code(fresh)
        os.replace(fresh, file)
        if packet.check_code(file) != code:
            raise OSError("the packet reads back different from what was written")
    except OSError as error:
        told = f"Không ghi được gói vào {file}. Hãy kiểm tra USB còn chỗ và không khóa ghi, rồi ghi lại."
        raise space.trouble_of(error, file, f"chưa ghi được gói vào {file}", told) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _take_reply(book: Book, opened: packet.Opened) -> tuple[int, frozenset[str]]:
    told, known = opened.manifest.message, enrolment.of(book)
    if told.device != book.device:
        raise Refused("Gói trả lời này của một máy khác trong đơn vị. Hãy nhận gói dành cho máy này.")
    enrolling = book.about("enrolling") if "enrol" in told.messages else b""
    if known is None and not enrolling:
        raise Refused("Máy này chưa đăng ký với LĐLĐ tỉnh nên chưa nhận được gói trả lời.")
    server_key = _admit(book, opened, enrolling) if enrolling and known is None else known and known.server_key
    assert server_key
    opened.manifest.check(server_key)
    if told.messages == ("refusal",):
        _revoked(book, messages.read(Refusal, opened.messages[0]).check(server_key, told.nonce))
    pages = [
        messages.read(SyncReply, body).check(server_key, told.nonce)
        for kind, body in zip(told.messages, opened.messages, strict=True)
        if kind == "sync"
    ]
    if not pages:
        raise Malformed(sealing.DAMAGED)
    chains = {device: hash_ for page in pages for device, hash_ in page.chains}
    whole = replace(pages[-1], ops=tuple(op for page in pages for op in page.ops), chains=tuple(chains.items()))
    for page in pages[:-1]:
        proofs.keep(book, page.epoch, page.proofs)
    done = _apply_reply(book, told, whole, server_key)
    keys.believe(book, pages[-1].changes)
    if told.have:
        carrying.carried(book, (one.hex() for one in told.have))
    return done


def _revoked(book: Book, refusal: Refusal) -> None:
    """The province says that this PC is revoked. Raises `Trouble` with its sentence, which is kept."""
    trouble = client.revoked(refusal, enrolment.head(book))
    sync.note_trouble(book, trouble)
    raise trouble


def _admit(book: Book, opened: packet.Opened, enrolling: bytes) -> bytes:
    """Enrol this PC by the reply's word; answers the server's key, which the province file named."""
    import msgspec

    server_key, url, asked = msgspec.msgpack.decode(enrolling)
    request = msgspec.convert(asked, messages.EnrolRequest)
    read = messages.read(EnrolReply, opened.messages[0]).check(server_key, opened.manifest.message.nonce)
    sync.keep_enrolment(book, url, client.admitted(request, read))
    book.note("enrolling", b"")
    return bytes(server_key)


def _apply_reply(book: Book, told: Manifest, reply: SyncReply, server_key: bytes) -> tuple[int, frozenset[str]]:
    replica = Replica(book, by_hand=True)
    place = replica.place()
    if reply.epoch < place.cursor[0]:
        raise Refused("Gói trả lời này cũ hơn lần tỉnh khôi phục máy chủ. Hãy xin LĐLĐ tỉnh gói mới.")
    if reply.epoch == place.cursor[0]:
        if told.after[1] > place.cursor[1]:
            raise Refused("Gói trả lời này nối sau một gói chưa nhận. Hãy nhận gói trước, hoặc ghi gói mới gửi tỉnh.")
        if reply.confirmed < place.confirmed:  # older than what is known already: only others' entries count
            reply = replace(reply, confirmed=place.confirmed, receipt=None, receipt_sig=None)
        if reply.cursor[1] < place.cursor[1]:
            reply = replace(reply, cursor=place.cursor, top=max(reply.top, place.cursor[1] + 1))
    if reply.receipt is not None:
        client.check_receipt(replica, reply, server_key)
    before = adopting.count(book)
    ops = replica.take(reply, place.page)
    return ops + adopting.count(book) - before, frozenset(replica.entities)


def _take_others(book: Book, opened: packet.Opened) -> tuple[int, frozenset[str]]:
    """Another PC's own entries. The cursor of the exchange with the province stays where it is."""
    told, known = opened.manifest.message, enrolment.of(book)
    if known is None:
        raise Refused("Máy này chưa đăng ký với LĐLĐ tỉnh nên chưa nhận được gói.")
    certificate, signature = told.certificate, told.certificate_sig
    if told.kind != DEVICE or certificate is None or certificate.device != told.device:
        raise Malformed(sealing.FOREIGN_SEAL)
    if certificate.union != book.union_code or not any(
        messages.is_signed(certificate, signature or b"", key) for key in known.trusted
    ):
        raise Malformed("bad_signature")
    listed = next((one.certificate for one in peers.known(book) if one.certificate.device == told.device), certificate)
    if listed.issued > certificate.issued:
        raise Refused(f"Gói này ghi trước khi máy {told.device} đổi khóa. Hãy xin máy đó ghi gói mới.")
    opened.manifest.check(certificate.key)
    requests = [messages.read(SyncRequest, body).check(certificate.key) for body in opened.messages]
    ops: list[incoming.Pulled] = []
    chain = protocol.genesis(book.union_code, told.device)
    for request in requests:
        if (request.union, request.device, request.prev) != (book.union_code, told.device, chain):
            raise Malformed(sealing.DAMAGED, "messages do not continue one another")
        for raw, payload in request.ops:
            chain = protocol.chain(chain, raw)
            ops.append((told.device, raw, payload))
        if chain != request.head:
            raise Malformed(sealing.DAMAGED, "the chain does not end at head")
    forwarding.keep(book, told.device, list(zip(requests, opened.messages, strict=True)))
    if _is_revoked(book, told.device):
        return 0, frozenset()
    applied = incoming.apply(book, ops, enrolment.standing(book), shown=False)
    return applied.entries, applied.entities


def _is_revoked(book: Book, device: str) -> bool:
    return any(peer.revoked and peer.certificate.device == device for peer in peers.known(book))


def _take_contents(book: Book, file: Path, own: Sequence[str], told: Manifest) -> int:
    """The contents of files that this book wants, piece by piece; answers how many came."""
    wanted = {sha256 for sha256, size in told.blobs if carrying.lacks(book, sha256.hex()) == size}

    def keep(sha256: bytes, no: int, piece: bytes) -> None:
        if sha256 in wanted:
            carrying.keep_piece(book, sha256.hex(), no, piece)

    if wanted:
        with open(file, "rb") as source:
            packet.contents(source, own, keep)
    return len(wanted)
