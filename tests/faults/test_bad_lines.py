"""Lines that break every so many bytes: entries come through at 20 kB, files go once however often the line breaks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.actions import sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.records import Person
from desktop_app.storage import attachments, carrying, enrolment
from desktop_app.storage.book import Book
from tests.server.running import Running, running
from tests.sync.pcs import a_person, enrolled, new_book, save
from tests.sync.relay import relay


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("tinh")) as made:
        yield made


def level(book: Book, url: str) -> None:
    """Rounds until everything is level, as the window makes them."""
    for _ in range(40):
        try:
            sync.sync_now(book, url)
        except Trouble:
            continue
        if not (enrolment.waiting(book) or carrying.waiting(book) or carrying.wanted(book)):
            return
    raise AssertionError("it does not advance")


def test_entries_through_cuts_every_300_100_50_and_20_kilobytes(province: Running, tmp_path: Path) -> None:
    office = enrolled(tmp_path / "a", province, first=True)
    homes = []
    for cut in (300_000, 100_000, 50_000, 20_000):
        with office.transact("members.add", "Hoa") as transaction:
            for number in range(1000):  # 370 kB that no compression makes smaller
                note = random.Random(f"{cut}/{number}").randbytes(300).hex()
                transaction.save(a_person(f"Đậu Thị Số {number}", note=note))
        with relay(province.url, cut_after=cut) as wire:
            level(office, wire.url)
            assert wire.cuts
        homes.append(enrolled(tmp_path / f"{cut}", province))
        with relay(province.url, cut_after=cut) as wire:
            level(homes[-1], wire.url)
    assert len(list(homes[-1].all(Person))) == 4000
    assert homes[-1].verify().first_fault is None
    for book in (office, *homes):
        book.close()


def test_eight_megabytes_cut_every_320_kilobytes_go_once(province: Running, tmp_path: Path) -> None:
    """As 200 MB over 512 kbit/s cut every five seconds: of what is sent at most 3 % goes twice."""
    province.command("unit", "add", "--code", "40-002", "--name", "Công đoàn Trường Mầm non Hoa Sen")
    office = new_book(tmp_path / "a", "40-002")
    sync.enrol(office, province.url, province.enrolment_code("40-002"))
    person = save(office, a_person("Lê Thị Lan"))
    for number in range(2):
        with office.transact("members.attach", "Hoa") as transaction:
            data = random.Random(number).randbytes(4 << 20)
            attachments.keep(transaction, "person", person.id, f"{number}.pdf", data)
    with relay(province.url, cut_after=320_000) as wire:
        level(office, wire.url)
        assert wire.cuts >= 25
        assert wire.up <= (8 << 20) * 1.03
    office.close()
