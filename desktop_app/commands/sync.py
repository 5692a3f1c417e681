"""`enrol`, `sync`, `network`, `status`, packets."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from desktop_app.actions import sync
from desktop_app.commands.words import Answer, Commands, Usage, refuse_own, with_book
from desktop_app.storage.book import Book


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    enrolling = commands.command("enrol", _enrol, "make this PC known to the province")
    enrolling.add_argument("--server", default="", help="address of the province's server")
    enrolling.add_argument("--code", required=True, help="the one-time code")
    enrolling.add_argument("--province-file", type=Path, help="the province's file: its address and key")
    commands.command("sync", _sync, "send and read").add_argument("--server", help="the same province, new address")
    commands.command("change-key", _change_key, "new keys for this PC, by the old one's word")
    network = commands.command("network", _network, "the office's proxy, the province's own authority")
    network.add_argument("--proxy", help='http://[NAME:PASSWORD@]HOST:PORT, "" as the system says, "không" none')
    network.add_argument("--authority", help='a file of certificates to trust, "" for none')
    packets = commands.group("packet", "the same by stick or e-mail")
    writing = packets.command("export", _export, "write a packet")
    writing.add_argument("file", type=Path)
    writing.add_argument("--to", default="province", help="province | device (all PCs of the union) | a device's id")
    writing.add_argument("--code", help="the one-time code: ask to be enrolled by this packet")
    writing.add_argument("--province-file", type=Path, help="with --code: the province's file")
    packets.command("import", _import, "take a packet in").add_argument("file", type=Path)
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


def _change_key(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        from desktop_app.actions import keys

        keys.change(book)
        return {"device": book.device, "changed": True}

    return with_book(options, work)


def _network(options: Namespace) -> Answer:
    from desktop_app.actions import network

    return with_book(options, lambda book: network.choose(book, options.proxy, options.authority).answer())


def _export(options: Namespace) -> Answer:
    refuse_own(options, options.file)
    if bool(options.code) != bool(options.province_file):
        raise Usage("--code and --province-file go together")

    def work(book: Book) -> Answer:
        from desktop_app.actions import packets  # with the seal's library: other commands need not wait for it

        if options.code:
            made = packets.export_to_enrol(book, options.file, options.code, options.province_file)
        else:
            made = packets.export(book, options.file, options.to)
        for part in made.files[1:]:
            print(f"Phần tiếp theo: {part}", file=sys.stderr)
        return made.answer()

    return with_book(options, work)


def _import(options: Namespace) -> Answer:
    def work(book: Book) -> Answer:
        from desktop_app.actions import packets

        taken = packets.take(book, options.file)
        if taken.note:
            print(taken.note, file=sys.stderr)
        return taken.answer()

    return with_book(options, work)


def _status(options: Namespace) -> Answer:
    return with_book(options, sync.status)
