"""What Anki's own client does with the members as notes; run by the environment that Anki is installed in.

Both collections start level (Anki's first exchange is always "choose one side"), then push, pull, edits and quiet are
its normal exchange.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anki.collection import Collection


def main(url: str, members: Path) -> None:
    """The steps, each when told."""
    people: list[dict[str, str]] = json.loads(members.read_text("utf-8"))
    office, home = (Collection(str(members.with_name(f"{name}.anki2"))) for name in ("office", "home"))
    for collection, upload in ((office, True), (home, False)):
        login = collection.sync_login("u", "p", url)
        if upload:
            models = collection.models
            kind = models.new("member")
            for field in people[0]:
                models.add_field(kind, models.new_field(field))
            template = models.new_template("card")
            template["qfmt"], template["afmt"] = "{{name}}", "{{cccd}}"
            models.add_template(kind, template)
            models.add(kind)
        collection.sync_collection(login, sync_media=False)
        collection.close_for_full_sync()
        collection.full_upload_or_download(auth=login, server_usn=None, upload=upload)
        collection.reopen(after_full_sync=True)
    login = office.sync_login("u", "p", url)

    kind = office.models.by_name("member")
    for person in people:
        note = office.new_note(kind)
        note.fields = list(person.values())
        office.add_note(note, 1)
    step("push", lambda: office.sync_collection(login, sync_media=False))
    step("pull", lambda: home.sync_collection(login, sync_media=False))
    if home.note_count() != len(people):
        raise SystemExit(f"only {home.note_count()} came")
    for number in office.find_notes("")[:100]:
        note = office.get_note(number)
        note.fields[5] = "Tổ mới"
        office.update_note(note)
    step("edits", lambda: office.sync_collection(login, sync_media=False))
    step("quiet", lambda: office.sync_collection(login, sync_media=False))


def step(name: str, does: Callable[[], Any]) -> None:
    """Say that it can begin, wait, do it, say how long it took."""
    print(f"ready {name}", flush=True)
    sys.stdin.readline()
    started = time.perf_counter()
    does()
    print(f"done {time.perf_counter() - started:.6f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
