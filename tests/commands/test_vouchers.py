"""`voucher`, `close` and `open` as scripts drive them: E5 and E11 on a real book, in real processes where it matters."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.actions import setup
from desktop_app.domain.records import Voucher
from desktop_app.storage.book import Book
from tests.actions.october import E5, make_funds

ANSWER = {"id", "number", "state"}


def opened(profile: Path) -> Book:
    return setup.open_book(profile)


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    setup.make_book(tmp_path / "so", code="40-001", name="CĐCS Công ty May Hưng Lộc", actor="Hoa")
    book = opened(tmp_path / "so")
    make_funds(book)
    book.close()
    return tmp_path / "so"


class Run:
    """Commands on one profile, inside this process: (exit code, answer)."""

    def __init__(self, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile, self.capsys, self.said = profile, capsys, ""

    def __call__(self, *words: str) -> tuple[int, dict[str, Any]]:
        self.capsys.readouterr()
        code = cli.run(["--profile", str(self.profile), "--json", *words])
        out, self.said = self.capsys.readouterr()
        return code, json.loads(out)

    def posted(self, *words: str) -> dict[str, Any]:
        code, answer = self("voucher", "add", *words)
        assert (code, set(answer), answer["state"], answer["number"]) == (0, ANSWER, "nháp", None)
        code, answer = self("voucher", "post", answer["id"])
        assert (code, set(answer), answer["state"]) == (0, ANSWER, "đã ghi sổ")
        return answer

    def listed(self, period: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self("voucher", "list", "--period", period)[1]["vouchers"]
        return found


@pytest.fixture
def run(profile: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(profile, capsys)


def words(kind: str, day: int, text: str, item: str, *amounts: int) -> list[str]:
    made = ["--kind", kind, "--date", f"2026-10-{day:02d}", "--text", text, "--amount", str(max(amounts))]
    return [*made, "--item", item] if item else [*made, "--fund", "NH", "--to-fund", "TM"]


def test_october_is_entered_closed_and_corrected(run: Run) -> None:
    numbers = [run.posted(*words(*given))["number"] for given in E5]
    assert numbers[4:6] == ["PC10/02", "UNC10/01"]
    listed = run.listed("2026-10")
    assert [v["number"] for v in listed] == [
        "BC10/01", "PT10/01", "BC10/02", "PC10/01", "PC10/02", "UNC10/01", "BC10/03", "UNC10/02", "PC10/03",
        "UNC10/03", "UNC10/04", "BC10/04", "BN10/01",
    ]  # fmt: skip
    assert listed[4] | {"id": ""} == {
        "id": "", "kind": "PC", "number": "PC10/02", "date": "2026-10-20", "text": "Quà 20/10", "party": "",
        "lines": [{"item": "31", "fund": "TM", "in": 0, "out": 5500000}], "state": "đã ghi sổ", "adjusts": None,
    }  # fmt: skip
    assert listed[5]["lines"] == [
        {"item": None, "fund": "NH", "in": 0, "out": 6000000}, {"item": None, "fund": "TM", "in": 6000000, "out": 0},
    ]  # fmt: skip
    adjusting = run.posted(
        "--kind", "ĐC", "--date", "2026-10-31", "--text", "Thực chi 50 suất", "--amount", "-500000", "--adjusts", "pc10/02"
    )
    told = next(v for v in run.listed("2026-10") if v["id"] == adjusting["id"])
    assert (told["number"], told["adjusts"]) == ("ĐC10/01", "PC10/02")  # typed in small letters
    assert told["lines"] == [{"item": "31", "fund": "TM", "in": 0, "out": -500000}]
    run("voucher", "add", *words("PC", 31, "Nháp", "33", 1))
    assert run("close", "2026-10") == (0, {"period": "2026-10", "state": "đã khóa"})
    assert "1 phiếu nháp" in run.said
    code, answer = run("voucher", "cancel", adjusting["id"], "--reason", "Nhầm")
    assert (code, answer["error"]["message"]) == (
        1, "Kỳ 10/2026 đã khóa sổ. Hãy lập phiếu điều chỉnh ở kỳ đang mở, hoặc mở lại kỳ 10/2026.",
    )  # fmt: skip
    assert run("open", "10/2026", "--reason", "Bổ sung") == (0, {"period": "2026-10", "state": "đang mở"})


def test_reversed_and_cancelled_are_told_apart(run: Run) -> None:
    first, second = (run.posted(*words("PC", 15, "Nước họp", "33", 640000)) for _ in range(2))
    code, reversing = run("voucher", "reverse", first["id"], "--reason", "Nhầm")
    assert (code, set(reversing), reversing["number"]) == (0, {"id", "number"}, "ĐC10/01")
    assert run("voucher", "cancel", second["id"], "--reason", "Nhầm") == (0, {"id": second["id"], "number": "PC10/02"})
    states = [v["state"] for v in run.listed("2026-Q4")]
    assert states == ["đã đảo", "đã hủy", "đã ghi sổ"]
    assert run("voucher", "reverse", first["id"], "--reason", "Nữa")[0] == 1


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        (["--kind", "PC", "--amount", "5k", "--item", "31", "--fund", "XX"], "fund", "Không có quỹ XX. Các quỹ của sổ: TM, NH."),
        (["--kind", "PC", "--amount", "năm", "--item", "31"], "amount", "năm"),
        (["--kind", "PC", "--amount", "5k", "--item", "99"], "lines.item", "Không có mục 99"),
        (["--kind", "PC", "--amount", "5k"], "item", "Hãy chọn mục"),
        (["--kind", "UNC", "--amount", "5k", "--fund", "NH", "--to-fund", "NH"], "lines.fund", "hai quỹ khác nhau"),
        (["--kind", "UNC", "--amount", "5k", "--fund", "NH", "--to-fund", "TM", "--item", "31"], "item", "không có mục"),
        (["--kind", "PC", "--amount", "1000000000000001", "--item", "31"], "amount", "lớn quá mức"),
        (["--kind", "PC", "--amount", "5k", "--item", "31", "--date", "31/02/2026"], "day", "31/02/2026"),
        (["--kind", "ĐC", "--amount", "-5k", "--fund", "TM"], "adjusts", "Hãy chọn mục, hoặc ghi số phiếu"),
        (["--kind", "ĐC", "--amount", "-1.250.000", "--item", "31"], "fund", "Có nhiều quỹ: TM, NH"),
        (["--kind", "ĐC", "--amount", "-5k", "--adjusts", "PC10/77"], "adjusts", "Không tìm thấy phiếu PC10/77"),
    ],
)
def test_what_cannot_be_a_voucher_says_why_and_stores_nothing(
    run: Run, given: list[str], field: str, sentence: str
) -> None:
    code, answer = run("voucher", "add", "--text", "Chi", "--date", "2026-10-15", *given)
    assert code == 1
    assert [p["field"] for p in answer["error"]["problems"]] == [field]
    assert sentence in answer["error"]["message"]
    assert run.listed("2026") == []


def test_a_payment_to_a_person_without_item_is_an_advance(run: Run) -> None:
    run.posted("--kind", "PC", "--date", "05/10/2026", "--text", "Tạm ứng", "--party", "Lan", "--amount", "2tr")
    assert run.listed("2026-10")[0]["lines"] == [{"item": None, "fund": "TM", "in": 0, "out": 2000000}]


def test_wrong_words_are_wrong_usage(run: Run) -> None:
    with pytest.raises(SystemExit) as left:
        run("voucher", "add", "--kind", "XX", "--date", "2026-10-15", "--text", "Chi", "--amount", "1")
    assert left.value.code == 2
    assert run("voucher", "list", "--period", "2026-Q9")[0] == 1


def test_in_real_processes_a_voucher_is_added_posted_and_listed(profile: Path) -> None:
    def process(*given: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", *given, "--profile", str(profile), "--json"],
            capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    made = process("voucher", "add", *words("PC", 15, "Thăm hỏi", "31", 1500000))
    assert process("voucher", "post", made["id"]) == {"id": made["id"], "number": "PC10/01", "state": "đã ghi sổ"}
    assert process("close", "2026-10") == {"period": "2026-10", "state": "đã khóa"}
    assert [v["text"] for v in process("voucher", "list", "--period", "2026")["vouchers"]] == ["Thăm hỏi"]


POSTING = """
import sys, time
from pathlib import Path
from desktop_app.actions import setup, vouchers
from desktop_app.domain.records import Voucher
book = setup.open_book(Path(sys.argv[1]))
with book.transact("voucher.post", "Hoa") as transaction:
    print(vouchers.enter(book, transaction, next(book.all(Voucher))).number, flush=True)
    time.sleep(60)
"""


def test_a_pc_that_dies_while_posting_has_posted_nothing(profile: Path, run: Run) -> None:
    code, made = run("voucher", "add", *words("PC", 15, "Thăm hỏi", "31", 1500000))
    dying = subprocess.Popen(
        [sys.executable, "-c", POSTING, str(profile)], stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    with dying:
        assert dying.stdout is not None
        assert dying.stdout.readline() == "PC10/01\n"
        dying.send_signal(signal.SIGKILL)
    book = opened(profile)
    left = next(book.all(Voucher))
    assert (left.id, left.posted, left.number) == (made["id"], False, "")
    assert book.verify().first_fault is None
    book.close()
    assert run("voucher", "post", left.id)[1]["number"] == "PC10/01"
    assert code == 0


def test_where_two_funds_fit_it_is_asked_which(run: Run, profile: Path) -> None:
    book = opened(profile)
    make_funds(book)
    book.close()
    code, answer = run("voucher", "add", *words("PC", 15, "Thăm hỏi", "31", 1500000))
    assert (code, answer["error"]["problems"][0]["field"]) == (1, "fund")
