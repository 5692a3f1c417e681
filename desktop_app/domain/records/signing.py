"""Who signed a report that was handed in: each with a key of their own, which only their own password opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity

SIGNERS = ("chair", "accountant", "cashier")
"""Fields of the union that name who may sign: the `who` of a form's signers."""


@entity("signing_key", "signing_keys", "Khóa ký")
class SigningKey:
    """The public half of a person's key (Ed25519, hex). A newer one of the same name takes its place."""

    id: str
    who: str = f.choice("Chức danh", SIGNERS, required=True, merge="fixed")
    name: str = f.text("Họ và tên", required=True, longest=100, merge="fixed")
    public: str = f.text("Khóa công khai", required=True, longest=64, merge="fixed")
    made: date | None = f.day("Ngày lập", required=True, merge="fixed")


@entity("sealed_key", "sealed_keys", "Khóa ký giữ tại máy", restricted=True)
class SealedKey:
    """The private half, sealed by its owner's password (`storage.secrets.wrap`). It never leaves this book."""

    id: str
    key: str = f.ref("Khóa ký", "signing_key", required=True, merge="fixed")
    sealed: Mapping[str, Any] = f.facts("Bản niêm", merge="fixed")


@entity("sign_off", "sign_offs", "Chữ ký báo cáo")
class SignOff:
    """One signature under a version handed in: over the words of `sync.signoff`, by `key` (128 hex digits)."""

    id: str
    submission: str = f.ref("Báo cáo đã nộp", "submission", required=True, merge="fixed")
    key: str = f.ref("Khóa ký", "signing_key", required=True, merge="fixed")
    signature: str = f.text("Chữ ký", required=True, longest=128, merge="fixed")
    day: date | None = f.day("Ngày ký", required=True, merge="fixed")
