"""Where a book lies: its folder (the profile) and the names of the files in it."""

from __future__ import annotations

from pathlib import Path

BOOK, KEYS = "book.db", "book.keys"


def default_profile() -> Path:
    """The folder of the book when none is named: the user's own data folder."""
    from platformdirs import user_data_path

    return user_data_path("So Cong doan", appauthor=False)
