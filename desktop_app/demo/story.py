"""The main job step by step: from an Excel file to an accepted settlement, every figure held against E2, E5 and E6.

Each step does its work with the same actions as the window and the command line, and tells what it found. The
book and the server live in a folder of their own; nothing of the user's is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import resources
from desktop_app.actions import dues, importing, periods, reports, setup, sync
from desktop_app.demo import expected
from desktop_app.demo.province import Province
from desktop_app.demo.told import Told
from desktop_app.domain.dates import Period
from desktop_app.reports import make
from desktop_app.storage import filings
from desktop_app.storage.book import Book

WHO, PASSPHRASE = "Thái Văn Hùng", "sổ mẫu để xem thử"
CODE, NAME, UPPER = "40-001", "CĐCS Công ty CP May Hưng Lộc", "LĐLĐ tỉnh Nghệ An"
MONTH = "2026-10"
OCTOBER = "2026-10-01..2026-10-31"
ACTIVITY_CODE, ACTIVITY_PERIOD = "1-HDCD", "2026"
SAMPLE, YEAR_SAMPLE = "sample/cong-doan-may-hung-loc-10-2026.xlsx", "sample/nam-2026.xlsx"
RETURN_NOTE, CELL_NOTE = "Đề nghị bổ sung số người phải thuê nhà ở.", "Chưa ghi, trong khi đơn vị có khu nhà trọ"
RENTING_CELL, RENTING = "8", 37
"""Line 8 of Mẫu 1-HĐCĐ, "Số người phải tự thuê nhà ở": left out at first, filled in when the report comes back."""

Step = Callable[[], Told]


class Story:
    """The demo's folder, its book and its province."""

    def __init__(self, folder: Path) -> None:
        """`folder` is empty and takes everything the demo makes. Raises `Trouble` if the server does not start."""
        self.profile, self.papers, self._year_profile = folder / "so", folder / "giay-to", folder / "so-nam-2026"
        self.papers.mkdir(parents=True, exist_ok=True)
        self.province = Province(folder / "may-chu-tinh")

    def close(self) -> None:
        """Stop the server."""
        self.province.stop()

    def door(self) -> setup.Door:
        """The way into the demo's book."""
        return setup.door(self.profile, PASSPHRASE)

    def before_the_window(self) -> Iterator[Step]:
        """From nothing to October's vouchers."""
        yield from (self._start, self._make_book, self._enrol, self._read_workbook, self._compute_dues, self._books)

    def behind_the_window(self) -> Iterator[Step]:
        """From closing the month to accepted reports, and the second sample book."""
        yield from (
            self._close_month, self._settle, self._report_activity, self._submit, self._province_decides,
            self._answers_come_back, self._correct_and_send_again, self._all_accepted, self._verify, self._whole_year,
        )  # fmt: skip

    def _start(self) -> Told:
        return Told("Máy chủ LĐLĐ tỉnh chạy trên máy này, cơ sở dữ liệu SQLite").say(self.province.url)

    def _make_book(self) -> Told:
        made = setup.make_book(
            self.profile, code=CODE, name=NAME, upper=UPPER, actor=WHO, role="Kế toán", passphrase=PASSPHRASE
        )
        return Told(f"Tạo sổ mã hóa của {NAME}").say(f"mã khôi phục {made.recovery_code}", f"máy {made.device}")

    def _enrol(self) -> Told:
        self.province.command("unit", "add", "--code", CODE, "--name", NAME)
        code = self.province.command("code", CODE)["code"]
        with closing(self._book()) as book:
            sync.enrol(book, self.province.url, code)
        return Told("Đăng ký máy này với LĐLĐ tỉnh bằng mã dùng một lần").say(f"mã {code}")

    def _read_workbook(self) -> Told:
        told = Told("Đọc tệp Excel mẫu (trang Người lao động dùng mã TCVN3)")
        with closing(self._book()) as book:
            answer = importing.import_workbook(book, resources.path(SAMPLE), WHO).answer()
        told.hold(answer["stored"], {"Người lao động": expected.PERSONS, "Chứng từ": expected.VOUCHERS})
        return told.hold({"dòng bị từ chối": len(answer["refused"])}, {"dòng bị từ chối": 0})

    def _compute_dues(self) -> Told:
        with closing(self._book()) as book:
            owed, fee = dues.compute(book, MONTH), dues.fee(book, MONTH)
        told = Told("Tính đoàn phí và kinh phí công đoàn tháng 10/2026").hold(vars(owed), expected.DUES)
        fees = vars(fee) | {"deadline": fee.clock.deadline.isoformat()}
        return told.hold(fees, expected.FEE, of="KPCĐ")

    def _books(self) -> Told:
        told = Told("Chứng từ tháng 10/2026 đã ghi sổ; sổ quỹ S11-H và sổ tiền gửi S12-H")
        with closing(self._book()) as book:
            for form, wanted in (("S11", expected.CASH_BOOK), ("S12", expected.BANK_BOOK)):
                made = make.make(book, form, Period.parse(MONTH))
                reports.write_pdf(made, self.papers / f"{form}.pdf")
                told.hold(made.answer, wanted, of=form)
        return told

    def _close_month(self) -> Told:
        with closing(self._book()) as book:
            periods.close(book, MONTH, WHO)
        return Told("Khóa sổ tháng 10/2026")

    def _settle(self) -> Told:
        told = Told("Lập quyết toán B07-TLĐ từ 01 đến 31/10/2026, PDF và Excel")
        with closing(self._book()) as book:
            made = make.make(book, "B07", Period.parse(OCTOBER))
            reports.write_pdf(made, self.papers / "B07.pdf")
            reports.write_xlsx(made, self.papers / "B07.xlsx")
        told.hold(made.answer["cells"], expected.OCTOBER, of="mã").hold(made.answer["totals"], expected.OCTOBER_TOTALS)
        told.hold_checks(made.answer["checks"])
        return told.say(str(self.papers / "B07.pdf"))

    def _report_activity(self) -> Told:
        with closing(self._book()) as book:
            made = make.make(book, ACTIVITY_CODE, Period.parse(ACTIVITY_PERIOD))
            reports.write_pdf(made, self.papers / "1-HDCD.pdf")
        return Told("Lập báo cáo hoạt động Mẫu 1-HĐCĐ, các ô lao động tự tính").hold(
            made.answer["cells"], expected.ACTIVITY, of="ô"
        )

    def _submit(self) -> Told:
        with closing(self._book()) as book:
            for form, period in (("B07", OCTOBER), (ACTIVITY_CODE, ACTIVITY_PERIOD)):
                reports.submit(book, form, Period.parse(period), "", WHO)
            done = sync.sync_now(book)
        told = Told("Nộp hai báo cáo và đồng bộ").say(f"gửi {done.sent} thay đổi", f"{done.bytes_up} byte")
        return self._hold_states("đã tiếp nhận", "đã tiếp nhận", told)

    def _province_decides(self) -> Told:
        who = self.province.sign_in()
        waiting = self.province.inbox()
        told = Told(f"LĐLĐ tỉnh ({who}, qua HTTP) xem xét").hold({"chờ duyệt": len(waiting)}, {"chờ duyệt": 2})
        self.province.accept(waiting["B07"]["id"])
        self.province.send_back(waiting[ACTIVITY_CODE]["id"], RETURN_NOTE, {RENTING_CELL: CELL_NOTE})
        return told.say("duyệt quyết toán", f"trả lại 1-HĐCĐ: {RETURN_NOTE}")

    def _answers_come_back(self) -> Told:
        with closing(self._book()) as book:
            sync.sync_now(book)
            filing = filings.state(book, ACTIVITY_CODE, ACTIVITY_PERIOD)
        told = self._hold_states("đã duyệt", "trả lại", Told("Đồng bộ: hai câu trả lời đã về"))
        notes = {"ghi chú": filing.note, "ghi chú ô 8": filing.notes.get(RENTING_CELL)}
        return told.hold(notes, {"ghi chú": RETURN_NOTE, "ghi chú ô 8": CELL_NOTE})

    def _correct_and_send_again(self) -> Told:
        with closing(self._book()) as book:
            period = Period.parse(ACTIVITY_PERIOD)
            reports.type_cells(book, ACTIVITY_CODE, period, {RENTING_CELL: (RENTING, "")}, WHO)
            again = reports.submit(book, ACTIVITY_CODE, period, "Đã bổ sung ô 8", WHO)
            sync.sync_now(book)
        told = Told("Sửa báo cáo, nộp lại và đồng bộ").hold({"lần nộp": again.version}, {"lần nộp": 2})
        self.province.accept(self.province.inbox()[ACTIVITY_CODE]["id"])
        return told.say("LĐLĐ tỉnh duyệt")

    def _all_accepted(self) -> Told:
        with closing(self._book()) as book:
            sync.sync_now(book)
        return self._hold_states("đã duyệt", "đã duyệt", Told("Đồng bộ: cả hai báo cáo đã được duyệt"))

    def _verify(self) -> Told:
        with closing(self._book()) as book:
            found = vars(book.verify())
        told = Told("Kiểm tra sổ: chuỗi băm của nhật ký và từng dòng dữ liệu").say(f"{found['entries']} mục nhật ký")
        return told.hold(found, {"chain_ok": True, "rows_ok": True})

    def _whole_year(self) -> Told:
        told = Told("Sổ mẫu thứ hai: cả năm 2026, quyết toán B07-TLĐ")
        setup.make_book(self._year_profile, code=CODE, name=NAME, upper=UPPER, actor=WHO, passphrase=PASSPHRASE)
        with closing(setup.open_book(self._year_profile, PASSPHRASE)) as book:
            importing.import_workbook(book, resources.path(YEAR_SAMPLE), WHO)
            made = make.make(book, "B07", Period.parse("2026"))
            reports.write_pdf(made, self.papers / "B07-2026.pdf")
        told.hold(made.answer["cells"], expected.YEAR, of="mã").hold(made.answer["totals"], expected.YEAR_TOTALS)
        return told.hold_checks(made.answer["checks"])

    def _hold_states(self, settlement: str, activity: str, told: Told) -> Told:
        wanted = {"B07": settlement, ACTIVITY_CODE: activity}
        with closing(self._book()) as book:
            found = {filing.form: filing.state for filing in filings.states(book)}
        return told.hold(found, wanted)

    def _book(self) -> Book:
        return self.door()()
