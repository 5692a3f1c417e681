"""`dues compute`, `dues collect`, `fee`."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions import dues
from desktop_app.commands.words import ACTOR, Answer, Commands, with_book
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.storage.book import Book


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    group = commands.group("dues", "dues of a month")
    group.command("compute", _compute, "who owes what").add_argument("--month", required=True)
    collecting = group.command("collect", _collect, "take what is not paid yet, with one receipt")
    collecting.add_argument("--month", required=True)
    collecting.add_argument("--fund")
    commands.command("fee", _fee, "the employer's fee of a month").add_argument("--month", required=True)


def _compute(options: Namespace) -> Answer:
    month = _month(options)
    return with_book(options, lambda book: _told(book, month))


def _collect(options: Namespace) -> Answer:
    month = _month(options)

    def work(book: Book) -> Answer:
        dues.collect(book, month, ACTOR, options.fund)
        return _told(book, month)

    return with_book(options, work)


def _told(book: Book, month: str) -> Answer:
    found = dues.compute(book, month)
    return {
        "members": found.members,
        "base": found.base,
        "due": found.due,
        "keep": found.keep,
        "up": found.up,
        "lines": [
            {"person": line.person, "base": line.base, "due": line.due, "exempt": line.exempt or None}
            for line in found.lines
        ],
    }


def _fee(options: Namespace) -> Answer:
    month = _month(options)

    def work(book: Book) -> Answer:
        found = dues.fee(book, month)
        unpaid_from = found.clock.unpaid_from
        return {
            "base": found.base,
            "due": found.due,
            "keep": found.keep,
            "up": found.up,
            "received": found.received,
            "deadline": found.clock.deadline.isoformat(),
            "late_from": found.clock.late_from.isoformat(),
            "unpaid_from": unpaid_from.isoformat() if unpaid_from else None,
        }

    return with_book(options, work)


def _month(options: Namespace) -> str:
    try:
        return dates.parse_month(options.month)
    except ValueError as error:
        raise Refused([Problem("month", str(error))]) from None
