"""Numbers of a person's other papers: what identity cards, passports and BHXH books look like (dossier §2.3)."""

from __future__ import annotations

import re

from desktop_app.domain import contacts

PHONE, CARD, OLD_ID, PASSPORT = "Điện thoại", "Thẻ đoàn viên cũ", "CMND", "Hộ chiếu"
KINDS = (PHONE, CARD, OLD_ID, PASSPORT)


def check_number(kind: str, given: str) -> str:
    """A number of a kind in its one form. Raises ValueError with a sentence that says what it must look like."""
    if kind == PHONE:
        return contacts.check_phone(given)
    bare = re.sub(r"[\s.']", "", given).upper()
    if kind == OLD_ID and not re.fullmatch(r"[0-9]{9}", bare):
        raise ValueError(f"“{given}” không đúng. Số CMND có 9 chữ số; số 12 chữ số hãy ghi vào ô Số CCCD.")
    if kind == PASSPORT and not re.fullmatch(r"[A-Z]{1,2}[0-9]{6,8}", bare):
        raise ValueError(f"“{given}” không đúng. Số hộ chiếu có một, hai chữ cái rồi 6 đến 8 chữ số, ví dụ C1234567.")
    return bare if kind in (OLD_ID, PASSPORT) else given


def check_insurance(given: str) -> str:
    """The ten digits of a BHXH book. Raises ValueError with a sentence; a 0 that Excel took is asked about."""
    digits = re.sub(r"[\s.']", "", given)
    if re.fullmatch(r"[0-9]{10}", digits):
        return digits
    if re.fullmatch(r"[0-9]{9}", digits):
        raise ValueError(f"“{given}” chỉ có 9 chữ số, có lẽ Excel đã bỏ số 0 đầu. Có phải là 0{digits}?")
    raise ValueError(f"“{given}” không đúng. Số sổ BHXH có 10 chữ số.")
