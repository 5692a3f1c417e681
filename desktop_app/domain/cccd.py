"""The 12-digit citizen number (CCCD): what it must look like."""

from __future__ import annotations

import re


def check_cccd(given: str) -> str:
    """The number without blanks and dots. Raises ValueError with a Vietnamese sentence.

    There is no public check digit, so only the form is checked (Luật Căn cước 2023; NĐ 70/2024).
    """
    digits = re.sub(r"[\s.']", "", given)
    if re.fullmatch(r"\d{12}", digits):
        return digits
    if re.fullmatch(r"\d{11}", digits):
        raise ValueError(f"“{given}” chỉ có 11 chữ số, có lẽ Excel đã bỏ số 0 đầu. Có phải là 0{digits}?")
    raise ValueError(f"“{given}” không đúng. Số CCCD có 12 chữ số.")
