"""Movements of members and workers: what each kind does, which may follow which, where a person stands after them.

A person of whom no movement is written stands as the record says (*Ngày vào công đoàn*, *Ngày thôi*): these days are
the first movements, told by the record itself. With the first movement that is written they are written too, and
from then on the record follows the movements (`settle`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktop_app.domain import dates, vietnamese
from desktop_app.domain.records import Movement, Person


@dataclass(frozen=True)
class Kind:
    """A kind of movement: `does` is "in", "out", "pause", "resume", "move", "correct", "hire" or "quit".

    `stays`: who went out still works here. `paper` is the document it rests on ("" none). `consent`: who went out so
    is admitted again only with the level above's written consent. `reasons` are words offered, `hint` what to mind.
    """

    code: str
    name: str
    does: str
    who: str
    stays: bool = False
    paper: str = ""
    consent: bool = False
    evidence: str = ""
    reasons: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Kinds:
    """The kinds in force: by code; months before one is admitted again; days ahead; kinds of a record's own days.

    `pause_months`: how long a suspension may last. `card_days`: how long a transfer card may be taken. `managers`: what
    a job begins with of whom admission is doubted, and `manager_told` the doubt.
    """

    kinds: Mapping[str, Kind]
    readmit_months: int
    ahead_days: int
    first: Mapping[str, str]
    pause_months: int = 12
    card_days: int = 90
    managers: tuple[str, ...] = ()
    manager_told: str = ""

    def does(self, movement: Movement) -> str:
        """What a movement does; "" of a kind this program does not know (written by a newer one)."""
        kind = self.kinds.get(movement.kind)
        return kind.does if kind else ""

    def name(self, code: str) -> str:
        """The Vietnamese name of a kind."""
        return self.kinds[code].name if code in self.kinds else code


class Told(Protocol):
    """What a record of a person tells of where the person stands."""

    @property
    def id(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def joined(self) -> date | None: ...
    @property
    def left(self) -> date | None: ...
    @property
    def member(self) -> bool: ...


@dataclass(frozen=True)
class Standing:
    """Where a person stands: works here, member, suspended; the days the record keeps; how membership last ended.

    `counted` says whether the days are those of a membership (also one that ended).
    """

    here: bool
    member: bool
    paused: bool = False
    counted: bool = False
    joined: date | None = None
    left: date | None = None
    until: date | None = None
    ended_by: str = ""
    ended: date | None = None


@dataclass(frozen=True)
class Step:
    """A movement with where the person stood before and stands after."""

    movement: Movement
    before: Standing
    after: Standing


def told_by(kinds: Kinds, person: Told) -> list[Movement]:
    """The movements that a record tells by its own days, while none are written. They have no id."""
    told = []
    if person.member and person.joined:
        told.append(_by_record(person, kinds.first["in"], person.joined))
    if person.left:
        code = kinds.first["out" if person.member else "quit"]
        told.append(_by_record(person, code, person.left))
    return told


def steps(kinds: Kinds, person: Told, written: Sequence[Movement]) -> list[Step]:
    """The whole history of a person, oldest first; movements that cannot follow (made on another PC) change nothing."""
    movements = sorted(written, key=order) if written else told_by(kinds, person)
    now = start = _start(kinds, person, movements)
    found: list[Step] = []
    for movement in movements:
        after = _after(kinds, now, movement, found)
        found.append(Step(movement, now, after))
        now = after
    return found or [Step(_by_record(person, "", None), start, start)]


def order(movement: Movement) -> tuple[date, str]:
    """Movements happen by day; of one day in the order written."""
    return (movement.day or date.min, movement.id)


def standing(history: Sequence[Step], day: date) -> Standing:
    """Where the person stood at the end of a day."""
    now = history[0].before
    for step in history:
        if step.movement.day is not None and step.movement.day > day:
            break
        now = step.after
    return now


def team_before(kinds: Kinds, team: str, history: Sequence[Step], place: int) -> str:
    """The tổ a person was of before the movement at `place`: the one the next move inside the union led away from."""
    for step in history[place:]:
        if step.movement.to_unit and kinds.does(step.movement) in ("move", "correct"):
            return step.movement.from_unit
    return team


def settle(kinds: Kinds, person: Person, written: Sequence[Movement]) -> Person:
    """The person's record as the written movements say it."""
    now = steps(kinds, person, written)[-1].after
    return dataclasses.replace(person, member=now.counted, joined=now.joined, left=now.left, until=now.until)


