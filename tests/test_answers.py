"""Every command's JSON answer against its documented shape: real processes, one real book, a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.running import running
from tests.shapes import ANSWERS, departures

SAMPLE = "resources/sample/cong-doan-may-hung-loc-10-2026.xlsx"
LAN = ["--name", "Lê Thị Lan", "--birth", "1990", "--sex", "Nữ", "--cccd", "040190001234", "--wage", "8.200.000"]
PAY = ["--kind", "PC", "--date", "2026-11-05", "--text", "Nước họp tổ", "--party", "Trần Thị Hạnh", "--item", "33"]


class Drive:
    """Runs commands on one profile and keeps what each answered, by name."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, dict[str, Any]()

    def __call__(self, name: str, *words: str, profile: str = "so", code: int = 0) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", "--profile", str(self.folder / profile), "--json", *words],
            capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, "SOCONGDOAN_PASSPHRASE": "mat khau thu"},
        )  # fmt: skip
        assert done.returncode == code, (words, done.stdout, done.stderr)
        self.said[name] = json.loads(done.stdout)
        return self.said[name]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One union's day on the command line: the answers, by the command's name."""
    folder = tmp_path_factory.mktemp("answers")
    drive = Drive(folder)
    with running(folder / "server") as server:
        made = drive("init", "init", "--unit-code", "40-001", "--name", "CĐCS Công ty CP May Hưng Lộc", "--year", "2026")
        drive("import", "import", SAMPLE)
        drive("members add", "members", "add", *LAN)
        drive("members list", "members", "list", "--all")
        drive("members import", "members", "import", _more_people(folder))
        draft = drive("voucher add", "voucher", "add", *PAY, "--amount", "120k")
        drive("voucher post", "voucher", "post", draft["id"])
        drive("voucher reverse", "voucher", "reverse", draft["id"], "--reason", "Ghi nhầm số tiền")
        other = drive("again", "voucher", "add", *PAY, "--amount", "130k")
        drive("again", "voucher", "post", other["id"])
        drive("voucher cancel", "voucher", "cancel", other["id"], "--reason", "Không chi nữa")
        drive("voucher list", "voucher", "list", "--period", "2026")
        drive("dues compute", "dues", "compute", "--month", "2026-11")
        drive("dues collect", "dues", "collect", "--month", "2026-11", "--fund", "TM")
        drive("fee", "fee", "--month", "2026-10")
        drive("close", "close", "2026-10")
        drive("open", "open", "2026-10", "--reason", "Bổ sung phiếu")
        for form in ("B07", "S82", "S81", "1-HDCD"):
            papers = ["--pdf", str(folder / f"{form}.pdf"), "--xlsx", str(folder / f"{form}.xlsx")]
            drive(f"report {form}", "report", form, "--period", "2026", *papers)
        drive("report S11", "report", "S11", "--period", "2026-10")
        drive("report S12", "report", "S12", "--period", "2026-10", "--fund", "NH")
        drive("submit", "submit", "B07", "--period", "2026-10", "--note", "Tháng 10")
        code = server.enrolment_code("40-001", "CĐCS Công ty CP May Hưng Lộc")
        drive("enrol", "enrol", "--server", server.url, "--code", code)
        drive("sync", "sync")
        drive("status", "status")
        drive("verify", "verify")
        drive("packet export", "packet", "export", str(folder / "di.goi"))
        drive.said["server packet"] = server.command(
            "packet", "import", str(folder / "di.goi"), "--reply", str(folder / "ve.goi")
        )
        drive("packet import", "packet", "import", str(folder / "ve.goi"))
        drive("export", "export", str(folder / "ra.xlsx"))
        drive("backup", "backup", str(folder / "sao.luu"))
        words = ["restore", str(folder / "sao.luu"), "--recovery-code", made["recovery_code"]]
        drive("restore", *words, profile="may khac")
        drive("refused", "members", "add", *LAN, code=1)
        drive("trouble", "verify", profile="khong co", code=3)
        drive("server unit", "status")
        drive.said["inbox"] = server.command("inbox")
        yield drive.said


SHAPE_OF = {
    "dues compute": "dues", "dues collect": "dues", "open": "close", "report S12": "report S11",
    "report 1-HDCD": "report activity", "restore": "backup", "refused": "error", "trouble": "error",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted({*ANSWERS, *SHAPE_OF} - {"dues", "error", "report activity"}))
def test_an_answer_is_as_documented(said: dict[str, Any], name: str) -> None:
    assert list(departures(said[name], ANSWERS[SHAPE_OF.get(name, name)])) == []


def test_the_answers_say_what_the_books_say(said: dict[str, Any]) -> None:
    assert said["import"]["stored"] | {"Chứng từ": 13, "Người lao động": 130} == said["import"]["stored"]
    assert said["fee"] | {"due": 25588000, "keep": 19191000, "deadline": "2026-11-30"} == said["fee"]
    assert (said["fee"]["late_from"], said["fee"]["unpaid_from"]) == ("2026-12-01", "2027-01-30")
    assert said["report S11"]["closing"] == 10260000
    assert said["report S12"]["closing"] == 56736650
    assert said["report B07"]["cells"]["10"] == 50800000
    assert said["sync"]["sent"] > 400
    assert said["status"] | {"pending": 0, "conflicts": 0, "returned": [], "chain_ok": True} == said["status"]
    states = {v["number"]: v["state"] for v in said["voucher list"]["vouchers"]}
    assert states["PC11/01"] == "đã đảo"
    assert states["PC11/02"] == "đã hủy"
    assert states["UNC10/01"] == "đã ghi sổ"


def test_usage_is_exit_2(tmp_path: Path) -> None:
    Drive(tmp_path)("x", "init", "--unit-code", "1", "--name", "Một")
    for words in (["report"], ["voucher", "post"], ["khong-co"], ["dues", "compute"]):
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", "--profile", str(tmp_path / "so"), *words],
            capture_output=True, check=False, env={**os.environ, "SOCONGDOAN_PASSPHRASE": "mat khau thu"},
        )  # fmt: skip
        assert done.returncode == 2, words


def _more_people(folder: Path) -> str:
    import xlsxwriter

    file = folder / "them.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("DS")
        for line, cells in enumerate((["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"],
                                      ["Phan Văn Bảy", "02/03/1988", "Nam", "040088004321"])):  # fmt: skip
            sheet.write_row(line, 0, cells)
    return str(file)
