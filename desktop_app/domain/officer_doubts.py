"""What looks wrong with the bodies of a union on a day: sizes, pairs of posts, terms, dossiers.

Every finding warns and none hinders: these are for the union and the level above to settle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from desktop_app.domain import vietnamese
from desktop_app.domain.dates import show_day
from desktop_app.domain.officers import Catalogue, Held
from desktop_app.domain.records import Dossier, Term, Union


@dataclass(frozen=True)
class Sizes:
    """The rules of size in force for a union; None where nothing is known of that day."""

    most: int | None
    least: int
    standing_from: int
    standing_part: int
    audit_from_members: int
    audit_most: int
    women_board: int
    notice_days: int


class Doubt(NamedTuple):
    """What looks wrong: tone "bad" (a law or term broken), "warn" or "info", a sentence, and what it is about: the
    body, person and term, or the names under papers (`signers`)."""

    tone: str
    text: str
    body: str = ""
    person: str = ""
    term: str = ""
    signers: bool = False


class Heads(NamedTuple):
    """How many members a union has on a day, women among them."""

    members: int
    women: int
    day: date


def doubts(known: Catalogue, sizes: Sizes, held: Sequence[Held], terms: Sequence[Term], heads: Heads) -> list[Doubt]:
    """What looks wrong with the posts held on a day in a union of so many members, the gravest first."""
    members, women, day = heads
    now = [one for one in held if one.on(day)]
    if not now:
        return []
    found = [
        *_of_pairs(known, now), *_of_single(known, now), *_of_gone(now, day), *_of_sizes(sizes, now, members),
        *_of_bodies(known, sizes, now, members, women), *_of_words(now), *_of_terms(known, sizes, terms, now, day),
    ]  # fmt: skip
    return sorted(found, key=lambda one: ("bad", "warn", "info").index(one.tone))


def _of_pairs(known: Catalogue, now: Sequence[Held]) -> Iterator[Doubt]:
    """Một người kiêm hai việc không kiêm được."""
    posts: dict[str, dict[str, Held]] = {}
    for one in now:
        if one.post:
            posts.setdefault(one.office.person, {})[one.post.code] = one
    for person, mine in posts.items():
        for pair in known.pairs:
            if all(code in mine for code in pair.posts):
                first, second = (known.posts[code].name for code in pair.posts)
                yield Doubt("bad", f"{mine[pair.posts[0]].name} vừa là {first} vừa là {second}: {pair.why}.",
                            known.posts[pair.posts[1]].body, person)  # fmt: skip


def _of_single(known: Catalogue, now: Sequence[Held]) -> Iterator[Doubt]:
    """Two people in a post that one holds."""
    single: dict[tuple[str, str], list[Held]] = {}
    for one in now:
        if one.post and one.post.one:
            single.setdefault((one.post.code, one.unit if one.post.unit else ""), []).append(one)
    for (code, unit), holders in single.items():
        if len({one.office.person for one in holders}) > 1 and (unit or not known.posts[code].unit):
            names = ", ".join(one.name for one in holders)
            where = f" {unit}" if unit else ""
            text = f"{known.posts[code].name}{where} đang có {len(holders)} người: {names}. Hãy ghi thôi người cũ."
            yield Doubt("warn", text, known.posts[code].body, holders[0].office.person)


def _of_gone(now: Sequence[Held], day: date) -> Iterator[Doubt]:
    """Posts of people who are no longer there."""
    gone = {one.office.person: one for one in now if one.left and one.left <= day}
    for person, one in gone.items():
        when = show_day(one.left) if one.left else ""
        text = f"{one.name} đã thôi từ {when} nhưng vẫn ghi là {one.office.title}. Hãy ghi thôi chức vụ."
        yield Doubt("bad", text, one.post.body if one.post else "", person)


def _people(now: Sequence[Held], *groups: str) -> int:
    return len({one.office.person for one in now if one.post and one.post.group in groups})


def _of_sizes(sizes: Sizes, now: Sequence[Held], members: int) -> Iterator[Doubt]:
    """Số ủy viên Ban Chấp hành, Ban Thường vụ, Ủy ban Kiểm tra."""
    committee = _people(now, "committee", "standing")
    if sizes.most is not None and committee > sizes.most:
        text = f"Ban Chấp hành có {committee} người, nhiều hơn {sizes.most} người của công đoàn có {members} đoàn viên."
        yield Doubt("warn", text, "BCH")
    elif 0 < committee < sizes.least:
        yield Doubt("warn", f"Ban Chấp hành có {committee} người, ít nhất là {sizes.least}.", "BCH")
    if any(one.post and one.post.group == "standing" and not one.post.one and one.post.code == "UVBTV" for one in now):
        standing = _people(now, "standing")
        if committee < sizes.standing_from:
            text = f"Ban Chấp hành có {committee} người nên chưa lập Ban Thường vụ (từ {sizes.standing_from} người)."
            yield Doubt("warn", text, "BCH")
        elif standing * sizes.standing_part > committee:
            text = f"Ban Thường vụ có {standing} người, quá 1/{sizes.standing_part} của {committee} ủy viên BCH."
            yield Doubt("warn", text, "BCH")
    audit = len({one.office.person for one in now if one.post and one.post.body == "UBKT"})
    if audit > sizes.audit_most:
        yield Doubt("warn", f"Ủy ban Kiểm tra có {audit} người, nhiều nhất là {sizes.audit_most}.", "UBKT")


def _of_bodies(known: Catalogue, sizes: Sizes, now: Sequence[Held], members: int, women: int) -> Iterator[Doubt]:
    """Bodies and posts that are wanting."""
    posts = {one.post.code for one in now if one.post}
    bodies = {one.post.body for one in now if one.post}
    for code in ("CT", "KT", "TQ"):
        if code not in posts:
            yield Doubt("warn", f"Chưa có {known.posts[code].name}.", known.posts[code].body)
    if "UBKT" not in bodies and members >= sizes.audit_from_members:
        yield Doubt("info", f"Công đoàn có {members} đoàn viên, chưa ghi Ủy ban Kiểm tra.", "UBKT")
    if "NC" not in bodies and women >= sizes.women_board:
        yield Doubt("info", f"Công đoàn có {women} nữ đoàn viên, chưa ghi Ban Nữ công.", "NC")


def _of_words(now: Sequence[Held]) -> Iterator[Doubt]:
    """Titles of old lists that are no post known: they count in no body."""
    strange = [one for one in now if one.post is None]
    if strange:
        titles = ", ".join(dict.fromkeys(one.office.title for one in strange))
        text = f"Chưa rõ chức vụ nào, chưa tính vào ban nào: {titles}. Hãy mở dòng đó và chọn chức vụ."
        yield Doubt("info", text, person=strange[0].office.person)


def _of_terms(
    known: Catalogue, sizes: Sizes, terms: Sequence[Term], now: Sequence[Held], day: date
) -> Iterator[Doubt]:
    """Terms of office that are over or end soon, and seats that are empty; a body's last term counts."""
    last: dict[str, Term] = {}
    for term in sorted(terms, key=lambda one: one.since or date.min):
        if term.since is None or term.since <= day:
            last[term.body] = term
    for body, term in last.items():
        name = known.bodies[body].name if body in known.bodies else body
        seats = len({one.office.person for one in now if one.post and one.post.body == body})
        if term.planned and seats != term.planned:
            told = "khuyết" if seats < term.planned else "thừa"
            by = f"{told} {abs(term.planned - seats)} người so với {term.planned} người Đại hội quyết định"
            yield Doubt("warn", f"{name} có {seats} người, {by}.", body)
        if term.until is None:
            continue
        if term.until < day:
            yield Doubt("bad", f"{name} nhiệm kỳ {term.name} đã hết từ {show_day(term.until)}.", body, term=term.id)
        elif term.until <= day + timedelta(days=sizes.notice_days):
            text = f"{name} nhiệm kỳ {term.name} hết ngày {show_day(term.until)}. Hãy chuẩn bị đại hội."
            yield Doubt("warn", text, body, term=term.id)


