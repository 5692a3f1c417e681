"""Schedules of misfortune on the real exchange, merge and adoption; and that the simulator finds what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sim.world import RULES, faults

CORPUS = [int(line.split()[0]) for line in (Path(__file__).parent / "seeds.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("seed", CORPUS)
def test_a_schedule_that_once_found_a_fault_holds(seed: int) -> None:
    assert faults(seed) == []


def test_nothing_is_lost_doubled_or_shown_wrongly() -> None:
    assert {seed: found for seed in range(300) if (found := faults(seed))} == {}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_broken_on_purpose_is_found(rule: str) -> None:
    assert any(faults(seed, rule) for seed in range(1000))