def effective(history: Sequence[Step]) -> list[Step]:
    """The steps that hold: neither corrections nor what they corrected."""
    undone = {step.movement.corrects for step in history if step.movement.corrects}
    return [s for s in history if s.movement.kind and not s.movement.corrects and s.movement.id not in undone]


def fault(kinds: Kinds, name: str, history: Sequence[Step], new: Movement) -> tuple[str, str]:
    """Why a new movement cannot follow, as (field, sentence); ("", "") if it can. `name` is the person's."""
    now, kind, day = history[-1].after, kinds.kinds[new.kind], new.day
    assert day is not None
    last = history[-1].movement
    if last.day is not None and day < last.day:
        told = f"{kinds.name(last.kind)} ngày {dates.show_day(last.day)}"
        if kind.does in ("out", "quit") and kinds.does(last) == "in":
            return "day", f"Ngày thôi phải sau ngày vào công đoàn ({name}: {told}). Hãy kiểm tra lại ngày."
        return "day", f"Ngày này trước biến động sau cùng của {name} ({told}). Hãy kiểm tra lại ngày."
    if now.ended_by == "TT" and not now.member and kind.does != "correct":
        return "kind", f"{name} đã từ trần. Nếu ghi nhầm, hãy điều chỉnh biến động đó."
    if sentence := _FAULTS[kind.does](kinds, name, now, new, history):
        return "kind" if kind.does != "correct" else "", sentence
    ended = kinds.kinds.get(now.ended_by)
    if new.kind == "KNL" and ended and ended.consent and not new.document:
        needs = "cần văn bản đồng ý của công đoàn cấp trên. Hãy ghi số văn bản đó"
        return "document", f"{name} đã bị {ended.name.lower()}: kết nạp lại {needs}."
    return "", ""


def _in(kinds: Kinds, name: str, now: Standing, new: Movement, _: Sequence[Step]) -> str:
    if now.member:
        return f"{name} đang là đoàn viên. Hãy chọn loại biến động khác."
    if new.kind == "KN" and now.ended_by:
        return f"{name} đã từng là đoàn viên ở đây. Hãy chọn Kết nạp lại hoặc Chuyển đến."
    if new.kind == "KN" and not now.here:
        return f"{name} đã nghỉ việc. Hãy ghi Vào làm trước khi kết nạp."
    if new.kind == "KNL":
        if not now.ended_by and now.here:
            return f"{name} chưa từng thôi là đoàn viên ở đây. Hãy chọn Kết nạp mới hoặc Chuyển đến."
        if now.ended is not None and new.day is not None:
            first = dates.shift_months(now.ended, kinds.readmit_months)
            if new.day < first:
                told = f"{name} thôi là đoàn viên ngày {dates.show_day(now.ended)}"
                wait = f"sau {kinds.readmit_months} tháng, từ ngày {dates.show_day(first)}"
                return f"{told}; chỉ được kết nạp lại {wait}."
    return ""


def doubtful_job(kinds: Kinds, job: str) -> bool:
    """Whether a job's words are of those who may not be admitted at a private employer (HD 38 mục 1.2)."""
    folded = vietnamese.fold(job)
    return any(folded.startswith(vietnamese.fold(word)) for word in kinds.managers)


def _member(kinds: Kinds, name: str, now: Standing, new: Movement, _: Sequence[Step]) -> str:
    if not now.member:
        ended = f" ({kinds.name(now.ended_by)} ngày {dates.show_day(now.ended)})" if now.ended_by and now.ended else ""
        return f"{name} không còn là đoàn viên{ended}." if ended else f"{name} chưa là đoàn viên."
    if new.kind == "TD" and now.paused:
        return f"{name} đang tạm dừng sinh hoạt rồi."
    if new.kind == "KP" and not now.paused:
        return f"{name} không tạm dừng sinh hoạt."
    return ""


