"""The storms on real books and the real server, in processes of their own (Django is set up once in a process)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CORPUS = [line.split()[0] for line in (HERE / "real_seeds.txt").read_text("utf-8").splitlines() if line[0] != "#"]
FINDERS = [line[len("# breaks ") :].split(" ", 1) for line in (HERE / "real_seeds.txt").read_text("utf-8").splitlines()
           if line.startswith("# breaks ")]  # fmt: skip
STORMS = 100


def storms(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sim.real", *words], cwd=HERE.parents[1], text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def ended_well(ran: subprocess.Popen[str]) -> None:
    said, _ = ran.communicate()
    assert ran.returncode == 0, said


@pytest.mark.timeout(600)
def test_real_books_and_the_real_server_lose_double_and_hide_nothing() -> None:
    seeds = [*CORPUS, *map(str, range(STORMS))]
    halves = [storms("seeds", ",".join(seeds[start::2])) for start in (0, 1)]  # a core each
    for half in halves:
        ended_well(half)


@pytest.mark.parametrize(("seed", "rule"), FINDERS)
def test_a_rule_of_the_program_broken_on_purpose_is_found_by_the_seed_that_found_it(seed: str, rule: str) -> None:
    ended_well(storms("seeds", seed, "--broken", rule))
