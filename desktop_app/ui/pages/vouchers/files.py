"""What goes with the voucher shown: its files, dropped or chosen, and the papers that are printed beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTemporaryDir
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.actions import voucher_files
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Attachment, Voucher
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import Elided, label

KINDS = "Ảnh, PDF, Word, Excel (*.pdf *.jpg *.jpeg *.png *.docx *.doc *.xlsx *.xls *.xml *.zip);;Mọi tệp (*)"


class VoucherFiles(QWidget):
    """`stored()` answers the voucher shown, a draft of what is typed being made first; None if it was refused.

    `prints(key, id)` opens one of the papers of a voucher.
    """

    def __init__(
        self, desk: Desk, stored: Callable[[], Voucher | None], prints: Callable[[str, str], object]
    ) -> None:
        super().__init__()
        self._desk, self._stored, self._prints = desk, stored, prints
        self._voucher: Voucher | None = None
        self._folder: QTemporaryDir | None = None
        self.show_file: Callable[[Path], object] = files.show
        self.setAcceptDrops(True)
        self.attaching = KeyButton("Đính kèm", "F8", glyph="paperclip", clicked=self.ask)
        self.papers = KeyButton("Giấy tờ", glyph="file-document-outline", clicked=self._offer_papers)
        self.said = label("", "hint", tone="bad", wrap=True)
        self.list = QVBoxLayout()
        self.list.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.attaching)
        row.addWidget(self.papers)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(self.list)
        column.addWidget(self.said)
        self.show_voucher(None)

    def show_voucher(self, voucher: Voucher | None) -> None:
        """Show the files of a stored voucher; of one that is being typed there are none yet."""
        self._voucher = voucher
        self._say("")
        self.papers.setVisible(voucher is not None)
        while (item := self.list.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for file in self.files():
            self.list.addWidget(self._row(file))

    def files(self) -> tuple[Attachment, ...]:
        """The files of the voucher shown."""
        return voucher_files.files(self._desk.book, self._voucher.id) if self._voucher else ()

    def ask(self) -> None:
        """F8: choose a file to keep with the voucher."""
        path = files.to_open(self, "Đính kèm tệp vào phiếu", KINDS)
        if path is not None:
            self.attach([path])

    def attach(self, paths: Sequence[Path]) -> None:
        """Keep these files; a voucher that is being typed is saved as a draft first."""
        voucher = self._stored()
        if voucher is None:
            self._say("Hãy nhập đủ phiếu để lưu nháp, rồi đính kèm tệp.")
            return
        try:
            kept = voucher_files.attach(self._desk.book, voucher.id, paths, self._desk.by)
        except (Refused, Trouble) as error:
            self._say(str(error))
            return
        self._desk.changed({"attachment"})
        self.show_voucher(voucher)
        self._desk.say(f"Đã đính kèm {kept[0].name}." if len(kept) == 1 else f"Đã đính kèm {len(kept)} tệp.")

    def open_file(self, file: Attachment) -> None:
        """Open a file with the program the system has for it."""
        folder = self._folder = self._folder or QTemporaryDir()
        try:
            self.show_file(voucher_files.write_out(self._desk.book, file, Path(folder.path())))
        except Trouble as trouble:
            self._say(str(trouble))

    def drop(self, file: Attachment) -> None:
        """Take a file away."""
        try:
            voucher_files.drop(self._desk.book, file.id, self._desk.by)
        except (Refused, Trouble) as error:
            self._say(str(error))
            return
        self._desk.changed({"attachment"})
        self.show_voucher(self._voucher)
        self._desk.say(f"Đã bỏ tệp {file.name}.")

    def papers_menu(self) -> QMenu:
        """The papers that suit this voucher: giấy đề nghị, phiếu thăm hỏi, bảng kê…"""
        from desktop_app.reports import spending_papers  # the papers load when they are first wanted

        menu, voucher = QMenu(self), self._voucher
        for key, title in spending_papers.offered(voucher) if voucher else ():
            menu.addAction(title).triggered.connect(lambda _=False, key=key: self._prints(key, voucher.id))
        if not menu.actions():
            menu.addAction("Không có giấy tờ kèm loại phiếu này").setEnabled(False)
        return menu

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.attach(_paths(event))

    def _offer_papers(self) -> None:
        menu = self.papers_menu()
        menu.exec(self.papers.mapToGlobal(QPoint(0, self.papers.height() + 2)))
        menu.deleteLater()

    def _row(self, file: Attachment) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        opening = KeyButton("Mở", tone="link", clicked=lambda: self.open_file(file))
        opening.setAccessibleName(f"Mở tệp {file.name}")
        dropping = KeyButton("", glyph="close", tone="link", clicked=lambda: self.drop(file))
        dropping.setAccessibleName(f"Bỏ tệp {file.name}")
        dropping.setToolTip("Bỏ tệp này")
        name = Elided(file.name)
        name.setMaximumWidth(theme.worn().px(400))
        for part in (name, opening, dropping):
            row.addWidget(part)
        row.addStretch(1)
        return made

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
