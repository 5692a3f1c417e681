"""Times: whole processes from start to end, or to what they say of themselves; answers are medians, in seconds."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def processes(commands: Sequence[Sequence[str]], rounds: int) -> list[float]:
    """How long each command takes from start to end, taken in turns so that a busy moment strikes all alike."""

    def once(command: Sequence[str]) -> float:
        started = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - started

    return in_turns([lambda command=command: once(command) for command in commands], rounds)


def until_said(commands: Sequence[Sequence[str]], rounds: int) -> list[float]:
    """How long each command takes from start to the moment (system-wide monotonic clock) that it prints last."""

    def once(command: Sequence[str]) -> float:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        started = time.monotonic()
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
        return float(done.stdout.split()[-1]) - started

    return in_turns([lambda command=command: once(command) for command in commands], rounds)


def in_turns(works: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """The median of each work; the first round warms caches and is not counted."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for taken, work in zip(times, works, strict=True):
            seconds = work()
            if number:
                taken.append(seconds)
    return [statistics.median(taken) for taken in times]
