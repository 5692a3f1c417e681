"""The forms as data: every formula, rule, source and signer of every version can be read, each with its evidence."""

from __future__ import annotations

from datetime import date

import pytest

import resources
from desktop_app.domain.formulas import cells_in
from desktop_app.domain.records import Union
from desktop_app.reports import forms
from desktop_app.reports.forms import codes, form
from desktop_app.storage.items import shipped

TODAY = date(2026, 11, 24)
FACTS = {"cash", "bank", "offset", "receivable", "payable", "all_in", "all_out", "previous", "drafts", "open_months",
         "workers", "members", "fee_fund", "dues_fund", "full_time"}  # fmt: skip
EVIDENCE = {"found", "used", "high", "medium", "low", "design"}


@pytest.mark.parametrize("code", codes())
def test_a_form_reads_only_cells_and_facts_there_are(code: str) -> None:
    declared = form(code, TODAY, None)
    known = {row.key for row in declared.rows} | FACTS
    read = [cell for row in declared.rows for cell in cells_in(row.formula)]
    read += [cell for rule in declared.rules for side in (rule.left, rule.right, rule.bad) for cell in cells_in(side)]
    assert set(read) <= known
    assert {signer.who for signer in declared.signers} - {""} <= {f for f in vars(Union) if not f.startswith("_")}
    assert declared.table_columns(shipped(TODAY))
    assert all(rule.bad for rule in declared.rules if rule.severity == "error")


@pytest.mark.parametrize("name", resources.names("forms"))
def test_every_part_of_a_form_says_how_sure_it_is(name: str) -> None:
    for version in resources.read(name)["form"]:
        parts = [*version["columns"], *version.get("rows", ()), *version.get("basics", ())]
        assert {part["evidence"] for part in parts} | {version["note_evidence"]} <= EVIDENCE


def test_every_item_is_on_the_settlement() -> None:
    assert {item.code for item in shipped(TODAY)} == set(form("B07", TODAY, None).codes)


def test_an_old_report_is_made_with_the_form_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = resources.read("forms/S81.toml")["form"][0]
    later = {**declared, "from": date(2027, 1, 1), "note": ["Mẫu số S81-TLĐ (2027)"]}
    monkeypatch.setattr(resources, "names", lambda _: ["forms/S81.toml"])
    monkeypatch.setattr(resources, "read", lambda _: {"form": [later, declared]})
    caches = (forms.codes, forms._versions, forms._declared)
    for cache in caches:
        cache.cache_clear()
    try:
        assert form("S81", date(2026, 12, 31), None).note[0] == "Mẫu số S81-TLĐ"
        assert form("S81", date(2027, 1, 1), None).note[0] == "Mẫu số S81-TLĐ (2027)"
        assert form("S81", date(2020, 1, 1), None).note[0] == "Mẫu số S81-TLĐ"
    finally:
        for cache in caches:
            cache.cache_clear()
