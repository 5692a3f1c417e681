"""A member moves with a signed card, both unions without a network: one union takes it, once, and nobody can change it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import members, movements, transfers
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Movement, Person, Reception, Transfer
from desktop_app.exchange import transfer_card
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
from sync import envelope, messages, protocol
from sync.messages import Certificate
from tests.conftest import KEY
from tests.unions import found_union, hire

PROVINCE = secrets.token_bytes(32)
YESTERDAY = date.today() - timedelta(days=1)
TO = {"receiver": "40-002", "receiver_name": "CĐCS Công ty Bình Minh", "day": YESTERDAY, "document": "01/GT-CĐCS"}


def known_to(province: bytes, folder: Path, union: str, name: str) -> Book:
    """A book whose PC a province has certified, as enrolment leaves it."""
    book = Book.create(folder / "book.db", KEY, union)
    found_union(book, code=union, name=name)
    key = envelope.public_key(enrolment.make_seed(book))
    certificate = Certificate(union=union, device=book.device, key=key, issued=1)
    kept = protocol.canonical([certificate, messages.signature_of(certificate, province)])
    server = envelope.public_key(province)
    enrolment.keep(book, enrolment.Enrolment("http://tinh", server, "LĐLĐ tỉnh", book.device, 1, kept))
    return book


@pytest.fixture
def left(tmp_path: Path) -> Iterator[Book]:
    book = known_to(PROVINCE, tmp_path / "a", "40-001", "CĐCS May Hưng Lộc")
    yield book
    book.close()


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[Book]:
    book = known_to(PROVINCE, tmp_path / "b", "40-002", "CĐCS Công ty Bình Minh")
    yield book
    book.close()


def lan(book: Book) -> Person:
    return hire(book, "Lê Thị Lan", birth="1990-03", sex="Nữ", cccd="040190001234", card="NA-77", phone="0912345678",
                joined=date(2015, 5, 4), note="mẹ ốm", team="Tổ 1")  # fmt: skip


def card_of(book: Book, path: Path, **changed: object) -> tuple[Transfer, Path]:
    card, _ = transfers.issue(book, lan(book).id, {**TO, **changed}, "Hoa")
    transfers.write_file(book, card.id, path / "lan.the")
    return card, path / "lan.the"


def test_a_member_moves_with_a_file_and_is_the_same_member_there(left: Book, joined: Book, tmp_path: Path) -> None:
    card, file = card_of(left, tmp_path)
    gone = left.get(Person, card.person)
    assert gone is not None
    assert (gone.left, movements.history(left, gone)[-1].movement.to_unit) == (YESTERDAY, "CĐCS Công ty Bình Minh")
    read, sealed = transfers.read_file(joined, file)
    assert (read.name, read.cccd, read.joined, read.sender_name) == (
        "Lê Thị Lan", "040190001234", "2015-05-04", "CĐCS May Hưng Lộc",
    )  # fmt: skip
    assert not any(secret in repr(read) for secret in ("0912345678", "mẹ ốm", "Tổ 1"))
    taken = transfers.take(joined, sealed, {"day": date.today(), "team": "Tổ là"}, "Thu")
    assert (taken.new, taken.person.member, taken.person.joined, taken.person.team) == (True, True, date.today(), "Tổ là")
    (came,) = joined.all(Movement)
    assert (came.kind, came.from_unit, came.document) == ("CDEN", "CĐCS May Hưng Lộc", "01/GT-CĐCS")
    assert came.reason == "Vào công đoàn ngày 04/05/2015"
    (reception,) = joined.all(Reception)
    assert (reception.id, reception.sender, reception.receiver) == (card.id, "40-001", "40-002")
    assert "Lan" not in repr(reception)
    assert joined.verify().first_fault is None
    assert left.verify().first_fault is None


def test_a_card_is_taken_once_and_after_undo_once_more(left: Book, joined: Book, tmp_path: Path) -> None:
    _, file = card_of(left, tmp_path)
    _, sealed = transfers.read_file(joined, file)
    taken = transfers.take(joined, sealed, {"day": date.today()}, "Thu")
    with pytest.raises(Refused, match=r"Thẻ của Lê Thị Lan đã được nhận vào sổ này ngày .* Mỗi thẻ chỉ nhận một lần"):
        transfers.take(joined, sealed, {"day": date.today()}, "Thu")
    assert len(list(joined.all(Person))) == 1
    transfers.undo_take(joined, taken, "Thu")
    assert not list(joined.all(Person))
    transfers.take(joined, sealed, {"day": date.today()}, "Thu")
    assert len(list(joined.all(Person))) == 1


def test_a_worker_already_here_becomes_a_member_and_a_member_does_not(left: Book, joined: Book, tmp_path: Path) -> None:
    worker = members.add(joined, {"name": "Lê Thị Lan", "cccd": "040190001234", "member": False, "team": "Tổ 5"}, "Thu")[0]
    _, file = card_of(left, tmp_path)
    _, sealed = transfers.read_file(joined, file)
    taken = transfers.take(joined, sealed, {"day": date.today()}, "Thu")
    assert (taken.new, taken.person.id, taken.person.card, taken.person.team) == (False, worker.id, "NA-77", "Tổ 5")
    transfers.undo_take(joined, taken, "Thu")
    assert joined.get(Person, worker.id) == worker
    movements.record(joined, [worker.id], {"kind": "KN", "day": YESTERDAY, "document": "1"}, "Thu")
    with pytest.raises(Refused, match="đang là đoàn viên ở đây"):
        transfers.take(joined, sealed, {"day": date.today()}, "Thu")


def test_only_the_union_it_is_for_takes_it_and_only_while_it_is_good(
    left: Book, joined: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, file = card_of(left, tmp_path, receiver="40-003", receiver_name="CĐCS Sông Lam")
    with pytest.raises(Refused, match=r"gửi cho CĐCS Sông Lam \(mã 40-003\).* mã 40-002"):
        transfers.read_file(joined, file)
    other = known_to(secrets.token_bytes(32), tmp_path / "c", "40-003", "CĐCS Sông Lam")
    with pytest.raises(Refused, match="không do đơn vị của LĐLĐ tỉnh mình ký"):
        transfers.read_file(other, file)
    other.close()
    right = known_to(PROVINCE, tmp_path / "d", "40-003", "CĐCS Sông Lam")
    _, sealed = transfers.read_file(right, file)
    with pytest.raises(Refused, match="rời nơi cũ ngày") as refused:
        transfers.take(right, sealed, {"day": YESTERDAY - timedelta(days=1)}, "Thu")
    assert refused.value.problems[0].field == "day"
    monkeypatch.setattr(transfers, "_today", lambda: date.today() + timedelta(days=91))
    with pytest.raises(Refused, match=r"Thẻ đã hết hạn ngày .* Hãy xin CĐCS May Hưng Lộc lập lại"):
        transfers.read_file(right, file)
    right.close()


def test_a_book_that_is_not_enrolled_says_so_and_stores_nothing(book: Book, left: Book, tmp_path: Path) -> None:
    one = lan(book)
    with pytest.raises(Refused, match="chưa đăng ký với LĐLĐ tỉnh nên chưa ký được thẻ chuyển"):
        transfers.issue(book, one.id, TO, "Hoa")
    assert book.get(Person, one.id) == one
    _, file = card_of(left, tmp_path)
    with pytest.raises(Refused, match="chưa đăng ký với LĐLĐ tỉnh nên chưa kiểm tra được"):
        transfers.read_file(book, file)
    with pytest.raises(Refused, match="Hãy ghi mã đơn vị nhận") as refused:
        transfers.issue(left, "", {}, "Hoa")
    assert [p.field for p in refused.value.problems] == ["receiver", "receiver_name", "person"]


def test_a_withdrawn_card_gives_the_member_back_and_the_next_card_is_of_the_same_leaving(
    left: Book, tmp_path: Path
) -> None:
    card, file = card_of(left, tmp_path)
    with pytest.raises(Refused, match="đã có thẻ chuyển đến CĐCS Công ty Bình Minh"):
        transfers.issue(left, card.person, TO, "Hoa")
    transfers.withdraw(left, card.id, "Hoa")
    back = left.get(Person, card.person)
    assert back is not None
    assert (back.left, back.member) == (None, True)
    with pytest.raises(Refused, match="Thẻ này đã thu hồi"):
        transfers.write_file(left, card.id, file)
    again, _ = transfers.issue(left, card.person, {**TO, "receiver": "40-003", "receiver_name": "CĐCS Sông Lam"}, "Hoa")
    assert (again.leaving, again.id != card.id) == (card.id, True)


def test_who_left_without_a_card_gets_one_for_that_movement(left: Book) -> None:
    one = lan(left)
    done = movements.record(left, [one.id], {"kind": "CDI", "day": YESTERDAY, "to_unit": "CĐCS Bình Minh"}, "Hoa")
    card, _ = transfers.issue(left, one.id, TO, "Hoa")
    assert card.movement == done.movements[0].id
    assert len([m for m in left.all(Movement) if m.kind == "CDI"]) == 1


def test_the_letter_carries_the_card_as_a_code_that_a_picture_of_it_gives_back(
    left: Book, joined: Book, tmp_path: Path
) -> None:
    import segno

    card, _ = card_of(left, tmp_path)
    transfers.write_paper(left, card.id, tmp_path / "giay.pdf")
    assert (tmp_path / "giay.pdf").read_bytes().startswith(b"%PDF")
    code = segno.make(card.sealed, micro=False, error="m")
    assert (code.mode, code.version <= 22) == ("alphanumeric", True)
    code.save(str(tmp_path / "anh.png"), scale=4)
    assert transfers.read_file(joined, tmp_path / "anh.png")[0].name == "Lê Thị Lan"
    spaced = "\n".join(card.sealed[at : at + 40].lower() for at in range(0, len(card.sealed), 40))
    assert transfers.read_text(joined, spaced)[0].card_id == card.id
    segno.make("https://example.org").save(str(tmp_path / "khac.png"))
    for wrong in ("khac.png", "giay.pdf", "khong-co.the"):
        with pytest.raises(Refused, match=r"Không thấy mã QR|Không đọc được"):
            transfers.read_file(joined, tmp_path / wrong)


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_card_of_which_one_byte_was_changed_is_never_believed(signed: tuple[bytes, bytes], at: int, flip: int) -> None:
    sealed, key = signed
    changed = bytearray(sealed)
    changed[at % len(sealed)] ^= flip
    try:
        read = transfer_card.open_card(bytes(changed), [key])
    except Refused:
        return
    assert read == transfer_card.open_card(sealed, [key])  # a bit of the frame that means nothing


@pytest.fixture(scope="module")
def signed() -> tuple[bytes, bytes]:
    """A card and the province's key."""
    seed = secrets.token_bytes(32)
    certificate = Certificate(union="40-001", device="0" * 16, key=envelope.public_key(seed), issued=1)
    card = transfer_card.Card(
        id=bytes(16), leaving=bytes(16), sender="40-001", sender_name="CĐCS A", receiver="40-002", receiver_name="B",
        left="2026-11-01", expires="2027-01-30", document="", name="Lê Thị Lan", birth="1990", sex="Nữ",
        cccd="040190001234", card="", joined="", paid="2026-10", device=certificate.device, key=certificate.key,
        certified=1, certificate_sig=messages.signature_of(certificate, PROVINCE),
    )  # fmt: skip
    return transfer_card.seal(card, seed), envelope.public_key(PROVINCE)


def test_a_body_changed_and_wrapped_anew_fails_by_its_signature(signed: tuple[bytes, bytes]) -> None:
    sealed, key = signed
    card = transfer_card.open_card(sealed, [key])
    forged = transfer_card.seal(changed_card(card, receiver="40-009"), secrets.token_bytes(32))
    with pytest.raises(Refused, match="đã bị sửa sau khi ký"):
        transfer_card.open_card(forged, [key])
    mine = secrets.token_bytes(32)
    with pytest.raises(Refused, match="không do đơn vị của LĐLĐ tỉnh"):
        transfer_card.open_card(transfer_card.seal(changed_card(card, key=envelope.public_key(mine)), mine), [key])


def changed_card(card: transfer_card.Card, **changed: object) -> transfer_card.Card:
    import msgspec

    return msgspec.structs.replace(card, **changed)
