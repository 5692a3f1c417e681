"""A new PC reads a long history in parts: the same book as by the log, whatever breaks, ends or changes meanwhile.

Server and PCs take small parts here, so that a few hundred entries make many.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.actions import exchange, sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.records import Person
from desktop_app.storage import enrolment, snapshot
from desktop_app.storage.book import Book
from sync import client, messages, parts
from sync.link import Link
from sync.messages import PartRequest, Refusal
from sync.pace import LEAST_PAGE
from tests.conftest import KEY
from tests.server.running import Running
from tests.sync.pcs import UNION, a_person, dump, edit, enrolled, new_book, save
from tests.sync.relay import relay

FEW, SIZE, STEP = 50, 200, 64
_SMALL = f"""
import runpy, sys
from sync import parts
parts.FEW, parts.SIZE, parts.STEP = {FEW}, {SIZE}, {STEP}
runpy.run_module("sync.server", run_name="__main__", alter_sys=True)
"""


class Small(Running):
    """A server that makes small parts."""

    def _arguments(self, *words: str) -> list[str]:
        python, _, _, *rest = super()._arguments(*words)
        return [python, "-c", _SMALL, *rest]


@contextlib.contextmanager
def running_small(data: Path) -> Iterator[Running]:
    server = Small(data)
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_small(tmp_path_factory.mktemp("tinh")) as made:
        yield made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, province: Running) -> Iterator[Book]:
    """The PC of a union that has been at work for long: the tests after one another write on in it."""
    book = enrolled(tmp_path_factory.mktemp("a"), province, first=True)
    for person in people(book, 500)[::50]:
        edit(book, person, team="Tổ may 2")
    sync.sync_now(book)
    yield book
    book.close()


def new_pc(folder: Path, server: Running) -> Book:
    """A new PC, on a line that is known to be bad: the first page it reads by the log is small."""
    book = enrolled(folder, server)
    enrolment.step(book, page=LEAST_PAGE)
    return book


@pytest.fixture
def home(tmp_path: Path, province: Running) -> Book:
    return new_pc(tmp_path / "home", province)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "FEW", FEW)
    monkeypatch.setattr(client.time, "sleep", lambda _: None)


def people(book: Book, count: int) -> list[Person]:
    made = [a_person(f"Nguyễn Văn {number}", birth=str(1960 + number % 40), note="x" * (number % 7)) for number in range(count)]
    with book.transact("members.import", "Trần Thị Hoa") as transaction:
        for person in made:
            transaction.add(person)
    return made


def oldest(book: Book, count: int) -> list[Person]:
    """The people whose entries are the first."""
    return list(itertools.islice(book.all(Person), count))


class Stopped(Exception):
    """The user closed the program."""


def stop_at(share: float) -> sync.Arriving:
    def arriving(read: int, entries: int, _: int) -> None:
        if read >= share * entries:
            raise Stopped

    return arriving


def begun(book: Book, share: float) -> Book:
    """The same book after it was closed in the middle of its first reading."""
    with pytest.raises(Stopped):
        sync.sync_now(book, arriving=stop_at(share))
    book.close()
    again = Book(book.path, KEY)
    read, entries = snapshot.read(again)
    assert 0 < read <= entries
    return again


def by_the_log(folder: Path, server: Running, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A PC that read the log."""
    book = enrolled(folder, server)
    with monkeypatch.context() as never:
        never.setattr(snapshot, "is_worth", lambda *_: False)
        sync.sync_now(book)
    return book


def kept(server: Running) -> list[Path]:
    return sorted((server.data / "parts").glob("*/*"))


