"""One person entered twice is made one by a person's word: counted once, nothing rewritten, parted again at will."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import (
    data_requests,
    history,
    members,
    one_person,
    overview,
    person_record,
    review,
    sync_state,
)  # fmt: skip
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Office, Person, PersonNumber, Union, Wage
from desktop_app.storage import finding, incoming, journal, lists, payroll, person_file, rows, same
from desktop_app.storage.book import Book, new_id
from tests.conftest import KEY
from tests.storage.test_incoming import HERE

LAN = {"name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "040190001234", "joined": "01/01/2020",
       "wage": 8_000_000, "from_month": "2026-01"}  # fmt: skip
OTHER = {**LAN, "name": "Lê Thị Lan Hương", "card": "NA-0077", "team": "Tổ 2", "wage": 9_000_000, "from_month": "2026-05"}


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Book]:
    """The book of the union's other PC."""
    made = Book.create(tmp_path / "second.db", KEY, "40-001")
    yield made
    made.close()


def sent(of: Book, to: Book) -> None:
    """What one PC wrote reaches the other."""
    batch = journal.pending(of.db, of.device, of.union_code, 0, 1 << 30)
    incoming.apply(to, [(of.device, op, payload) for op, payload in batch.ops], HERE)


def paid(book: Book, person: str, month: str, amount: int) -> None:
    with book.transact("dues.before", "Hoa") as transaction:
        transaction.save(build(Dues, {"id": new_id(), "person": person, "month": month, "amount": amount}))


@pytest.fixture
def lan_twice(book: Book, second: Book) -> tuple[str, str]:
    """Lan on both PCs, each with dues of the month the other has too; the smaller id first."""
    with book.transact("setup.make", "Hoa") as transaction:
        facts = {"code": "40-001", "name": "CĐCS May Hưng Lộc", "dues_group": "1", "first_year": 2026}
        transaction.save(build(Union, {"id": new_id(), **facts}))
    one = members.add(book, LAN, "Hoa")[0].id
    other = members.add(second, OTHER, "Minh")[0].id
    paid(book, one, "2026-09", 40_000)
    paid(second, other, "2026-09", 45_000)
    paid(second, other, "2026-10", 45_000)
    sent(book, second)
    sent(second, book)
    return one, other


def test_two_records_of_one_cccd_are_shown_beside_each_other(book: Book, lan_twice: tuple[str, str]) -> None:
    (task,) = review.tasks(book)
    assert (task.key, task.label) == (("person", *lan_twice), "Trùng số CCCD")
    assert [choice.text for choice in task.choices] == ["Gộp…", "Không phải một người"]
    assert review.count(book) == sync_state.status(book)["conflicts"] == 1
    shown = one_person.compare(book, *reversed(lan_twice))
    differing = {field.name: (field.one, field.other, field.take) for field in shown.fields if field.differs}
    assert differing == {
        "name": ("Lê Thị Lan", "Lê Thị Lan Hương", 0), "card": ("", "NA-0077", 1), "team": ("", "Tổ 2", 1),
    }  # fmt: skip
    assert [(count.label, count.one, count.other) for count in shown.counts[:1]] == [("Tháng đoàn phí", 1, 2)]


def test_a_merged_person_counts_once_and_no_money_moves(book: Book, second: Book, lan_twice: tuple[str, str]) -> None:
    one, other = lan_twice
    before = {month: payroll.paid_in(book, month) for month in ("2026-09", "2026-10")}
    one_person.merge(book, one, other, {"name": 1}, "Hoa")
    sent(book, second)
    for pc in (book, second):
        assert pc.verify().first_fault is None
        assert (review.tasks(pc), members.entered(pc)) == ([], 1)
        kept = pc.get(Person, other)
        assert kept is not None
        assert (kept.id, kept.name, kept.card, kept.team) == (one, "Lê Thị Lan Hương", "NA-0077", "Tổ 2")
        assert {month: payroll.paid_in(pc, month) for month in before} == before
        (line,) = payroll.grid(pc, 2026)
        assert (line.person, line.months[8:10]) == (one, [85_000, 45_000])
        assert [wage.insured for wage in members.wages_of(pc, one)] == [9_000_000, 8_000_000]
        (october,) = payroll.dues_lines(pc, "2026-10")
        assert (october.insured, october.paid, payroll.month_base(pc, "2026-10").members) == (9_000_000, 45_000, 1)
        assert one_person.paid_twice(pc) == [(one, "Lê Thị Lan Hương", "2026-09")]
        told = [wait.text for wait in overview.look(pc, 2026, date(2026, 11, 25)).waits]
        assert "Lê Thị Lan Hương: đoàn phí tháng 09/2026 thu hai lần, ở hai hồ sơ đã gộp." in told
    with pytest.raises(Refused, match="đã được gộp rồi"):
        one_person.merge(book, one, other, None, "Hoa")


