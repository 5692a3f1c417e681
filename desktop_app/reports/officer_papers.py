"""Papers of officers: the list of a body for its recognition dossier, the list of posts held, one officer's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import resources
from desktop_app.domain import dates
from desktop_app.domain.dates import show_day
from desktop_app.domain.fields import entity_of
from desktop_app.domain.officers import Held
from desktop_app.domain.records import Career, Person, PersonDetail, Term, Union
from desktop_app.domain.wire import from_wire
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.member_papers import shown_birth, signatures
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage import officers, person_more
from desktop_app.storage.book import Book
from desktop_app.storage.person_file import said


class Course(NamedTuple):
    """What a roster asks of one person: the record, its details, the years of union work, elected before or not."""

    person: Person
    detail: PersonDetail
    years: int
    again: bool


def words(kind: str, day: date) -> Mapping[str, Any]:
    """The words and columns of a kind ("roster", "list", "file") in force on a day."""
    versions = [version for version in _papers()[kind] if version["from"] <= day] or _papers()[kind][:1]
    return max(versions, key=lambda version: version["from"])


def roster(book: Book, unit: Union, term: Term, day: date) -> Report:
    """Danh sách trích ngang of those elected for a term, by rank, each person once with the highest post."""
    text, known = words("roster", day), officers.catalogue(day)
    everybody = officers.held(book, day)
    mine: dict[str, Held] = {}
    for one in everybody:
        if one.office.term == term.id and one.post and one.post.body == term.body:
            mine.setdefault(one.office.person, one)
    columns = tuple(Column(**column) for column in text["columns"])
    rows = tuple(
        Row(_cells(book, one, number, _course(book, one, everybody, term, day), text), code=person)
        for number, (person, one) in enumerate(mine.items(), 1)
    )
    women = sum(one.sex == "Nữ" for one in mine.values())
    count = text["count"].replace("[count]", str(len(mine))).replace("[women]", str(women))
    subtitle = text["subtitle"].replace("[body]", known.bodies[term.body].name).replace("[term]", term.name)
    subtitle = subtitle.replace("[since]", show_day(term.since) if term.since else "…")
    return Report(
        "", text["title"], letterhead(unit), subtitle=subtitle,
        sections=(Section(table=Table(columns, rows)), Section(paragraphs=(f"{count} {text['by_hand']}",))),
        signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY, landscape=True,
    )  # fmt: skip


def officer_list(book: Book, unit: Union, held: Sequence[Held], day: date) -> Report:
    """These offices as a list, in the order given."""
    text = words("list", day)
    rows = []
    for number, one in enumerate(held, 1):
        person = book.get(Person, one.office.person)
        rows.append(Row({
            "no": str(number), "name": one.name, "birth": shown_birth(person.birth) if person else "", "sex": one.sex,
            "post": one.office.title, "unit": one.unit, "since": one.office.since,
            "full": "x" if one.full_time else "", "phone": person.phone if person else "",
        }, code=one.office.person))  # fmt: skip
    people = {one.office.person: one.sex for one in held}
    count = text["count"].replace("[people]", str(len(people))).replace("[posts]", str(len(held)))
    count = count.replace("[women]", str(sum(sex == "Nữ" for sex in people.values())))
    columns = tuple(Column(**column) for column in text["columns"])
    return Report(
        "", text["title"], letterhead(unit), subtitle=text["subtitle"].replace("[day]", show_day(day)),
        sections=(Section(table=Table(columns, tuple(rows))), Section(paragraphs=(count,))),
        signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY,
    )  # fmt: skip


def officer_file(book: Book, unit: Union, person: Person, day: date) -> Report:
    """Lý lịch trích ngang: the person, every post held, the lines of the career by kind, and what is missing."""
    text, known = words("file", day), officers.catalogue(day)
    mine = [one for one in officers.held(book, day) if one.office.person == person.id]
    careers = officers.careers(book, person.id)
    sections = [
        Section(text["person"], table=_facts(book, person, text["facts"])),
        _section(text["offices"], _offices(text["office_columns"], mine), text["none"]),
    ]
    for code, name in known.careers.items():
        lines = [line for line in careers if line.kind == code]
        if lines or code in ("CT", "DT"):
            table = _careers(text["career_columns"], lines, text["still"] if code == "CT" else "")
            sections.append(_section(f"{len(sections) + 1}. {name}", table, text["none"]))
    missing = next((one.missing for one in officers.files(book, day) if one.person == person.id), ())
    if missing:
        sections.append(Section(paragraphs=(text["missing"].replace("[missing]", ", ".join(missing)),)))
    return Report(
        "", text["title"], letterhead(unit), subtitle=person.name, period_label=f"Lập ngày {show_day(day)}",
        sections=tuple(sections), signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY,
    )  # fmt: skip


def _course(book: Book, one: Held, everybody: Sequence[Held], term: Term, day: date) -> Course:
    """Years since the first post ever held, and whether the person sat in the same body before this term."""
    own = [other for other in everybody if other.office.person == one.office.person]
    begun = min((other.office.since for other in own if other.office.since), default=day)
    again = any(
        other.post and other.post.body == term.body and other.office.since and term.since
        and other.office.since < term.since for other in own
    )  # fmt: skip
    person = book.get(Person, one.office.person) or from_wire(Person, one.office.person, {})
    detail = person_more.detail(book, person.id) or from_wire(PersonDetail, "", {})
    years = day.year - begun.year - ((day.month, day.day) < (begun.month, begun.day))
    return Course(person, detail, years, again)


def _cells(book: Book, one: Held, number: int, course: Course, text: Mapping[str, Any]) -> dict[str, Cell]:
    person, detail = course.person, course.detail
    born = shown_birth(person.birth)
    languages = said(book, entity_of(PersonDetail).field("languages"), detail.languages)
    work = ", ".join(part for part in (detail.title or person.job, person.workplace or person.team) if part)
    return {
        "no": str(number), "name": one.name, "born_man": "" if one.sex == "Nữ" else born,
        "born_woman": born if one.sex == "Nữ" else "", "ethnic": "", "religion": "", "home": detail.home,
        "post": one.office.title, "work": work, "party": "", "education": person.education,
        "politics": detail.politics, "languages": languages,
        "computing": detail.computing, "years": course.years, "again": text["again"] if course.again else text["anew"],
        "votes": one.office.votes,
    }  # fmt: skip


def _facts(book: Book, person: Person, asked: Sequence[Mapping[str, str]]) -> Table:
    detail = person_more.detail(book, person.id) or from_wire(PersonDetail, "", {})
    records: dict[str, Any] = {"person": person, "detail": detail}
    rows = []
    for one in asked:
        record = records[one["of"]]
        field = entity_of(record).field(one["key"])
        rows.append(Row({"what": field.label, "value": said(book, field, getattr(record, field.name))}))
    return Table((Column("what", "Mục", 55), Column("value", "Nội dung", 115)), tuple(rows))


def _offices(columns: Sequence[Mapping[str, Any]], mine: Sequence[Held]) -> Table:
    latest = sorted(mine, key=lambda one: one.office.since or date.min, reverse=True)
    rows = tuple(
        Row({
            "title": one.office.title + (" (chuyên trách)" if one.office.full_time else ""), "unit": one.unit,
            "since": one.office.since, "until": one.office.until, "means": one.office.means,
            "decision": _paper(one.office.decision, one.office.decision_day), "ended": one.office.ended,
        })
        for one in latest
    )  # fmt: skip
    return Table(tuple(Column(**column) for column in columns), rows)


def _careers(columns: Sequence[Mapping[str, Any]], lines: Sequence[Career], still: str) -> Table:
    """`still` is said of a line that has no end ("nay")."""
    rows = tuple(
        Row({
            "span": _span(line, still),
            "what": line.what, "place": line.place, "result": line.result,
            "document": _paper(line.document, line.document_day),
        })
        for line in lines
    )  # fmt: skip
    return Table(tuple(Column(**column) for column in columns), rows)


def _span(line: Career, still: str) -> str:
    said_days = [dates.parse_partial(day).display for day in (line.since, line.until) if day]
    return " – ".join([*said_days, still] if still and line.since and not line.until else said_days)


def _section(heading: str, table: Table, none: str) -> Section:
    return Section(heading, table=table) if table.rows else Section(heading, (none,))


def _paper(number: str, day: date | None) -> str:
    return ", ".join(part for part in (number, show_day(day) if day else "") if part)


@cache
def _papers() -> Mapping[str, Any]:
    return resources.read("papers/officers.toml")
