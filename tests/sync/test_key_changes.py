"""New keys for a PC and for the server: by the old one's word, whatever is cut, and without losing who said what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.actions import keys, packets, sync
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Verdict
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
from sync import client
from sync.link import Link
from tests.server.running import Running, running
from tests.sync.pcs import UNION, a_fund, a_person, dump, edit, enrolled, save
from tests.sync.relay import relay
from tests.sync.test_restored_server import hand_in


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "server") as started:
        yield started


def test_a_pc_changes_its_keys_and_a_cut_answer_locks_nobody_out(
    tmp_path: Path, server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client.time, "sleep", lambda _: None)
    office, home = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
    lan = save(office, a_person("Lê Thị Lan"))
    for book in (office, home, office):
        sync.sync_now(book)
    old, early, reply = enrolment.seed(office), tmp_path / "som.goi", tmp_path / "tra-loi.goi"
    assert old is not None
    packets.export(office, early, "device")
    packets.export(office, tmp_path / "tinh.goi")
    server.command("packet", "import", str(tmp_path / "tinh.goi"), "--reply", str(reply))

    with relay(server.url, cut_reply=0) as broken, pytest.raises(Trouble, match="còn nguyên trong máy"):
        keys.change(office, Link(broken.url))
    assert enrolment.seed(office) == old, "it does not know yet that the server has changed"
    edit(office, lan, team="Tổ may 2")
    assert sync.sync_now(office).sent == 1
    new = enrolment.seed(office)
    assert new is not None
    assert new != old
    assert enrolment.next_seed(office) is None
    with monkeypatch.context() as thief:
        thief.setattr(enrolment, "seed", lambda _: old)
        with pytest.raises(Trouble, match="không nhận ra chữ ký"):
            sync.sync_now(office)
    assert packets.take(office, reply).ops == 0, "sealed to the key of before"
    keys.change(office)  # a second time, and the first packet after it
    late = tmp_path / "muon.goi"
    packets.export(office, late, "device")
    assert packets.take(home, late).ops == 1
    sync.sync_now(home)
    with pytest.raises(Refused, match=r"trước khi máy .* đổi khóa"):
        packets.take(home, early)
    for book in (office, home):
        sync.sync_now(book)
    assert dump(office) == dump(home)


def test_the_server_changes_its_key_and_every_pc_follows_it(tmp_path: Path, server: Running) -> None:
    office, home = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
    report = hand_in(office)
    for book in (office, home):
        sync.sync_now(book)
    before, stick, by_hand = enrolment.of(office), tmp_path / "usb.goi", tmp_path / "tra-loi.goi"
    assert before is not None
    save(office, a_fund())
    packets.export(office, stick)
    for number in (1, 2):
        assert server.command("change-key")["changes"] == number
    server.command("accept", report)
    server.command("packet", "import", str(stick), "--reply", str(by_hand))  # sealed to the first key
    packets.take(office, by_hand)
    done = sync.sync_now(home)
    assert [one for one in done.notices if "đã thay khóa máy chủ" in one]
    for book in (office, home):
        known = enrolment.of(book)
        assert known is not None
        assert (known.anchor, known.root, known.server_key != before.server_key) == (2, before.server_key, True)
        assert sync.sync_now(book).notices == ()
        (verdict,) = [one for one in book.all(Verdict) if one.state == "đã duyệt"]
        assert verdict.submission == report, "the province is still the same author"
        assert book.verify().first_fault is None
    assert dump(office) == dump(home)
    packets.export(office, stick, "device")
    assert packets.take(home, stick).ops == 0
    probe = enrolled(tmp_path / "c", server)
    sync.sync_now(probe)
    assert dump(probe) == dump(office)

    server.command("backup", str(tmp_path / "backup"))
    server.command("restore", str(tmp_path / "backup"), "--check")
    server.command("change-key", "--stolen")
    with pytest.raises(Trouble, match="xin tệp của tỉnh mới rồi đăng ký lại"):
        sync.sync_now(office)
    file = tmp_path / "tinh.json"
    server.command("province-file", str(file), "--server", server.url)
    sync.enrol(office, "", server.enrolment_code(UNION), file)
    edit_and_level(office)
    data = tmp_path / "again"
    Running(data).command("restore", str(tmp_path / "backup"))
    with running(data) as again:
        assert sync.sync_now(home, again.url).notices == (), "the backup of before knows the keys of then"


def edit_and_level(book: Book) -> None:
    save(book, a_person("Phan Văn Đức"))
    assert sync.sync_now(book).sent == 1
    assert book.verify().first_fault is None
