"""*Nhập từ Excel*: four steps from any file to people or vouchers in the book, tried first, undone as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.actions import importing
from desktop_app.actions.importing import BookPlan, Carried, Imported, Plan, Request
from desktop_app.actions.intake import looking
from desktop_app.actions.intake.looking import Looked
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.storage.book import Book
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.importing.steps import CheckStep, ColumnsStep, FileStep, ResultStep
from desktop_app.ui.tasks import Cancelled, Progress, Task
from desktop_app.ui.widgets.banner import Banner, WorkStrip
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label, line

T = TypeVar("T")
_WHAT = {"cash": "phiếu", "dues": "lần nộp đoàn phí", "b07": "chỉ tiêu của năm trước", "payroll": "dòng lương"}
_TITLES = ("Tệp", "Các cột", "Kiểm tra", "Kết quả")


class ImportWizard(QDialog):
    """The dialog; every reading and storing is a work of `desk.tasks` with a book of its own."""

    def __init__(self, desk: Desk, over: QWidget | None = None, subject: str = "people") -> None:
        super().__init__(over)
        self._desk = desk
        self._task: Task | None = None
        self._looked: Looked | None = None
        self._plan: Plan | BookPlan | None = None
        self._undo: str | None = None
        self._returned: Path | None = None
        self.setWindowTitle("Nhập từ Excel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self.banner, self.strip = Banner(), WorkStrip()
        self.file, self.columns, self.check = FileStep(self.ask), ColumnsStep(desk), CheckStep(desk)
        self.result = ResultStep(self.undo, self._open_returned)
        self.file.subject.choose_quietly(subject)
        self.file.wanted.connect(self._look_again)
        self.stack = QStackedWidget()
        for step in (self.file, self.columns, self.check, self.result):
            self.stack.addWidget(step)
        self.marks = [label(f"{number}  {title}", "step") for number, title in enumerate(_TITLES, 1)]
        self.back = KeyButton("Quay lại", clicked=self.go_back)
        self.away = KeyButton("Bỏ qua", "Esc", clicked=self.reject)
        self.next = KeyButton("Tiếp tục", tone="primary", clicked=self.go_on)
        self._lay_out()
        self._show(0)

    # the way

    def ask(self) -> None:
        """Which file."""
        path = files.to_open(self, "Chọn tệp", files.LISTS)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Look at a file."""
        self._look(path, "", 0)

    def go_on(self) -> None:
        """Take the step on the screen."""
        at = self.stack.currentIndex()
        if self._task is not None or not self.next.isEnabled():
            return
        if at == 0 and self._looked is not None and self._looked.union:
            self._bring_union(self._looked.path)
        elif at == 0:
            self._show(1)
        elif at == 1:
            self._try()
        elif at == 2:
            self._store()
        else:
            self.accept()

    def go_back(self) -> None:
        """The step before; from the end there is only the undo."""
        if self._task is None and self.stack.currentIndex() in (1, 2):
            self._show(self.stack.currentIndex() - 1)

    def reject(self) -> None:
        """Esc stops the work under way; with none it closes."""
        if self._task is not None:
            self.strip.cancel()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            self._task.cancel()
        super().closeEvent(event)

    def undo(self) -> None:
        """Put away all that this import added."""
        assert self._undo is not None
        try:
            changes = importing.undo(self._desk.book, self._undo, self._desk.by)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return
        self._desk.changed(changes.entities)
        told = "người mới của lần nhập này không còn trong sổ, người đã có trở lại như trước khi nhập"
        if isinstance(self._plan, BookPlan):
            told = "những gì lần nhập này ghi vào không còn trong sổ"
        self.result.say(f"Đã hoàn tác: {told}.", "", returned=False, undo=False)

    # works

    def _look(self, path: Path, sheet: str, row: int) -> None:
        subject = self.file.subject.value
        self._work(f"Đang đọc {path.name}", lambda book, _: looking.look(book, path, sheet, row, subject), self._show_looked)

    def _look_again(self, sheet: str, row: int) -> None:
        if self._looked is not None:
            self._look(self._looked.path, sheet, row)

    def _show_looked(self, looked: Looked) -> None:
        self._looked = looked
        self.file.show_looked(looked)
        if looked.columns:
            self.columns.show_looked(looked)
        self._show(0)

    def _try(self) -> None:
        looked, problem = self._looked, self.columns.problem()
        assert looked is not None
        if problem:
            self.banner.say(problem, "bad")
            return
        shape = looked.shape(self.columns.fields(), self.columns.encodings())

        request = Request(looked.path, looked.subject, shape, self.columns.options.options())

        def work(book: Book, progress: Progress) -> Plan | BookPlan:
            looking.remember(book, looked, shape)
            if looked.subject != "people":
                return importing.plan_book(book, request, progress.step)
            return importing.plan_members(book, looked.path, shape=shape, progress=progress.step)

        self._work("Đang kiểm tra", work, self._show_plan)

    def _show_plan(self, plan: Plan | BookPlan) -> None:
        self._plan = plan
        self.check.show_plan(plan)
        self._show(2)

    def _store(self) -> None:
        plan, choices, by = self._plan, self.check.choices(), self._desk.by
        assert plan is not None

        def work(book: Book, progress: Progress) -> Carried:
            if isinstance(plan, BookPlan):
                return importing.carry_out_book(book, plan, by, progress.step)
            return importing.carry_out(book, plan, choices, by, progress.step)

        self._work("Đang ghi vào sổ", work, self._stored)

    def _stored(self, carried: Carried) -> None:
        done = carried.done
        refused = len({fault.row for fault in done.refused})
        told = [f"{_count(done.merged)} dòng không có gì mới hoặc được bỏ qua"] if done.merged else []
        told += [f"{_count(refused)} dòng bị trả lại kèm cột Lỗi; sửa rồi nhập lại tệp đó"] if refused else []
        what = _WHAT[self._plan.request.subject] if isinstance(self._plan, BookPlan) else "người"
        self._tell(f"Đã ghi {_count(done.stored)} {what} vào sổ.", told, carried.returned, done.undo)
        self.result.show_faults(done.refused)
        self._desk.changed(done.changes.entities)

    def _bring_union(self, path: Path) -> None:
        by = self._desk.by
        self._work("Đang nhập sổ", lambda book, progress: importing.import_workbook(book, path, by, progress.step), self._brought)

    def _brought(self, imported: Imported) -> None:
        parts = ", ".join(f"{title}: {_count(count)}" for title, count in imported.stored.items())
        told = [f"{_count(len(imported.refused))} lỗi, các dòng ấy được trả lại kèm lý do"] if imported.refused else []
        self._tell(f"Đã nhập {parts}." if parts else "Không có gì mới để nhập.", told, imported.returned, None)
        self.result.show_faults(imported.refused)
        self._desk.changed(imported.entities)

    def _tell(self, said: str, told: list[str], returned: Path | None, undo: str | None) -> None:
        self._returned, self._undo = returned, undo
        more = "; ".join(told)
        self.result.say(said, f"{more[:1].upper()}{more[1:]}." if more else "", returned=returned is not None, undo=undo is not None)
        self._show(3)

    def _open_returned(self) -> None:
        if self._returned is not None and not files.show(self._returned):
            self.banner.say(f"Các dòng bị trả lại nằm ở {self._returned}.", "info")

    def _work(self, what: str, does: Callable[[Book, Progress], T], done: Callable[[T], None]) -> None:
        """Do something with a fresh book on another thread; the steps wait, *Dừng lại* and Esc stop it."""
        desk = self._desk

        def work(progress: Progress) -> T:
            book = desk.open_book()
            try:
                return does(book, progress)
            finally:
                book.close()

        def ended(result: T) -> None:
            self._end()
            done(result)

        self.banner.hide()
        self.strip.begin(what)
        self.stack.setEnabled(False)
        self.next.setEnabled(False)
        self.back.setEnabled(False)
        ended_already = False

        def failed(error: Exception) -> None:
            nonlocal ended_already
            ended_already = True
            self._end()
            if isinstance(error, Cancelled):
                self.banner.say("Đã dừng, chưa ghi gì vào sổ.", "info")
            else:
                self.banner.say(str(error), "bad")

        def finished(result: T) -> None:
            nonlocal ended_already
            ended_already = True
            ended(result)

        task = desk.tasks.run(work, finished, failed, progressed=self.strip.show_step, owner=self)
        if not ended_already:  # a work may be done before `run` answers
            self._task = task
            self.strip.follow(task)

    def _end(self) -> None:
        self._task = None
        self.strip.end()
        self.stack.setEnabled(True)
        self._show(self.stack.currentIndex())

    # looks

    def _show(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        for place, mark in enumerate(self.marks):
            theme.restyle(mark, tone="now" if place == at else "done" if place < at else "")
        union = at == 0 and self._looked is not None and self._looked.union
        self.next.setText("Nhập sổ" if union else ("Tiếp tục", "Kiểm tra", "Nhập", "Đóng")[at])
        self.next.setEnabled(at > 0 or union or bool(self._looked and self._looked.columns))
        self.next.updateGeometry()
        self.back.setVisible(at in (1, 2))
        self.back.setEnabled(True)
        self.away.setVisible(at < len(_TITLES) - 1)
        self.next.setDefault(True)
        (self.file.choose if at == 0 and not self.next.isEnabled() else self.next).setFocus()

    def dragEnterEvent(self, event: Any) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local and self._task is None:
            self.take_file(Path(local[0]))

    def _lay_out(self) -> None:
        top, feet = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(18)
        for mark in self.marks:
            top.addWidget(mark)
        top.addStretch(1)
        feet.addWidget(self.back)
        feet.addStretch(1)
        feet.addWidget(self.away)
        feet.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(line())
        column.addWidget(self.banner)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        column.addWidget(line())
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(button is self.next)
        for keys, does in (("Alt+Left", self.go_back), ("Alt+Right", self.go_on), ("Ctrl+O", self.ask)):
            QShortcut(QKeySequence(keys), self).activated.connect(does)
        self.back.setToolTip("Quay lại (Alt+←)")
        self.next.setToolTip("Enter hoặc Alt+→")
        look, screen = theme.worn(), QApplication.primaryScreen().availableGeometry()
        self.resize(min(look.px(1120), screen.width() - 40), min(look.px(640), screen.height() - 60))


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
