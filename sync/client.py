"""The exchange with the provincial server, from a PC's side: enrol once, then push and pull until all is level.

It knows a `Replica` (what has journal and rows) and a link that carries bytes, not a book and not a screen. Every
round trip can be cut anywhere and repeated: the server knows a repeated entry, the replica stores a page and its
cursor in one commit.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from desktop_app.domain.errors import Problem, Refused, Trouble
from sync import envelope, lean, messages, protocol, sealing
from sync.link import HALF, Answer, Cut, Offline
from sync.messages import Certificate, EnrolReply, EnrolRequest, Receipt, Refusal, SyncReply, SyncRequest
from sync.pace import Pace
from sync.protocol import Malformed

M = TypeVar("M")

_TRIES = 7
_CLOCK_MS = 300_000

FOREIGN = (
    "Máy chủ trả lời không phải là máy chủ của LĐLĐ tỉnh mà sổ này đăng ký. Không có gì được ghi nhận."
    " Hãy kiểm tra địa chỉ máy chủ. Nếu LĐLĐ tỉnh vừa báo thay khóa máy chủ thì xin tệp của tỉnh mới rồi đăng ký lại."
)
FORKED = (
    "Máy chủ giữ một bản nhật ký khác của máy này: sổ này là bản chép hoặc bản cũ của một sổ khác."
    " Dữ liệu trong máy còn nguyên. Hãy xin LĐLĐ tỉnh mã đăng ký mới rồi đăng ký lại máy này."
)
UNLIKE = "Nhật ký máy chủ gửi không khớp chuỗi băm của nó. Không có gì được ghi nhận. Hãy báo cho LĐLĐ tỉnh."
_SENTENCES = {
    "unknown_device": "Máy chủ chưa biết máy này. Hãy xin LĐLĐ tỉnh mã đăng ký rồi đăng ký máy.",
    "bad_signature": "Máy chủ không nhận ra chữ ký của máy này. Hãy xin LĐLĐ tỉnh mã đăng ký mới rồi đăng ký lại.",
    "foreign_union": "Máy này đã đăng ký cho một đơn vị khác. Hãy hỏi LĐLĐ tỉnh.",
    "revoked": "LĐLĐ tỉnh đã thu hồi máy này. Dữ liệu còn nguyên trong máy. Hãy hỏi LĐLĐ tỉnh.",
    "full": "Ổ đĩa máy chủ của LĐLĐ tỉnh đã đầy nên chưa nhận được. Dữ liệu còn nguyên trong máy; hãy báo cho tỉnh.",
    "too_new": "Chương trình này mới hơn máy chủ của LĐLĐ tỉnh. Dữ liệu còn nguyên trong máy; hãy đồng bộ lại sau.",
}
_ENROLMENT = {
    "bad_code": "Mã đăng ký không đúng hoặc đã hết hạn. Hãy xem lại mã, hoặc xin LĐLĐ tỉnh mã mới.",
    "code_spent": "Mã đăng ký này đã dùng cho máy khác hoặc đã nhập sai quá nhiều lần. Hãy xin LĐLĐ tỉnh mã mới.",
    "unknown_replaced": "Máy được thay không có trong danh sách của tỉnh. Hãy đồng bộ rồi chọn lại.",
    "foreign_union": "Mã đăng ký này không phải của đơn vị trong sổ. Hãy kiểm tra mã đơn vị, hoặc hỏi LĐLĐ tỉnh.",
}


@dataclass(frozen=True)
class Place:
    """How far a replica has come: its last entry, the last one confirmed, where it has read to, its page size."""

    head: int
    confirmed: int
    cursor: tuple[int, int]
    page: int


class Replica(Protocol):
    """A book as the exchange sees it."""

    union: str
    device: str
    roster: int
    anchor: int
    prove: bool

    def place(self) -> Place: ...
    def pending(self, after: int, most: int) -> protocol.Batch: ...
    def hash_at(self, dseq: int) -> bytes: ...
    def receipt(self) -> tuple[Receipt | None, bytes | None]: ...
    def take(self, reply: SyncReply, page: int) -> int: ...
    def confirmed_only_to(self, dseq: int) -> None: ...
    def bears(self, page: int) -> None: ...


class Carrier(Protocol):
    """What carries messages (`sync.link.Link`)."""

    sent: int
    received: int

    def post(self, path: str, body: bytes) -> Answer: ...


@dataclass
class Synced:
    """What an exchange did. Bytes with HTTP headers, without TLS; `notices` are sentences for the user."""

    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    round_trips: int = 0
    seconds: float = 0.0
    notices: list[str] = field(default_factory=list)


Progress = Callable[[int, int, int], None]
"""(entries sent, entries to send, entries received), after every round trip. It may raise to stop."""


class Forked(Trouble):
    """The server holds another history of this very device: the book is a copy, or an old one."""


class Revoked(Trouble):
    """The province revoked this PC: what it still sends waits there for a person, and it reads nothing."""


class Denied(Exception):
    """The server refused, by its signed word."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def enrol(
    link: Carrier, union: str, device: str, seed: bytes, code: str, *, server_key: bytes | None, replaces: str = ""
) -> EnrolReply:
    """Make this device known by its one-time code; a cut answer does not burn the code.

    `server_key` is what the province file says it is; `replaces`: a PC that is gone.
    Raises `Refused` for a wrong code, else `Trouble`.
    """
    request = asking(union, device, seed, code, replaces)
    for failures in range(1, _TRIES + 1):
        try:
            answer = link.post("/enrol/v1", messages.write(request, seed))
            reply = read_answer(EnrolReply, answer, request.nonce, server_key)
            break
        except Cut as cut:
            rest(failures, cut)
        except Denied as denied:
            reason = denied.refusal.reason
            if reason in _ENROLMENT:
                raise Refused([Problem("code", _ENROLMENT[reason])]) from denied
            raise trouble_of(reason) from denied
    return admitted(request, reply)


