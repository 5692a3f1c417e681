"""Make the sample workbooks of `resources/sample/`: `python -m tests.make_samples`.

An invented union with the wages of worked example E2: October 2026 with the vouchers of E5 (its list of workers in
the old TCVN3 encoding, as unions really have), and the whole year 2026 of E6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app.domain import dates
from desktop_app.exchange import layout
from desktop_app.exchange.layout import Sheet
from desktop_app.exchange.tables import charsets
from desktop_app.exchange.writing import Writing

FOLDER = Path(__file__).parent.parent / "resources" / "sample"
OCTOBER, YEAR = "cong-doan-may-hung-loc-10-2026.xlsx", "nam-2026.xlsx"
MADE = datetime(2026, 11, 2, 8, 0)
Rows = list[dict[str, Any]]

# wage in đồng -> members of it in the cash-paying teams 1 and 2, in teams 3 and 4, and workers who are no members
WAGES = (
    (6_500_000, 6, 34, 0), (8_200_000, 45, 5, 0), (12_000_000, 6, 14, 0), (25_000_000, 8, 0, 0), (60_000_000, 0, 2, 0),
    (6_000_000, 0, 0, 10),
)  # fmt: skip
TEAMS = ("Tổ 1", "Tổ 2", "Tổ 3", "Tổ 4")
WOMEN_MEMBERS, WOMEN_OTHERS = 55, 5

SURNAMES = ["Nguyễn", "Trần", "Lê", "Phan", "Hoàng", "Hồ", "Đậu", "Võ", "Thái", "Cao", "Đặng", "Bùi", "Phạm", "Ngô", "Trương", "Lương", "Vi", "Lô", "Đinh", "Hà", "Nguyễn", "Trần", "Nguyễn"]
WOMAN_MIDDLES = ["Thị", "Thị", "Thị", "Thúy", "Ngọc", "Thị", "Thanh"]
WOMAN_NAMES = ["Lan", "Hương", "Thủy", "Hằng", "Nga", "Hiền", "Loan", "Mai", "Oanh", "Phượng", "Quỳnh", "Sen", "Tâm", "Thảo", "Trang", "Tuyết", "Vân", "Yến", "Bích", "Dung", "Hạnh", "Liên", "Nhung", "Thơm", "Xuân", "Ánh", "Đào", "Lý", "Mận", "Vinh"]
MAN_MIDDLES = ["Văn", "Đình", "Xuân", "Văn", "Hữu", "Công", "Sỹ", "Văn", "Bá"]
MAN_NAMES = ["Thắng", "Hùng", "Dũng", "Cường", "Đức", "Hải", "Long", "Minh", "Nam", "Phúc", "Quân", "Sơn", "Tài", "Thành", "Tiến", "Trung", "Tuấn", "Vinh", "Anh", "Bình", "Chiến", "Đạt", "Giang", "Hiếu", "Khánh", "Lâm", "Nghĩa", "Quý", "Thịnh", "Ước"]


@dataclass(frozen=True)
class Worker:
    """One row of *Người lao động* and what the other sheets need of it."""

    name: str
    woman: bool
    cccd: str
    birth: str
    card: str
    team: str
    joined: date | None
    wage: int
    member: bool
    cash: bool


def workers() -> list[Worker]:
    """The 130 workers of E2, always the same, ordered by team."""
    plan = [(wage, cash, True) for wage, first, second, _ in WAGES for cash in [True] * first + [False] * second]
    plan += [(wage, False, False) for wage, _, _, others in WAGES for _ in range(others)]
    made = []
    counts = {True: [0, 0], False: [0, 0]}
    for place, (wage, cash, member) in enumerate(plan):
        # Women are spread evenly: member n is one when the running share of 55/120 (of 5/10) takes a step.
        women, of, at = (WOMEN_MEMBERS, 120, place) if member else (WOMEN_OTHERS, 10, place - 120)
        woman = (at + 1) * women // of > at * women // of
        nth = counts[woman]
        nth[0] += 1
        born = date(1970 + place * 7 % 35, 1 + place * 5 % 12, 1 + place * 11 % 28)
        sex_digit = int(woman) + (2 if born.year >= 2000 else 0)
        side = 0 if cash else 2
        team = TEAMS[side + place % 2] if member else ""
        made.append(
            Worker(
                name=_name(nth[0] - 1, woman),
                woman=woman,
                cccd=f"040{sex_digit}{born.year % 100:02}{100_003 + place * 7_919 % 899_000:06}",
                birth=f"{born.year}" if place % 23 == 5 else dates.show_day(born),
                card=f"4026{place + 1:05}" if member else "",
                team=team,
                joined=date(2014 + place % 11, 1 + place % 12, 15) if member else None,
                wage=wage,
                member=member,
                cash=cash,
            )
        )
    return sorted(made, key=lambda worker: (not worker.member, worker.team))


def _name(nth: int, woman: bool) -> str:
    middles, names = (WOMAN_MIDDLES, WOMAN_NAMES) if woman else (MAN_MIDDLES, MAN_NAMES)
    surname = SURNAMES[(nth * 5 + nth // len(names)) % len(SURNAMES)]
    return f"{surname} {middles[nth % len(middles)]} {names[nth % len(names)]}"


def officers(people: Sequence[Worker]) -> list[tuple[Worker, str]]:
    """The posts of E7: one each, and a leader of every team."""
    members = [worker for worker in people if worker.member]
    at_top = [worker for worker in members if worker.wage == 25_000_000]
    leaders = [next(w for w in members if w.team == team and w not in at_top) for team in TEAMS]
    titles = ("Chủ tịch", "Kế toán", "Ủy viên Ban Chấp hành", "Ủy viên Ban Chấp hành", "Thủ quỹ")
    return [*zip(at_top, titles, strict=False), *((leader, "Tổ trưởng") for leader in leaders)]


def sheets(people: Sequence[Worker], first: date, cash: int, bank: int, vouchers: Rows) -> dict[str, Rows]:
    """What both samples share: the union, its people, funds and officers, and the vouchers given."""
    posts = officers(people)
    name_of = {title: worker.name for worker, title in reversed(posts)}
    union = {
        "code": "40-001", "name": "CĐCS Công ty May Hưng Lộc", "tax_code": "2901999001",
        "upper": "LĐLĐ tỉnh Nghệ An", "dues_group": 3, "delegated": False, "fee_period": "Tháng", "dues_step": 1,
        "chair": name_of["Chủ tịch"], "accountant": name_of["Kế toán"], "cashier": name_of["Thủ quỹ"],
        "first_year": 2026,
    }  # fmt: skip
    return {
        "Đơn vị": [union],
        "Quỹ": [
            {"code": "TM", "name": "Quỹ tiền mặt", "kind": "Tiền mặt", "opening": cash, "opened": first},
            {"code": "NH", "name": "Tiền gửi Agribank", "kind": "Tiền gửi", "bank": "Agribank Chi nhánh Nam Nghệ An",
             "account": "0361000123456", "opening": bank, "opened": first},
        ],
        "Số dư khác": [{"kind": "Phải nộp cấp trên", "party": "LĐLĐ tỉnh Nghệ An", "amount": 0, "opened": first}],
        "Người lao động": [
            {"name": w.name, "birth": w.birth, "sex": "Nữ" if w.woman else "Nam", "cccd": w.cccd, "card": w.card,
             "team": w.team, "joined": w.joined, "member": w.member, "insured": w.wage, "from_month": "01/2026"}
            for w in people
        ],
        "Chức vụ": [{"cccd": worker.cccd, "title": title, "since": date(2025, 3, 1)} for worker, title in posts],
        "Chứng từ": vouchers,
    }  # fmt: skip


def dues_paid(people: Sequence[Worker], month: str, ceiling: int) -> Rows:
    """What each member paid for a month: 0,5 % of the insured wage, at most of the ceiling (QĐ 61/QĐ-TLĐ)."""
    shown = dates.show_month(month)
    cash, bank = f"PT{month[5:]}/01", f"BC{month[5:]}/02"
    return [
        {"cccd": w.cccd, "month": shown, "amount": min(w.wage, ceiling) * 5 // 1000, "voucher": cash if w.cash else bank}
        for w in people
        if w.member
    ]


def october() -> dict[str, Rows]:
    """October 2026: E2, E5, E7 and the cash count of E12."""
    people = workers()
    made = sheets(people, date(2026, 10, 1), 8_500_000, 42_300_000, Month(people, 10).vouchers())
    made["Đoàn phí đã thu"] = dues_paid(people, "2026-10", 50_600_000)
    counted = ((500_000, 18), (200_000, 5), (100_000, 2), (50_000, 1), (5_000, 1))
    made["Kiểm quỹ"] = [{"day": date(2026, 10, 31), "fund": "TM", "value": v, "count": n} for v, n in counted]
    return made


# month -> (day, kind, text, party, mục, fund, amount) beside what every month has
EXTRAS: Mapping[int, Sequence[tuple[int, str, str, str, str, str, int]]] = {
    1: ((18, "UNC", "Hội nghị tổng kết năm 2025", "Nhà hàng Sen Vàng", "33", "NH", 5_556_000),),
    2: (
        (6, "UNC", "Quà Tết Bính Ngọ 130 × 300.000", "Siêu thị Hưng Lộc", "31", "NH", 39_000_000),
        (4, "BC", "Chuyên môn hỗ trợ quà Tết", "Công ty May Hưng Lộc", "25.01", "NH", 10_000_000),
    ),
    3: (
        (6, "PC", "Quà 8/3, 55 × 200.000", "Tổ trưởng các tổ", "31", "TM", 11_000_000),
        (24, "UNC", "Hội thi tay nghề giỏi", "Công ty Tổ chức sự kiện Sông Lam", "32", "NH", 12_000_000),
    ),
    4: ((21, "UNC", "Tập huấn cán bộ công đoàn", "Trung tâm Văn hóa Lao động", "33", "NH", 4_000_000),),
    5: (
        (8, "UNC", "Quà Tháng Công nhân 130 × 150.000", "Siêu thị Hưng Lộc", "31", "NH", 19_500_000),
        (12, "UNC", "Hội diễn văn nghệ Tháng Công nhân", "Trung tâm Văn hóa Lao động", "32", "NH", 14_800_000),
        (4, "BC", "LĐLĐ tỉnh hỗ trợ Tháng Công nhân", "LĐLĐ tỉnh Nghệ An", "28.02", "NH", 5_000_000),
        (29, "UNC", "Quà 1/6 cho con đoàn viên 80 × 150.000", "Nhà sách Vinh", "31", "NH", 12_000_000),
    ),
    6: ((9, "BC", "Chuyên môn hỗ trợ tham quan", "Công ty May Hưng Lộc", "25.01", "NH", 10_000_000),),
    7: (
        (10, "UNC", "Tham quan, nghỉ mát Cửa Lò", "Khách sạn Biển Xanh", "31", "NH", 30_000_000),
        (27, "UNC", "Kỷ niệm 28/7", "Công ty Tổ chức sự kiện Sông Lam", "32", "NH", 8_000_000),
    ),
    8: ((19, "UNC", "Máy in văn phòng công đoàn", "Công ty Máy tính Vinh", "33", "NH", 5_000_000),),
    9: (
        (22, "UNC", "Quà Trung thu 80 × 100.000", "Nhà sách Vinh", "31", "NH", 8_000_000),
        (23, "UNC", "Chi khác: viếng nghĩa trang liệt sĩ", "Cửa hàng Hoa tươi Hưng Lộc", "37", "NH", 1_200_000),
    ),
    10: (
        (20, "PC", "Quà 20/10, 55 × 100.000", "Tổ trưởng các tổ", "31", "TM", 5_500_000),
        (22, "BC", "Chuyên môn hỗ trợ", "Công ty May Hưng Lộc", "25.01", "NH", 10_000_000),
        (24, "UNC", "Hội thao", "Trung tâm Văn hóa Lao động", "32", "NH", 7_200_000),
    ),
    11: ((18, "UNC", "Trợ cấp khó khăn đột xuất 7 × 1.000.000", "Bảy đoàn viên theo danh sách", "31", "NH", 7_000_000),),
    12: ((21, "UNC", "Hội nghị người lao động", "Trung tâm Văn hóa Lao động", "32", "NH", 6_000_000),),
}
INTEREST = (3_420, 3_510, 3_280, 3_640, 3_710, 3_390, 3_270, 3_450, 3_560, 3_150, 3_380, 3_540)
WITHDRAWN = {3: 6_000_000, 10: 6_000_000}


class Month:
    """The vouchers of one month of 2026; October's are those of E5."""

    def __init__(self, people: Sequence[Worker], month: int) -> None:
        self._month = month
        name_of = {title: worker.name for worker, title in reversed(officers(people))}
        self._cashier, self._accountant = name_of["Thủ quỹ"], name_of["Kế toán"]
        self._visited = people[7].name

    def vouchers(self) -> Rows:
        """The rows of *Chứng từ*, by day, numbered as they come."""
        month = self._month
        first_half = month <= 6
        dues, allowances = (6_018_000, 2_082_600) if first_half else (6_056_000, 2_251_700)
        fee = 18_954_000 if month <= 7 else 19_068_000
        before = dates.add_months(f"2026-{month:02}", -1)
        last = dates.last_day(f"2026-{month:02}").day
        own, above, company = f"{month:02}/2026", "LĐLĐ tỉnh Nghệ An", "Công ty May Hưng Lộc"
        rows = [
            self._row(5, "BC", f"KPCĐ tháng {int(before[5:])} (75 %)", above, "28.01", "NH", fee, dates.show_month(before)),
            self._row(10, "PT", "Đoàn phí nộp tiền mặt", self._cashier, "22", "TM", 3_400_000, own),
            self._row(12, "BC", "Đoàn phí qua lương", company, "22", "NH", dues - 3_400_000, own),
            self._row(15, "PC", "Thăm hỏi 3 × 500.000", self._visited, "31", "TM", 1_500_000),
            self._row(25, "PC", "VPP, nước họp", self._accountant, "33", "TM", 640_000),
            self._row(28, "UNC", f"Phụ cấp cán bộ công đoàn tháng {month}", "Cán bộ công đoàn", "34.02", "NH", allowances, own),
            self._row(last, "BN", "Phí ngân hàng", "Agribank", "33", "NH", 22_000),
            self._row(last, "BC", "Lãi tiền gửi", "Agribank", "25.02", "NH", INTEREST[month - 1]),
        ]
        rows += [self._row(*extra) for extra in EXTRAS[month]]
        if month < 12:
            up = dues * 30 // 100
            rows.append(self._row(min(30, last), "UNC", f"Nộp 30 % đoàn phí tháng {month}", above, "39", "NH", up, own))
        if withdrawn := WITHDRAWN.get(month):
            row = self._row(20, "UNC", "Rút TGNH nhập quỹ", self._cashier, "", "NH", withdrawn)
            rows.append({**row, "to_fund": "TM"})
        rows.sort(key=lambda row: (row["day"], _ORDER[row["kind"]]))
        return self._numbered(rows)

    def _row(
        self, day: int, kind: str, text: str, party: str, item: str, fund: str, amount: int, month: str = ""
    ) -> dict[str, Any]:
        column = "amount_in" if kind in ("PT", "BC") else "amount_out"
        return {
            "kind": kind, "day": date(2026, self._month, day), "month": month, "text": text, "party": party,
            "address": "Xã Hưng Lộc, Nghệ An" if kind in ("PT", "PC") else "", "item": item, "fund": fund,
            column: amount, "papers": "2" if item in ("31", "32") else "1",
        }  # fmt: skip

    def _numbered(self, rows: Rows) -> Rows:
        """Numbers as the program gives them; the cash half of a withdrawal takes one of the receipts'."""
        counts: dict[str, int] = {}

        def number(kind: str) -> str:
            counts[kind] = counts.get(kind, 0) + 1
            return f"{kind}{self._month:02}/{counts[kind]:02}"

        return [
            {**row, "number": number(row["kind"]), "counterpart": number("PT") if "to_fund" in row else ""}
            for row in rows
        ]


