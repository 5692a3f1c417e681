"""A member's leaving that two unions took is a question for the province, which learns nothing of the person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.actions import sync, transfers
from desktop_app.storage.book import Book
from tests.server.running import Running, running
from tests.sync.pcs import new_book
from tests.unions import found_union, hire

NAMES = {"40-001": "CĐCS May Hưng Lộc", "40-002": "CĐCS Bình Minh", "40-003": "CĐCS Sông Lam"}


def union(folder: Path, server: Running, code: str) -> Book:
    book = new_book(folder / code, code)
    found_union(book, code=code, name=NAMES[code])
    sync.enrol(book, server.url, server.enrolment_code(code))
    return book


def test_a_leaving_taken_by_two_unions_is_shown_to_the_staff_until_it_is_settled(tmp_path: Path) -> None:
    with running(tmp_path / "server") as server:
        (tmp_path / "units.csv").write_text("\n".join(["Mã đơn vị,Tên đơn vị", *(",".join(one) for one in NAMES.items())]))
        server.command("unit", "import", str(tmp_path / "units.csv"))
        left, first, second = (union(tmp_path, server, code) for code in NAMES)
        person = hire(left, "Lê Thị Lan", cccd="040190001234", joined=date(2020, 1, 1))
        takings = []
        for book in (first, second):
            to = {"receiver": book.union_code, "receiver_name": NAMES[book.union_code], "day": date.today()}
            card, _ = transfers.issue(left, person.id, to, "Hoa")
            _, sealed = transfers.read_text(book, card.sealed)
            takings.append(transfers.take(book, sealed, {"day": date.today()}, "Thu"))
            if book is first:
                transfers.withdraw(left, card.id, "Hoa")
        staff = server.staff()

        def page() -> str:
            return staff.get(f"{server.url}/chuyen-sinh-hoat/", timeout=60).text

        sync.sync_now(left)
        sync.sync_now(first)
        assert "Không có thẻ chuyển nào được nhận ở hai nơi" in page()
        sync.sync_now(second)
        shown = page()
        assert all(name in shown for name in NAMES.values())
        assert "Lan" not in shown
        assert "1 trường hợp chuyển sinh hoạt" in staff.get(f"{server.url}/bang-dieu-hanh/", timeout=60).text

        leaving = takings[0].reception.leaving
        for note, told in (("", "Hãy ghi đã giải quyết thế nào"), ("Sông Lam bỏ tiếp nhận", "Đã ghi cách giải quyết")):
            answer = staff.post(
                f"{server.url}/chuyen-sinh-hoat/{leaving}/xong/", data={"note": note}, timeout=60,
                headers={"Referer": f"{server.url}/"},
            )  # fmt: skip
            assert told in answer.text
        assert "Không có thẻ chuyển nào được nhận ở hai nơi" in page()
        assert "Sông Lam bỏ tiếp nhận" in staff.get(f"{server.url}/nhat-ky/", timeout=60).text
        transfers.undo_take(second, takings[1], "Thu")
        sync.sync_now(second)
        for book in (left, first, second):
            assert book.verify().first_fault is None
            book.close()
