"""What is asked about officers: who takes a post, replaces, leaves it; a line of a career; a term and its dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.actions import members, officer_files, officers, overview
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import entity_of
from desktop_app.domain.officers import Held
from desktop_app.domain.records import Career, Dossier, Office, Term
from desktop_app.storage.book import Book
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, Tick
from desktop_app.ui.widgets.form import Field, Form, fields_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

_MOST_FOUND = 12
_OFFICE = ("unit", "full_time", "means", "votes", "decision", "decision_day", "tasks")
_TERM = ("name", "since", "until", "congress", "first_meeting", "planned")
_DOSSIER = ("sent", "sent_to", "note", "decision", "decision_day")


def find_people(book: Book, text: str) -> list[Choice]:
    """The people a line that asks for a person offers."""
    found = overview.find_people(book, text, _MOST_FOUND)
    return [Choice(id_, name, " · ".join(part for part in (team, card) if part)) for id_, name, team, card in found]


def person_edit(desk: Desk) -> PickEdit:
    """A line that asks for a person."""
    return PickEdit(lambda text: find_people(desk.book, text), placeholder="Tên, số thẻ, CCCD")


def post_choices(desk: Desk, body: str = "") -> list[Choice]:
    """The posts one can pick, of one body or of all with the body behind."""
    known = officers.catalogue(desk.today())
    return [
        Choice(post.code, post.name, "" if body else known.bodies[post.body].name)
        for post in known.posts.values() if not body or post.body == body
    ]  # fmt: skip


def picked(form: Form, name: str) -> str:
    """The value picked in a line of choices, "" if none was."""
    choice = form.fields[name].editor.choice()
    return str(choice.value) if choice else ""


def ask_office(desk: Desk, over: QWidget, held: Held | None, tell: Callable[[str, officers.Done], object]) -> Ask:
    """*Thêm chức vụ*, or an office `held` to put right."""
    form = Form(
        {
            "person": Field("Người", person_edit(desk), required=True),
            "post": Field("Chức vụ", PickEdit(post_choices(desk)), required=True),
            "since": Field("Từ ngày", DayEdit(desk.today), required=True),
            "until": Field("Đến ngày (bỏ trống nếu đang giữ)", DayEdit(desk.today)),
            **_office_fields(desk),
        },
        columns=2, wide=("tasks",),
    )  # fmt: skip
    if held is None:
        form.set_values({"since": desk.today()})
    else:
        office = held.office
        form.set_values({name: getattr(office, name) for name in ("since", "until", *_OFFICE)})
        form.set_values({"full_time": held.full_time})
        form.fields["person"].editor.set_value(office.person, held.name)
        form.fields["post"].editor.set_value(held.post.code if held.post else office.title)

    def does(values: Mapping[str, Any]) -> None:
        given = {**values, "person": picked(form, "person"), "post": picked(form, "post")}
        if held is not None and not given["post"]:
            given["title"] = held.office.title
        name = form.fields["person"].editor.text()
        if held is None:
            done = officers.appoint(desk.book, given, desk.by)
        else:
            done = officers.change(desk.book, held.office.id, given, desk.by)
        tell(f"Đã ghi {done.offices[0].title}: {name}.", done)

    title = "Thêm chức vụ" if held is None else "Sửa chức vụ"
    sentence = "Người được bầu bổ sung, chỉ định hoặc phân công." if held is None else "Sửa điều đã ghi sai."
    asking = Ask(title, sentence, form, does, act="Ghi", over=over)
    asking.setMinimumWidth(theme.worn().px(520))
    return asking


def ask_replace(desk: Desk, over: QWidget, held: Held, tell: Callable[[str, officers.Done], object]) -> Ask:
    """*Thay người*: the old one ends the day before the new one begins."""
    ends = [Choice(word, word) for word in officers.catalogue(desk.today()).ends]
    form = Form(
        {
            "person": Field("Người thay", person_edit(desk), required=True),
            "since": Field("Từ ngày", DayEdit(desk.today), required=True),
            "ended": Field(f"Vì sao {held.name} thôi", PickEdit(ends, free=True)),
            **{name: field for name, field in _office_fields(desk).items() if name not in ("unit", "votes")},
        },
        columns=2,
    )
    form.set_values({"since": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        given = {**values, "person": picked(form, "person")}
        done = officers.replace(desk.book, held.office.id, given, desk.by)
        tell(f"{form.fields['person'].editor.text()} thay {held.name} làm {held.office.title}.", done)

    sentence = f"{held.office.title} {held.office.unit}".strip() + f": thay {held.name}."
    return Ask("Thay người", sentence, form, does, act="Ghi thay", over=over)


def ask_end(desk: Desk, over: QWidget, rows: list[Held], tell: Callable[[str, officers.Done], object]) -> Ask:
    """*Thôi chức vụ*: since when and why."""
    ends = [Choice(word, word) for word in officers.catalogue(desk.today()).ends]
    form = Form(
        {
            "day": Field("Ngày cuối cùng giữ chức vụ", DayEdit(desk.today), required=True),
            "ended": Field("Lý do", PickEdit(ends, free=True)),
        }
    )
    form.set_values({"day": desk.today()})
    who = f"{rows[0].name}, {rows[0].office.title}" if len(rows) == 1 else f"{len(rows)} chức vụ đã chọn"

    def does(values: Mapping[str, Any]) -> None:
        ids = [row.office.id for row in rows]
        tell(f"Đã ghi thôi: {who}.", officers.end(desk.book, ids, values["day"], values["ended"] or "", desk.by))

    return Ask("Thôi chức vụ", f"Thôi chức vụ: {who}.", form, does, act="Ghi thôi", over=over)


def ask_career(desk: Desk, over: QWidget, person: str, name: str, line: Career | None) -> Ask:
    """A line of an officer's course, new or put right."""
    kinds = [Choice(code, word) for code, word in officers.catalogue(desk.today()).careers.items()]
    fields = fields_of(
        entity_of(Career), ("kind", "since", "until", "what", "place", "result", "document", "document_day"),
        {"kind": PickEdit(kinds), "document_day": DayEdit(desk.today)},
    )  # fmt: skip
    form = Form({"kind": fields.pop("kind"), **fields}, columns=2, wide=("kind", "what"))
    if line is not None:
        form.set_values({field: getattr(line, field) or None for field in form.fields})

    def does(values: Mapping[str, Any]) -> None:
        given = {**values, "kind": picked(form, "kind")}
        officer_files.keep_career(desk.book, person, given, desk.by, line.id if line else "")
        desk.say(f"Đã ghi vào quá trình của {name}.")
        desk.changed({"career"})

    def drop() -> None:
        assert line is not None
        desk.changed(officer_files.drop_career(desk.book, line.id, desk.by).entities)
        desk.say(f"Đã bỏ một dòng trong quá trình của {name}.")

    sentence = f"{name}. Thời gian có thể chỉ ghi năm hoặc tháng."
    also = ("Bỏ dòng này", drop) if line is not None else None
    return Ask("Quá trình công tác, đào tạo", sentence, form, does, act="Ghi", over=over, also=also)


