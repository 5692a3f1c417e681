"""Officers as the union keeps them: a body is elected, somebody is replaced, and what looks wrong is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.actions import officers
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Office, Person, Term, Union
from desktop_app.reports.allowance_paper import allowance_paper
from desktop_app.storage import officers as asked
from desktop_app.storage.book import Book, new_id
from tests.unions import found_union, hire, hire_e2

TODAY = date(2026, 11, 24)
BEGAN = date(2025, 9, 15)


def elect(book: Book, body: str, since: Any, *elected: tuple[Person, str], **values: object) -> officers.Done:
    rows = [{"person": person.id, "post": post} for person, post in elected]
    return officers.elect(book, body, {"since": since, **values}, rows, "Hoa")


def now(book: Book, day: date = TODAY) -> list[tuple[str, str]]:
    return [(one.name, one.post) for one in asked.holders(book, day)]


def told(book: Book, day: date = TODAY) -> list[str]:
    return [doubt.text for doubt in officers.doubts(book, day)]


def test_a_new_term_ends_the_old_one_and_history_stays(book: Book) -> None:
    found_union(book)
    lan, thu, minh = (hire(book, name) for name in ("Lê Thị Lan", "Trần Thị Thu", "Hồ Văn Minh"))
    elect(book, "BCH", "01/03/2020", (lan, "CT"), (thu, "UVBCH"))
    done = elect(book, "BCH", BEGAN, (lan, "CT"), (minh, "PCT"))
    assert now(book) == [("Lê Thị Lan", "CT"), ("Hồ Văn Minh", "PCT")]
    assert now(book, date(2021, 1, 1)) == [("Lê Thị Lan", "CT"), ("Trần Thị Thu", "UVBCH")]
    gone = next(office for office in book.all(Office) if office.person == thu.id)
    assert (gone.until, gone.ended) == (date(2025, 9, 14), "Hết nhiệm kỳ")
    assert [(term.name, term.until) for term in asked.terms(book)] == [
        ("2025–2030", date(2030, 9, 14)), ("2020–2025", date(2025, 2, 28))
    ]  # fmt: skip
    assert {office.term for office in done.offices} == {asked.terms(book)[0].id}
    assert done.changes.entities == {"term", "office"}
    assert book.verify().first_fault is None


def test_one_wrong_name_stops_the_whole_election(book: Book) -> None:
    lan, thu = hire(book, "Lê Thị Lan"), hire(book, "Trần Thị Thu", left=date(2024, 1, 1))
    with pytest.raises(Refused) as refused:
        elect(book, "BCH", BEGAN, (lan, "CT"), (thu, "UVBCH"), (lan, "TQ"))
    assert [problem.problem for problem in refused.value.problems] == [
        "Người thứ 2: Trần Thị Thu đã thôi từ 01/01/2024. Hãy chọn người khác.",
        "Người thứ 3: Thủ quỹ không thuộc Ban Chấp hành.",
    ]
    assert (list(book.all(Term)), list(book.all(Office))) == ([], [])
    for body, days, field in (("TC", {}, "body"), ("BCH", {"until": date(2025, 1, 1)}, "until")):
        with pytest.raises(Refused) as refused:
            elect(book, body, BEGAN, (lan, "CT"), **days)
        assert refused.value.problems[0].field == field


def test_a_post_is_taken_replaced_ended_and_taken_back(book: Book) -> None:
    lan, thu = hire(book, "Lê Thị Lan", team="Tổ 1"), hire(book, "Trần Thị Thu", team="Tổ 1")
    elect(book, "BCH", BEGAN, (lan, "CT"))
    (leader,) = officers.appoint(book, {"person": lan.id, "post": "TT", "since": "01/10/2025"}, "Hoa").offices
    assert (leader.title, leader.unit) == ("Tổ trưởng", "Tổ 1")
    with pytest.raises(Refused, match="Lê Thị Lan đang là Tổ trưởng"):
        officers.appoint(book, {"person": lan.id, "post": "TT", "since": "01/11/2025"}, "Hoa")
    with pytest.raises(Refused) as refused:
        officers.replace(book, leader.id, {"person": thu.id, "since": "01/09/2025"}, "Hoa")
    assert refused.value.problems[0].field == "since"
    values = {"person": thu.id, "since": "01/06/2026", "ended": "Chuyển công tác", "decision": "03/QĐ-CĐCS"}
    (new,) = officers.replace(book, leader.id, values, "Hoa").offices
    assert (new.title, new.unit, now(book)[-1]) == ("Tổ trưởng", "Tổ 1", ("Trần Thị Thu", "TT"))
    old = book.get(Office, leader.id)
    assert old is not None
    assert (old.until, old.ended) == (date(2026, 5, 31), "Chuyển công tác")
    officers.end(book, [new.id], "30/06/2026", "Phân công lại", "Hoa")
    assert now(book) == [("Lê Thị Lan", "CT")]
    officers.take_back(book, [new.id], "Hoa")
    assert len(list(book.all(Office))) == 2
    (added,) = officers.appoint(book, {"person": thu.id, "post": "UVBCH", "since": "01/06/2026"}, "Hoa").offices
    assert added.term == asked.terms(book)[0].id
    (changed,) = officers.change(book, added.id, {"post": "PCT"}, "Hoa").offices
    assert (changed.id, changed.title) == (added.id, "Phó Chủ tịch")


def test_what_looks_wrong_is_told_and_stored_all_the_same(book: Book) -> None:
    found_union(book)
    people = [hire(book, f"Đậu Thị Số {number}", sex="Nữ") for number in range(10)]
    done = elect(book, "BCH", BEGAN, (people[0], "CT"), (people[1], "UVBTV"), *((one, "UVBCH") for one in people[2:6]))
    assert [doubt.text for doubt in done.doubts if not doubt.term and not doubt.signers] == [
        "Ban Chấp hành có 6 người, nhiều hơn 3 người của công đoàn có 10 đoàn viên.",
        "Ban Chấp hành có 6 người nên chưa lập Ban Thường vụ (từ 9 người).",
    ]
    for post in ("KT", "TQ"):
        done = officers.appoint(book, {"person": people[6].id, "post": post, "since": BEGAN}, "Hoa")
    assert done.doubts[0].tone == "bad"
    assert done.doubts[0].text == (
        "Đậu Thị Số 6 vừa là Kế toán vừa là Thủ quỹ: Luật Kế toán 88/2015/QH13 điều 52: người làm kế toán không được"
        " kiêm thủ quỹ."
    )
    officers.appoint(book, {"person": people[7].id, "post": "CT", "since": BEGAN}, "Hoa")
    assert any("Chủ tịch đang có 2 người" in text for text in told(book))
    assert "Công đoàn có 10 nữ đoàn viên, chưa ghi Ban Nữ công." in told(book)
    assert not any("Ủy ban Kiểm tra" in text for text in told(book))


def test_a_committee_is_measured_by_the_rule_of_the_day_it_was_elected(book: Book) -> None:
    people = hire_e2(book)
    elect(book, "BCH", date(2025, 3, 1), *((one, "UVBCH") for one in people[:7]))
    assert not any("nhiều hơn" in text for text in told(book))
    elect(book, "BCH", BEGAN, *((one, "UVBCH") for one in people[:7]))
    assert "Ban Chấp hành có 7 người, nhiều hơn 5 người của công đoàn có 120 đoàn viên." in told(book)


def test_a_term_that_ends_is_told_four_months_before(book: Book) -> None:
    lan = hire(book, "Lê Thị Lan")
    elect(book, "UBKT", date(2020, 3, 1), (lan, "CNKT"), until=date(2025, 3, 1))
    for day, begins in ((date(2024, 10, 1), None), (date(2024, 11, 10), "hết ngày 01/03/2025"), (TODAY, "đã hết từ")):
        found = [doubt for doubt in officers.waits(book, day) if begins and begins in doubt.text]
        assert bool(found) == bool(begins)
    assert list(officers.waits(book, date(2024, 10, 1))) == []


def test_the_allowances_of_e7_come_from_the_posts_held(book: Book) -> None:
    people = hire_e2(book)
    posts = ("CT", "KT", "UVBCH", "UVBCH", "TQ")
    for person, post in (*zip(people, posts, strict=False), (people[1], "UVBCH"), (people[0], "TT")):
        officers.appoint(book, {"person": person.id, "post": post, "since": BEGAN, "unit": "Tổ 1"}, "Hoa")
    for number, person in enumerate(people[5:9]):
        officers.appoint(book, {"person": person.id, "post": "TT", "since": BEGAN, "unit": f"Tổ {number}"}, "Hoa")
    paid = asked.allowances(book, date(2026, 10, 28), 120)
    assert [one.amount for one in paid[:2]] == [379_500, 253_000]
    assert (len(paid), sum(one.amount for one in paid)) == (9, 2_251_700)
    report = allowance_paper(book, found_union(book), "2026-10", 120)
    assert report.tables[0].rows[0].cells["coefficient"] == "0,15"
    assert report.tables[0].rows[-1].cells == {"name": "Cộng", "amount": 2_251_700}
    assert report.sections[1].paragraphs[1] == (
        "Tổng số tiền (viết bằng chữ): Hai triệu hai trăm năm mươi mốt nghìn bảy trăm đồng."
    )


def test_a_full_time_officers_file_counts_once_it_is_whole(book: Book) -> None:
    facts = {"birth": "1980", "sex": "Nữ", "cccd": "040180001234", "phone": "0912345678", "address": "Vinh",
             "education": "Đại học", "joined": date(2010, 1, 1)}  # fmt: skip
    lan, thu = hire(book, "Lê Thị Lan", **facts), hire(book, "Trần Thị Thu")
    assert asked.file_share(book, TODAY) == (0, 0)
    for person in (lan, thu):
        values = {"person": person.id, "post": "PCT", "since": BEGAN, "full_time": True, "decision": "12/QĐ-LĐLĐ"}
        officers.appoint(book, values, "Hoa")
    assert asked.files(book, TODAY)[0].missing == (
        "quê quán", "lý luận chính trị", "quá trình công tác", "đào tạo, bồi dưỡng"
    )  # fmt: skip
    assert len(asked.files(book, TODAY)[1].missing) == 11
    assert asked.file_share(book, TODAY) == (0, 2)
    assert asked.full_time(book, TODAY) == {lan.id, thu.id}


def test_the_names_under_papers_follow_the_posts_once_asked(book: Book) -> None:
    found_union(book, chair="Lê Thị Lan", accountant="Trần Thị Thu")
    lan, thu = hire(book, "Lê Thị Lan"), hire(book, "Trần Thị Thu")
    elect(book, "BCH", BEGAN, (thu, "CT"), (lan, "UVBCH"))
    wrong = [doubt for doubt in officers.doubts(book, TODAY) if doubt.signers]
    assert [doubt.text for doubt in wrong] == [
        "Giấy tờ in Chủ tịch là Lê Thị Lan, theo chức vụ là Trần Thị Thu. Bấm để ghi lại người ký."
    ]
    officers.sign_as_held(book, "Hoa")
    unit = next(book.all(Union))
    assert (unit.chair, unit.accountant) == ("Trần Thị Thu", "Trần Thị Thu")
    assert not any(doubt.signers for doubt in officers.doubts(book, TODAY))
    assert asked.holder_of(book, "CT", TODAY) == "Trần Thị Thu"
    assert asked.holder_of(book, "CT", date(2024, 1, 1)) == ""


def test_an_old_term_entered_late_ends_where_the_next_began_and_empty_seats_are_told(book: Book) -> None:
    found_union(book)
    lan, thu, minh = (hire(book, name) for name in ("Lê Thị Lan", "Trần Thị Thu", "Hồ Văn Minh"))
    elect(book, "BCH", BEGAN, (lan, "CT"), (thu, "UVBCH"), planned=3)
    assert "Ban Chấp hành có 2 người, khuyết 1 người so với 3 người Đại hội quyết định." in told(book)
    elect(book, "BCH", date(2020, 3, 1), (minh, "CT"), (thu, "UVBCH"))
    assert now(book) == [("Lê Thị Lan", "CT"), ("Trần Thị Thu", "UVBCH")]
    assert now(book, date(2025, 9, 14)) == [("Hồ Văn Minh", "CT"), ("Trần Thị Thu", "UVBCH")]


def test_a_title_of_an_old_list_stays_until_another_post_is_chosen(book: Book) -> None:
    lan = hire(book, "Lê Thị Lan", team="Tổ 1")
    with book.transact("import.run", "Hoa") as transaction:
        for title in ("Phó Chủ tịch chuyên trách", "Tổ trưởng"):
            values = {"id": new_id(), "person": lan.id, "title": title, "since": BEGAN}
            transaction.save(build(Office, values))
    assert [(one.post, one.unit, one.full_time) for one in asked.holders(book, TODAY)] == [
        ("PCT", "", True), ("TT", "Tổ 1", False)
    ]  # fmt: skip
    vice = next(one.office for one in asked.held(book, TODAY) if one.full_time)
    (kept,) = officers.change(book, vice.id, {"post": "PCT", "tasks": "Chính sách"}, "Hoa").offices
    assert (kept.title, kept.tasks) == ("Phó Chủ tịch chuyên trách", "Chính sách")
    (changed,) = officers.change(book, vice.id, {"post": "CT"}, "Hoa").offices
    assert changed.title == "Chủ tịch"
    assert not any("Chưa rõ" in text for text in told(book))
    officers.appoint(book, {"person": lan.id, "title": "Trưởng nhóm văn nghệ", "since": BEGAN}, "Hoa")
    assert told(book)[-1].startswith("Chưa rõ chức vụ nào, chưa tính vào ban nào: Trưởng nhóm văn nghệ.")


def test_terms_entered_in_any_order_tell_the_same_history(book: Book) -> None:
    lan, thu, minh = (hire(book, name) for name in ("Lê Thị Lan", "Trần Thị Thu", "Hồ Văn Minh"))
    years = {2015: (lan, thu), 2020: (thu, lan), 2025: (minh, thu)}
    for body, posts, order in (("BCH", ("CT", "UVBCH"), (2015, 2020, 2025)), ("UBKT", ("CNKT", "UVKT"), (2025, 2015, 2020))):
        for year in order:
            elect(book, body, date(year, 3, 1), *zip(years[year], posts, strict=True))
    for day in (date(2016, 1, 1), date(2020, 2, 29), date(2020, 3, 1), date(2025, 2, 28), TODAY):
        names = [name for name, _ in now(book, day)]
        assert len(names) == 4
        assert names[:2] == names[2:]
