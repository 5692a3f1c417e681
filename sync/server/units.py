"""Units, their enrolment codes and devices, and the file with which a union's PC starts its trust."""

from __future__ import annotations

import csv
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from desktop_app.domain import fields, records, vietnamese
from desktop_app.domain.errors import Problem, Refused, Trouble
from sync import messages, protocol, sealing
from sync.server import audit, keys
from sync.server.models import Device, EnrolCode, UnionHead, Unit

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter or digit that is taken for another when read aloud or copied by hand."""

CODE_LENGTH, CODE_DAYS = 10, 7
PROVINCE_FILE_TAG = b"socongdoan province file 1\0"


@dataclass(frozen=True)
class GivenCode:
    """A code to tell the union, shown once: only its digest is kept."""

    unit: Unit
    code: str
    expires: datetime
    lease: bool


@dataclass(frozen=True)
class ImportedUnits:
    """What a list brought: units made, renamed, left as they were, and the rows refused."""

    made: int
    renamed: int
    same: int
    refused: list[dict[str, Any]]


def find(code: str) -> Unit:
    """The unit of a code. Raises `Refused`."""
    unit = Unit.objects.filter(code=code.strip()).first()
    if unit is None:
        raise Refused([Problem("unit", f"Không có đơn vị mã “{code}”. Hãy thêm đơn vị trước.")])
    return unit


def add(code: str, name: str, who: str) -> Unit:
    """A new unit. Raises `Refused` for an empty, too long or already given code."""
    wanted = fields.build(records.Union, {"id": "", "code": code, "name": name})
    held = Unit.objects.filter(code=wanted.code).first()
    if held is not None:
        raise Refused([Problem("code", f"Mã đơn vị {held.code} đã có: {held.name}.")])
    with transaction.atomic():
        unit = Unit.objects.create(code=wanted.code, name=wanted.name)
        UnionHead.objects.create(unit=unit)
        audit.note(who, "Thêm đơn vị", unit)
    return unit


def import_list(file: Path, who: str) -> ImportedUnits:
    """Units of an .xlsx, .xls, .ods or .csv list with the headings *Mã đơn vị* and *Tên đơn vị*; all in one go.

    A known code with another name is renamed. Raises `Refused` if the file is no such list.
    """
    sheet, rows = _rows(file)
    start, code_at, name_at = _headings(file, rows)
    made = renamed = same = 0
    refused: list[dict[str, Any]] = []
    with transaction.atomic():
        for number, row in enumerate(rows[start + 1 :], start=start + 2):
            code, name = (row[at].strip() if at < len(row) else "" for at in (code_at, name_at))
            if not code and not name:
                continue
            try:
                wanted = fields.build(records.Union, {"id": "", "code": code, "name": name})
            except Refused as bad:
                for problem in bad.problems:
                    column, value = ("Mã đơn vị", code) if problem.field == "code" else ("Tên đơn vị", name)
                    refused.append(
                        {"sheet": sheet, "row": number, "column": column, "value": value, "problem": problem.problem}
                    )
                continue
            unit, is_new = Unit.objects.get_or_create(code=wanted.code, defaults={"name": wanted.name})
            if is_new:
                UnionHead.objects.create(unit=unit)
                made += 1
            elif unit.name == wanted.name:
                same += 1
            else:
                unit.name = wanted.name
                unit.save(update_fields=["name"])
                renamed += 1
        audit.note(who, "Nhập danh sách đơn vị", None, f"{made} mới, {renamed} đổi tên, {len(refused)} dòng lỗi")
    return ImportedUnits(made, renamed, same, refused)


def give_code(unit: Unit, who: str, *, lease: bool = False) -> GivenCode:
    """A new one-time code for the unit; unused older ones end. `lease`: who uses it gets the posting lease too."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    expires = timezone.now() + timedelta(days=CODE_DAYS)
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=unit)
        EnrolCode.objects.filter(unit=unit, device=None).delete()
        EnrolCode.objects.create(unit=unit, digest=digest(code), expires=expires, lease=lease)
        kind = ", kèm quyền ghi sổ" if lease else ""
        audit.note(who, "Cấp mã kết nối", unit, f"hạn {timezone.localtime(expires):%d/%m/%Y}{kind}")
    return GivenCode(unit, f"{code[:5]}-{code[5:]}", expires, lease)


