"""Real books and a real server: what one PC writes the other reads, once, whatever breaks in between."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.actions import review, sync
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import FiledReport, Person, Submission, Verdict
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book, new_id
from sync import client, protocol
from tests.server.running import Running, running
from tests.sync.pcs import KEY, NAME, UNION, a_fund, a_person, dump, edit, enrolled, new_book, save
from tests.sync.relay import relay


@pytest.fixture
def sqlite_server(tmp_path: Path):
    with running(tmp_path / "server") as started:
        yield started


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr(client.time, "sleep", lambda _: None)


def test_two_pcs_of_a_union_come_to_hold_the_same(tmp_path: Path, server: Running) -> None:
    office, home = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
    lan = save(office, a_person("Lê Thị Lan", birth="1990", team="Tổ 1"))
    save(office, a_fund())
    assert sync.line(office) == ("Chưa đồng bộ lần nào · 2 thay đổi chờ gửi", "warn")
    done = sync.sync_now(office)
    assert (done.sent, done.received, done.round_trips, done.state) == (2, 0, 1, "đã đồng bộ")
    assert sync.sync_now(home).received == 2
    assert dump(home) == dump(office)

    edit(office, lan, team="Tổ may 2")
    edit(home, lan, note="Nghỉ thai sản từ 12/2026")
    save(home, a_fund("NH"))
    for book in (office, home, office):
        sync.sync_now(book)
    assert dump(home) == dump(office)
    both = office.get(Person, lan.id)
    assert both is not None
    assert (both.team, both.note) == ("Tổ may 2", "Nghỉ thai sản từ 12/2026")
    assert sync.status(office)["conflicts"] == 0
    quiet = sync.sync_now(home)
    assert (quiet.sent, quiet.received, quiet.round_trips) == (0, 0, 1)
    assert quiet.bytes_up + quiet.bytes_down < 520, "request line, Host and headers among it"


def test_a_name_that_two_pcs_wrote_differently_asks_a_person(tmp_path: Path, sqlite_server: Running) -> None:
    office, home = enrolled(tmp_path / "a", sqlite_server, first=True), enrolled(tmp_path / "b", sqlite_server)
    lan = save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    sync.sync_now(home)
    edit(office, lan, name="Lê Thị Lan Anh")
    edit(home, lan, name="Lê Thị Lan Hương")
    for book in (office, home, office):
        sync.sync_now(book)
    assert [sync.status(book)["conflicts"] for book in (office, home)] == [1, 1]
    assert dump(office) == dump(home)
    (question,) = review.questions(home)
    review.settle(home, question, question.other, "Minh")
    sync.sync_now(home)
    assert sync.sync_now(office).conflicts == 0
    assert dump(office) == dump(home)
    edit(office, lan, name="Lê Thị Lan Chi")
    edit(home, lan, name="Lê Thị Lan Vy")
    for book in (office, home, office):
        sync.sync_now(book)
    assert sync.status(office)["conflicts"] == 1
    edit(office, lan, name="Lê Thị Ngọc Lan")  # a further edit by one who saw both settles it too
    assert sync.status(office)["conflicts"] == 0
    sync.sync_now(office)
    assert sync.sync_now(home).conflicts == 0
    assert dump(office) == dump(home)


def test_a_lost_reply_is_repeated_and_nothing_is_counted_twice(tmp_path: Path, sqlite_server: Running) -> None:
    office, home = enrolled(tmp_path / "a", sqlite_server, first=True), enrolled(tmp_path / "b", sqlite_server)
    save(office, a_fund())
    with relay(sqlite_server.url, cut_reply=0) as broken, pytest.raises(Trouble, match="còn nguyên trong máy"):
        sync.sync_now(office, broken.url)
    assert broken.cuts
    assert sync.line(office) == ("Chưa đồng bộ lần nào · 1 thay đổi chờ gửi", "warn")
    assert enrolment.of(office).url == sqlite_server.url
    sync.sync_now(office)
    assert sync.sync_now(home).received == 1
    assert enrolment.standing(home).cursor == (1, 1)


@pytest.mark.usefixtures("no_waiting")
def test_a_reply_cut_at_any_byte_changes_nothing_and_is_asked_again(tmp_path: Path, sqlite_server: Running) -> None:
    office, home = enrolled(tmp_path / "a", sqlite_server, first=True), enrolled(tmp_path / "b", sqlite_server)
    for number in range(3):
        save(office, a_person(f"Nguyễn Văn {number}"))
    sync.sync_now(office)
    probe, before = enrolled(tmp_path / "c", sqlite_server), dump(home)
    with relay(sqlite_server.url) as whole:
        sync.sync_now(probe, whole.url)
    (size,) = whole.replies
    for cut in [0, 1, 12, 13, *range(14, size - 8, 37), *range(size - 8, size + 8)]:
        with relay(sqlite_server.url, cut_reply=cut) as broken:
            try:
                sync.sync_now(home, broken.url)
            except Trouble:
                assert broken.cuts == client._TRIES
                assert enrolment.standing(home).cursor == (0, 0)
                assert dump(home) == before
            else:
                break
    assert size - 8 <= cut <= size + 8, "only a whole reply is taken"
    assert dump(home) == dump(office)


@pytest.mark.usefixtures("no_waiting")
def test_a_wire_that_breaks_every_20_kilobytes_still_brings_everything(tmp_path: Path, sqlite_server: Running) -> None:
    office, home = enrolled(tmp_path / "a", sqlite_server, first=True), enrolled(tmp_path / "b", sqlite_server)
    with office.transact("members.import", "Trần Thị Hoa") as transaction:
        for number in range(1500):
            transaction.save(a_person(f"Nguyễn Văn {number}", birth=str(1960 + number % 40), team=f"Tổ {number % 9}"))
    with relay(sqlite_server.url, cut_after=20_000) as broken:
        assert sync.sync_now(office, broken.url).sent == 1500
        assert sync.sync_now(home, broken.url).received == 1500
        assert broken.cuts > 4
    assert dump(home) == dump(office)


_KILLED = """
import sys, time
from pathlib import Path
from desktop_app.actions import sync
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
real = enrolment.stand
def stand(book, now):
    real(book, now)
    print("before the commit", flush=True)
    time.sleep(60)
