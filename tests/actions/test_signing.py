"""A settlement is handed in by whoever sits at the PC, but signed only by who knows the signer's own password."""

from __future__ import annotations

import dataclasses

import pytest

from desktop_app.actions import reports, signing
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import SealedKey, SigningKey, SignOff, Union
from desktop_app.storage import filings
from desktop_app.storage.book import Book, new_id
from sync import envelope, protocol, signoff
from tests.actions.test_reports import answer
from tests.reports.october import october

OCTOBER = Period.parse("2026-10")
CHAIR, ACCOUNTANT = "mat khau chu tich", "mat khau ke toan"


def handed_in(book: Book) -> filings.Filing:
    october(book)
    ours = next(iter(book.all(Union)))
    with book.transact("setup", "Hoa") as transaction:
        transaction.save(dataclasses.replace(ours, chair="Phan Sỹ Thắng", accountant="Thái Văn Hùng"))
    reports.submit(book, "B07", OCTOBER, "", "Hoa")
    return filings.state(book, "B07", "2026-10")


def signed(book: Book) -> list[str]:
    return [place.words for place in signing.places(book, filings.state(book, "B07", "2026-10"))]


def test_both_sign_what_was_handed_in(book: Book) -> None:
    filing = handed_in(book)
    today = f"{filing.submission.sent:%d/%m/%Y}" if filing.submission else ""
    assert signed(book) == ["Kế toán Thái Văn Hùng chưa ký", "Chủ tịch Phan Sỹ Thắng chưa ký"]
    signing.make_key(book, "accountant", ACCOUNTANT, ACCOUNTANT, "Hùng")
    signing.sign(book, filing, "accountant", ACCOUNTANT, "Hùng")
    assert signing.unsigned(signing.places(book, filing)) == "Chưa có chữ ký số của Chủ tịch."
    signing.make_key(book, "chair", CHAIR, CHAIR, "Thắng")
    signing.sign(book, filing, "chair", CHAIR, "Thắng")
    assert signed(book) == [f"Kế toán Thái Văn Hùng đã ký {today}", f"Chủ tịch Phan Sỹ Thắng đã ký {today}"]
    assert signing.unsigned(signing.places(book, filing)) == ""
    assert book.verify().first_fault is None


def test_who_does_not_know_the_password_does_not_sign(book: Book) -> None:
    filing = handed_in(book)
    with pytest.raises(Refused, match="Phan Sỹ Thắng chưa lập khóa ký trên máy này"):
        signing.sign(book, filing, "chair", CHAIR, "Hoa")
    signing.make_key(book, "chair", CHAIR, CHAIR, "Thắng")
    with pytest.raises(Refused, match="Mật khẩu ký không đúng"):
        signing.sign(book, filing, "chair", ACCOUNTANT, "Hoa")
    with pytest.raises(Refused, match="Mật khẩu ký không đúng"):  # nor makes a new key in the chair's name
        signing.make_key(book, "chair", ACCOUNTANT, ACCOUNTANT, "Hoa", old="doan thu")
    with pytest.raises(Refused, match="ít nhất 8 ký tự"):
        signing.make_key(book, "accountant", "ngan", "ngan", "Hoa")
    with pytest.raises(Refused, match="không giống nhau"):
        signing.make_key(book, "accountant", ACCOUNTANT, CHAIR, "Hoa")
    assert list(book.all(SignOff)) == []


def test_a_changed_password_is_a_new_key_and_what_was_signed_stays_signed(book: Book) -> None:
    filing = handed_in(book)
    signing.make_key(book, "chair", CHAIR, CHAIR, "Thắng")
    signing.sign(book, filing, "chair", CHAIR, "Thắng")
    signing.make_key(book, "chair", "mat khau moi", "mat khau moi", "Thắng", old=CHAIR)
    assert signing.unsigned(signing.places(book, filing)) == "Chưa có chữ ký số của Kế toán."
    with pytest.raises(Refused, match="đã ký lần nộp 1"):
        signing.sign(book, filing, "chair", "mat khau moi", "Thắng")


def test_a_signature_is_of_one_version_and_cannot_be_moved(book: Book) -> None:
    filing = handed_in(book)
    signing.make_key(book, "chair", CHAIR, CHAIR, "Thắng")
    given = signing.sign(book, filing, "chair", CHAIR, "Thắng")
    assert filing.submission is not None
    answer(book, filing.submission, "trả lại", "Xem lại")
    with pytest.raises(Refused, match="Hãy nộp lại rồi ký lần mới"):
        signing.sign(book, filings.state(book, "B07", "2026-10"), "accountant", ACCOUNTANT, "Hùng")
    second = reports.submit(book, "B07", OCTOBER, "Đã xem lại", "Hoa")
    with book.transact("forge", "Kẻ gian") as transaction:
        transaction.save(dataclasses.replace(given, id=new_id(), submission=second.id))
        seed = envelope.new_seed()  # a key that says it is the accountant's, but signs as somebody else
        key = transaction.save(build(SigningKey, {
            "id": new_id(), "who": "accountant", "name": "Thái Văn Hùng", "public": envelope.public_key(seed).hex(),
            "made": "05/11/2026",
        }))  # fmt: skip
        words = signoff.Signed(book.union_code, second.id, "B07", "2026-10", 2, second.digest, "chair", key.name)
        values = {"id": new_id(), "submission": second.id, "key": key.id, "day": "05/11/2026"}
        transaction.save(build(SignOff, {**values, "signature": signoff.sign(seed, words)}))
    assert signed(book) == ["Kế toán Thái Văn Hùng chưa ký", "Chủ tịch Phan Sỹ Thắng chưa ký"]


def test_the_private_half_never_leaves_the_book(book: Book) -> None:
    handed_in(book)
    signing_key = signing.make_key(book, "chair", CHAIR, CHAIR, "Thắng")
    (kept,) = book.all(SealedKey)
    assert kept.key == signing_key.id
    raw = book.db.execute("SELECT whole(op, record) FROM journal WHERE entity = 'sealed_key'").fetchone()[0]
    assert protocol.reach_of(raw) == 1
    assert kept.sealed["sealed"].encode() not in bytes(raw)


def test_what_is_signed_byte_by_byte() -> None:
    words = signoff.Signed("40-001", "0190f3a0-0000-7000-8000-000000000001", "B07", "2026", 1, "ab" * 32, "chair", "Phan Sỹ Thắng")
    assert words.words().startswith(b"socongdoan sign-off 1\0\x98\xa640-001")
    signature = signoff.sign(bytes(range(32)), words)
    public = envelope.public_key(bytes(range(32))).hex()
    assert signoff.is_true(public, signature, words)
    assert not signoff.is_true(public, signature, dataclasses.replace(words, version=2))
    assert not signoff.is_true(public, "không phải", words)
    assert signoff.fingerprint(public) == "03a1-07bf-f3ce-10be"
