"""Schedules of misfortune on the real exchange, merge and adoption; and that the simulator finds what is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sim.rules import RULES
from tests.sim.world import faults

HERE = Path(__file__).parent
CORPUS = [int(line.split()[0]) for line in (HERE / "seeds.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("seed", CORPUS)
def test_a_schedule_that_once_found_a_fault_holds(seed: int) -> None:
    assert faults(seed) == []


@pytest.mark.timeout(600)
def test_ten_thousand_schedules_lose_double_and_hide_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sim", "10000"],
        cwd=HERE.parents[1], capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_broken_on_purpose_is_found(rule: str) -> None:
    assert any(faults(seed, rule) for seed in range(1000))
