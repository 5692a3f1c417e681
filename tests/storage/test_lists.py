"""The list as it is asked for: quick answers begin what the line-up tells, and the index follows every change of a name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import members
from desktop_app.domain import vietnamese
from desktop_app.domain.fields import build
from desktop_app.domain.records import Child
from desktop_app.storage import lists, quality, sieves
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.lists import Asked
from desktop_app.storage.sieves import branch
from tests.unions import hire

TODAY = date(2026, 11, 24)
NAMES = (
    "Nguyễn Văn Thắng", "Nguyễn Văn Thăng", "Hoàng Thị Thang", "Trần Thị Hòa", "Trần Thị Hoà", "Đặng Thúy An", "Lê Ân",
    "K'Sor H'Bia", "Lô Thị Xuân", "Nguyễn Thị Yến",
)  # fmt: skip


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = Book.create(tmp_path_factory.mktemp("full") / "book.db", bytes(32), "40-001")
    for number, name in enumerate(NAMES):
        values = {"name": name, "birth": "1990", "sex": "Nữ", "cccd": f"04019000{number:04}", "card": f"NA-{number:03}"}
        members.add(book, {**values, "team": f"Tổ {number + 1}", "wage": (number % 3) * 1_000_000}, "Hoa")
    return book


def names(book: Book, asked: Asked) -> list[str]:
    return [one.name for one in lists.page(book, lists.line_up(book, asked, TODAY), TODAY)]


QUERIES = st.sampled_from(NAMES).flatmap(
    lambda name: st.one_of(
        st.integers(1, len(name)).map(lambda end: name[:end]),
        st.integers(1, len(name)).map(lambda end: vietnamese.fold(name)[:end]),
        st.permutations(name.split()).map(" ".join),
        st.just(vietnamese.initials(name)),
    )
) | st.sampled_from(["04019", "0007", "na-00", "na 3", "zz", "%", "x!_1"])


@given(query=QUERIES, most=st.integers(1, 12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_first_rows_begin_the_whole_line_up_unless_it_goes_on_with_parts(full: Book, query: str, most: int) -> None:
    asked = Asked(query)
    first, whole = lists.first(full, asked, TODAY, most), list(lists.line_up(full, asked, TODAY))
    assert first == whole[: len(first)]
    assert bool(first) == bool(whole)


def test_a_search_forgives_marks_and_spelling_and_puts_what_was_typed_first(full: Book) -> None:
    assert names(full, Asked("thăng")) == ["Nguyễn Văn Thăng", "Hoàng Thị Thang", "Nguyễn Văn Thắng"]
    assert names(full, Asked("hoà")) == ["Trần Thị Hòa", "Trần Thị Hoà", "Hoàng Thị Thang"]
    assert names(full, Asked("THUÝ dang")) == ["Đặng Thúy An"]
    assert names(full, Asked("vt")) == ["Nguyễn Văn Thăng", "Nguyễn Văn Thắng"]
    assert names(full, Asked("h'bia")) == names(full, Asked("sor")) == ["K'Sor H'Bia"]
    assert names(full, Asked("yen")) == ["Nguyễn Thị Yến"]  # not every Nguyễn


def test_last_digits_find_and_so_does_a_card_in_small_letters(full: Book) -> None:
    assert names(full, Asked("0003")) == names(full, Asked("na-003")) == ["Trần Thị Hòa"]


def test_the_filter_row_and_the_headings_ask_the_book(full: Book) -> None:
    assert names(full, Asked(typed={"team": "to 1", "name": "x"})) == []
    assert names(full, Asked(typed={"team": "to 10"})) == ["Nguyễn Thị Yến"]
    assert names(full, Asked(typed={"wage": ">1,5tr"}, order="team")) == ["Hoàng Thị Thang", "Đặng Thúy An", "Lô Thị Xuân"]
    assert names(full, Asked(order="team", down=True))[0] == "Nguyễn Thị Yến"
    wages = [one.wage for one in lists.page(full, lists.line_up(full, Asked(order="wage"), TODAY), TODAY)]
    assert wages == [1_000_000] * 3 + [2_000_000] * 3 + [0] * 4


def test_the_index_follows_a_name_that_is_corrected_or_erased_and_verify_sees_when_it_does_not(book: Book) -> None:
    lan = hire(book, "Lê Thị Lan")
    members.edit(book, lan.id, {"name": "Lê Thị Loan"}, "Hoa")
    assert names(book, Asked("loan")) == ["Lê Thị Loan"]
    assert lists.first(book, Asked("lan"), TODAY, 9) == []
    assert book.verify().first_fault is None
    with book.transact("test", "Hoa") as transaction:
        transaction.erase(lan)
    book.db.execute("CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab(main, people_words, row)")
    assert book.db.execute("SELECT term FROM temp.kept_words").fetchall() == []
    with book.writing():
        book.db.execute("DROP TRIGGER words_people_insert")
    hire(book, "Hồ Văn An")
    assert "Chỉ mục tìm tên" in str(book.verify().first_fault)


def test_chips_let_through_by_age_retirement_birthday_children_and_gaps(book: Book) -> None:
    facts = (  # name, sex, birth, card, team
        ("Lê Văn An", "Nam", "1965-02-10", "NA1", "Tổ 1"),  # retires 08/2026
        ("Lê Thị Bé", "Nữ", "1970-06-30", "NA2", "Tổ 2"),  # retires 02/2028
        ("Lê Thị Chi", "Nữ", "1996-11-24", "", "Tổ 2"),  # thirty today
        ("Lê Văn Dũng", "Nam", "1996-11-25", "NA4", ""),  # thirty tomorrow
        ("Lê Thị Én", "Nữ", "", "NA5", "Tổ 3"),
    )
    for number, (name, sex, birth, card, team) in enumerate(facts):
        values = {"name": name, "sex": sex, "birth": birth, "card": card, "team": team, "joined": "2020-01-01"}
        members.add(book, {**values, "cccd": f"0400{number:08}", "wage": 5_000_000}, "Hoa")
    chi = lists.page(book, lists.line_up(book, Asked("chi"), TODAY), TODAY)[0]
    with book.transact("test", "Hoa") as transaction:
        transaction.save(build(Child, {"id": new_id(), "person": chi.id, "name": "Bin", "birth": "2011"}))
    sieved = {
        ("retiring", "0"): ["Lê Văn An"], ("retiring", "36"): ["Lê Văn An", "Lê Thị Bé"],
        ("age", "0-29"): ["Lê Văn Dũng"], ("age", "30-39"): ["Lê Thị Chi"],
        ("birthday", "this"): ["Lê Thị Chi", "Lê Văn Dũng"], ("birthday", "next"): [],
        ("card", "none"): ["Lê Thị Chi"], ("children", "16"): ["Lê Thị Chi"], ("children", "15"): [],
        ("team", branch(["Tổ 1", "Tổ 3"])): ["Lê Văn An", "Lê Thị Én"],
        ("incomplete", "any"): ["Lê Văn Dũng", "Lê Thị Én"], ("incomplete", "birth"): ["Lê Thị Én"],
        ("incomplete", "registered"): [name for name, *_ in facts],
    }  # fmt: skip
    for (key, value), told in sieved.items():
        assert names(book, Asked(sieve={key: value})) == told, (key, value)
        if sieves.quick({key: value}):
            first = lists.page(book, lists.first(book, Asked("le", {key: value}), TODAY, 9), TODAY)
            assert [one.name for one in first] == told
    assert names(book, Asked(sieve={"sex": "Nữ", "retiring": "36"})) == ["Lê Thị Bé"]
    assert names(book, Asked(order="retires"))[:2] == ["Lê Văn An", "Lê Thị Bé"]
    assert names(book, Asked(typed={"retires": "08/2026"})) == ["Lê Văn An"]


def test_quality_counts_each_field_and_each_team_with_the_number_of_members(book: Book) -> None:
    for number in range(4):
        values = {"name": f"Lê Thị {'ABCD'[number]}", "sex": "Nữ", "birth": "1990", "cccd": f"04019000000{number}"}
        more = {"card": f"NA{number}", "team": f"Tổ {number % 2 + 1}", "joined": "2020-01-01", "wage": number}
        members.add(book, {**values, **more, "registered": "2026-03-05" if number < 3 else ""}, "Hoa")
    found = quality.measure(book, TODAY)
    assert (found.complete, found.registered) == ((3, 4), (3, 4))
    assert {one.field: share for one, share in found.fields} == {
        **dict.fromkeys(("birth", "sex", "cccd", "team", "joined"), (4, 4)), "wage": (3, 4),
    }  # fmt: skip
    assert found.teams == (("Tổ 1", (1, 2), (2, 2)), ("Tổ 2", (2, 2), (1, 2)))
    everybody = lists.line_up(book, Asked(), TODAY)
    assert [gap.fields for gap in quality.gaps(book, everybody, TODAY)] == [("wage",), (), (), ("registered",)]
    assert lists.page(book, everybody, TODAY)[0].gaps == "lương"
