"""Entries that travel without their payload's hash become what their author wrote, or are sent whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.actions import sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.records import Person
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
from sync import client, lean, messages, pace, protocol
from sync.link import Answer, Link
from sync.messages import SyncReply, SyncRequest
from sync.protocol import Op
from tests.server.running import Running
from tests.sync.pcs import a_fund, a_person, dump, edit, enrolled, save

DEVICES = ("00112233445566aa", "ff112233445566aa")
RECORDS = ("0190a0b0-0000-7000-8000-000000000001", "0190a0b0-0000-7000-8000-000000a37365")
SECRETS = {RECORDS[0]: b"\xa3set\xc4 \xa3s", RECORDS[1]: b"\xa3set\xc0\0\0\0"}

texts = st.text(st.characters(codec="utf-8"), max_size=8)
written = st.tuples(
    st.sampled_from(DEVICES), st.sampled_from(RECORDS), st.sampled_from(("set", "set", "retire")), texts,
    st.dictionaries(st.sampled_from(("name", "team", "set")), texts | st.binary(max_size=9), max_size=3),
    st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.lists(written, min_size=1, max_size=6), st.sets(st.integers(0, 5)))
@settings(max_examples=60)
def test_what_is_restored_is_what_was_written(acts: list[tuple[Any, ...]], sent_whole: set[int]) -> None:
    entries: list[lean.Entry] = []
    numbers = dict.fromkeys(DEVICES, 0)
    for device, record, kind, actor, values, private, first in acts:
        numbers[device] += 1
        op = Op(device, numbers[device], 7, 1, actor, "set", "person", record, kind, values if kind == "set" else {}, ())
        raw, payload = protocol.encode(op, SECRETS[record] if private else None, first=bool(first))
        entries.append((device, raw, payload))
    sent = [
        (device, raw if place in sent_whole else lean.lean(raw, payload), payload)
        for place, (device, raw, payload) in enumerate(entries)
    ]
    held = {bytes.fromhex(record.replace("-", "")): secret for record, secret in SECRETS.items()}
    assert lean.restored(sent, lambda _: held) == [raw for _, raw, _ in entries]
    assert all(len(lean.lean(raw, payload)) == len(raw) - lean.SPARED for _, raw, payload in entries if payload)


def test_without_the_secret_nothing_is_guessed() -> None:
    op = Op(DEVICES[0], 4, 7, 1, "Hoa", "edit", "person", RECORDS[0], "set", {"name": "Lan"}, ((),))
    raw, payload = protocol.encode(op, b"12345678")
    with pytest.raises(lean.Unrestored):
        lean.restored([(DEVICES[0], lean.lean(raw, payload), payload)], lambda _: {})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[SyncRequest]:
    """Every request that is sent."""
    sent: list[SyncRequest] = []
    post = Link.post

    def noted(self: Link, path: str, body: bytes) -> Answer:
        if path == "/sync/v1":
            sent.append(messages.read(SyncRequest, body).message)
        return post(self, path, body)

    monkeypatch.setattr(Link, "post", noted)
    monkeypatch.setattr(client.time, "sleep", lambda _: None)
    return sent


def pair(tmp_path: Path, server: Running) -> tuple[Book, Book, Person]:
    """Two PCs that hold the same person."""
    office, home = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
    lan = save(office, a_person("Lê Thị Lan", team="Tổ 1"))
    sync.sync_now(office)
    sync.sync_now(home)
    return office, home, lan


def test_a_change_of_an_erased_person_goes_whole_and_both_pcs_hold_the_same(
    tmp_path: Path, server: Running, told: list[SyncRequest]
) -> None:
    office, home, lan = pair(tmp_path, server)
    assert [request.whole for request in told] == [False, False]
    edit(home, lan, team="Tổ 2")
    save(home, a_fund())
    with office.transact("members.erase", "Trần Thị Hoa") as transaction:
        transaction.erase(office.get(Person, lan.id))
    sync.sync_now(office)
    told.clear()
    assert sync.sync_now(home).sent == 2, "the server cannot make the hash anew: the secret is erased with the person"
    assert [request.whole for request in told] == [False, True]
    sync.sync_now(office)
    assert dump(home) == dump(office)
    assert home.get(Person, lan.id) is None


def test_who_has_erased_a_person_reads_a_change_of_it_whole(
    tmp_path: Path, server: Running, told: list[SyncRequest]
) -> None:
    office, home, lan = pair(tmp_path, server)
    edit(home, lan, team="Tổ 2")
    sync.sync_now(home)
    with office.transact("members.erase", "Trần Thị Hoa") as transaction:
        for number in range(60):
            transaction.save(a_fund(f"Q{number}"))
        transaction.erase(office.get(Person, lan.id))
    enrolment.step(office, page=pace.LEAST_PAGE)
    told.clear()
    sync.sync_now(office)
    assert [request.whole for request in told][:2] == [False, True], "read before the erasure was handed over"
    sync.sync_now(home)
    assert dump(home) == dump(office)


def test_entries_that_do_not_chain_are_asked_for_whole_once_and_then_refused(
    tmp_path: Path, server: Running, told: list[SyncRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, home, lan = pair(tmp_path, server)
    edit(office, lan, team="Tổ 2")
    sync.sync_now(office)
    before, read_answer = dump(home), client.read_answer

    def another_chain(*asked: Any) -> SyncReply:
        return replace(read_answer(*asked), chains=((office.device, bytes(32)),))

    told.clear()
    monkeypatch.setattr(client, "read_answer", another_chain)
    with pytest.raises(Trouble, match="chuỗi băm"):
        sync.sync_now(home)
    assert [request.whole for request in told] == [False, True]
    assert dump(home) == before
