"""What every command shares: how its words are declared, where its book is, and what it answers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.actions import setup
from desktop_app.domain.errors import Refused
from desktop_app.storage.book import Book
from desktop_app.storage.connection import trouble
from desktop_app.storage.places import BOOK, KEYS, default_profile

ACTOR = "Dòng lệnh"
Answer = dict[str, Any]
"""What a command prints as JSON; the shapes are fixed, scripts of others read them."""

Verb = Callable[[argparse.Namespace], Answer | None]
T = TypeVar("T")


class Usage(Exception):
    """Words that are missing or do not go together (exit 2), found only when the book was read."""


class NothingStored(Exception):
    """An import whose every row was refused (exit 1); its answer still says which and why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Commands:
    """The words of a parser: `command("backup", verb)`, or `group("members")` for commands of two words."""

    def __init__(self, words: Any) -> None:
        self._words = words

    def command(self, name: str, verb: Verb, tells: str) -> argparse.ArgumentParser:
        """A command; options are added to the parser it answers. `tells` is its line in `--help`."""
        suppressed = shared(argparse.SUPPRESS, argparse.SUPPRESS)
        made: argparse.ArgumentParser = self._words.add_parser(name, parents=[suppressed], help=tells)
        made.set_defaults(verb=verb)
        return made

    def group(self, name: str, tells: str) -> Commands:
        """A first word that is followed by another."""
        suppressed = shared(argparse.SUPPRESS, argparse.SUPPRESS)
        made = self._words.add_parser(name, parents=[suppressed], help=tells)
        return Commands(made.add_subparsers(required=True, metavar="VERB"))


def shared(json_default: Any, profile_default: Any) -> argparse.ArgumentParser:
    """The options that may stand before or after the command; after it they must not reset what stood before."""
    options = argparse.ArgumentParser("socongdoan", add_help=False)
    options.add_argument("--json", action="store_true", default=json_default, help="one line of JSON")
    options.add_argument("--profile", type=Path, default=profile_default, help="folder of the book")
    return options


def profile(options: argparse.Namespace) -> Path:
    """The folder of the book: as given, else the user's own data folder."""
    return default_profile() if options.profile is None else Path(options.profile)


def refuse_own(options: argparse.Namespace, target: Path | None) -> None:
    """Raise `Refused` if a file to be written is one of the book's own: a slip of the hand must not cost the book."""
    own = profile(options).resolve()
    if target is not None and target.resolve().parent == own and target.name.startswith((BOOK, KEYS)):
        raise Refused(f"{target.name} là tệp của chính sổ này. Hãy chọn tên tệp khác.")


def with_book(options: argparse.Namespace, work: Callable[[Book], T]) -> T:
    """Open the book, do the work, close the book. What the disk does to it on the way is `Trouble`."""
    book = setup.open_book(profile(options), key=options.key)
    try:
        return work(book)
    except Exception as error:
        if told := trouble(error):
            raise told from error
        raise
    finally:
        book.close()