def _move(kinds: Kinds, name: str, now: Standing, new: Movement, _: Sequence[Step]) -> str:
    if not now.here:
        return f"{name} không còn làm việc ở đây."
    if new.from_unit == new.to_unit:
        return f"{name} đang ở {new.to_unit} rồi."
    return ""


def _hire(kinds: Kinds, name: str, now: Standing, new: Movement, _: Sequence[Step]) -> str:
    if now.member or now.here:
        return f"{name} đang làm việc ở đây."
    if now.ended_by == "CDI":
        return f"{name} đã chuyển sinh hoạt đi. Hãy chọn Chuyển đến hoặc Kết nạp lại."
    return ""


def _quit(kinds: Kinds, name: str, now: Standing, new: Movement, _: Sequence[Step]) -> str:
    if now.member:
        return f"{name} là đoàn viên. Hãy chọn Thôi việc, Nghỉ hưu hoặc Chuyển đi."
    return "" if now.here else f"{name} đã nghỉ việc rồi."


def _correct(kinds: Kinds, name: str, now: Standing, new: Movement, history: Sequence[Step]) -> str:
    holds = effective(history)
    if not holds or holds[-1].movement.id != new.corrects:
        last = f" ({kinds.name(holds[-1].movement.kind)})" if holds else ""
        return f"Hãy điều chỉnh biến động sau cùng của {name}{last} trước."
    return "" if new.reason else "Hãy ghi lý do điều chỉnh."


_FAULTS = {
    "in": _in, "out": _member, "pause": _member, "resume": _member, "move": _move, "hire": _hire, "quit": _quit,
    "correct": _correct,
}  # fmt: skip


def _by_record(person: Told, kind: str, day: date | None) -> Movement:
    """A movement that is not written."""
    return Movement(
        id="", person=person.id, kind=kind, day=day,
        from_unit="", to_unit="", document="", document_day=None, reason="", corrects="",
    )  # fmt: skip


def _start(kinds: Kinds, person: Told, movements: Sequence[Movement]) -> Standing:
    """Where a person stood before the first movement: what that movement leads away from, else what the record says."""
    does = next((d for m in movements if (d := kinds.does(m)) and d != "move"), "")
    if does in ("in", "hire", "quit"):
        first = next(m for m in movements if kinds.does(m) == does)
        return Standing(here=does != "hire" and first.kind != "CDEN", member=False)
    member = bool(does) or person.member
    return Standing(here=True, member=member, counted=member, joined=None if does or not member else person.joined)


def _after(kinds: Kinds, now: Standing, movement: Movement, past: Sequence[Step]) -> Standing:
    kind, day = kinds.kinds.get(movement.kind), movement.day
    does = kind.does if kind else ""
    if does == "in" and not now.member:
        return dataclasses.replace(
            now, here=True, member=True, paused=False, counted=True, joined=day, left=None, until=None
        )
    if does == "out" and kind and now.member:
        gone = dataclasses.replace(now, member=False, paused=False, ended_by=kind.code, ended=day)
        return dataclasses.replace(gone, until=day) if kind.stays else dataclasses.replace(gone, here=False, left=day)
    if does in ("pause", "resume") and now.member:
        return dataclasses.replace(now, paused=does == "pause")
    if does == "hire" and not now.here:
        return dataclasses.replace(now, here=True, left=None, until=now.until or now.ended)
    if does == "quit" and now.here and not now.member:
        return dataclasses.replace(now, here=False, left=day)
    if does == "correct":
        wrong = next((step for step in past if step.movement.id == movement.corrects), None)
        return _undone(now, wrong.before, day) if wrong else now
    return now


def _undone(now: Standing, before: Standing, day: date | None) -> Standing:
    """Back to where the person stood before what was corrected; a membership by mistake ends on the day of that."""
    if now.member and not before.member:
        if before.here:
            return dataclasses.replace(before, counted=True, joined=now.joined, left=None, until=day)
        return dataclasses.replace(before, counted=True, joined=now.joined, left=day, until=None)
    return before