def test_a_book_read_in_parts_is_the_one_that_the_log_makes(
    tmp_path: Path, office: Book, home: Book, province: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[float] = []
    done = sync.sync_now(home, arriving=lambda read, entries, _: shares.append(read / entries))
    files = kept(province)
    other = by_the_log(tmp_path, province, monkeypatch)
    assert done.received == 510
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
    assert dump(home) == dump(other) == dump(office)
    assert home.verify() == other.verify(), "every entry is there: nothing rests on the server's word alone"
    assert enrolment.standing(home).cursor == enrolment.standing(other).cursor == (1, 510)
    (first,) = oldest(office, 1)
    assert [op.head for op in home.ops_of(first.id)] == [op.head for op in office.ops_of(first.id)]
    assert home.db.execute("SELECT count(*) FROM arriving").fetchone() == (0,)
    assert sync.line(home)[1] == "ok"
    assert len(files) == 3
    again = new_pc(tmp_path / "again", province)
    assert sync.sync_now(again).received == 510
    assert kept(province) == files, "packed once for all PCs"


def test_a_short_history_comes_by_the_log(tmp_path: Path, province: Running) -> None:
    province.command("unit", "add", "--code", "40-002", "--name", "Công đoàn Trường Mầm non Hoa Sen")
    office, home = new_book(tmp_path / "a", "40-002"), new_book(tmp_path / "b", "40-002")
    for book in (office, home):
        sync.enrol(book, province.url, province.enrolment_code("40-002"))
    people(office, FEW - 1)
    sync.sync_now(office)
    before, never = kept(province), list[int]()
    sync.sync_now(home, arriving=lambda read, *_: never.append(read))
    assert (kept(province), never) == (before, [])
    assert dump(home) == dump(office)


def test_what_is_edited_before_all_is_here_merges_as_ever(
    tmp_path: Path, office: Book, home: Book, province: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = begun(home, 0.6)
    three, four = oldest(home, 5)[3:]
    assert SIZE <= len(list(home.all(Person))) < len(list(office.all(Person)))
    assert sync.line(home) == ("Mới nhận 78 % sổ của đơn vị", "warn")
    assert exchange.look(home).reading.startswith("Máy mới này đã nhận 400/510 mục trong sổ của đơn vị")
    edit(home, three, note="Nghỉ thai sản", phone="0912 345 678")
    edit(home, four, name="Lê Thị Lan Anh")
    save(home, a_person("Phan Văn Đức"))
    edit(office, three, team="Tổ may 9", phone="0987 654 321")
    edit(office, four, name="Lê Thị Lan Hương")
    people(office, 120)
    for book in (office, home, office):
        sync.sync_now(book)
    other = by_the_log(tmp_path, province, monkeypatch)
    assert dump(home) == dump(office) == dump(other)
    shown = home.get(Person, three.id)
    assert shown is not None
    assert (shown.note, shown.team) == ("Nghỉ thai sản", "Tổ may 9")
    assert [sync.status(book)["conflicts"] for book in (home, office, other)] == [1, 1, 1]


def test_whoever_was_erased_comes_to_no_new_pc(tmp_path: Path, office: Book, home: Book, province: Running) -> None:
    home = begun(home, 0.85)
    files = kept(province)
    erased = list(office.all(Person))[100:450:349]
    with office.transact("members.erase", "Hoa") as transaction:
        for person in erased:
            transaction.erase(person)
    sync.sync_now(office)
    assert len([file for file in files if not file.exists()]) == 2, "a part with erased values lies nowhere any more"
    late = new_pc(tmp_path / "late", province)
    for book in (home, late):
        sync.sync_now(book)
        assert dump(book) == dump(office)
        assert all(op.fields is None for one in erased for op in book.ops_of(one.id) if op.kind == "set")


def test_whoever_is_erased_here_meanwhile_stays_erased(office: Book, home: Book) -> None:
    home = begun(home, 0.6)
    (first,) = oldest(home, 1)
    with home.transact("members.erase", "Hoa") as transaction:
        transaction.erase(first)
    sync.sync_now(home)  # the later edits of that person can be proved by the log only
    sync.sync_now(office)
    assert home.get(Person, first.id) is None
    assert dump(home) == dump(office)


def test_a_line_and_a_program_that_break_off_all_the_time_bring_every_byte_once(
    tmp_path: Path, office: Book, home: Book, province: Running
) -> None:
    whole: list[int] = [0]
    sync.sync_now(new_pc(tmp_path, province), arriving=lambda _, __, size: whole.append(size))
    came: list[int] = []
    with relay(province.url, cut_after=4_000) as wire:
        while not enrolment.standing(home).synced:
            seen, now = snapshot.read(home)[0], [0]

            def arriving(read: int, _: int, size: int, seen: int = seen, now: list[int] = now) -> None:
                now.append(size)
                if read > seen + 200:
                    raise Stopped

            with contextlib.suppress(Stopped):
                sync.sync_now(home, wire.url, arriving=arriving)
            came.append(now[-1])
            home.close()
            home = Book(home.path, KEY)
        assert wire.cuts >= 3
    assert len(came) >= 2
    assert sum(came) < 1.25 * whole[-1], "headers of every try among it"
    assert dump(home) == dump(office)


def test_a_part_that_was_altered_is_refused_and_nothing_of_it_is_here(
    tmp_path: Path, office: Book, home: Book, province: Running
) -> None:
    home = begun(home, 0.3)
    before, part = enrolment.standing(home).cursor, snapshot.under_way(home)
    assert part is not None
    (piece,) = home.db.execute("SELECT piece FROM arriving WHERE no = 1").fetchone()
    home.db.execute("UPDATE arriving SET piece = ? WHERE no = 1", [piece[:99] + bytes([piece[99] ^ 1]) + piece[100:]])
    assert snapshot.here(home) == part.size
    with pytest.raises(snapshot.Malformed):
        list(snapshot.take(home, part))
    assert enrolment.standing(home).cursor == before
    sync.sync_now(home)  # fetched anew
    assert dump(home) == dump(office)

    for file in kept(province):  # a disk of the server that lies: then the log serves
        file.write_bytes(bytes(file.stat().st_size))
    late = new_pc(tmp_path, province)
    sync.sync_now(late)
    assert dump(late) == dump(office)
    for file in kept(province):
        file.unlink()


_KILLED = """
import sys, time
from pathlib import Path
from desktop_app.actions import sync
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
from sync import parts
parts.FEW = {few}
real, steps = enrolment.stand, []
def stand(book, now):
    real(book, now)
    steps.append(now.cursor[1])
    if len(steps) == 3:
        print(*steps, flush=True)
        time.sleep(60)
enrolment.stand = stand
sync.sync_now(Book(Path(sys.argv[1]), bytes(range(32))))
"""


def test_a_kill_while_a_part_is_taken_leaves_whole_steps_and_the_next_start_goes_on(office: Book, home: Book) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", _KILLED.format(few=FEW), str(home.path)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    reached = [int(word) for word in worker.stdout.readline().split()]
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    assert enrolment.standing(home).cursor == (1, reached[1])
    assert home.verify().first_fault is None
    assert home.verify().entries == reached[1]
    assert snapshot.under_way(home) is not None
    sync.sync_now(home)
    assert dump(home) == dump(office)


def test_a_server_put_back_to_its_backup_meanwhile(tmp_path: Path) -> None:
    with running_small(tmp_path / "server") as server:
        office, home = enrolled(tmp_path / "a", server, first=True), new_pc(tmp_path / "b", server)
        made = people(office, 450)
        sync.sync_now(office)
        server.command("backup", str(tmp_path / "backup"))
        edit(office, made[0], team="Tổ may 3")
        people(office, 60)
        sync.sync_now(office)
        home = begun(home, 0.6)
    data = tmp_path / "again"
    Running(data).command("restore", str(tmp_path / "backup"))
    with running_small(data) as again:
        assert sync.sync_now(office, again.url).sent == 61
        sync.sync_now(home, again.url)
        assert enrolment.standing(home).cursor == enrolment.standing(office).cursor == (2, 511)
        assert dump(home) == dump(office)


def test_a_stranger_gets_no_part_and_a_revoked_pc_none_any_more(home: Book, province: Running) -> None:
    home = begun(home, 0.3)
    known, seed = enrolment.of(home), enrolment.seed(home)
    assert known is not None
    assert seed is not None
    for union, device in ((UNION, "0" * 16), ("40-999", home.device)):
        asked = PartRequest(union=union, device=device, cursor=(0, 0), time=1, nonce=bytes(16))
        answer = Link(province.url).post("/part/v1", messages.write(asked, seed))
        reason = messages.read(Refusal, answer.body).check(known.server_key, bytes(16)).reason
        assert (answer.status, reason) == ((401, "unknown_device") if union == UNION else (403, "foreign_union"))
    page = f"{province.url}/don-vi/{UNION}/may/{home.device}/thu-hoi/"
    province.staff().post(page, timeout=60).raise_for_status()
    with pytest.raises(Trouble, match="đã thu hồi máy này"):
        sync.sync_now(home)
