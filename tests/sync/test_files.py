"""Files of records over the wire: after the entries, once, resumed at the byte where the line broke, proved at the end."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import carrying as files
from desktop_app.actions import sync
from desktop_app.domain.records import Attachment
from desktop_app.storage import attachments, carrying, enrolment
from desktop_app.storage.book import Book
from sync import blobs
from sync.link import Link
from tests.conftest import KEY
from tests.server.running import Running, running
from tests.sync.pcs import a_person, new_book, save
from tests.sync.relay import Relay, relay

_numbers = itertools.count(1)
SCAN = random.Random(1).randbytes(1_500_000)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("tinh")) as made:
        yield made


@pytest.fixture
def office(tmp_path: Path, province: Running) -> Iterator[Book]:
    union = f"40-{next(_numbers):03}"
    province.command("unit", "add", "--code", union, "--name", "Công đoàn Công ty May Sông Lam")
    made = enrolled(tmp_path / "a", province, union)
    yield made
    made.close()


def enrolled(folder: Path, province: Running, union: str) -> Book:
    book = new_book(folder, union)
    sync.enrol(book, province.url, province.enrolment_code(union))
    return book


def scanned(book: Book, data: bytes, name: str = "quyet-dinh.pdf") -> str:
    person = save(book, a_person("Lê Thị Lan"))
    with book.transact("members.attach", "Hoa") as transaction:
        return attachments.keep(transaction, "person", person.id, name, data).sha256


def test_a_file_goes_up_through_a_line_that_always_breaks_and_comes_down_on_another_pc(
    office: Book, province: Running, tmp_path: Path
) -> None:
    sha256 = scanned(office, SCAN)
    sync.sync_now(office)  # over a good line nothing is left to say
    assert carrying.waiting(office) == []
    home = enrolled(tmp_path / "b", province, office.union_code)
    sync.sync_now(home)
    assert attachments.content(home, sha256) == SCAN
    assert home.verify().first_fault is None
    home.close()


def broken_line(book: Book, wire: Relay) -> None:
    """Rounds until everything is level, as the window makes them."""
    for _ in range(60):
        sync.sync_now(book, wire.url)
        if not carrying.waiting(book) and not carrying.wanted(book):
            return
    raise AssertionError("it does not advance")


def test_every_byte_goes_once_though_the_line_is_cut_every_hundred_kilobytes(
    office: Book, province: Running, tmp_path: Path
) -> None:
    sha256 = scanned(office, SCAN + b"1")
    with relay(province.url, cut_after=100_000) as wire:
        broken_line(office, wire)
        assert wire.cuts >= 14
        assert wire.up <= len(SCAN) * 1.03, "headers and entries among it"
    home = enrolled(tmp_path / "b", province, office.union_code)
    with relay(province.url, cut_after=150_000) as wire:
        broken_line(home, wire)
        assert wire.cuts >= 10
        assert sum(wire.replies) + wire.cut_bytes <= 2 * len(SCAN) * 1.03
    assert attachments.content(home, sha256) == SCAN + b"1"
    home.close()


def test_it_goes_on_after_a_restart_and_the_server_keeps_only_what_is_right(
    office: Book, province: Running
) -> None:
    known, seed = enrolment.of(office), enrolment.seed(office)
    assert known is not None
    assert seed is not None
    sha256 = scanned(office, SCAN + b"2")
    link, asked = Link(province.url), iter(range(100))
    blobs.carry(link, files.Store(office), seed, known.server_key, lambda: next(asked) < 4)
    before = link.sent
    assert 100_000 < before < len(SCAN)
    again = Book(office.path, KEY)
    link = Link(province.url)
    done = blobs.carry(link, files.Store(again), seed, known.server_key, lambda: True)
    assert (done.sent, carrying.waiting(again)) == (1, [])
    assert before + link.sent < len(SCAN) * 1.03
    (kept,) = (province.data / "blobs").rglob(sha256)
    assert kept.read_bytes() == SCAN + b"2"

    wrong = scanned(again, SCAN + b"3")
    part = kept.parent.parent / wrong[:2] / f"{wrong}.part"
    part.parent.mkdir(exist_ok=True)
    part.write_bytes(b"x" * 1000)  # a disk that lied
    blobs.carry(link, files.Store(again), seed, known.server_key, lambda: True)
    assert part.with_suffix("").read_bytes() == SCAN + b"3"
    again.close()


def test_entries_go_first_the_user_may_pause_and_the_day_has_its_bound(
    office: Book, province: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(office, SCAN + b"4")
    carrying.pause(office, True)
    done = sync.sync_now(office)
    assert (done.sent, done.bytes_up < 10_000, len(carrying.waiting(office))) == (2, True, 1)
    carrying.pause(office, False)
    carrying.count_today(office, date.today(), 104_857_600 - 300_000)
    (told,) = sync.sync_now(office).notices
    assert told == "Tệp kèm đã đủ dung lượng của hôm nay; phần còn lại gửi, nhận vào ngày mai."
    assert len(carrying.waiting(office)) == 1
    carrying.count_today(office, date(2026, 1, 1), 104_857_600)
    original, wrote = Link.put, []

    def put(link: Link, path: str, message: bytes, body: bytes) -> object:
        if not wrote:
            wrote.append(save(office, a_person("Võ Thị Yến")))
        return original(link, path, message, body)

    monkeypatch.setattr(Link, "put", put)
    done = sync.sync_now(office)
    assert (done.sent, carrying.waiting(office), enrolment.waiting(office)) == (1, [], 0)


def test_what_a_line_of_64_kbit_that_breaks_all_the_time_still_carries(office: Book, province: Running) -> None:
    scanned(office, SCAN[:40_000])
    with relay(province.url, cut_after=4_000) as wire:  # half a second of 64 kbit/s
        broken_line(office, wire)
        assert wire.cuts >= 10


def test_files_lie_in_the_servers_backup_and_an_erasure_takes_them_from_the_server(
    office: Book, province: Running, tmp_path: Path
) -> None:
    sha256 = scanned(office, SCAN[:5_000] + b"5")
    sync.sync_now(office)
    province.command("backup", str(tmp_path / "sao-luu"))
    province.command("--data", str(tmp_path / "moi"), "restore", str(tmp_path / "sao-luu"))
    for data in (tmp_path / "sao-luu", tmp_path / "moi"):
        assert [one.read_bytes() for one in (data / "blobs").rglob(sha256)] == [SCAN[:5_000] + b"5"]
    (attachment,) = office.all(Attachment)
    with office.transact("members.erase", "Hoa") as transaction:
        transaction.erase(attachment)
    sync.sync_now(office)
    assert list((province.data / "blobs").rglob(sha256)) == []
    assert office.verify().first_fault is None
