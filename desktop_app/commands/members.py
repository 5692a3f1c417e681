"""`members list`, `members add`."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions import members
from desktop_app.commands import exchange
from desktop_app.commands.words import ACTOR, Answer, Commands, with_book

_GIVEN = ("name", "birth", "sex", "cccd", "card", "team", "joined", "wage")


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    group = commands.group("members", "members and workers")
    listing = group.command("list", _list, "list or search")
    listing.add_argument("--q", default="")
    listing.add_argument("--all", action="store_true")
    exchange.add_members_import(group)
    adding = group.command("add", _add, "add one")
    for name in _GIVEN:
        adding.add_argument(f"--{name}", required=name in _GIVEN[:4])


def _list(options: Namespace) -> Answer:
    return with_book(options, lambda book: {"members": members.listed(book, options.q, everyone=options.all)})


def _add(options: Namespace) -> Answer:
    values = {name: getattr(options, name) for name in _GIVEN}
    return with_book(options, lambda book: {"id": members.add(book, values, ACTOR)[0].id})
