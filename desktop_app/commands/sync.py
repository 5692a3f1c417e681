"""`enrol`, `sync`, `status`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from desktop_app.actions import sync
from desktop_app.commands.words import Answer, Commands, with_book
from desktop_app.storage.book import Book


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    enrolling = commands.command("enrol", _enrol, "make this PC known to the province")
    enrolling.add_argument("--server", default="", help="address of the province's server")
    enrolling.add_argument("--code", required=True, help="the one-time code")
    enrolling.add_argument("--province-file", type=Path, help="the province's file: its address and key")
    commands.command("sync", _sync, "send and read").add_argument("--server", help="the same province, new address")
    commands.command("status", _status, "what waits, what came back")


def _enrol(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        done = sync.enrol(book, options.server, options.code, options.province_file)
        return {"device": done.device, "server": done.server}

    return with_book(options, work)


def _sync(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        done = sync.sync_now(book, options.server)
        for notice in done.notices:
            print(notice, file=sys.stderr)
        return done.answer()

    return with_book(options, work)


def _status(options: Namespace) -> Answer:
    return with_book(options, sync.status)
