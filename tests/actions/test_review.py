"""What two PCs wrote differently is shown with both values and settled by a person's word, on every PC."""

from __future__ import annotations

import dataclasses

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
    assert review.questions(book) == []
    assert incoming.overlapping(book) == 0
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
    said = review.Said("PC10/01", "Hoa", dataclasses.MISSING, "PC10/01")  # type: ignore[arg-type]
    question = review.Question("voucher", voucher.id, "number", "Chứng từ", "Số", said, said, money=True)
    with pytest.raises(Refused, match="Sửa phiếu"):
        review.settle(book, question, said, "Hoa")
