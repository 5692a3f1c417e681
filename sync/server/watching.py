"""The watched folder: packets laid into `goi-den` of the data folder are taken by themselves, replies lie in `goi-di`.

A packet is touched only when two looks found it unchanged (it may still be being copied). What was taken moves to
`da-nhan`, what was refused to `khong-nhan` with its reason beside it; what must wait for another one stays.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.db import close_old_connections

from desktop_app.domain.errors import Refused, Trouble
from sync import packet
from sync.server import packets

IN, OUT, DONE, REFUSED = "goi-den", "goi-di", "da-nhan", "khong-nhan"
EVERY_SECONDS = 2.0
WHO = "Thư mục nhận gói"
log = logging.getLogger("socongdoan.packets")


def begin(data: Path) -> threading.Event:
    """Watch from now on, on a thread of its own; the event ends it."""
    for folder in (data / IN, data / OUT, data / IN / DONE, data / IN / REFUSED):
        folder.mkdir(mode=0o700, exist_ok=True)
    ended = threading.Event()
    threading.Thread(target=_watch, args=(data, ended), daemon=True, name="packets").start()
    return ended


def _watch(data: Path, ended: threading.Event) -> None:
    seen: dict[Path, tuple[int, float]] = {}
    while not ended.wait(EVERY_SECONDS):
        close_old_connections()
        try:
            seen = look(data, seen)
        except Exception:  # a stick pulled at the wrong moment must not end the watch
            log.exception("watched folder")


def look(data: Path, seen: dict[Path, tuple[int, float]]) -> dict[Path, tuple[int, float]]:
    """One look; answers what lies there now. The oldest is taken first, so that a row of packets is taken in order."""
    found = {}
    for file in sorted((data / IN).glob(f"*{packet.SUFFIX}"), key=lambda one: one.stat().st_mtime):
        kept = file.stat()
        found[file] = (kept.st_size, kept.st_mtime)
        if seen.get(file) == found[file]:
            _take(data, file)
    return {file: state for file, state in found.items() if file.exists()}


def _take(data: Path, file: Path) -> None:
    reason = file.with_name(f"{file.name}.txt")
    try:
        taken = packets.take(file, WHO)
        packets.reply(taken, data / OUT / packets.file_name(taken))
    except packets.Held as held:
        _say(reason, str(held))
        return
    except Refused as refused:
        _say(data / IN / REFUSED / reason.name, str(refused))
        file.replace(data / IN / REFUSED / file.name)
    except Trouble as trouble:
        log.warning("%s: %s", file.name, trouble)
        return
    else:
        file.replace(data / IN / DONE / file.name)
    reason.unlink(missing_ok=True)


def _say(file: Path, sentence: str) -> None:
    if not file.exists() or file.read_text("utf-8") != sentence:
        file.write_text(sentence, "utf-8")
        log.warning("%s: %s", file.stem, sentence)
