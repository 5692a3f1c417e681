"""What other devices wrote goes into the book whole; what cannot be read yet is kept aside, never lost or refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import Trouble
from desktop_app.domain.records import Person, Verdict, Voucher
from desktop_app.storage import enrolment, incoming
from desktop_app.storage.book import Book, new_id
from sync import messages, protocol
from sync.protocol import Op

OTHER, SECRET = "0011223344556677", b"12345678"
HERE = enrolment.Standing(cursor=(1, 9))


class OtherPc:
    """A device that writes what a test says, chained as it should be."""

    def __init__(self, device: str = OTHER) -> None:
        self.device, self.dseq = device, 0
        self.sent: list[incoming.Pulled] = []

    def write(
        self, entity: str, values: dict[str, Any], record: str = "", secret: bytes | None = None, **more: Any
    ) -> str:
        self.dseq += 1
        record = record or new_id()
        op = Op(self.device, self.dseq, 1 << 16, 1, "Hoa", "x", entity, record, more.pop("kind", "set"), values,
                more.pop("base", ()))  # fmt: skip
        raw, payload = protocol.encode(op, secret, first=not op.base)
        self.sent.append((self.device, raw, more.get("payload", payload)))
        return record


@pytest.fixture
def pc() -> OtherPc:
    return OtherPc()


def quarantined(book: Book) -> list[str]:
    return [why for (why,) in book.db.execute("SELECT why FROM quarantine ORDER BY pos")]


def test_a_record_of_a_later_program_waits_chained_and_unread(book: Book, pc: OtherPc) -> None:
    pc.write("spaceship", {"name": "Sao Mai"})
    pc.write("fund", {"code": "TM", "kind": "Tiền mặt", "colour": "xanh"})
    pc.sent.append((OTHER, b"\xc1 of another century", None))
    incoming.apply(book, pc.sent, HERE)
    assert quarantined(book) == ["entity", "field", "op_bytes"]
    assert book.db.execute("SELECT code FROM funds").fetchall() == [("TM",)]
    assert (book.verify().entries, book.verify().first_fault) == (3, None)
    assert enrolment.standing(book).cursor == (1, 9)


@pytest.mark.parametrize(
    ("entity", "values"),
    [("fund", {"code": "TM", "opening": "nhiều"}), ("fund", {"code": "TM", "opening": 2**63}),
     ("fund", {"code": "TM", "opened": "31/02/2026"}), ("voucher", {"number": "TM", "lines": ["không phải dòng"]}),
     ("voucher", {"number": "TM", "adjusts": b"123"}), ("submission", {"form": "TM", "content": {"a": b"1"}})],
)  # fmt: skip
def test_a_value_of_another_type_is_left_out_of_the_row_and_kept(
    book: Book, pc: OtherPc, entity: str, values: dict[str, Any]
) -> None:
    record = pc.write(entity, values)
    incoming.apply(book, pc.sent, HERE)
    assert quarantined(book) == ["field"]
    assert book.verify().first_fault is None
    assert book.ops_of(record)[0].fields == values


def test_a_payload_that_is_not_what_the_chain_holds_is_set_aside(book: Book, pc: OtherPc) -> None:
    record = pc.write("person", {"name": "Lan"}, secret=SECRET)
    pc.write(
        "person", {"name": "Kẻ khác"}, record, SECRET, base=((),), payload=protocol.canonical([{"name": "Kẻ khác "}])
    )
    incoming.apply(book, pc.sent, HERE)
    assert [person.name for person in book.all(Person)] == ["Lan"]
    assert quarantined(book) == ["payload"]
    assert book.verify().first_fault is None
    assert "Kẻ khác".encode() in book.db.execute("SELECT payload FROM quarantine").fetchone()[0]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_second_secret_of_a_record_is_not_believed(book: Book, pc: OtherPc, at_once: bool) -> None:
    person = pc.write("person", {"name": "Lê Thị Lan"}, secret=SECRET)
    pc.write("person", {"team": "Tổ 2"}, person, SECRET, base=((),))
    other = OtherPc("8877665544332211")
    other.write("person", {"team": "Tổ 9"}, person, b"another!")
    for page in [[*pc.sent, *other.sent]] if at_once else [pc.sent, other.sent]:
        incoming.apply(book, page, HERE)
    assert quarantined(book) == ["payload"]
    assert [one.team for one in book.all(Person)] == ["Tổ 2"]
    assert book.verify().first_fault is None


def test_a_restricted_record_of_another_pc_makes_no_row(book: Book, pc: OtherPc) -> None:
    raw, _ = protocol.encode(
        Op(OTHER, 1, 1, 1, "Hoa", "x", "person", new_id(), "set", {"name": "Lan"}, (), reach=1), SECRET, first=True
    )
    incoming.apply(book, [(OTHER, raw, None)], HERE)
    assert list(book.all(Person)) == []
    assert book.verify().first_fault is None


def test_an_erasure_empties_what_came_before_and_after_it(book: Book, pc: OtherPc) -> None:
    record = pc.write("person", {"name": "Lan"}, secret=SECRET)
    incoming.apply(book, pc.sent, HERE)
    pc.write("person", {}, record, kind="erase", base=(((OTHER, 1),),))
    late = OtherPc("8899aabbccddeeff")
    late.write("person", {"note": "Đau lưng"}, record, SECRET, base=((),))
    incoming.apply(book, [*pc.sent[1:], *late.sent], HERE)
    assert list(book.all(Person)) == []
    assert all(payload is None for (payload,) in book.db.execute("SELECT payload FROM journal"))
    assert quarantined(book) == []
    assert book.verify().first_fault is None


def test_a_page_with_a_hole_or_a_second_history_is_refused_whole(book: Book, pc: OtherPc) -> None:
    for code in ("TM", "NH", "NH2"):
        pc.write("fund", {"code": code})
    with pytest.raises(Trouble, match="thiếu mục 2"):
        incoming.apply(book, [pc.sent[0], pc.sent[2]], HERE)
    assert (book.verify().entries, enrolment.standing(book).cursor) == (0, (0, 0))
    incoming.apply(book, pc.sent, HERE)
    fork = OtherPc()
    fork.write("fund", {"code": "Khác"})
    with pytest.raises(Trouble, match="hai bản nhật ký"):
        incoming.apply(book, fork.sent, HERE)
    assert (book.verify().entries, book.verify().first_fault) == (3, None)


def test_what_waits_unread_is_counted_without_going_through_the_journal(book: Book) -> None:
    plan = [row[3] for row in book.db.execute(f"EXPLAIN QUERY PLAN {incoming.UNREAD}")]
    assert plan[:2] == ["SCAN q", "SEARCH j USING INTEGER PRIMARY KEY (rowid=?)"]


def test_a_page_read_twice_is_stored_once(book: Book, pc: OtherPc) -> None:
    pc.write("fund", {"code": "TM"})
    assert incoming.apply(book, pc.sent, HERE).entries == 1
    assert incoming.apply(book, pc.sent, HERE).entries == 0
    assert book.verify().entries == 1


def test_a_remote_clock_of_another_century_does_not_move_ours(book: Book) -> None:
    raw, _ = protocol.encode(Op(OTHER, 1, 2**63 + 5, 1, "Hoa", "x", "fund", new_id(), "set", {"code": "TM"}, ()))
    incoming.apply(book, [(OTHER, raw, None)], HERE)
    (clock,) = book.db.execute("SELECT max(clock) FROM devices").fetchone()
    assert clock < 2**60


def test_a_posted_voucher_that_two_pcs_hold_differently_asks_a_person(book: Book, pc: OtherPc) -> None:
    record = pc.write("voucher", {"kind": "PC", "number": "PC10/01", "day": "2026-10-15", "posted": True})
    late = OtherPc("8899aabbccddeeff")
    heads = (((OTHER, 1),),)
    pc.write("voucher", {"number": "PC10/02"}, record, base=heads)
    late.write("voucher", {"number": "PC10/03"}, record, base=heads)
    incoming.apply(book, [*pc.sent, *late.sent], HERE)
    assert incoming.overlapping(book) == 1
    assert [voucher.number for voucher in book.all(Voucher)] == ["PC10/03"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_two_pcs_that_read_in_any_order_show_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    pcs = [OtherPc(), OtherPc("8899aabbccddeeff")]
    record = pcs[0].write("person", {"name": "Lan"}, secret=SECRET)
    created = pcs[0].sent[0]
    for number in range(data.draw(st.integers(1, 6))):
        author, field = data.draw(st.sampled_from(pcs)), data.draw(st.sampled_from(["name", "team", "note"]))
        base = ((() if field != "name" else ((OTHER, 1),)),)
        author.write("person", {field: f"{field} {number}"}, record, SECRET, base=base)
    shown = []
    for turn in range(2):
        folder = tmp_path_factory.mktemp("pc")
        made = Book.create(folder / "book.db", bytes(32), "40-001")
        queues = [pcs[0].sent[1:], list(pcs[1].sent)]
        incoming.apply(made, [created], HERE)
        while any(queues):
            queue = data.draw(st.sampled_from([queue for queue in queues if queue]), label=f"turn {turn}")
            size = data.draw(st.integers(1, len(queue)))
            incoming.apply(made, queue[:size], HERE)
            del queue[:size]
        assert made.verify().first_fault is None
        shown.append((list(made.all(Person)), incoming.overlapping(made)))
        made.close()
    assert shown[0] == shown[1]


def test_only_the_provinces_own_device_gives_a_verdict(book: Book) -> None:
    key = bytes(32)
    enrolment.keep(book, enrolment.Enrolment("http://127.0.0.1", key, "CĐCS", book.device, 1))
    province = OtherPc(messages.province_device(key, book.union_code))
    forger, of = OtherPc(), new_id()
    accepted = {"submission": UUID(of).bytes, "state": "đã duyệt"}
    forged = forger.write("verdict", accepted)
    real = province.write("verdict", {**accepted, "state": "trả lại"})
    overwritten = forger.write("verdict", accepted, record=real)
    incoming.apply(book, [*forger.sent[:1], *province.sent, *forger.sent[1:]], HERE)
    assert overwritten == real != forged
    assert [(verdict.id, verdict.state) for verdict in book.all(Verdict)] == [(real, "trả lại")]
    assert quarantined(book) == ["author", "author"]
    assert (book.verify().entries, book.verify().first_fault) == (3, None)
