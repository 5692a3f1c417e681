"""Packets on real books and a real server: what the wire does, by stick; whatever is wrong with one changes nothing."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from desktop_app.actions import packets, sync
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person, Submission
from desktop_app.storage import attachments, enrolment
from desktop_app.storage.book import Book, new_id
from sync import packet
from tests.conftest import KEY
from tests.server.running import CommandFailed, Running
from tests.sync.pcs import a_fund, a_person, dump, edit, new_book, save

SCAN = bytes(range(256)) * 1300
_numbers = itertools.count(1)
Pcs = Callable[..., Book]


@dataclass
class Province(Running):
    """A server, and its staff at the browser."""

    desk: requests.Session = field(default_factory=requests.Session)

    def post(self, path: str, **given: Any) -> requests.Response:
        return self.desk.post(self.url + path, timeout=60, **given)

    def code(self, union: str) -> str:
        """A one-time code, as the page of the unit shows it."""
        shown = re.search(r'class="code">([^<]+)<', self.post(f"/don-vi/{union}/ma/").text)
        assert shown
        return shown[1]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    made = Province(tmp_path_factory.mktemp("tinh"))
    try:
        made.start()
        made.desk = made.staff()
        yield made
    finally:
        made.stop()


@pytest.fixture
def pc(tmp_path: Path, province: Province) -> Iterator[Pcs]:
    """PCs of one fresh union, enrolled on line unless told else."""
    union, made = f"40-{next(_numbers):03}", []
    province.post("/don-vi/", data={"code": union, "name": "Công đoàn Công ty May Sông Lam"})

    def make(name: str, *, enrol: bool = True) -> Book:
        made.append(new_book(tmp_path / name, union))
        if enrol:
            sync.enrol(made[-1], province.url, province.code(union))
        return made[-1]

    yield make
    for book in made:
        book.close()


def bring(province: Province, file: Path) -> dict[str, Any]:
    """As staff does in the browser; the reply lies beside the packet."""
    answer = province.post("/api/v1/packets", files={"packet": file.read_bytes()})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    reply = province.desk.get(f"{province.url}/api/v1/packets/{told['id']}/reply", timeout=60)
    file.with_suffix(".tra-loi").write_bytes(reply.content)
    return {**told, "reply_check_code": reply.headers["X-Check-Code"]}


def refused(province: Province, file: Path) -> str:
    """Why the province does not take a packet; nothing of it was stored."""
    before = count(province)
    answer = province.post("/api/v1/packets", files={"packet": file.read_bytes()})
    assert (answer.status_code, count(province)) == (409, before)
    return str(answer.json()["error"]["message"])


def count(province: Province) -> int:
    with closing(sqlite3.connect(province.data / "province.db", timeout=20)) as held:
        return int(held.execute("SELECT count(*) FROM province_op").fetchone()[0])


def scanned(book: Book, owner: str) -> str:
    with book.transact("members.attach", "Hoa") as transaction:
        return attachments.keep(transaction, "person", owner, "the.jpg", SCAN).sha256


def test_a_stick_carries_everything_there_and_the_reply_back(pc: Pcs, province: Province, tmp_path: Path) -> None:
    office, stick = pc("a"), tmp_path / "usb.goi"
    lan = save(office, a_person("Lê Thị Lan"))
    scanned(office, lan.id)
    save(office, build(Submission, {"id": new_id(), "report": new_id(), "form": "B07", "period": "2026", "version": 1}))
    written = packets.export(office, stick)
    assert written.answer() == {"ops": 3, "blobs": 1, "check_code": packet.check_code(stick)}
    assert b"Lan" not in stick.read_bytes()
    answer = bring(province, stick)
    assert (answer["ops"], answer["blobs"], answer["check_code"]) == (3, 1, written.check_code)
    assert sync.line(office)[0].endswith("3 thay đổi chờ gửi"), "only a receipt counts"
    reply = stick.with_suffix(".tra-loi")
    taken = packets.take(office, reply)
    assert (taken.check_code, taken.ops) == (answer["reply_check_code"], 1)  # the verdict "received"
    assert enrolment.waiting(office) == 0
    assert packets.export(office, stick).answer()["ops"] == 0
    assert packets.export(office, stick).blobs == 0
    assert dump(office)["verdict"]
    again = sync.sync_now(office)
    assert (again.sent, again.received) == (0, 0)


def test_the_command_and_the_watched_folder_do_the_same(pc: Pcs, province: Province, tmp_path: Path) -> None:
    office, file, folder = pc("a"), tmp_path / "a.goi", province.data / "goi-den"
    save(office, a_person("Lê Thị Lan"))
    packets.export(office, file)
    answer = province.command("packet", "import", str(file), "--reply", str(tmp_path / "tra-loi.goi"))
    assert (answer["ops"], answer["check_code"]) == (1, packet.check_code(file))
    assert packets.take(office, tmp_path / "tra-loi.goi").check_code == answer["reply_check_code"]
    save(office, a_person("Võ Thị Yến"))
    packets.export(office, folder / "b.goi")
    (folder / "hong.goi").write_bytes(b"khong phai goi")
    deadline = time.monotonic() + 20
    while list(folder.glob("*.goi")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (folder / "da-nhan" / "b.goi").exists()
    assert "chép chưa hết" in (folder / "khong-nhan" / "hong.goi.txt").read_text("utf-8")
    (reply,) = (province.data / "goi-di").glob("*.goi")
    packets.take(office, reply)
    assert enrolment.waiting(office) == 0
    with pytest.raises(CommandFailed) as failed:
        province.command("packet", "import", str(tmp_path / "khong-co.goi"))
    assert failed.value.code == 3


def test_a_lost_stick_costs_nothing_and_a_packet_may_come_twice(pc: Pcs, province: Province, tmp_path: Path) -> None:
    office, lost, second = pc("a"), tmp_path / "mat.goi", tmp_path / "hai.goi"
    lan = save(office, a_person("Lê Thị Lan"))
    packets.export(office, lost)
    edit(office, lan, team="Tổ 2")
    assert packets.export(office, second).ops == 2
    assert bring(province, second)["ops"] == 2
    assert bring(province, second)["ops"] == 0
    assert bring(province, lost)["ops"] == 0
    old_reply = lost.with_suffix(".tra-loi")
    packets.take(office, second.with_suffix(".tra-loi"))
    for file in (old_reply, second.with_suffix(".tra-loi"), old_reply):
        assert packets.take(office, file).ops == 0
    assert (enrolment.waiting(office), office.verify().first_fault) == (0, None)


def test_a_packet_altered_by_one_byte_or_cut_short_is_refused_and_nothing_is_stored(
    pc: Pcs, province: Province, tmp_path: Path
) -> None:
    office, whole, bad = pc("a"), tmp_path / "a.goi", tmp_path / "hong.goi"
    save(office, a_person("Lê Thị Lan"))
    scanned(office, new_id())
    packets.export(office, whole)
    content = whole.read_bytes()
    for place in (5, 120, len(content) - 3):
        bad.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert re.search("chép|niêm phong", refused(province, bad))
    for length in (0, len(content) // 2, len(content) - 1):
        bad.write_bytes(content[:length])
        assert "chép chưa hết" in refused(province, bad)
    bring(province, whole)
    reply = whole.with_suffix(".tra-loi")
    content = reply.read_bytes()
    for place in (200, len(content) - 3):
        bad.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(Refused, match="chép"):
            packets.take(office, bad)
    bad.write_bytes(content[:-1])
    with pytest.raises(Refused, match="chép chưa hết"):
        packets.take(office, bad)
    assert enrolment.waiting(office) == 2
    packets.take(office, reply)
    assert enrolment.waiting(office) == 0


def test_a_packet_of_another_union_or_for_another_pc_is_refused(
    pc: Pcs, province: Province, tmp_path: Path
) -> None:
    office, home = pc("a"), pc("b")
    province.post("/don-vi/", data={"code": "41-001", "name": "CĐCS Trường Nghi Lộc"})
    other = new_book(tmp_path / "khac", "41-001")
    sync.enrol(other, province.url, province.code("41-001"))
    save(office, a_person("Lê Thị Lan"))
    file = tmp_path / "a.goi"
    packets.export(office, file)
    bring(province, file)
    for book in (home, other):
        with pytest.raises(Refused, match="niêm phong cho nơi khác"):
            packets.take(book, file.with_suffix(".tra-loi"))
        with pytest.raises(Refused, match="niêm phong cho nơi khác"):
            packets.take(book, file)
    with pytest.raises(Refused, match="niêm phong cho nơi khác"):
        packets.take(office, file)
    foreign = refused(province, _resealed(tmp_path, office, other))
    assert "Chữ ký" in foreign or "đơn vị khác" in foreign
    other.close()


def _resealed(tmp_path: Path, office: Book, thief: Book) -> Path:
    """A packet of a PC that says it is another one's."""
    file, known = tmp_path / "gia.goi", enrolment.of(office)
    assert known is not None
    seed = enrolment.seed(thief)
    assert seed is not None
    packets._write(office, file, packets._Sender(seed, (known.server_age,), packets.PROVINCE), False)
    return file