def test_who_was_merged_is_found_by_the_old_name_and_card(book: Book, lan_twice: tuple[str, str]) -> None:
    one, other = lan_twice
    one_person.merge(book, one, other, {"card": 0}, "Hoa")
    for asked in ("lan huong", "NA-0077", "na-00"):
        assert [found[0] for found in finding.people(book, asked)] == [one], asked
        assert [found.id for found in lists.people(book, asked)] == [one], asked
    assert [number.value for number in rows.find(book.db, PersonNumber)] == []  # the survivor never had a card
    assert person_record.read(book, other).person.id == one
    held = person_file.person_file(book, other)
    assert held is not None
    assert [merged.name for merged in held.of("person")] == ["Lê Thị Lan Hương"]
    assert len(held.of("dues")) == 3
    assert {"Lê Thị Lan", "Lê Thị Lan Hương"} <= {change.new for change in held.changes}
    assert "Lê Thị Lan Hương" in [line.new for line in history.history_of(book, "person", other).lines]


def test_what_another_pc_writes_of_the_merged_record_is_the_survivors(
    book: Book, second: Book, lan_twice: tuple[str, str]
) -> None:
    one, other = lan_twice
    one_person.merge(book, one, other, None, "Hoa")
    paid(second, other, "2026-11", 45_000)  # this PC does not know of the merge
    members.edit(second, other, {"phone": "0912345678"}, "Minh")
    with second.transact("officers.add", "Minh") as transaction:
        transaction.save(build(Office, {"id": new_id(), "person": other, "title": "Tổ trưởng", "since": "01/01/2026"}))
    sent(second, book)
    sent(book, second)
    for pc in (book, second):
        assert pc.verify().first_fault is None
        assert payroll.grid(pc, 2026)[0].months[8:11] == [85_000, 45_000, 45_000]
        assert [office.person for office in pc.all(Office)] == [one]
        (task,) = review.tasks(pc)  # the phone was typed on a record that is no longer shown
        assert (task.label, review.count(pc)) == ("Sửa hồ sơ đã gộp", 1)
    one_person.merge(book, one, other, {"phone": 1}, "Hoa")
    sent(book, second)
    for pc in (book, second):
        assert review.tasks(pc) == []
        assert pc.get(Person, one).phone == "0912345678"  # type: ignore[union-attr]


def test_saving_what_names_a_merged_person_does_not_name_the_survivor_in_the_journal(
    book: Book, lan_twice: tuple[str, str]
) -> None:
    one, other = lan_twice
    one_person.merge(book, one, other, None, "Hoa")
    theirs = next(wage for wage in members.wages_of(book, one) if wage.insured == 9_000_000)
    members.set_wage(book, one, {"from_month": "2026-05", "insured": 9_500_000}, "Hoa")
    assert book.get(Wage, theirs.id).insured == 9_500_000  # type: ignore[union-attr]
    assert same.written_person(book.db, theirs.id) == other
    assert "person" not in (book.ops_of(theirs.id)[-1].fields or {})
    assert book.verify().first_fault is None


def test_parted_again_each_has_what_named_it_and_the_reason_is_kept(
    book: Book, second: Book, lan_twice: tuple[str, str]
) -> None:
    one, other = lan_twice
    one_person.merge(book, one, other, None, "Hoa")
    ((_, who, _),) = one_person.merged(book, one)
    assert who == "Hoa"
    with pytest.raises(Refused, match="lý do"):
        one_person.part(book, one, other, " ", "Hoa")
    one_person.part(book, one, other, "Hai chị em sinh đôi", "Hoa")
    sent(book, second)
    for pc in (book, second):
        assert pc.verify().first_fault is None
        assert sorted(line.months[8:10] for line in payroll.grid(pc, 2026)) == [[40_000, 0], [45_000, 45_000]]
        (task,) = review.tasks(pc)  # they still have one number: it must be corrected on one of them
        assert [choice.opens for choice in task.choices] == [("members", one), ("members", other)]
    members.edit(book, other, {"cccd": "040190009999"}, "Hoa")
    (task,) = review.tasks(book)
    assert task.label == "Trùng số thẻ"  # the card that was chosen when they were merged stays on both
    members.edit(book, one, {"card": ""}, "Hoa")
    sent(book, second)
    assert review.count(book) == review.count(second) == 0


def test_not_one_person_is_remembered_and_a_merge_beside_it_is_asked(
    book: Book, second: Book, lan_twice: tuple[str, str]
) -> None:
    one_person.tell_apart(book, *lan_twice, "Hoa")
    one_person.merge(second, *lan_twice, None, "Minh")
    sent(book, second)
    sent(second, book)
    for pc in (book, second):
        assert pc.verify().first_fault is None
        question = next(task for task in review.tasks(pc) if task.key[0] == "value")
        assert (question.label, question.what) == ("Là một người", "Hai hồ sơ một người Lê Thị Lan, Lê Thị Lan Hương")
    assert members.entered(book) == members.entered(second)
    apart = next(place for place, side in enumerate((question.now, *question.others)) if side.text == "Không")
    question.choices[apart].does(second, "", "Minh")  # type: ignore[misc]
    sent(second, book)
    assert members.entered(book) == members.entered(second) == 2


