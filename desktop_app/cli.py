"""The same verbs without a window: `socongdoan [--profile DIR] COMMAND`, JSON out.

Exit 0 done, 1 refused (a sentence per problem, nothing changed), 2 wrong usage, 3 trouble.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from desktop_app.actions import members, setup
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.storage.book import Book
from desktop_app.storage.secrets import write_whole

ACTOR = "Dòng lệnh"
Answer = dict[str, Any]


def run(arguments: Sequence[str]) -> int:
    """Run one command; answers the exit code."""
    options = _parser().parse_args(arguments)
    try:
        answer = options.verb(options)
    except Refused as refused:
        problems = [{"field": p.field, "problem": p.problem} for p in refused.problems]
        return _fail(options, "refused", problems, str(refused), 1)
    except Trouble as trouble:
        return _fail(options, "trouble", [], str(trouble), 3)
    print(json.dumps(answer, ensure_ascii=False, indent=None if options.json else 1))
    return 0


def _fail(options: argparse.Namespace, kind: str, problems: list[dict[str, str]], message: str, code: int) -> int:
    if options.json:
        error = {"kind": kind, "problems": problems, "message": message}
        print(json.dumps({"error": error}, ensure_ascii=False))
    for sentence in [p["problem"] for p in problems] or [message]:
        print(sentence, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="socongdoan", description="Sổ Công đoàn", parents=[_shared(False, None)])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(of: Any, name: str, verb: Callable[[argparse.Namespace], Answer]) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = of.add_parser(name, parents=[_shared(argparse.SUPPRESS, argparse.SUPPRESS)])
        made.set_defaults(verb=verb)
        return made

    init = command(commands, "init", _init)
    for name in ("--unit-code", "--name"):
        init.add_argument(name, required=True)
    init.add_argument("--recovery-file", type=Path)
    init.add_argument("--group", type=int, default=3)
    init.add_argument("--year", type=int, default=0)
    of_members = commands.add_parser("members").add_subparsers(required=True, metavar="VERB")
    listing = command(of_members, "list", _members_list)
    listing.add_argument("--q", default="")
    listing.add_argument("--all", action="store_true")
    adding = command(of_members, "add", _members_add)
    for name in ("name", "birth", "sex", "cccd"):
        adding.add_argument(f"--{name}", required=True)
    for name in ("card", "team", "joined", "wage"):
        adding.add_argument(f"--{name}")
    command(commands, "verify", _verify)
    command(commands, "backup", _backup).add_argument("file", type=Path)
    restoring = command(commands, "restore", _restore)
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--recovery-code", required=True)
    return parser


def _shared(json_default: Any, profile_default: Any) -> argparse.ArgumentParser:
    """The options that may stand before or after the command; after it they must not reset what stood before."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", default=json_default, help="one line of JSON")
    shared.add_argument("--profile", type=Path, default=profile_default, help="folder of the book")
    return shared


def _profile(options: argparse.Namespace) -> Path:
    if options.profile is not None:
        return Path(options.profile)
    from platformdirs import user_data_path

    return user_data_path("So Cong doan", appauthor=False)


def _with_book(options: argparse.Namespace, work: Callable[[Book], Answer]) -> Answer:
    book = setup.open_book(_profile(options))
    try:
        return work(book)
    finally:
        book.close()


def _init(options: argparse.Namespace) -> Answer:
    made = setup.make_book(
        _profile(options),
        code=options.unit_code,
        name=options.name,
        actor=ACTOR,
        group=options.group,
        first_year=options.year,
    )
    if options.recovery_file:
        write_whole(options.recovery_file, (made.recovery_code + "\n").encode())
    return {"book": str(made.book), "device": made.device, "recovery_code": made.recovery_code}


def _members_list(options: argparse.Namespace) -> Answer:
    return _with_book(options, lambda book: {"members": members.listed(book, options.q, everyone=options.all)})


def _members_add(options: argparse.Namespace) -> Answer:
    names = ("name", "birth", "sex", "cccd", "card", "team", "joined", "wage")
    values = {name: getattr(options, name) for name in names}
    return _with_book(options, lambda book: {"id": members.add(book, values, ACTOR)[0].id})


def _verify(options: argparse.Namespace) -> Answer:
    def work(book: Book) -> Answer:
        found = book.verify()
        return {
            "entries": found.entries,
            "chain_ok": found.chain_ok,
            "rows_ok": found.rows_ok,
            "first_fault": found.first_fault,
        }

    return _with_book(options, work)


def _backup(options: argparse.Namespace) -> Answer:
    return _with_book(
        options,
        lambda book: {"file": str(options.file), "entries": setup.back_up(book, options.file), "checked": True},
    )


def _restore(options: argparse.Namespace) -> Answer:
    book = setup.restore(options.file, _profile(options), options.recovery_code)
    try:
        found = book.verify()
        return {"file": str(options.file), "entries": found.entries, "checked": found.first_fault is None}
    finally:
        book.close()
