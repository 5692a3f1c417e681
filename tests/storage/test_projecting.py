"""Rows written all at once, of records that a page brings first, are those that the journal read back tells."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop_app.storage import enrolment, incoming
from desktop_app.storage.book import Book
from sync import lean, protocol
from sync.protocol import Op
from tests.conftest import KEY

UNION = "40-001"
TABLES = ("journal", "devices", "overlaps", "quarantine", "people", "funds", "vouchers", "vouchers_lines")


def entries_of(dice: random.Random) -> list[incoming.Pulled]:
    """What three PCs say of some people, funds and vouchers: beside each other, ended, erased, unread, altered."""
    devices = ["00112233445566aa", "1122334455667788", "a1a2a3a4a5a6a7a8"]
    records = [(str(UUID(int=dice.getrandbits(128))), dice.choice(("person", "fund", "voucher"))) for _ in range(9)]
    secrets = {record: dice.randbytes(8) for record, _ in records}
    numbers, heads, made = dict.fromkeys(devices, 0), dict[tuple[str, str], tuple[protocol.Head, ...]](), []
    begun = set[str]()
    for n in range(60):
        device, (record, entity) = dice.choice(devices), dice.choice(records)
        values: dict[str, Any] = {"name": f"Nguyễn Văn {n}", "team": f"Tổ {n}"}
        if entity == "fund":
            values = {"code": f"Q{n}", "kind": "Tiền mặt", "later": 1} if dice.random() < 0.2 else {"code": f"Q{n}"}
        if entity == "voucher":
            values = {"text": f"Chi {n}", "lines": [{"item": "31", "amount_out": n * 1000}] * dice.randint(0, 3)}
        kind = dice.choice(("set", "set", "set", "set", "retire", "erase")) if record in begun else "set"
        if kind == "erase" and entity != "person":
            kind = "retire"
        fields = values if kind == "set" else {}
        known = {name: heads.get((record, name), ()) for name in sorted(fields)}
        base: tuple[Any, ...] = tuple(known.values()) if kind == "set" else (
            tuple(sorted({head for (of, _), group in heads.items() if of == record for head in group})),)  # fmt: skip
        if kind == "set" and record not in begun:
            base = ()
        elif kind == "set" and dice.random() < 0.3:  # it had not seen the others
            base = tuple(() for _ in fields)
        numbers[device] += 1
        op = Op(device, numbers[device], n << 16, 1, "Hoa", "edit", entity, record, kind, fields, base)
        raw, payload = protocol.encode(op, secrets[record] if entity == "person" else None, first=record not in begun)
        begun.add(record)
        heads.update({(record, name): (op.head,) for name in fields})
        if payload is not None and dice.random() < 0.1:
            payload += b"\xc0"
        made.append((device, raw, payload))
    return made


@pytest.mark.parametrize("seed", range(4))
def test_pages_make_the_same_book_however_they_are_told(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    entries = entries_of(dice)
    cuts = sorted(dice.sample(range(1, len(entries)), 4))
    pages = [entries[start:end] for start, end in zip([0, *cuts], [*cuts, len(entries)], strict=True)]
    told = []
    for way in ("at once", "from the journal", "one by one"):
        with monkeypatch.context() as patched:
            if way == "from the journal":
                patched.setattr(incoming._Page, "_brought_first", lambda _: {})
            book = Book.create(tmp_path / way / "book.db", KEY, UNION)
            for page in [[entry] for entry in entries] if way == "one by one" else pages:
                lean_page = [(device, lean.lean(raw, payload), payload) for device, raw, payload in page]
                chains = _chains(entries, page)
                try:
                    incoming.apply(book, lean_page, enrolment.Standing(), chains=chains)
                except lean.Unrestored:  # erased meanwhile, or another payload than the author's
                    incoming.apply(book, page, enrolment.Standing(), chains=chains)
        assert book.verify().first_fault is None
        told.append(_all(book))
        book.close()
    assert told[0] == told[1] == told[2]


def _chains(entries: list[incoming.Pulled], page: list[incoming.Pulled]) -> dict[str, bytes]:
    hashes = dict[str, bytes]()
    for device, raw, _ in entries[: entries.index(page[-1]) + 1]:
        hashes[device] = protocol.chain(hashes.get(device) or protocol.genesis(UNION, device), raw)
    return {device: hashes[device] for device, _, _ in page}


def _all(book: Book) -> dict[str, list[Any]]:
    own = book.device
    told: dict[str, list[Any]] = {table: sorted(map(repr, book.db.execute(f"SELECT * FROM {table}").fetchall())) for table in TABLES}
    told["devices"] = [row.replace(own, "own") for row in told["devices"] if own not in row]
    told["people"] = sorted(repr(row[1:]) for row in book.db.execute("SELECT * FROM people").fetchall())
    told["found"] = book.db.execute("SELECT p.id FROM people_words w JOIN people p ON p.no = w.rowid"
                                    " WHERE people_words MATCH 'nguyen' ORDER BY p.id").fetchall()  # fmt: skip
    return told
