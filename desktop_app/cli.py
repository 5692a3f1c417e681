"""The same verbs without a window: `socongdoan [--profile DIR] COMMAND`, JSON out.

Exit 0 done, 1 refused (a sentence per problem, nothing changed), 2 wrong usage, 3 trouble.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from desktop_app.commands import books, dues, exchange, members, reports, sync, vouchers
from desktop_app.commands.words import Commands, Usage, shared
from desktop_app.domain.errors import Refused, Trouble


def run(arguments: Sequence[str]) -> int:
    """Run one command; answers the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        answer = options.verb(options)
    except Refused as refused:
        problems = [{"field": p.field, "problem": p.problem} for p in refused.problems]
        return _fail(options, "refused", problems, str(refused), 1)
    except Trouble as trouble:
        return _fail(options, "trouble", [], str(trouble), 3)
    except Usage as usage:
        parser.error(str(usage))
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
    parser = argparse.ArgumentParser(prog="socongdoan", description="Sổ Công đoàn", parents=[shared(False, None)])
    commands = Commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    for area in (books, members, vouchers, dues, reports, exchange, sync):
        area.add(commands)
    return parser
