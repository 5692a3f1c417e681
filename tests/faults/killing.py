"""Hands for the tests of this folder: deeds done whole or killed, on copies of a scene."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Failed(Exception):
    """A deed ended otherwise than well; `kind` is "refused", "trouble" or "broke"."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(f"{kind}: {sentence}")
        self.kind, self.sentence = kind, sentence


@dataclass(frozen=True)
class Done:
    """How a deed ended. `killed`: it did not."""

    answer: Any
    killed: bool
    seconds: float


class Nursery:
    """A `tests.faults.nursery` process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.mounted: bool = self._line()["mounted"]

    def do(self, deed: str, *args: Any, room: int | None = None) -> Any:
        """Do a deed to its end, on a disk with so much room if told. Raises `Failed`."""
        return self.begin(deed, *args, room=room).answer

    def begin(self, deed: str, *args: Any, after: float | None = None, room: int | None = None) -> Done:
        """Do a deed, killed `after` seconds if it has not ended by then. Raises `Failed`."""
        assert self._process.stdin is not None
        shown = [str(arg) if isinstance(arg, Path) else arg for arg in args]
        self._process.stdin.write(json.dumps({"deed": deed, "args": shown, "after": after, "room": room}) + "\n")
        self._process.stdin.flush()
        told = self._line()
        for kind in ("refused", "trouble", "broke"):
            if kind in told:
                raise Failed(kind, told[kind])
        return Done(told.get("answer"), told["killed"], told["seconds"])

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def nursery(server: Path | None = None, disk: Path | None = None, kilobytes: int = 8192) -> Iterator[Nursery]:
    """A nursery for deeds of a PC, or of the server of a data folder; with a small disk at a folder if told."""
    words = [sys.executable, "-m", "tests.faults.nursery"]
    words += ["--server", str(server)] if server else []
    words += ["--disk", str(disk), str(kilobytes)] if disk else []
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as run:
        yield Nursery(run)
        assert run.stdin is not None
        run.stdin.close()


@dataclass
class Kills:
    """How many copies were killed in the midst, and how many had ended before."""

    killed: int = 0
    ended: int = 0


def killed_everywhere(
    hands: Nursery, scene: Path, seed: int, deed: str, *args: Any, look: Callable[[Done], None], times: int = 12
) -> Kills:
    """Do a deed in the scene's folder again and again, each time as the scene was at first, and kill it at moments drawn
    from the seed; then `look` at what is left, do it again to its end, and look again.

    The moments lie in the time the deed takes when nobody disturbs it.
    """
    dice, count, first = random.Random(seed), Kills(), scene.with_name(f"{scene.name}.first")
    shutil.copytree(scene, first)
    quiet = []
    for _ in range(2):
        quiet.append(hands.begin(deed, *args).seconds)
        _put_back(first, scene)
    for _ in range(times):
        done = hands.begin(deed, *args, after=min(quiet) * dice.random())
        count.killed += done.killed
        count.ended += not done.killed
        look(done)
        look(hands.begin(deed, *args))
        _put_back(first, scene)
    shutil.rmtree(first)
    assert count.killed >= times / 2, f"{count}: the moments miss the deed"
    return count


def _put_back(first: Path, scene: Path) -> None:
    shutil.rmtree(scene)
    shutil.copytree(first, scene)
