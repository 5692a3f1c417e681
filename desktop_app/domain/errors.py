"""The two kinds of trouble a user can meet; anything else is a bug.

Exception
├── Refused   the user's data: one sentence per field, nothing was stored
└── Trouble   the world: disk, network, a newer file; the sentence says what to do
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One refused value: `field` is the declared name ("" = the whole), `problem` one Vietnamese sentence."""

    field: str
    problem: str


class Refused(Exception):
    """The user's data cannot be stored as it is; nothing was changed."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = [Problem("", problems)]
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(" ".join(p.problem for p in self.problems))


class Trouble(Exception):
    """The world does not let us go on; the message says what the user can do."""
