"""A disk without room: one plain sentence, nothing half on it, and on it goes when there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import exporting
from desktop_app.storage.book import Book
from tests.conftest import KEY
from tests.faults.killing import Failed, Nursery, nursery
from tests.server.running import Running, running
from tests.sync.pcs import enrolled, new_book
from tests.unions import found_union, hire

PEOPLE = 200


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dia")


@pytest.fixture(scope="module")
def hands(disk: Path) -> Iterator[Nursery]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
        with nursery(disk=disk, kilobytes=16_384) as made:
            yield made


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("tinh")) as made:
        yield made


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, province: Running) -> Path:
    """An enrolled PC of a union with people, whose entries wait."""
    folder = tmp_path_factory.mktemp("day") / "a"
    book = enrolled(folder, province, first=True)
    found_union(book)
    for number in range(PEOPLE):
        hire(book, f"Đậu Thị Số {number}", 6_500_000)
    book.close()
    return folder


def full(hands: Nursery, deed: str, *args: Any, room: int = 0) -> str:
    """What the user is told when the disk is full in the middle of a deed."""
    with pytest.raises(Failed) as failed:
        hands.do(deed, *args, room=room)
    assert failed.value.kind == "trouble", failed.value.sentence
    told = failed.value.sentence
    assert told.startswith("Ổ đĩa đã đầy") and "để trống ít nhất" in told if hands.mounted else "đĩa" in told, told
    return told


def state(hands: Nursery, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = hands.do("look", folder)
    assert found["fault"] is None
    return found


def test_verbs(hands: Nursery, disk: Path, tmp_path: Path) -> None:
    new_book(tmp_path / "so").close()
    hands.do("copy_in", tmp_path / "so", disk / "so")
    for room in (0, 40_000, 90_000, 200_000):
        before = state(hands, disk / "so")
        full(hands, "write", disk / "so", 2000, str(tmp_path / "said"), room=room)
        after = state(hands, disk / "so")
        assert len(after["people"]) == after["wages"] >= len(before["people"])
    hands.do("write", disk / "so", 5, str(tmp_path / "said"))
    assert state(hands, disk / "so")["wages"] >= 5


@pytest.mark.parametrize("room", [0, 60_000, 150_000])
def test_a_page_that_is_read(hands: Nursery, disk: Path, filled: Path, province: Running, tmp_path: Path, room: int) -> None:
    hands.do("exchange", filled, province.url)
    home = enrolled(tmp_path / "b", province)
    home.close()
    place = disk / f"doc-{room}"
    hands.do("copy_in", tmp_path / "b", place)
    full(hands, "exchange", place, province.url, room=room)
    assert len(state(hands, place)["people"]) < PEOPLE
    hands.do("exchange", place, province.url)
    assert len(state(hands, place)["people"]) == PEOPLE


def test_a_workbook_that_is_brought_in(hands: Nursery, disk: Path, filled: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "so.xlsx"
    book = Book(filled / "book.db", KEY)
    exporting.export_workbook(book, workbook)
    book.close()
    made = new_book(tmp_path / "nhap", "40-001")
    found_union(made)
    made.close()
    hands.do("copy_in", tmp_path / "nhap", disk / "nhap")
    for room in (0, 60_000, 200_000):
        full(hands, "bring_in", disk / "nhap", workbook, room=room)
        assert state(hands, disk / "nhap")["people"] == []
    hands.do("bring_in", disk / "nhap", workbook)
    assert len(state(hands, disk / "nhap")["people"]) == PEOPLE


def test_papers_workbooks_and_packets_on_a_full_stick(hands: Nursery, disk: Path, filled: Path) -> None:
    stick = disk / "usb"
    hands.do("make_folder", stick)
    hands.do("attach", filled, hands.do("first_person", filled), 300_000, 2)
    for deed, name, rooms in (
        ("paper", "danh-sach.pdf", (0, 8_000)), ("paper", "danh-sach.xlsx", (0, 4_000)),
        ("workbook", "so.xlsx", (0, 4_000)), ("export", "a.goi", (0, 8_000, 150_000)),
    ):  # fmt: skip
        for room in rooms:
            assert name in full(hands, deed, filled, stick / name, room=room) or not hands.mounted
            assert hands.do("files", stick) == [], "nothing half"
        hands.do(deed, filled, stick / name)
        assert hands.do("files", stick) == [name]
        full(hands, deed, filled, stick / name, room=0)
        assert hands.do("files", stick) == [name], "the old one stands"
        hands.do("remove", stick / name)


def test_a_reply_packet_that_is_taken(
    hands: Nursery, disk: Path, filled: Path, province: Running, tmp_path: Path
) -> None:
    hands.do("exchange", filled, province.url)
    enrolled(tmp_path / "b", province).close()
    packet, reply = tmp_path / "b.goi", tmp_path / "tra-loi.goi"
    hands.do("export", tmp_path / "b", packet)
    province.command("packet", "import", str(packet), "--reply", str(reply))
    hands.do("copy_in", tmp_path / "b", disk / "b")
    for room in (0, 60_000, 200_000):
        full(hands, "take", disk / "b", reply, room=room)
        assert state(hands, disk / "b")["people"] == []
    hands.do("take", disk / "b", reply)
    assert len(state(hands, disk / "b")["people"]) == PEOPLE


def test_a_file_that_is_attached_and_one_that_comes(
    hands: Nursery, disk: Path, filled: Path, province: Running, tmp_path: Path
) -> None:
    enrolled(tmp_path / "c", province).close()
    hands.do("exchange", filled, province.url)
    hands.do("copy_in", tmp_path / "c", disk / "c")
    hands.do("exchange", disk / "c", province.url)
    before = state(hands, disk / "c")
    person = hands.do("first_person", disk / "c")
    full(hands, "attach", disk / "c", person, 1_000_000, 1, room=300_000)
    assert state(hands, disk / "c") == before
    hands.do("attach", filled, person, 1_000_000, 1)
    hands.do("export", filled, tmp_path / "may.goi", "device")
    full(hands, "take", disk / "c", tmp_path / "may.goi", room=300_000)
    assert sorted(state(hands, disk / "c")["files"]) == [False, *before["files"]]
    hands.do("exchange", filled, province.url)
    try:
        told = hands.do("exchange", disk / "c", province.url, room=100_000)["notices"]
    except Failed as failed:
        told = [failed.sentence]
    assert any("Ổ đĩa đã đầy" in one for one in told) or not hands.mounted
    assert sorted(state(hands, disk / "c")["files"]) == [False, *before["files"]]
    hands.do("exchange", disk / "c", province.url)
    assert state(hands, disk / "c")["files"] == [True, *before["files"]]


def test_a_new_book_its_backup_and_a_restore(hands: Nursery, disk: Path, tmp_path: Path) -> None:
    for room in (0, 30_000, 100_000):
        full(hands, "make_profile", disk / "moi", room=room)
    hands.do("make_profile", disk / "moi")
    full(hands, "back_up", disk / "moi", tmp_path / "so.saoluu", room=200_000)
    assert not (tmp_path / "so.saoluu").exists()
    code = hands.do("make_profile", tmp_path / "so")
    target = disk / "sao-luu" / "so.saoluu"
    hands.do("make_folder", target.parent)
    for room in (0, 100_000, 400_000):
        told = full(hands, "back_up", tmp_path / "so", target, room=room)
        assert str(target.parent) in told or not hands.mounted
        assert hands.do("files", target.parent) == []
    hands.do("back_up", tmp_path / "so", target)
    for room in (0, 100_000, 400_000):
        full(hands, "restore", disk / "khac", target, code, room=room)
        assert "book.db" not in hands.do("files", disk / "khac")
    assert hands.do("restore", disk / "khac", target, code) == 1
    assert hands.do("open_profile", disk / "khac") is None
    assert hands.do("open_profile", disk / "moi") is None
    assert not [name for name in hands.do("files", disk / "moi") if name.startswith("sao-luu-")]
