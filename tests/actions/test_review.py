"""What two PCs wrote differently is shown with both values and settled by a person's word, on every PC."""

from __future__ import annotations

import pytest

from desktop_app.actions import members, review
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Person, Voucher
from desktop_app.storage import enrolment, incoming, journal
from desktop_app.storage.book import Book
from tests.storage.test_incoming import HERE, OtherPc

LAN = {"name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "040190001234", "team": "Tổ 1"}


def written_beside(book: Book, id_: str, pc: OtherPc, **values: object) -> None:
    """The other PC edits the record as it was created, without having seen what was written here since."""
    history = journal.history(book.db, id_)
    assert history is not None
    first = min(history.ops, key=lambda op: (op.hlc, op.dseq))
    pc.write(first.entity, values, id_, history.secret or None, base=((first.head,),) * len(values))
    incoming.apply(book, pc.sent[-1:], HERE)


def test_both_values_are_shown_and_the_chosen_one_holds(book: Book) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    members.edit(book, lan.id, {"name": "Lê Thị Lan Anh"}, "Hoa")
    pc = OtherPc()
    written_beside(book, lan.id, pc, name="Lê Thị Lan Hương", team="Tổ 2")
    (question,) = review.questions(book)  # the team was not written here: no question
    assert question.what == f"Người lao động {question.now.text}"
    assert {question.now.text, question.other.text} == {"Lê Thị Lan Anh", "Lê Thị Lan Hương"}
    assert (question.label, question.money) == ("Họ và tên", False)
    review.settle(book, question, question.other, "Hoa")
    kept = book.get(Person, lan.id)
    assert kept is not None
    assert (kept.name, kept.team) == (question.other.text, "Tổ 2")
    assert (review.tasks(book), review.count(book)) == ([], 0)
    assert book.verify().first_fault is None
    with pytest.raises(Refused, match="đã được xem lại"):
        review.settle(book, question, question.now, "Hoa")


def test_keeping_the_value_in_use_settles_it_too(book: Book) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    members.edit(book, lan.id, {"name": "Lê Thị Lan Anh"}, "Hoa")
    written_beside(book, lan.id, OtherPc(), name="Lê Thị Lan Hương")
    (question,) = review.questions(book)
    before = book.verify().entries
    review.settle(book, question, question.now, "Hoa")
    assert book.get(Person, lan.id).name == question.now.text  # type: ignore[union-attr]
    assert (review.questions(book), book.verify().entries) == ([], before + 1)
    assert enrolment.standing(book).cursor == HERE.cursor


def test_a_posted_voucher_is_not_settled_by_choosing(book: Book) -> None:
    voucher = Voucher(id=members.add(book, LAN, "Hoa")[0].id)
    said = review.Said("15/10/2026")
    question = review.Question("voucher", voucher.id, "day", "Chứng từ", "Ngày", said, said, money=True)
    with pytest.raises(Refused, match="Sửa phiếu"):
        review.settle(book, question, said, "Hoa")


def test_who_ended_what_another_pc_was_editing_is_asked_and_the_record_stays_until_then(book: Book) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    with book.transact("members.end", "Hoa") as transaction:
        transaction.retire(lan)
    written_beside(book, lan.id, OtherPc(), team="Tổ 2")
    (task,) = review.tasks(book)
    assert (task.what, task.now.text) == ("Người lao động Lê Thị Lan", "Sửa Tổ công đoàn: Tổ 2")
    assert (task.others[0].who, [choice.text for choice in task.choices]) == ("Hoa (máy này)", ["Giữ lại", "Bỏ"])
    assert review.count(book) == 1
    done = task.choices[0].does(book, "", "Hoa")  # type: ignore[misc]
    assert done.said == "Người lao động Lê Thị Lan: giữ lại."
    assert (review.count(book), review.tasks(book)) == (0, [])
    kept = book.get(Person, lan.id)
    assert kept is not None
    assert kept.team == "Tổ 2"
    assert book.verify().first_fault is None
    with pytest.raises(Refused, match="đã được xem lại"):
        task.choices[1].does(book, "", "Hoa")  # type: ignore[misc]


@pytest.mark.parametrize("keep", [True, False])
def test_the_answer_to_an_end_reaches_the_other_pc(book: Book, keep: bool) -> None:
    lan, _ = members.add(book, LAN, "Hoa")
    with book.transact("members.end", "Hoa") as transaction:
        transaction.retire(lan)
    pc = OtherPc()
    written_beside(book, lan.id, pc, team="Tổ 2")
    (task,) = review.tasks(book)
    task.choices[0 if keep else 1].does(book, "", "Hoa")  # type: ignore[misc]
    history = journal.history(book.db, lan.id)
    assert history is not None
    assert (history.state.retired, history.state.ends) == (not keep, ())
    assert (book.get(Person, lan.id) is None) is not keep
    # Edited again by who did not see that answer: an edit beside the end, so it is asked anew only if it was ended.
    written_beside(book, lan.id, pc, note="Chuyển ca")
    assert review.count(book) == int(not keep)


def test_what_cannot_be_read_yet_is_told_until_somebody_has_read_it(book: Book) -> None:
    pc = OtherPc()
    pc.write("canteen", {"name": "Bếp ăn"})
    incoming.apply(book, pc.sent, HERE)
    (task,) = review.tasks(book)
    assert (task.what, task.label, review.count(book)) == ("1 mục từ máy khác", "Loại mục mới", 1)
    assert "cập nhật chương trình" in task.told
    task.choices[0].does(book, "", "Hoa")  # type: ignore[misc]
    assert (review.tasks(book), review.count(book)) == ([], 0)
    pc.write("canteen", {"name": "Bếp ăn ca 2"})
    incoming.apply(book, pc.sent[-1:], HERE)
    assert review.count(book) == 1
