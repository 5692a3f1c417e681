"""The 12-digit citizen number (CCCD): what it must look like."""

from __future__ import annotations

import re


def check_cccd(given: str) -> str:
    """The number without blanks and dots. Raises ValueError with a Vietnamese sentence.

    There is no public check digit, so only the form is checked (Luật Căn cước 2023; NĐ 70/2024).
    """
    digits = re.sub(r"[\s.']", "", given)
    if re.fullmatch(r"[0-9]{12}", digits):
        return digits
    if re.fullmatch(r"[0-9]{11}", digits):
        raise ValueError(f"“{given}” chỉ có 11 chữ số, có lẽ Excel đã bỏ số 0 đầu. Có phải là 0{digits}?")
    raise ValueError(f"“{given}” không đúng. Số CCCD có 12 chữ số.")


def doubt(number: str, sex: str, birth: str) -> str:
    """What in a CCCD does not go with sex and birth year, as a sentence to warn with; "" if nothing.

    Digit 4 tells century and sex, digits 5-6 the year. A warning only: papers are corrected, numbers stay.
    """
    if len(number) != 12 or number[3] > "5":
        return ""
    century, woman = divmod(int(number[3]), 2)
    told = "Nữ" if woman else "Nam"
    if sex and sex != told:
        return f"Số CCCD này thường là của {told.lower()}. Hãy kiểm tra lại giới tính."
    year = f"{19 + century}{number[4:6]}"
    if birth and birth[:4] != year:
        return f"Số CCCD này thường của người sinh năm {year}. Hãy kiểm tra lại ngày sinh."
    return ""
