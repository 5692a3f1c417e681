"""The first start: a new book in four short steps and its recovery sheet, or an old one from its backup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.actions import backups, overview
from desktop_app.actions.setup import Door
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.start.recovery import RecoveryCode
from desktop_app.ui.start.restore import RestoreStep
from desktop_app.ui.start.steps import BackupStep, DataStep, PersonStep, Step, UnionStep
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label, line, panel

_TITLES = (UnionStep.title, PersonStep.title, DataStep.title, BackupStep.title, "Phiếu khôi phục")
_MADE_AFTER = 1  # the book exists once the second step is taken: there is no way back from there


class Start(QWidget):
    """The window of the first start. `opened` carries the way into the book when it is ready for use."""

    opened = Signal(object)

    def __init__(self, profile: Path, settings: QSettings, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__()
        self.profile, self.settings, self._tasks, self._today = profile, settings, tasks, today
        self.desk: Desk | None = None
        self.way: Door | None = None
        self.setObjectName("page")
        self.setWindowTitle("Sổ Công đoàn")
        self._marks = [label(f"{number}  {title}", "step") for number, title in enumerate(_TITLES, 1)]
        self._title, self._sentence = label("", "title"), label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self.back = KeyButton("Quay lại", clicked=self.go_back)
        self.wait = KeyButton("Để sau", clicked=self.leave_for_later)
        self.next = KeyButton("Tiếp tục", tone="primary", clicked=self.go_on)
        self._lay_out()
        union = UnionStep()
        union.restore_wanted.connect(self._begin_restore)
        self._steps: list[Step] = []
        self._add(union)
        self._add(PersonStep(union, profile, today().year))
        self._restore = RestoreStep(profile)
        self._restore.ready.connect(self.go_on)
        self._stack.addWidget(self._restore)
        self._show(0)

    @property
    def step(self) -> Step:
        """The step on the screen."""
        return self._stack.currentWidget()

    def go_on(self) -> None:
        """Take the step on the screen; its refusals stand on it."""
        step = self.step
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            step.take()
        except Refused as refused:
            step.refuse(refused.problems, getattr(step, "form", None))
            return
        except Trouble as trouble:
            step.banner.say(str(trouble), "bad")
            return
        finally:
            QApplication.restoreOverrideCursor()
        step.banner.hide()
        if isinstance(step, RestoreStep):
            self._finish(step.way)
            return
        self._after(step)

    def go_back(self) -> None:
        self._show(0 if isinstance(self.step, RestoreStep) else self._steps.index(self.step) - 1)

    def leave_for_later(self) -> None:
        """Go on without this step's data."""
        self.step.banner.hide()
        self._after(self.step)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever is made is kept: the window opens on it at the next start, and reminds of the sheet."""
        self._tasks.close()
        if self.desk is not None:
            self.desk.book.close()
        super().closeEvent(event)

    def _after(self, step: Step) -> None:
        if isinstance(step, PersonStep) and self.way is None:
            self._book_made(step)
        if isinstance(step, SheetStep):
            self.settings.setValue("recovery/confirmed", "yes")
            self._finish(self.way)
            return
        self._show(self._steps.index(step) + 1)

    def _book_made(self, step: PersonStep) -> None:
        way, made = step.way, step.made
        assert way is not None
        assert made is not None
        self.way = way
        self.settings.setValue("user/name", step.name)
        self.settings.setValue("user/role", step.role)
        self.settings.setValue("recovery/confirmed", "no")
        self.settings.sync()
        self.desk = Desk(settings=self.settings, tasks=self._tasks, book=way(), by=step.name, opener=way, today=self._today)
        self._add(DataStep(self.desk))
        self._add(BackupStep(self.desk, way))
        self._add(SheetStep(made.recovery_code, lambda: self._sheet(made.recovery_code)))

    def _sheet(self, code: str) -> bytes:
        from desktop_app.reports import recovery_sheet  # draws PDF: loaded when one is wanted

        assert self.desk is not None
        union = overview.union_of(self.desk.book)
        return recovery_sheet.draw(
            union=union.name if union else "", union_code=self.desk.book.union_code, code=code, place=str(self.profile),
            backups=backups.state(self.profile).folder, by=self.desk.by, day=self._today(),
        )  # fmt: skip

    def _finish(self, way: Door | None) -> None:
        if self.desk is not None:
            self.desk.book.close()
            self.desk = None
        self.opened.emit(way)
        self.close()

    def _begin_restore(self) -> None:
        self._stack.setCurrentWidget(self._restore)
        for mark in self._marks:
            theme.restyle(mark, tone="")
        self._dress(self._restore, "", back=True)

    def _show(self, number: int) -> None:
        step = self._steps[number]
        self._stack.setCurrentWidget(step)
        for place, mark in enumerate(self._marks):
            theme.restyle(mark, tone="now" if place == number else "done" if place < number else "")
        last = isinstance(step, SheetStep)
        self._dress(step, "Bắt đầu dùng" if last else "Tiếp tục", back=0 < number <= _MADE_AFTER)
        self.next.setEnabled(not last or step.is_ready())

    def _dress(self, step: Step, act: str, *, back: bool) -> None:
        self._title.setText(step.title)
        self._sentence.setText(step.sentence)
        self.next.setText(act or "Mở sổ")
        self.next.setEnabled(True)
        self.next.updateGeometry()
        self.back.setVisible(back)
        self.wait.setVisible(step.can_wait)
        step.setFocus()
        step.focusNextChild()

    def _add(self, step: Step) -> None:
        self._steps.append(step)
        self._stack.addWidget(step)
        step.ready.connect(self._confirmed if isinstance(step, SheetStep) else self.go_on)

    def _confirmed(self) -> None:
        """The code is at hand: Enter begins."""
        self.next.setEnabled(True)
        self.next.setFocus()

    def _lay_out(self) -> None:
        look = theme.worn()
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(label("Sổ Công đoàn", "brand"))
        side.addWidget(label("Bốn bước ngắn, rồi in phiếu khôi phục.", "hint", wrap=True))
        side.addSpacing(look.px(12))
        for mark in self._marks:
            side.addWidget(mark)
        side.addStretch(1)
        feet = QHBoxLayout()
        feet.addWidget(self.back)
        feet.addStretch(1)
        feet.addWidget(self.wait)
        feet.addWidget(self.next)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._stack)
        for part in (self._stack, scroll.viewport()):
            part.setAutoFillBackground(False)
        ground = panel()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(22, 18, 22, 16)
        inside.setSpacing(8)
        inside.addWidget(self._title)
        inside.addWidget(self._sentence)
        inside.addSpacing(4)
        inside.addWidget(scroll, 1)
        inside.addWidget(line())
        inside.addLayout(feet)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 20)
        row.setSpacing(18)
        row.addLayout(side)
        row.addWidget(ground, 1)
        screen = QApplication.primaryScreen().availableGeometry()
        self.resize(min(look.px(880), screen.width() - 40), min(look.px(640), screen.height() - 60))
        self.move(screen.center() - self.rect().center())


class SheetStep(Step):
    """The recovery code, printed and shown to be at hand."""

    title = _TITLES[-1]
    sentence = (
        "Sổ đã được mã hóa. Khi máy hỏng hoặc cài lại Windows, chỉ mã này mở được sổ và các bản sao lưu. "
        "Hãy in ra giấy, cất ngoài máy tính. Mã chỉ hiện một lần này."
    )

    def __init__(self, code: str, draw: Callable[[], bytes]) -> None:
        super().__init__()
        self.recovery = RecoveryCode(code, draw)
        self.recovery.confirmed.connect(self.ready)
        self.column.addWidget(self.recovery)
        self.column.addStretch(1)

    def is_ready(self) -> bool:
        return self.recovery.is_confirmed()

    def take(self) -> None:
        if not self.is_ready():
            raise Refused("Hãy in phiếu rồi gõ lại nhóm cuối của mã.")
