"""Files of a voucher (scans, photos, invoices): kept with it, opened again, taken away while its month is open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_app.actions import periods
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Attachment, Voucher
from desktop_app.storage import attachments
from desktop_app.storage.book import Book, Changes

VOUCHER = "voucher"


def files(book: Book, voucher: str) -> tuple[Attachment, ...]:
    """The files of a voucher, in the order they were kept."""
    return attachments.of(book, VOUCHER, voucher)


def attach(book: Book, voucher: str, paths: Iterable[Path], by: str) -> list[Attachment]:
    """Keep these files with a stored voucher, all or none. The same file again is kept once.

    Raises `Refused` for a file that is not kept (kind, size), `Trouble` for one that cannot be read.
    """
    read = [(path.name, _content(path)) for path in paths]
    with book.transact("voucher.attach", by) as transaction:
        if book.get(Voucher, voucher) is None:
            raise Refused("Hãy lưu nháp hoặc ghi sổ phiếu trước, rồi đính kèm tệp.")
        return [attachments.keep(transaction, VOUCHER, voucher, name, data) for name, data in read]


def drop(book: Book, id_: str, by: str) -> Changes:
    """Take a file away. Raises `Refused` once the month of its voucher is closed: it is a part of the books then."""
    with book.transact("voucher.detach", by) as transaction:
        held = book.get(Attachment, id_)
        if held is None:
            raise Refused("Không tìm thấy tệp này. Hãy mở lại phiếu.")
        voucher = book.get(Voucher, held.owner)
        if voucher is not None and voucher.posted and voucher.day:
            periods.refuse_closed(book, dates.month_of(voucher.day))
        transaction.retire(held)
        return transaction.changes


def write_out(book: Book, file: Attachment, folder: Path) -> Path:
    """Write a file out to be opened. Raises `Trouble` where its content has not come by sync yet."""
    data = attachments.content(book, file.sha256)
    if data is None:
        raise Trouble(f"“{file.name}” chưa về tới máy này. Hãy đồng bộ rồi mở lại.")
    path = folder / attachments.file_name(file)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Trouble(f"Không ghi được tệp “{file.name}” ra đĩa: {error.strerror}. Hãy kiểm tra chỗ trống.") from error
    return path


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble(f"Không đọc được tệp “{path.name}”: {error.strerror}. Hãy kiểm tra rồi chọn lại.") from error
