"""A server put back from its own older backup: every PC notices by itself and sends again what it lacks."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from desktop_app.actions import replica, sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import FiledReport, Person, Submission
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book, new_id
from sync import client, protocol
from sync import refill as refilling
from sync.link import Link
from tests.server.running import Running, running
from tests.sync.pcs import UNION, a_person, dump, edit, enrolled, save


def test_what_an_old_backup_of_the_server_lacks_comes_back_from_the_pcs(tmp_path: Path) -> None:
    with running(tmp_path / "server") as server:
        office, home = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
        lan = save(office, a_person("Lê Thị Lan"))
        save(home, a_person("Phan Văn Đức"))
        for book in (office, home, office):
            sync.sync_now(book)
        server.command("backup", str(tmp_path / "backup"))
        edit(office, lan, team="Tổ may 2")
        save(home, a_person("Trần Văn Hải"))
        late = enrolled(tmp_path / "c", server)
        for book in (office, home, late, office):
            sync.sync_now(book)
        edit(late, lan, note="Tổ trưởng")
        sync.sync_now(late)
    data = tmp_path / "again"
    Running(data).command("restore", str(tmp_path / "backup"))
    with running(data) as again:
        done = sync.sync_now(office, again.url)
        assert (done.sent, enrolment.standing(office).cursor[0]) == (1, 2)
        sync.sync_now(home, again.url)
        with pytest.raises(Trouble, match="Máy chủ chưa biết máy này"):
            sync.sync_now(late, again.url)  # it enrolled after that backup
        device = late.device
        sync.enrol(late, again.url, again.enrolment_code(UNION))
        assert late.device == device
        for book in (late, office, home, late):
            sync.sync_now(book, again.url)
        assert dump(office) == dump(home) == dump(late)
        shown = home.get(Person, lan.id)
        assert shown is not None
        assert (shown.team, shown.note) == ("Tổ may 2", "Tổ trưởng")
        assert {sync.status(book)["pending"] for book in (office, home, late)} == {0}
        probe = enrolled(tmp_path / "d", again)
        sync.sync_now(probe)
        assert dump(probe) == dump(office)


def hand_in(book: Book) -> str:
    report = save(book, build(FiledReport, {"id": new_id(), "form": "B07", "period": "2026-10"}))
    content = {"form": "B07", "period": "2026-10", "version": 1, "cells": {"10": 50_800_000}}
    sent = save(book, build(Submission, {
        "id": new_id(), "report": report.id, "form": "B07", "period": "2026-10", "version": 1, "content": content,
        "digest": hashlib.sha256(protocol.canonical(content)).hexdigest(), "sent": "2026-11-03",
    }))  # fmt: skip
    return str(sent.id)


def test_what_only_a_dead_pc_and_the_province_wrote_comes_back_from_one_that_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path / "server") as server:
        home, dead = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
        lan = save(dead, a_person("Lê Thị Lan"))
        sync.sync_now(dead)
        server.command("backup", str(tmp_path / "backup"))
        edit(dead, lan, team="Tổ may 2")
        for number in range(60):
            save(dead, a_person(f"Nguyễn Văn {number}", note="Quê Nghi Lộc " * 5))
        report = hand_in(dead)
        newer = enrolled(tmp_path / "c", server)
        save(newer, a_person("Trần Văn Hải"))
        for book in (dead, newer, home):
            sync.sync_now(book)
        server.command("accept", report)
        staff = server.staff()
        law = {"since": "2027-01-01", "value": "2.800.000", "law": "Nghị định 100/2026/NĐ-CP"}
        assert staff.post(f"{server.url}/api/v1/rates/base_salary", json=law, timeout=60).status_code == 200
        sync.sync_now(home)
        before = dump(home)
        home.note("proofs", b"")  # as if all had been read in parts, which bring no receipts
        reader, link, seed, known = replica.Replica(home), Link(server.url), enrolment.seed(home), enrolment.of(home)
        assert seed is not None
        assert known is not None
        reader.prove = True
        assert client.sync(link, reader, seed, known.server_key).received == 0
        link.close()
    data = tmp_path / "again"
    Running(data).command("restore", str(tmp_path / "backup"))
    with running(data) as again:
        link = Link(again.url)
        client.sync(link, replica.Replica(home), seed, known.server_key)
        store = replica.Refiller(home)
        (lie,) = [offer for offer in store.offers() if offer.receipt.device == dead.device]
        monkeypatch.setattr(store, "offers", lambda: [lie])
        monkeypatch.setattr(store, "settle", lambda _: None)
        monkeypatch.setattr(store, "entries", lambda device, after, *_: ((b"a made up entry", None),) * 70)
        refilling.bring(link, store, seed, known.server_key)  # whoever would put words into a dead PC's mouth
        link.close()

        with home.writing():
            enrolment.stand(home, enrolment.Standing(confirmed=0, cursor=enrolment.standing(home).cursor, page=4096))
        done = sync.sync_now(home, again.url)
        assert done.notices[0].startswith("Máy chủ của tỉnh vừa được khôi phục: đã gửi lại ")
        assert sync.sync_now(home).notices == ()
        assert dump(home) == before | {"verdict": dump(home)["verdict"]}
        (shown,) = again.command("inbox")["submissions"]
        assert (shown["id"], shown["state"]) == (report, "đã duyệt")
        probe = enrolled(tmp_path / "d", again)
        sync.sync_now(probe)
        assert dump(probe) == dump(home)
        again.command("unit", "add", "--code", "40-002", "--name", "Công đoàn Trường Mầm non Hoa Sen")
        other = Book.create(tmp_path / "e" / "book.db", bytes(32), "40-002")
        sync.enrol(other, again.url, again.enrolment_code("40-002"))
        assert sync.sync_now(other).entities == {"rate"}, "what was said to all is said to all again"
        with pytest.raises(Trouble, match="Máy chủ chưa biết máy này"):
            sync.sync_now(newer, again.url)
        sync.enrol(newer, again.url, again.enrolment_code(UNION))
        save(newer, a_person("Võ Thị Yến"))
        for book in (newer, home):
            sync.sync_now(book, again.url)
        assert dump(newer) == dump(home)


def test_a_server_whose_disk_was_put_back_by_hand_begins_a_new_life_when_it_is_shown_its_own_receipt(
    tmp_path: Path,
) -> None:
    data, kept = tmp_path / "server", tmp_path / "copy of the disk"
    with running(data) as server:
        office, home = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
        lan = save(office, a_person("Lê Thị Lan"))
        for book in (office, home):
            sync.sync_now(book)
    shutil.copytree(data, kept)
    with running(data) as server:
        edit(office, lan, team="Tổ may 2")
        for book in (office, home):
            sync.sync_now(book, server.url)
    shutil.rmtree(data)
    shutil.copytree(kept, data)
    with running(data) as again:
        save(home, a_person("Phan Văn Đức"))  # takes the place in the history that the lost edit had
        sync.sync_now(home, again.url)
        assert enrolment.standing(home).cursor[0] == 1
        assert sync.sync_now(office, again.url).sent == 1
        assert enrolment.standing(office).cursor[0] == 2
        for book in (home, office):
            sync.sync_now(book, again.url)
        assert dump(office) == dump(home)
        assert {person.name for person in office.all(Person)} == {"Lê Thị Lan", "Phan Văn Đức"}
        probe = enrolled(tmp_path / "d", again)
        sync.sync_now(probe)
        assert dump(probe) == dump(office)
        assert sync.sync_now(office).sent == 0
        assert enrolment.standing(office).cursor[0] == 2, "one new life, not one at every exchange"