_ORDER = {"PT": 0, "PC": 1, "BN": 2, "BC": 3, "UNC": 4}


def year() -> dict[str, Rows]:
    """The year 2026 of E6, with the budget of 2027 (E9)."""
    people = workers()
    rows = [row for month in range(1, 13) for row in Month(people, month).vouchers()]
    made = sheets(people, date(2026, 1, 1), 9_500_000, 55_000_000, rows)
    made["Đoàn phí đã thu"] = [
        row
        for month in range(1, 13)
        for row in dues_paid(people, f"2026-{month:02}", 46_800_000 if month <= 6 else 50_600_000)
    ]
    estimated = {"22": 72_444_000, "25.01": 30_000_000, "25.02": 41_300, "28.01": 228_018_000, "28.02": 5_000_000,
                 "31": 150_000_000, "32": 48_000_000, "33": 22_500_000, "34.02": 26_005_800, "37": 1_200_000,
                 "39": 19_916_400}  # fmt: skip
    planned = {"22": 76_668_000, "25.01": 30_000_000, "28.01": 241_452_000, "31": 171_518_400, "32": 90_363_000,
               "33": 36_217_800, "34.02": 27_020_400, "39": 23_000_400}  # fmt: skip
    made["Dự toán"] = [
        {"year": 2027, "item": item, "amount": planned.get(item, 0), "last_year": amount}
        for item, amount in estimated.items()
    ]
    return made


