"""The full record of a person: details, other numbers and children, saved as one with the list's own fields apart.

What is sensitive is not here (`actions.sensitive`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import resources
from desktop_app.actions import members
from desktop_app.domain import papers
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.extras import read as read_extra
from desktop_app.domain.fields import build, entity_of
from desktop_app.domain.records import Child, Consent, Extra, ExtraField, Person, PersonDetail, PersonNumber
from desktop_app.storage import extras as extra_fields
from desktop_app.storage import person_more, sensitive
from desktop_app.storage.book import Book, Changes, Transaction, new_id

DETAILS = tuple(field.name for field in entity_of(PersonDetail).fields if field.name != "person")
"""The fields of a person's details, by name: what `save` and `put_details` take."""


class PersonRecord(NamedTuple):
    """What the record of a person shows besides the list's own fields."""

    person: Person
    detail: PersonDetail | None
    numbers: Sequence[PersonNumber]
    children: Sequence[Child]
    consents: Sequence[Consent]
    extras: Mapping[str, str]


def read(book: Book, id_: str) -> PersonRecord:
    """The record of a person. Raises `Refused` if the list shown was old."""
    person = members.person_of(book, id_)
    id_ = person.id
    return PersonRecord(
        person, person_more.detail(book, id_), person_more.numbers(book, id_), person_more.children(book, id_),
        sensitive.consents(book, id_), {code: held[0].value for code, held in extra_fields.of(book, id_).items()},
    )  # fmt: skip


def consent_versions() -> list[str]:
    """The versions of the text that people consent to, the newest first."""
    told = resources.read("papers/consent.toml")["consent"]
    return [text["version"] for text in sorted(told, key=lambda text: text["from"], reverse=True)]


def save(
    book: Book,
    id_: str,
    values: Mapping[str, Any],
    by: str,
    *,
    numbers: Iterable[Mapping[str, Any]] | None = None,
    children: Iterable[Mapping[str, Any]] | None = None,
    consents: Iterable[Mapping[str, Any]] | None = None,
    extras: Mapping[str, Any] | None = None,
) -> Changes:
    """Change the details given by `values`, and replace numbers, children, consents by those given (None = they stay).

    `extras` are values of the province's fields by code, those not given stay.

    A row with an `id` changes that record, one without is new, and a record that no row names is put away. Raises
    `Refused` with a problem a field (`numbers.0.value` = the first row of numbers); then nothing is stored.
    """
    members.person_of(book, id_)
    problems: list[Problem] = []
    with book.transact("members.record", by) as transaction:
        _collect(problems, "", lambda: put_details(book, transaction, id_, values))
        if numbers is not None:
            made = _built(PersonNumber, id_, numbers, problems, where="numbers", check=_checked)
            _replace(transaction, person_more.numbers(book, id_), made)
        if children is not None:
            grown = _built(Child, id_, children, problems, where="children")
            _replace(transaction, person_more.children(book, id_), grown)
        if consents is not None:
            agreed = _built(Consent, id_, consents, problems, where="consents", check=_withdrawn)
            _replace(transaction, sensitive.consents(book, id_), agreed)
        _put_extras(book, transaction, id_, extras or {}, problems)
        if problems:
            raise Refused(problems)
        return transaction.changes


def put_details(book: Book, transaction: Transaction, person: str, values: Mapping[str, Any]) -> PersonDetail | None:
    """Change details of a person inside an open transaction; fields not given stay, and nothing makes no record.

    Raises `Refused` for wrong values.
    """
    known = person_more.details(book, person)
    own = {"id": new_id(), "person": person}
    held = person_more.together(known) if known else build(PersonDetail, own)
    kept = {name: getattr(held, name) for name in DETAILS}
    typed = {name: value for name, value in values.items() if name in DETAILS}
    made = build(PersonDetail, {**kept, **typed, "id": held.id, "person": person})
    if not known and made == held:
        return None
    for twin in known[1:]:
        transaction.retire(twin)
    return transaction.save(made)


def asked(book: Book) -> list[ExtraField]:
    """The province's fields that are asked today and are not sensitive (those are with the sensitive facts)."""
    return [field for field in extra_fields.asked(book, date.today()) if not field.sensitive]  # noqa: DTZ011


def _put_extras(
    book: Book, transaction: Transaction, person: str, given: Mapping[str, Any], problems: list[Problem]
) -> None:
    held = extra_fields.of(book, person)
    for field in asked(book):
        if field.code not in given:
            continue
        before, typed = held.get(field.code, []), given[field.code]
        try:
            empty = typed is None or not str(typed).strip()
            choices = field.choices.get("of", ())
            value = "" if empty else read_extra(field.kind, choices, typed, date.today())  # noqa: DTZ011
        except ValueError as error:
            problems.append(Problem(f"extras.{field.code}", f"{field.label}: {error}"))
            continue
        for twin in before[1:] if value else before:
            transaction.retire(twin)
        if value and not (before and before[0].value == value):
            told = {"id": before[0].id if before else new_id(), "person": person, "code": field.code, "value": value}
            transaction.save(build(Extra, told))


def _collect(problems: list[Problem], where: str, does: Any) -> Any:
    try:
        return does()
    except Refused as refused:
        problems += [Problem(f"{where}{p.field}", p.problem) for p in refused.problems]
        return None


def _built(
    record: Any, person: str, given: Iterable[Mapping[str, Any]], problems: list[Problem], *, where: str,
    check: Any = lambda made: made,
) -> list[Any]:  # fmt: skip
    made = []
    for number, row in enumerate(given):
        values = {**row, "id": row.get("id") or new_id(), "person": person}
        one = _collect(problems, f"{where}.{number}.", lambda values=values: check(build(record, values)))
        made.append(one)
    return [one for one in made if one is not None]


def _checked(number: PersonNumber) -> PersonNumber:
    try:
        value = papers.check_number(number.kind, number.value)
    except ValueError as error:
        raise Refused([Problem("value", str(error))]) from None
    if number.since and number.until and number.until < number.since:
        raise Refused([Problem("until", "Đến ngày phải sau Từ ngày. Hãy kiểm tra lại hai ngày.")])
    return dataclasses.replace(number, value=value)


def _withdrawn(consent: Consent) -> Consent:
    if consent.day and consent.withdrawn and consent.withdrawn < consent.day:
        raise Refused([Problem("withdrawn", "Ngày rút lại phải sau ngày đồng ý. Hãy kiểm tra lại hai ngày.")])
    return consent


def _replace(transaction: Transaction, known: Sequence[Any], made: Sequence[Any]) -> None:
    kept = {one.id for one in made}
    for one in known:
        if one.id not in kept:
            transaction.retire(one)
    for one in made:
        transaction.save(one)
