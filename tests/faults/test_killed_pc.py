"""A PC whose power goes at any moment of its work: the book opens and is sound, nothing committed is lost, nothing is
half there, and doing it again ends well.
"""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import exporting, packets, setup, sync
from desktop_app.storage.book import Book
from tests.conftest import KEY
from tests.faults.killing import Done, Nursery, killed_everywhere, nursery
from tests.server.running import Running, running
from tests.sync.pcs import new_book
from tests.unions import found_union, hire

PEOPLE = 150
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def hands() -> Iterator[Nursery]:
    with nursery() as made:
        yield made


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("tinh")) as made:
        yield made


@dataclass
class Office:
    """PCs of one union, by the folders of their books."""

    root: Path
    province: Running
    union: str

    def pc(self, name: str, people: int = 0) -> Path:
        """One more enrolled PC, whose user has written down so many people with their wages."""
        book = new_book(self.root / name, self.union)
        sync.enrol(book, self.province.url, self.province.enrolment_code(self.union))
        for number in range(people):
            hire(book, f"Đậu Thị Số {number}", 6_500_000)
        book.close()
        return self.root / name


@pytest.fixture
def office(tmp_path: Path, province: Running) -> Office:
    union = f"40-{next(_numbers):03}"
    province.command("unit", "add", "--code", union, "--name", "Công đoàn Công ty May Sông Lam")
    return Office(tmp_path, province, union)


def sound(hands: Nursery, folder: Path) -> dict[str, Any]:
    """What the book of a folder holds; it is sound, and everybody in it has a wage."""
    state: dict[str, Any] = hands.do("look", folder)
    assert state["fault"] is None
    assert len(state["people"]) == state["wages"], "half a verb"
    return state


def looking(hands: Nursery, folder: Path, check: Callable[[dict[str, Any], Done], None]) -> Callable[[Done], None]:
    return lambda done: check(sound(hands, folder), done)


def test_while_verbs_are_committed(hands: Nursery, tmp_path: Path) -> None:
    folder = tmp_path / "so"
    new_book(folder).close()

    def check(state: dict[str, Any], done: Done) -> None:
        said = (folder / "said").stat().st_size if (folder / "said").exists() else 0  # put back with the folder
        assert said <= len(state["people"]) <= said + 1
        assert done.killed or len(state["people"]) >= 30

    killed_everywhere(hands, folder, 1, "write", folder, 30, folder / "said", look=looking(hands, folder, check), times=24)


def test_while_pages_are_read(hands: Nursery, office: Office) -> None:
    other, folder = office.pc("a", PEOPLE), office.pc("b")
    hands.do("exchange", other, office.province.url)
    everybody = sound(hands, other)["people"]

    def check(state: dict[str, Any], done: Done) -> None:
        assert set(state["people"]) <= set(everybody)
        assert done.killed or state["people"] == everybody

    killed_everywhere(
        hands, folder, 2, "exchange", folder, office.province.url, look=looking_at_pages(hands, folder, check)
    )


def looking_at_pages(
    hands: Nursery, folder: Path, check: Callable[[dict[str, Any], Done], None]
) -> Callable[[Done], None]:
    """A page may end between a person and the wage: both are whole, the wage is on its way."""

    def look(done: Done) -> None:
        state = hands.do("look", folder)
        assert state["fault"] is None
        assert 0 <= len(state["people"]) - state["wages"] <= 1
        check(state, done)

    return look


def test_while_entries_and_a_file_go_up(hands: Nursery, office: Office) -> None:
    folder = office.pc("a", PEOPLE)
    (person, *_) = Book(folder / "book.db", KEY).db.execute("SELECT id FROM people").fetchone()
    seeds = iter(range(100))
    quiet = hands.begin("exchange", folder, office.province.url).seconds
    for moment in range(10):
        hands.do("write", folder, 10, folder / "said")
        hands.do("attach", folder, person, 600_000, next(seeds))
        before = sound(hands, folder)
        hands.begin("exchange", folder, office.province.url, after=quiet * (moment + 0.5) / 10)
        assert sound(hands, folder)["entries"] == before["entries"]
        hands.do("exchange", folder, office.province.url)
        after = sound(hands, folder)
        assert (after["waiting"], after["files_wait"]) == (0, 0)
    home = office.pc("b")
    hands.do("exchange", home, office.province.url)
    got, kept = sound(hands, home), sound(hands, folder)
    assert (got["people"], got["files"]) == (kept["people"], [True] * 10)


def test_while_files_come_down(hands: Nursery, office: Office) -> None:
    other, folder = office.pc("a", 1), office.pc("b")
    (person,) = Book(other / "book.db", KEY).db.execute("SELECT id FROM people").fetchone()
    for seed in range(2):
        hands.do("attach", other, person, 1_500_000, 1000 + seed)
    hands.do("exchange", other, office.province.url)

    def check(state: dict[str, Any], done: Done) -> None:
        assert done.killed or state["files"] == [True, True]

    killed_everywhere(hands, folder, 4, "exchange", folder, office.province.url, look=looking(hands, folder, check))


