"""The parts of a person's full record: which fields stand on which tab, with the editors that suit them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import resources
from desktop_app.domain import papers
from desktop_app.domain.extras import CHOICE, DAY
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Child, Consent, ExtraField, PersonDetail
from desktop_app.storage import codes
from desktop_app.ui.widgets.editors import BirthEdit, DayEdit, LineEdit
from desktop_app.ui.widgets.form import Field, Form, fields_of
from desktop_app.ui.widgets.lines_edit import Cell, LinesEdit
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

PLACES = ("xa-nghe-an-2025", "tinh-2025")
_HOME = ("home", "home_code", "address_code", "cccd_day", "cccd_place", "emergency", "emergency_phone", "rented")
_WORK = ("title", "job_code", "skill", "covered", "insurance")
_LEARNT = ("schooling", "specialty", "degree", "politics", "administration", "computing")
_UNION = ("decision", "card_day", "card_kind")
_LISTED = ("schooling", "politics", "administration", "computing", "skill", "degree", "card_kind", "cccd_place")


def forms(today: Callable[[], date]) -> dict[str, Form]:
    """The forms of the details by part: home, work, learnt, union, family."""
    own = _editors(today)
    declared = entity_of(PersonDetail)
    learnt = fields_of(declared, _LEARNT, own)
    learnt["languages"] = Field("", _languages())
    return {
        "home": Form(fields_of(declared, _HOME, own), columns=2, wide=("home",)),
        "work": Form(fields_of(declared, _WORK, own), columns=3),
        "learnt": Form(learnt, columns=3, wide=("languages",)),
        "union": Form(fields_of(declared, _UNION, own), columns=3),
        "family": Form(fields_of(declared, ("married",)), columns=3),
    }


def numbers(today: Callable[[], date]) -> LinesEdit:
    """Other phones, old cards and papers."""
    kinds = [Choice(kind, kind) for kind in papers.KINDS]
    cells = (
        Cell("kind", "Loại", lambda: PickEdit(kinds), 3),
        Cell("value", "Số", partial(LineEdit, longest=40), 4),
        Cell("since", "Từ ngày", lambda: DayEdit(today), 3),
        Cell("until", "Đến ngày", lambda: DayEdit(today), 3),
        Cell("note", "Ghi chú", partial(LineEdit, longest=100), 4),
    )
    return LinesEdit(cells, "Thêm số, giấy tờ")


def children() -> LinesEdit:
    """The children, for gifts."""
    sexes = [Choice(option, option) for option in entity_of(Child).field("sex").options]
    cells = (
        Cell("name", "Họ và tên con", partial(LineEdit, longest=100), 5),
        Cell("birth", "Ngày hoặc năm sinh", BirthEdit, 3),
        Cell("sex", "Giới tính", lambda: PickEdit(sexes), 2),
    )
    return LinesEdit(cells, "Thêm con")


def consents(today: Callable[[], date], versions: Sequence[str]) -> LinesEdit:
    """When, how and to which text the person consented."""
    ways = [Choice(option, option) for option in entity_of(Consent).field("form").options]
    texts = [Choice(version, version) for version in versions]
    cells = (
        Cell("day", "Ngày đồng ý", lambda: DayEdit(today), 3),
        Cell("form", "Hình thức", lambda: PickEdit(ways), 3),
        Cell("version", "Bản nội dung", lambda: PickEdit(texts, free=True), 3),
        Cell("withdrawn", "Ngày rút lại", lambda: DayEdit(today), 3),
        Cell("note", "Ghi chú", partial(LineEdit, longest=300), 4),
    )
    return LinesEdit(cells, "Thêm lần đồng ý")


def extras(today: Callable[[], date], asked: Sequence[ExtraField]) -> Form:
    """The fields that the province asks."""
    return Form({field.code: Field(field.label, _extra_editor(field, today)) for field in asked}, columns=2)


def _extra_editor(field: ExtraField, today: Callable[[], date]) -> Any:
    if field.kind == DAY:
        return DayEdit(today)
    if field.kind == CHOICE:
        return PickEdit([Choice(word, word) for word in field.choices.get("of", ())])
    return LineEdit(longest=300)


def offered(name: str) -> Sequence[Choice]:
    """The usual words of a field, to pick from."""
    return [Choice(word, word) for word in _words()[name]]


def places() -> PickEdit:
    """A commune of the province, or another province."""
    return PickEdit([Choice(value, name) for value, name in codes.offered(*PLACES)])


def _words() -> Mapping[str, Any]:
    return resources.read("catalogues/person.toml")["offer"][-1]


def _editors(today: Callable[[], date]) -> dict[str, Any]:
    own: dict[str, Any] = {name: PickEdit(offered(name), free=True) for name in _LISTED}
    own |= {name: places() for name in ("home_code", "address_code")}
    own |= {name: DayEdit(today) for name in ("cccd_day", "card_day")}
    return own


def _languages() -> LinesEdit:
    known, levels = offered("language"), offered("level")
    cells = (
        Cell("name", "Ngoại ngữ", lambda: PickEdit(known, free=True), 3),
        Cell("level", "Trình độ", lambda: PickEdit(levels, free=True), 3),
    )
    return LinesEdit(cells, "Thêm ngoại ngữ")