def ask_term(desk: Desk, over: QWidget, term: Term) -> Ask:
    """A term and its recognition dossier: which papers are ready, when it was sent, what was decided."""
    declared = entity_of(Term)
    known = officers.catalogue(desk.today())
    days = {name: DayEdit(desk.today) for name in ("since", "until", "congress", "first_meeting")}
    fields = fields_of(declared, _TERM, days)
    wanted = officer_files.papers_wanted(term.since or desk.today())
    papers = wanted.papers if term.body in wanted.bodies else {}
    for code, name in papers.items():
        fields[f"had.{code}"] = Field(name, Tick())
        fields[f"number.{code}"] = Field("Số", LineEdit(longest=60))
        fields[f"day.{code}"] = Field("Ngày", DayEdit(desk.today))
    if papers:
        sent = {name: DayEdit(desk.today) for name in ("sent", "decision_day")}
        fields |= fields_of(entity_of(Dossier), _DOSSIER, sent)
    form = Form(fields, columns=3)
    form.set_values({name: getattr(term, name) or None for name in _TERM})
    kept = officer_files.dossier(desk.book, term.id)
    if kept is not None and papers:
        form.set_values({name: getattr(kept, name) for name in _DOSSIER})
        for paper in kept.papers:
            form.set_values({f"had.{paper.paper}": True, f"number.{paper.paper}": paper.number, f"day.{paper.paper}": paper.day})

    def does(values: Mapping[str, Any]) -> None:
        of_term = {name: values[name] for name in _TERM}
        had = {
            code: {"number": values[f"number.{code}"], "day": values[f"day.{code}"]}
            for code in papers if values[f"had.{code}"] or values[f"number.{code}"] or values[f"day.{code}"]
        }  # fmt: skip
        about = {name: values[name] for name in _DOSSIER} if papers else None
        officer_files.keep_term(desk.book, term.id, of_term, desk.by, about=about, papers=had)
        desk.say(f"Đã ghi nhiệm kỳ {term.name}.")
        desk.changed({"term", "dossier"})

    body = known.bodies[term.body].name if term.body in known.bodies else term.body
    sentence = f"{body}, nhiệm kỳ {term.name}."
    if papers:
        sentence += f" Hồ sơ đề nghị công nhận gửi trong {wanted.days} ngày làm việc sau phiên họp thứ nhất."
    asking = Ask("Nhiệm kỳ và hồ sơ công nhận", sentence, form, does, act="Ghi", over=over)
    asking.setMinimumWidth(theme.worn().px(840))
    return asking


def ask_signers(desk: Desk, over: QWidget) -> Ask:
    """The names under papers become those of who holds the posts."""
    posts, named = officers.catalogue(desk.today()).posts.values(), officers.signers(desk.book, desk.today())
    told = ", ".join(f"{post.name} {named[post.signs]}" for post in posts if post.signs in named)

    def does(_: Mapping[str, Any]) -> None:
        changes = officers.sign_as_held(desk.book, desk.by)
        desk.say("Đã ghi người ký theo chức vụ.")
        desk.changed(changes.entities)

    return Ask("Người ký", f"Ghi người ký trên giấy tờ theo chức vụ: {told}.", Form({}), does, act="Ghi", over=over)


def take_back(desk: Desk, done: officers.Done) -> None:
    """*Hoàn tác* of a post just added."""
    desk.changed(officers.take_back(desk.book, [office.id for office in done.offices], desk.by).entities)


def drop(desk: Desk, over: Any, rows: list[Held]) -> None:
    """*Bỏ dòng ghi nhầm*."""
    try:
        changes = officers.take_back(desk.book, [row.office.id for row in rows], desk.by)
    except Refused as refused:
        over.say(str(refused), "warn")
    else:
        desk.say(f"Đã bỏ {len(rows)} dòng ghi nhầm.")
        desk.changed(changes.entities)


def _office_fields(desk: Desk) -> dict[str, Field]:
    means = [Choice(word, word) for word in officers.catalogue(desk.today()).means]
    teams = [Choice(team, team) for team in members.teams(desk.book)]
    given = {"unit": PickEdit(teams, free=True), "means": PickEdit(means, free=True), "decision_day": DayEdit(desk.today)}
    return fields_of(entity_of(Office), _OFFICE, given)

