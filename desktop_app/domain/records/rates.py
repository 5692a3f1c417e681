"""Dated figures that are not the program's own: sent by the province, or corrected by the union until it does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("rate", "rates", "Quy định của cấp trên", province=True, largest=32 << 10)
class Rate:
    """A figure of a dated table (`resources/rates`), or a text of a form ("B07/title"), as the province sends it;
    `value` is {"value": …}."""

    id: str
    name: str = f.text("Quy định", required=True, longest=120, merge="fixed")
    since: date | None = f.day("Áp dụng từ ngày", required=True, merge="fixed")
    value: Mapping[str, Any] = f.facts("Giá trị")
    law: str = f.text("Văn bản", required=True, longest=300, merge="fixed")


@entity("own_rate", "own_rates", "Quy định đơn vị tự sửa", largest=32 << 10)
class OwnRate:
    """The union's own correction of a dated figure or a text, with its reason.

    `known` is {"rates": [ids]}: the province's entries of the table when it was written. It ends when another comes.
    """

    id: str
    name: str = f.text("Quy định", required=True, longest=120, merge="fixed")
    since: date | None = f.day("Áp dụng từ ngày", required=True, merge="fixed")
    value: Mapping[str, Any] = f.facts("Giá trị")
    law: str = f.text("Văn bản", longest=300, merge="fixed")
    reason: str = f.text("Lý do", required=True, longest=300, merge="fixed")
    known: Mapping[str, Any] = f.facts("Đã biết")