NOTES = (
    "Sổ mẫu của Sổ Công đoàn",
    "Công đoàn cơ sở, người và số liệu trong tệp này đều do chương trình đặt ra để làm thử.",
    "Mở chương trình, chọn Nhập từ Excel rồi chọn tệp này để xem một công đoàn có đủ sổ sách.",
    "Muốn nhập sổ của đơn vị mình: chép tệp này, giữ nguyên tên trang và tên cột, thay bằng số liệu của đơn vị.",
    "Ngày ghi 05/10/2026, tháng ghi 10/2026, tiền ghi 1.250.000. Số CCCD có 12 chữ số, giữ đủ số 0 đầu.",
    "Chứng từ: các dòng cùng Loại, Số và Ngày là một phiếu. Chuyển tiền giữa hai quỹ: một dòng, Quỹ là quỹ chi,",
    "số tiền ở cột Chi, Quỹ đối ứng là quỹ nhận, bỏ trống Mục.",
)
OLD_FONT = (
    "Trang Người lao động viết bằng phông chữ cũ .VnTime (bảng mã TCVN3), như danh sách cũ của nhiều đơn vị.",
    "Máy không có phông .VnTime sẽ thấy chữ lạ ở trang đó; chương trình vẫn đọc đúng.",
)


def write(path: Path, content: Mapping[str, Rows], old: Sequence[str] = ()) -> None:
    """Write a sample; the sheets named in `old` in TCVN3 under .VnTime."""
    tables = charsets()
    with Writing(path, MADE) as writing:
        for sheet in layout.SHEETS:
            if sheet is layout.UNION:
                (union,) = content[sheet.title]
                fields = [(column.heading, _flag(union.get(column.field, ""))) for column in sheet.columns]
                writing.sheet(sheet.title, ("Trường", "Giá trị"), ("text", "text"), fields)
            elif sheet.title in content:
                headings, kinds, rows = _table(sheet, content[sheet.title])
                if sheet.title in old:
                    encode = partial(tables.encode, encoding="tcvn3")
                    writing.sheet(sheet.title, headings, kinds, rows, font=".VnTime", encode=encode)
                else:
                    writing.sheet(sheet.title, headings, kinds, rows)
        writing.notes(layout.GUIDE, (*NOTES, *OLD_FONT) if old else NOTES)


def _table(sheet: Sheet, rows: Rows) -> tuple[list[str], list[layout.Kind], list[list[Any]]]:
    columns = sheet.written(rows)
    return (
        [column.heading for column in columns],
        [column.kind for column in columns],
        [[_flag(row.get(column.field)) for column in columns] for row in rows],
    )


def _flag(value: Any) -> Any:
    return ("Có" if value else "Không") if isinstance(value, bool) else value


def main(folder: Path = FOLDER) -> None:
    """Write both samples into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / OCTOBER, october(), old=("Người lao động",))
    write(folder / YEAR, year())


if __name__ == "__main__":
    main()
