"""A server put back from its own older backup: every PC notices by itself and sends again what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.actions import sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.records import Person
from desktop_app.storage import enrolment
from tests.server.running import Running, running
from tests.sync.pcs import UNION, a_person, dump, edit, enrolled, save


def test_what_an_old_backup_of_the_server_lacks_comes_back_from_the_pcs(tmp_path: Path) -> None:
    with running(tmp_path / "server") as server:
        office, home = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
        lan = save(office, a_person("Lê Thị Lan"))
        save(home, a_person("Phan Văn Đức"))
        for book in (office, home, office):
            sync.sync_now(book)
        server.command("backup", str(tmp_path / "backup"))
        edit(office, lan, team="Tổ may 2")
        save(home, a_person("Trần Văn Hải"))
        late = enrolled(tmp_path / "c", server)
        for book in (office, home, late, office):
            sync.sync_now(book)
        edit(late, lan, note="Tổ trưởng")
        sync.sync_now(late)
    data = tmp_path / "again"
    Running(data).command("restore", str(tmp_path / "backup"))
    with running(data) as again:
        done = sync.sync_now(office, again.url)
        assert (done.sent, enrolment.standing(office).cursor[0]) == (1, 2)
        sync.sync_now(home, again.url)
        with pytest.raises(Trouble, match="Máy chủ chưa biết máy này"):
            sync.sync_now(late, again.url)  # it enrolled after that backup
        device = late.device
        sync.enrol(late, again.url, again.enrolment_code(UNION))
        assert late.device == device
        for book in (late, office, home, late):
            sync.sync_now(book, again.url)
        assert dump(office) == dump(home) == dump(late)
        shown = home.get(Person, lan.id)
        assert shown is not None
        assert (shown.team, shown.note) == ("Tổ may 2", "Tổ trưởng")
        assert {sync.status(book)["pending"] for book in (office, home, late)} == {0}
        probe = enrolled(tmp_path / "d", again)
        sync.sync_now(probe)
        assert dump(probe) == dump(office)
