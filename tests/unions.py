"""The union of worked example E2: 120 members and 10 insured workers who are none, with their wages of any month."""

from __future__ import annotations

from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Person, Union, Wage
from desktop_app.storage.book import Book, new_id

# how many, insured wage in đồng, member
E2 = ((40, 6500000, True), (50, 8200000, True), (20, 12000000, True), (8, 25000000, True), (2, 60000000, True),
      (10, 6000000, False))  # fmt: skip


def found_union(book: Book, **values: object) -> Union:
    """Save the union of a test book: group 3, dues to the đồng, unless told otherwise."""
    union = build(Union, {"id": new_id(), "code": "40-001", "name": "CĐCS Công ty May Hưng Lộc", **values})
    with book.transact("setup.make", "Hoa") as transaction:
        return transaction.save(union)


def hire(book: Book, name: str, insured: int = 0, **values: object) -> Person:
    """Save a worker, a member unless told otherwise, with a wage from the beginning."""
    net, from_month = values.pop("net", 0), values.pop("from_month", "")
    person = build(Person, {"id": new_id(), "name": name, **values})
    with book.transact("members.add", "Hoa") as transaction:
        transaction.save(person)
        if insured or net:
            wage = {"id": new_id(), "person": person.id, "insured": insured, "net": net, "from_month": from_month}
            transaction.save(build(Wage, wage))
    return person


def hire_e2(book: Book) -> list[Person]:
    """Save the 130 workers of E2."""
    people: list[Person] = []
    with book.transact("members.add", "Hoa") as transaction:
        for count, insured, member in E2:
            for _ in range(count):
                person = build(Person, {"id": new_id(), "name": f"Đậu Thị Số {len(people)}", "member": member})
                people.append(transaction.save(person))
                transaction.save(build(Wage, {"id": new_id(), "person": person.id, "insured": insured}))
    return people


def open_funds(book: Book) -> tuple[Fund, Fund]:
    """Save a cash fund (TM) and a bank account (NH) with the openings of E5."""
    cash = build(Fund, {"id": new_id(), "code": "TM", "kind": "Tiền mặt", "opening": 8500000})
    bank = build(Fund, {"id": new_id(), "code": "NH", "kind": "Tiền gửi", "opening": 42300000})
    with book.transact("fund.add", "Hoa") as transaction:
        return transaction.save(cash), transaction.save(bank)
