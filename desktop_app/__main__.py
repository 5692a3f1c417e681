"""Start the program: no command = the window, a command = the same verbs without a window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desktop_app.storage import places, secrets


def main() -> None:
    """The `socongdoan` command."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a Windows program without a console has none
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    profile, words = _given(sys.argv[1:])
    key = secrets.fetch_ahead(profile / places.KEYS) if profile else None
    # What follows is loaded while the key is fetched; Qt for the window only.
    if words or profile is None:
        from desktop_app import cli

        sys.exit(cli.run(sys.argv[1:], key))
    from desktop_app.ui import window

    sys.exit(window.run(profile, key))


def _given(arguments: list[str]) -> tuple[Path | None, list[str]]:
    """The profile (None if its option is wrong) and the words beside it: none at all ask for the window."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--profile", type=Path)
    try:
        options, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None, arguments
    return options.profile or places.default_profile(), rest


if __name__ == "__main__":
    main()
