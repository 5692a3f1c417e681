"""The matcher that checks every answer must itself be able to fail."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shapes import ANSWERS, departures

GOOD = {"opening": 1, "rows": [{"date": "2026-10-05", "number": "PT10/01", "text": "", "in": 1, "out": 0, "balance": 2}],
        "closing": 2, "totals": {}}  # fmt: skip


@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a.pop("opening"),
        lambda a: a.update(extra=1),
        lambda a: a["rows"][0].update(date="05/10/2026"),
        lambda a: a["rows"][0].update(balance=True),
        lambda a: a["rows"].append(None),
        lambda a: a.update(rows={}),
    ],
)
def test_a_spoiled_answer_departs_from_its_shape(spoil: Any) -> None:
    answer: Any = {**GOOD, "rows": [dict(row) for row in GOOD["rows"]]}  # type: ignore[attr-defined]
    assert list(departures(answer, ANSWERS["report S11"])) == []
    spoil(answer)
    assert list(departures(answer, ANSWERS["report S11"]))
