"""Run the story with or without a window; the exit code says whether every figure was as it must be."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from desktop_app.demo.story import Story
from desktop_app.demo.told import Teller
from desktop_app.domain.errors import Refused


def run(headless: bool) -> None:
    """Run the demo, printing each step. Raises `Refused` if a figure differs."""
    if not headless and not has_display():
        print("Máy này không có màn hình: chạy không cửa sổ.")
        headless = True
    folder = Path(tempfile.mkdtemp(prefix="so-cong-doan-demo-"))
    story = Story(folder)
    try:
        teller = Teller()
        teller.run(story.before_the_window())
        rest = list(story.behind_the_window())
        if not headless:
            from desktop_app.demo import shown  # Qt is loaded for the window only

            rest = shown.run(story, rest, teller)
        teller.run(rest)
    finally:
        story.close()
        for path in folder.iterdir():
            if path != story.papers:
                shutil.rmtree(path, ignore_errors=True)
    print(f"Giấy tờ đã lập: {story.papers}")
    if teller.wrong:
        raise Refused(f"{teller.wrong} số liệu không đúng như ví dụ E2, E5 và E6. Xem các dòng SAI ở trên.")
    print("Mọi số liệu đúng như ví dụ E2, E5 và E6.")


def has_display() -> bool:
    """Whether a window can be shown here; an offscreen platform asked for by name counts."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
