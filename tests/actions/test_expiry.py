"""What is kept of people who left goes in two steps, each noted; who is here or left lately keeps everything."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import expiry, members, person_record, sensitive
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import DataRequest, Person
from desktop_app.storage import person_more
from desktop_app.storage.book import Book

HOA = "Trần Thị Hoa"


def test_what_is_due_goes_in_two_steps(book: Book) -> None:
    lefts = {"Võ Thị Yến": date(2025, 3, 1), "Lê Thị Lan": date(2019, 6, 1), "Cao Thị Mơ": date(2026, 9, 1), "Bùi Văn Đức": None}
    ids = {}
    for name, left in lefts.items():
        person, _ = members.add(book, {"name": name, "joined": "1/1/2015"}, HOA)
        person_record.save(book, person.id, {}, HOA, children=[{"name": f"Con của {name}", "birth": "2015"}])
        sensitive.save(book, person.id, {"illness": {"value": f"Bệnh của {name}"}}, HOA)
        if left:
            members.leave(book, [person.id], left, HOA)
        ids[name] = person.id
    today = date(2026, 11, 25)
    found = {one.name: one.whole for one in expiry.due(book, today)}
    assert found == {"Lê Thị Lan": True, "Võ Thị Yến": False}
    with pytest.raises(Refused, match="Hãy ghi lý do xóa"):
        expiry.carry_out(book, ids.values(), " ", HOA, today)
    assert expiry.carry_out(book, ids.values(), "hết thời hạn", HOA, today) >= 4
    assert sorted(person.name for person in book.all(Person)) == ["Bùi Văn Đức", "Cao Thị Mơ", "Võ Thị Yến"]
    assert person_more.children(book, ids["Võ Thị Yến"]) == []
    assert len(person_more.children(book, ids["Cao Thị Mơ"])) == 1
    told = b"".join(p for (p,) in book.db.execute("SELECT whole(payload, record) FROM journal WHERE payload IS NOT NULL"))
    assert "Bệnh của Võ Thị Yến".encode() not in told
    assert "Bệnh của Bùi Văn Đức".encode() in told
    assert sorted((r.person, r.kind) for r in book.all(DataRequest)) == sorted([(ids["Lê Thị Lan"], "xóa"), (ids["Võ Thị Yến"], "xóa")])
    assert expiry.due(book, today) == []
    assert book.verify().first_fault is None
