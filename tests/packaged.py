"""The packaged program by itself: `python -m tests.packaged dist/socongdoan` runs it from a copy of the folder.

The copy stands elsewhere and its programs get an empty environment, so nothing of this Python can help them. Slow, and
in need of a build: `.ci/run` calls it, pytest does not.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LAN = ("--name", "Lê Thị Lan", "--birth", "1990", "--sex", "Nữ", "--cccd", "040190001234")
WINDOW_SECONDS = 60


class Program:
    """A copy of the packaged folder, and the profile it works on."""

    def __init__(self, folder: Path, here: Path) -> None:
        self.folder = here / "Sổ Công đoàn"
        shutil.copytree(folder, self.folder, symlinks=True)
        self._here = here
        self._profile = here / "hồ sơ"
        home = here / "home"
        home.mkdir()
        self._environment = {"HOME": str(home), "SOCONGDOAN_PASSPHRASE": "mat khau thu", "QT_QPA_PLATFORM": "offscreen"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.folder / "socongdoan"), "--profile", str(self._profile), *words],
            cwd=self._here, env=self._environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str) -> Any:
        """The JSON answer of a command that must succeed."""
        started = self.start("--json", *words)
        answer, complaint = started.communicate(timeout=120)
        assert (started.returncode, complaint) == (0, ""), f"{words}: {started.returncode} {answer} {complaint}"
        return json.loads(answer)


def members_are_kept(program: Program) -> None:
    assert "recovery_code" in program.run("init", "--unit-code", "40-001", "--name", "CĐCS Công ty May Hưng Lộc")
    lan = program.run("members", "add", *LAN)
    assert [m["id"] for m in program.run("members", "list", "--q", "lan le")["members"]] == [lan["id"]]
    assert program.run("verify") == {"entries": 2, "chain_ok": True, "rows_ok": True, "first_fault": None}


def the_window_opens(program: Program) -> None:
    """A second start is answered by the first, from its event loop, and then ends by itself."""
    first = program.start()
    try:
        until = time.monotonic() + WINDOW_SECONDS
        while not (program.folder.parent / "hồ sơ" / "window.lock").exists():
            assert first.poll() is None, first.communicate()
            assert time.monotonic() < until, "the window took no hold of its book"
            time.sleep(0.1)
        second = program.start()
        second.communicate(timeout=WINDOW_SECONDS)
        assert second.returncode == 0
        assert first.poll() is None, first.communicate()
    finally:
        first.terminate()
        _, complaint = first.communicate(timeout=WINDOW_SECONDS)
    assert "Error" not in complaint, complaint


def main() -> None:
    with tempfile.TemporaryDirectory() as here:
        program = Program(Path(sys.argv[1]), Path(here))
        for story in (members_are_kept, the_window_opens):
            story(program)
            print("đạt:", story.__name__)


if __name__ == "__main__":
    main()
