"""The posting lease on real books and the real server: who closes months, who gives the plain numbers, and how it moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.actions import lease, numbering, packets, periods, sync, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Closing, Fund, LeaseMove
from desktop_app.storage import closings, enrolment
from desktop_app.storage import lease as kept
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, paid
from tests.sync.pcs import dump
from tests.sync.test_packets import Pcs, Province, bring, pc, province

__all__ = ["pc", "province"]


@pytest.fixture
def two(pc: Pcs) -> tuple[Book, Book]:
    """The office, which made the book, and the workshop, enrolled after it; both have read all."""
    office = pc("van-phong")
    make_funds(office)
    sync.sync_now(office)
    workshop = pc("phan-xuong")
    level(office, workshop)
    return office, workshop


def level(*books: Book) -> None:
    for book in (*books, *books):
        sync.sync_now(book)


def post(book: Book, day: str = "20/10/2026", by: str = "Trần Thị Hoa") -> str:
    cash = next(fund for fund in book.all(Fund) if fund.code == "TM")
    return vouchers.write(book, paid(cash, day=day), by).number


def refusal(does: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        does()
    return str(refused.value)


def test_only_the_holder_closes_and_another_is_told_who_holds_it(two: tuple[Book, Book]) -> None:
    office, workshop = two
    assert (post(office), post(workshop)) == ("PC10/01", "PC.B10/01")
    level(office, workshop)
    said = refusal(lambda: periods.close(workshop, "2026-10", "Lê Văn Tám"))
    assert said == (
        f"Chỉ máy giữ quyền ghi sổ được khóa sổ. Quyền ghi sổ đang ở máy {office.device[:4]} (Trần Thị Hoa)."
        " Muốn chuyển quyền sang máy này: bấm Giao quyền ghi sổ ở trang Đồng bộ của máy đó, hoặc nhờ LĐLĐ tỉnh chuyển,"
        " rồi đồng bộ hai máy."
    )
    assert "được khóa sổ" not in lease.look(workshop).line
    assert "phải có dãy số riêng" in refusal(lambda: numbering.change(workshop, {"pattern": "{kind}{MM}/{nn}"}, "Tám"))
    periods.close(office, "2026-10", "Trần Thị Hoa")
    assert next(office.all(Closing)).lease == 1
    level(office, workshop)
    assert "được mở lại kỳ" in refusal(lambda: periods.reopen(workshop, "2026-10", "Bổ sung", "Lê Văn Tám"))


def test_the_holder_gives_it_away_and_is_without_it_at_once(two: tuple[Book, Book]) -> None:
    office, workshop = two
    post(office)
    level(office, workshop)
    draft = vouchers.draft(office, paid(next(iter(office.all(Fund)))), "Trần Thị Hoa")
    lease.give(office, workshop.device, "Trần Thị Hoa")
    assert "đã giao quyền ghi sổ cho máy" in refusal(lambda: periods.close(office, "2026-10", "Trần Thị Hoa"))
    assert kept.held(workshop) is None  # no server has said so yet
    assert (post(office), post(workshop)) == ("PC.A10/01", "PC.B10/01")
    level(office, workshop)
    assert (kept.held(office), kept.held(workshop)) == (None, 2)
    assert post(workshop) == "PC10/02"  # it goes on after the last it has seen: no gap
    assert vouchers.post(office, draft.id, "Trần Thị Hoa").number == "PC.A10/02"
    periods.close(workshop, "2026-10", "Lê Văn Tám")
    assert "Quyền ghi sổ đang ở máy" in lease.look(office).line
    level(office, workshop)
    assert next(office.all(Closing)).lease == 2
    assert dump(office) == dump(workshop)


def test_the_provinces_staff_moves_it_from_a_pc_that_died(two: tuple[Book, Book], province: Province) -> None:
    office, workshop = two
    unit = f"/don-vi/{office.union_code}/"
    page = province.post(f"{unit}may/{workshop.device}/quyen-ghi-so/").text
    assert f"Đã chuyển quyền ghi sổ sang máy {workshop.device}" in page
    assert "đang giữ quyền ghi sổ rồi" in province.post(f"{unit}may/{workshop.device}/quyen-ghi-so/").text
    assert f"sang máy {workshop.device}, lượt 2" in province.desk.get(f"{province.url}/nhat-ky/", timeout=60).text
    periods.close(office, "2026-10", "Trần Thị Hoa")  # it lives after all, and does not know yet
    sync.sync_now(workshop)
    periods.close(workshop, "2026-11", "Lê Văn Tám")
    periods.reopen(workshop, "2026-11", "Bổ sung", "Lê Văn Tám")
    level(office, workshop)
    assert closings.closed_months(office) == closings.closed_months(workshop) == ["2026-10"]
    assert kept.held(office) is None
    province.post(f"{unit}may/{workshop.device}/thu-hoi/")
    assert "Không máy nào còn dùng giữ quyền ghi sổ" in province.desk.get(f"{province.url}{unit}", timeout=60).text
    assert "đã bị thu hồi" in province.post(f"{unit}may/{workshop.device}/quyen-ghi-so/").text
    sync.sync_now(office)
    assert lease.look(office).line == "Chưa máy nào được biết là giữ quyền ghi sổ."


def test_a_code_of_the_province_brings_it_and_no_number_is_given_twice(
    two: tuple[Book, Book], province: Province
) -> None:
    office, workshop = two
    page = province.post(f"/don-vi/{office.union_code}/ma/", data={"quyen": "1"}).text
    code = page.split('class="code">')[1].split("<")[0]
    assert "giữ luôn quyền ghi sổ" in page
    sync.enrol(workshop, province.url, code)
    assert (kept.held(workshop), enrolment.of(workshop)) == (2, enrolment.last_known(workshop))
    sync.enrol(workshop, province.url, code)  # the answer was lost: the same again
    assert kept.held(workshop) == 2
    level(office, workshop)
    lease.give(workshop, office.device, "Lê Văn Tám")
    level(workshop, office)
    assert (kept.held(office), kept.held(workshop)) == (3, None)


def test_it_moves_by_packet_and_an_old_reply_does_not_bring_it_back(
    two: tuple[Book, Book], province: Province, tmp_path: Path
) -> None:
    office, workshop = two
    first, second = tmp_path / "a.goi", tmp_path / "b.goi"
    packets.export(workshop, first)
    bring(province, first)
    sync.sync_now(workshop)
    lease.give(office, workshop.device, "Trần Thị Hoa")
    packets.export(office, second)
    bring(province, second)
    packets.take(office, second.with_suffix(".tra-loi"))
    third = tmp_path / "c.goi"
    packets.export(workshop, third)
    bring(province, third)
    packets.take(workshop, third.with_suffix(".tra-loi"))
    assert (kept.held(office), kept.held(workshop)) == (None, 2)
    packets.take(workshop, first.with_suffix(".tra-loi"))
    assert kept.held(workshop) == 2


def test_another_pcs_word_moves_nothing_and_a_copied_book_holds_nothing(two: tuple[Book, Book], tmp_path: Path) -> None:
    office, workshop = two
    with workshop.transact("lease.give", "Lê Văn Tám") as transaction:
        stolen = {"id": "0199e000-0000-7000-8000-000000000001", "lease": 1, "giver": office.device}
        transaction.save(LeaseMove(**stolen, to=workshop.device))
    level(workshop, office)
    assert (kept.held(office), kept.held(workshop)) == (1, None)
    post(office)
    folder = tmp_path / "chep"
    folder.mkdir()
    office.copy_to(folder / "book.db")
    copy = Book(folder / "book.db", bytes(range(32)))
    copy.take_new_device()
    assert kept.held(copy) is None
    assert (post(office), post(copy)) == ("PC10/02", "PC.C10/01")
    copy.close()
