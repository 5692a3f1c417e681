"""The named, frozen steps themselves: literal SQL, never edited after a release."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from desktop_app.storage.schema import FIRST_BOOK

steps = Migrations("socongdoan")


@steps(name="0001_first_book")
def _first_book(db: Database) -> None:
    for statement in FIRST_BOOK.split(";\n"):
        if statement.strip():
            db.execute(statement)
