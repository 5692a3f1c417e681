"""A real encrypted book for every test that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.storage.book import Book

KEY = bytes(range(32))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book.create(tmp_path / "book.db", KEY, "40-001")
    yield made
    made.close()
