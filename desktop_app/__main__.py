"""Start the program: no command = the window, a command = the same verbs without a window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop_app import cli
from desktop_app.actions import setup
from desktop_app.commands import words


def main() -> None:
    """The `socongdoan` command."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a Windows program without a console has none
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    shown = _window_of(sys.argv[1:])
    if shown is None:
        sys.exit(cli.run(sys.argv[1:]))
    way = setup.door_ahead(shown)
    from desktop_app.ui import window  # Qt is loaded for the window only

    sys.exit(window.run(shown, way))


def _window_of(arguments: list[str]) -> Path | None:
    """The profile whose window is asked for (no words at all, or `--profile DIR` alone), or None for a command."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--profile", type=Path)
    try:
        options, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    return None if rest else words.profile(options)


if __name__ == "__main__":
    main()