def asking(union: str, device: str, seed: bytes, code: str, replaces: str = "") -> EnrolRequest:
    """What a PC says to be enrolled."""
    return EnrolRequest(
        code=messages.plain_code(code), device=device, key=envelope.public_key(seed), age=sealing.recipient(seed),
        union=union, time=_now(), nonce=secrets.token_bytes(16), replaces=replaces,
    )  # fmt: skip


def admitted(request: EnrolRequest, reply: EnrolReply) -> EnrolReply:
    """A proven reply, if it is of what was asked. Raises `Trouble`."""
    certificate = Certificate(
        union=request.union, device=request.device, key=request.key, issued=reply.certificate.issued
    )
    if (reply.union, reply.device, reply.certificate) != (request.union, request.device, certificate):
        raise Trouble(FOREIGN)
    if not messages.is_signed(reply.certificate, reply.certificate_sig, reply.server_key):
        raise Trouble(FOREIGN)
    return reply


def sync(
    link: Carrier, replica: Replica, seed: bytes, server_key: bytes, progress: Progress | None = None, *,
    enough: Callable[[int], bool] = lambda top: False,
) -> Synced:
    """Round trips until the server holds every entry and the replica has read every one, or it is `enough`.

    `enough` is asked with the server's top: whether something else brings the rest sooner.
    Raises `Trouble` with the truth; what was confirmed and read until then stays done.
    """
    exchange = _Exchange(link, replica, seed, server_key)
    started, begun = time.monotonic(), replica.place()
    failures = 0
    while True:
        before, kept = replica.place(), exchange.held
        try:
            top = exchange.round(before)
        except Cut as cut:
            failures += 1
            replica.bears(exchange.pace.broke(before.page))
            rest(failures, cut)
            continue
        done, now = exchange.done, replica.place()
        done.bytes_up, done.bytes_down, done.seconds = link.sent, link.received, time.monotonic() - started
        if progress:
            progress(done.sent, now.head - begun.confirmed, done.received)
        if (now.confirmed == now.head and now.cursor[1] == top) or (top is not None and enough(top)):
            return done
        stood = (now.confirmed, now.cursor, exchange.held) == (before.confirmed, before.cursor, kept)
        failures = failures + 1 if stood else 0
        if failures > _TRIES:
            raise Trouble("Máy chủ của LĐLĐ tỉnh không nhận thêm được. Dữ liệu còn nguyên trong máy; hãy thử lại sau.")


