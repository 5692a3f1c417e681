"""The posting lease of the union's PCs: who has it, give it to another PC, take it by a code of the province."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import LeaseMove
from desktop_app.storage import lease
from desktop_app.storage.book import Book, Changes, new_id
from desktop_app.storage.lease import Pc

__all__ = ["Pc", "Standing", "give", "look", "must_hold"]

_HOW = (
    "Muốn chuyển quyền sang máy này: bấm Giao quyền ghi sổ ở trang Đồng bộ của máy đó, hoặc nhờ LĐLĐ tỉnh chuyển,"
    " rồi đồng bộ hai máy."
)


@dataclass(frozen=True)
class Standing:
    """Who closes months and gives the plain numbers: `here` = this PC; `line` says it; `others` may be given it."""

    here: bool
    line: str
    others: tuple[Pc, ...]


def look(book: Book) -> Standing:
    """How the lease stands, as far as this PC knows."""
    others = tuple(pc for pc in lease.pcs(book) if not pc.own and not pc.revoked)
    if lease.held(book) is not None:
        return Standing(True, "Máy này giữ quyền ghi sổ: khóa sổ và đánh số chính.", others)
    return Standing(False, _elsewhere(book), ())


def must_hold(book: Book, does: str) -> int:
    """The number of the lease, to be written with what only its holder may do; `does` is that, in words.

    Raises `Refused`: who holds it, and how to move it here.
    """
    held = lease.held(book)
    if held is None:
        raise Refused(f"Chỉ máy giữ quyền ghi sổ được {does}. {_elsewhere(book)} {_HOW}")
    return held


def give(book: Book, device: str, by: str) -> Changes:
    """Give the lease to another PC of the union: this one closes nothing more and numbers in a series of its own.

    The other has it when both have exchanged with the province, by network or by packet. Raises `Refused`.
    """
    number = must_hold(book, "giao quyền")
    to = next((pc for pc in lease.pcs(book) if pc.device == device and not pc.revoked and not pc.own), None)
    if to is None or number == 0:
        raise Refused("Máy này chưa biết máy nhận. Hãy đăng ký máy đó với LĐLĐ tỉnh, rồi đồng bộ cả hai máy.")
    with book.transact("lease.give", by) as transaction:
        values = {"id": new_id(), "lease": number, "giver": book.device, "to": device}
        transaction.save(build(LeaseMove, values))
        return transaction.changes


def _elsewhere(book: Book) -> str:
    waits = lease.waits_for(book)
    if waits is not None:
        to = next((pc.name for pc in lease.pcs(book) if pc.device == waits.to), f"máy {waits.to[:4]}")
        return f"Máy này đã giao quyền ghi sổ cho {to}; hai máy đồng bộ xong thì máy đó dùng được."
    holder = lease.holder(book)
    if holder is None:
        return "Chưa máy nào được biết là giữ quyền ghi sổ."
    return f"Quyền ghi sổ đang ở {holder.name}."
