"""The fields that the province adds to the record of a person in every unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import uuid_utils

from desktop_app.domain import extras, fields
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import ExtraField
from sync.server import publishing

MOST_CHOICES = 60


def defined() -> list[ExtraField]:
    """The fields as last defined, those first that came first."""
    return list({field.code: field for field in publishing.told("extra_field")}.values())


def define(given: Mapping[str, object], who: str) -> ExtraField:
    """Define a field, or define one of that code anew, in every unit; `choices` are lines of text or a list.

    Raises `Refused` for what is missing or wrong, and for another kind than people have already filled in.
    """
    words = given.get("choices") or ""
    lines = words.splitlines() if isinstance(words, str) else [str(word) for word in words if word]  # type: ignore[attr-defined]
    choices = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    made = fields.build(
        ExtraField,
        {**given, "id": str(uuid_utils.uuid7()), "choices": {"of": choices} if choices else {}},
        today=date.today(),  # noqa: DTZ011 - the staff's own day
    )
    problems = []
    if (made.kind == extras.CHOICE) != bool(choices):
        told = "Hãy ghi các lựa chọn, mỗi dòng một mục." if not choices else "Chỉ kiểu Lựa chọn mới có các lựa chọn."
        problems.append(Problem("choices", told))
    if len(choices) > MOST_CHOICES or any(len(choice) > 100 for choice in choices):
        problems.append(Problem("choices", f"Nhiều nhất {MOST_CHOICES} lựa chọn, mỗi lựa chọn dài nhất 100 ký tự."))
    if made.since and made.until and made.until <= made.since:
        problems.append(Problem("until", "Đến ngày phải sau Áp dụng từ ngày."))
    known = next((field for field in defined() if field.code == made.code), None)
    if known is not None and (known.kind, known.sensitive) != (made.kind, made.sensitive):
        told = f"Mục {known.code} đã có với kiểu {known.kind}{', nhạy cảm' if known.sensitive else ''}."
        problems.append(Problem("code", f"{told} Các đơn vị đã ghi theo kiểu ấy; hãy đặt mã khác."))
    if problems:
        raise Refused(problems)
    publishing.publish(made, who, "Đặt mục hồ sơ", f"{made.code}: {made.label}")
    return made
