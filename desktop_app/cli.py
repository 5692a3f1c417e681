"""The same verbs without a window: `socongdoan [--profile DIR] COMMAND`, JSON out.

Exit 0 done, 1 refused (a sentence per problem, nothing changed), 2 wrong usage, 3 trouble.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from desktop_app.commands.words import Commands, NothingStored, Usage, shared
from desktop_app.domain.errors import Refused, Trouble

# Each area is a module of desktop_app.commands, and the first words it answers. A command imports its own area only:
# on a slow PC the rest costs more than the work.
AREAS: Mapping[str, Sequence[str]] = {
    "books": ("init", "verify", "backup", "restore"),
    "members": ("members",),
    "vouchers": ("voucher", "close", "open"),
    "dues": ("dues", "fee"),
    "reports": ("report", "submit"),
    "exchange": ("import", "export"),
    "sync": ("enrol", "sync", "packet", "status", "network", "change-key"),
    "demo": ("demo",),
}


def run(arguments: Sequence[str], key: Callable[[], bytes] | None = None) -> int:
    """Run one command; answers the exit code. `key` is the `secrets.fetch_ahead` of its book, if that was begun."""
    parser = _parser(_areas(arguments))
    options = parser.parse_args(arguments, argparse.Namespace(key=key))
    code = 0
    try:
        answer = options.verb(options)
    except NothingStored as nothing:
        answer, code = nothing.answer, 1
    except Refused as refused:
        problems = [{"field": p.field, "problem": p.problem} for p in refused.problems]
        return _fail(options, "refused", problems, str(refused), 1)
    except Trouble as trouble:
        return _fail(options, "trouble", [], str(trouble), 3)
    except Usage as usage:
        parser.error(str(usage))
    if answer is not None:
        print(json.dumps(answer, ensure_ascii=False, indent=None if options.json else 1))
    return code


def _fail(options: argparse.Namespace, kind: str, problems: list[dict[str, str]], message: str, code: int) -> int:
    if options.json:
        error = {"kind": kind, "problems": problems, "message": message}
        print(json.dumps({"error": error}, ensure_ascii=False))
    for sentence in [p["problem"] for p in problems] or [message]:
        print(sentence, file=sys.stderr)
    return code


def _areas(arguments: Sequence[str]) -> list[str]:
    """The area of the command, or all of them for `--help` and for a word nobody knows."""
    _, words = shared(False, None).parse_known_args(arguments)
    return [area for area, first in AREAS.items() if words and words[0] in first] or list(AREAS)


def _parser(areas: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="socongdoan", description="Sổ Công đoàn", parents=[shared(False, None)])
    commands = Commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    for area in areas:
        import_module(f"desktop_app.commands.{area}").add(commands)
    return parser
