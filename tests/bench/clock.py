"""Times: whole processes from start to end, or to what they say of themselves; answers are medians, in seconds."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence

_LONGEST = 120.0
Times = tuple[float, ...]


def processes(commands: Sequence[Sequence[str]], rounds: int) -> list[float]:
    """How long each command takes from start to end."""

    def once(command: Sequence[str]) -> Times:
        started = time.monotonic()
        _run(command)
        return (time.monotonic() - started,)

    return [median for (median,) in in_turns([lambda command=command: once(command) for command in commands], rounds)]


def moments(commands: Sequence[Sequence[str]], rounds: int) -> list[Times]:
    """How long after its start each command reached the moments it prints (of the system-wide monotonic clock)."""

    def once(command: Sequence[str]) -> Times:
        started = time.monotonic()
        return tuple(float(moment) - started for moment in _run(command).split())

    return in_turns([lambda command=command: once(command) for command in commands], rounds)


def in_turns(works: Sequence[Callable[[], Times]], rounds: int) -> list[Times]:
    """The medians of each work, taken in turns so that a busy moment strikes all alike; the first round only warms."""
    taken: list[list[Times]] = [[] for _ in works]
    for number in range(rounds + 1):
        for times, work in zip(taken, works, strict=True):
            found = work()
            if number:
                times.append(found)
    return [tuple(statistics.median(each) for each in zip(*times, strict=True)) for times in taken]


def _run(command: Sequence[str]) -> bytes:
    """Run as a user's computer does: no screen is needed here, and Python keeps what it compiled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, timeout=_LONGEST
    )
    return done.stdout
