"""The write path: what is committed stays, verifies, and cannot be rewritten."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Person, Voucher
from desktop_app.storage import packing
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.connection import trouble
from desktop_app.storage.migrations import guards
from tests.conftest import KEY


def a_person(name: str = "Nguyễn Văn Thắng") -> Person:
    return build(Person, {"id": new_id(), "name": name, "birth": "03/1985", "cccd": "040085001234"})


def a_voucher(book: Book, *, posted: bool) -> Voucher:
    fund = build(Fund, {"id": new_id(), "code": "TM", "kind": "Tiền mặt"})
    values = {
        "id": new_id(), "kind": "PC", "number": "PC10/01", "day": "15/10/2026", "text": "Thăm hỏi",
        "lines": [{"item": "31", "fund": fund.id, "amount_out": "1.500.000"}], "posted": posted,
    }  # fmt: skip
    voucher = build(Voucher, values)
    with book.transact("voucher.post", "Trần Thị Hoa") as transaction:
        transaction.save(fund)
        transaction.save(voucher)
    return voucher


def test_a_saved_person_comes_back_after_reopening(book: Book) -> None:
    person = a_person()
    with book.transact("members.add", "Trần Thị Hoa") as transaction:
        transaction.save(person)
    assert transaction.changes.entities == {"person"}
    again = Book(book.path, KEY)
    assert again.get(Person, person.id) == person
    again.close()


def test_a_refused_verb_stores_nothing(book: Book) -> None:
    with pytest.raises(Refused), book.transact("members.add", "Hoa") as transaction:
        transaction.save(a_person())
        raise Refused("Không được.")
    assert list(book.all(Person)) == []
    assert book.verify().entries == 0


def test_editing_writes_only_the_changed_field_and_names_what_it_saw(book: Book) -> None:
    person = a_person()
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(person)
    with book.transact("members.edit", "Hoa") as transaction:
        transaction.save(dataclasses.replace(person, team="Tổ may 2"))
    last = max(book.ops_of(person.id), key=lambda op: op.dseq)
    assert last.fields == {"team": "Tổ may 2"}
    assert last.base == ((),)
    assert book.verify() == dataclasses.replace(book.verify(), entries=2, chain_ok=True, rows_ok=True, first_fault=None)


def test_personal_values_stand_beside_the_chain_not_in_it(book: Book) -> None:
    person = a_person("Lê Thị Hồng Nhung")
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(person)
    ((op, payload),) = book.db.execute("SELECT whole(op, record), whole(payload, record) FROM journal").fetchall()
    assert b"Nhung" not in op
    assert b"Nhung" in payload


def test_a_posted_voucher_never_changes_but_its_payee_can_be_corrected(book: Book) -> None:
    voucher = a_voucher(book, posted=True)
    for change in ({"day": date(2026, 10, 16)}, {"number": "PC10/09"}, {"lines": ()}, {"posted": False}):
        with (
            pytest.raises(Refused, match="PC10/01 đã ghi sổ"),
            book.transact("voucher.edit", "Hoa") as transaction,
        ):
            transaction.save(dataclasses.replace(voucher, **change))
    corrected = dataclasses.replace(voucher, party="Nguyễn Thị Lan")
    with book.transact("voucher.edit", "Hoa") as transaction:
        transaction.save(corrected)
    assert book.get(Voucher, voucher.id) == corrected


def test_a_draft_voucher_can_change_and_a_posted_one_can_be_cancelled_once(book: Book) -> None:
    draft = a_voucher(book, posted=False)
    posted = dataclasses.replace(draft, day=date(2026, 10, 20), posted=True)
    cancelled = dataclasses.replace(posted, cancelled=True)
    for step in (posted, cancelled):
        with book.transact("voucher.edit", "Hoa") as transaction:
            transaction.save(step)
    with pytest.raises(Refused), book.transact("voucher.edit", "Hoa") as transaction:
        transaction.save(dataclasses.replace(cancelled, cancelled=False))


def test_a_retired_record_leaves_the_list_and_stays_in_the_journal(book: Book) -> None:
    person = a_person()
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(person)
    with book.transact("members.retire", "Hoa") as transaction:
        transaction.retire(person)
    assert list(book.all(Person)) == []
    assert book.verify().rows_ok
    assert len(book.ops_of(person.id)) == 2


@pytest.mark.parametrize(
    "bypass",
    [
        "UPDATE people SET name = 'x'",
        "DELETE FROM people",
        "UPDATE journal SET op = x'00'",
        "UPDATE journal SET payload = NULL",
        "DELETE FROM journal",
        "INSERT INTO people (id) VALUES ('x')",
    ],
)
def test_no_one_writes_around_the_journal(book: Book, bypass: str) -> None:
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(a_person())
    with pytest.raises(dbapi2.IntegrityError, match="outside a commit"):
        book.db.execute(bypass)


def test_every_guard_stands(book: Book) -> None:
    present = {row[0] for row in book.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert present == set(guards())


def test_verify_finds_a_row_that_the_journal_does_not_tell(book: Book) -> None:
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(a_person())
    book._writing = 1
    book.db.execute("UPDATE people SET team = 'Tổ lạ'")
    book._writing = 0
    found = book.verify()
    assert found.chain_ok
    assert not found.rows_ok


def test_verify_finds_an_altered_payload(book: Book) -> None:
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(a_person())
    book.db.execute("DROP TRIGGER guard_journal_update")
    book.db.execute("UPDATE journal SET payload = ?", [packing.packed(b"\x91\x80", b"")])
    assert not book.verify().chain_ok


def test_a_wrong_key_or_a_foreign_file_is_a_plain_sentence(book: Book, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="khóa không đúng"):
        Book(book.path, bytes(32))
    foreign = tmp_path / "la.db"
    foreign.write_bytes(b"khong phai so" * 1000)
    with pytest.raises(Trouble, match="không phải sổ"):
        Book(foreign, KEY)


def test_a_file_that_a_failing_disk_left_empty_is_damaged_not_new(tmp_path: Path) -> None:
    (tmp_path / "book.db").touch()
    with pytest.raises(Trouble, match="bị hỏng"):
        Book(tmp_path / "book.db", KEY)


def test_a_folder_where_the_book_should_be_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Không mở được tệp sổ"):
        Book(tmp_path, KEY)


def test_damage_in_the_middle_is_trouble_whoever_meets_it(book: Book) -> None:
    with book.transact("members.add", "Hoa") as transaction:
        for number in range(1000):
            transaction.save(dataclasses.replace(a_person(f"Nguyễn Văn {number}"), id=new_id(), cccd=""))
    book.close()
    content = bytearray(book.path.read_bytes())
    for page in range(len(content) // 4096 * 3 // 4, len(content) // 4096):  # behind the schema
        content[page * 4096 + 100] ^= 1
    book.path.write_bytes(content)
    damaged = Book(book.path, KEY)
    for work in (damaged.verify, lambda: list(damaged.all(Person))):
        with pytest.raises(dbapi2.DatabaseError) as met:
            work()
        assert "bị hỏng" in str(trouble(met.value))
    damaged.close()


def test_a_rule_of_ours_that_sqlite_tells_stays_a_bug(book: Book) -> None:
    with pytest.raises(dbapi2.DatabaseError) as met:
        book.db.execute("DELETE FROM journal WHERE pos = (SELECT nothing FROM nowhere)")
    assert trouble(met.value) is None


def test_a_book_of_a_newer_program_is_not_touched(book: Book) -> None:
    book.db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('socongdoan', '9999_later', '')"
    )
    with pytest.raises(Trouble, match="phiên bản mới hơn"):
        Book(book.path, KEY)


_LOOP = """
import sys
from pathlib import Path
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person
from desktop_app.storage.book import Book, new_id
book = Book(Path(sys.argv[1]), bytes(range(32)))
for number in range(100000):
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(build(Person, {"id": new_id(), "name": f"Nguyễn Văn {number}"}))
    print(number, flush=True)
"""


def test_kill_minus_nine_loses_nothing_that_was_said_to_be_saved(book: Book) -> None:
    worker = subprocess.Popen([sys.executable, "-c", _LOOP, str(book.path)], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    said = [worker.stdout.readline() for _ in range(25)]
    os.kill(worker.pid, signal.SIGKILL)
    said += worker.stdout.readlines()
    worker.stdout.close()
    worker.wait()
    found = book.verify()
    assert found.first_fault is None
    assert found.entries >= len([line for line in said if line.endswith("\n")])


def test_statements_in_turn_are_prepared_once_however_many_came_before(book: Book) -> None:
    for number in range(200):
        book.db.execute(f"SELECT {number} FROM about")
    prepared = []
    book.db.conn.set_authorizer(lambda *asked: prepared.append(asked) or 0)
    turns = ["SELECT dseq FROM devices", "SELECT name FROM about"] * 3
    for statement in turns[:2]:
        book.db.execute(statement).fetchall()
    before = len(prepared)
    for statement in turns[2:]:
        book.db.execute(statement).fetchall()
    assert len(prepared) == before > 0
