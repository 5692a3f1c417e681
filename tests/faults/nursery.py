"""A process that does deeds in children of its own, and kills them at a given moment (`kill -9`).

`python -m tests.faults.nursery [--server DATA] [--disk AT KILOBYTES]`: one line of JSON in (`deed`, `args`, `after` how
many seconds it is killed or null, how many bytes of `room` there are or null), one line out. What takes long to load is
loaded once; a child is forked for each deed. With a server's data folder the deeds are the server's own code on its
database; with a disk they may work on one of a few megabytes (`tests.faults.tight`).
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import Refused, Trouble
from tests.faults.tight import Tight


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--server", type=Path)
    asked.add_argument("--disk", nargs=2, default=None)
    options = asked.parse_args()
    disk = Tight(Path(options.disk[0]), int(options.disk[1])) if options.disk else None
    if options.server:
        from tests.faults import server_deeds as deeds

        deeds.begin(options.server)
    else:
        from tests.faults import deeds
    print(json.dumps({"mounted": disk is not None and disk.mounted}), flush=True)
    for line in sys.stdin:
        asked_for = json.loads(line)
        deed, room = getattr(deeds, asked_for["deed"]), asked_for["room"]
        with disk.only(room) if disk and room is not None else nullcontext():
            told = _forked(deed, asked_for["args"], asked_for["after"])
        print(json.dumps(told, ensure_ascii=False), flush=True)


def _forked(deed: Callable[..., Any], args: list[Any], after: float | None) -> dict[str, Any]:
    out, into = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(out)
        os.write(into, json.dumps(_done(deed, args), ensure_ascii=False, default=str).encode())
        os._exit(0)
    os.close(into)
    select.select([out], [], [], after)
    killed = after is not None and not select.select([out], [], [], 0)[0]
    if killed:
        os.kill(child, signal.SIGKILL)
    with open(out, "rb") as told:
        content = told.read()
    os.waitpid(child, 0)
    answer = json.loads(content) if content else {}
    return {**answer, "killed": killed and not content, "seconds": time.monotonic() - begun}


def _done(deed: Callable[..., Any], args: list[Any]) -> dict[str, Any]:
    """What came of it: `answer`, or the sentence for the user (`refused`, `trouble`), or `broke` = a bug."""
    try:
        return {"answer": deed(*args)}
    except Refused as refused:
        return {"refused": str(refused)}
    except Trouble as trouble:
        return {"trouble": str(trouble)}
    except BaseException as error:
        if told := _told(error):  # as commands and the window's workers do
            return {"trouble": str(told)}
        import traceback

        return {"broke": f"{error!r}\n{''.join(traceback.format_tb(error.__traceback__)[-6:])}"}


def _told(error: BaseException) -> Trouble | None:
    from desktop_app.storage.connection import trouble

    return trouble(error)


if __name__ == "__main__":
    main()
