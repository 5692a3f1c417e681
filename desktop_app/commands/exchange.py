"""`import`, `export`, and `members import`: workbooks in and out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.words import ACTOR, Answer, Commands, NothingStored, Usage, refuse_own, with_book

if TYPE_CHECKING:
    from desktop_app.exchange.tables import Fault
    from desktop_app.storage.book import Book


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
    commands.command("import", _import, "read a union workbook").add_argument("file", type=Path)
    commands.command("export", _export, "write the union workbook").add_argument("file", type=Path)


def add_members_import(group: Commands) -> None:
    """Declare `members import`, a word of the members' group."""
    importing = group.command("import", _import_members, "read any list of members")
    importing.add_argument("file", type=Path)
    importing.add_argument("--profile-map", default="", metavar="NAME")
    importing.add_argument("--map", action="append", default=[], metavar="HEADING=FIELD")


def _import(options: Namespace) -> Answer:
    from desktop_app.actions.importing import import_workbook  # the readers load slowly

    done = with_book(options, lambda book: import_workbook(book, options.file, ACTOR))
    for name in done.ignored_sheets:
        print(f"Trang tính “{name}” không thuộc mẫu nên được bỏ qua.", file=sys.stderr)
    return _answered(done.answer(), done.refused, nothing=done.nothing)


def _export(options: Namespace) -> Answer:
    from desktop_app.actions import sensitive
    from desktop_app.actions.exporting import export_workbook  # the writer loads slowly
    from desktop_app.exchange import layout

    def work(book: Book) -> Answer:
        written = export_workbook(book, options.file)
        sensitive.note_whole_numbers(book, written[layout.PEOPLE.title], "Xuất sổ ra Excel", ACTOR)
        return {"sheets": written}

    refuse_own(options, options.file)
    return with_book(options, work)


def _import_members(options: Namespace) -> Answer:
    from desktop_app.actions.importing import import_members  # the readers load slowly

    pairs = [given.rpartition("=") for given in options.map]
    if any(not heading for heading, _, _ in pairs):
        raise Usage('--map needs "HEADING=FIELD"')
    mapping = {heading.strip(): field.strip() for heading, _, field in pairs}
    done = with_book(
        options,
        lambda book: import_members(book, options.file, ACTOR, profile_map=options.profile_map, mapping=mapping),
    )
    return _answered(done.answer(), done.refused, nothing=done.nothing)


def _answered(answer: Answer, refused: Sequence[Fault], *, nothing: bool) -> Answer:
    for fault in refused:
        where = f"{fault.sheet}, dòng {fault.row}" + (f", cột {fault.column}" if fault.column else "")
        print(f"{where}: {fault.problem}", file=sys.stderr)
    if nothing:
        raise NothingStored(answer)
    return answer
