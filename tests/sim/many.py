"""Schedules of the model one after the other, in a process of many; and the fewest steps of one that fails."""

from __future__ import annotations

from tests.sim.world import run


def look(seed: int, broken: str = "") -> tuple[int, list[str]]:
    """A seed and what is wrong after it."""
    return seed, run(seed, broken)[0]


def shrunk(seed: int, broken: str = "") -> list[str]:
    """What the fewest steps (one by one left out) that still fail do."""
    _, steps, told = run(seed, broken)
    for number in list(steps):
        fewer = [each for each in steps if each != number]
        found, _, did = run(seed, broken, fewer)
        if found:
            steps, told = fewer, did
    return told
