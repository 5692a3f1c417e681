"""What helps with vouchers: templates, and how numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.domain import fields as f
from desktop_app.domain import numbering
from desktop_app.domain.fields import entity


@entity("voucher_template", "voucher_templates", "Mẫu chứng từ", largest=16 << 10)
class VoucherTemplate:
    """A voucher that comes again: what its form is filled in with, without day and number."""

    id: str
    name: str = f.text("Tên mẫu", required=True, longest=100)
    content: Mapping[str, Any] = f.facts("Nội dung phiếu", merge="contact")


@entity("numbering", "numberings", "Đánh số chứng từ")
class Numbering:
    """How the union writes voucher numbers (`domain/numbering`), and what is printed as *Quyển số*; one record."""

    id: str
    pattern: str = f.text("Mẫu số", required=True, check=numbering.checked, merge="identity")
    volumes: str = f.choice("Quyển số", numbering.VOLUMES[1:])
    volume_size: int = f.whole("Số phiếu một quyển", initial=50, least=1)
