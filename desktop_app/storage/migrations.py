"""Bring an older book up to this program by its steps, and re-create the guards after every step."""

from __future__ import annotations

from desktop_app.domain import records  # noqa: F401 - declares the entities
from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import entities
from desktop_app.storage import book_days, money_sums, word_index
from desktop_app.storage.connection import Connection
from desktop_app.storage.rows import child_table

RELEASED = {"0001_first_book"}


def migrate(db: Connection) -> None:
    """Bring the book up to this program and re-create its guards. Raises `Trouble` for a newer book."""
    applied = set()
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        told = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'socongdoan'")
        applied = {name for (name,) in told.fetchall()}
    if applied - RELEASED:
        raise Trouble("Sổ này được ghi bởi phiên bản mới hơn. Hãy cập nhật chương trình rồi mở lại.")
    if RELEASED - applied:
        from sqlite_utils import Database  # loaded only when there is a step to take

        from desktop_app.storage.steps import steps

        steps.apply(Database(db.conn, execute_plugins=False))
    present = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    wanted = guards()
    if present != set(wanted):
        for name in present:
            db.execute(f'DROP TRIGGER "{name}"')
        for statement in wanted.values():
            db.execute(statement)


def guards() -> dict[str, str]:
    """The triggers by name: rows are written in a commit only, the journal is never rewritten, and the index of words
    and the sums of money follow their tables.

    `writing()` is a function of the book's own connection: 1 inside a transaction of ours, 2 while personal
    data is erased, 3 while entries of a former device move into the present one's chain, 4 while the index of
    words waits for many new rows. A connection without it cannot write at all.
    """
    made = word_index.KEEPERS | money_sums.KEEPERS | book_days.KEEPERS
    tables = ["adopted", "pieces", "money_sums", "book_days", "late_booked", "person_same"]
    tables += [e.table for e in entities().values()]
    tables += [child_table(e, f) for e in entities().values() for f in e.fields if f.kind == "rows"]
    for table in [*tables, "journal"]:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            name = f"guard_{table}_{verb.lower()}"
            condition = "writing() = 0"
            if (table == "adopted" and verb != "INSERT") or (table == "pieces" and verb == "UPDATE"):
                condition = "1"
            if table == "journal" and verb == "DELETE":
                condition = "writing() <> 3"
            if table == "journal" and verb == "UPDATE":
                condition = (
                    "writing() <> 2 OR NEW.payload IS NOT NULL OR NEW.op <> OLD.op OR NEW.hash IS NOT OLD.hash"
                    " OR NEW.dseq <> OLD.dseq OR NEW.device <> OLD.device OR NEW.record <> OLD.record"
                    " OR NEW.entity <> OLD.entity OR NEW.pos <> OLD.pos"
                )
            made[name] = (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition}"
                " BEGIN SELECT RAISE(ABORT, 'written outside a commit'); END"
            )
    return made