@dataclass
class _Exchange:
    """One exchange: who talks to whom, and what was done so far.

    `held`: the last entry that the server keeps apart, because this PC is revoked.
    """

    link: Carrier
    replica: Replica
    seed: bytes
    server_key: bytes
    done: Synced = field(default_factory=Synced)
    whole: bool = False
    """Entries go with the hashes of their payloads: one end could not make them anew."""
    held: int = 0
    lost: bool = False
    """The server said that it holds less than it gave a receipt for: it is shown the receipt."""
    pace: Pace = field(default_factory=Pace)

    def round(self, place: Place) -> int | None:
        """One round trip into the replica; answers the server's top (None: what it lacks goes next)."""
        replica = self.replica
        batch = replica.pending(max(place.confirmed, self.held), place.page)
        request = sending(replica, batch, place.cursor, place.page, whole=self.whole)
        if self.lost:
            given, signature = replica.receipt()
            request = replace(request, given=given, given_sig=signature)
        started = time.monotonic()
        self.done.round_trips += 1
        try:
            answer = self.link.post("/sync/v1", messages.write(request, self.seed))
            reply = read_answer(SyncReply, answer, request.nonce, self.server_key)
        except Denied as denied:
            lacking = denied.refusal.confirmed
            if denied.refusal.reason == "revoked" and lacking is not None:
                self._kept(denied.refusal, lacking, place, batch.first + len(batch.ops) - 1)
                return None
            if denied.refusal.reason == "gap" and lacking is not None and lacking < place.confirmed:
                replica.confirmed_only_to(lacking)
                self.lost = True
                return None
            if denied.refusal.reason == "bad_chain" and batch.ops and not self.whole:
                self.whole = True
                return None
            raise trouble_of(denied.refusal.reason) from denied
        check_receipt(self.replica, reply, self.server_key)
        self.lost = False
        used = len(batch.ops) > 1 or len(reply.ops) > 1
        page = self.pace.came(place.page, time.monotonic() - started, used)
        try:
            self.done.received += replica.take(reply, page)
        except lean.Unrestored as fault:
            if self.whole:
                raise Trouble(UNLIKE) from fault
            self.whole = True
            return None
        self.done.sent += max(0, reply.confirmed - place.confirmed)
        _note_clock(self.done, _now() - reply.time)
        return reply.top

    def _kept(self, refusal: Refusal, counted: int, place: Place, said: int) -> None:
        """What a revoked PC is told. Raises `Revoked` when all it has is there.

        A refusal names no hash: only entries that were said in this exchange, up to `said`, are known to be its own
        and not those of a copy.
        """
        here, counted = min(max(counted, refusal.held), said), min(counted, said)
        if max(counted, refusal.held) > place.head:
            raise Forked(FORKED)
        if counted != place.confirmed:
            self.replica.confirmed_only_to(counted)
        if here == self.held or here >= place.head:
            raise revoked(refusal, place.head)
        self.done.sent, self.held = self.done.sent + here - max(self.held, counted), here


def revoked(refusal: Refusal, head: int) -> Revoked:
    """The sentence for a revoked PC whose last entry is `head`."""
    waits = max(0, refusal.held - (refusal.confirmed or 0) - refusal.dropped)
    left = max(0, head - max(refusal.held, refusal.confirmed or 0))
    parts = [
        f"{waits} thay đổi đã gửi đang chờ tỉnh xem xét" if waits else "",
        f"{refusal.dropped} thay đổi tỉnh không nhận" if refusal.dropped else "",
        f"{left} thay đổi chưa gửi" if left else "",
    ]
    told = "; ".join(part for part in parts if part)
    return Revoked(
        f"LĐLĐ tỉnh đã thu hồi máy này{f': {told}' if told else ''}. Máy không nhận thêm được gì, dữ liệu còn nguyên"
        " trong máy. Hãy hỏi LĐLĐ tỉnh."
    )


