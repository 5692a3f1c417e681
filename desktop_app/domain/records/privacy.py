"""Who may see what is sensitive of a person, what it is, on which ground it is kept, and who looked at it.

Luật 91/2025/QH15; NĐ 356/2025 art. 4 (which data is sensitive).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.domain import fields as f
from desktop_app.domain import privacy
from desktop_app.domain.fields import entity

READER = "Chỉ xem"
USER_ROLES = ("Chủ tịch", "Kế toán", "Thủ quỹ", "Cán bộ tổ chức", READER)


@entity("user", "users", "Người dùng sổ", private=True)
class User:
    """Somebody who works in this book, by the name that journal entries carry. `verifier`: of an own password, {} if
    none (`storage.secrets`); never the password.
    """

    id: str
    name: str = f.text("Họ và tên", required=True, longest=100, merge="identity")
    role: str = f.choice("Vai trò", USER_ROLES, required=True)
    sees: bool = f.flag("Được xem thông tin riêng tư", merge="identity")
    verifier: Mapping[str, Any] = f.facts("Mật khẩu riêng", merge="contact")


@entity("sensitive", "sensitives", "Thông tin riêng tư", private=True)
class Sensitive:
    """One sensitive fact of a person; each has a record of its own, so that one can be erased without the others.

    `what` is a key of the catalogue, `value` "list/code" or words, `basis` a code: on which ground it is kept.
    """

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    what: str = f.text("Mục", required=True, longest=40, check=privacy.check_key, merge="fixed")
    value: str = f.text("Nội dung", required=True, longest=300, check=privacy.check_value)
    day: date | None = f.day("Ngày")
    note: str = f.text("Ghi chú", longest=300)
    basis: str = f.text("Căn cứ", required=True, longest=20, check=privacy.check_key)


@entity("access", "accesses", "Lần xem thông tin riêng tư", restricted=True)
class Access:
    """Somebody looked at, printed or took out what is not for all; never changed, and never leaves this book.

    `person` is "" for a list of many; the name and the moment are the journal's as well.
    """

    id: str
    at: str = f.text("Lúc", required=True, longest=20, merge="fixed")
    who: str = f.text("Người xem", required=True, longest=100, merge="fixed")
    person: str = f.ref("Người lao động", "person", merge="fixed")
    what: str = f.text("Việc", required=True, longest=200, merge="fixed")
    why: str = f.text("Lý do", required=True, longest=300, merge="fixed")


@entity("consent", "consents", "Đồng ý xử lý dữ liệu", private=True)
class Consent:
    """A person's consent (art. 9): when, how, to which text; withdrawn from a day on."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    day: date | None = f.day("Ngày đồng ý", required=True)
    form: str = f.choice("Hình thức", ("Văn bản", "Điện tử", "Lời nói có ghi lại"), required=True)
    version: str = f.text("Bản nội dung", required=True, longest=40)
    withdrawn: date | None = f.day("Ngày rút lại")
    note: str = f.text("Ghi chú", longest=300)
