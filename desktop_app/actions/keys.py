"""*Đổi khóa*: this PC takes new keys, and learns the new key of the province's server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.errors import Refused
from desktop_app.storage import enrolment, peers
from desktop_app.storage.book import Book
from sync import messages, protocol, rekey, sealing
from sync.link import Link
from sync.messages import KeyChange


def change(book: Book, link: Link | None = None) -> None:
    """Take new keys by the old one's word. May be repeated after a cut: the same new keys are asked for again.

    Raises `Refused` if this PC exchanges nothing by network, else `Trouble`.
    """
    known, old = enrolment.of(book), enrolment.seed(book)
    if known is None or old is None or not known.url:
        raise Refused("Máy này chưa đồng bộ qua mạng với LĐLĐ tỉnh nên chưa đổi khóa được.")
    new = enrolment.next_seed(book) or enrolment.make_next_seed(book)
    from desktop_app.actions import sync

    own = link or sync.link_to(book, known.url)
    try:
        reply = rekey.change(own, (book.union_code, book.device), old, new, known.server_key)
    finally:
        if link is None:
            own.close()
    enrolment.take_next_seed(book, protocol.canonical([reply.certificate, reply.certificate_sig]))
    peers.note_own(book, reply.certificate, reply.certificate_sig, sealing.recipient(new))


def finish(book: Book, link: Link) -> None:
    """A change that was cut: go through with it, so that both ends know one key. Raises `Trouble`."""
    if enrolment.next_seed(book) is not None:
        change(book, link)




def believe(book: Book, changes: Sequence[tuple[KeyChange, bytes]]) -> list[str]:
    """Pin the server's new key, if each change is signed by the key before it; answers what to tell the user."""
    known = enrolment.of(book)
    if known is None or not changes:
        return []
    for told, signature in changes:
        if told.no != known.anchor + 1 or not messages.is_signed(told, signature, known.server_key):
            return []
        known = replace(
            known, server_key=told.key, server_age=told.age, anchor=told.no, first_key=known.root,
            former=(known.server_key, *known.former),
        )  # fmt: skip
    enrolment.keep(book, known)
    return [f"LĐLĐ tỉnh đã thay khóa máy chủ; máy này đã ghi nhận khóa mới {known.server_key.hex()[:16]}."]
