"""`init`, `verify`, `backup`, `restore`: the book as a whole."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from desktop_app.actions import backups, setup
from desktop_app.commands.words import ACTOR, Answer, Commands, profile, refuse_own, with_book
from desktop_app.domain.errors import Trouble
from desktop_app.storage.book import Book
from desktop_app.storage.secrets import write_whole


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    init = commands.command("init", _init, "make a new book")
    for name in ("--unit-code", "--name"):
        init.add_argument(name, required=True)
    init.add_argument("--recovery-file", type=Path)
    init.add_argument("--group", type=int, default=3)
    init.add_argument("--year", type=int, default=0)
    commands.command("verify", _verify, "prove the journal and the rows")
    commands.command("backup", _backup, "write an encrypted copy").add_argument("file", type=Path)
    restoring = commands.command("restore", _restore, "open a copy on this PC")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--recovery-code", required=True)


def _init(options: Namespace) -> Answer:
    refuse_own(options, options.recovery_file)
    if options.recovery_file and not options.recovery_file.absolute().parent.is_dir():
        raise Trouble(f"Không có thư mục để ghi {options.recovery_file.name}. Hãy chọn thư mục khác.")
    made = setup.make_book(
        profile(options),
        code=options.unit_code,
        name=options.name,
        actor=ACTOR,
        group=options.group,
        first_year=options.year,
    )
    if options.recovery_file:
        try:
            write_whole(options.recovery_file, (made.recovery_code + "\n").encode())
        except OSError:  # the book is made and its code is in the answer: it must not be lost with an error
            print(f"Không ghi được {options.recovery_file.name}. Hãy chép lại mã khôi phục dưới đây.", file=sys.stderr)
    return {"book": str(made.book), "device": made.device, "recovery_code": made.recovery_code}


def _verify(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        from desktop_app.actions import sync_state  # other commands need not wait for it

        found = book.verify()
        if reading := sync_state.still_reading(book):
            print(reading, file=sys.stderr)
        return {
            "entries": found.entries,
            "chain_ok": found.chain_ok,
            "rows_ok": found.rows_ok,
            "first_fault": found.first_fault,
        }

    return with_book(options, work)


def _backup(options: Namespace) -> Answer:
    refuse_own(options, options.file)
    return with_book(
        options,
        lambda book: {"file": str(options.file), "entries": backups.back_up(book, options.file), "checked": True},
    )


def _restore(options: Namespace) -> Answer:
    book = setup.restore(options.file, profile(options), options.recovery_code)
    try:
        found = book.verify()
        return {"file": str(options.file), "entries": found.entries, "checked": found.first_fault is None}
    finally:
        book.close()
