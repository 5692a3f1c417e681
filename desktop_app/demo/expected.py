"""What the demo must find, đồng: literals of the worked examples E2, E5 and E6, never taken from the program."""

from __future__ import annotations

PERSONS, VOUCHERS = 130, 13

DUES = {"members": 120, "base": 1_211_200_000, "due": 6_056_000, "keep": 4_239_200, "up": 1_816_800}
"""E2: dues of 10/2026, group 3."""

FEE = {"base": 1_271_200_000, "due": 25_424_000, "keep": 19_068_000, "up": 6_356_000, "deadline": "2026-11-30"}
"""E2 and E10: the union fee of 10/2026."""

CASH_BOOK = {"opening": 8_500_000, "closing": 10_260_000}
BANK_BOOK = {"opening": 42_300_000, "closing": 56_736_650}

OCTOBER = {
    "10": 50_800_000,
    "22": 6_056_000,
    "23": 0,
    "25": 10_003_150,
    "25.01": 10_000_000,
    "25.02": 3_150,
    "28": 19_068_000,
    "28.01": 19_068_000,
    "31": 7_000_000,
    "32": 7_200_000,
    "33": 662_000,
    "34": 2_251_700,
    "34.02": 2_251_700,
    "37": 0,
    "39": 1_816_800,
    "50": 66_996_650,
}
"""E5: B07-TLĐ of 01-31/10/2026."""

OCTOBER_TOTALS = {"tong_thu": 35_127_150, "tong_chi": 18_930_500}

YEAR = {
    "10": 64_500_000,
    "22": 72_444_000,
    "23": 0,
    "25.01": 30_000_000,
    "25.02": 41_300,
    "28.01": 228_018_000,
    "28.02": 5_000_000,
    "31": 150_000_000,
    "32": 48_000_000,
    "33": 22_500_000,
    "34": 26_005_800,
    "34.02": 26_005_800,
    "37": 1_200_000,
    "39": 19_916_400,
    "50": 132_381_100,
}
"""E6: B07-TLĐ of 2026, the second sample book."""

YEAR_TOTALS = {
    "cong_thu": 102_485_300,
    "tong_thu": 335_503_300,
    "cong_chi": 247_705_800,
    "tong_chi": 267_622_200,
    "V.b": 21_733_200,
    "V.c": 19_916_400,
    "V.d": 1_816_800,
}

ACTIVITY = {"1": 130, "2": 60, "5": 9_923_077, "5.1": 130, "10": 130, "TC6.2": 120, "TC6.2.n": 55}
"""E2 on Mẫu 1-HĐCĐ: workers, their average wage (1.290.000.000 / 130, half up) and who is insured; members.
The sample has 60 women, 55 of them members (the gifts of PC10/02)."""
