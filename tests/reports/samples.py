"""Reports of an invented union, as an accountant would hand them in (figures of the worked examples E5 and E6)."""

from __future__ import annotations

from datetime import date

from desktop_app.reports.model import Cell, Column, Letterhead, Report, Row, Section, Signature, Table

UNIT = Letterhead(
    "LĐLĐ TỈNH NGHỆ AN", "CÔNG ĐOÀN CƠ SỞ CÔNG TY CỔ PHẦN MAY HƯNG LỘC", ("Mã QHNS: 9 012 345",)
)
KEEPER = Signature("THỦ QUỸ", "Lê Thị Hường")
ACCOUNTANT = Signature("KẾ TOÁN", "Trần Thị Hoa")
CHAIR = Signature("TM. BAN CHẤP HÀNH\nCHỦ TỊCH", "Nguyễn Văn Thắng", "(Ký, họ tên, đóng dấu)")
NOTE = "(Ban hành kèm theo Thông tư 107/2017/TT-BTC ngày 10/10/2017 của Bộ Tài chính)"

_CASH = (
    (10, "PT10/01", "", "Đoàn phí tháng 10 nộp tiền mặt", 3_400_000, None),
    (15, "", "PC10/01", "Thăm hỏi 3 đoàn viên ốm đau × 500.000", None, 1_500_000),
    (20, "", "PC10/02", "Quà ngày Phụ nữ Việt Nam 20/10 cho 55 nữ đoàn viên", None, 5_500_000),
    (20, "PT10/02", "", "Rút tiền gửi ngân hàng nhập quỹ (UNC10/01)", 6_000_000, None),
    (25, "", "PC10/03", "Văn phòng phẩm, nước họp Ban Chấp hành", None, 640_000),
)


def cash_book() -> Report:
    """S11-H of 10/2026: opening 8.500.000, closing 10.260.000."""
    balance = 8_500_000
    rows = [Row({"text": "Số dư đầu kỳ", "balance": balance}, "bold")]
    for day, receipt, payment, text, taken, paid in _CASH:
        balance += (taken or 0) - (paid or 0)
        on = date(2026, 10, day)
        cells: dict[str, Cell] = {"booked": on, "day": on, "receipt": receipt, "payment": payment}
        rows.append(Row({**cells, "text": text, "in": taken, "out": paid, "balance": balance}, code=receipt or payment))
    rows.append(Row({"text": "Cộng phát sinh", "in": 9_400_000, "out": 7_640_000}, "total"))
    rows.append(Row({"text": "Số dư cuối kỳ", "balance": balance}, "bold"))
    return Report(
        "S11",
        "SỔ QUỸ TIỀN MẶT",
        UNIT,
        subtitle="(Sổ kế toán chi tiết quỹ tiền mặt)",
        period_label="Tháng 10 năm 2026",
        form_note=("Mẫu số S11-H", NOTE),
        sections=(
            Section(table=Table(_cash_columns(), tuple(rows), number_row=True, carry=("in", "out"))),
            Section(paragraphs=("- Sổ này có {pages} trang, đánh số từ trang 01.", "- Ngày mở sổ: 01/01/2026.")),
        ),
        signatures=(KEEPER, ACCOUNTANT, CHAIR),
        place_and_date="Vinh, ngày 31 tháng 10 năm 2026",
        measure="Đơn vị tính: đồng",
        footer="S11 · 10/2026 · đầu nhật ký 3f9a-c41d",
    )


def _cash_columns() -> tuple[Column, ...]:
    return (
        Column("booked", "Ngày tháng ghi sổ", 18, "day"),
        Column("day", "Ngày tháng chứng từ", 18, "day"),
        Column("receipt", "Thu", 16, "code", "Số hiệu chứng từ"),
        Column("payment", "Chi", 16, "code", "Số hiệu chứng từ"),
        Column("text", "Diễn giải", 45),
        Column("in", "Thu", 20, "money", "Số tiền"),
        Column("out", "Chi", 20, "money", "Số tiền"),
        Column("balance", "Tồn", 21, "money", "Số tiền"),
        Column("note", "Ghi chú", 14),
    )


