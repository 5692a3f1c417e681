"""`report FORM`, `submit FORM`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop_app.actions import reports
from desktop_app.commands.words import ACTOR, Answer, Commands, Usage, refuse_own, with_book
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Problem, Refused
from desktop_app.reports.make import FundNeeded, make
from desktop_app.storage.book import Book


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    making = commands.command("report", _report, "make a book, a settlement or an activity report")
    making.add_argument("form")
    making.add_argument("--period", required=True)
    making.add_argument("--fund")
    making.add_argument("--pdf", type=Path)
    making.add_argument("--xlsx", type=Path)
    sending = commands.command("submit", _submit, "hand in a report at the next sync")
    sending.add_argument("form")
    sending.add_argument("--period", required=True)
    sending.add_argument("--note", default="")


def _report(options: Namespace) -> Answer:
    period = _period(options.period)
    for target in (options.pdf, options.xlsx):
        refuse_own(options, target)

    def work(book: Book) -> Answer:
        try:
            made = make(book, options.form, period, options.fund)
        except FundNeeded as needed:
            raise Usage(str(needed)) from needed
        if options.pdf:
            reports.write_pdf(made, options.pdf)
        if options.xlsx:
            reports.write_xlsx(made, options.xlsx)
        return made.answer

    return with_book(options, work)


def _submit(options: Namespace) -> Answer:
    period = _period(options.period)

    def work(book: Book) -> Answer:
        sent = reports.submit(book, options.form, period, options.note, ACTOR)
        return {"id": sent.id, "state": "đã nộp", "hash": sent.digest}

    return with_book(options, work)


def _period(given: str) -> Period:
    try:
        return Period.parse(given)
    except ValueError as error:
        raise Refused([Problem("period", str(error))]) from error