def digest(code: str) -> str:
    """What is kept of a code: keyed, so that a stolen database gives no codes away."""
    plain = messages.plain_code(code)
    return hmac.new(str(settings.SECRET_KEY).encode(), plain.encode(), hashlib.sha256).hexdigest()


def revoke(device: Device, who: str, replaced_by: Device | None = None) -> None:
    """The PC gets nothing any more, what it still sends waits for the staff (`held`); `replaced_by` takes its place.

    Raises `Refused` if that is already so, or it is the province's.
    """
    with transaction.atomic():
        UnionHead.objects.select_for_update().get(unit=device.unit_id)
        held = Device.objects.get(pk=device.pk)
        if held.province:
            raise Refused("Đây là thiết bị của tỉnh, không thu hồi được.")
        if held.revoked:
            raise Refused(f"Máy {held.device} đã bị thu hồi lúc {timezone.localtime(held.revoked):%H:%M %d/%m/%Y}.")
        held.revoked, held.revoked_after, held.replaced_by = timezone.now(), held.dseq, replaced_by
        held.save(update_fields=["revoked", "revoked_after", "replaced_by"])
        Unit.objects.filter(pk=held.unit_id).update(roster=F("roster") + 1)
        instead = f", thay bằng máy {replaced_by.device}" if replaced_by else ""
        audit.note(who, "Thu hồi thiết bị", held.unit, f"{held.device}{instead}")


def province_file(url: str | None) -> bytes:
    """The file unions start from: the server's address and key, and the units to pick from; JSON, signed.

    The signature (Ed25519, hex) is over the tag and the canonical msgpack of everything else.
    """
    seed = keys.seed(settings.SERVER_DATA)
    public = keys.public(seed)
    content: dict[str, Any] = {
        "v": 1,
        "server": url,
        "key": public.hex(),
        "age": sealing.recipient(seed),
        "fingerprint": keys.fingerprint(public),
        "made": timezone.localtime().isoformat(timespec="seconds"),
        "units": [{"code": unit.code, "name": unit.name} for unit in Unit.objects.order_by("code")],
    }
    signer = Ed25519PrivateKey.from_private_bytes(seed)
    signature = signer.sign(PROVINCE_FILE_TAG + protocol.canonical(content))
    return json.dumps({**content, "signature": signature.hex()}, ensure_ascii=False, indent=1).encode()


def _rows(file: Path) -> tuple[str, Sequence[Sequence[str]]]:
    """The first sheet's name and its rows as text."""
    if not file.is_file():
        raise Trouble(f"Không thấy tệp {file}. Hãy kiểm tra đường dẫn.")
    if file.suffix.lower() == ".csv":
        try:
            text = file.read_text("utf-8-sig")
        except UnicodeDecodeError:
            raise Refused(f"Tệp {file.name} không phải văn bản UTF-8. Hãy lưu lại từ Excel: CSV UTF-8.") from None
        delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
        return file.name, list(csv.reader(text.splitlines(), delimiter=delimiter))
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(file))
        sheet = book.get_sheet_by_index(0)
        return sheet.name, [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, BadZipFile, OSError, IndexError):
        raise Refused(f"Không đọc được {file.name} như một tệp Excel. Hãy mở và lưu lại dạng .xlsx.") from None


def _text(cell: object) -> str:
    """A cell as text: Excel makes 40001 into 40001.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _headings(file: Path, rows: Iterable[Sequence[str]]) -> tuple[int, int, int]:
    for number, row in enumerate(rows):
        folded = [vietnamese.fold(cell).strip() for cell in row]
        if "ma don vi" in folded and "ten don vi" in folded:
            return number, folded.index("ma don vi"), folded.index("ten don vi")
    raise Refused(f"Tệp {file.name} không có hai cột Mã đơn vị và Tên đơn vị. Hãy thêm dòng tiêu đề.")