def long_book(count: int = 500) -> Report:
    """A cash book of `count` receipts of 1.000, 2.000 … đồng."""
    rows, balance = [], 0
    for number in range(1, count + 1):
        balance += number * 1_000
        on = date(2026, 1 + number * 11 // count, 1 + number % 28)
        rows.append(
            Row(
                {
                    "booked": on,
                    "day": on,
                    "receipt": f"PT{on.month:02}/{number:03}",
                    "text": f"Đoàn phí của đoàn viên thứ {number}, nộp tại tổ công đoàn số {number % 12 + 1}",
                    "in": number * 1_000,
                    "balance": balance,
                }
            )
        )
    rows.append(Row({"text": "Cộng", "in": balance, "balance": balance}, "total"))
    table = Table(_cash_columns(), tuple(rows), number_row=True, carry=("in", "out"))
    return Report(
        "S11", "SỔ QUỸ TIỀN MẶT", UNIT, period_label="Năm 2026", sections=(Section(table=table),), signatures=(CHAIR,)
    )


_B07: tuple[tuple[str, str, str, int | None, int | None], ...] = (
    ("I", "TÀI CHÍNH CÔNG ĐOÀN TÍCH LŨY ĐẦU KỲ", "10", 64_500_000, 64_500_000),
    ("II", "PHẦN THU", "", None, None),
    ("2.1", "Thu đoàn phí công đoàn", "22", 72_000_000, 72_444_000),
    ("2.2", "Thu kinh phí công đoàn", "23", 0, 0),
    ("2.3", "Ngân sách nhà nước cấp hỗ trợ", "24", 0, 0),
    ("2.4", "Các khoản thu khác", "25", 30_000_000, 30_041_300),
    ("a", "Chuyên môn hỗ trợ", "25.01", 30_000_000, 30_000_000),
    ("b", "Thu khác tại đơn vị", "25.02", 0, 41_300),
    ("", "Cộng thu TCCĐ", "", 102_000_000, 102_485_300),
    ("2.5", "Tài chính công đoàn cấp trên cấp", "28", 228_000_000, 233_018_000),
    ("a", "KPCĐ cấp trên cấp theo phân phối", "28.01", 228_000_000, 228_018_000),
    ("b", "TCCĐ cấp trên cấp hỗ trợ", "28.02", 0, 5_000_000),
    ("2.6", "Nhận bàn giao tài chính công đoàn", "40", 0, 0),
    ("", "TỔNG CỘNG THU", "", 330_000_000, 335_503_300),
    ("III", "PHẦN CHI", "", None, None),
    ("3.1", "Chi trực tiếp chăm lo, bảo vệ, đào tạo đoàn viên và người lao động", "31", 150_000_000, 150_000_000),
    ("3.2", "Chi tuyên truyền, vận động đoàn viên và người lao động", "32", 48_000_000, 48_000_000),
    ("3.3", "Chi quản lý hành chính", "33", 22_500_000, 22_500_000),
    ("3.4", "Chi lương, phụ cấp và các khoản phải nộp theo lương", "34", 26_000_000, 26_005_800),
    ("3.5", "Chi khác", "37", 1_200_000, 1_200_000),
    ("", "Cộng chi TCCĐ", "", 247_700_000, 247_705_800),
    ("3.6", "ĐPCĐ, KPCĐ đã nộp cấp trên quản lý trực tiếp", "39", 21_600_000, 19_916_400),
    ("3.7", "Bàn giao tài chính công đoàn", "42", 0, 0),
    ("", "TỔNG CỘNG CHI", "", 269_300_000, 267_622_200),
    ("IV", "TÀI CHÍNH CÔNG ĐOÀN TÍCH LŨY CUỐI KỲ", "50", 125_200_000, 132_381_100),
    ("V", "TÀI CHÍNH CÔNG ĐOÀN PHẢI NỘP CẤP TRÊN", "", None, None),
    ("a", "Kỳ trước chuyển sang", "", 0, 0),
    ("b", "Phải nộp trong kỳ", "", 21_600_000, 21_733_200),
    ("c", "Đã nộp trong kỳ", "", 21_600_000, 19_916_400),
    ("d", "Còn phải nộp", "", 0, 1_816_800),
)


def settlement() -> Report:
    """B07-TLĐ of 2026, parts A to D."""
    basics = Table(
        (
            Column("no", "TT", 10, centred=True),
            Column("text", "Chỉ tiêu", 90),
            Column("measure", "Đơn vị tính", 25, centred=True),
            Column("value", "Số liệu", 35, "count"),
        ),
        (
            Row({"no": "1", "text": "Số lao động đóng kinh phí công đoàn", "measure": "người", "value": 130}),
            Row({"no": "2", "text": "Quỹ lương đóng KPCĐ", "measure": "đồng", "value": 15_207_600_000}),
            Row({"no": "3", "text": "Số đoàn viên công đoàn", "measure": "người", "value": 120}),
            Row({"no": "4", "text": "Quỹ lương đóng đoàn phí công đoàn", "measure": "đồng", "value": 14_488_800_000}),
            Row({"no": "5", "text": "Số cán bộ công đoàn chuyên trách", "measure": "người", "value": 0}),
        ),
    )
    rows = [
        Row(
            {"no": no, "text": text, "code": code, "budget": budget, "actual": actual, "approved": None},
            "bold" if text.isupper() else "total" if text.startswith("Cộng") else "italic" if no in "abcd" else "normal",
            code,
        )
        for no, text, code, budget, actual in _B07
    ]
    figures = Table(
        (
            Column("no", "TT", 10, centred=True),
            Column("text", "Nội dung", 72),
            Column("code", "Mã số", 14, "code"),
            Column("budget", "Dự toán", 25, "money", zero="-"),
            Column("actual", "Quyết toán", 25, "money", zero="-"),
            Column("approved", "Cấp trên duyệt", 25, "money", zero="-"),
        ),
        tuple(rows),
        number_row=True,
    )
    return Report(
        "B07",
        "BÁO CÁO QUYẾT TOÁN THU, CHI TÀI CHÍNH CÔNG ĐOÀN",
        Letterhead(
            "CÔNG ĐOÀN CẤP TRÊN: LĐLĐ tỉnh Nghệ An", "CÔNG ĐOÀN CƠ SỞ: Công ty Cổ phần May Hưng Lộc"
        ),
        period_label="Năm 2026",
        form_note=("Mẫu số B07-TLĐ", "(Ban hành kèm theo Hướng dẫn số 47/HD-TLĐ ngày 30/12/2021)"),
        sections=(
            Section("A. CÁC CHỈ TIÊU CƠ BẢN", table=basics),
            Section("B. CÁC CHỈ TIÊU THU, CHI TÀI CHÍNH CÔNG ĐOÀN", table=figures),
            Section(
                "C. THUYẾT MINH",
                (
                    ("Tài chính công đoàn tích lũy cuối kỳ 132.381.100 đồng gồm: tiền mặt 10.260.000 đồng; tiền gửi "
                    "ngân hàng 122.121.100 đồng; không có khoản tạm ứng, phải thu, phải trả."),
                    "Kiến nghị: đề nghị Liên đoàn Lao động tỉnh phân phối kinh phí công đoàn trước ngày 10 hằng tháng.",
                ),
                signatures=(ACCOUNTANT, CHAIR),
            ),
            Section("D. NHẬN XÉT CỦA CÔNG ĐOÀN CẤP TRÊN", ("…" * 84, "…" * 84)),
        ),
        signatures=(
            Signature("CÁN BỘ QUẢN LÝ"),
            Signature("TRƯỞNG BAN TÀI CHÍNH"),
            Signature("TM. BAN THƯỜNG VỤ", hint="(Ký, họ tên, đóng dấu)"),
        ),
        place_and_date="Vinh, ngày 15 tháng 01 năm 2027",
        measure="Đơn vị tính: đồng",
        footer="B07 · 2026 · đầu nhật ký 3f9a-c41d",
    )


_INCOME = (("22", "Thu đoàn phí công đoàn"), ("23", "Thu kinh phí công đoàn"), ("25.01", "Chuyên môn hỗ trợ"))
_INCOME_2 = (("25.02", "Thu khác tại đơn vị"), ("28.01", "KPCĐ cấp trên cấp"), ("28.02", "Cấp trên hỗ trợ"))
_SPENT = (("31", "Chăm lo, bảo vệ, đào tạo"), ("32", "Tuyên truyền, vận động"), ("33", "Quản lý hành chính"))
_SPENT_2 = (("34.01", "Lương"), ("34.02", "Phụ cấp"), ("37", "Chi khác"), ("39", "Nộp cấp trên"), ("42", "Bàn giao"))

_YEAR = (
    ("BC10/01", 5, "KPCĐ tháng 9 cấp trên cấp (75 %)", "28.01", 19_068_000),
    ("PT10/01", 10, "Đoàn phí nộp tiền mặt", "22", 3_400_000),
    ("BC10/02", 12, "Đoàn phí khấu trừ qua lương", "22", 2_656_000),
    ("PC10/01", 15, "Thăm hỏi 3 đoàn viên", "31", 1_500_000),
    ("PC10/02", 20, "Quà 20/10 cho 55 nữ đoàn viên", "31", 5_500_000),
    ("BC10/03", 22, "Chuyên môn hỗ trợ hội thao", "25.01", 10_000_000),
    ("UNC10/02", 24, "Hội thao chào mừng", "32", 7_200_000),
    ("PC10/03", 25, "Văn phòng phẩm, nước họp", "33", 640_000),
    ("UNC10/03", 28, "Phụ cấp cán bộ công đoàn", "34.02", 2_251_700),
    ("UNC10/04", 30, "Nộp 30 % đoàn phí", "39", 1_816_800),
    ("BN10/01", 31, "Phí ngân hàng", "33", 22_000),
    ("BC10/04", 31, "Lãi tiền gửi", "25.02", 3_150),
    ("ĐC10/01", 31, "Điều chỉnh PC10/02: thực chi 50 suất", "31", -500_000),
)


def income_book(scale: int = 1) -> Report:
    """S82-TLĐ of 10/2026, landscape; `scale` multiplies the figures."""
    columns = (
        Column("no", "TT", 6, centred=True),
        Column("booked", "Ngày ghi sổ", 14, "day"),
        Column("number", "Số hiệu", 14, "code", "Chứng từ"),
        Column("day", "Ngày", 14, "day", "Chứng từ"),
        Column("text", "Nội dung", 36),
        Column("10", "Tích lũy đầu kỳ", 14, "money"),
        *(Column(c, f"{t} ({c})", 13, "money", "Phần thu") for c, t in (*_INCOME, *_INCOME_2)),
        Column("40", "Nhận bàn giao (40)", 12, "money", "Phần thu"),
        Column("in", "Cộng thu", 14, "money", "Phần thu"),
        *(Column(c, f"{t} ({c})", 13, "money", "Phần chi") for c, t in (*_SPENT, *_SPENT_2)),
        Column("out", "Cộng chi", 14, "money", "Phần chi"),
        Column("50", "Tích lũy cuối kỳ", 14, "money"),
    )
    income = {c for c, _ in (*_INCOME, *_INCOME_2)}
    rows, sums = [], dict.fromkeys((column.key for column in columns if column.is_number), 0)
    rows.append(Row({"text": "Số dư đầu kỳ", "10": 50_800_000 * scale}, "bold"))
    for place, (number, day, text, code, amount) in enumerate(_YEAR, 1):
        on, side = date(2026, 10, day), "in" if code in income else "out"
        amount *= scale
        sums[code] += amount
        sums[side] += amount
        cells: dict[str, Cell] = {"no": str(place), "booked": on, "number": number, "day": on, "text": text}
        rows.append(Row({**cells, code: amount, side: amount}))
    sums["50"] = 50_800_000 * scale + sums["in"] - sums["out"]
    rows.append(Row({"text": "Cộng tháng 10", **sums}, "total"))
    return Report(
        "S82",
        "SỔ THU, CHI TÀI CHÍNH CÔNG ĐOÀN CƠ SỞ",
        UNIT,
        period_label="Tháng 10 năm 2026",
        form_note=("Mẫu số S82-TLĐ", "(Ban hành kèm theo Hướng dẫn số 47/HD-TLĐ)"),
        sections=(Section(table=Table(columns, tuple(rows), number_row=True)),),
        signatures=(ACCOUNTANT, CHAIR),
        place_and_date="Vinh, ngày 31 tháng 10 năm 2026",
        measure="Đơn vị tính: đồng",
        landscape=True,
    )


def activity() -> Report:
    """A half-year narrative with Quốc hiệu and a table with headings inside."""
    table = Table(
        (
            Column("no", "TT", 10, centred=True),
            Column("text", "Nội dung", 90),
            Column("measure", "Đơn vị tính", 20, centred=True),
            Column("value", "Số lượng", 20, "count", zero="-"),
            Column("note", "Ghi chú", 25),
        ),
        (
            Row({"text": "I. Tình hình lao động"}, "heading"),
            Row({"no": "1", "text": "Tổng số lao động", "measure": "Người", "value": 130}),
            Row({"no": "", "text": "Trong đó: nữ", "measure": "Người", "value": 98}, "italic"),
            Row({"text": "II. Xây dựng tổ chức công đoàn"}, "heading"),
            Row({"no": "2", "text": "Đoàn viên kết nạp mới", "measure": "Người", "value": 0}),
        ),
    )
    return Report(
        "1-HDCD",
        "BÁO CÁO HOẠT ĐỘNG CÔNG ĐOÀN CƠ SỞ",
        Letterhead("LĐLĐ TỈNH NGHỆ AN", "CÔNG ĐOÀN CƠ SỞ CÔNG TY CỔ PHẦN MAY HƯNG LỘC", ("Số: 03/BC-CĐCS",)),
        subtitle="6 tháng đầu năm 2026",
        period_label="(Số liệu tính đến ngày 31/5/2026)",
        form_note=("Mẫu số 1-HĐCĐ", "(Dùng cho công đoàn cơ sở và nghiệp đoàn)"),
        sections=(
            Section("A. SỐ LIỆU", table=table),
            Section(
                "B. ĐÁNH GIÁ",
                (
                    ("Ban Chấp hành Công đoàn cơ sở đã phối hợp với chuyên môn tổ chức Hội nghị người lao động, ký thỏa "
                    "ước lao động tập thể với nhiều điều khoản có lợi hơn luật; thăm hỏi 12 lượt đoàn viên ốm đau."),
                ),
            ),
        ),
        signatures=(Signature("Nơi nhận:", hint="- LĐLĐ tỉnh;\n- Lưu VP."), CHAIR),
        place_and_date="Nghệ An, ngày 05 tháng 6 năm 2026",
        mark="BẢN NHÁP",
        national=True,
    )
