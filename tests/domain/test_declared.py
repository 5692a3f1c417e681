"""A record is whole and never changed, whichever is the first of its kind."""

from __future__ import annotations

import dataclasses

import pytest

from desktop_app.domain.fields import entities, text
from desktop_app.domain.fields import entity as declare
from desktop_app.domain.records import Line, Voucher


def test_a_record_is_compared_copied_and_never_changed() -> None:
    paid = Voucher(id="a", kind="PC", lines=(Line(item="33", amount_out=5),))
    numbered = dataclasses.replace(paid, number="PC10/01")
    assert dataclasses.replace(numbered, number="") == paid
    assert len({paid, dataclasses.replace(paid), numbered}) == 2
    for change in (lambda: setattr(paid, "number", "PC10/02"), lambda: delattr(paid, "number")):
        with pytest.raises(dataclasses.FrozenInstanceError, match="'number' of Voucher"):
            change()


def test_the_first_record_of_a_kind_is_made_like_every_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.domain.fields._BY_NAME", dict(entities()))

    @declare("gift", "gifts", "Quà")
    class Gift:
        id: str
        name: str = text("Tên")

    with pytest.raises(TypeError, match="'id'"):
        Gift()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="price"):
        Gift(id="a", price=5)  # type: ignore[call-arg]
    assert Gift("a") == Gift(id="a", name="")
    assert repr(Gift("a", name="Bánh")).endswith("Gift(id='a', name='Bánh')")
    assert len({type(one).__init__ for one in (Gift("a"), Gift("b"))}) == 1


def test_facts_of_two_records_are_not_the_same_mapping() -> None:
    kind = next(e for e in entities().values() if any(f.kind == "facts" for f in e.fields))
    field = next(f.name for f in kind.fields if f.kind == "facts")
    first, second = kind.record(id="a"), kind.record(id="b")
    assert getattr(first, field) == {}
    assert getattr(first, field) is not getattr(second, field)
