"""Column profiles: which fields of people a list has, under which headings, in which order; kept with the book."""

from __future__ import annotations

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity, nested

DAYS = ("Ngày của Excel", "Chữ 05/03/1985", "Chữ 1985-03-05")


@nested("Cột")
class ProfileColumn:
    """A column: the key of a field of people (`actions.list_profiles.fields`), and its heading in the file."""

    field: str = f.text("Thông tin", required=True, longest=60)
    heading: str = f.text("Tiêu đề", required=True, longest=100)


@entity("list_profile", "list_profiles", "Mẫu danh sách", largest=16_384)
class ListProfile:
    """A list as somebody wants it, e.g. the template of the upper level; `days` says how dates are written."""

    id: str
    name: str = f.text("Tên mẫu", required=True, longest=80, merge="identity")
    days: str = f.choice("Ngày ghi dạng", DAYS, initial=DAYS[0])
    columns: tuple[ProfileColumn, ...] = f.rows("Các cột", ProfileColumn, merge="contact")
