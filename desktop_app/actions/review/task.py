"""A task of *Cần xem lại*: what it says, both sides of it, and what each choice does.

A kind of task is a module of this package that makes them: it answers `KIND`, and its line in `review.KINDS` is all
that the page, the badge and the counts need to know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from desktop_app.storage.book import Book

REASON = "reason"
"""`Choice.asks`: the page asks why first; what is typed is `given`."""


@dataclass(frozen=True)
class Said:
    """One side of a task: as it is read, who wrote it and when; `wire` is the value itself, if it is one."""

    text: str
    who: str = ""
    when: datetime | None = None
    wire: Any = None


class Done(NamedTuple):
    """A task was settled: the sentence for the foot of the window, and the entities that were touched."""

    said: str
    entities: frozenset[str]


@dataclass(frozen=True)
class Choice:
    """What can be done, by the key of its place (1, 2, 3). `does(book, given, by)` may raise `Refused`.

    `asks` is what the page asks before: "" nothing, `REASON`, or the name of a dialog of the page; `sentence` is what
    the question says. Without `does` the choice only opens the record on its own page (`opens`: page, target).
    """

    text: str
    does: Callable[[Book, Any, str], Done] | None = None
    asks: str = ""
    sentence: str = ""
    opens: tuple[str, Any] | None = None


@dataclass(frozen=True)
class Task:
    """One thing that waits for a person's word. `key` names it (its kind first), so that it stays picked.

    `told` says over the list what each choice does; `opens` is the page (and target) that shows the record. `about`
    is what a dialog of the page needs.
    """

    key: tuple[str, ...]
    what: str
    label: str
    now: Said
    others: tuple[Said, ...]
    choices: tuple[Choice, ...] = ()
    told: str = ""
    opens: tuple[str, Any] | None = None
    about: Any = None
    lead: int = 1
    """The place of the choice whose button stands out."""


class Kind(NamedTuple):
    """A kind of task: all that wait, and how many (cheap: asked after every change)."""

    tasks: Callable[[Book], Iterable[Task]]
    count: Callable[[Book], int]