def signer_doubts(known: Catalogue, now: Sequence[Held], unit: Union) -> Iterator[Doubt]:
    """Names printed under papers that are not those of who holds the posts."""
    for one in now:
        if one.post is None or not one.post.signs:
            continue
        printed = getattr(unit, one.post.signs)
        if vietnamese.clean(printed).casefold() != vietnamese.clean(one.name).casefold():
            told = f"là {printed}" if printed else "để trống"
            text = f"Giấy tờ in {one.post.name} {told}, theo chức vụ là {one.name}. Bấm để ghi lại người ký."
            yield Doubt("warn", text, known.posts[one.post.code].body, signers=True)


class Papers(NamedTuple):
    """What a recognition dossier must hold (code → name), and in how many working days it goes up."""

    bodies: tuple[str, ...]
    papers: Mapping[str, str]
    days: int


def dossier_doubts(wanted: Papers, term: Term, dossier: Dossier | None, day: date) -> Iterator[Doubt]:
    """What the dossier of a term still lacks: papers, sending in time, the decision."""
    if term.body not in wanted.bodies or (dossier and dossier.decision):
        return
    had = {one.paper for one in dossier.papers} if dossier else set()
    missing = [name for code, name in wanted.papers.items() if code not in had]
    if dossier and dossier.sent:
        yield Doubt("info", f"Hồ sơ công nhận nhiệm kỳ {term.name} đã gửi {show_day(dossier.sent)}, chờ quyết định.",
                    term.body, term=term.id)  # fmt: skip
        return
    begun = term.first_meeting or term.since
    due = working_days_after(begun, wanted.days) if begun else None
    late = due is not None and due < day
    when = f" (hạn {show_day(due)})" if due else ""
    lacking = f" Còn thiếu: {', '.join(missing)}." if missing else ""
    text = f"Chưa gửi hồ sơ đề nghị công nhận nhiệm kỳ {term.name}{when}.{lacking}"
    yield Doubt("bad" if late else "warn", text, term.body, term=term.id)


def working_days_after(day: date, count: int) -> date:
    """The day `count` working days (Monday to Friday) after a day; public holidays are not known here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
