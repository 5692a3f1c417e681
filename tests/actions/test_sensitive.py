"""What is sensitive is kept apart: seen with the right, an own password and a reason, and every look is noted."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import data_requests, member_papers, members, person_record, photos, sensitive, users
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Access, ExtraField, Person, Sensitive, Union, User
from desktop_app.storage import person_file, unfinished
from desktop_app.storage import sensitive as kept
from desktop_app.storage.book import Book, new_id

HOA, HUONG, DAY = "Trần Thị Hoa", "Lê Thị Hường", date(2026, 11, 24)


@pytest.fixture
def yen(book: Book) -> Person:
    with book.transact("setup.make", HOA) as transaction:
        transaction.save(build(Union, {"id": new_id(), "code": "40-001", "name": "CĐCS May Hưng Lộc"}))
    values = {"name": "Võ Thị Yến", "birth": "1990", "cccd": "040190009900", "card": "NA-0007", "team": "Tổ 1"}
    person, _ = members.add(book, values, HOA)
    facts = {"ethnicity": {"value": "Thái"}, "party_full": {"day": "3/2/2015"},
             "hardship": {"value": "Nuôi con một mình", "note": "từ 2024", "basis": "hop-dong"}}  # fmt: skip
    sensitive.save(book, person.id, facts, HOA)
    return person


def two_users(book: Book) -> User:
    users.save(book, {"name": HOA, "role": "Kế toán"}, HOA)
    return users.save(book, {"name": HUONG, "role": "Cán bộ tổ chức"}, HOA)


def test_the_first_user_sees_and_each_look_is_noted_with_its_reason(book: Book, yen: Person) -> None:
    with pytest.raises(Refused, match="Hãy ghi lý do xem"):
        sensitive.view(book, yen.id, " ", HOA)
    assert kept.accesses(book) == []
    facts = sensitive.view(book, yen.id, "xét trợ cấp", HOA)
    assert (facts["ethnicity"].value, sensitive.shown(facts["ethnicity"])) == ("dan-toc-1979/03", "Thái")
    assert (facts["party_full"].value, facts["party_full"].day) == ("Có", date(2015, 2, 3))
    assert facts["hardship"].basis == "hop-dong"
    (look,) = kept.accesses(book, yen.id)
    assert (look.who, look.why) == (HOA, "xét trợ cấp")
    with pytest.raises(Refused), book.transact("access.view", HOA) as transaction:
        transaction.save(Access(look.id, look.at, "ai khác", look.person, look.what, look.why))


def test_who_has_no_right_sees_and_writes_nothing(book: Book, yen: Person) -> None:
    two_users(book)
    for by in (HUONG, "Người Lạ"):
        with pytest.raises(Refused, match="không có quyền xem"):
            sensitive.view(book, yen.id, "tò mò", by)
        with pytest.raises(Refused, match="không có quyền xem"):
            sensitive.save(book, yen.id, {"bank": {"value": "123"}}, by)
        with pytest.raises(Refused, match="không có quyền xem"):
            users.save(book, {"name": "Phan Đình Ân", "role": "Chủ tịch", "sees": True}, by)
    assert kept.accesses(book) == []
    held = person_file.person_file(book, yen.id)
    assert held is not None
    assert held.of("sensitive") == ()
    assert "Thái" not in repr(held.changes)


def test_an_own_password_stands_behind_a_name(book: Book, yen: Person) -> None:
    two_users(book)
    hoa, huong = kept.users(book)
    with pytest.raises(Refused, match="ít nhất 6 ký tự"):
        users.save(book, {"name": HOA, "role": "Kế toán", "sees": True, "password": "123"}, HOA, id_=hoa.id)
    users.save(book, {"name": HOA, "role": "Kế toán", "sees": True, "password": "hoa mai 88"}, HOA, id_=hoa.id)
    for password, told in (("", "Hãy nhập mật khẩu riêng"), ("hoa mai 89", "không đúng")):
        with pytest.raises(Refused, match=told):
            sensitive.view(book, yen.id, "xét trợ cấp", HOA, password=password)
    assert "ethnicity" in sensitive.view(book, yen.id, "xét trợ cấp", HOA, password="hoa mai 88")
    assert "hoa mai" not in repr(kept.users(book))
    with pytest.raises(Refused, match="ít nhất một người"):
        users.save(book, {"name": HOA, "role": "Kế toán", "sees": False}, HOA, id_=hoa.id, own_password="hoa mai 88")
    with pytest.raises(Refused, match="ít nhất một người"):
        users.remove(book, hoa.id, HOA, own_password="hoa mai 88")
    users.remove(book, huong.id, HOA, own_password="hoa mai 88")
    assert [one.name for one in kept.users(book)] == [HOA]


def test_who_may_only_read_changes_nothing_in_the_book(book: Book, yen: Person) -> None:
    two_users(book)
    reader = {"name": "Phan Đình Ân", "role": "Chỉ xem", "sees": True}
    users.save(book, reader, HOA)
    with pytest.raises(Refused, match="chỉ được xem sổ này"):
        members.edit(book, yen.id, {"team": "Tổ 2"}, "Phan Đình Ân")
    assert "ethnicity" in sensitive.view(book, yen.id, "giám sát", "Phan Đình Ân")  # noted, though only a reader
    assert [look.who for look in kept.accesses(book)] == ["Phan Đình Ân"]


def test_facts_are_refused_changed_and_taken_away_one_by_one(book: Book, yen: Person) -> None:
    with pytest.raises(Refused, match="không có trong danh mục tôn giáo"):
        sensitive.save(book, yen.id, {"religion": {"value": "Đạo lạ"}, "hardship": {"value": ""}}, HOA)
    sensitive.save(book, yen.id, {"hardship": {"value": ""}, "ethnicity": {"value": "dan-toc-1979/24"}}, HOA)
    facts = kept.of(book, yen.id)
    assert set(facts) == {"ethnicity", "party_full"}
    told = b"".join(p for (p,) in book.db.execute("SELECT whole(payload, record) FROM journal WHERE payload IS NOT NULL"))
    assert "Nuôi con".encode() not in told  # what was taken back is in no history
    assert sensitive.shown(facts["ethnicity"][0]) == "Thổ"
    with book.transact("sensitive.save", HOA) as transaction:  # what another PC wrote at the same time
        twin = {"id": new_id(), "person": yen.id, "what": "ethnicity", "value": "dan-toc-1979/01", "basis": "luat"}
        transaction.save(build(Sensitive, twin))
    sensitive.save(book, yen.id, {"ethnicity": {"value": "Kinh"}}, HOA)
    assert len(kept.of(book, yen.id)["ethnicity"]) == 1
    assert book.verify().first_fault is None


def test_papers_leave_it_out_unless_asked_and_whole_numbers_are_noted(book: Book, yen: Person, tmp_path: Path) -> None:
    people = members.people(book, everyone=True)
    member_papers.write_list(book, people, ["name", "cccd"], tmp_path / "a.pdf", DAY, whole=True, by=HOA)
    assert [look.what for look in kept.accesses(book)] == ["Danh sách có đủ số CCCD (1 người)"]
    member_papers.write_sheet(book, yen.id, 2026, tmp_path / "b.pdf", DAY)
    with pytest.raises(Refused, match="Không ai"):
        member_papers.write_sensitive(book, people, ["illness"], tmp_path / "c.pdf", DAY, reason="quà", by=HOA)
    count = member_papers.write_sensitive(
        book, people, ["hardship", "ethnicity"], tmp_path / "c.xlsx", DAY, reason="quà Tết", by=HOA
    )
    assert (count, (tmp_path / "c.xlsx").exists()) == (1, True)
    assert kept.accesses(book, yen.id)[0].why == "quà Tết"


def test_a_request_is_answered_with_all_of_it_by_who_has_the_right(book: Book, yen: Person, tmp_path: Path) -> None:
    two_users(book)
    with pytest.raises(Refused, match="không có quyền xem"):
        data_requests.hand_over(book, yen.id, tmp_path, reason="đơn", day=DAY, by=HUONG)
    _, answer = data_requests.hand_over(book, yen.id, tmp_path, reason="đơn", day=DAY, by=HOA)
    told = json.loads(answer.read_text("utf-8"))
    assert [fact["what"] for fact in told["sensitives"]] == ["ethnicity", "party_full", "hardship"]
    assert [look["what"] for look in told["accesses"]] == ["Trả hồ sơ dữ liệu theo yêu cầu"]
    assert ("Nội dung", "Thái") in [(one["field"], one["new"]) for one in told["history"]]


def test_erasure_reaches_everything_and_the_free_words_of_what_stays(book: Book, yen: Person) -> None:
    sensitive.view(book, yen.id, "xét trợ cấp", HOA)
    since = {"since": date(2010, 1, 1), "law": "CV 12/LĐLĐ"}
    with book.transact("extra_field.publish", "LĐLĐ tỉnh") as transaction:
        asked = {"id": new_id(), "code": "nha_o", "label": "Nhà ở", "kind": "Chữ", **since}
        transaction.save(build(ExtraField, asked))
    person_record.save(
        book, yen.id, {"home": "Xóm Nam Trung", "languages": [{"name": "Tiếng Lào"}]}, HOA,
        numbers=[{"kind": "CMND", "value": "186123456"}], children=[{"name": "Lê Gia Bảo"}],
        consents=[{"day": "1/2/2014", "form": "Văn bản", "version": "2026-01", "note": "ký tại xưởng may"}],
        extras={"nha_o": "ở nhờ nhà bác"},
    )  # fmt: skip
    photos.put(book, yen.id, b"\xff\xd8\xff anh the cua Yen", HOA, day=DAY)
    unfinished.keep(book, "person_record", yen.id, {"details": {"home": "Xóm Nam Trung"}})
    members.leave(book, [yen.id], date(2015, 6, 1), HOA)
    with book.transact("movements.note", HOA) as transaction:
        for moved in transaction.book.all(person_file.fields.entities()["movement"].record):
            transaction.save(person_file.fields.build(type(moved), {**vars(moved), "reason": "Yến về quê chăm mẹ ốm"}))
    data_requests.erase(book, yen.id, "hết thời hạn", HOA, DAY)
    assert list(book.all(Sensitive)) == []
    assert list(book.all(Access)) == []
    (moved,) = book.all(person_file.fields.entities()["movement"].record)
    assert (moved.person, moved.kind, moved.reason) == (yen.id, "TV", "")  # type: ignore[attr-defined]
    told = b"".join(p for (p,) in book.db.execute("SELECT whole(payload, record) FROM journal WHERE payload IS NOT NULL"))
    words = ("Yến về quê", "Nuôi con một mình", "040190009900", "Xóm Nam Trung", "Tiếng Lào", "186123456",
             "Lê Gia Bảo", "ký tại xưởng may", "ở nhờ nhà bác")  # fmt: skip
    for word in words:
        assert word.encode() not in told
    assert book.verify().first_fault is None
    assert photos.of(book, yen.id) == b""
    assert unfinished.kept(book, "person_record") == {}
