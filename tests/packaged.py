"""The packaged program by itself: `python -m tests.packaged dist/socongdoan` runs it from a copy of the folder.

The copy stands elsewhere and its programs get an empty environment, so nothing of this Python can help them. Slow, and
in need of a build: `.ci/run` calls it, pytest does not.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

LAN = ("--name", "Lê Thị Lan", "--birth", "1990", "--sex", "Nữ", "--cccd", "040190001234")
START_SECONDS = 60
DEMO_SECONDS = 300


class Program:
    """A copy of the packaged folder, and the profile it works on."""

    def __init__(self, folder: Path, here: Path, profile: str = "hồ sơ") -> None:
        self.folder = here / "Sổ Công đoàn"
        if not self.folder.exists():
            shutil.copytree(folder, self.folder, symlinks=True)
        self._here = here
        self._profile = here / profile
        home = here / "home"
        home.mkdir(exist_ok=True)
        self._environment = {"HOME": str(home), "SOCONGDOAN_PASSPHRASE": "mat khau thu", "QT_QPA_PLATFORM": "offscreen"}

    def of_another_book(self) -> Program:
        """The same programs on another profile."""
        return Program(self.folder, self._here, "hồ sơ khác")

    def start(self, *words: str, name: str = "socongdoan") -> subprocess.Popen[str]:
        profile = ["--profile", str(self._profile)] if name == "socongdoan" else []
        return subprocess.Popen(
            [str(self.folder / name), *profile, *words],
            cwd=self._here, env=self._environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str, name: str = "socongdoan") -> Any:
        """The JSON answer of a command that must succeed."""
        started = self.start(*words, "--json", name=name)
        answer, complaint = started.communicate(timeout=120)
        assert (started.returncode, complaint) == (0, ""), f"{words}: {started.returncode} {answer} {complaint}"
        return json.loads(answer)


def members_are_kept(program: Program) -> None:
    assert "recovery_code" in program.run("init", "--unit-code", "40-001", "--name", "CĐCS Công ty May Hưng Lộc")
    lan = program.run("members", "add", *LAN)
    assert [m["id"] for m in program.run("members", "list", "--q", "lan le")["members"]] == [lan["id"]]
    assert program.run("verify") == {"entries": 2, "chain_ok": True, "rows_ok": True, "first_fault": None}


def the_sample_workbook_becomes_a_settlement(program: Program) -> None:
    """E5 of the worked examples, from Excel to PDF and Excel, with nothing but what lies in the folder."""
    (workbook,) = program.folder.rglob("cong-doan-may-hung-loc-10-2026.xlsx")
    program = program.of_another_book()
    program.run("init", "--unit-code", "40-001", "--name", "CĐCS Công ty CP May Hưng Lộc")
    assert program.run("import", str(workbook))["refused"] == []
    papers = [program.folder.parent / name for name in ("B07.pdf", "B07.xlsx")]
    made = program.run(
        "report", "B07", "--period", "2026-10-01..2026-10-31", "--pdf", str(papers[0]), "--xlsx", str(papers[1])
    )
    assert (made["cells"]["10"], made["cells"]["50"]) == (50_800_000, 66_996_650)
    assert [paper.read_bytes()[:4] for paper in papers] == [b"%PDF", b"PK\x03\x04"]


def the_server_lets_a_union_in(program: Program) -> None:
    data = program.folder.parent / "máy chủ"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = program.start("run", "--port", port, "--data", str(data), name="socongdoan-server")
    try:
        until = time.monotonic() + START_SECONDS
        while socket.socket().connect_ex(("127.0.0.1", int(port))):
            assert server.poll() is None, server.communicate()
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.2)
        program.run("unit", "add", "--code", "40-001", "--name", "May Hưng Lộc", "--data", str(data), name="socongdoan-server")
        code = program.run("code", "40-001", "--data", str(data), name="socongdoan-server")["code"]
        program.run("enrol", "--server", f"http://127.0.0.1:{port}", "--code", code)
        assert program.run("sync")["sent"] == 2
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/vao/", timeout=20) as page:
            assert "Đăng nhập" in page.read().decode()
    finally:
        server.terminate()
        server.communicate(timeout=START_SECONDS)


def the_demo_runs_to_its_end(program: Program) -> None:
    """The whole main job with the server beside it; it ends with 0 only if every figure is right."""
    demo = program.start("demo", "--headless")
    told, complaint = demo.communicate(timeout=DEMO_SECONDS)
    assert demo.returncode == 0, told + complaint
    print(told)


def the_window_opens(program: Program) -> None:
    """A second start is answered by the first, from its event loop, and then ends by itself."""
    first = program.start()
    try:
        until = time.monotonic() + START_SECONDS
        while not (program.folder.parent / "hồ sơ" / "window.lock").exists():
            assert first.poll() is None, first.communicate()
            assert time.monotonic() < until, "the window took no hold of its book"
            time.sleep(0.1)
        second = program.start()
        second.communicate(timeout=START_SECONDS)
        assert second.returncode == 0
        assert first.poll() is None, first.communicate()
    finally:
        first.terminate()
        _, complaint = first.communicate(timeout=START_SECONDS)
    assert "Error" not in complaint, complaint


def main() -> None:
    with tempfile.TemporaryDirectory() as here:
        program = Program(Path(sys.argv[1]), Path(here))
        stories = (
            members_are_kept, the_sample_workbook_becomes_a_settlement, the_server_lets_a_union_in,
            the_demo_runs_to_its_end, the_window_opens,
        )  # fmt: skip
        for story in stories:
            story(program)
            print("đạt:", story.__name__)


if __name__ == "__main__":
    main()
