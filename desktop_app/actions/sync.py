"""Exchange with the province: enrol this PC, sync now, and say the truth about it in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.actions import carrying, forwarding, keys, network, review
from desktop_app.actions.gathering import Arriving, Reading
from desktop_app.actions.replica import Refiller, Replica
from desktop_app.actions.sync_state import COPY, OFFLINE, REFUSED, REVOKED, last_trouble, line, returned, status
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.storage import adopting, enrolment, snapshot
from desktop_app.storage.book import Book
from sync import client, envelope, protocol, refill
from sync.link import Link, Offline
from sync.messages import EnrolReply

__all__ = [
    "SYNCED", "Arriving", "Enrolled", "Progress", "Province", "Synced", "enrol", "keep_enrolment", "last_trouble",
    "line", "read_province_file", "returned", "status", "sync_now",
]  # fmt: skip

SYNCED = "đã đồng bộ"
Progress = Callable[[int, int, int], None]
"""(entries sent, entries to send, entries received); it may raise to stop."""


@dataclass(frozen=True)
class Enrolled:
    """This PC is known to the province: its device id, the server's address, what the province calls the union."""

    device: str
    server: str
    name: str


@dataclass(frozen=True)
class Synced:
    """What an exchange did: entries, bytes on the wire, round trips, seconds, and sentences for the user."""

    sent: int
    received: int
    bytes_up: int
    bytes_down: int
    round_trips: int
    seconds: float
    conflicts: int
    entities: frozenset[str]
    notices: tuple[str, ...]
    state: str = SYNCED

    def answer(self) -> dict[str, Any]:
        """As the command line answers it."""
        return {
            "sent": self.sent, "received": self.received, "bytes_up": self.bytes_up, "bytes_down": self.bytes_down,
            "round_trips": self.round_trips, "seconds": round(self.seconds, 3), "conflicts": self.conflicts,
            "state": self.state,
        }  # fmt: skip


def enrol(
    book: Book, server: str, code: str, province_file: Path | None = None, *, replaces: str = ""
) -> Enrolled:
    """Make this PC known to the province by a one-time code; may be repeated after a cut.

    A copy of another PC's book, or a revoked PC, takes a device id of its own first. With a province file the server
    must have the key the file names; its address stands in for an empty `server`. `replaces`: a PC that is gone.
    Raises `Refused` for a wrong code, address or file, `Trouble` for the network or another server.
    """
    if not code.strip():
        raise Refused([Problem("code", "Hãy nhập mã đăng ký của LĐLĐ tỉnh.")])
    wanted = read_province_file(province_file) if province_file else Province("", None)
    link = link_to(book, server or wanted.url)
    try:
        copied = book.about("sync_trouble")[:1] in (COPY, REVOKED)
        seed = (None if copied else enrolment.seed(book)) or enrolment.make_seed(book)
        known = enrolment.of(book) if replaces else None
        reply = client.enrol(
            link, book.union_code, book.device, seed, code, replaces=replaces,
            server_key=wanted.key or (known.server_key if known else None),
        )  # fmt: skip
    finally:
        link.close()
    keep_enrolment(book, link.url, reply)
    return Enrolled(book.device, link.url, reply.name)


def keep_enrolment(book: Book, url: str, reply: EnrolReply) -> None:
    """Remember what the server answered, whatever carried it."""
    certificate = protocol.canonical([reply.certificate, reply.certificate_sig])
    made = enrolment.Enrolment(
        url, reply.server_key, reply.name, book.device, reply.lease, certificate, reply.server_age, reply.anchor,
        reply.root,
    )
    enrolment.keep(book, made)
    book.note("sync_trouble", b"")


