"""*Cần xem lại*: everything that waits for a person's word, of every kind; the count of it is the same everywhere."""

from __future__ import annotations

from desktop_app.actions.review import doubled, ended, late, persons, unread, values
from desktop_app.actions.review.task import Kind, Said, Task
from desktop_app.actions.review.values import Question, questions, settle
from desktop_app.storage.book import Book

__all__ = ["KINDS", "Question", "Said", "Task", "count", "questions", "settle", "tasks"]

KINDS: tuple[Kind, ...] = (doubled.KIND, late.KIND, persons.KIND, values.KIND, ended.KIND, unread.KIND)


def tasks(book: Book) -> list[Task]:
    """Every task, kind by kind."""
    return [task for kind in KINDS for task in kind.tasks(book)]


def count(book: Book) -> int:
    """How many tasks wait: what the first page, the exchange and the command line say."""
    return sum(kind.count(book) for kind in KINDS)