enrolment.stand = stand
sync.sync_now(Book(Path(sys.argv[1]), bytes(range(32))))
"""


def test_a_kill_between_reply_and_commit_loses_and_doubles_nothing(tmp_path: Path, sqlite_server: Running) -> None:
    office, home = enrolled(tmp_path / "a", sqlite_server, first=True), enrolled(tmp_path / "b", sqlite_server)
    save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    save(home, a_person("Phan Văn Đức"))
    worker = subprocess.Popen([sys.executable, "-c", _KILLED, str(home.path)], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "before the commit\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    assert (enrolment.standing(home).confirmed, len(list(home.all(Person)))) == (0, 1)
    done = sync.sync_now(home)
    assert (done.sent, done.received) == (1, 1)
    sync.sync_now(office)
    assert dump(home) == dump(office)
    assert enrolment.standing(office).cursor == (1, 2)


def test_the_provinces_answer_comes_back(tmp_path: Path, server: Running) -> None:
    office = enrolled(tmp_path / "a", server, first=True)
    report = save(office, build(FiledReport, {"id": new_id(), "form": "B07", "period": "2026-10"}))
    content = {"form": "B07", "period": "2026-10", "version": 1, "cells": {"10": 50_800_000, "22": 6_000_000}}
    sent = build(Submission, {
        "id": new_id(), "report": report.id, "form": "B07", "period": "2026-10", "version": 1, "content": content,
        "digest": hashlib.sha256(protocol.canonical(content)).hexdigest(), "sent": "2026-11-03",
    })  # fmt: skip
    save(office, sent)
    sync.sync_now(office)
    server.command("return", sent.id, "--note", "Đoàn phí chưa khớp", "--cell", "22=Danh sách thu là 6.056.000 đồng")
    done = sync.sync_now(office)
    assert done.entities == {"verdict"}
    assert sync.status(office)["returned"] == [{"form": "B07", "period": "2026-10", "note": "Đoàn phí chưa khớp"}]
    assert sync.line(office) == ("LĐLĐ tỉnh trả lại 1 báo cáo", "bad")
    returned = next(verdict for verdict in office.all(Verdict) if verdict.state == "trả lại")
    assert returned.cells == {"22": "Danh sách thu là 6.056.000 đồng"}
    assert office.verify().first_fault is None


def test_a_wrong_used_or_foreign_code_is_refused_in_one_sentence(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    code = sqlite_server.enrolment_code(UNION)
    home, foreign = new_book(tmp_path / "b"), new_book(tmp_path / "c", "40-002")
    with pytest.raises(Refused, match="không đúng hoặc đã hết hạn"):
        sync.enrol(home, sqlite_server.url, "ABCDE-23456")
    with pytest.raises(Refused, match="không phải của đơn vị trong sổ"):
        sync.enrol(foreign, sqlite_server.url, code)
    with pytest.raises(Refused, match="chưa đăng ký"):
        sync.sync_now(foreign)
    typed_by_hand = f" {code[:5].lower()} {code[5:]}. "
    assert sync.enrol(home, sqlite_server.url, typed_by_hand).name == NAME
    assert sync.enrol(home, sqlite_server.url, code).device == home.device, "a cut answer does not burn the code"
    with pytest.raises(Refused, match="đã dùng cho máy khác"):
        sync.enrol(new_book(tmp_path / "d"), sqlite_server.url, code)
    assert office.verify().first_fault is None


def test_the_key_of_the_device_lies_sealed_beside_the_book(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    file = office.path.parent / enrolment.KEY_FILE
    seed = enrolment.seed(office)
    assert seed is not None
    assert seed not in file.read_bytes()
    file.write_bytes(bytes(60))
    with pytest.raises(Refused, match="phải đăng ký lại"):
        sync.sync_now(office)
    before = office.device
    sync.enrol(office, sqlite_server.url, sqlite_server.enrolment_code(UNION))
    assert office.device != before, "a device id has one key for ever"
    sync.sync_now(office)


def test_what_another_key_signed_is_refused(
    tmp_path: Path, sqlite_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    save(office, a_fund())
    with monkeypatch.context() as another:
        another.setattr(enrolment, "seed", lambda book: bytes(32))
        with pytest.raises(Trouble, match="không nhận ra chữ ký"):
            sync.sync_now(office)
    assert sync.line(office) == ("Chưa đồng bộ được · 1 thay đổi chờ gửi", "bad")
    assert "chữ ký" in sync.last_trouble(office)
    sync.sync_now(office)
    assert sync.last_trouble(office) == ""


def test_another_server_is_not_believed(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    save(office, a_fund())
    with running(tmp_path / "other") as other:
        with pytest.raises(Trouble, match="không phải là máy chủ của LĐLĐ tỉnh"):
            sync.sync_now(office, other.url)
        sqlite_server.command("province-file", str(tmp_path / "tinh.json"), "--server", sqlite_server.url)
        with pytest.raises(Trouble, match="không phải là máy chủ của LĐLĐ tỉnh"):
            sync.enrol(new_book(tmp_path / "b"), other.url, other.enrolment_code(UNION, NAME), tmp_path / "tinh.json")
    assert enrolment.standing(office).confirmed == 0


def test_the_provinces_file_brings_address_and_key(tmp_path: Path, sqlite_server: Running) -> None:
    file = tmp_path / "tinh.json"
    sqlite_server.command("unit", "add", "--code", UNION, "--name", NAME)
    sqlite_server.command("province-file", str(file), "--server", sqlite_server.url)
    book = new_book(tmp_path / "a")
    assert sync.enrol(book, "", sqlite_server.enrolment_code(UNION), file).server == sqlite_server.url
    altered = tmp_path / "sua.json"
    altered.write_text(file.read_text("utf-8").replace("127.0.0.1", "127.0.0.2"), "utf-8")
    with pytest.raises(Refused, match="đã bị sửa"):
        sync.enrol(book, "", "ABCDE23456", altered)
    altered.write_bytes(b"\x00")
    with pytest.raises(Refused, match="không phải tệp của LĐLĐ tỉnh"):
        sync.enrol(book, "", "ABCDE23456", altered)


def test_no_network_is_a_state_and_not_an_accident(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    sync.sync_now(office)
    assert sync.line(office)[0].startswith("Đã đồng bộ ")
    sqlite_server.stop()
    save(office, a_fund())
    with pytest.raises(Trouble, match="Không tới được máy chủ"):
        sync.sync_now(office)
    text, tone = sync.line(office)
    assert text.startswith("Ngoại tuyến từ ")
    assert text.endswith(" · 1 thay đổi chờ gửi")
    assert tone == "warn"
    sqlite_server.start()
    sync.sync_now(office)
    assert sync.line(office)[1] == "ok"


@pytest.mark.parametrize("url", ["", "may chu", "http://lienđoan.example", "ftp://127.0.0.1"])
def test_an_address_that_is_not_safe_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(Refused, match="https://"):
        sync.enrol(new_book(tmp_path), url, "ABCDE23456")


def test_a_wrong_clock_blocks_nothing_and_is_said(
    tmp_path: Path, sqlite_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    save(office, a_fund())
    now = client._now
    monkeypatch.setattr(client, "_now", lambda: now() - 3 * 3_600_000 - 60_000)
    done = sync.sync_now(office)
    assert done.sent == 1
    assert done.notices == ("Đồng hồ của máy này chậm 3 giờ so với máy chủ. Hãy chỉnh lại ngày giờ của máy.",)


def test_a_restored_book_enrols_again_and_gets_back_what_the_old_pc_wrote(
    tmp_path: Path, sqlite_server: Running
) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    lan = save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    (tmp_path / "b").mkdir()
    office.copy_to(tmp_path / "b" / "book.db")
    duc = save(office, a_person("Phan Văn Đức"))
    with office.transact("members.erase", "Hoa") as transaction:
        transaction.erase(lan)
    sync.sync_now(office)

    restored = Book(tmp_path / "b" / "book.db", KEY)
    restored.take_new_device()
    assert sync.line(restored) == ("Cần đăng ký lại máy này", "warn")
    with pytest.raises(Refused, match="phải đăng ký lại"):
        sync.sync_now(restored)
    sync.enrol(restored, sqlite_server.url, sqlite_server.enrolment_code(UNION))
    save(restored, a_fund())
    sync.sync_now(restored)
    sync.sync_now(office)
    assert restored.get(Person, lan.id) is None, "erased again"
    assert restored.get(Person, duc.id) == duc
    assert dump(restored) == dump(office)


def test_what_a_restored_book_never_sent_is_counted_and_sent(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    save(office, a_fund())
    office.take_new_device()
    assert sync.status(office)["pending"] == 1
    sync.enrol(office, sqlite_server.url, sqlite_server.enrolment_code(UNION))
    save(office, a_person())
    assert sync.sync_now(office).sent == 2
    assert sync.status(office) | {"last_sync": ""} == {
        "union": UNION, "year": sync.status(office)["year"], "pending": 0, "last_sync": "", "returned": [],
        "conflicts": 0, "chain_ok": True,
    }  # fmt: skip


@pytest.mark.usefixtures("no_waiting")
def test_a_copied_book_is_told_that_it_is_a_copy(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    save(office, a_fund())
    sync.sync_now(office)
    (tmp_path / "b").mkdir()
    for name in ("book.db", "device.key"):
        if name == "book.db":
            office.copy_to(tmp_path / "b" / name)
        else:
            (tmp_path / "b" / name).write_bytes((tmp_path / "a" / name).read_bytes())
    copy = Book(tmp_path / "b" / "book.db", KEY)
    save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    with pytest.raises(Trouble, match="bản chép hoặc bản cũ"):
        sync.sync_now(copy)
    assert sync.line(copy) == ("Chưa đồng bộ được", "bad")
    sync.enrol(copy, sqlite_server.url, sqlite_server.enrolment_code(UNION))
    assert copy.device != office.device
    save(copy, a_person("Phan Văn Đức"))
    sync.sync_now(copy)
    sync.sync_now(office)
    assert dump(copy) == dump(office)


def test_a_copy_that_was_written_in_is_refused_whole_and_keeps_all(tmp_path: Path, sqlite_server: Running) -> None:
    office = enrolled(tmp_path / "a", sqlite_server, first=True)
    sync.sync_now(office)
    (tmp_path / "b").mkdir()
    office.copy_to(tmp_path / "b" / "book.db")
    (tmp_path / "b" / "device.key").write_bytes((tmp_path / "a" / "device.key").read_bytes())
    copy = Book(tmp_path / "b" / "book.db", KEY)
    save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    save(copy, a_person("Phan Văn Đức"))
    with pytest.raises(Trouble, match="bản chép hoặc bản cũ"):
        sync.sync_now(copy)
    assert [person.name for person in copy.all(Person)] == ["Phan Văn Đức"]
    assert sync.status(copy)["pending"] == 1
    assert copy.verify().first_fault is None
    assert sync.sync_now(office).received == 0
