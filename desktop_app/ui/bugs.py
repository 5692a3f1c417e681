"""A bug is loud: logged, and told in one dialog that offers to save a report without anybody's data."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop_app.domain.errors import Trouble
from desktop_app.storage.connection import trouble

_KEPT_BYTES = 200_000


class Bugs:
    """Catches what nobody caught, until the program ends. The same bug asks once only."""

    def __init__(self, log: Path, over: Callable[[], QWidget | None]) -> None:
        self._log, self._over = log, over
        self._told: set[str] = set()
        self._asking = False

    def listen(self) -> None:
        """Take over `sys.excepthook`."""
        sys.excepthook = self.caught

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log a bug and tell it once."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if world := trouble(error):
            self._tell(world)
            return
        told = report(kind, trace)
        self._keep(told)
        if sys.stderr is not None:
            traceback.print_exception(kind, error, trace)
        if told in self._told or self._asking:
            return
        self._told.add(told)
        self._asking = True
        try:
            self._ask(told)
        finally:
            self._asking = False

    def _tell(self, world: Trouble) -> None:
        """A damaged file or a full disk is no bug: one sentence, told once at a time."""
        if not self._asking:
            self._asking = True
            try:
                QMessageBox.warning(self._over(), "Sổ Công đoàn", str(world))
            finally:
                self._asking = False

    def _keep(self, told: str) -> None:
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            if self._log.exists() and self._log.stat().st_size > _KEPT_BYTES:
                self._log.replace(self._log.with_suffix(".old"))
            with self._log.open("a", encoding="utf-8") as out:
                out.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}\n{told}\n")
        except OSError:
            return  # a full disk must not turn one bug into two

    def _ask(self, told: str) -> None:
        box = QMessageBox(self._over())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Sổ Công đoàn")
        box.setText("Chương trình gặp một lỗi mà chúng tôi chưa lường trước.")
        box.setInformativeText(
            "Số liệu đã lưu vẫn còn nguyên. Bạn có thể làm tiếp; nếu lỗi lặp lại, hãy lưu báo cáo lỗi và gửi cho "
            "người hỗ trợ. Báo cáo không chứa tên, số tiền hay dữ liệu nào của đơn vị."
        )
        box.setDetailedText(told)
        save = box.addButton("Lưu báo cáo lỗi…", QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is save:
            name, _ = QFileDialog.getSaveFileName(self._over(), "Lưu báo cáo lỗi", "bao-cao-loi.txt", "Văn bản (*.txt)")
            if name:
                Path(name).write_text(told, "utf-8")


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What happened and where. Values and messages are left out: they may hold a person's data."""
    places = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    system = f"Python {platform.python_version()}, Qt {qt_version}, {platform.platform(terse=True)}"
    return "\n".join([f"{kind.__module__}.{kind.__name__}", *places, system]) + "\n"
