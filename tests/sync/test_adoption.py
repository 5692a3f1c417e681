"""What a restored or copied PC holds is never lost: it goes over to its new device id, once, and all come level."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.actions import sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Closing, Person
from desktop_app.storage.book import Book, new_id
from sync import adoption, merge, protocol
from sync.protocol import Op
from tests.server.running import Running, running
from tests.sync.pcs import KEY, UNION, a_fund, a_person, dump, edit, enrolled, save

A, B, NEW = "aa" * 8, "bb" * 8, "cc" * 8
RECORD = "0190a0b0-0000-7000-8000-000000000001"
SECRET = b"12345678"


@pytest.fixture
def sqlite_server(tmp_path: Path):
    with running(tmp_path / "server") as started:
        yield started


def restored(book: Book, folder: Path) -> Book:
    """A backup of the book as it is now, opened on another PC."""
    folder.mkdir()
    book.copy_to(folder / "book.db")
    opened = Book(folder / "book.db", KEY)
    opened.take_new_device()
    return opened


def copied(book: Book, folder: Path) -> Book:
    """The whole folder on another PC: the same device id and key."""
    folder.mkdir()
    book.copy_to(folder / "book.db")
    shutil.copy(book.path.parent / "device.key", folder / "device.key")
    return Book(folder / "book.db", KEY)


def enrol(book: Book, server: Running) -> None:
    sync.enrol(book, server.url, server.enrolment_code(UNION))


def level(server: Running, *books: Book) -> None:
    """Every PC exchanges twice; then all hold the same and the server has every entry once."""
    for book in (*books, *books):
        sync.sync_now(book)
    assert all(dump(book) == dump(books[0]) for book in books)
    assert {sync.status(book)["pending"] for book in books} == {0}
    assert len({book.verify().entries for book in books}) == 1


def test_a_backup_newer_than_the_last_exchange_brings_what_was_never_sent(
    tmp_path: Path, sqlite_server: Running
) -> None:
    office, home = enrolled(tmp_path / "a", sqlite_server, first=True), enrolled(tmp_path / "b", sqlite_server)
    lan = save(office, a_person("Lê Thị Lan", cccd="040190001234"))
    sync.sync_now(office)
    edit(office, lan, team="Tổ may 2")
    duc = save(office, a_person("Phan Văn Đức"))
    edit(office, duc, note="Chuyển từ tổ cắt")
    save(office, a_fund())
    back = restored(office, tmp_path / "c")
    office.close()  # that PC is gone for good
    edit(back, duc, name="Phan Văn Đức Anh")
    assert sync.status(back)["pending"] == 5
    before = dump(back)
    enrol(back, sqlite_server)
    done = sync.sync_now(back)
    assert (done.sent, done.notices) == (5, ("Đã nhận lại 4 thay đổi của bản sao lưu và gửi lên tỉnh.",))
    assert sync.status(back)["pending"] == 0
    assert dump(back) == before
    assert sync.sync_now(back).notices == ()
    level(sqlite_server, back, home)
    assert dump(home) == before
    history = [(op.actor, op.verb, dict(op.fields or {})) for op in back.ops_of(duc.id)]
    assert [fields.get("name") or fields.get("note") for _, _, fields in history] == [
        "Phan Văn Đức", "Chuyển từ tổ cắt", "Phan Văn Đức Anh",
    ]  # fmt: skip


def test_a_backup_older_than_the_last_exchange_takes_nothing_twice(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    save(office, a_person("Lê Thị Lan"))
    back = restored(office, tmp_path / "b")
    save(office, a_person("Phan Văn Đức"))
    sync.sync_now(office)
    save(back, a_fund())
    enrol(back, sqlite_server)
    done = sync.sync_now(back)
    assert (done.sent, done.received, done.notices) == (1, 1, ()), "the server had what the backup had not sent"
    level(sqlite_server, back, office)
    assert back.verify().entries == 3


def test_both_the_restored_pc_and_the_old_one_send_and_nothing_shows_twice(
    tmp_path: Path, sqlite_server: Running
) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    lan = save(office, a_person("Lê Thị Lan"))
    back = restored(office, tmp_path / "b")
    edit(office, lan, name="Lê Thị Lan Anh")
    enrol(back, sqlite_server)
    sync.sync_now(back)
    level(sqlite_server, back, office)
    shown = back.get(Person, lan.id)
    assert shown is not None
    assert shown.name == "Lê Thị Lan Anh", "it was written over the value that both hold"
    assert sync.status(back)["conflicts"] == sync.status(office)["conflicts"] == 0
    held = list(office.all(Person))
    assert len(held) == 1
    with back.transact("members.retire", "Hoa") as transaction:
        transaction.retire(held[0])
    level(sqlite_server, back, office)
    assert list(office.all(Person)) == []


def test_a_copy_that_was_written_in_keeps_all_and_sends_it_under_its_own_id(
    tmp_path: Path, sqlite_server: Running
) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    lan = save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    copy = copied(office, tmp_path / "b")
    save(office, a_person("Phan Văn Đức"))
    edit(office, lan, team="Tổ may 1")
    duc = save(copy, a_person("Trần Văn Hải"))
    edit(copy, lan, name="Lê Thị Lan Hương")
    edit(copy, duc, note="Hội thẩm nhân dân")
    with copy.transact("periods.close", "Hoa") as transaction:
        closed = transaction.save(build(Closing, {
            "id": new_id(), "month": "2026-09", "closed": True, "lease": 1, "through": {office.device: 4},
        }))  # fmt: skip
    sync.sync_now(office)
    with pytest.raises(Trouble, match="bản chép hoặc bản cũ"):
        sync.sync_now(copy)
    enrol(copy, sqlite_server)
    save(copy, a_fund())
    done = sync.sync_now(copy)
    assert (done.sent, done.notices) == (5, ("Đã nhận lại 4 thay đổi của bản sao lưu và gửi lên tỉnh.",))
    level(sqlite_server, copy, office)
    both = office.get(Person, lan.id)
    assert both is not None
    assert (both.name, both.team) == ("Lê Thị Lan Hương", "Tổ may 1")
    assert sorted(person.name for person in office.all(Person)) == [
        "Lê Thị Lan Hương", "Phan Văn Đức", "Trần Văn Hải",
    ]  # fmt: skip
    frozen = office.get(Closing, closed.id)
    assert frozen is not None
    assert frozen.through == {office.device: 1, copy.device: 3}, "the same three entries, under their new numbers"


def test_three_copies_of_one_pc_that_all_wrote_come_level(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    lan = save(office, a_person("Lê Thị Lan"))
    second, third = copied(office, tmp_path / "b"), restored(office, tmp_path / "c")
    for number, book in enumerate((office, second, third)):
        edit(book, lan, **{("team", "note", "birth")[number]: ("Tổ 1", "Tổ trưởng", "1990")[number]})
        save(book, a_person(f"Nguyễn Văn {number}"))
    sync.sync_now(office)
    with pytest.raises(Trouble, match="bản chép hoặc bản cũ"):
        sync.sync_now(second)
    for book in (second, third):
        enrol(book, sqlite_server)
    level(sqlite_server, third, second, office)
    together = office.get(Person, lan.id)
    assert together is not None
    assert (together.team, together.note, together.birth) == ("Tổ 1", "Tổ trưởng", "1990")
    assert len(list(office.all(Person))) == 4


def test_an_erased_person_stays_erased_and_who_was_restored_twice_loses_nothing(
    tmp_path: Path, sqlite_server: Running
) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    lan, duc = save(office, a_person("Lê Thị Lan")), save(office, a_person("Phan Văn Đức"))
    with office.transact("members.erase", "Hoa") as transaction:
        transaction.erase(lan)
    once = restored(office, tmp_path / "b")
    edit(once, duc, note="Chi 1")
    twice = restored(once, tmp_path / "c")
    edit(twice, duc, team="Tổ 3")
    enrol(twice, sqlite_server)
    assert sync.sync_now(twice).sent == 5
    home = enrolled(tmp_path / "d", sqlite_server)
    level(sqlite_server, twice, home)
    held = home.get(Person, duc.id)
    assert held is not None
    assert (held.note, held.team) == ("Chi 1", "Tổ 3")
    assert home.get(Person, lan.id) is None


def test_what_was_taken_over_is_proved_and_cannot_be_altered(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    save(office, a_fund())
    back = restored(office, tmp_path / "b")
    enrol(back, sqlite_server)
    sync.sync_now(back)
    assert back.verify().first_fault is None
    with back.writing(), pytest.raises(Exception, match="outside a commit"):
        back.db.execute("DELETE FROM adopted")
    back.db.execute("DROP TRIGGER guard_adopted_update")
    with back.writing():
        back.db.execute("UPDATE adopted SET op = CAST(op || x'00' AS BLOB)")
    assert "đã nhận lại" in (back.verify().first_fault or "")


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Op], int]:
    """Entries of one record by this PC (A) and another (B), each naming heads it saw; A's after a number are unsent."""
    made: list[Op] = [Op(A, 1, 1, 1, "Hoa", "x", "person", RECORD, "set", {"name": "a", "team": "b"}, ())]
    numbers = {A: 1, B: 0}
    for moment in range(2, draw(st.integers(2, 9))):
        device = draw(st.sampled_from([A, A, B]))
        sent = [op for op in made if op.device == B or op.dseq <= 2]  # B saw only what went out
        known = merge.resolve(made if device == A else [made[0], *sent])
        numbers[device] += 1
        if draw(st.integers(0, 5)) == 0:
            heads = tuple(sorted({head for group in known.heads.values() for head in group}))
            made.append(Op(device, numbers[device], moment, 1, "Hoa", "x", "person", RECORD, "retire", {}, (heads,)))
            continue
        name = draw(st.sampled_from(["name", "team"]))
        value = {name: draw(st.sampled_from("xyz"))}
        base = (known.heads.get(name, ()),)
        made.append(Op(device, numbers[device], moment, 1, "Hoa", "x", "person", RECORD, "set", value, base))
    return made, 2


