"""Officers: elect a body for a term, appoint, end, replace; one transaction each. What looks wrong only warns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.officer_doubts import Doubt
from desktop_app.domain.officers import Catalogue, Held, Post
from desktop_app.domain.records import Office, Person, Term, Union
from desktop_app.storage import officers, payroll
from desktop_app.storage.book import Book, Changes, Transaction, new_id

catalogue, held, holders, terms, doubts = (
    officers.catalogue, officers.held, officers.holders, officers.terms, officers.doubts
)  # fmt: skip
current_term, files, file_share, term_years, signers = (
    officers.current_term, officers.files, officers.file_share, officers.term_years, officers.signers
)  # fmt: skip

_OVER = "Hết nhiệm kỳ"


@dataclass(frozen=True)
class Done:
    """What was written: the offices, what looks wrong with their bodies since, and what was touched."""

    offices: tuple[Office, ...]
    doubts: tuple[Doubt, ...]
    changes: Changes


class Look(NamedTuple):
    """Everything the page shows as of a day."""

    held: list[Held]
    terms: list[Term]
    doubts: list[Doubt]
    files: list[officers.FileState]
    notice_days: int


def look(book: Book, day: date) -> Look:
    """Read officers, terms, doubts and files of full-time officers, and how long before its end a term is told."""
    return Look(held(book, day), terms(book), doubts(book, day), files(book, day), officers.notice_days(book, day))


def elect(
    book: Book, body: str, values: Mapping[str, Any], elected: Sequence[Mapping[str, Any]], by: str
) -> Done:
    """A body elected for a term: `values` of the term; of each elected person, post, votes, full_time, tasks.

    The posts of the body that still run end the day before the term begins ("Hết nhiệm kỳ"); those of an old term that
    is entered late, the day before the next one began. Raises `Refused`; then nothing is stored.
    """
    known = catalogue(_today())
    if body not in known.bodies or not known.bodies[body].term:
        told = "Ban này không bầu theo nhiệm kỳ. Hãy chọn Ban Chấp hành hoặc Ủy ban Kiểm tra."
        raise Refused([Problem("body", told)])
    if not elected:
        raise Refused([Problem("elected", "Hãy ghi những người trúng cử.")])
    term = term_of(book, {**values, "body": body, "id": new_id()})
    assert term.since is not None
    before = term.since - timedelta(days=1)
    later = [one.since for one in terms(book) if one.body == body and one.since and one.since > term.since]
    over = {"until": min(later) - timedelta(days=1), "ended": _OVER} if later else {"until": None}
    with book.transact("officers.elect", by) as transaction:
        for one in held(book, _today()):
            began = one.office.since is None or one.office.since < term.since
            if one.post and one.post.body == body and began and (one.office.until is None or one.office.until > before):
                transaction.save(dataclasses.replace(one.office, until=before, ended=one.office.ended or _OVER))
        transaction.save(term)
        made, problems = [], []
        for number, row in enumerate(elected, 1):
            given = {"means": known.means[0], **over, **row, "since": term.since, "term": term.id}
            try:
                office = _office(book, known, given)
                if (post := known.post_of(office)) is None or post.body != body:
                    raise Refused([Problem("post", f"{office.title} không thuộc {known.bodies[body].name}.")])
            except Refused as refused:
                problems += [Problem("elected", f"Người thứ {number}: {p.problem}") for p in refused.problems]
            else:
                made.append(transaction.save(office))
        if problems:
            raise Refused(problems)
        return _done(book, made, transaction)


def appoint(book: Book, values: Mapping[str, Any], by: str) -> Done:
    """A person takes a post: `person`, `post` (or `title` alone), `since`, and what else is known of it.

    The running term of the body is taken where none is given. Raises `Refused`.
    """
    with book.transact("officers.appoint", by) as transaction:
        return _done(book, [transaction.save(_office(book, catalogue(_today()), values))], transaction)


def change(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Done:
    """What was written of an office is put right. Raises `Refused`."""
    before = _known(book, id_)
    now = {**_plain(before), **values}
    was = catalogue(_today()).post_of(before)
    if now["post"] != (was.code if was else "") and "title" not in values:
        now["title"] = ""
    with book.transact("officers.change", by) as transaction:
        office = dataclasses.replace(_office(book, catalogue(_today()), now, besides=id_), id=id_)
        return _done(book, [transaction.save(office)], transaction)


def end(book: Book, ids: Sequence[str], day: Any, reason: str, by: str) -> Done:
    """Posts end: `day` is the last day they are held. Raises `Refused` if that is before they began."""
    with book.transact("officers.end", by) as transaction:
        return _done(book, [transaction.save(_ended(_known(book, id_), day, reason)) for id_ in ids], transaction)


def replace(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Done:
    """Another person takes the same post (and unit, term) from `since`; the old holder's ends the day before.

    `values`: person, since, and what is known of the new office; `ended` says why the old one went. Raises `Refused`.
    """
    old = _known(book, id_)
    given = dict(values)
    reason = str(given.pop("ended", "") or "")
    inherited = {"post": old.post, "title": old.title, "unit": old.unit, "term": old.term}
    with book.transact("officers.replace", by) as transaction:
        new = _office(book, catalogue(_today()), {**inherited, **given})
        assert new.since is not None
        if new.person == old.person:
            raise Refused([Problem("person", "Đây chính là người đang giữ chức vụ. Hãy chọn người khác.")])
        try:
            over = _ended(old, new.since - timedelta(days=1), reason)
        except Refused as refused:
            raise Refused([Problem("since", p.problem) for p in refused.problems]) from None
        transaction.save(over)
        return _done(book, [transaction.save(new)], transaction)


def sign_as_held(book: Book, by: str) -> Changes:
    """The names under papers become those of who holds the posts today. Raises `Refused` without a union."""
    unit = payroll.union(book)
    with book.transact("officers.sign_as_held", by) as transaction:
        transaction.save(build(Union, {**_plain(unit), **officers.signers(book, _today())}))
        return transaction.changes


def take_back(book: Book, ids: Sequence[str], by: str) -> Changes:
    """An office written by mistake leaves the lists, as if it had not been. Raises `Refused` if it is gone."""
    with book.transact("officers.take_back", by) as transaction:
        for id_ in ids:
            transaction.retire(_known(book, id_))
        return transaction.changes


def term_of(book: Book, values: Mapping[str, Any], besides: str = "") -> Term:
    """The term these values make; its end and name follow from its beginning where none are given. Raises `Refused`."""
    made = build(Term, {**values, "name": values.get("name") or "…"})
    assert made.since is not None
    until = made.until or _years_on(made.since, term_years(book, made.since))
    if until <= made.since:
        raise Refused([Problem("until", "Nhiệm kỳ phải kết thúc sau ngày bắt đầu. Hãy kiểm tra lại hai ngày.")])
    name = f"{made.since.year}–{until.year}" if made.name == "…" else made.name
    for term in terms(book):
        if term.body == made.body and term.since == made.since and term.id != besides:
            raise Refused([Problem("since", f"Đã có nhiệm kỳ {term.name} bắt đầu ngày này. Hãy kiểm tra lại.")])
    return dataclasses.replace(made, until=until, name=name)


def waits(book: Book, day: date) -> Iterator[Doubt]:
    """What the first page tells of officers: terms over or ending within the notice, dossiers not sent, posts of people
    who are gone, pairs of posts one person may not hold."""
    return (one for one in doubts(book, day) if (one.term and one.tone != "info") or (one.person and one.tone == "bad"))


def _done(book: Book, made: Sequence[Office], transaction: Transaction) -> Done:
    known = catalogue(_today())
    bodies = {post.body for office in made if (post := known.post_of(office))}
    people = {office.person for office in made}
    found = [one for one in doubts(book, _today()) if one.person in people or (not one.person and one.body in bodies)]
    return Done(tuple(made), tuple(found), transaction.changes)


def _office(book: Book, known: Catalogue, values: Mapping[str, Any], besides: str = "") -> Office:
    """The office these values make, with all that is wrong with them in one `Refused`."""
    given = dict(values)
    problems: list[Problem] = []
    post = known.posts.get(str(given.get("post") or "")) or known.called(str(given.get("title") or ""))
    if given.get("post") and post is None:
        problems.append(Problem("post", f"Không có chức vụ “{given['post']}”. Hãy chọn trong danh sách."))
    if post is not None:
        given["post"], given["title"] = post.code, given.get("title") or post.name
    elif not given.get("title"):
        problems.append(Problem("post", "Hãy chọn chức vụ."))
        given["title"] = "…"
    if not given.get("person"):
        problems.append(Problem("person", "Hãy chọn người."))
        given["person"] = new_id()
    try:
        made = build(Office, {**given, "id": new_id()})
    except Refused as refused:
        raise Refused([*problems, *refused.problems]) from None
    if made.since is None:
        problems.append(Problem("since", "Hãy nhập ngày bắt đầu giữ chức vụ."))
    if post is not None and post.unit and not made.unit:
        person = book.get(Person, made.person)
        made = dataclasses.replace(made, unit=person.team if person else "")
        if not made.unit:
            problems.append(Problem("unit", f"Hãy ghi tổ, bộ phận của {post.name}."))
    if problems:
        raise Refused(problems)
    _refuse_impossible(book, made, post, besides)
    if post is not None and not made.term and made.since:
        running = current_term(terms(book), post.body, made.since)
        if running is not None and (running.until is None or running.until >= made.since):
            made = dataclasses.replace(made, term=running.id)
    return made


def _refuse_impossible(book: Book, made: Office, post: Post | None, besides: str) -> None:
    """Raises `Refused` for an unknown person, days the wrong way round, or the same post held twice at once."""
    person = book.get(Person, made.person)
    if person is None:
        raise Refused([Problem("person", "Không tìm thấy người này. Hãy chọn lại.")])
    assert made.since is not None
    if made.until and made.until < made.since:
        raise Refused([Problem("until", "Ngày thôi giữ chức vụ phải sau ngày bắt đầu. Hãy kiểm tra lại.")])
    gone = min((day for day in (person.left, person.until) if day), default=None)
    if gone and gone <= made.since:
        raise Refused([Problem("person", f"{person.name} đã thôi từ {show_day(gone)}. Hãy chọn người khác.")])
    known = catalogue(_today())
    for office in book.all(Office):
        same = office.person == made.person and office.unit == made.unit and office.id != besides
        if same and post is not None and known.post_of(office) == post and _overlap(office, made):
            raise Refused([Problem("person", f"{person.name} đang là {office.title} trong thời gian này rồi.")])


def _overlap(one: Office, other: Office) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def _years_on(day: date, years: int) -> date:
    """The last day of a span of years that begins on a day."""
    anniversary = day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
    return anniversary - timedelta(days=1)


def _ended(office: Office, day: Any, reason: str) -> Office:
    made = build(Office, {**_plain(office), "until": day, "ended": reason})
    if made.until is None:
        raise Refused([Problem("day", "Hãy nhập ngày thôi giữ chức vụ.")])
    if made.since and made.until < made.since:
        raise Refused([Problem("day", f"{office.title} giữ từ {show_day(made.since)}: ngày thôi phải sau ngày đó.")])
    return made


def _plain(record: Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}


def _known(book: Book, id_: str) -> Office:
    found = book.get(Office, id_)
    if found is None:
        raise Refused("Không tìm thấy chức vụ này. Hãy mở lại trang.")
    return found


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the accountant's own day
