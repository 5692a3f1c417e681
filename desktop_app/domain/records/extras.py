"""What the province wants to know of people besides: its fields, as it defines them, and their values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.domain import extras
from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("extra_field", "extra_fields", "Mục do tỉnh đặt", province=True, largest=16 << 10)
class ExtraField:
    """A field of a person's record that the province defines; the newest of a code counts. `choices`: {"of": [words]}.

    `until` is the first day on which it is not asked any more; what was written stays.
    """

    id: str
    code: str = f.text("Mã", required=True, longest=30, check=extras.check_code, merge="fixed")
    label: str = f.text("Tên mục", required=True, longest=80, merge="fixed")
    kind: str = f.choice("Kiểu", extras.KINDS, required=True, merge="fixed")
    choices: Mapping[str, Any] = f.facts("Các lựa chọn")
    sensitive: bool = f.flag("Dữ liệu nhạy cảm", merge="fixed")
    since: date | None = f.day("Áp dụng từ ngày", required=True, merge="fixed")
    until: date | None = f.day("Đến ngày", merge="fixed")
    law: str = f.text("Văn bản", required=True, longest=300, merge="fixed")


@entity("extra", "extras", "Mục của tỉnh", private=True)
class Extra:
    """What stands in such a field of a person, each in a record of its own; of two the newest counts."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    code: str = f.text("Mục", required=True, longest=30, check=extras.check_key, merge="fixed")
    value: str = f.text("Nội dung", required=True, longest=300, check=extras.check_value)
