"""What is kept about officers besides their posts: the lines of a career, a term with its recognition dossier."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.actions import officers as officers_done
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Career, Dossier, Person, Term
from desktop_app.storage import officers
from desktop_app.storage.book import Book, Changes, new_id

careers, dossier, papers_wanted = officers.careers, officers.dossier, officers.papers_wanted


def keep_career(book: Book, person: str, values: Mapping[str, Any], by: str, id_: str = "") -> Career:
    """A line of a person's course, new or (`id_`) put right: kind, since, until, what, place, result, document.

    Raises `Refused`.
    """
    if book.get(Person, person) is None:
        raise Refused([Problem("person", "Không tìm thấy người này. Hãy chọn lại.")])
    made = build(Career, {**values, "id": id_ or new_id(), "person": person})
    problems = []
    if made.kind not in officers.catalogue(date.today()).careers:  # noqa: DTZ011
        problems.append(Problem("kind", f"Không có loại “{made.kind}”. Hãy chọn trong danh sách."))
    if made.since and made.until:
        begun, over = dates.parse_partial(made.since), dates.parse_partial(made.until)
        if over.last < begun.first:
            problems.append(Problem("until", "Đến phải sau Từ. Hãy kiểm tra lại hai ngày."))
    if problems:
        raise Refused(problems)
    with book.transact("officers.keep_career", by) as transaction:
        return transaction.save(made)


def drop_career(book: Book, id_: str, by: str) -> Changes:
    """A line written by mistake leaves the course. Raises `Refused` if it is gone."""
    found = book.get(Career, id_)
    if found is None:
        raise Refused("Không tìm thấy dòng này. Hãy mở lại trang.")
    with book.transact("officers.drop_career", by) as transaction:
        transaction.retire(found)
        return transaction.changes


def keep_term(
    book: Book, id_: str, values: Mapping[str, Any], by: str, *,
    about: Mapping[str, Any] | None = None, papers: Mapping[str, Mapping[str, Any]] | None = None,
) -> Changes:  # fmt: skip
    """What is written of a term is put right, and its recognition dossier with it: `papers` that are ready (code →
    number, day), and where the dossier stands (`about`: sent, sent_to, decision, decision_day, note).

    Raises `Refused`, for a paper that is not of the dossier or a day before the term too; then nothing is stored.
    """
    known = book.get(Term, id_)
    if known is None:
        raise Refused("Không tìm thấy nhiệm kỳ này. Hãy mở lại trang.")
    before = {f.name: getattr(known, f.name) for f in dataclasses.fields(known)}
    term = dataclasses.replace(officers_done.term_of(book, {**before, **values}, besides=id_), id=id_)
    made = None if about is None else _dossier(book, term, about, papers or {})
    with book.transact("officers.keep_term", by) as transaction:
        transaction.save(term)
        if made is not None:
            transaction.save(made)
        return transaction.changes


def _dossier(
    book: Book, term: Term, about: Mapping[str, Any], papers: Mapping[str, Mapping[str, Any]]
) -> Dossier:
    assert term.since is not None
    wanted = papers_wanted(term.since)
    strange = [code for code in papers if code not in wanted.papers]
    if strange:
        raise Refused([Problem("papers", f"Hồ sơ không có giấy tờ “{strange[0]}”.")])
    known = dossier(book, term.id)
    had = [{"paper": code, **papers[code]} for code in wanted.papers if code in papers]
    made = build(Dossier, {**about, "id": known.id if known else new_id(), "term": term.id, "papers": had})
    for field in ("sent", "decision_day"):
        day = getattr(made, field)
        if day and day < term.since:
            told = f"Ngày này trước khi nhiệm kỳ bắt đầu ({dates.show_day(term.since)}). Hãy kiểm tra lại."
            raise Refused([Problem(field, told)])
    if made.decision_day and not made.decision:
        raise Refused([Problem("decision", "Hãy ghi số quyết định công nhận.")])
    return made
