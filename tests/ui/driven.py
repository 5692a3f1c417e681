"""The program in a process of its own, with somebody at the keyboard: `python -m tests.ui.driven PROFILE WHAT`.

Prints what the window showed. A window that closes by itself, or a driver that waits in vain, ends with another code.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.actions import backups
from desktop_app.ui import window
from desktop_app.ui.frame import Frame
from desktop_app.ui.start.unlock import Unlock
from desktop_app.ui.start.wizard import Start

Steps = Iterator[Callable[[], bool]]


def shown(kind: type[QWidget]) -> QWidget | None:
    """The open window of a kind."""
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)


def first_start(_: Path) -> Steps:
    yield lambda: shown(Start) is not None
    start = shown(Start)
    for values in ({"code": "40-001", "name": "CĐCS May Hưng Lộc"}, {"actor": "Trần Thị Hoa"}):
        start.step.form.set_values(values)
        start.go_on()
    start.leave_for_later()
    start.leave_for_later()
    start.step.recovery.back.editor.setText(start.step.recovery._groups[-1])
    start.go_on()
    yield from ends_well()


def unlock(_: Path) -> Steps:
    yield lambda: shown(Unlock) is not None
    door = shown(Unlock)
    door.passphrase.set_values({"passphrase": "mat khau thu"})
    door.try_open()
    yield from ends_well()


def restore(profile: Path) -> Steps:
    yield lambda: shown(Frame) is not None
    frame = shown(Frame)
    copy = profile / "a.saoluu"
    backups._write(frame.desk.opener, copy)
    safety = frame.open("setup").safety
    safety._restore({"file": str(copy), "code": (profile / "ma.txt").read_text()})
    frame.desk.reopen_wanted.emit()
    yield lambda: shown(Frame) not in (None, frame)
    print("reopened", len(list(profile.glob("truoc-khoi-phuc-*"))))
    yield from ends_well()


def ends_well() -> Steps:
    yield lambda: shown(Frame) is not None
    since = time.monotonic()
    yield lambda: time.monotonic() - since > 0.5
    frame = shown(Frame)
    print(frame.topbar._union.text(), "·", frame.topbar.user.text())
    frame.close()


def main(profile: str, what: str) -> None:
    """Run the program on a profile while a driver goes through its steps."""
    steps = {"first_start": first_start, "unlock": unlock, "restore": restore}[what](Path(profile))
    waits: list[Callable[[], bool]] = [lambda: True]

    def go_on() -> None:
        if waits[0]():
            following = next(steps, None)
            if following is None:
                timer.stop()
            else:
                waits[0] = following

    timer = QTimer()
    timer.timeout.connect(go_on)
    made = window.settings_of

    def settings_of(at: Path) -> object:
        timer.start(20)  # the application stands now
        return made(at)

    window.settings_of = settings_of
    sys.exit(window.run(Path(profile)))


if __name__ == "__main__":
    main(*sys.argv[1:])
