"""The union's own tree (bộ phận, tổ) and its links upward, each with the days it stands."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("unit", "units", "Đơn vị trong công đoàn")
class Unit:
    """A part of the union as it stands from `since` (None: from the beginning) until `until`, the first day no more.

    `kind` is a code of the catalogue of units; `parent` "" lies directly under the union. Another name, place or a
    merger is another record: the ended one says in `into` which took its place. People name it in *Tổ công đoàn*.
    """

    id: str
    kind: str = f.text("Loại", required=True, longest=10)
    name: str = f.text("Tên", required=True, longest=100, merge="identity")
    parent: str = f.ref("Thuộc", "unit")
    since: date | None = f.day("Từ ngày")
    until: date | None = f.day("Đến ngày")
    into: str = f.ref("Nhập vào, đổi thành", "unit")
    code: str = f.text("Mã", longest=40)
    head: str = f.ref("Người phụ trách", "person")


UPPER_KINDS = ("Đơn vị quản lý", "Hỗ trợ địa bàn")


@entity("upper_union", "upper_unions", "Công đoàn cấp trên")
class UpperUnion:
    """A union above: the one that manages (since 7/2025 mostly LĐLĐ tỉnh), or the commune's that supports only."""

    id: str
    kind: str = f.choice("Quan hệ", UPPER_KINDS, required=True)
    name: str = f.text("Tên công đoàn", required=True, longest=200)
    since: date | None = f.day("Từ ngày")
    until: date | None = f.day("Đến ngày")
    document: str = f.text("Số văn bản", longest=60)