def sync_now(
    book: Book, server: str | None = None, progress: Progress | None = None, arriving: Arriving | None = None
) -> Synced:
    """Send what waits and read what came, until both ends are level. `server`: the same province at a new address.

    A new PC of a union with a long history reads it in parts; `arriving` is told how much of it is here.
    Raises `Refused` if the book is not enrolled, `Trouble` with what is true: no network, another server, a refusal.
    """
    known = enrolment.of(book)
    seed = enrolment.seed(book) if known else None
    if known is None or seed is None:
        raise Refused(_why_not(book))
    if not (server or known.url):
        raise Refused("Máy này đăng ký bằng gói nên chưa có địa chỉ máy chủ. Hãy bấm Ghi gói ra USB, hoặc đăng ký lại.")
    link = link_to(book, server or known.url)
    replica, adopted = Replica(book), adopting.count(book)
    reading = Reading(book, replica.entities)
    try:
        if enrolment.next_seed(book) is not None:  # a change of keys that was cut
            keys.finish(book, link)
            seed = enrolment.seed(book) or seed
        done = client.sync(link, replica, seed, known.server_key, progress, enough=reading.is_worth)
        if reading.wanted:
            entries, trips = reading.read(link, seed, known.server_key, arriving)
            done = replace(done, received=done.received + entries, round_trips=done.round_trips + trips)
            replica.prove = True
            done = _both(done, client.sync(link, replica, seed, known.server_key, progress))
        if forwarding.hand_on(book, link):
            done = _both(done, client.sync(link, replica, seed, known.server_key, progress))
        if given := refill.bring(link, Refiller(book), seed, known.server_key):
            done.notices.append(f"Máy chủ của tỉnh vừa được khôi phục: đã gửi lại {given} thay đổi của máy khác.")
            done = _both(done, client.sync(link, replica, seed, known.server_key, progress))
        while left := carrying.carry(book, link, seed, known.server_key, _watch(done, progress)):
            if left is not carrying.AFTER_ENTRIES:
                done.notices.append(left)
                break
            done = _both(done, client.sync(link, replica, seed, known.server_key, progress))
        snapshot.finish(book)
        done.bytes_up, done.bytes_down = link.sent, link.received
    except Trouble as trouble:
        note_trouble(book, trouble)
        raise
    finally:
        link.close()
    book.note("sync_trouble", b"")
    done.notices += [*replica.notices, *keys.believe(book, replica.changes)]
    taken = adopting.count(book) - adopted
    if taken:
        done.notices.append(f"Đã nhận lại {taken} thay đổi của bản sao lưu và gửi lên tỉnh.")
    if link.url != known.url:
        enrolment.keep(book, replace(known, url=link.url))
    return Synced(
        done.sent, done.received, done.bytes_up, done.bytes_down, done.round_trips, done.seconds,
        review.count(book), frozenset(replica.entities), tuple(done.notices),
    )  # fmt: skip


def link_to(book: Book, url: str) -> Link:
    """A link as this PC goes out."""
    way = network.way(book)
    return Link(url, way) if way else Link(url)


def _watch(done: client.Synced, progress: Progress | None) -> Callable[[], None]:
    """Called before every request of a file: whoever watches may stop it by raising."""
    return lambda: progress(done.sent, done.sent, done.received) if progress else None


def _both(first: client.Synced, then: client.Synced) -> client.Synced:
    """Two exchanges of one round, told as one."""
    return replace(
        then, sent=first.sent + then.sent, received=first.received + then.received,
        round_trips=first.round_trips + then.round_trips, seconds=first.seconds + then.seconds,
        notices=[*first.notices, *then.notices],
    )  # fmt: skip


def note_trouble(book: Book, trouble: Trouble) -> None:
    """Remember why the exchange did not end well, whatever carried it."""
    kinds = ((Offline, OFFLINE), (client.Forked, COPY), (client.Revoked, REVOKED))
    kind = next((kind for of, kind in kinds if isinstance(trouble, of)), REFUSED)
    book.note("sync_trouble", kind + str(trouble).encode())


@dataclass(frozen=True)
class Province:
    """What a province file says: the server's address, its key to sign with and its age recipient to seal for."""

    url: str
    key: bytes | None
    age: str = ""


def read_province_file(file: Path) -> Province:
    """A province file, proven. Raises `Refused` (field "province_file")."""
    try:
        content = json.loads(file.read_bytes())
        key, url = bytes.fromhex(content["key"]), content.get("server") or ""
        signature = bytes.fromhex(content.pop("signature"))
        proven = envelope.signed(key, b"socongdoan province file 1\0" + protocol.canonical(content), signature)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(
            [Problem("province_file", f"{file.name} không phải tệp của LĐLĐ tỉnh. Hãy chọn tệp khác.")]
        ) from error
    if not proven or not isinstance(url, str):
        raise Refused([Problem("province_file", f"{file.name} đã bị sửa hoặc bị hỏng. Hãy xin lại LĐLĐ tỉnh.")])
    age = content.get("age") or ""
    return Province(url, key, age if isinstance(age, str) else "")


def _why_not(book: Book) -> str:
    if enrolment.last_known(book) is None:
        return "Máy này chưa đăng ký với LĐLĐ tỉnh. Hãy nhập mã đăng ký trước khi đồng bộ."
    return (
        "Sổ này vừa được khôi phục hoặc mất khóa thiết bị nên phải đăng ký lại."
        " Hãy xin LĐLĐ tỉnh mã đăng ký mới. Dữ liệu trong máy còn nguyên."
    )
