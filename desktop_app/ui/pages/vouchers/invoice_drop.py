"""E-invoices on *Chứng từ*: an XML or zip dropped on the page, or chosen, becomes the draft of its payment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent

from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import files
from desktop_app.ui.page import Page

if TYPE_CHECKING:
    from desktop_app.actions.invoices import Brought

KINDS = "Hóa đơn điện tử (*.xml *.zip);;Mọi tệp (*)"
_ENDINGS = (".xml", ".zip")


class InvoiceDrop(QObject):
    """Takes invoices for a page that shows vouchers: says what came in, and opens the draft."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def ask(self) -> None:
        """Choose the file of an invoice."""
        path = files.to_open(self._page, "Chọn hóa đơn điện tử (XML hoặc zip)", KINDS)
        if path is not None:
            self.bring([path])

    def bring(self, paths: Sequence[Path]) -> None:
        """Bring in the invoices of these files, each file whole or not at all; the last draft is opened."""
        from desktop_app.actions import invoices  # the XML parts load when the first invoice comes

        desk, came, refusals = self._page.desk, [], []
        for path in paths:
            try:
                came += invoices.bring(desk.book, path, desk.by, today=desk.today())
            except (Refused, Trouble) as error:
                refusals.append(str(error))
        if came:
            desk.changed({"voucher", "invoice", "attachment"})
            self._page.open_at(came[-1].voucher.id)
        self._page.banner.say(*_told(came, refusals))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDropEvent):
            if _paths(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.bring(_paths(event.mimeData()))
            return True
        return False


def _paths(given: QMimeData) -> list[Path]:
    """The local files among what is dragged that may be invoices."""
    found = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
    return [path for path in found if path.suffix.casefold() in _ENDINGS]


def _told(came: Sequence[Brought], refusals: Sequence[str]) -> tuple[str, str]:
    """One banner for all files: sentence and tone."""
    if len(came) == 1:
        said = [f"{came[0].sentence} Đã lập phiếu nháp: hãy xem lại mục rồi ghi sổ."]
    else:
        doubtful = [f"{one.invoice.name}: {' '.join(one.doubts)}" for one in came if one.doubts]
        said = [f"Đã lập {len(came)} phiếu nháp từ {len(came)} hóa đơn: hãy xem lại từng phiếu rồi ghi sổ.", *doubtful] if came else []
    if refusals:
        return " ".join([*said, *refusals]), "bad"
    false = any(one.invoice.signed == "sai" for one in came)
    return " ".join(said), "bad" if false else "warn" if any(one.doubts for one in came) else "ok"