def test_while_a_packet_is_written(hands: Nursery, office: Office) -> None:
    folder, stick = office.pc("a", PEOPLE), office.root / "usb"
    (person, *_) = Book(folder / "book.db", KEY).db.execute("SELECT id FROM people").fetchone()
    hands.do("attach", folder, person, 1_500_000, 5)
    stick.mkdir()
    file = stick / "a.goi"
    odd = iter(range(1000))

    def look(done: Done) -> None:
        sound(hands, folder)
        assert file.exists() or done.killed
        if file.exists():
            assert office.province.command("packet", "import", str(file))["ops"] >= 0, "it is whole"
        if next(odd) % 4 == 1:  # the next finds an older packet there, or none
            file.unlink()

    killed_everywhere(hands, folder, 5, "export", folder, file, look=look, times=8)
    assert [one.name for one in stick.iterdir() if one.name != "a.goi"] == []


def test_while_a_reply_packet_is_taken(hands: Nursery, office: Office) -> None:
    other, folder = office.pc("a", PEOPLE), office.pc("b", 5)
    hands.do("exchange", other, office.province.url)
    everybody = len(sound(hands, other)["people"]) + 5
    hands.do("export", folder, office.root / "b.goi")
    reply = office.root / "tra-loi.goi"
    office.province.command("packet", "import", str(office.root / "b.goi"), "--reply", str(reply))

    def check(state: dict[str, Any], done: Done) -> None:
        assert (len(state["people"]), state["waiting"]) in ((5, 10), (everybody, 0)), "all of it or nothing"
        assert done.killed or state["waiting"] == 0

    killed_everywhere(hands, folder, 6, "take", folder, reply, look=looking(hands, folder, check))


def test_while_a_packet_of_another_pc_is_taken_with_its_files(hands: Nursery, office: Office) -> None:
    other, folder = office.pc("a", PEOPLE), office.pc("b")
    (person, *_) = Book(other / "book.db", KEY).db.execute("SELECT id FROM people").fetchone()
    hands.do("attach", other, person, 1_500_000, 7)
    book = Book(other / "book.db", KEY)
    for pc in (folder, other, folder):  # they hear of each other; the packet is written without a network
        hands.do("exchange", pc, office.province.url)
    hands.do("attach", other, person, 1_500_000, 8)
    packets.export(book, office.root / "may.goi", "device")
    book.close()

    def check(state: dict[str, Any], done: Done) -> None:
        assert len(state["people"]) == PEOPLE
        assert done.killed or state["files"] == [True, True]

    killed_everywhere(hands, folder, 7, "take", folder, office.root / "may.goi", look=looking(hands, folder, check), times=10)


def test_while_a_workbook_is_brought_in(hands: Nursery, tmp_path: Path) -> None:
    full, folder, workbook = new_book(tmp_path / "a"), tmp_path / "so", tmp_path / "so.xlsx"
    found_union(full)
    for number in range(PEOPLE):
        hire(full, f"Đậu Thị Số {number}", 6_500_000)
    exporting.export_workbook(full, workbook)
    full.close()
    made = new_book(folder)
    found_union(made)
    made.close()

    def check(state: dict[str, Any], done: Done) -> None:
        assert len(state["people"]) in (0, PEOPLE), "all of the file or nothing"
        assert done.killed or len(state["people"]) == PEOPLE

    killed_everywhere(hands, folder, 8, "bring_in", folder, workbook, look=looking(hands, folder, check), times=10)


def test_while_a_paper_is_written(hands: Nursery, tmp_path: Path) -> None:
    folder, file = tmp_path / "so", tmp_path / "in" / "danh-sach.pdf"
    file.parent.mkdir()
    book = new_book(folder)
    found_union(book)
    for number in range(PEOPLE):
        hire(book, f"Đậu Thị Số {number}")
    book.close()

    def look(done: Done) -> None:
        assert done.killed or file.exists()
        if file.exists():
            assert file.read_bytes()[-6:].strip() == b"%%EOF"
            file.unlink()

    killed_everywhere(hands, folder, 9, "paper", folder, file, look=look, times=10)


def test_while_a_backup_is_made_and_while_it_is_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    profile, target, new = tmp_path / "so", tmp_path / "usb" / "so.saoluu", tmp_path / "moi"
    for folder in (target.parent, new):
        folder.mkdir()
    with nursery() as hands:  # its children know the passphrase
        code = hands.do("make_profile", profile)

        def backed_up(done: Done) -> None:
            assert hands.do("open_profile", profile) is None
            assert done.killed or target.exists()
            if target.exists():
                with zipfile.ZipFile(target) as packed:
                    assert packed.testzip() is None

        killed_everywhere(hands, profile, 10, "back_up", profile, target, look=backed_up)
        assert [file.name for file in target.parent.iterdir()] == [target.name]

        def restored(done: Done) -> None:
            assert done.killed or setup.has_book(new)
            if setup.has_book(new):
                assert hands.do("open_profile", new) is None

        killed_everywhere(hands, new, 11, "restore", new, target, code, look=restored)
