"""Start the program. The only wiring."""

from __future__ import annotations

import sys

from desktop_app import cli


def main() -> None:
    """The `socongdoan` command."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(cli.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
