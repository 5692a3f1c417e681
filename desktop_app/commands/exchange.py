"""`import`, `export`."""

from __future__ import annotations

from desktop_app.commands.words import Commands


def add(commands: Commands) -> None:
    """Declare the commands of this module."""
