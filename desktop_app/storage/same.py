"""People entered twice: which ids are one person, and every row that names one of them read as the survivor's.

A pair (`PersonPair`) says of two ids that they are one person. Whoever pairs join are one group; its survivor is the
smallest id that stands, so that no order of merges on any PC can cycle or differ. The journal keeps every id as it was
written. Only rows, which are derived, follow: the others of a group leave the lists, and a row that refers to one of
them holds the survivor's id; so whatever counts, sums or joins people needs to know nothing of it. A pair taken back
makes those rows from the journal again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from desktop_app.domain.fields import Entity, entities, entity_of
from desktop_app.domain.records import Person
from desktop_app.storage import journal, rows

Links = Mapping[str, set[str]]


def all_of(db: Any) -> dict[str, str]:
    """Who is read as whom: the id of everybody hidden, and of the survivor."""
    return dict(db.conn.execute("SELECT person, survivor FROM person_same").fetchall())


def merged_into(db: Any, survivor: str) -> list[str]:
    """The ids that are read as this one, in order."""
    found = db.conn.execute("SELECT person FROM person_same WHERE survivor = ? ORDER BY person", [survivor])
    return [id_ for (id_,) in found.fetchall()]


def group_of(db: Any, person: str) -> set[str]:
    """Everybody who is one with a person, the person too."""
    into = rows.survivor(db, person)
    return {into, *merged_into(db, into)}


def entered(db: Any, person: str) -> Person | None:
    """The record of a person as entered, merged or not; None if it is unknown, ended or erased."""
    history = journal.history(db, person)
    if history is None or history.hidden or history.state.retired:
        return None
    record: Person
    record, _ = journal.told(entity_of(Person), person, history.state.values)
    return record


def written_person(db: Any, record: str) -> str:
    """The person whom a record (an id) names as it was written, whoever that is read as now; "" if nobody."""
    history = journal.history(db, record)
    named = history.state.values.get("person") if history else None
    return str(UUID(bytes=named)) if named else ""


def edited_since(db: Any) -> list[str]:
    """Whose records (ids) were written on after they were merged, by a PC that did not know?"""
    found = db.conn.execute(
        "SELECT s.person, s.seen FROM (SELECT m.person, (SELECT max(CASE m.person WHEN p.one THEN p.one_seen"
        " ELSE p.other_seen END) FROM person_pairs p WHERE p.same = 'Có' AND p.retired = 0"
        " AND m.person IN (p.one, p.other)) AS seen FROM person_same m) s ORDER BY s.person"
    ).fetchall()
    return [person for person, seen in found if journal.entries_of(db, person) > (seen or 0)]


def concerned(db: Any, touched: Mapping[str, str]) -> set[str]:
    """The people whose group may be another now that these records ({id: entity}) were touched."""
    if db.conn.execute("SELECT 1 FROM person_pairs LIMIT 1").fetchone() is None:
        return set()
    found: set[str] = set()
    for id_, entity in touched.items():
        if entity == "person_pair":
            found.update(*db.conn.execute("SELECT one, other FROM person_pairs WHERE id = ?", [id_]).fetchall())
        elif entity == "person":
            asked = "SELECT 1 FROM person_pairs WHERE one = ? OR other = ? LIMIT 1"
            found |= {id_} if db.conn.execute(asked, [id_, id_]).fetchone() else set()
    return found


def regroup(db: Any, people: Iterable[str]) -> dict[str, str]:
    """Settle anew who is one with these people (ids), inside a commit; answers every record ({id: entity}) whose row
    was made again.
    """
    now, links = all_of(db), _links(db)
    scope: set[str] = set()
    waiting = set(people)
    while waiting:
        one = waiting.pop()
        if one in scope:
            continue
        scope.add(one)
        survivor = now.get(one, one)
        waiting |= links.get(one, set()) | {survivor} | {id_ for id_, into in now.items() if into == survivor}
    wanted = _groups(db, scope, links)
    changed = {id_ for id_ in scope if now.get(id_) != wanted.get(id_)}
    if not changed:
        return {}
    for id_ in changed:
        db.conn.execute("DELETE FROM person_same WHERE person = ?", [id_])
        if id_ in wanted:
            db.conn.execute("INSERT INTO person_same (person, survivor) VALUES (?, ?)", [id_, wanted[id_]])
    return _made_again(db, changed | {now[id_] for id_ in changed if id_ in now})


def regroup_all(db: Any) -> None:
    """Settle every group, where rows were made without looking at pairs."""
    regroup(db, set(_links(db)) | set(all_of(db)))


def fault(db: Any) -> str | None:
    """The first person who is read as another one than the pairs say, as a sentence."""
    links, now = _links(db), all_of(db)
    wanted = _groups(db, set(links), links)
    wrong = next((id_ for id_ in sorted({*now, *wanted}) if now.get(id_) != wanted.get(id_)), None)
    return f"Người lao động {wrong} được gộp khác với nhật ký." if wrong else None


def referring() -> Iterator[tuple[Entity, str]]:
    """Every entity with its field that refers to a person: `owner` stands for that of files."""
    for declared in entities().values():
        yield from ((declared, field.name) for field in declared.fields if field.to == "person")
        if "owner_entity" in declared.defaults:
            yield declared, "owner"


def _links(db: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    told = db.conn.execute("SELECT one, other FROM person_pairs WHERE same = 'Có' AND retired = 0")
    for one, other in told.fetchall():
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _groups(db: Any, scope: Iterable[str], links: Links) -> dict[str, str]:
    """Of everybody here who is not the survivor of a group, who is. An erased person joins nobody."""
    wanted: dict[str, str] = {}
    seen: set[str] = set()
    for start in scope:
        if start in seen or start not in links:
            continue
        group, waiting = set(), {start}
        while waiting:
            one = waiting.pop()
            group.add(one)
            waiting |= links.get(one, set()) - group
        seen |= group
        states = {id_: history.state for id_ in group if (history := journal.history(db, id_)) is not None}
        standing = [id_ for id_, state in states.items() if not state.retired]
        if standing:
            into = min(standing)
            wanted |= {id_: into for id_, state in states.items() if id_ != into and not state.erased}
    return wanted


def _made_again(db: Any, people: set[str]) -> dict[str, str]:
    """The rows of these people, and of every record that names one, from the journal."""
    again = dict.fromkeys(sorted(people), "person")
    marks = ", ".join("?" * len(people))
    for declared, name in referring():
        found = db.conn.execute(f'SELECT id FROM {declared.table} WHERE "{name}" IN ({marks})', list(people))  # noqa: S608
        again |= {id_: declared.name for (id_,) in found.fetchall()}
    known = entities()
    for id_, entity in again.items():
        history = journal.history(db, id_)
        if history is not None and not history.hidden:
            record, _ = journal.told(known[entity], id_, history.state.values)
            rows.put(db, record, retired=history.state.retired)
    return again
