"""The storms on real books and the real server, in a process of their own (Django is set up once in a process)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = [line.split()[0] for line in (HERE / "real_seeds.txt").read_text("utf-8").splitlines() if line[0] != "#"]


def test_real_books_and_the_real_server_lose_double_and_hide_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sim.real", "seeds", ",".join([*CORPUS, *map(str, range(30))])],
        cwd=HERE.parents[1], capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
