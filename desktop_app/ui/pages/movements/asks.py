"""What is asked before a movement is written: kind, day, units, document, reason; and why one is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.actions import members, movements
from desktop_app.domain.fields import entity_of
from desktop_app.domain.movements import Kind
from desktop_app.domain.records import Movement
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import DayEdit, LineEdit
from desktop_app.ui.widgets.form import Field, Form, fields_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

VERBS = (
    ("KN", "Kết nạp…"), ("CDI", "Chuyển đi…"), ("TV", "Thôi việc…"), ("NH", "Nghỉ hưu…"),
    ("TD", "Tạm dừng sinh hoạt…"), ("KP", "Khôi phục sinh hoạt…"), ("CNB", "Chuyển tổ…"),
)  # fmt: skip
"""Verbs of the list of members, by the code of the kind."""


def fields(desk: Desk) -> dict[str, Field]:
    """The fields that every movement has."""
    declared = entity_of(Movement)
    return {
        "day": Field("Ngày có hiệu lực", DayEdit(desk.today), required=True),
        "to_unit": Field("Đến tổ, đơn vị", PickEdit((), free=True)),
        "from_unit": Field("Từ đơn vị", LineEdit(longest=200)),
        **fields_of(declared, ("document",)),
        "document_day": Field("Ngày văn bản", DayEdit(desk.today)),
        "reason": Field(entity_of(Movement).field("reason").label, PickEdit((), free=True)),
    }


def suit(form: Form, kind: Kind | None, teams: Sequence[str]) -> None:
    """Show the fields a kind needs: where to, where from, and which paper it rests on."""
    does, code = (kind.does, kind.code) if kind else ("", "")
    to, source = form.fields["to_unit"], form.fields["from_unit"]
    to.setVisible(does == "move" or code == "CDI")
    source.setVisible(code == "CDEN")
    to.name("Chuyển đến tổ" if does == "move" else "Chuyển đến đơn vị")
    to.editor.offer([Choice(team, team) for team in teams] if does == "move" else [])
    form.fields["document"].note(f"Số {kind.paper}" if kind and kind.paper else "")
    form.fields["reason"].editor.offer([Choice(reason, reason) for reason in kind.reasons] if kind else [])
    form.fields["day"].note(kind.hint if kind else "")


def ask_movement(desk: Desk, over: QWidget, code: str, people: Sequence[tuple[str, str]]) -> Ask:
    """Record a movement of one kind for these people, given as (id, name)."""
    kind = movements.kinds(desk.today()).kinds[code]
    form = Form(fields(desk), columns=2, wide=("reason",))
    suit(form, kind, members.teams(desk.book))
    form.set_values({"day": desk.today()})
    who = people[0][1] if len(people) == 1 else f"{len(people):,} người đã chọn".replace(",", ".")

    def does(values: Mapping[str, Any]) -> None:
        done = movements.record(desk.book, [id_ for id_, _ in people], {**values, "kind": code}, desk.by)
        tell(desk, f"Đã ghi {kind.name.lower()}: {who}.", done)

    return Ask(kind.name, f"{kind.name}: {who}.", form, does, act="Ghi biến động", over=over)


def ask_correction(desk: Desk, over: QWidget, id_: str, name: str, what: str) -> Ask:
    """Correct a movement by a counter-entry on a day, for a reason."""
    form = Form(
        {
            "day": Field("Ngày điều chỉnh", DayEdit(desk.today), required=True),
            "reason": Field("Lý do", LineEdit(longest=300), required=True),
        }
    )
    form.set_values({"day": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        tell(desk, f"Đã điều chỉnh {what.lower()} của {name}.", movements.correct(desk.book, id_, values, desk.by))

    sentence = f"Ghi một bút toán ngược cho “{what}” của {name}. Biến động cũ vẫn còn trong danh sách."
    return Ask("Điều chỉnh", sentence, form, does, act="Ghi điều chỉnh", over=over)


def tell(desk: Desk, sentence: str, done: movements.Recorded) -> None:
    """Say what was recorded and what is missing, with the way back."""
    ids = [movement.id for movement in done.movements]
    said = " ".join([sentence, *done.doubts])
    desk.say(said, "Hoàn tác", partial(take_back, desk, ids))
    desk.changed(done.changes.entities)


def take_back(desk: Desk, ids: Sequence[str]) -> None:
    """Take movements back, as *Hoàn tác* and *Bỏ biến động* do."""
    desk.changed(movements.take_back(desk.book, ids, desk.by).entities)