def test_erasing_one_erases_both(book: Book, second: Book, lan_twice: tuple[str, str], tmp_path: Path) -> None:
    one, other = lan_twice
    one_person.merge(book, one, other, None, "Hoa")
    with book.transact("members.leave", "Hoa") as transaction:
        for due in list(book.all(Dues)):
            transaction.retire(due)
        gone = build(Person, {**LAN, "id": one, "joined": "01/01/1999", "left": "01/01/2000"})
        transaction.save(gone)
    data_requests.erase(book, one, "Hết thời hạn lưu giữ", "Hoa", date(2026, 11, 25))
    sent(book, second)
    for pc in (book, second):
        assert pc.verify().first_fault is None
        assert (pc.get(Person, one), pc.get(Person, other)) == (None, None)
        kept = json.dumps([str(op.fields) for id_ in lan_twice for op in pc.ops_of(id_)], ensure_ascii=False)
        assert "Lan" not in kept
        assert review.tasks(pc) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_merges_partings_and_edits_exchanged_in_any_order_end_alike(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("pcs")
    pcs = [Book.create(folder / f"{n}.db", KEY, "40-001") for n in range(data.draw(st.integers(2, 3), label="PCs"))]
    people = [members.add(pcs[n % len(pcs)], {"name": f"Lan {n}", "wage": 1_000_000}, "Hoa")[0].id for n in range(4)]
    for n, id_ in enumerate(people):
        paid(pcs[n % len(pcs)], id_, "2026-10", 10_000 + n)
    _all_sent(pcs)
    for step in range(data.draw(st.integers(2, 7), label="steps")):
        pc = data.draw(st.sampled_from(pcs))
        a, b = data.draw(st.permutations(people))[:2]
        does = data.draw(st.sampled_from(["merge", "apart", "part", "edit", "end", "send"]))
        try:
            if does == "merge":
                one_person.merge(pc, a, b, {"name": data.draw(st.integers(0, 1))}, f"Bước {step}")
            elif does == "apart":
                one_person.tell_apart(pc, a, b, f"Bước {step}")
            elif does == "part":
                one_person.part(pc, rows.survivor(pc.db, a), b, "Nhầm", f"Bước {step}")
            elif does == "edit":
                members.edit(pc, a, {"team": f"Tổ {step}"}, f"Bước {step}")
            elif does == "end":
                with pc.transact("members.end", "Hoa") as transaction:
                    transaction.retire(members.person_of(pc, a))
            else:
                sent(pc, data.draw(st.sampled_from([one for one in pcs if one is not pc])))
        except Refused:
            continue
        assert pc.verify().first_fault is None
    _all_sent(pcs)
    shown = [
        (same.all_of(pc.db), sorted(map(repr, pc.all(Person))), payroll.grid(pc, 2026), members.entered(pc),
         payroll.paid_in(pc, "2026-10"), review.count(pc), [task.key for task in review.tasks(pc)])
        for pc in pcs
    ]  # fmt: skip
    assert all(one == shown[0] for one in shown)
    assert shown[0][4] == 40_006
    assert [pc.verify().first_fault for pc in pcs] == [None] * len(pcs)
    for pc in pcs:
        pc.close()


def _all_sent(pcs: list[Book]) -> None:
    for _ in pcs:
        for of in pcs:
            for to in pcs:
                if of is not to:
                    sent(of, to)


def test_a_list_that_two_pcs_read_is_merged_at_once(book: Book, second: Book) -> None:
    for pc in (book, second):
        for number in range(6):
            given = {"name": f"Lan {number}", "birth": "1990", "cccd": f"04019000{number:04}", "wage": 5_000_000}
            members.add(pc, given if pc is book or number else {**given, "birth": "1991"}, "Hoa")
    sent(second, book)
    assert review.count(book) == 6
    task = next(task for task in review.tasks(book) if len(task.choices) == 3)
    assert task.choices[2].text == "Gộp cả 5 cặp giống nhau"  # of the sixth two births are said
    assert task.choices[2].does(book, "", "Hoa").said == "Đã gộp 5 người được nhập hai lần."  # type: ignore[misc]
    sent(book, second)
    for pc in (book, second):
        assert (members.entered(pc), review.count(pc)) == (7, 1)
        assert pc.verify().first_fault is None


def test_one_card_of_two_people_is_asked_too(book: Book, second: Book) -> None:
    one = members.add(book, {"name": "Lan", "card": "NA-1"}, "Hoa")[0].id
    other = members.add(second, {"name": "Hường", "card": "NA-1"}, "Minh")[0].id
    sent(second, book)
    (task,) = review.tasks(book)
    assert (task.label, review.count(book)) == ("Trùng số thẻ", 1)
    assert [choice.opens for choice in task.choices[1:]] == [("members", one), ("members", other)]
    members.edit(book, other, {"card": "NA-2"}, "Hoa")
    assert review.count(book) == 0
