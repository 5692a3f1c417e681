"""The journal for ever: erased persons are gone and proven, restricted values stay home, nothing is too long."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from desktop_app.domain import fields
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Person, Union, Wage
from desktop_app.storage import journal
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.schema import FIRST_BOOK
from sync import protocol
from tests.conftest import KEY


def save(book: Book, record: object) -> None:
    with book.transact("members.add", "Trần Thị Hoa") as transaction:
        transaction.save(record)


@pytest.fixture
def nhung(book: Book) -> Person:
    person = build(Person, {"id": new_id(), "name": "Lê Thị Hồng Nhung", "birth": "1990", "cccd": "040190001234"})
    save(book, person)
    save(book, dataclasses.replace(person, team="Tổ may 2"))
    return person


def test_an_erased_person_is_gone_for_good_and_the_book_still_proves_itself(book: Book, nhung: Person) -> None:
    with book.transact("members.erase", "Trần Thị Hoa") as transaction:
        transaction.erase(nhung)
    assert book.get(Person, nhung.id) is None
    assert book.db.execute("SELECT count(*) FROM people").fetchone() == (0,)
    assert all(payload is None for (payload,) in book.db.execute("SELECT payload FROM journal"))
    assert [op.kind for op in book.ops_of(nhung.id)] == ["set", "set", "erase"]
    assert book.verify().first_fault is None
    assert book.verify().entries == 3


def test_what_was_erased_is_in_no_byte_of_the_book_and_in_no_backup_of_it(book: Book, nhung: Person) -> None:
    with book.transact("members.erase", "Trần Thị Hoa") as transaction:
        transaction.erase(nhung)
    copy = book.path.with_name("copy.db")
    book.copy_to(copy)
    restored = Book(copy, KEY)
    restored.take_new_device()
    assert restored.get(Person, nhung.id) is None
    assert restored.verify().first_fault is None
    restored.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain = book.path.with_name("plain.db")
    restored.db.execute(f"ATTACH '{plain}' AS plain KEY ''")
    restored.db.execute("SELECT sqlcipher_export('plain')")
    assert b"Nhung" not in plain.read_bytes()
    restored.close()


def test_an_erased_record_is_never_written_again(book: Book, nhung: Person) -> None:
    with book.transact("members.erase", "Hoa") as transaction:
        transaction.erase(nhung)
    with pytest.raises(Refused, match="đã được xóa"):
        save(book, nhung)


def test_only_what_stands_beside_the_chain_can_be_erased(book: Book) -> None:
    fund = build(Fund, {"id": new_id(), "code": "TM", "kind": "Tiền mặt"})
    save(book, fund)
    with pytest.raises(ValueError, match="fund is not private"), book.transact("x", "Hoa") as transaction:
        transaction.erase(fund)
    assert book.verify().entries == 1


def test_a_payload_that_vanishes_without_an_erasure_is_found(book: Book, nhung: Person) -> None:
    book.db.execute("DROP TRIGGER guard_journal_update")
    book.db.execute("UPDATE journal SET payload = NULL WHERE dseq = 2")
    found = book.verify()
    assert not found.chain_ok
    assert "mất nội dung" in (found.first_fault or "")


@pytest.mark.parametrize("cut", ["DELETE FROM journal WHERE dseq = 2", "UPDATE journal SET op = x'00' WHERE dseq = 1"])
def test_a_cut_or_altered_chain_is_found(book: Book, nhung: Person, cut: str) -> None:
    for verb in ("update", "delete"):
        book.db.execute(f"DROP TRIGGER guard_journal_{verb}")
    book.db.execute(cut)
    assert not book.verify().chain_ok


def test_a_row_without_a_journal_is_found(book: Book, nhung: Person) -> None:
    book._writing = 1
    book.db.execute("INSERT INTO wages (id, person) VALUES (?, ?)", [new_id(), nhung.id])
    book._writing = 0
    assert "không có trong nhật ký" in (book.verify().first_fault or "")


def test_a_retired_person_who_is_saved_again_comes_back(book: Book, nhung: Person) -> None:
    with book.transact("members.retire", "Hoa") as transaction:
        transaction.retire(nhung)
    assert book.get(Person, nhung.id) is None
    save(book, nhung)
    assert book.get(Person, nhung.id) == nhung
    assert book.verify().first_fault is None


def test_a_record_keeps_its_place_when_it_is_edited(book: Book, nhung: Person) -> None:
    other = build(Person, {"id": new_id(), "name": "Phan Văn Đức"})
    save(book, other)
    save(book, dataclasses.replace(nhung, note="Đổi tổ"))
    assert [person.id for person in book.all(Person)] == [nhung.id, other.id]


def test_an_entry_that_is_too_long_is_refused_in_one_sentence(book: Book) -> None:
    long = build(Union, {"id": new_id(), "code": "40-001", "name": "ễ" * 200, "upper": "ễ" * 200, "chair": "ễ" * 100,
                         "accountant": "ễ" * 100, "cashier": "ễ" * 100})  # fmt: skip
    with pytest.raises(Refused, match="Đơn vị: nội dung quá dài"):
        save(book, long)
    assert book.verify().entries == 0
    save(book, build(Person, {"id": new_id(), "name": "ễ" * 100, "note": "ễ" * 1000}))


@pytest.fixture
def secret_report(monkeypatch: pytest.MonkeyPatch) -> Iterator[type]:
    """A restricted record, declared for one test (the program has none yet)."""
    known = dict(fields._BY_NAME)

    @fields.entity("denunciation", "denunciations", "Đơn tố cáo", restricted=True)
    class Denunciation:
        id: str
        text: str = fields.text("Nội dung")

    yield Denunciation
    fields._BY_NAME.clear()
    fields._BY_NAME.update(known)


def test_a_restricted_value_never_leaves_the_book(book: Book, secret_report: type) -> None:
    book.db.execute("CREATE TABLE denunciations (id TEXT NOT NULL UNIQUE, retired INTEGER NOT NULL, text TEXT)")
    save(book, secret_report(id=new_id(), text="Tố cáo ông A"))
    assert book.verify().first_fault is None
    ((raw, payload),) = journal.pending(book.db, book.device, "40-001", 0, 1 << 20).ops
    assert payload is None
    assert "Tố cáo".encode() not in raw
    assert protocol.decode(book.device, raw).reach == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 6), st.integers(0, 4000))
def test_what_waits_is_sent_in_order_whole_and_by_pages(book: Book, after: int, most: int) -> None:
    if not book.verify().entries:
        person = build(Person, {"id": new_id(), "name": "Phan Văn Đức"})
        save(book, person)
        for wage in range(5):
            save(book, build(Wage, {"id": new_id(), "person": person.id, "from_month": "10/2026", "insured": wage}))
    sent = 0
    for _ in range(10):
        batch = journal.pending(book.db, book.device, book.union_code, after, most)
        head = batch.prev
        for raw, _ in batch.ops:
            head = protocol.chain(head, raw)
        assert head == batch.head == journal.hash_at(book.db, book.device, book.union_code, after + len(batch.ops))
        assert batch.first == after + 1
        sent, after = sent + len(batch.ops), after + len(batch.ops)
        if not batch.ops:
            break
    assert after == 6


def test_the_journal_of_a_book_is_never_altered_even_while_erasing(book: Book, nhung: Person) -> None:
    for column in ("op = x'00'", "hash = x'00'", "entity = 'x'", "payload = x'00'", "dseq = 9"):
        with pytest.raises(dbapi2.IntegrityError), book.writing(), book.erasing():
            book.db.execute(f"UPDATE journal SET {column}")
    assert book.verify().first_fault is None


def test_the_first_form_of_the_book_is_what_the_declarations_say(book: Book) -> None:
    from desktop_app.storage.rows import table_sql

    for declared in fields.entities().values():
        for statement in table_sql(declared):
            assert statement in FIRST_BOOK


def test_a_new_device_id_is_seen_by_every_open_window(book: Book, nhung: Person) -> None:
    other = Book(book.path, KEY)
    other.take_new_device()
    save(book, dataclasses.replace(nhung, team="Tổ 3"))
    assert book.ops_of(nhung.id)[-1].device == book.device == other.device
    assert book.verify().first_fault is None
    other.close()
