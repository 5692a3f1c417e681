"""Reading a list of people from Excel in the background: its strip, what came of it, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop_app.actions import importing
from desktop_app.actions.intake.lists import ImportedList
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Cancelled, Progress
from desktop_app.ui.widgets.banner import Banner, WorkStrip
from desktop_app.ui.widgets.faults import Faults


class MemberImport(WorkStrip):
    """The strip of an import under way; what was refused is told in the page's `banner`."""

    def __init__(self, desk: Desk, banner: Banner) -> None:
        super().__init__()
        self._desk, self._banner = desk, banner

    def ask(self) -> None:
        """Pick an Excel file of people and read it."""
        kept = str(self._desk.settings.value("members/folder", "") or "")
        path, _ = QFileDialog.getOpenFileName(
            self.window(), "Nhập danh sách từ Excel", kept, files.LISTS
        )
        if path:
            self._desk.settings.setValue("members/folder", str(Path(path).parent))
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Read a list of people; nothing is stored if it is stopped."""

        def work(progress: Progress) -> ImportedList:
            book = self._desk.open_book()
            try:
                return importing.import_members(book, path, self._desk.by, progress=progress.step)
            finally:
                book.close()

        self._banner.hide()
        self.begin(f"Đang nhập {path.name}")
        self.follow(self._desk.tasks.run(work, self._done, self._failed, progressed=self.show_step, owner=self))

    def _done(self, done: ImportedList) -> None:
        self.end()
        said = f"Đã nhập {_count(done.stored)} người"
        if done.merged:
            said += f", {_count(done.merged)} dòng đã có sẵn"
        undo = done.undo
        self._desk.say(f"{said}.", "Hoàn tác" if undo else "", (lambda: self._undo(undo)) if undo else None)
        if done.refused:
            rows = len({fault.row for fault in done.refused})
            self._banner.say(
                f"{_count(rows)} dòng chưa nhập được. Hãy xem cần sửa gì, sửa trong Excel rồi nhập lại.",
                "warn", "Xem các dòng", lambda: Faults(done.refused, self.window()).open(),
            )  # fmt: skip
        self._desk.changed(done.changes.entities)

    def _undo(self, undo: str) -> None:
        try:
            changes = importing.undo(self._desk.book, undo, self._desk.by)
        except (Refused, Trouble) as error:
            self._banner.say(str(error), "bad")
        else:
            self._banner.hide()
            self._desk.changed(changes.entities)

    def _failed(self, error: Exception) -> None:
        self.end()
        if isinstance(error, Cancelled):
            self._desk.say("Đã dừng, chưa nhập ai.")
        else:
            self._banner.say(str(error), "bad")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
