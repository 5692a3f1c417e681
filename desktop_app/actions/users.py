"""Who works in this book and who of them may see what is sensitive; an own password stands behind a name.

Until somebody is written down, whoever sits at the PC is the first user and may see.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import READER, User
from desktop_app.storage import secrets, sensitive
from desktop_app.storage.book import Book, new_id

LEAST = 6  # characters of a password: the verifier lies in the book and costs argon2id a try
_PROBE = bytes(32)
everyone = sensitive.users


def may_see(book: Book, by: str) -> bool:
    """Whether this name has the right; whether the password is theirs is asked when they look (`admit`)."""
    user = sensitive.user_named(book, by)
    return user.sees if user else not sensitive.users(book)


def needs_password(book: Book, by: str) -> bool:
    """Whether `admit` will ask for an own password."""
    user = sensitive.user_named(book, by)
    return bool(user and user.verifier)


def admit(book: Book, by: str, password: str = "") -> None:
    """Raises `Refused` unless `by` may see what is sensitive, and gave the right password if there is one."""
    if not may_see(book, by):
        told = f"{by} không có quyền xem thông tin riêng tư. Hãy nhờ người có quyền"
        raise Refused(f"{told} (xem Thiết lập, Người dùng và quyền).")
    _check(book, by, password)


def save(book: Book, values: Mapping[str, Any], by: str, *, id_: str = "", own_password: str = "") -> User:
    """Write down a user, or change one (`id_`); `password`, if given, becomes their own, "-" takes it away.

    The first one has the right. After that only who has it gives or takes it, and one with it must stay. Raises
    `Refused`; `own_password` is what `by` proves themselves with.
    """
    listed = sensitive.users(book)
    others = [one for one in listed if one.id != id_]
    known = next((one for one in listed if one.id == id_), None)
    typed = str(values.get("password") or "").strip()
    given = {"sees": not listed, **{name: value for name, value in values.items() if name != "password"}}
    user = build(User, {**given, "id": id_ or new_id(), "verifier": known.verifier if known else {}})
    if any(one.name == user.name for one in others):
        raise Refused([Problem("name", f"{user.name} đã có trong danh sách. Nếu trùng tên, hãy thêm chức danh.")])
    if known is not None and known.name == by and user == known:
        _check(book, by, own_password)  # one's own password is everybody's own affair
    elif listed:
        admit(book, by, own_password)
    if user.sees and user.role == READER and not others:
        raise Refused([Problem("role", "Người đầu tiên phải ghi được sổ. Hãy chọn vai trò khác.")])
    if not user.sees and not any(one.sees for one in others):
        raise Refused([Problem("sees", "Phải còn ít nhất một người được xem thông tin riêng tư.")])
    if typed == "-":
        user = dataclasses.replace(user, verifier={})
    elif typed:
        if len(typed) < LEAST:
            raise Refused([Problem("password", f"Mật khẩu cần ít nhất {LEAST} ký tự.")])
        user = dataclasses.replace(user, verifier=secrets.wrap(_PROBE, typed))
    with book.transact("users.save", by) as transaction:
        return transaction.save(user)


def remove(book: Book, id_: str, by: str, *, own_password: str = "") -> None:
    """Take a user off the list; what they wrote stays theirs. Raises `Refused` if nobody with the right would stay."""
    admit(book, by, own_password)
    left = [one for one in sensitive.users(book) if one.id != id_]
    if left and not any(one.sees for one in left):
        raise Refused("Phải còn ít nhất một người được xem thông tin riêng tư.")
    with book.transact("users.remove", by) as transaction:
        found = book.get(User, id_)
        if found is not None:
            transaction.retire(found)


def _check(book: Book, by: str, password: str) -> None:
    user = sensitive.user_named(book, by)
    if user is None or not user.verifier:
        return
    if not password:
        raise Refused([Problem("own_password", f"Hãy nhập mật khẩu riêng của {by}.")])
    try:
        secrets.unwrap(user.verifier, password, f"Mật khẩu riêng của {by}")
    except Refused as refused:
        raise Refused([Problem("own_password", str(refused))]) from None
