"""The first look at a list: what is remembered of its shape, headings over headings, letters of several fonts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.actions.intake import looking
from desktop_app.storage.book import Book
from tests.exchange.books import workbook

ROWS: list[list[Any]] = [["Họ tên", "Số", "Số", ""], ["Ha", "T01", "7", "Le\u00e2"], ["Hồ Thị Mận", "T02", "8", ""]]


def test_columns_and_letters_of_a_shape_are_remembered_even_under_equal_headings(book: Book, tmp_path: Path) -> None:
    looked = looking.look(book, workbook(tmp_path / "ds.xlsx", {"DS": ROWS}))
    assert [(c.heading, c.field, c.encoding) for c in looked.columns] == [
        ("Họ tên", "name", "vni"), ("Số", "", "vni"), ("Số", "", "vni"), ("Cột D", "", "vni"),
    ]  # fmt: skip
    looking.remember(book, looked, looked.shape({0: "name", 1: "card", 2: "team", 3: "note"}, {0: "tcvn3", 3: "unicode"}))
    again = looking.look(book, workbook(tmp_path / "thang-sau.xlsx", {"Danh sách": ROWS}))
    assert [c.field for c in again.columns] == ["name", "card", "team", "note"]
    assert [c.encoding for c in again.columns if c.old] == ["tcvn3", "unicode"]
