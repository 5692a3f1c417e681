"""What the journal keeps small comes out bit by bit as it went in; its hash stands at any number."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Person
from desktop_app.storage import enrolment, journal, packing
from desktop_app.storage.book import Book, new_id
from sync import protocol

KEPT = "9bd404366aadcfe15550537c12f3e0ce3fc201530700"


@given(st.binary(max_size=3000), st.binary(max_size=16))
def test_what_is_unpacked_is_what_was_packed(raw: bytes, record: bytes) -> None:
    assert packing.whole(packing.packed(raw, record), record) == raw
    assert packing.whole(None, record) is None


@given(st.binary(max_size=60))
def test_damaged_bytes_are_other_bytes_never_a_crash(kept: bytes) -> None:
    assert packing.whole(kept, b"") is not None


def test_what_is_read_with_is_part_of_the_book_and_does_not_change() -> None:
    kept = bytes.fromhex(KEPT)
    assert packing.whole(kept, bytes(16)) == protocol.canonical([{"name": "Lê Thị Lan", "sex": "Nữ"}, bytes(8)])


def test_the_chain_has_its_hash_at_every_number_though_it_is_kept_at_few(book: Book) -> None:
    with book.transact("fund.save", "Hoa") as transaction:
        for number in range(3 * packing.EVERY + 5):
            transaction.add(build(Fund, {"id": new_id(), "code": f"Q{number}", "kind": "Tiền mặt"}))
    kept = book.db.execute("SELECT count(*), count(hash) FROM journal").fetchone()
    assert kept == (197, 3)
    hash_ = protocol.genesis(book.union_code, book.device)
    assert enrolment.hash_at(book, 0) == hash_
    for number, (raw, _) in enumerate(enrolment.pending(book, 0, 1 << 20).ops, 1):
        hash_ = protocol.chain(hash_, raw)
        assert enrolment.hash_at(book, number) == hash_
    assert enrolment.hash_at(book, 198) == b""
    assert book.verify().first_fault is None


def test_an_altered_entry_or_hash_anywhere_is_found(book: Book) -> None:
    with book.transact("members.add", "Hoa") as transaction:
        for number in range(150):
            transaction.add(build(Person, {"id": new_id(), "name": f"Nguyễn Văn {number}"}))
    dice = random.Random(3)
    book.db.execute("DROP TRIGGER guard_journal_update")
    for number in (1, 64, 65, *dice.sample(range(2, 150), 5), 150):
        raw, record, kept = book.db.execute(
            "SELECT whole(op, record), record, op FROM journal WHERE dseq = ?", [number]
        ).fetchone()
        altered = bytes([*raw[:-1], raw[-1] ^ 1])
        for content in (packing.packed(altered, record), b"\xff"):
            book.db.execute("UPDATE journal SET op = ? WHERE dseq = ?", [content, number])
            assert book.chain_fault() is not None
            assert not book.verify().chain_ok
        book.db.execute("UPDATE journal SET op = ? WHERE dseq = ?", [kept, number])
    assert book.chain_fault() is None
    (hash_,) = book.db.execute("SELECT hash FROM journal WHERE dseq = 64").fetchone()
    for wrong in (None, bytes(32)):
        book.db.execute("UPDATE journal SET hash = ? WHERE dseq = 64", [wrong])
        assert book.chain_fault() is not None
    book.db.execute("UPDATE journal SET hash = ? WHERE dseq = 64", [hash_])
    assert book.verify().first_fault is None
    assert journal.hash_at(book.db, book.device, book.union_code, 150) == enrolment.hash_at(book, 150)