def sending(
    replica: Replica, batch: protocol.Batch, cursor: tuple[int, int], want: int, *, whole: bool = True
) -> SyncRequest:
    """What a replica says with a stretch of its entries, `whole` or without what the reader makes anew."""
    ops = batch.ops if whole else tuple((lean.lean(raw, payload), payload) for raw, payload in batch.ops)
    return SyncRequest(
        union=replica.union, device=replica.device, first=batch.first, prev=batch.prev, head=batch.head,
        ops=ops, cursor=cursor, want=want, schema=protocol.SCHEMA, time=_now(),
        nonce=secrets.token_bytes(16), roster=replica.roster, whole=whole, anchor=replica.anchor,
        prove=replica.prove,
    )  # fmt: skip


def check_receipt(replica: Replica, reply: SyncReply, server_key: bytes) -> None:
    """What is confirmed must be this very chain, by the server's own word. Raises `Forked` or `Trouble`."""
    if reply.confirmed > replica.place().head:
        raise Forked(FORKED)
    receipt = reply.receipt
    if receipt is None:  # nothing new since the last one, which stands
        if reply.confirmed != replica.place().confirmed:
            raise Trouble(FOREIGN)
        return
    ours = replace(receipt, union=replica.union, device=replica.device, dseq=reply.confirmed, epoch=reply.epoch)
    if receipt != ours or not messages.is_signed(receipt, reply.receipt_sig or b"", server_key):
        raise Trouble(FOREIGN)
    if receipt.hash != replica.hash_at(receipt.dseq):
        raise Forked(FORKED)


def read_answer(kind: type[M], answer: Answer, nonce: bytes, server_key: bytes | None) -> M:
    """The server's answer, proven. Raises `Denied`, `Cut` (not whole, or busy) or `Trouble` (another server)."""
    try:
        if answer.status == 200:
            read = messages.read(kind, answer.body)
            return read.check(server_key or read.message.server_key, nonce)  # type: ignore[attr-defined]
        denial = messages.read(Refusal, answer.body)
        if server_key and not any(denial.is_signed(server_key, bound) for bound in (nonce, b"")):
            raise Malformed("bad_signature")
        refusal = denial.message
    except Malformed as fault:
        if fault.reason == "bad_signature":
            raise Trouble(FOREIGN) from fault
        if fault.reason == "too_new":
            raise Trouble("Máy chủ của LĐLĐ tỉnh mới hơn chương trình này. Hãy cập nhật chương trình.") from fault
        raise Cut(HALF) from fault
    if refusal.reason == "busy":
        raise Cut("Máy chủ của LĐLĐ tỉnh đang bận. Dữ liệu còn nguyên trong máy; hãy thử lại sau ít phút.")
    if refusal.reason == "malformed":
        raise Cut(HALF)
    raise Denied(refusal)


def _note_clock(done: Synced, ahead: int) -> None:
    """A wrong clock blocks nothing, but is said: dates of vouchers come from it."""
    if abs(ahead) > _CLOCK_MS and not done.notices:
        way = "nhanh" if ahead > 0 else "chậm"
        done.notices.append(
            f"Đồng hồ của máy này {way} {_minutes(abs(ahead))} so với máy chủ. Hãy chỉnh lại ngày giờ của máy."
        )


def _minutes(milliseconds: int) -> str:
    minutes = milliseconds // 60_000
    if minutes < 120:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ" if minutes < 2880 else f"{minutes // 1440} ngày"


def rest(failures: int, cut: Cut) -> None:
    """Try again at once, then ever later, a little at random; in the end tell the cut's own sentence."""
    if failures >= _TRIES:
        raise Offline(str(cut)) from cut
    if failures > 1:
        time.sleep(min(3.0, 0.1 * 2**failures) * (0.5 + random.random() / 2))  # noqa: S311 - not a secret


def trouble_of(reason: str) -> Trouble:
    if reason == "fork":
        return Forked(FORKED)
    return Trouble(_SENTENCES.get(reason, f"Máy chủ của LĐLĐ tỉnh từ chối (lý do: {reason}). Hãy báo cho LĐLĐ tỉnh."))


def _now() -> int:
    return time.time_ns() // 1_000_000
