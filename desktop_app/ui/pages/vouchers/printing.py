"""Vouchers and the papers that go with them, made on another thread and opened in the system's viewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.domain.records import Voucher
from desktop_app.storage.book import Book
from desktop_app.storage.voucher_rows import VoucherRow
from desktop_app.ui.page import Desk

_LAYOUT = "print/vouchers"
LAYOUTS: Mapping[str, str] = {
    "A5": "A5, một phiếu một trang", "A4": "A4, một phiếu một trang", "A4x2": "A4, hai phiếu một trang",
}  # fmt: skip
"""How vouchers stand on paper, as `voucher_papers` names it."""


class PaperPrinter:
    """Makes PDF files in a folder of its own; `show` opens one, `tell` says what went wrong."""

    def __init__(self, desk: Desk, page: QWidget, tell: Callable[[str], object]) -> None:
        self._desk, self._page, self._tell = desk, page, tell
        self._folder: QTemporaryDir | None = None
        self.show: Callable[[Path], object] = lambda file: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def vouchers(self, ids: Sequence[str]) -> None:
        """The vouchers of these ids on paper, in that order."""

        def draw(book: Book) -> tuple[str, bytes] | None:
            from desktop_app.reports import voucher_papers

            found = [voucher for id_ in ids if (voucher := book.get(Voucher, id_)) is not None]
            if not found:
                return None
            name = (found[0].number or "nhap").replace("/", "-") if len(found) == 1 else f"{len(found)}-chung-tu"
            return name, voucher_papers.make(book, found, self._desk.by, self.layout)

        self._make(draw, "Hãy lưu nháp hoặc ghi sổ trước khi in.")

    @property
    def layout(self) -> str:
        """How vouchers stand on paper, on this PC."""
        kept = str(self._desk.settings.value(_LAYOUT, "A5"))
        return kept if kept in LAYOUTS else "A5"

    def set_layout(self, layout: str) -> None:
        """Print so from now on."""
        self._desk.settings.setValue(_LAYOUT, layout)

    def voucher_list(self, rows: Sequence[VoucherRow], told: str) -> None:
        """The list of these vouchers."""

        def draw(book: Book) -> tuple[str, bytes] | None:
            from desktop_app.reports import pdf
            from desktop_app.reports.voucher_list import voucher_list

            return "bang-ke-chung-tu", pdf.draw(voucher_list(book, rows, told, self._desk.by, self._desk.today()))

        self._make(draw, "")

    def paper(self, key: str, id_: str) -> None:
        """A paper that goes with a voucher ("C42-HD")."""

        def draw(book: Book) -> tuple[str, bytes] | None:
            from desktop_app.reports import pdf, spending_papers

            voucher = book.get(Voucher, id_)
            if voucher is None:
                return None
            name = f"{key}-{(voucher.number or 'nhap').replace('/', '-')}"
            return name, pdf.draw(spending_papers.make(book, key, voucher, self._desk.by))

        self._make(draw, "Hãy lưu nháp hoặc ghi sổ trước khi in.")

    def _make(self, draw: Callable[[Book], tuple[str, bytes] | None], nothing: str) -> None:
        folder = self._folder = self._folder or QTemporaryDir()
        opened = self._desk.open_book

        def work(_: object) -> Path | None:
            book = opened()
            try:
                made = draw(book)
                if made is None:
                    return None
                file = Path(folder.path()) / f"{made[0]}.pdf"
                file.write_bytes(made[1])
                return file
            finally:
                book.close()

        def done(file: Path | None) -> None:
            if file is None:
                self._desk.say(nothing)
            else:
                self.show(file)

        self._desk.tasks.run(work, done, lambda error: self._tell(str(error)), owner=self._page)
