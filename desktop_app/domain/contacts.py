"""How to reach a person: phone numbers in one form, e-mail addresses that can be ones (members_reports §2.3)."""

from __future__ import annotations

import re

# The 11-digit mobile numbers of before 2018 and what they became.
_OLD = {
    **{f"016{n}": f"03{n}" for n in range(2, 10)},
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MOBILE, _LANDLINE = re.compile(r"0[35789][0-9]{8}"), re.compile(r"02[0-9]{9}")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")


def check_phone(given: str) -> str:
    """A mobile or landline number as "0912345678"; +84, spaces, dots and a lost 0 are understood, old 016x, 012x too.

    Raises `ValueError` with a sentence for anything else.
    """
    digits = re.sub(r"[\s.\-()/]", "", given)
    if digits.startswith("+84") or (digits.startswith("84") and len(digits) in (11, 12)):
        digits = "0" + digits.removeprefix("+").removeprefix("84").lstrip("0")
    if len(digits) == 9 and digits[0] in "35789":
        digits = "0" + digits  # Excel took the 0 away
    if len(digits) == 11 and digits[:4] in _OLD:
        digits = _OLD[digits[:4]] + digits[4:]
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return digits
    raise ValueError(f"“{given}” không phải số điện thoại. Hãy gõ số di động 10 chữ số hoặc số máy bàn 11 chữ số.")


def check_email(given: str) -> str:
    """An address in small letters. Raises `ValueError` with a sentence if it cannot be one."""
    address = given.lower()
    if _EMAIL.fullmatch(address):
        return address
    raise ValueError(f"“{given}” không phải địa chỉ email. Hãy gõ như ten@congty.vn.")
