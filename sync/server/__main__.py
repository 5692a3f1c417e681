"""`socongdoan-server COMMAND`: the server's commands. Exit 0 done, 1 refused, 2 wrong usage, 3 trouble."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import Refused, Trouble
from sync.server import commands


def main() -> None:
    """The `socongdoan-server` command."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


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
    except KeyboardInterrupt:
        return 0
    if answer is not None:
        print(json.dumps(answer, ensure_ascii=False, indent=None if options.json else 1))
    return 0


def _fail(options: argparse.Namespace, kind: str, problems: list[dict[str, str]], message: str, code: int) -> int:
    if options.json:
        print(json.dumps({"error": {"kind": kind, "problems": problems, "message": message}}, ensure_ascii=False))
    for sentence in [p["problem"] for p in problems] or [message]:
        print(sentence, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="socongdoan-server", description="Máy chủ tỉnh của Sổ Công đoàn", parents=[_shared(False, None)]
    )
    words = parser.add_subparsers(required=True, metavar="COMMAND")
    running = _command(words, "run", commands.run, "serve unions' desktops and the staff's pages")
    running.add_argument("--host", default="127.0.0.1")
    running.add_argument("--port", type=int, default=8000)
    unit = words.add_parser("unit", help="units").add_subparsers(required=True, metavar="VERB")
    adding = _command(unit, "add", commands.unit_add, "add a unit")
    adding.add_argument("--code", required=True)
    adding.add_argument("--name", required=True)
    _command(unit, "import", commands.unit_import, "add units of a list").add_argument("file", type=Path)
    _command(words, "code", commands.code, "give a unit a one-time enrolment code").add_argument("unit")
    province = _command(words, "province-file", commands.province_file, "the file a union's PC starts from")
    province.add_argument("file", type=Path)
    province.add_argument("--server", help="the address unions reach the server at")
    _command(words, "inbox", commands.inbox, "what units handed in").add_argument("--state")
    _command(words, "accept", commands.accept, "accept a submission").add_argument("id")
    returning = _command(words, "return", commands.send_back, "return a submission with a note")
    returning.add_argument("id")
    returning.add_argument("--note", required=True)
    returning.add_argument("--cell", action="append", default=[], metavar="CODE=NOTE")
    packet = words.add_parser("packet", help="packets by stick").add_subparsers(required=True, metavar="VERB")
    bringing = _command(packet, "import", commands.packet_import, "take a unit's packet in")
    bringing.add_argument("file", type=Path)
    bringing.add_argument("--reply", type=Path, metavar="FILE", help="write the reply to the packet")
    _command(words, "staff", commands.staff, "a new account of the staff, or a forgotten password").add_argument("name")
    changing = _command(words, "change-key", commands.change_key, "sign with a new key, told to PCs by the old one")
    changing.add_argument("--stolen", action="store_true", help="the old key counts no more: PCs need a new file")
    _command(words, "backup", commands.back_up, "copy database and keys").add_argument(
        "folder", type=Path, nargs="?"
    )
    restoring = _command(words, "restore", commands.restore, "check a backup, or put it into an empty --data")
    restoring.add_argument("folder", type=Path)
    restoring.add_argument("--check", action="store_true")
    return parser


def _command(words: Any, name: str, verb: commands.Verb, tells: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = words.add_parser(
        name, parents=[_shared(argparse.SUPPRESS, argparse.SUPPRESS)], help=tells
    )
    made.set_defaults(verb=verb)
    return made


def _shared(json_default: Any, default: Any) -> argparse.ArgumentParser:
    """The options that may stand before or after the command; after it they must not reset what stood before."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--json", action="store_true", default=json_default, help="one line of JSON")
    options.add_argument("--data", type=Path, default=default, metavar="DIR", help="folder of keys, log and database")
    options.add_argument("--database", default=default, metavar="URL", help="sqlite:///FILE or postgresql://…")
    return options


if __name__ == "__main__":
    main()
