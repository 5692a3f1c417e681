"""Movements as the accountant records them: the list, dues and heads follow; what was wrong is corrected openly."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.actions import members, movement_papers, movements
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Movement, Person
from desktop_app.reports.make import make
from desktop_app.storage import overview, payroll, workforce
from desktop_app.storage.book import Book
from tests.unions import found_union, hire

MAY = date(2026, 5, 10)


def move(book: Book, person: Person, kind: str, day: date, **values: object) -> movements.Recorded:
    return movements.record(book, [person.id], {"kind": kind, "day": day, **values}, "Hoa")


def record_of(book: Book, person: Person) -> Person:
    found = book.get(Person, person.id)
    assert found is not None
    return found


def written(book: Book) -> list[tuple[str, date | None]]:
    return [(m.kind, m.day) for m in sorted(book.all(Movement), key=lambda m: (m.day or date.min, m.id))]


def owing(book: Book, month: str) -> list[tuple[str, str]]:
    return [(line.name, line.exempt) for line in payroll.dues_lines(book, month)]


def test_a_worker_is_admitted_and_the_first_movement_keeps_what_the_record_told(book: Book) -> None:
    duc = hire(book, "Bùi Văn Đức", member=False)
    done = move(book, duc, "KN", MAY, document="05/QĐ-CĐCS")
    assert done.doubts == ()
    assert (record_of(book, duc).member, record_of(book, duc).joined) == (True, MAY)
    yen = hire(book, "Võ Thị Yến", joined=date(2020, 1, 1))
    assert move(book, yen, "CDI", MAY, to_unit="CĐCS Công ty Bình Minh").doubts == (
        "Chưa ghi số giấy giới thiệu chuyển sinh hoạt.",
    )
    assert written(book) == [("KN", date(2020, 1, 1)), ("KN", MAY), ("CDI", MAY)]
    assert record_of(book, yen).left == MAY
    assert book.verify().first_fault is None


def test_who_leaves_the_union_and_works_on_counts_for_the_fee_and_owes_the_month_of_leaving(book: Book) -> None:
    found_union(book)
    lan = hire(book, "Lê Thị Lan", 8_200_000)
    move(book, lan, "XR", MAY, document="01/ĐX")
    assert owing(book, "2026-05") == [("Lê Thị Lan", "")]
    assert owing(book, "2026-06") == []
    assert payroll.month_base(book, "2026-06") == (1, 8_200_000, 0, 0, False)
    assert members.listed(book, everyone=True)[0]["status"] == "đã ra công đoàn"
    assert (overview.heads(book, MAY).members, overview.heads(book, MAY).workers) == (0, 1)
    assert workforce.on(book, MAY - timedelta(days=1)).members == 1


def test_a_suspended_member_owes_nothing_for_whole_months_until_restored(book: Book) -> None:
    found_union(book)
    lan = hire(book, "Lê Thị Lan", 8_200_000)
    move(book, lan, "TD", MAY, reason="tạm hoãn hợp đồng")
    assert owing(book, "2026-05") == [("Lê Thị Lan", "")]
    assert owing(book, "2026-06") == [("Lê Thị Lan", "Tạm dừng sinh hoạt")]
    assert payroll.month_base(book, "2026-06").dues_fund == 0
    assert members.listed(book)[0]["status"] == "tạm dừng"
    move(book, lan, "KP", date(2026, 7, 20))
    assert owing(book, "2026-06") == [("Lê Thị Lan", "Tạm dừng sinh hoạt")]
    assert owing(book, "2026-07") == [("Lê Thị Lan", "")]
    assert members.listed(book)[0]["status"] == "đang sinh hoạt"


def test_one_who_cannot_move_stops_the_whole_batch(book: Book) -> None:
    lan, thu = hire(book, "Lê Thị Lan", team="Tổ 1"), hire(book, "Trần Thị Thu", team="Tổ 1")
    move(book, thu, "NH", MAY)
    with pytest.raises(Refused, match=r"Trần Thị Thu không còn là đoàn viên .* Chưa ghi cho ai cả"):
        movements.record(book, [lan.id, thu.id], {"kind": "GT", "day": "15/06/2026"}, "Hoa")
    assert len(list(book.all(Movement))) == 1
    moved = movements.record(book, [lan.id], {"kind": "CNB", "day": MAY, "to_unit": "Tổ 2"}, "Hoa").movements
    assert (moved[0].from_unit, record_of(book, lan).team) == ("Tổ 1", "Tổ 2")


def test_what_was_just_recorded_is_taken_back_and_later_it_is_corrected_with_a_reason(book: Book) -> None:
    lan = hire(book, "Lê Thị Lan", joined=date(2020, 1, 1), team="Tổ 1")
    (left,) = move(book, lan, "TV", MAY).movements
    movements.take_back(book, [left.id], "Hoa")
    assert record_of(book, lan) == lan
    (left,) = move(book, lan, "TV", MAY).movements
    with pytest.raises(Refused, match="Hãy ghi lý do điều chỉnh"):
        movements.correct(book, left.id, {"day": "20/06/2026"}, "Hoa")
    movements.correct(book, left.id, {"day": "20/06/2026", "reason": "ghi nhầm người"}, "Hoa")
    assert (record_of(book, lan).member, record_of(book, lan).left) == (True, None)
    with pytest.raises(Refused, match="Chỉ bỏ được biến động sau cùng"):
        movements.take_back(book, [left.id], "Hoa")
    assert book.verify().first_fault is None


def test_the_day_of_joining_typed_on_the_record_moves_the_entry_and_membership_needs_a_movement(book: Book) -> None:
    duc = hire(book, "Bùi Văn Đức", member=False)
    move(book, duc, "KN", MAY)
    members.edit(book, duc.id, {"joined": "12/05/2026"}, "Hoa")
    assert written(book) == [("KN", date(2026, 5, 12))]
    move(book, duc, "TD", date(2026, 6, 1))
    with pytest.raises(Refused, match="không khớp"):
        members.edit(book, duc.id, {"joined": "12/06/2026"}, "Hoa")
    with pytest.raises(Refused, match="trang Biến động"):
        members.edit(book, duc.id, {"member": False}, "Hoa")


def test_a_wrong_kind_day_or_unit_is_said_under_its_field(book: Book) -> None:
    lan = hire(book, "Lê Thị Lan")
    far = date.today() + timedelta(days=200)
    for values, field in (
        ({"kind": "QQ", "day": MAY}, "kind"),
        ({"kind": "CNB", "day": MAY}, "to_unit"),
        ({"kind": "TV", "day": far}, "day"),
        ({"kind": "TV"}, "day"),
    ):
        with pytest.raises(Refused) as refused:
            movements.record(book, [lan.id], values, "Hoa")
        assert [problem.field for problem in refused.value.problems] == [field]
    with pytest.raises(Refused, match="Hãy chọn người"):
        movements.record(book, [], {"kind": "TV", "day": MAY}, "Hoa")


def test_the_list_of_a_span_tells_what_records_say_and_what_was_written(book: Book) -> None:
    hire(book, "Lê Thị Lan", joined=date(2026, 2, 1), left=date(2026, 4, 1))
    yen = hire(book, "Võ Thị Yến", joined=date(2020, 1, 1))
    move(book, yen, "NH", MAY)
    found = movements.happened(book, date(2026, 1, 1), date(2026, 12, 31))
    assert [(one.name, one.kind, one.day, bool(one.id)) for one in found] == [
        ("Võ Thị Yến", "NH", "2026-05-10", True),
        ("Lê Thị Lan", "TV", "2026-04-01", False),
        ("Lê Thị Lan", "KN", "2026-02-01", False),
    ]


def test_who_was_expelled_comes_back_only_with_the_written_consent_of_the_level_above(book: Book) -> None:
    lan = hire(book, "Lê Thị Lan")
    move(book, lan, "KTR", date(2026, 1, 5), document="02/QĐ-KL")
    with pytest.raises(Refused, match="chỉ được kết nạp lại sau 3 tháng, từ ngày 05/04/2026"):
        move(book, lan, "KNL", date(2026, 4, 4), document="11/CV-LĐLĐ")
    with pytest.raises(Refused, match="đã bị khai trừ: kết nạp lại cần văn bản đồng ý") as refused:
        move(book, lan, "KNL", date(2026, 4, 5))
    assert refused.value.problems[0].field == "document"
    move(book, lan, "KNL", date(2026, 4, 5), document="11/CV-LĐLĐ")
    assert record_of(book, lan).member


def test_a_manager_is_admitted_with_a_doubt_and_a_long_suspension_is_named(book: Book) -> None:
    boss = hire(book, "Phan Đình Ân", member=False, job="Giám đốc nhà máy")
    clerk = hire(book, "Bùi Văn Đức", member=False, job="Trợ lý giám đốc")
    (doubt,) = move(book, boss, "KN", MAY, document="05/QĐ").doubts
    assert doubt.startswith("Phan Đình Ân (giám đốc nhà máy) là người quản lý")
    assert move(book, clerk, "KN", MAY, document="05/QĐ").doubts == ()
    move(book, clerk, "TD", date(2026, 6, 1))
    move(book, clerk, "CNB", date(2026, 7, 1), to_unit="Tổ 2")
    assert movements.paused_long(book, date(2027, 5, 31)) == []
    assert movements.paused_long(book, date(2027, 6, 1)) == ["Bùi Văn Đức"]
    move(book, clerk, "KP", date(2026, 8, 1))
    assert movements.paused_long(book, date(2027, 6, 1)) == []


def test_the_list_of_movements_is_written_for_excel_and_csv_name_by_name(book: Book, tmp_path: Path) -> None:
    found_union(book)
    yen = hire(book, "Võ Thị Yến", joined=date(2020, 1, 1), team="Tổ 1")
    move(book, yen, "CNB", MAY, to_unit="Tổ 2", reason="=1+1")
    move(book, yen, "CDI", date(2026, 6, 1), to_unit="CĐCS Bình Minh", document="01/GT", document_day=date(2026, 5, 28))
    year = Period.of_year(2026)
    rows = movements.happened(book, year.first, year.last)
    for ending in ("csv", "xlsx", "pdf"):
        movement_papers.write_list(book, rows, tmp_path / f"bd.{ending}", date(2026, 12, 1), period=year)
    assert (tmp_path / "bd.csv").read_text("utf-8-sig").splitlines() == [
        "STT,Ngày,Họ và tên,Biến động,Tổ,Từ đơn vị,Đến đơn vị,Số văn bản,Ngày văn bản,Lý do,Ghi chú",
        "1,10/05/2026,Võ Thị Yến,Chuyển tổ,Tổ 2,Tổ 1,Tổ 2,,,'=1+1,",
        "2,01/06/2026,Võ Thị Yến,Chuyển đi,Tổ 2,,CĐCS Bình Minh,01/GT,28/05/2026,,",
    ]
    with pytest.raises(Refused, match="Không có biến động nào"):
        movement_papers.write_list(book, [], tmp_path / "khong.csv", date(2026, 12, 1), period=year)


def test_a_record_that_says_another_thing_than_its_movements_is_told_and_follows_them(book: Book) -> None:
    found_union(book)
    lan, yen = (hire(book, name, joined=date(2020, 1, 1)) for name in ("Lê Thị Lan", "Võ Thị Yến"))
    move(book, lan, "TV", MAY)
    move(book, yen, "XR", MAY, document="1")
    assert movements.unlike(book, MAY) == []
    with book.transact("members.edit", "PC 2") as transaction:  # what another PC wrote later wins the field
        transaction.save(dataclasses.replace(record_of(book, lan), left=None))
    assert movements.unlike(book, MAY) == [(lan.id, "Lê Thị Lan")]
    check = make(book, "BDDV", Period.parse("2026-Q2")).answer["checks"][-1]
    assert (check["rule"], check["severity"], check["holds"], check["left"]) == (
        "Danh sách khớp biến động", "warning", False, 1,
    )  # fmt: skip
    movements.agree(book, "Hoa")
    assert (record_of(book, lan).left, movements.unlike(book, MAY)) == (MAY, [])
