"""What each command does and answers. Django's models load only after the place is open."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from desktop_app.domain.errors import Refused
from sync.server import place

WHO = "Dòng lệnh"
Answer = dict[str, Any] | None
Verb = Callable[[Namespace], Answer]


def run(options: Namespace) -> Answer:
    """`run`"""
    from sync.server import serve

    serve.run(_open(options), options.host, options.port, options.json)
    return None


def unit_add(options: Namespace) -> Answer:
    """`unit add`"""
    _open(options)
    from sync.server import units

    unit = units.add(options.code, options.name, WHO)
    return {"code": unit.code, "name": unit.name}


def unit_import(options: Namespace) -> Answer:
    """`unit import`"""
    _open(options)
    from sync.server import units

    brought = units.import_list(options.file, WHO)
    if brought.refused and not (brought.made or brought.renamed or brought.same):
        problems = " ".join(f"Dòng {refused['row']}: {refused['problem']}" for refused in brought.refused)
        raise Refused(f"Không dòng nào dùng được. {problems}")
    return {"stored": brought.made, "renamed": brought.renamed, "same": brought.same, "refused": brought.refused}


def code(options: Namespace) -> Answer:
    """`code`"""
    _open(options)
    from django.utils import timezone

    from sync.server import units

    given = units.give_code(units.find(options.unit), WHO)
    expires = timezone.localtime(given.expires).isoformat(timespec="seconds")
    return {"unit": given.unit.code, "code": given.code, "expires": expires}


def province_file(options: Namespace) -> Answer:
    """`province-file`"""
    _open(options)
    import json

    from desktop_app.domain.errors import Trouble
    from sync.server import units

    written = units.province_file(options.server)
    try:
        options.file.write_bytes(written)
    except OSError as error:
        raise Trouble(f"Không ghi được {options.file}: {error.strerror}.") from error
    content = json.loads(written)
    return {"file": str(options.file), "units": len(content["units"]), "fingerprint": content["fingerprint"]}


def inbox(options: Namespace) -> Answer:
    """`inbox`"""
    _open(options)
    from sync.server import inbox as shown

    return {"submissions": shown.entries(options.state)}


def accept(options: Namespace) -> Answer:
    """`accept`"""
    _open(options)
    from sync.server import inbox as shown
    from sync.server import verdicts

    decided = verdicts.accept(shown.find(options.id), WHO)
    return {"id": str(decided.pk), "state": decided.state}


def send_back(options: Namespace) -> Answer:
    """`return`"""
    _open(options)
    from sync.server import inbox as shown
    from sync.server import verdicts

    cells = dict(_cell(given) for given in options.cell)
    decided = verdicts.send_back(shown.find(options.id), options.note, cells, WHO)
    return {"id": str(decided.pk), "state": decided.state}


def packet_import(options: Namespace) -> Answer:
    """`packet import`"""
    _open(options)
    from sync.server import packets

    taken = packets.take(options.file, WHO)
    reply_code = packets.reply(taken, options.reply) if options.reply else None
    return {
        "unit": taken.unit.code, "device": taken.device.device, "ops": taken.ops, "blobs": taken.blobs,
        "check_code": taken.code, "reply": str(options.reply) if options.reply else None,
        "reply_check_code": reply_code,
    }  # fmt: skip


def change_key(options: Namespace) -> Answer:
    """`change-key`"""
    opened = _open(options)
    from sync.server import keys

    fresh = place.change_key(opened, WHO, stolen=options.stolen)
    return {"fingerprint": keys.fingerprint(fresh), "changes": keys.generation(opened.data)}


def staff(options: Namespace) -> Answer:
    """`staff`"""
    _open(options)
    password, is_new = place.new_password(options.name, WHO)
    return {"user": options.name, "password": password, "new": is_new}


def back_up(options: Namespace) -> Answer:
    """`backup`"""
    opened = _open(options)
    from sync.server import backup

    folder = backup.back_up(opened, options.folder)
    return {"folder": str(folder), **backup.check(folder), "checked": True}


def restore(options: Namespace) -> Answer:
    """`restore`; without `--check` it fills an empty data folder."""
    from sync.server import backup

    counts = backup.check(options.folder)
    if not options.check:
        if options.data is None:
            raise Refused("Hãy cho biết thư mục --data mới để khôi phục vào.")
        backup.restore(options.folder, options.data)
    return {"folder": str(options.folder), **counts, "checked": True, "restored": not options.check}


def _open(options: Namespace) -> place.Place:
    return place.open_place(options.data, options.database)


def _cell(given: str) -> tuple[str, str]:
    code, separator, note = given.partition("=")
    if not (separator and code.strip() and note.strip()):
        raise Refused(f"“{given}” chưa rõ. Hãy viết MÃ=GHI CHÚ, ví dụ 22=Thiếu chứng từ.")
    return code.strip(), note.strip()