@given(histories())
def test_the_state_is_the_same_when_its_unsent_entries_stand_under_a_new_id(told: tuple[list[Op], int]) -> None:
    ops, sent = told
    moved: dict[protocol.Head, protocol.Head] = {}
    after: list[Op] = []
    for op in ops:
        if op.device != A or op.dseq <= sent:
            after.append(op)
            continue
        new = (NEW, len(moved) + 1)
        raw, payload = protocol.encode(op, SECRET)
        moved[op.head] = new
        again = adoption.say_again(op.head, new, raw, (payload, SECRET), moved)
        read = protocol.decode(*[NEW], again, payload)
        assert (read.hlc, read.actor, read.verb, read.kind, read.fields) == (op.hlc, "Hoa", "x", op.kind, op.fields)
        if payload is not None:
            assert read.payload_hash == protocol.payload_digest(SECRET, *new, payload)
        after.append(dataclasses.replace(read, payload_hash=b""))
    before, now = merge.resolve(ops), merge.resolve(after)
    assert (now.values, now.retired) == (before.values, before.retired)
    assert set(now.overlaps) == set(before.overlaps)
    assert [{moved.get(h, h) for h in group} for group in before.heads.values()] == [
        set(group) for group in now.heads.values()
    ]
    both = merge.resolve([*ops, *after])
    assert (both.values, both.retired) == (before.values, before.retired), "the old PC sends them, too"
    assert set(both.overlaps) == set(before.overlaps)


def test_two_pcs_that_wrote_other_values_at_the_same_moment_are_no_twins() -> None:
    made = Op(A, 1, 1, 1, "Hoa", "x", "person", RECORD, "set", {"name": "a"}, ())
    left = Op(A, 2, 9, 1, "Hoa", "x", "person", RECORD, "set", {"name": "b"}, (((A, 1),),))
    right = dataclasses.replace(left, device=B, dseq=1, fields={"name": "c"})
    after = dataclasses.replace(left, dseq=3, hlc=10, fields={"name": "d"}, base=(((A, 2),),))
    assert set(merge.resolve([made, left, right, after]).overlaps) == {"name"}
    assert not merge.resolve([made, left, dataclasses.replace(right, fields={"name": "b"}), after]).overlaps
