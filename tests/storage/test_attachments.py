"""Files of records: kept in their commit, proved, in the backup, and gone with the last record that names them."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from desktop_app.domain import fields
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Attachment, Fund
from desktop_app.storage import attachments, enrolment, incoming, pieces
from desktop_app.storage.book import Book, new_id
from tests.conftest import KEY

HOA = "Trần Thị Hoa"
SCAN = bytes(range(256)) * 2500  # 640,000 bytes: two whole pieces and a part
OWNER = new_id()


def kept(book: Book, data: bytes = SCAN, name: str = "Quyết định 12.pdf", owner: str = OWNER) -> Attachment:
    with book.transact("voucher.attach", HOA) as transaction:
        return attachments.keep(transaction, "voucher", owner, name, data)


def count(book: Book) -> int:
    return int(book.db.execute("SELECT count(*) FROM pieces").fetchone()[0])


def test_a_scan_is_kept_with_its_voucher_and_comes_back_after_reopening(book: Book) -> None:
    scan = kept(book)
    assert (scan.name, scan.mime, scan.size) == ("Quyết định 12.pdf", "application/pdf", 640_000)
    assert count(book) == 3
    again = Book(book.path, KEY)
    assert attachments.of(again, "voucher", OWNER) == (scan,)
    assert attachments.of(again, "person", OWNER) == ()
    assert attachments.content(again, scan.sha256) == SCAN
    assert again.verify().first_fault is None
    again.close()


def test_the_same_file_again_is_the_same_and_of_two_records_is_stored_once(book: Book) -> None:
    first, again = kept(book), kept(book, name="ban-sao.pdf")
    assert again == first
    other = kept(book, owner=new_id())
    assert (other.id != first.id, count(book)) == (True, 3)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("trong.pdf", b"", "không có nội dung"),
        ("C:\\Users\\Hoa\\cai-dat.exe", b"MZ", "“cai-dat.exe” không phải loại tệp giữ được"),
        ("khong-duoi", b"abc", "không phải loại tệp giữ được"),
        ("anh.jpg", bytes(20_971_521), "nặng 20,1 MB, nhiều nhất là 20 MB"),
    ],
)
def test_what_cannot_be_kept_is_one_sentence_and_stores_nothing(
    book: Book, name: str, data: bytes, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        kept(book, data, name)
    assert (list(book.all(Attachment)), count(book)) == ([], 0)


def test_a_commit_that_fails_keeps_neither_record_nor_content(book: Book) -> None:
    with pytest.raises(ZeroDivisionError), book.transact("voucher.attach", HOA) as transaction:
        attachments.keep(transaction, "voucher", OWNER, "a.pdf", SCAN)
        raise ZeroDivisionError
    assert (list(book.all(Attachment)), count(book)) == ([], 0)


def test_the_content_goes_with_the_last_record_that_names_it(book: Book) -> None:
    first, other = kept(book), kept(book, owner=new_id())
    for gone, left in ((first, 3), (other, 0)):
        with book.transact("voucher.detach", HOA) as transaction:
            transaction.retire(gone)
        assert count(book) == left
    assert attachments.content(book, first.sha256) is None
    assert book.verify().first_fault is None


def test_a_damaged_content_is_found_and_a_missing_one_only_waits(book: Book) -> None:
    scan = kept(book)
    for damage, fault in (("piece = zeroblob(length(piece)) WHERE no = 1", True), ("no = no", False)):
        book.db.execute("DROP TRIGGER IF EXISTS guard_pieces_update")
        book.db.execute(f"UPDATE pieces SET {damage}")
        if not fault:
            book.db.execute("DROP TRIGGER guard_pieces_delete")
            book.db.execute("DELETE FROM pieces WHERE no = 1")
        found = book.verify()
        assert ("không khớp mã băm" in (found.first_fault or ""), found.rows_ok) == (fault, not fault)
    assert attachments.content(book, scan.sha256) is None


def test_a_name_of_another_pc_never_leaves_the_folder(book: Book) -> None:
    scan = kept(book)
    for told, safe in (("../../etc/mat:khau?.pdf", "mat_khau_.pdf"), ("..", scan.id), ("C:\\a\\b.pdf", "b.pdf")):
        assert attachments.file_name(dataclasses.replace(scan, name=told)) == safe


@pytest.mark.parametrize("bypass", ["INSERT INTO pieces VALUES ('x', 0, x'00')", "DELETE FROM pieces"])
def test_no_one_writes_contents_around_a_commit(book: Book, bypass: str) -> None:
    kept(book)
    with pytest.raises(dbapi2.IntegrityError, match="outside a commit"):
        book.db.execute(bypass)


def test_a_pulled_end_drops_the_content_here_too(book: Book, tmp_path: Path) -> None:
    other = Book.create(tmp_path / "may-2" / "book.db", KEY, "40-001")
    scan = kept(other)

    def brought() -> None:
        ops = [(other.device, *entry) for entry in other.db.execute("SELECT whole(op, record), whole(payload, record) FROM journal ORDER BY pos")]
        incoming.apply(book, ops, enrolment.Standing())

    brought()
    assert attachments.of(book, "voucher", OWNER) == (scan,)
    assert attachments.content(book, scan.sha256) is None, "the record is here, the file still waits"
    with book.writing():
        pieces.put(book.db, scan.sha256, SCAN)
    assert attachments.content(book, scan.sha256) == SCAN
    with other.transact("voucher.detach", HOA) as transaction:
        transaction.retire(scan)
    brought()
    assert count(book) == 0
    other.close()


def test_a_file_of_a_restricted_record_goes_out_without_its_name(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = fields.entity_of(Fund)
    monkeypatch.setitem(fields._BY_NAME, "denunciation", dataclasses.replace(declared, restricted=True))
    with book.transact("petitions.attach", HOA) as transaction:
        attachments.keep(transaction, "denunciation", OWNER, "Đơn tố cáo.pdf", SCAN)
    ((raw, payload),) = enrolment.pending(book, 0, 1 << 20).ops
    assert payload is None
    assert "Đơn tố cáo".encode() not in raw


@given(data=st.binary(min_size=1, max_size=40), cut=st.integers(1, 7))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_comes_back_whatever_its_length(book: Book, data: bytes, cut: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pieces, "PIECE", cut)
        scan = kept(book, data, owner=new_id())
    assert attachments.content(book, hashlib.sha256(data).hexdigest()) == data
    with book.transact("voucher.detach", HOA) as transaction:
        transaction.retire(scan)
    assert count(book) == 0
