"""Whatever is recorded in whatever allowed order, heads at the end = heads at the start + in − out."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import movements as rules
from desktop_app.domain.movements import steps
from desktop_app.domain.records import Movement, Person
from desktop_app.storage.movements import kinds

KINDS = kinds(date(2026, 1, 1))
FIRST = date(2025, 1, 1)


def person(**told: object) -> Person:
    return Person(id="p", name="Lê Thị Lan", team="Tổ 1", **told)  # type: ignore[arg-type]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Person, list[Movement]]:
    """A person and movements of any kinds at any days, those kept that may follow what was before."""
    member = draw(st.booleans())
    joined = draw(st.sampled_from([None, FIRST - timedelta(days=400)])) if member else None
    who, day, written = person(member=member, joined=joined), FIRST, list[Movement]()
    for code in draw(st.lists(st.sampled_from(sorted(KINDS.kinds)), max_size=14)):
        day += timedelta(days=draw(st.sampled_from([0, 1, 40, 100])))
        history = steps(KINDS, who, written)
        new = Movement(id=f"{len(written):04}", person="p", kind=code, day=day, reason="ghi nhầm")
        if KINDS.does(new) == "move":
            new = dataclasses.replace(new, from_unit=who.team, to_unit="Tổ 2" if who.team == "Tổ 1" else "Tổ 1")
        if KINDS.does(new) == "correct" and (holds := rules.effective(history)):
            new = dataclasses.replace(new, corrects=holds[-1].movement.id)
        if rules.fault(KINDS, who.name, history, new)[1]:
            continue
        if not written:
            written = [dataclasses.replace(m, id=f"!{n}") for n, m in enumerate(rules.told_by(KINDS, who))]
        written.append(new)
        who = rules.settle(KINDS, who, written)
        if KINDS.does(new) == "move":
            who = dataclasses.replace(who, team=new.to_unit)
    return who, written


@given(histories(), st.integers(0, 1500))
def test_heads_balance_over_any_span_and_the_record_says_what_the_movements_say(
    made: tuple[Person, list[Movement]], span: int
) -> None:
    who, written = made
    history = steps(KINDS, who, written)
    cut = FIRST + timedelta(days=span)
    for first, last in ((FIRST, cut), (cut + timedelta(days=1), FIRST + timedelta(days=2000))):
        inside = [s for s in history if s.movement.day and first <= s.movement.day <= last]
        start = rules.standing(history, first - timedelta(days=1))
        moved = sum(int(s.after.member) - int(s.before.member) for s in inside)
        assert int(rules.standing(history, last).member) == int(start.member) + moved
    now = history[-1].after
    assert (who.member and not who.left and not who.until) == now.member
    assert (who.left is None) == now.here
    assert rules.settle(KINDS, who, written) == who


def test_nobody_leaves_twice_and_the_sentence_says_when_it_was() -> None:
    lan = person(member=True, joined=date(2020, 4, 1), left=date(2026, 3, 2))
    told = Movement(id="x", person="p", kind="NH", day=date(2026, 5, 1))
    field, sentence = rules.fault(KINDS, lan.name, steps(KINDS, lan, []), told)
    assert (field, sentence) == ("kind", "Lê Thị Lan không còn là đoàn viên (Thôi việc ngày 02/03/2026).")


def test_readmission_waits_three_months() -> None:
    lan = person(member=True, joined=date(2020, 4, 1), left=date(2025, 11, 30))
    again = Movement(id="x", person="p", kind="KNL", day=date(2026, 2, 27))
    assert "từ ngày 28/02/2026" in rules.fault(KINDS, lan.name, steps(KINDS, lan, []), again)[1]
    later = dataclasses.replace(again, day=date(2026, 2, 28))
    assert rules.fault(KINDS, lan.name, steps(KINDS, lan, []), later)[1] == ""


def test_after_a_transfer_only_a_transfer_back_or_readmission_follows() -> None:
    lan = person(member=True)
    gone = [Movement(id="1", person="p", kind="CDI", day=date(2026, 1, 5))]
    after = steps(KINDS, lan, gone)
    allowed = {
        code
        for code in KINDS.kinds
        if not rules.fault(KINDS, "Lan", after, Movement(id="2", person="p", kind=code, day=date(2026, 9, 1), to_unit="Tổ 2"))[1]
    }
    assert allowed == {"CDEN", "KNL"}