def test_a_packet_that_follows_a_missing_one_waits_and_its_reply_order_is_kept(
    pc: Pcs, province: Province, tmp_path: Path
) -> None:
    office, home = pc("a"), pc("b")
    lan = save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    with office.writing():  # as after a reply that the server, put back to an older backup, knows nothing of
        enrolment.stand(office, enrolment.Standing(confirmed=1, cursor=(1, 0)))
    edit(office, lan, team="Tổ 2")
    with office.transact("members.edit", "Hoa") as transaction:
        transaction.save(a_fund())
    with office.writing():
        enrolment.stand(office, enrolment.Standing(confirmed=2, cursor=(1, 0)))
    ahead = tmp_path / "truoc.goi"
    packets.export(office, ahead)
    assert "nối sau bản ghi số 2" in refused(province, ahead)
    with office.writing():
        enrolment.stand(office, enrolment.Standing(confirmed=1, cursor=(1, 0)))
    packets.export(office, tmp_path / "dung.goi")
    bring(province, tmp_path / "dung.goi")
    assert bring(province, ahead)["ops"] == 0, "what waited is taken once the missing came"

    first, later = tmp_path / "1.goi", tmp_path / "2.goi"
    packets.export(home, first)
    bring(province, first)
    packets.take(home, first.with_suffix(".tra-loi"))
    cursor = enrolment.standing(home).cursor
    packets.export(home, later)
    bring(province, later)
    with home.writing():
        enrolment.stand(home, enrolment.Standing(cursor=(cursor[0], cursor[1] - 1)))
    with pytest.raises(Refused, match="nối sau một gói chưa nhận"):
        packets.take(home, later.with_suffix(".tra-loi"))


