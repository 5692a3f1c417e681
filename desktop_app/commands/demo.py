"""`demo`: the whole main job on sample books, with the window, or `--headless` without."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.commands.words import Answer, Commands


def add(commands: Commands) -> None:
    """Declare the command of this module."""
    demo = commands.command("demo", _demo, "the main job on sample books, every figure checked")
    demo.add_argument("--headless", action="store_true", help="without a window (chosen by itself without a display)")


def _demo(options: Namespace) -> Answer | None:
    from desktop_app.demo import run

    run.run(options.headless)
    return None
