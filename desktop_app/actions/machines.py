"""*Máy của đơn vị*: the PCs of the union, what one that is gone had not handed over, and taking its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Voucher
from desktop_app.storage import enrolment, gone
from desktop_app.storage.book import Book
from desktop_app.storage.gone import Left, Pc

_MOST = 12
_ONLY_THERE = "Những gì máy ghi sau đó mà chưa gửi chỉ còn trong ổ đĩa, USB của máy hoặc trên giấy."


@dataclass(frozen=True)
class Machine:
    """A PC in the list: as a person would call it, who wrote last with it and when, how it stands."""

    device: str
    own: bool
    name: str
    wrote: str
    state: str
    gone: bool


def look(book: Book) -> list[Machine]:
    """Every PC of the union as the province listed them last; none before the first exchange."""
    return [_machine(pc) for pc in gone.pcs(book)]


def left_by(book: Book, device: str) -> list[str]:
    """What a PC had not handed over, and what to look for on paper, sentence by sentence."""
    return _sentences(gone.left(book, _pc(book, device)))


def replace(book: Book, device: str, code: str) -> list[str]:
    """This PC takes the place of one that is gone, by a one-time code of the province; that one is revoked by it.

    Answers what to look for. Raises `Refused` (field "code"), `Trouble`.
    """
    from desktop_app.actions import sync

    known, pc = enrolment.of(book), _pc(book, device)
    if pc.own:
        raise Refused("Đây chính là máy này. Hãy chọn máy đã hỏng hoặc đã mất.")
    if known is None or not known.url:
        raise Refused("Máy này chưa đồng bộ qua mạng với LĐLĐ tỉnh. Hãy nhờ tỉnh thu hồi máy kia ở trang của đơn vị.")
    if not code.strip():
        raise Refused([Problem("code", "Hãy nhập mã dùng một lần do LĐLĐ tỉnh cấp.")])
    sync.enrol(book, known.url, code, replaces=device)
    return left_by(book, device)


def _pc(book: Book, device: str) -> Pc:
    found = next((pc for pc in gone.pcs(book) if pc.device == device), None)
    if found is None:
        raise Refused("Máy này không có trong danh sách của tỉnh. Hãy đồng bộ rồi chọn lại.")
    return found


def _machine(pc: Pc) -> Machine:
    name = f"Máy {pc.device[:4]}{' (máy này)' if pc.own else ''}"
    state = ["giữ quyền ghi sổ"] if pc.lease and not pc.revoked else []
    if pc.replaced_by:
        state.append(f"đã thay bằng máy {pc.replaced_by[:4]}")
    elif pc.revoked:
        state.append("đã thu hồi")
    if pc.dropped:
        state.append(f"tỉnh không nhận {format_amount(pc.dropped)} thay đổi")
    wrote = f"{pc.who}, {_moment(pc.wrote)}" if pc.who else "chưa có gì ở đây"
    return Machine(pc.device, pc.own, name, wrote, "; ".join(state) or "đang dùng", pc.revoked)


def _sentences(left: Left) -> list[str]:
    pc, told = left.pc, []
    if pc.contact:
        told.append(
            f"Tỉnh nghe máy này lần cuối lúc {_moment(pc.contact)}, đã nhận {format_amount(pc.confirmed)} thay đổi."
            f" {_ONLY_THERE}"
        )
    else:
        told.append(f"Tỉnh chưa cho biết đã nhận gì của máy này. {_ONLY_THERE}")
    if left.unheard:
        kinds = ", ".join(f"{format_amount(count)} {label.lower()}" for label, count in left.unheard)
        told.append(f"Sổ này có thay đổi của máy ấy nhận bằng gói mà tỉnh chưa có lúc báo: {kinds}.")
    if left.drafts:
        told.append(
            f"{len(left.drafts)} phiếu nháp của máy ấy còn trong sổ: {_some([_draft(one) for one in left.drafts])}."
            " Hãy mở xem rồi ghi sổ hoặc bỏ."
        )
    if left.missing:
        told.append(f"Thiếu số phiếu: {_some(left.missing)}. Hãy tìm phiếu giấy mang các số này.")
    if left.last:
        told.append(
            f"Số sau cùng đã biết: {_some(left.last)}. Phiếu giấy có số lớn hơn là máy ấy ghi mà chưa gửi:"
            " hãy nhập lại."
        )
    else:
        told.append("Máy ấy chưa đánh số phiếu nào mà sổ này biết: hãy xem phiếu giấy có chữ ký mà chưa có trong sổ.")
    return told


def _draft(voucher: Voucher) -> str:
    day = show_day(voucher.day) if voucher.day else ""
    total = max(sum(line.amount_in for line in voucher.lines), sum(line.amount_out for line in voucher.lines))
    return f"{voucher.text} ({', '.join(part for part in (day, format_amount(total)) if part)})"


def _some(parts: list[str] | tuple[str, ...]) -> str:
    more = f" và {len(parts) - _MOST} mục nữa" if len(parts) > _MOST else ""
    return ", ".join(parts[-_MOST:]) + more


def _moment(milliseconds: int) -> str:
    if not 0 < milliseconds < 1 << 42:
        return "chưa rõ lúc nào"
    when = datetime.fromtimestamp(milliseconds / 1000).astimezone()
    return f"{when:%H:%M} {show_day(when.date())}"