def test_from_pc_to_pc_without_the_province(pc: Pcs, province: Province, tmp_path: Path) -> None:
    office, home = pc("a"), pc("b")
    for book in (office, home, office):
        sync.sync_now(book)
    lan = save(office, a_person("Lê Thị Lan"))
    sha256 = scanned(office, lan.id)
    file = tmp_path / "may-may.goi"
    assert packets.export(office, file, "device").answer()["ops"] == 2
    assert packets.take(home, file).ops == 2
    assert packets.take(home, file).ops == 0
    assert attachments.content(home, sha256) == SCAN
    edit(home, lan, team="Tổ 2")
    packets.export(home, file, office.device)
    assert packets.take(office, file).ops == 1
    assert dump(office) == dump(home)
    assert enrolment.waiting(office) == 2, "the province has not confirmed anything"
    for book in (home, office, home):
        sync.sync_now(book)
    assert dump(office) == dump(home)
    with pytest.raises(Refused, match="Chưa biết máy nào khác"):
        packets.export(office, file, "0123456789abcdef")
    content = bytearray(file.read_bytes())
    content[-10] ^= 1
    file.write_bytes(content)
    with pytest.raises(Refused, match="chép"):
        packets.take(office, file)


def test_a_pc_without_any_network_is_enrolled_by_packet(pc: Pcs, province: Province, tmp_path: Path) -> None:
    lone, file, told = pc("a", enrol=False), tmp_path / "xin.goi", tmp_path / "tinh.json"
    province.command("province-file", str(told), "--server", "https://dongbo.example.vn")
    save(lone, a_person("Lê Thị Lan"))
    with pytest.raises(Refused, match="chưa đăng ký"):
        packets.export(lone, file)
    code = province.code(lone.union_code)
    packets.export_to_enrol(lone, file, "SAIMA-SAIMA", told)
    assert "Mã đăng ký trong gói không đúng" in refused(province, file)
    assert packets.export_to_enrol(lone, file, code, told).ops == 1
    assert bring(province, file)["ops"] == 1
    assert bring(province, file)["ops"] == 0
    packets.take(lone, file.with_suffix(".tra-loi"))
    known = enrolment.of(lone)
    assert known is not None
    assert (known.url, known.lease, enrolment.waiting(lone)) == ("https://dongbo.example.vn", 1, 0)
    assert sync.sync_now(lone, province.url).sent == 0
    assert json.loads(told.read_text("utf-8"))["age"] == known.server_age


def test_a_restored_pc_takes_its_changes_over_by_packets(pc: Pcs, province: Province, tmp_path: Path) -> None:
    office, file, told = pc("a"), tmp_path / "a.goi", tmp_path / "tinh.json"
    save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    save(office, a_person("Võ Thị Yến"))
    folder = tmp_path / "moi"
    folder.mkdir()
    office.copy_to(folder / "book.db")
    back = Book(folder / "book.db", KEY)
    back.take_new_device()
    save(back, a_person("Hồ Văn Cần"))
    province.command("province-file", str(told))
    packets.export_to_enrol(back, file, province.code(back.union_code), told)
    bring(province, file)
    packets.take(back, file.with_suffix(".tra-loi"))
    assert enrolment.waiting(back) == 2
    packets.export(back, file)
    assert bring(province, file)["ops"] == 2
    packets.take(back, file.with_suffix(".tra-loi"))
    assert (enrolment.waiting(back), back.verify().first_fault) == (0, None)
    assert {person.name for person in back.all(Person)} == {"Lê Thị Lan", "Võ Thị Yến", "Hồ Văn Cần"}
    back.close()


def test_a_stick_that_is_full_or_gone_is_one_sentence(pc: Pcs, tmp_path: Path) -> None:
    office = pc("a")
    with pytest.raises(Trouble, match="kiểm tra USB"):
        packets.export(office, tmp_path / "khong-co" / "a.goi")
    with pytest.raises(Trouble, match="kiểm tra USB"):
        packets.take(office, tmp_path / "khong-co.goi")
    shutil.copyfile(office.path, tmp_path / "la.goi")
    with pytest.raises(Refused, match="chép chưa hết"):
        packets.take(office, tmp_path / "la.goi")
