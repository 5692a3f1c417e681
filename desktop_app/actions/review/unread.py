"""Entries of other PCs that this program cannot read yet: they are kept, and somebody must know of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from desktop_app.actions.review.task import Choice, Done, Kind, Said, Task
from desktop_app.domain.amounts import format_amount
from desktop_app.storage import incoming
from desktop_app.storage.book import Book

_WHY = {
    "entity": ("Loại mục mới", "Máy kia dùng phiên bản mới hơn. Hãy cập nhật chương trình trên máy này."),
    "field": ("Ô mới", "Máy kia dùng phiên bản mới hơn. Hãy cập nhật chương trình trên máy này."),
    "payload": ("Sai mã băm", "Nội dung không khớp mã băm của nó nên không dùng. Hãy báo LĐLĐ tỉnh."),
    "author": ("Ghi thay tỉnh", "Mục này chỉ LĐLĐ tỉnh được ghi nên không dùng. Hãy báo LĐLĐ tỉnh."),
}
_OTHER = ("Chưa đọc được", "Máy kia ghi dạng mà máy này chưa đọc được. Hãy cập nhật chương trình trên máy này.")


def tasks(book: Book) -> Iterator[Task]:
    """A task for each PC and reason; it goes when somebody has read it, and comes again with what is new."""
    for device, why, many, last in incoming.unread(book):
        if last <= _read_to(book, device, why):
            continue
        label, told = _WHY.get(why, _OTHER)
        yield Task(
            ("unread", device, why), f"{format_amount(many)} mục từ máy khác", label,
            Said("(không đổi gì)"), (Said(f"Giữ nguyên trong nhật ký, chưa dùng; máy {device[:6]}"),),
            (Choice("Đã biết", partial(_read, key=_key(device, why), last=last)),),
            f"{told} Không mất gì: các mục vẫn nằm trong nhật ký.",
        )  # fmt: skip


def count(book: Book) -> int:
    """How many such lines are there?"""
    return sum(last > _read_to(book, device, why) for device, why, _, last in incoming.unread(book))


def _key(device: str, why: str) -> str:
    return f"unread {device} {why}"


def _read_to(book: Book, device: str, why: str) -> int:
    return int(book.about(_key(device, why)) or b"0")


def _read(book: Book, _: Any, __: str, *, key: str, last: int) -> Done:
    book.note(key, str(last).encode())
    return Done("Đã ghi nhận.", frozenset())


KIND = Kind(tasks, count)
