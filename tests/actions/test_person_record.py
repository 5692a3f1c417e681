"""The full record of a person: details checked field by field, phones, cards and papers with dates, children."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.actions import members, person_record
from desktop_app.domain import codes as form
from desktop_app.domain import papers
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Person, PersonDetail
from desktop_app.storage import codes, person_more, sensitive
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.person_file import person_file

HOA = "Trần Thị Hoa"


@pytest.fixture
def yen(book: Book) -> Person:
    return members.add(book, {"name": "Võ Thị Yến", "birth": "1990", "cccd": "040190009900", "card": "NA-0007"}, HOA)[0]


def test_details_are_kept_in_one_form_and_shown_by_name(book: Book, yen: Person) -> None:
    person_record.save(book, yen.id, {
        "cccd_day": "5/3/2021", "home": "Xã Nam Đàn, tỉnh Nghệ An", "home_code": "xa-nghe-an-2025/17329",
        "insurance": "40 0912 3456", "languages": [{"name": "Tiếng Anh", "level": "Bậc 2"}],
        "married": "đã kết hôn", "emergency_phone": "+84 912 345 678", "rented": True,
    }, HOA)  # fmt: skip
    kept = person_record.read(book, yen.id).detail
    assert kept is not None
    assert (kept.cccd_day, kept.insurance, kept.married) == (date(2021, 3, 5), "4009123456", "Đã kết hôn")
    assert kept.emergency_phone == "0912345678"
    held = person_file(book, yen.id)
    assert held is not None
    assert ("Xã, tỉnh quê quán", "Xã Anh Sơn") in [(c.field, c.new) for c in held.changes]
    assert ("Ngoại ngữ", "Tiếng Anh, Bậc 2") in [(c.field, c.new) for c in held.changes]
    assert book.verify().first_fault is None


def test_every_wrong_value_is_named_and_nothing_is_stored(book: Book, yen: Person) -> None:
    with pytest.raises(Refused) as refused:
        person_record.save(
            book, yen.id, {"insurance": "912345678", "home_code": "Nghệ An"}, HOA,
            numbers=[{"kind": "CMND", "value": "040190009900"}, {"kind": "Điện thoại", "value": "0912345678"},
                     {"kind": "Hộ chiếu", "value": "C1234567", "since": "1/1/2022", "until": "1/1/2021"}],
            children=[{"name": "", "birth": "2015"}],
        )  # fmt: skip
    told = {p.field: p.problem for p in refused.value.problems}
    assert set(told) == {"insurance", "home_code", "numbers.0.value", "numbers.2.until", "children.0.name"}
    assert "Có phải là 0912345678" in told["insurance"]
    assert person_record.read(book, yen.id)[1:] == (None, [], [], [], {})


def test_rows_are_changed_added_and_put_away(book: Book, yen: Person) -> None:
    person_record.save(book, yen.id, {}, HOA, numbers=[{"kind": "CMND", "value": "186 123 456"}],
                       children=[{"name": "Lê Võ An", "birth": "2015"}, {"name": "Lê Võ Bình", "birth": "06/2019"}])  # fmt: skip
    old, *_ = person_more.numbers(book, yen.id)
    an, binh = person_more.children(book, yen.id)
    assert (old.value, an.birth, binh.birth) == ("186123456", "2015", "2019-06")
    person_record.save(book, yen.id, {}, HOA, children=[{"id": binh.id, "name": "Lê Võ Bình", "birth": "02/06/2019"}])
    assert [child.birth for child in person_more.children(book, yen.id)] == ["2019-06-02"]
    assert person_more.numbers(book, yen.id) == [old]


def test_a_new_card_leaves_the_old_number_in_the_record(book: Book, yen: Person) -> None:
    members.edit(book, yen.id, {"card": "NA-1007"}, HOA)
    (old,) = person_more.numbers(book, yen.id)
    assert (old.kind, old.value, old.until) == (papers.CARD, "NA-0007", date.today())


def test_details_begun_on_two_pcs_are_read_as_one_and_become_one(book: Book, yen: Person) -> None:
    with book.transact("members.record", HOA) as transaction:  # what a sync of two PCs leaves in the book
        transaction.save(PersonDetail(id=new_id(), person=yen.id, home="Nam Đàn", title="Chuyền trưởng"))
        transaction.save(PersonDetail(id=new_id(), person=yen.id, home="Xã Nam Đàn", married="Độc thân"))
    kept = person_more.detail(book, yen.id)
    assert kept is not None
    assert (kept.home, kept.title, kept.married) == ("Xã Nam Đàn", "Chuyền trưởng", "Độc thân")
    person_record.save(book, yen.id, {"home": ""}, HOA)
    (one,) = person_more.details(book, yen.id)
    assert (one.home, one.title, one.married) == ("", "Chuyền trưởng", "Độc thân")


def test_a_child_counts_until_the_birthday_and_by_its_year_where_only_that_is_known(book: Book, yen: Person) -> None:
    born = {"An": "24/11/2010", "Bình": "25/11/2010", "Chi": "2010", "Dung": "2009", "Em": ""}
    rows = [{"name": name, "birth": birth} for name, birth in born.items()]
    person_record.save(book, yen.id, {}, HOA, children=rows)
    found = person_more.young_children(book, date(2026, 11, 24), 16)
    assert sorted(child.child for child in found) == ["Bình", "Chi"]
    assert {(child.parent, child.card) for child in found} == {("Võ Thị Yến", "NA-0007")}


def test_codes_carry_their_list_and_are_found_by_name() -> None:
    assert codes.code_of("hmong", "dan-toc-1979") == "dan-toc-1979/08"
    assert codes.name_of("dan-toc-1979/02") == "Tày"
    assert codes.name_of("danh-muc-khac/02") == "danh-muc-khac/02"
    assert codes.code_of("Nghệ An", "tinh-2025") == "tinh-2025/40"
    sizes = {id_: len(codes.offered(id_)) for id_ in ("dan-toc-1979", "xa-nghe-an-2025", "tinh-2025", "tinh-cccd")}
    assert sizes == {"dan-toc-1979": 56, "xa-nghe-an-2025": 130, "tinh-2025": 34, "tinh-cccd": 63}
    for value, _ in codes.offered("dan-toc-1979", "ton-giao-2008", "xa-nghe-an-2025", "tinh-2025", "tinh-cccd"):
        assert form.check_code(value) == value


@given(st.text(max_size=14))
def test_a_number_is_refused_or_kept_in_a_form_that_stays(typed: str) -> None:
    for check in (papers.check_insurance, lambda text: papers.check_number(papers.OLD_ID, text),
                  lambda text: papers.check_number(papers.PASSPORT, text)):  # fmt: skip
        try:
            once = check(typed)
        except ValueError:
            continue
        assert check(once) == once


def test_a_consent_holds_until_it_is_withdrawn(book: Book, yen: Person) -> None:
    wrong = {"day": "1/2/2026", "form": "Văn bản", "version": "2026-01", "withdrawn": "1/1/2026"}
    with pytest.raises(Refused, match="Ngày rút lại phải sau"):
        person_record.save(book, yen.id, {}, HOA, consents=[wrong])
    agreed = {**wrong, "withdrawn": "1/10/2026", "version": person_record.consent_versions()[0]}
    person_record.save(book, yen.id, {}, HOA, consents=[agreed])
    held = sensitive.consent_in_force(book, yen.id, date(2026, 9, 30))
    assert held is not None
    assert held.version == "2026-01"
    assert sensitive.consent_in_force(book, yen.id, date(2026, 10, 1)) is None
