"""Figures of years before the book: what an old settlement said, to stand beside the years kept here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("past_year", "past_years", "Số liệu năm trước", largest=8192)
class PastYear:
    """One settlement brought in: `cells` are đồng by mã of today's form, `form` is the key of the form it was on."""

    id: str
    year: int = f.whole("Năm", least=1990)
    form: str = f.text("Mẫu", longest=20)
    cells: Mapping[str, Any] = f.facts("Số liệu", merge="contact")
    source: str = f.text("Tệp", longest=200)
